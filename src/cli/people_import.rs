//! `bilik people import`: people from a list, each with a link to choose a password.

use std::fs;
use std::path::Path;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::courses::Form;
use super::say::{Ending, line};
use super::start::Started;
use crate::accounts::actions::{Joining, Standing, add_person};
use crate::accounts::{manage, passwords};
use crate::clock;
use crate::db::{self, Transact};
use crate::domain::locale::Locale;
use crate::web::sign::hex;

/// The links work this long, for a list is seldom handed out on one day.
const LINK: Duration = Duration::days(14);

/// A line of the list; its first line names the columns.
#[derive(Debug, Deserialize)]
struct Row {
    email: String,
    name: String,
    #[serde(default)]
    language: String,
}

/// What became of somebody: the link, or nothing if the address was there already.
#[derive(Debug, Serialize)]
struct Told {
    email: String,
    link: Option<String>,
}

/// Adds everybody in the list, or nobody if a line of it cannot be used.
pub async fn import(started: &Started, file: &Path, form: Form) -> Result<(), Ending> {
    let text = fs::read_to_string(file)
        .map_err(|why| Ending::Environment(format!("{}: {why}", file.display())))?;
    let people = read(&text, started.site.config.default_language()).map_err(|wrong| {
        Ending::Refused(format!("{}: nobody was added.\n{}", file.display(), wrong.join("\n")))
    })?;
    let told = add(started, &people).await.map_err(Ending::environment)?;
    match form {
        Form::Json => line(serde_json::to_string_pretty(&told).map_err(Ending::environment)?),
        Form::Human | Form::Brief => show(&told),
    }
    Ok(())
}

fn show(told: &[Told]) {
    for person in told {
        match &person.link {
            Some(link) => line(format!("{} {link}", person.email)),
            None => line(format!("{} is there already", person.email)),
        }
    }
    let added = told.iter().filter(|person| person.link.is_some()).count();
    line(format!("{added} of {} people added. Give each their link; it works once.", told.len()));
}

/// The people of a list with commas or semicolons; or what is wrong with which line.
fn read(text: &str, default: Locale) -> Result<Vec<Joining>, Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let semicolons = text.lines().next().is_some_and(|columns| columns.contains(';'));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if semicolons { b';' } else { b',' })
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut people = Vec::new();
    let mut wrong = Vec::new();
    // The first line names the columns.
    for (row, number) in reader.deserialize::<Row>().zip(2..) {
        match row.map_err(|why| why.to_string()).and_then(|row| joining(row, default)) {
            Ok(person) => people.push(person),
            Err(why) => wrong.push(format!("line {number}: {why}")),
        }
    }
    if wrong.is_empty() { Ok(people) } else { Err(wrong) }
}

fn joining(row: Row, default: Locale) -> Result<Joining, String> {
    let language = match row.language.as_str() {
        "" => default,
        code => Locale::parse(code).ok_or("language is az, en or ru")?,
    };
    let password = hex(&clock::random::<16>());
    let joining = Joining { name: row.name, email: row.email, password, language };
    joining.check().map_err(|problems| {
        let fields = problems.pairs().iter().map(|(field, _)| format!("{field} cannot be used"));
        fields.collect::<Vec<_>>().join(", ")
    })
}

async fn add(started: &Started, people: &[Joining]) -> Result<Vec<Told>, db::Error> {
    let (site, now) = (&started.site, started.site.clock.now());
    let (base, zone) = (&site.config.url, site.config.time_zone.name());
    // Nobody knows this password, and everybody chooses their own with the link.
    let hash = passwords::hash(hex(&clock::random::<16>())).await?;
    let mut conn = site.pool.get().await?;
    conn.transaction(async |conn| {
        let mut told = Vec::new();
        for joining in people {
            let added = add_person(conn, joining, &hash, zone, now, Standing::Ordinary).await?;
            let link = match added {
                Some(id) => {
                    let (lang, until) = (joining.language, now + LINK);
                    Some(manage::reset_link(conn, base, lang, id, now, until).await?)
                }
                None => None,
            };
            told.push(Told { email: joining.email.clone(), link });
        }
        Ok(told)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<String>, Vec<String>> {
        let people = read(text, Locale::Az)?;
        let told = |it: &Joining| format!("{} {} {}", it.email, it.name, it.language.code());
        Ok(people.iter().map(told).collect())
    }

    #[test]
    fn lists_of_every_spreadsheet_are_read() {
        let expected = vec![
            "leyla@example.az Leyla Əliyeva az".to_owned(),
            "ivan@example.az Иван Петров ru".to_owned(),
        ];
        for text in [
            "email,name,language\nleyla@example.az,Leyla Əliyeva,\nivan@example.az,Иван Петров,ru\n",
            "\u{feff}name;language;email\r\nLeyla Əliyeva;;leyla@example.az\r\n\"Иван Петров\"; ru ;ivan@example.az\r\n",
        ] {
            assert_eq!(names(text), Ok(expected.clone()), "{text}");
        }
        let short = "email,name\nleyla@example.az,Leyla Əliyeva\n";
        assert_eq!(names(short).unwrap(), expected[..1]);
    }

    #[test]
    fn every_line_that_cannot_be_used_is_named() {
        let text = "email,name,language\nleyla@,Leyla,az\nrauf@example.az,,az\nx@example.az,X,de\n";
        assert_eq!(
            names(text).unwrap_err(),
            [
                "line 2: email cannot be used",
                "line 3: name cannot be used",
                "line 4: language is az, en or ru",
            ]
        );
    }
}
