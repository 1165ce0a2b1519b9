//! One's own profile: what is needed, what is optional and why it is asked, and the password.

use actix_web::web::ServiceConfig;
use actix_web::{get, post};
use askama::Template;
use chrono::Datelike;
use chrono_tz::Tz;

use crate::accounts::actions::{self, ProfileForm, SignInRefusal};
use crate::accounts::store::Profile;
use crate::accounts::visitor::{Cx, Learner, Sent};
use crate::domain::locale::Locale;
use crate::domain::profile::{REGIONS, SECTORS, SEXES};
use crate::outcome::{Failed, Refusal};
use crate::web::lang::LANGUAGE_COOKIE;
use crate::web::{Answer, Fault, FormView, Page, Posted, Problems, Shell, page, see_other_saying};

pub fn routes(app: &mut ServiceConfig) {
    app.service(show).service(save).service(change_password);
}

/// Value, label, is it chosen.
type Choices = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "accounts/pages/profile.html")]
struct View {
    shell: Shell,
    email: String,
    form: FormView,
    password: FormView,
    languages: Choices,
    time_zones: Choices,
    regions: Choices,
    sectors: Choices,
    sexes: Choices,
}

#[get("/{lang}/me/profile")]
async fn show(mut learner: Learner) -> Answer {
    let profile = load(&mut learner).await?;
    let (form, password) = (FormView::fresh(learner.lang, as_form(&profile)), empty(&learner));
    Ok(draw(learner.cx, &profile, form, password)?.answer())
}

#[post("/{lang}/me/profile")]
async fn save(sent: Sent<Learner>) -> Answer {
    let Sent { who: mut learner, form } = sent;
    let (person, this_year) = (learner.person.id, learner.now.year());
    match ProfileForm::read(&form, this_year) {
        Ok(read) => {
            actions::save_profile(&mut learner.cx, person, &read)
                .await
                .map_err(|error| Fault::from(error).keeping(&form))?;
            let lang = Locale::parse(form.text("language")).unwrap_or(learner.lang);
            let mut answer = see_other_saying(
                &learner.site,
                &format!("/{}/me/profile", lang.code()),
                "ok:profile-saved",
            );
            // A choice of language is a cookie of ours and can be written.
            let _ = answer.add_cookie(&page::cookie_kept(LANGUAGE_COOKIE, lang.code()));
            Ok(answer)
        }
        Err(problems) => {
            let profile = load(&mut learner).await?;
            let (form, password) = (FormView::again(learner.lang, form, problems), empty(&learner));
            Ok(draw(learner.cx, &profile, form, password)?.unprocessable().answer())
        }
    }
}

#[post("/{lang}/me/password")]
async fn change_password(sent: Sent<Learner>) -> Answer {
    let Sent { who: mut learner, form } = sent;
    let (person, session, name) =
        (learner.person.id, learner.person.session, learner.person.name.clone());
    let mut problems = Problems::default();
    actions::check_password_strength(form.text("password"), &[&name], &mut problems);
    if problems.is_empty() {
        let (old, new) = (form.text("old-password"), form.text("password"));
        let changed = actions::change_password(&mut learner.cx, (person, session), old, new).await;
        match changed {
            Ok(()) => {}
            Err(Failed::Refused(SignInRefusal::Wrong)) => {
                problems.add("old-password", "old-password-wrong");
            }
            Err(Failed::Refused(SignInRefusal::Wait)) => {
                problems.add("old-password", SignInRefusal::Wait.words());
            }
            Err(Failed::Broken(error)) => return Err(error.into()),
        }
    }
    if problems.is_empty() {
        return Ok(see_other_saying(
            &learner.site,
            &format!("/{}/me/profile", learner.lang.code()),
            "ok:password-changed",
        ));
    }
    let profile = load(&mut learner).await?;
    let (form, password) = (
        FormView::fresh(learner.lang, as_form(&profile)),
        FormView::again(learner.lang, Posted::default(), problems),
    );
    Ok(draw(learner.cx, &profile, form, password)?.unprocessable().answer())
}

async fn load(learner: &mut Learner) -> Result<Profile, Fault> {
    let person = learner.person.id;
    Ok(actions::profile(learner.conn().await?, person).await?)
}

fn empty(cx: &Cx) -> FormView {
    FormView::fresh(cx.lang, Posted::default())
}

fn as_form(profile: &Profile) -> Posted {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let form = Posted::default()
        .with("name", &profile.name)
        .with("language", &profile.language)
        .with("time-zone", &profile.time_zone)
        .with("organisation", &text(&profile.organisation))
        .with("region", &text(&profile.region))
        .with("sector", &text(&profile.sector))
        .with("sex", &text(&profile.sex))
        .with("birth-year", &profile.birth_year.map(|year| year.to_string()).unwrap_or_default());
    if profile.consent_at.is_some() { form.with("consent", "on") } else { form }
}

fn draw(cx: Cx, profile: &Profile, form: FormView, password: FormView) -> Result<Page, Fault> {
    let shell = cx.shell;
    let coded = |codes: &[&str], kind: &str, field: &str| {
        let unsaid =
            (String::new(), shell.t("not-said").into_owned(), form.value(field).is_empty());
        let named = codes.iter().map(|code| {
            (
                (*code).to_owned(),
                shell.t(&format!("{kind}-{code}")).into_owned(),
                form.is(field, code),
            )
        });
        std::iter::once(unsaid).chain(named).collect::<Choices>()
    };
    let (regions, sectors, sexes) = (
        coded(&REGIONS, "region", "region"),
        coded(&SECTORS, "sector", "sector"),
        coded(&SEXES, "sex", "sex"),
    );
    let languages = Locale::ALL
        .map(|locale| {
            (
                locale.code().to_owned(),
                locale.native_name().to_owned(),
                form.is("language", locale.code()),
            )
        })
        .to_vec();
    let time_zones = time_zones(form.value("time-zone"));
    Page::of(&View {
        email: profile.email.clone(),
        languages,
        time_zones,
        regions,
        sectors,
        sexes,
        shell,
        form,
        password,
    })
}

/// Zones in which our people live first, then all others.
fn time_zones(chosen: &str) -> Choices {
    let near = [
        Tz::Asia__Baku,
        Tz::Asia__Tbilisi,
        Tz::Europe__Istanbul,
        Tz::Europe__Moscow,
        Tz::Asia__Tashkent,
        Tz::Asia__Almaty,
        Tz::Europe__Berlin,
        Tz::Europe__London,
        Tz::UTC,
    ];
    let others = chrono_tz::TZ_VARIANTS.iter().filter(|zone| {
        zone.name().contains('/') && !zone.name().starts_with("Etc/") && !near.contains(zone)
    });
    near.iter()
        .chain(others)
        .map(|zone| (zone.name().to_owned(), zone.name().replace('_', " "), zone.name() == chosen))
        .collect()
}
