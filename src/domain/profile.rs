//! What people may say of themselves, so that results can be shown by region, sector and sex.

/// Codes of the 14 economic regions of Azerbaijan, and `abroad`.
pub const REGIONS: [&str; 15] = [
    "baku",
    "absheron-khizi",
    "daghlig-shirvan",
    "ganja-dashkasan",
    "karabakh",
    "gazakh-tovuz",
    "guba-khachmaz",
    "lankaran-astara",
    "central-aran",
    "mil-mughan",
    "nakhchivan",
    "shaki-zagatala",
    "eastern-zangazur",
    "shirvan-salyan",
    "abroad",
];

/// Codes of the sectors in which people work or study.
pub const SECTORS: [&str; 9] = [
    "public",
    "education",
    "manufacturing",
    "agriculture",
    "energy",
    "ict",
    "services",
    "civil-society",
    "student",
];

/// Codes of what people may say of their sex.
pub const SEXES: [&str; 2] = ["female", "male"];

/// An address as it is compared: no spaces around, ASCII letters small. `None` if it cannot be an address.
pub fn email_key(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let (name, host) = typed.rsplit_once('@')?;
    let plain = |text: &str| {
        !text.is_empty()
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"[]\\".contains(c))
    };
    let host_ok = host.split('.').count() >= 2
        && host
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    (plain(name) && !name.contains('@') && plain(host) && host_ok && typed.len() <= 254)
        .then(|| typed.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_by_ascii_rules_only() {
        assert_eq!(email_key("  Leyla@Example.AZ "), Some("leyla@example.az".to_owned()));
        assert_eq!(email_key("İlqar@example.az"), Some("İlqar@example.az".to_owned()));
        for bad in [
            "",
            "leyla",
            "leyla@",
            "@example.az",
            "leyla@example",
            "a b@example.az",
            "a@b..az",
            "a@-b.az",
        ] {
            assert_eq!(email_key(bad), None, "{bad}");
        }
    }
}
