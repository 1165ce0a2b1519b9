//! `bilik people …`: adding people, giving roles, setting passwords, from the command line.

use std::path::PathBuf;

use clap::Subcommand;
use uuid::Uuid;

use super::courses::Form;
use super::people_import::import;
use super::say::{Ending, line};
use super::start::Started;
use crate::accounts::actions::{self, Joining, Standing};
use crate::accounts::passwords;
use crate::catalogue::trainers;
use crate::clock;
use crate::db::Conn;
use crate::domain::locale::Locale;
use crate::web::sign::hex;

#[derive(Debug, Subcommand)]
pub enum People {
    /// Add a person; prints a first password.
    Add {
        email: String,
        name: String,
        #[arg(long, default_value = "az")]
        language: String,
        /// Make the person an administrator.
        #[arg(long)]
        admin: bool,
    },
    /// Add the people of a list; prints a link for each with which they choose a password.
    Import {
        /// A table with the columns email, name and, if it is not the same for all, language.
        file: PathBuf,
        /// Print the links as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Give or take a role.
    Role {
        email: String,
        /// admin, learner, or trainer (with --course)
        role: String,
        /// The course that a trainer teaches.
        #[arg(long)]
        course: Option<String>,
        /// Take the role away.
        #[arg(long)]
        remove: bool,
    },
    /// Set a new password; prints it and ends all sessions.
    Reset { email: String },
}

/// Runs one of the commands.
pub async fn run(started: &Started, command: People) -> Result<(), Ending> {
    match command {
        People::Add { email, name, language, admin } => {
            add(
                started,
                email,
                name,
                &language,
                if admin { Standing::Administrator } else { Standing::Ordinary },
            )
            .await
        }
        People::Import { file, json } => {
            import(started, &file, if json { Form::Json } else { Form::Human }).await
        }
        People::Role { email, role, course, remove } => {
            role_of(
                started,
                &email,
                &role,
                course.as_deref(),
                if remove { Change::Take } else { Change::Give },
            )
            .await
        }
        People::Reset { email } => reset(started, &email).await,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Give,
    Take,
}

async fn add(
    started: &Started,
    email: String,
    name: String,
    language: &str,
    standing: Standing,
) -> Result<(), Ending> {
    let language = Locale::parse(language)
        .ok_or_else(|| Ending::Usage("--language takes az, en or ru".to_owned()))?;
    let password = first_password();
    let joining = Joining { name, email, password: password.clone(), language }.check().map_err(
        |problems| {
            Ending::Usage(
                problems
                    .pairs()
                    .iter()
                    .map(|(field, _)| format!("{field} cannot be used"))
                    .collect::<Vec<_>>()
                    .join(", "),
            )
        },
    )?;
    let hash = passwords::hash(password.clone()).await.map_err(Ending::environment)?;
    let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
    let zone = started.site.config.time_zone.name();
    let added =
        actions::add_person(&mut conn, &joining, &hash, zone, started.site.clock.now(), standing)
            .await
            .map_err(Ending::environment)?;
    match added {
        Some(_) => line(format!("Added. First password, shown once: {password}")),
        None => {
            return Err(Ending::Refused(
                "There is an account with this address already.".to_owned(),
            ));
        }
    }
    Ok(())
}

async fn role_of(
    started: &Started,
    email: &str,
    role: &str,
    course: Option<&str>,
    change: Change,
) -> Result<(), Ending> {
    let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
    let person = actions::find_by_email(&mut conn, email)
        .await
        .map_err(Ending::environment)?
        .ok_or_else(nobody)?;
    let give = change == Change::Give;
    match (role, course) {
        ("admin", None) => actions::set_admin(
            &mut conn,
            person,
            if give { Standing::Administrator } else { Standing::Ordinary },
        )
        .await
        .map_err(Ending::environment)?,
        ("learner", None) => actions::set_admin(&mut conn, person, Standing::Ordinary)
            .await
            .map_err(Ending::environment)?,
        ("trainer", Some(slug)) => trainer(started, &mut conn, person, slug, change).await?,
        _ => {
            return Err(Ending::Usage(
                "The role is admin, learner, or trainer with --course.".to_owned(),
            ));
        }
    }
    line("Done.");
    Ok(())
}

async fn trainer(
    started: &Started,
    conn: &mut Conn,
    person: Uuid,
    slug: &str,
    change: Change,
) -> Result<(), Ending> {
    let course = started
        .library
        .cards()
        .by_slug(slug)
        .map(|card| card.id)
        .ok_or_else(|| Ending::Refused(format!("There is no course at the address {slug}.")))?;
    match change {
        Change::Give => trainers::add(conn, course, person, started.site.clock.now()).await,
        Change::Take => trainers::remove(conn, course, person).await,
    }
    .map_err(Ending::environment)
}

async fn reset(started: &Started, email: &str) -> Result<(), Ending> {
    let mut conn = started.site.pool.get().await.map_err(Ending::environment)?;
    let person = actions::find_by_email(&mut conn, email)
        .await
        .map_err(Ending::environment)?
        .ok_or_else(nobody)?;
    let password = first_password();
    actions::reset_password(&mut conn, person, password.clone())
        .await
        .map_err(Ending::environment)?;
    line(format!("New password, shown once: {password}"));
    Ok(())
}

fn nobody() -> Ending {
    Ending::Refused("Nobody has this address.".to_owned())
}

fn first_password() -> String {
    hex(&clock::random::<8>())
}
