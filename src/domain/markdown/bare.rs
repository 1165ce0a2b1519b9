//! Addresses that stand in the text as they are: of sites, with or without `https://`, and of mail boxes.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// An address in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bare {
    /// Where it stands, without the punctuation behind it.
    pub(super) place: Range<usize>,
    /// What has to go in front of it to make a link.
    pub(super) scheme: &'static str,
}

/// The addresses of a text, by the rules of GitHub.
pub(super) fn bare_addresses(text: &str) -> Vec<Bare> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?xi)
            (?<site> (?: https?:// | www\. ) [\p{L}\p{N}] [^\s<>"“”«»]{0,2000} )
            | (?: mailto: )? [a-z0-9._+-]{1,64} @ [a-z0-9_-]{1,63} (?: \.[a-z0-9_-]{1,63} ){1,8}"#,
        )
        .expect("the pattern is fixed")
    });
    if !may_hold_one(text) {
        return Vec::new();
    }
    ADDRESS
        .captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            let before = text.get(..whole.start())?.chars().next_back();
            let free = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '@' | '.'));
            let bare = match found.name("site") {
                Some(_) => site(whole.as_str()),
                None => mail_box(whole.as_str()),
            };
            let (length, scheme) = bare.filter(|_| free)?;
            Some(Bare { place: whole.start()..whole.start() + length, scheme })
        })
        .collect()
}

/// Looking for addresses is slow, and most texts hold none: no `:/`, no `w.` and no `@` with something behind it.
fn may_hold_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |(one, next): (&u8, &u8)| {
        (*one == b'@')
            | ((*one == b':') & (*next == b'/'))
            | ((*one | 32 == b'w') & (*next == b'.'))
    };
    // Without a way out of the loop the compiler looks at many bytes at once.
    bytes.iter().zip(bytes.iter().skip(1)).fold(false, |found, pair| found | begins(pair))
}

/// How much of a text is the address of a site.
fn site(found: &str) -> Option<(usize, &'static str)> {
    let length = without_punctuation(found);
    let address = found.get(..length)?;
    let (scheme, rest) = match address.split_once("://") {
        Some((_, rest)) => ("", rest),
        None => ("https://", address),
    };
    let domain = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    is_domain(domain).then_some((length, scheme))
}

/// Names with a point between them, and no underscore in the last two.
fn is_domain(domain: &str) -> bool {
    let mut names = domain.rsplit('.');
    let last: Vec<&str> = names.by_ref().take(2).collect();
    let letters = |name: &&str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    last.len() == 2
        && last.iter().all(|name| letters(name) && !name.contains('_'))
        && names.all(|name| letters(&name))
}

/// How much of a text is left without trailing punctuation and unpaired brackets.
fn without_punctuation(found: &str) -> usize {
    let mut unpaired = found.matches(')').count().saturating_sub(found.matches('(').count());
    let mut length = found.len();
    for letter in found.chars().rev() {
        match letter {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' | '’' => {}
            ')' if unpaired > 0 => unpaired -= 1,
            _ => break,
        }
        length -= letter.len_utf8();
    }
    length
}

/// How much of a text is a mail box; one that ends with a hyphen or an underscore is none.
fn mail_box(found: &str) -> Option<(usize, &'static str)> {
    let has_scheme = found.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let scheme = if has_scheme { "" } else { "mailto:" };
    (!found.ends_with(['-', '_'])).then_some((found.len(), scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_text() {
        for (text, links) in [
            ("see https://a.org.", vec!["https://a.org"]),
            ("(http://b.org/x_(y)) and", vec!["http://b.org/x_(y)"]),
            ("**https://c.org/d?e=f&g**", vec!["https://c.org/d?e=f&g"]),
            ("www.commonmark.org/help", vec!["https://www.commonmark.org/help"]),
            (
                "www.google.com/search?q=Markup+(business)))+ok",
                vec!["https://www.google.com/search?q=Markup+(business)))+ok"],
            ),
            (
                "(www.google.com/search?q=(business)))",
                vec!["https://www.google.com/search?q=(business)"],
            ),
            ("http://commonmark.org/he<lp", vec!["http://commonmark.org/he"]),
            ("https://a_b.org and https://a.b_c.org", vec![]),
            ("https://localhost", vec![]),
            ("xhttps://a.org", vec![]),
            ("foo@bar.baz", vec!["mailto:foo@bar.baz"]),
            (
                "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
                vec!["mailto:hello+xyz@mail.example"],
            ),
            ("a.b-c_d@a.b.", vec!["mailto:a.b-c_d@a.b"]),
            ("a.b-c_d@a.b-", vec![]),
            ("a.b-c_d@a.b_", vec![]),
            ("mailto:a.b@c.az!", vec!["mailto:a.b@c.az"]),
            ("https://müəssisə.az/şərt, bax", vec!["https://müəssisə.az/şərt"]),
            ("wwwhat www. w@", vec![]),
        ] {
            let found: Vec<String> = bare_addresses(text)
                .into_iter()
                .map(|bare| format!("{}{}", bare.scheme, text.get(bare.place).unwrap()))
                .collect();
            assert_eq!(found, links, "{text}");
        }
    }
}
