//! Passwords: argon2id at the parameters that OWASP lists, off the async threads and few at a time.

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::db;

/// Hashing takes a core and 19 MiB each: more at once would starve the pages.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// How long a request waits for its turn before it is answered 503. It holds no database connection meanwhile.
const WAIT: Duration = Duration::from_secs(10);

/// Checked when nobody has the address, so that the answer takes as long as for somebody.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("a password that nobody has"));

fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("these parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash_now(password: &str) -> String {
    hasher()
        .hash_password(password.as_bytes())
        .expect("hashing has its memory and randomness")
        .to_string()
}

fn verify_now(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// The hash of a password, as stored.
pub async fn hash(password: String) -> Result<String, db::Error> {
    off_thread(move || hash_now(&password)).await
}

/// Is it the password of this hash? Without a hash it takes as long and says no.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, db::Error> {
    off_thread(move || match hash {
        Some(hash) => verify_now(&password, &hash),
        None => {
            // The work is done for its time only; whatever it says, nobody is let in.
            let _ = verify_now(&password, &NOBODY);
            false
        }
    })
    .await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, db::Error> {
    let turn = timeout(WAIT, AT_ONCE.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return Err(db::Error::Busy) };
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|why| db::Error::Corrupt(format!("a password was not worked out: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_no_other() {
        let stored = hash("bir iki üç dörd".to_owned()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("bir iki üç dörd".to_owned(), Some(stored.clone())).await.unwrap());
        assert!(!verify("bir iki üç beş".to_owned(), Some(stored)).await.unwrap());
        assert!(!verify("a password that nobody has".to_owned(), None).await.unwrap());
    }
}
