//! Signing up, and one's own profile.

use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, get, patch, post};
use chrono::Datelike;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::caller::{Caller, Stranger};
use super::reply::{Reply, action, again, key, ok, once, unfit};
use crate::accounts::actions::{self, Joining, ProfileForm, Standing};
use crate::accounts::passwords;
use crate::accounts::replies::{self, Kept};
use crate::accounts::{Cx, Learner};
use crate::db::{self, Conn};
use crate::domain::locale::Locale;
use crate::web::{Answer, Fault, Posted, Problems};

pub fn routes(app: &mut ServiceConfig) {
    app.service(sign_up).service(me).service(change_me);
}

/// A person to be.
#[derive(Deserialize, ToSchema)]
pub struct SignUp {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    /// At least ten letters, and not what everybody tries first.
    #[serde(default)]
    pub password: String,
    /// `az`, `en` or `ru`; without it that of the request.
    #[serde(default)]
    pub language: Option<String>,
}

/// A new person.
#[derive(Serialize, ToSchema)]
pub struct SignedUp {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub language: String,
}

/// A person's own profile.
#[derive(Serialize, ToSchema)]
pub struct Me {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub language: String,
    pub time_zone: String,
    /// What follows is kept only with consent.
    pub organisation: Option<String>,
    pub region: Option<String>,
    pub sector: Option<String>,
    pub sex: Option<String>,
    pub birth_year: Option<i16>,
    pub consent: bool,
    pub admin: bool,
    /// Does the person teach a course?
    pub trains: bool,
}

/// A changed profile: what is not sent stays, `null` takes away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ChangedMe {
    pub name: Option<String>,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    pub organisation: Option<Option<String>>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    pub region: Option<Option<String>>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    pub sector: Option<Option<String>>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<String>)]
    pub sex: Option<Option<String>>,
    #[serde(deserialize_with = "sent")]
    #[schema(value_type = Option<i16>)]
    pub birth_year: Option<Option<i32>>,
    /// May the optional details be used for statistics?
    pub consent: Option<bool>,
}

/// Tells `null` from a field that was not sent.
fn sent<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// Signs up.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", operation_id = "sign_up",
    request_body = SignUp, security(()),
    responses((status = 201, description = "Signed up", body = SignedUp)))]
#[post("/api/v1/people")]
async fn sign_up(req: HttpRequest, stranger: Stranger, body: Body<SignUp>) -> Answer {
    let (mut cx, asked, key) = (stranger.0, body.0, key(&req)?);
    let language = asked.language.as_deref().map_or(Some(cx.lang), Locale::parse);
    let joining = Joining {
        name: asked.name.trim().to_owned(),
        email: asked.email.trim().to_owned(),
        password: asked.password,
        language: language.unwrap_or(cx.lang),
    };
    let mut problems = Problems::default();
    problems.require(language.is_some(), "language", "api-language-unknown");
    let joining = match joining.check() {
        Ok(joining) if problems.is_empty() => joining,
        Ok(_) => return Ok(unfit(cx.lang, &problems)),
        Err(problems) => return Ok(unfit(cx.lang, &problems)),
    };
    let action = action(&req);
    let hash = passwords::hash(joining.password.clone()).await?;
    db::begin(cx.conn().await?).await?;
    let joined = joined(&mut cx, (&joining, &hash), key, &action).await;
    let conn = cx.conn().await?;
    match &joined {
        Ok(Some(_)) => db::commit(conn).await?,
        Ok(None) | Err(_) => db::roll_back(conn).await?,
    }
    match joined? {
        Some(kept) => again(&kept, &action),
        None => {
            problems.add("email", "email-taken");
            Ok(unfit(cx.lang, &problems))
        }
    }
}

/// Adds a person and keeps the reply under the key, if there is one; `None` if the address is somebody else's.
async fn joined(
    cx: &mut Cx,
    (joining, hash): (&Joining, &str),
    key: Option<Uuid>,
    action: &str,
) -> Result<Option<Kept>, Fault> {
    let (now, zone) = (cx.now, cx.site.config.time_zone.name());
    if let Some(kept) = told_before(cx.conn().await?, joining, key).await? {
        return Ok(Some(kept));
    }
    let conn = cx.conn().await?;
    let added = actions::add_person(conn, joining, hash, zone, now, Standing::Ordinary).await?;
    let Some(id) = added else { return Ok(None) };
    let Joining { name, email, language, .. } = joining.clone();
    let language = language.code().to_owned();
    let new = Reply::created(&SignedUp { id, name, email, language })?.kept(action)?;
    if let Some(key) = key {
        replies::keep(cx.conn().await?, id, key, &new, now).await?;
    }
    Ok(Some(new))
}

/// The reply to an earlier sign-up with this key, if it was for the same address.
async fn told_before(
    conn: &mut Conn,
    joining: &Joining,
    key: Option<Uuid>,
) -> Result<Option<Kept>, Fault> {
    let Some(key) = key else { return Ok(None) };
    replies::lock(conn, key).await?;
    match actions::find_by_email(conn, &joining.email).await? {
        Some(person) => Ok(replies::recall(conn, person, key).await?),
        None => Ok(None),
    }
}

/// Who one is.
#[utoipa::path(get, path = "/api/v1/me", tag = "people", operation_id = "me",
    responses((status = 200, description = "The profile", body = Me)))]
#[get("/api/v1/me")]
async fn me(caller: Caller<Learner>) -> Answer {
    let Caller(mut learner) = caller;
    ok(&profile(&mut learner).await?)
}

/// Changes the profile.
#[utoipa::path(patch, path = "/api/v1/me", tag = "people", operation_id = "change_me",
    request_body = ChangedMe,
    responses((status = 200, description = "The changed profile", body = Me)))]
#[patch("/api/v1/me")]
async fn change_me(req: HttpRequest, caller: Caller<Learner>, body: Body<ChangedMe>) -> Answer {
    let Caller(mut learner) = caller;
    let before = profile(&mut learner).await?;
    let form = match ProfileForm::read(&changed(&before, body.0), learner.now.year()) {
        Ok(form) => form,
        Err(problems) => return Ok(unfit(learner.lang, &problems)),
    };
    let person = learner.person.id;
    once(&req, &mut learner, async |learner| {
        actions::save_profile(&mut learner.cx, person, &form).await?;
        Reply::ok(&profile(learner).await?)
    })
    .await
}

async fn profile(learner: &mut Learner) -> Result<Me, Fault> {
    let (id, admin, trains) = (learner.person.id, learner.person.admin, learner.person.trains);
    let found = actions::profile(learner.conn().await?, id).await?;
    Ok(Me {
        id,
        email: found.email,
        name: found.name,
        language: found.language,
        time_zone: found.time_zone,
        organisation: found.organisation,
        region: found.region,
        sector: found.sector,
        sex: found.sex,
        birth_year: found.birth_year,
        consent: found.consent_at.is_some(),
        admin,
        trains,
    })
}

/// The profile form as a person would fill it in who changes only what was sent.
fn changed(before: &Me, change: ChangedMe) -> Posted {
    let kept = |new: Option<String>, old: &str| new.unwrap_or_else(|| old.to_owned());
    let optional = |new: Option<Option<String>>, old: &Option<String>| {
        new.unwrap_or_else(|| old.clone()).unwrap_or_default()
    };
    let year = change.birth_year.unwrap_or_else(|| before.birth_year.map(i32::from));
    let form = Posted::default()
        .with("name", &kept(change.name, &before.name))
        .with("language", &kept(change.language, &before.language))
        .with("time-zone", &kept(change.time_zone, &before.time_zone))
        .with("organisation", &optional(change.organisation, &before.organisation))
        .with("region", &optional(change.region, &before.region))
        .with("sector", &optional(change.sector, &before.sector))
        .with("sex", &optional(change.sex, &before.sex))
        .with("birth-year", &year.map(|year| year.to_string()).unwrap_or_default());
    match change.consent.unwrap_or(before.consent) {
        true => form.with("consent", "yes"),
        false => form,
    }
}
