//! Access tokens: short-lived JWTs that name a session. What the session may do stands in the database, not in them.

use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::web::sign::Key;

/// An access token works this long.
pub const LIFE: Duration = Duration::minutes(15);
/// Whom the tokens are for.
const AUDIENCE: &str = "bilik-api";
/// What they are (RFC 9068), so that no other token of ours is taken for one.
const TYPE: &str = "at+jwt";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub sub: Uuid,
    pub sid: Uuid,
    pub aud: String,
    pub iat: i64,
    pub exp: i64,
}

/// A token for a person's session.
pub fn issue(
    key: &Key,
    person: Uuid,
    session: Uuid,
    now: DateTime<Utc>,
) -> Result<String, jsonwebtoken::errors::Error> {
    let claims = Claims {
        sub: person,
        sid: session,
        aud: AUDIENCE.to_owned(),
        iat: now.timestamp(),
        exp: (now + LIFE).timestamp(),
    };
    let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
    encode(&header, &claims, &EncodingKey::from_secret(&secret(key)))
}

/// What a token says, if it is ours and its time is not over.
pub fn read(key: &Key, token: &str, now: DateTime<Utc>) -> Option<Claims> {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["exp", "aud", "sub"]);
    // The program's own clock decides below.
    rules.validate_exp = false;
    let read = decode::<Claims>(token, &DecodingKey::from_secret(&secret(key)), &rules).ok()?;
    let ours = read.header.typ.as_deref() == Some(TYPE);
    Some(read.claims).filter(|claims| ours && claims.exp > now.timestamp())
}

fn secret(key: &Key) -> [u8; 32] {
    key.sign("access-token", &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    fn signed(header: &Header, claims: &Claims, key: &Key) -> String {
        encode(header, claims, &EncodingKey::from_secret(&secret(key))).unwrap()
    }

    #[test]
    fn only_our_own_living_tokens_are_read() {
        let (key, now) = (Key::new("a secret for tests"), clock::now());
        let (person, session) = (clock::new_id(), clock::new_id());
        let token = issue(&key, person, session, now).unwrap();
        let claims = read(&key, &token, now).unwrap();
        assert_eq!((claims.sub, claims.sid), (person, session));
        assert_eq!(read(&key, &token, now + LIFE), None, "expired");
        assert_eq!(read(&Key::new("another"), &token, now), None, "another key");

        let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
        let other = Claims { aud: "badges".to_owned(), ..claims.clone() };
        assert_eq!(read(&key, &signed(&header, &other, &key), now), None, "another audience");
        assert_eq!(read(&key, &signed(&Header::default(), &claims, &key), now), None, "typ JWT");
        let longer = Header { alg: Algorithm::HS512, ..header };
        assert_eq!(read(&key, &signed(&longer, &claims, &key), now), None, "another algorithm");

        let mut parts = token.split('.');
        let (_, body) = (parts.next(), parts.next().unwrap());
        for head in [r#"{"alg":"none","typ":"at+jwt"}"#, r#"{"alg":"None"}"#] {
            let head = base64::Engine::encode(&base64::prelude::BASE64_URL_SAFE_NO_PAD, head);
            for forged in [format!("{head}.{body}."), format!("{head}.{body}")] {
                assert_eq!(read(&key, &forged, now), None, "{forged}");
            }
        }
        for bad in ["", ".", "..", "a.b.c", "é"] {
            assert_eq!(read(&key, bad, now), None, "{bad}");
        }
    }
}
