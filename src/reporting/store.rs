//! The statements behind the figures. They only read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Int2, Int4, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{attempts, course_trainers, courses, enrolments, people};
use crate::db::{Conn, QueryResult};

/// Folds a column as `fold::search` and `fold::latin` fold what was typed, as far as names need it.
macro_rules! folded {
    ($column:literal) => {
        concat!(
            "replace(replace(replace(replace(lower(translate(translate(",
            $column,
            ", 'ıəöüğşçàáâäãåéèêëíìîïóòôõúùûñýабвгдежзийклмнопрстуфхцчшщыэёі', ",
            "'ieougscaaaaaaeeeeiiiioooouuunyabvgdejziyklmnoprstufxscssieei'), ",
            "'İIƏÖÜĞŞÇАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЁІюяъьЮЯЪЬ', ",
            "'iieougscabvgdejziyklmnoprstufxscssieeiюяъьюяъь')), ",
            "'ю', 'yu'), 'я', 'ya'), 'ъ', ''), 'ь', '')"
        )
    };
}

/// How many people take, take part in and complete a course.
#[derive(Clone, Debug, QueryableByName)]
pub struct CourseFigures {
    #[diesel(sql_type = SqlUuid)]
    pub course: Uuid,
    #[diesel(sql_type = BigInt)]
    pub learners: i64,
    #[diesel(sql_type = BigInt)]
    pub active: i64,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
}

pub async fn course_figures(
    conn: &mut Conn,
    since: DateTime<Utc>,
) -> QueryResult<Vec<CourseFigures>> {
    diesel::sql_query(
        "select course_id as course, count(*) as learners, \
           count(*) filter (where last_at >= $1) as active, \
           count(*) filter (where completed_at is not null) as completed \
         from enrolments group by course_id",
    )
    .bind::<Timestamptz, _>(since)
    .load(conn)
    .await
}

/// A learner of a course.
#[derive(Clone, Debug, QueryableByName)]
pub struct LearnerRow {
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub person: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Int2)]
    pub percent: i16,
    #[diesel(sql_type = Timestamptz)]
    pub enrolled_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub last_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub completed_at: Option<DateTime<Utc>>,
}

/// Where a page of names begins: after this name and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    pub name: String,
    pub id: Uuid,
}

impl After {
    fn parts(after: Option<&After>) -> (String, Uuid) {
        after.map_or((String::new(), Uuid::nil()), |after| (after.name.clone(), after.id))
    }
}

/// Learners of a course by name, whose folded name or address contains `like`.
pub async fn learners(
    conn: &mut Conn,
    course: Uuid,
    like: &str,
    after: Option<&After>,
    limit: i64,
) -> QueryResult<Vec<LearnerRow>> {
    let (name, id) = After::parts(after);
    diesel::sql_query(concat!(
        "select e.id as enrolment, p.id as person, p.name, p.email, e.percent, e.enrolled_at, e.last_at, e.completed_at \
         from enrolments e join people p on p.id = e.person_id \
         where e.course_id = $1 and (p.name collate person_names, p.id) > ($3, $4) \
           and ($2 = '' or position($2 in ",
        folded!("p.name"),
        ") > 0 or position($2 in p.email_key) > 0) order by p.name collate person_names, p.id limit $5"
    ))
    .bind::<SqlUuid, _>(course)
    .bind::<Text, _>(like)
    .bind::<Text, _>(name)
    .bind::<SqlUuid, _>(id)
    .bind::<BigInt, _>(limit)
    .load(conn)
    .await
}

/// A learner's grade in a quiz.
#[derive(Clone, Debug, QueryableByName)]
pub struct GradeRow {
    #[diesel(sql_type = SqlUuid)]
    pub enrolment: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = BigInt)]
    pub fraction: i64,
    #[diesel(sql_type = Bool)]
    pub passed: bool,
}

pub async fn grades(conn: &mut Conn, enrolments: &[Uuid]) -> QueryResult<Vec<GradeRow>> {
    diesel::sql_query(
        "select enrolment_id as enrolment, quiz, fraction, passed from quiz_grades \
         where enrolment_id = any($1) and fraction is not null",
    )
    .bind::<diesel::sql_types::Array<SqlUuid>, _>(enrolments)
    .load(conn)
    .await
}

/// One attempt in a quiz.
#[derive(Clone, Debug, Queryable)]
pub struct AttemptRow {
    pub quiz: String,
    pub number: i32,
    pub practice: bool,
    pub state: String,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub raw: Option<i64>,
    pub max: Option<i64>,
    pub passed: Option<bool>,
}

pub async fn attempts_of(conn: &mut Conn, enrolment: Uuid) -> QueryResult<Vec<AttemptRow>> {
    attempts::table
        .filter(attempts::enrolment_id.eq(enrolment))
        .order(attempts::started_at.desc())
        .select((
            attempts::quiz,
            attempts::number,
            attempts::practice,
            attempts::state,
            attempts::started_at,
            attempts::finished_at,
            attempts::raw,
            attempts::max,
            attempts::passed,
        ))
        .load(conn)
        .await
}

/// How a version of a question was answered.
#[derive(Clone, Debug, QueryableByName)]
pub struct ItemRow {
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub answers: i64,
    #[diesel(sql_type = BigInt)]
    pub right: i64,
}

/// Answers per question in the first finished attempt of each learner.
pub async fn items(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<ItemRow>> {
    diesel::sql_query(
        "with first as ( \
           select distinct on (a.person_id, m.item, m.item_version) m.item, m.item_version, m.verdict \
           from attempts a join slot_marks m on m.attempt_id = a.id \
           where a.course_id = $1 and a.state = 'finished' \
           order by a.person_id, m.item, m.item_version, a.finished_at, a.id) \
         select item, item_version, count(*) as answers, \
           count(*) filter (where verdict = 'right') as \"right\" \
         from first group by item, item_version",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// How often the same was answered.
#[derive(Clone, Debug, QueryableByName)]
pub struct ResponseRow {
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = Text)]
    pub response: String,
    #[diesel(sql_type = BigInt)]
    pub people: i64,
}

/// The answers behind `items`, alike ones together; only ticks, never what was typed.
pub async fn responses(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<ResponseRow>> {
    diesel::sql_query(
        "with first as ( \
           select distinct on (a.person_id, m.item, m.item_version) a.id, m.slot, m.item, m.item_version \
           from attempts a join slot_marks m on m.attempt_id = a.id \
           where a.course_id = $1 and a.state = 'finished' \
           order by a.person_id, m.item, m.item_version, a.finished_at, a.id) \
         select f.item, f.item_version, s.response, count(*) as people \
         from first f join saved_answers s on s.attempt_id = f.id and s.slot = f.slot \
         where s.response like '{\"picks\"%' group by f.item, f.item_version, s.response",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// The marks of one question in the first finished attempt of a learner.
#[derive(Clone, Debug, QueryableByName)]
pub struct FirstMark {
    #[diesel(sql_type = SqlUuid)]
    pub attempt: Uuid,
    #[diesel(sql_type = Text)]
    pub quiz: String,
    #[diesel(sql_type = Text)]
    pub item: String,
    #[diesel(sql_type = Text)]
    pub item_version: String,
    #[diesel(sql_type = BigInt)]
    pub marks: i64,
    #[diesel(sql_type = BigInt)]
    pub of: i64,
    /// What was ticked; never what was typed.
    #[diesel(sql_type = Nullable<Text>)]
    pub response: Option<String>,
}

/// The marks of all questions in the first finished attempts at the graded quizzes of a course.
pub async fn first_marks(conn: &mut Conn, course: Uuid) -> QueryResult<Vec<FirstMark>> {
    diesel::sql_query(
        "with first as ( \
           select distinct on (person_id, quiz) id, quiz from attempts \
           where course_id = $1 and state = 'finished' and not practice \
           order by person_id, quiz, finished_at, id) \
         select f.id as attempt, f.quiz, m.item, m.item_version, m.marks, m.\"of\", \
           case when s.response like '{\"picks\"%' then s.response end as response \
         from first f join slot_marks m on m.attempt_id = f.id \
         left join saved_answers s on s.attempt_id = f.id and s.slot = m.slot",
    )
    .bind::<SqlUuid, _>(course)
    .load(conn)
    .await
}

/// A person in the administrators' list.
#[derive(Clone, Debug, QueryableByName)]
pub struct PersonRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Bool)]
    pub admin: bool,
    #[diesel(sql_type = Bool)]
    pub trains: bool,
    #[diesel(sql_type = Bool)]
    pub disabled: bool,
    #[diesel(sql_type = Timestamptz)]
    pub registered_at: DateTime<Utc>,
}

/// Which people are looked for; empty texts ask for all.
#[derive(Clone, Debug, Default)]
pub struct PeopleAsked {
    pub like: String,
    pub role: String,
    pub state: String,
}

pub async fn people(
    conn: &mut Conn,
    asked: &PeopleAsked,
    after: Option<&After>,
    limit: i64,
) -> QueryResult<Vec<PersonRow>> {
    let (name, id) = After::parts(after);
    diesel::sql_query(concat!(
        "select p.id, p.name, p.email, p.admin, t.trains, p.disabled_at is not null as disabled, p.registered_at \
         from people p cross join lateral (select exists ( \
           select 1 from course_trainers c where c.person_id = p.id) as trains) t \
         where (p.name collate person_names, p.id) > ($2, $3) \
           and ($1 = '' or position($1 in ",
        folded!("p.name"),
        ") > 0 or position($1 in p.email_key) > 0) \
           and ($4 = '' or ($4 = 'admin' and p.admin) or ($4 = 'trainer' and t.trains) \
             or ($4 = 'learner' and not p.admin and not t.trains)) \
           and ($5 = '' or ($5 = 'disabled') = (p.disabled_at is not null)) \
         order by p.name collate person_names, p.id limit $6"
    ))
    .bind::<Text, _>(&asked.like)
    .bind::<Text, _>(name)
    .bind::<SqlUuid, _>(id)
    .bind::<Text, _>(&asked.role)
    .bind::<Text, _>(&asked.state)
    .bind::<BigInt, _>(limit)
    .load(conn)
    .await
}

pub async fn person(conn: &mut Conn, person: Uuid) -> QueryResult<Option<PersonRow>> {
    diesel::sql_query(
        "select p.id, p.name, p.email, p.admin, p.disabled_at is not null as disabled, p.registered_at, \
           exists (select 1 from course_trainers c where c.person_id = p.id) as trains \
         from people p where p.id = $1",
    )
    .bind::<SqlUuid, _>(person)
    .get_result(conn)
    .await
    .optional()
}

/// The name and address of a person.
pub async fn name_of(conn: &mut Conn, person: Uuid) -> QueryResult<Option<(String, String)>> {
    people::table.find(person).select((people::name, people::email)).first(conn).await.optional()
}

/// How many people there are, how many were active since, how many courses and enrolments.
pub async fn overview(conn: &mut Conn, since: DateTime<Utc>) -> QueryResult<(i64, i64, i64, i64)> {
    let n_people = people::table.count().get_result(conn).await?;
    let n_active = enrolments::table
        .filter(enrolments::last_at.ge(since))
        .select(diesel::dsl::count(enrolments::person_id).aggregate_distinct())
        .get_result(conn)
        .await?;
    let n_completed = enrolments::table
        .filter(enrolments::completed_at.is_not_null())
        .count()
        .get_result(conn)
        .await?;
    let n_published =
        courses::table.filter(courses::version_id.is_not_null()).count().get_result(conn).await?;
    Ok((n_people, n_active, n_published, n_completed))
}

/// The courses that have a trainer.
pub async fn trained_courses(conn: &mut Conn) -> QueryResult<Vec<Uuid>> {
    course_trainers::table.select(course_trainers::course_id).distinct().load(conn).await
}

/// What people are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Everybody,
    Course,
    Region,
    Sex,
    Age,
    Organisation,
    Sector,
    Language,
}

impl Key {
    fn sql(self) -> &'static str {
        match self {
            Key::Everybody => "''",
            Key::Course => "r.course_id::text",
            Key::Region => "coalesce(p.region, '')",
            Key::Sex => "coalesce(p.sex, '')",
            Key::Age => {
                "case when p.birth_year is null then '' when $3 - p.birth_year < 18 then 'to-17' \
                 when $3 - p.birth_year < 25 then '18-24' when $3 - p.birth_year < 35 then '25-34' \
                 when $3 - p.birth_year < 45 then '35-44' when $3 - p.birth_year < 55 then '45-54' \
                 when $3 - p.birth_year < 65 then '55-64' else 'from-65' end"
            }
            Key::Organisation => "coalesce(o.name, '')",
            Key::Sector => "coalesce(p.sector, '')",
            Key::Language => "p.language",
        }
    }

    /// By course everybody stands in each of their courses; else once.
    fn course(self) -> &'static str {
        if self == Key::Course { "e.course_id" } else { "null::uuid" }
    }
}

/// People of a group who first enrolled in a month, by the stage they have reached.
#[derive(Clone, Debug, QueryableByName)]
pub struct CohortRow {
    #[diesel(sql_type = Text)]
    pub key: String,
    /// Months since year 0.
    #[diesel(sql_type = Int4)]
    pub month: i32,
    #[diesel(sql_type = BigInt)]
    pub registered: i64,
    #[diesel(sql_type = BigInt)]
    pub started: i64,
    #[diesel(sql_type = BigInt)]
    pub halfway: i64,
    #[diesel(sql_type = BigInt)]
    pub completed: i64,
}

pub async fn cohorts(
    conn: &mut Conn,
    key: Key,
    course: Option<Uuid>,
    zone: &str,
    this_year: i32,
) -> QueryResult<Vec<CohortRow>> {
    let (name, split) = (key.sql(), key.course());
    diesel::sql_query(format!(
        "with r as ( \
           select e.person_id, {split} as course_id, min(e.enrolled_at) as at, \
             bool_or(coalesce(e.started_at, e.halfway_at, e.completed_at) is not null) as started, \
             bool_or(coalesce(e.halfway_at, e.completed_at) is not null) as halfway, \
             bool_or(e.completed_at is not null) as completed \
           from enrolments e where $1 is null or e.course_id = $1 group by 1, 2) \
         select {name} as key, \
           (extract(year from r.at at time zone $2) * 12 + extract(month from r.at at time zone $2) - 1)::int \
             as month, \
           count(*) filter (where $3 > 0) as registered, count(*) filter (where r.started) as started, \
           count(*) filter (where r.halfway) as halfway, count(*) filter (where r.completed) as completed \
         from r join people p on p.id = r.person_id left join organisations o on o.id = p.organisation_id \
         group by 1, 2 order by 1, 2",
    ))
    .bind::<Nullable<SqlUuid>, _>(course)
    .bind::<Text, _>(zone)
    .bind::<Int4, _>(this_year)
    .load(conn)
    .await
}

/// People by the month in which they joined the site.
pub async fn registrations(conn: &mut Conn, zone: &str) -> QueryResult<Vec<CohortRow>> {
    diesel::sql_query(
        "select '' as key, (extract(year from registered_at at time zone $1) * 12 \
           + extract(month from registered_at at time zone $1) - 1)::int as month, count(*) as registered, \
           0::bigint as started, 0::bigint as halfway, 0::bigint as completed \
         from people group by 2",
    )
    .bind::<Text, _>(zone)
    .load(conn)
    .await
}
