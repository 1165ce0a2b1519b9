//! Signatures with the program's secret: form tokens and seeds that nobody can guess or forge.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use crate::domain::digest::hex;

/// The program's secret.
#[derive(Clone)]
pub struct Key(Vec<u8>);

impl Key {
    /// A key from any secret text.
    pub fn new(secret: &str) -> Key {
        Key(Sha256::digest(secret.as_bytes()).to_vec())
    }

    /// The signature of `message`, for one `purpose` only.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }

    /// Raw bytes for the token library.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The hash under which a token is stored.
pub fn token_hash(token: &[u8]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// The bytes of hex text, or `None`.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect()
}
