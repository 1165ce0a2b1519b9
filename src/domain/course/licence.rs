//! Licences by their SPDX name, or as Creative Commons writes its own.

/// Names of SPDX that texts, pictures and code of courses come under.
const SPDX: [&str; 61] = [
    "0BSD",
    "AFL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC-BY-1.0",
    "CC-BY-2.0",
    "CC-BY-2.5",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-1.0",
    "CC-BY-NC-2.0",
    "CC-BY-NC-2.5",
    "CC-BY-NC-3.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-ND-1.0",
    "CC-BY-NC-ND-2.0",
    "CC-BY-NC-ND-2.5",
    "CC-BY-NC-ND-3.0",
    "CC-BY-NC-ND-4.0",
    "CC-BY-NC-SA-1.0",
    "CC-BY-NC-SA-2.0",
    "CC-BY-NC-SA-2.5",
    "CC-BY-NC-SA-3.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-1.0",
    "CC-BY-ND-2.0",
    "CC-BY-ND-2.5",
    "CC-BY-ND-3.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-1.0",
    "CC-BY-SA-2.0",
    "CC-BY-SA-2.5",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC-PDDC",
    "CC0-1.0",
    "EUPL-1.2",
    "GFDL-1.2-only",
    "GFDL-1.2-or-later",
    "GFDL-1.3-only",
    "GFDL-1.3-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LAL-1.3",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OGL-UK-3.0",
    "OFL-1.1",
    "ODbL-1.0",
    "Unlicense",
];

/// Does the name say which licence it is? `A OR B` and `LicenseRef-own-terms` do too.
pub(super) fn is_known(name: &str) -> bool {
    name.split(" OR ").flat_map(|part| part.split(" AND ")).all(|part| {
        let part = part.trim();
        let own = part.strip_prefix("LicenseRef-").is_some_and(|own| {
            !own.is_empty()
                && own.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        });
        own || SPDX.contains(&part) || SPDX.contains(&dashed(part).as_str())
    })
}

/// The known name that was perhaps meant.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    let folded = dashed(&name.to_uppercase());
    let same = SPDX.iter().find(|known| known.to_uppercase() == folded);
    same.copied().or_else(|| crate::diagnostic::nearest(&dashed(name), &SPDX))
}

/// `CC BY-SA 4.0` is `CC-BY-SA-4.0`.
fn dashed(name: &str) -> String {
    match name.starts_with("CC") {
        true => name.replace(' ', "-").replace("CC-0", "CC0"),
        false => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences() {
        for (name, known, meaning) in [
            ("CC-BY-4.0", true, Some("CC-BY-4.0")),
            ("CC BY-SA 4.0", true, Some("CC-BY-SA-4.0")),
            ("CC0 1.0", true, Some("CC0-1.0")),
            ("MIT OR Apache-2.0", true, None),
            ("LicenseRef-agency-terms", true, None),
            ("cc-by-4.0", false, Some("CC-BY-4.0")),
            ("CC-BY-4", false, Some("CC-BY-4.0")),
            ("CC-BY-SA-5.0", false, Some("CC-BY-SA-1.0")),
            ("free for all", false, None),
        ] {
            assert_eq!(
                (is_known(name), meant(name).filter(|_| meaning.is_some())),
                (known, meaning)
            );
        }
    }
}
