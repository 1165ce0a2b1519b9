//! What a file is called: letters of every alphabet, but nothing that leads out of a folder or hides an ending.

/// The longest name, in characters.
pub const LONGEST: usize = 120;

/// The name as it is kept: the last part of a path, without what no name needs. Never empty.
pub fn cleaned(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| is_fit(*c)).collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = kept.trim_matches(['.', ' ']);
    if kept.is_empty() { "file".to_owned() } else { shortened(kept) }
}

/// The ending of a name, in lower case; empty if there is none.
pub fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

fn is_fit(c: char) -> bool {
    let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let reserved = matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*');
    (!c.is_control() || c.is_whitespace()) && !turns && !reserved
}

/// The beginning and the ending of a name that is too long.
fn shortened(name: &str) -> String {
    let count = name.chars().count();
    if count <= LONGEST {
        return name.to_owned();
    }
    let ending: String = match name.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 12 => format!(".{ending}"),
        Some(_) | None => String::new(),
    };
    let room = LONGEST.saturating_sub(ending.chars().count());
    let begin: String = name.chars().take(room).collect();
    format!("{}{ending}", begin.trim_end_matches(['.', ' ']))
}

/// The value of `Content-Disposition` that makes a browser keep the file under this name and never show it.
pub fn attachment(name: &str) -> String {
    let plain: String =
        name.chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                    c
                } else {
                    '_'
                }
            })
            .collect();
    let mut exact = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                exact.push(char::from(byte));
            }
            _ => exact.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_keep_their_letters_and_lose_their_tricks() {
        for (name, kept) in [
            ("Biznes planı (son).docx", "Biznes planı (son).docx"),
            ("Отчёт за май.pdf", "Отчёт за май.pdf"),
            ("C:\\Users\\Leyla\\plan.pdf", "plan.pdf"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("plan\0.pdf", "plan.pdf"),
            (".htaccess", "htaccess"),
            ("..", "file"),
            ("", "file"),
            ("   ", "file"),
        ] {
            assert_eq!(cleaned(name), kept, "{name:?}");
        }
        assert_eq!(ending("Plan.PDF"), "pdf");
        assert_eq!(ending("plan"), "");
        let long = cleaned(&format!("{}.docx", "ə".repeat(300)));
        assert_eq!((long.chars().count(), long.ends_with("ə.docx")), (LONGEST, true));
    }

    #[test]
    fn a_name_in_a_header_is_ascii() {
        assert_eq!(
            attachment("Şəkil 1.png"),
            "attachment; filename=\"__kil 1.png\"; filename*=UTF-8''%C5%9E%C9%99kil%201.png"
        );
    }

    proptest! {
        #[test]
        fn no_name_leads_out_or_splits_a_header(name: String) {
            let kept = cleaned(&name);
            prop_assert!(!kept.is_empty() && kept != ".." && kept.chars().count() <= LONGEST);
            prop_assert!(!kept.contains(['/', '\\', '\r', '\n', '\0', '"']));
            prop_assert_eq!(&cleaned(&kept), &kept);
            let header = attachment(&kept);
            prop_assert!(header.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            prop_assert_eq!(header.matches('"').count(), 2);
        }
    }
}
