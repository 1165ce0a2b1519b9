//! Signing in and out, for programs.

use actix_web::http::StatusCode;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, delete, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::access;
use super::body::{Body, refused};
use super::caller::{Caller, Stranger};
use super::reply::ok;
use crate::accounts::actions::{SignInRefusal, check_password};
use crate::accounts::tokens::{self, Granted};
use crate::accounts::{Cx, Learner};
use crate::outcome::{Failed, Refusal};
use crate::web::{Answer, Fault};

pub fn routes(app: &mut ServiceConfig) {
    app.service(sign_in).service(refresh).service(sign_out);
}

/// Address and password.
#[derive(Deserialize, ToSchema)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// The token that renews a session.
#[derive(Deserialize, ToSchema)]
pub struct Refresh {
    pub refresh_token: String,
}

/// What a program signs its requests with.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    /// Goes into `Authorization: Bearer …`.
    pub access_token: String,
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds that the access token works.
    pub expires_in: i64,
    /// Works once, for the next pair of tokens. One that comes twice ends the session.
    pub refresh_token: String,
}

/// Signs in.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", operation_id = "sign_in",
    request_body = Credentials, security(()),
    responses((status = 200, description = "Signed in", body = Tokens)))]
#[post("/api/v1/tokens")]
async fn sign_in(stranger: Stranger, body: Body<Credentials>) -> Answer {
    let (mut cx, asked) = (stranger.0, body.0);
    let (person, _) = match check_password(&mut cx, &asked.email, &asked.password).await {
        Err(Failed::Refused(SignInRefusal::Wrong)) => {
            return Err(refused(StatusCode::UNAUTHORIZED, SignInRefusal::Wrong.words()));
        }
        other => other?,
    };
    let (now, key, device) = (cx.now, cx.site.key.clone(), cx.device.clone());
    let granted = tokens::grant(cx.conn().await?, &key, person, &device, now).await?;
    ok(&pair(&cx, granted)?)
}

/// Gives new tokens for a refresh token.
#[utoipa::path(post, path = "/api/v1/tokens/refresh", tag = "tokens", operation_id = "refresh_tokens",
    request_body = Refresh, security(()),
    responses((status = 200, description = "New tokens; the old refresh token is used up", body = Tokens)))]
#[post("/api/v1/tokens/refresh")]
async fn refresh(stranger: Stranger, body: Body<Refresh>) -> Answer {
    let mut cx = stranger.0;
    let (now, key) = (cx.now, cx.site.key.clone());
    let renewed = tokens::renew(cx.conn().await?, &key, &body.0.refresh_token, now).await?;
    let granted = renewed.ok_or_else(|| refused(StatusCode::UNAUTHORIZED, "api-token-refused"))?;
    ok(&pair(&cx, granted)?)
}

/// Signs out: from now on no token of this session works.
#[utoipa::path(delete, path = "/api/v1/tokens", tag = "tokens", operation_id = "sign_out",
    responses((status = 204, description = "Signed out")))]
#[delete("/api/v1/tokens")]
async fn sign_out(caller: Caller<Learner>) -> Answer {
    let Caller(mut learner) = caller;
    let person = learner.person.clone();
    tokens::end(learner.conn().await?, &person).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn pair(cx: &Cx, granted: Granted) -> Result<Tokens, Fault> {
    let token = access::issue(&cx.site.key, granted.person, granted.session, cx.now);
    Ok(Tokens {
        access_token: token.map_err(|why| Fault::Broken(why.to_string()))?,
        token_type: "Bearer",
        expires_in: access::LIFE.num_seconds(),
        refresh_token: granted.refresh,
    })
}
