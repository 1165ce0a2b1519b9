//! Letting people in: address and password, with guessing slowed down.

use uuid::Uuid;

use crate::accounts::passwords;
use crate::accounts::store;
use crate::accounts::throttle::Throttle;
use crate::accounts::visitor::Cx;
use crate::domain::locale::Locale;
use crate::domain::password::MOST;
use crate::domain::profile::email_key;
use crate::outcome::{Failed, Refusal, RefusalKind};

/// Why somebody is not let in.
#[derive(Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Address or password is not right; the same for both, so that addresses cannot be guessed.
    Wrong,
    /// Too many failures lately.
    Wait,
}

impl Refusal for SignInRefusal {
    fn kind(&self) -> RefusalKind {
        match self {
            SignInRefusal::Wrong => RefusalKind::Invalid,
            SignInRefusal::Wait => RefusalKind::TooMany,
        }
    }

    fn words(&self) -> &'static str {
        match self {
            SignInRefusal::Wrong => "sign-in-wrong",
            SignInRefusal::Wait => "sign-in-wait",
        }
    }
}

/// Checks address and password; gives the person and their language.
pub async fn check_password(
    cx: &mut Cx,
    email: &str,
    password: &str,
) -> Result<(Uuid, Locale), Failed<SignInRefusal>> {
    let key = email_key(email).unwrap_or_else(|| email.trim().to_ascii_lowercase());
    let (now, throttle) = (cx.now, Throttle::of(&key, cx.network.as_deref()));
    if !throttle.admits(cx.conn().await?, now).await? {
        return Err(SignInRefusal::Wait.into());
    }
    let found = store::credentials(cx.conn().await?, &key).await?;
    let hash = found.as_ref().map(|person| person.password_hash.clone());
    cx.release();
    let right = password.len() <= MOST && passwords::verify(password.to_owned(), hash).await?;
    match found.filter(|person| right && !person.disabled) {
        Some(person) => {
            throttle.succeeded(cx.conn().await?).await?;
            Ok((person.id, Locale::parse(&person.language).unwrap_or(cx.lang)))
        }
        None => Err(SignInRefusal::Wrong.into()),
    }
}
