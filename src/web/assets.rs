//! The browser assets inside the binary: styles, scripts, fonts and icons, made by `build.rs`.

use crate::domain::locale::Locale;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// One embedded file with its compressed copies.
pub struct Asset {
    /// The last segment of its address.
    pub name: &'static str,
    /// As it is.
    pub raw: &'static [u8],
    /// Compressed with Brotli, where that helps.
    pub br: Option<&'static [u8]>,
    /// Compressed with gzip, where that helps.
    pub gz: Option<&'static [u8]>,
    /// For the header of the same name.
    pub content_type: &'static str,
    /// Its name carries a hash of its content, so it may be kept for ever.
    pub immutable: bool,
}

/// The file served as `/assets/{name}`. `robots.txt` and `sw.js` are here too, to be served from the root.
pub fn find(name: &str) -> Option<&'static Asset> {
    let place = ASSETS.binary_search_by(|asset| asset.name.cmp(name)).ok()?;
    ASSETS.get(place)
}

/// The address of an asset by the name it was written under, such as `app.css`. Unknown names lead to a 404.
pub fn href(name: &str) -> &'static str {
    known(name).unwrap_or("/assets/missing")
}

/// Addresses of the fonts that the first view of any page in this language needs. Empty in a plain build.
pub fn fonts(locale: &Locale) -> Vec<&'static str> {
    ["mulish-400", "mulish-700", "literata-600"]
        .into_iter()
        .filter_map(|face| font(face, locale))
        .collect()
}

/// The address of the font for long texts, which lessons need besides.
pub fn reading_font(locale: &Locale) -> Option<&'static str> {
    font("literata-400", locale)
}

fn font(face: &str, locale: &Locale) -> Option<&'static str> {
    let script = match locale {
        Locale::Az | Locale::En => "lat",
        Locale::Ru => "cyr",
    };
    known(&format!("{face}-{script}.woff2"))
}

/// Was Bilik built without Node? Then there are no icons and fonts, and words take their place.
pub fn is_plain() -> bool {
    PLAIN
}

fn known(name: &str) -> Option<&'static str> {
    let place = ADDRESSES.binary_search_by(|(logical, _)| (*logical).cmp(name)).ok()?;
    ADDRESSES.get(place).map(|(_, address)| *address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_a_file() {
        for (logical, address) in ADDRESSES {
            let name = address.strip_prefix("/assets/").unwrap();
            assert!(
                find(name).is_some(),
                "{logical} has the address {address}, and nothing is there"
            );
        }
    }

    #[test]
    fn what_every_page_links_to_exists() {
        for name in
            ["app.css", "lesson.css", "dash.css", "print.css", "app.js", "icons.svg", "favicon.svg"]
        {
            assert_ne!(href(name), "/assets/missing", "{name}");
        }
        assert!(find("robots.txt").is_some());
    }

    #[test]
    fn names_that_nobody_wrote_are_not_found() {
        assert!(find("../Cargo.toml").is_none());
        assert_eq!(href("nothing.css"), "/assets/missing");
    }
}
