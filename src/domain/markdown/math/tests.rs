//! Sixty formulas of our fields, and what must never come out of any.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;

/// Formulas of the pilot courses: energy, finance, statistics, chemistry, the economics of innovation.
pub(crate) const PILOT: [(&str, &str); 60] = [
    ("Energy", r"E = P \cdot t"),
    ("Efficiency", r"\eta = \frac{E_{\text{out}}}{E_{\text{in}}} \times 100\,\%"),
    ("Coefficient of performance", r"\mathrm{COP} = \frac{Q_h}{W}"),
    ("Carnot's limit", r"\eta_{\max} = 1 - \frac{T_c}{T_h}"),
    ("Conduction", r"\dot{Q} = -kA\,\frac{\mathrm{d}T}{\mathrm{d}x}"),
    (
        "Heat through a wall",
        r"q = U A \,\Delta T, \quad U = \frac{1}{R_{si} + \sum_{i=1}^{n} \frac{d_i}{\lambda_i} + R_{se}}",
    ),
    ("Radiation", r"P = \varepsilon \sigma A \left(T^4 - T_0^4\right)"),
    ("Wind power", r"P = \tfrac{1}{2} \rho A v^3 C_p"),
    ("Betz limit", r"C_p \leq \frac{16}{27} \approx 0.593"),
    ("Solar yield", r"E_{\mathrm{AC}} = G \cdot A \cdot \eta_{\mathrm{STC}} \cdot \mathit{PR}"),
    (
        "Levelised cost",
        r"\mathrm{LCOE} = \frac{\sum_{t=0}^{n} \frac{I_t + M_t + F_t}{(1+r)^t}}{\sum_{t=0}^{n} \frac{E_t}{(1+r)^t}}",
    ),
    ("Ohm's law", r"U = RI \implies P = \frac{U^2}{R} = I^2 R"),
    ("Apparent power", r"S = \sqrt{P^2 + Q^2}, \qquad \cos\varphi = \frac{P}{S}"),
    ("Battery", r"Q = \int_{t_0}^{t_1} I(t)\,\mathrm{d}t"),
    ("Degree days", r"\mathrm{HDD} = \sum_{d=1}^{365} \max(0,\; T_b - \bar{T}_d)"),
    ("Pump power", r"P_{\text{pump}} = \frac{\rho g Q H}{\eta}"),
    ("Compound interest", r"A = P\left(1 + \frac{r}{n}\right)^{nt}"),
    ("Continuous growth", r"\lim_{n \to \infty} \left(1 + \frac{r}{n}\right)^n = e^r"),
    ("Net present value", r"\mathrm{NPV} = -I_0 + \sum_{t=1}^{T} \frac{C_t}{(1+i)^t}"),
    ("Internal rate of return", r"\sum_{t=0}^{T} \frac{C_t}{(1+\mathit{IRR})^t} = 0"),
    ("Annuity", r"a = K \cdot \frac{i(1+i)^n}{(1+i)^n - 1}"),
    ("Payback", r"t_{\text{pb}} = \frac{\text{investment}}{\text{yearly saving}}"),
    ("Break-even", r"q^{*} = \frac{F}{p - v}"),
    (
        "Return on investment",
        r"\mathrm{ROI} = \frac{\text{gain} - \text{cost}}{\text{cost}} \cdot 100\,\%",
    ),
    ("Expected value", r"\mathbb{E}[V] = \sum_{s \in S} p_s v_s"),
    ("Option value", r"C = S_0 N(d_1) - K e^{-rT} N(d_2)"),
    (
        "With its terms",
        r"d_{1,2} = \frac{\ln\frac{S_0}{K} + \left(r \pm \frac{\sigma^2}{2}\right)T}{\sigma\sqrt{T}}",
    ),
    ("Mean", r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i"),
    ("Standard deviation", r"s = \sqrt{\frac{1}{n-1}\sum_{i=1}^{n}(x_i - \bar{x})^2}"),
    ("Normal density", r"f(x) = \frac{1}{\sigma\sqrt{2\pi}}\, e^{-\frac{(x-\mu)^2}{2\sigma^2}}"),
    ("Confidence interval", r"\bar{x} \pm z_{1-\alpha/2}\,\frac{s}{\sqrt{n}}"),
    ("Sample size", r"n \geq \left(\frac{z_{1-\alpha/2}\,\sigma}{\varepsilon}\right)^{2}"),
    ("Bayes", r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}"),
    ("Binomial", r"P(X = k) = \binom{n}{k} p^k (1-p)^{n-k}"),
    (
        "Correlation",
        r"r_{xy} = \frac{\sum (x_i-\bar{x})(y_i-\bar{y})}{\sqrt{\sum (x_i-\bar{x})^2}\sqrt{\sum (y_i-\bar{y})^2}}",
    ),
    (
        "Least squares",
        r"\hat{\boldsymbol{\beta}} = (\mathbf{X}^{\mathsf{T}}\mathbf{X})^{-1}\mathbf{X}^{\mathsf{T}}\mathbf{y}",
    ),
    ("Chi squared", r"\chi^2 = \sum_{j=1}^{m} \frac{(O_j - E_j)^2}{E_j}"),
    ("Poisson", r"P(N = n) = \frac{\lambda^n e^{-\lambda}}{n!}"),
    ("Entropy", r"H = -\sum_{i} p_i \log_2 p_i"),
    ("Gini", r"G = \frac{\sum_{i=1}^n \sum_{j=1}^n |x_i - x_j|}{2 n^2 \bar{x}}"),
    ("Burning methane", r"\mathrm{CH_4 + 2\,O_2 \longrightarrow CO_2 + 2\,H_2O}"),
    ("Rusting", r"\mathrm{4\,Fe + 3\,O_2 \to 2\,Fe_2O_3}"),
    ("An ion", r"\mathrm{SO_4^{2-}}"),
    ("Equilibrium", r"K_c = \frac{[\mathrm{C}]^c [\mathrm{D}]^d}{[\mathrm{A}]^a [\mathrm{B}]^b}"),
    ("Acidity", r"\mathrm{pH} = -\log_{10} [\mathrm{H^+}]"),
    (
        "Ammonia",
        r"\mathrm{N_2 + 3\,H_2 \rightleftharpoons 2\,NH_3} \qquad \Delta H^{\circ} = -92\ \mathrm{kJ/mol}",
    ),
    ("Gas law", r"pV = nRT"),
    ("Rate", r"k = A\,e^{-E_a / (RT)}"),
    ("Electrolysis", r"m = \frac{M I t}{z F}"),
    ("Isotope", r"{}^{235}_{92}\mathrm{U}"),
    (
        "Diffusion of innovations",
        r"\frac{\mathrm{d}N(t)}{\mathrm{d}t} = \left(p + q\,\frac{N(t)}{M}\right)\bigl(M - N(t)\bigr)",
    ),
    ("Logistic growth", r"N(t) = \frac{M}{1 + e^{-k(t - t_0)}}"),
    ("Learning curve", r"C_x = C_1 x^{\log_2 b}"),
    ("Production", r"Y = A K^{\alpha} L^{1-\alpha}, \quad 0 < \alpha < 1"),
    (
        "Growth accounting",
        r"\frac{\dot{A}}{A} = \frac{\dot{Y}}{Y} - \alpha\frac{\dot{K}}{K} - (1-\alpha)\frac{\dot{L}}{L}",
    ),
    ("Concentration", r"\mathrm{HHI} = \sum_{i=1}^{N} s_i^2"),
    ("Elasticity", r"\varepsilon = \frac{\partial q}{\partial p} \cdot \frac{p}{q}"),
    (
        "Portfolio risk",
        r"\sigma_p^2 = \begin{pmatrix} w_1 & w_2 \end{pmatrix} \begin{pmatrix} \sigma_1^2 & \sigma_{12} \\ \sigma_{12} & \sigma_2^2 \end{pmatrix} \begin{pmatrix} w_1 \\ w_2 \end{pmatrix}",
    ),
    (
        "A rule with cases",
        r"f(x) = \begin{cases} 0 & \text{if } x < 0, \\ x^2 & \text{if } x \geq 0. \end{cases}",
    ),
    ("Steps", r"\begin{aligned} (a+b)^2 &= a^2 + 2ab + b^2 \\ &\neq a^2 + b^2 \end{aligned}"),
];

#[test]
fn the_pilot_set_is_drawn() {
    let mut seen = String::new();
    for (name, formula) in PILOT {
        for stand in [Stand::InLine, Stand::Alone] {
            let drawn = mathml(formula, stand).unwrap_or_else(|why| panic!("{name}: {why:?}"));
            assert!(drawn.starts_with("<math alttext=") && !drawn.contains(" style="), "{drawn}");
            if stand == Stand::Alone {
                let _ = writeln!(seen, "{name}\n  {formula}\n  {drawn}");
            }
        }
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn what_the_library_gets_wrong_is_mended() {
    for (formula, has) in [
        (r"p \log_2 x", "<mspace width=\"0.1667em\"></mspace><msub><mi>log</mi><mn>2</mn></msub>"),
        (r"5\ \mathrm{kJ}", "\u{a0}"),
        (r"0 < x", "<mo>&lt;</mo>"),
    ] {
        let drawn = mathml(formula, Stand::Alone).unwrap();
        assert!(drawn.contains(has) && !drawn.contains("&amp;nbsp"), "{drawn}");
    }
}

#[test]
fn mistakes_are_named() {
    for (formula, message, command) in [
        (r"a + \farc{1}{2}", r"`\farc` is no command that formulas know", Some(r"\farc")),
        (r"\frac{1}{2", "unbalanced group", None),
        (r"x^2^3", "superscript twice", None),
        (r"\begin{nothing}x\end{nothing}", "environment", None),
        (r"\operatorname{<script>alert(1)</script>}", "cannot be shown", None),
        (r"\operatorname{<mi>}", "cannot be shown", None),
        (&"{".repeat(100), "too long", None),
        (&r"\x".repeat(3000), "too long", None),
    ] {
        let wrong = mathml(formula, Stand::InLine).unwrap_err();
        assert!(wrong.message.contains(message), "{formula}: {wrong:?}");
        assert_eq!(wrong.command.as_deref(), command, "{formula}");
    }
}

#[test]
fn only_listed_markup_comes_out() {
    for (markup, sound) in [
        ("<math><mi>x</mi></math>", true),
        ("<math><mspace width=\"1em\" /></math>", true),
        ("<math><mi style=\"color: red\">x</mi></math>", true),
        ("<math><mi>x</math></mi>", false),
        ("<math><mi>x</mi>", false),
        ("<math><script>x</script></math>", false),
        ("<math><mi onclick=\"x\">x</mi></math>", false),
        ("<math><mi href=\"x\">x</mi></math>", false),
        ("<math><mi class=x>x</mi></math>", false),
    ] {
        assert_eq!(checked(markup).is_some(), sound, "{markup}");
    }
}

proptest! {
    #[test]
    fn any_formula_is_taken(formula in r"[a-z0-9{}\[\]()^_&\\ <>\x22'=+$#%~|-]{0,40}") {
        let _ = mathml(&formula, Stand::InLine);
    }

    #[test]
    fn mutated_formulas_are_taken(which in 0_usize..60, at in any::<prop::sample::Index>(), put in r"[\PC]{0,3}") {
        let (_, formula) = PILOT[which];
        let mut letters: Vec<char> = formula.chars().collect();
        let place = at.index(letters.len());
        letters.splice(place..(place + 1), put.chars());
        let formula: String = letters.into_iter().collect();
        if let Ok(drawn) = mathml(&formula, Stand::Alone) {
            prop_assert!(!drawn.contains("script>") && checked(&drawn.replacen(" alttext=", " class=", 1)).is_some());
        }
    }
}
