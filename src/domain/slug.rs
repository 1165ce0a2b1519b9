//! Names for addresses: any text of the three languages as `[a-z0-9-]`.

use unicode_normalization::UnicodeNormalization;

/// The longest id that files and addresses may hold.
pub const MAX_ID: usize = 64;

/// The text in lower-case ASCII letters and digits, with one `-` between words, at most [`MAX_ID`] long.
/// Empty if the text holds neither letters nor digits of a known script.
pub fn ascii_slug(text: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for letter in text.nfc().flat_map(char::to_lowercase) {
        match ascii(letter).as_deref() {
            Some("") => {}
            Some(letters) => {
                let dash = usize::from(gap && !slug.is_empty());
                if slug.len() + dash + letters.len() > MAX_ID {
                    break;
                }
                if dash == 1 {
                    slug.push('-');
                }
                slug.push_str(letters);
                gap = false;
            }
            None => gap = true,
        }
    }
    slug
}

/// The longest id that is made from words, if the first of them is not longer.
const MADE: usize = 40;

/// An id made from the first words, with room for a number behind it; `otherwise` if they hold no letters.
pub fn made_from(words: &str, otherwise: &str) -> String {
    let mut id = String::new();
    for word in ascii_slug(words).split('-').filter(|word| !word.is_empty()) {
        if !id.is_empty() {
            if id.len() + 1 + word.len() > MADE {
                break;
            }
            id.push('-');
        }
        id.extend(word.chars().take(MAX_ID - 8));
    }
    if id.is_empty() { otherwise.to_owned() } else { id }
}

/// Is the text an id as course files write it: `[a-z0-9][a-z0-9-]{0,63}`?
pub fn is_id(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= MAX_ID && text.starts_with(plain) && text.chars().all(|c| plain(c) || c == '-')
}

/// What stands for a lower-case character; empty for a mark that is dropped, `None` for a gap between words.
fn ascii(letter: char) -> Option<String> {
    if letter.is_ascii_alphanumeric() {
        return Some(letter.to_string());
    }
    if let Some(letters) = listed(letter) {
        return Some(letters.to_owned());
    }
    if unicode_normalization::char::is_combining_mark(letter) || matches!(letter, '\'' | '’') {
        return Some(String::new());
    }
    let base: String = letter.nfkd().filter(char::is_ascii_alphanumeric).collect();
    (!base.is_empty()).then(|| base.to_ascii_lowercase())
}

/// Azerbaijani letters and the Russian alphabet, as they are commonly written in Latin letters.
fn listed(letter: char) -> Option<&'static str> {
    let letters = match letter {
        'ə' => "e",
        'ı' => "i",
        'ş' => "sh",
        'ç' => "ch",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ё' => "yo",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    };
    Some(letters)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn three_languages() {
        for (text, slug) in [
            ("Two words", "two-words"),
            ("İdeya, ixtira və yenilik", "ideya-ixtira-ve-yenilik"),
            ("Müəssisənin üç şərti: ÖZ işığı", "muessisenin-uch-sherti-oz-ishigi"),
            ("Объём и съезд", "obyom-i-sezd"),
            ("What's new?", "whats-new"),
            ("R&D — 3D", "r-d-3d"),
            ("½ of x²", "12-of-x2"),
            ("  ", ""),
        ] {
            assert_eq!(ascii_slug(text), slug, "{text}");
        }
    }

    #[test]
    fn ids_are_made_from_the_first_words() {
        for (words, id) in [
            ("Why?", "why"),
            (
                "A successful pilot plant proves that there is market demand.",
                "a-successful-pilot-plant-proves-that",
            ),
            ("!", "question"),
        ] {
            assert_eq!(made_from(words, "question"), id);
        }
        assert_eq!(made_from(&"a".repeat(99), "question").len(), MAX_ID - 8);
    }

    proptest! {
        #[test]
        fn a_slug_is_an_id_or_empty(text in ".*") {
            let slug = ascii_slug(&text);
            prop_assert!(slug.is_empty() || is_id(&slug), "{slug}");
        }
    }
}
