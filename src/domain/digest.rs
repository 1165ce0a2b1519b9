//! SHA-256, written as people compare it.

use sha2::{Digest, Sha256};

/// The hash of the bytes, in hex.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The first digits of the hash, two for each of `bytes`.
pub fn short_sha256(text: &[u8], bytes: usize) -> String {
    hex(Sha256::digest(text).get(..bytes).unwrap_or_default())
}

/// Lower-case hex of bytes.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(if value < 10 { b'0' + value } else { b'a' + value - 10 });
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        hex.push(digit(byte >> 4));
        hex.push(digit(byte & 15));
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_hash() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        assert_eq!(short_sha256(b"abc", 4), "ba7816bf");
    }
}
