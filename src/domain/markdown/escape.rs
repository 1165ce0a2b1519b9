//! Addresses as they may stand in an attribute.

use std::fmt::Write as _;

/// An address with everything escaped that would not be one: spaces, quotes, letters outside ASCII.
pub(super) fn href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'(' | b')' | b'#' | b'%' | b'+' | b',' => {
                out.push(char::from(byte));
            }
            b'/' | b':' | b';' | b'=' | b'?' | b'@' | b'$' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}
