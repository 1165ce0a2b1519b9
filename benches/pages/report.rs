//! What was found: a table to read, and `target/bench.json` for machines.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Fallible;
use crate::rounds::Side;

/// A figure that should not be larger.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub most: f64,
    pub unit: &'static str,
}

/// A case against the minimum.
#[derive(Clone, Debug)]
pub struct Compared {
    pub name: &'static str,
    pub n_connections: usize,
    pub bilik: Side,
    pub minimum: Side,
    /// The least share of the minimum's throughput.
    pub least: f64,
    /// The most times of the minimum's slowest hundredth.
    pub slowest: Option<f64>,
}

impl Compared {
    fn share(&self) -> f64 {
        self.bilik.per_second / self.minimum.per_second.max(f64::EPSILON)
    }

    fn slowdown(&self) -> f64 {
        self.bilik.p99.as_secs_f64() / self.minimum.p99.as_secs_f64().max(f64::EPSILON)
    }

    fn is_slow(&self) -> bool {
        self.slowest.is_some_and(|most| self.slowdown() > most)
    }
}

/// All figures of a run.
#[derive(Default)]
pub struct Report {
    compared: Vec<Compared>,
    limits: Vec<(&'static str, f64, Limit)>,
}

impl Report {
    pub fn compare(&mut self, compared: Compared) {
        say(&row(&compared));
        self.compared.push(compared);
    }

    pub fn limit(&mut self, name: &'static str, value: f64, limit: Limit) {
        say(&limit_row(name, value, limit));
        self.limits.push((name, value, limit));
    }

    /// Prints the tables.
    pub fn show(&self) {
        say(&format!(
            "\n{:<20} {:>5} {:>9} {:>9} {:>7} {:>7} {:>15} {:>15} {:>7}",
            "", "conn.", "Bilik/s", "least/s", "share", "aim", "p50 ms", "p99 ms", "p99 x"
        ));
        self.compared.iter().for_each(|compared| say(&row(compared)));
        say("");
        self.limits.iter().for_each(|(name, value, limit)| say(&limit_row(name, *value, *limit)));
    }

    /// Writes the figures down.
    pub fn keep(&self) -> Fallible<()> {
        let compared: Vec<Value> = self.compared.iter().map(compared_json).collect();
        let limits: Vec<Value> = self
            .limits
            .iter()
            .map(|(name, value, limit)| json!({ "name": name, "value": value, "unit": limit.unit, "most": limit.most, "ok": *value <= limit.most }))
            .collect();
        let path = crate::machine::scratch().with_file_name("bench.json");
        std::fs::write(
            &path,
            serde_json::to_string_pretty(&json!({ "compared": compared, "limits": limits }))?,
        )?;
        say(&format!("\nThe same as JSON: {}", path.display()));
        Ok(())
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn row(compared: &Compared) -> String {
    let (bilik, minimum) = (&compared.bilik, &compared.minimum);
    format!(
        "{:<20} {:>5} {:>9.0} {:>9.0} {:>7.2} {:>7} {:>15} {:>15} {:>7.2} {}{}",
        compared.name,
        compared.n_connections,
        bilik.per_second,
        minimum.per_second,
        compared.share(),
        format!("≥{}", compared.least),
        format!("{:.1} / {:.1}", milliseconds(bilik.p50), milliseconds(minimum.p50)),
        format!("{:.1} / {:.1}", milliseconds(bilik.p99), milliseconds(minimum.p99)),
        compared.slowdown(),
        judged(compared),
        bad(compared),
    )
}

fn judged(compared: &Compared) -> &'static str {
    match (compared.share() < compared.least, compared.is_slow()) {
        (false, false) => "ok",
        (true, _) => "below",
        (false, true) => "below (p99)",
    }
}

/// Answers that were not good spoil a figure, so they are told.
fn bad(compared: &Compared) -> String {
    let told = |side: &Side, name: &str| match &side.bad {
        Some(first) => format!("; {name}: {} bad answers, first {first}", side.n_bad),
        None => String::new(),
    };
    told(&compared.bilik, "Bilik") + &told(&compared.minimum, "minimum")
}

fn limit_row(name: &str, value: f64, limit: Limit) -> String {
    let verdict = if value <= limit.most { "ok" } else { "above" };
    format!("{name:<34} {value:>8.1} {} (≤{:.0}) {verdict}", limit.unit, limit.most)
}

fn compared_json(compared: &Compared) -> Value {
    let side = |side: &Side| json!({ "per_second": side.per_second, "p50_ms": milliseconds(side.p50), "p99_ms": milliseconds(side.p99), "bad": side.n_bad });
    json!({
        "name": compared.name,
        "connections": compared.n_connections,
        "bilik": side(&compared.bilik),
        "minimum": side(&compared.minimum),
        "share": compared.share(),
        "least": compared.least,
        "p99_times": compared.slowdown(),
        "slowest": compared.slowest,
        "verdict": judged(compared),
    })
}

/// A line for whoever watches.
#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
pub fn say(line: &str) {
    println!("{line}");
}
