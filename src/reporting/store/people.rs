//! People as administrators list them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::folding::folded;
use crate::db::{Conn, QueryResult};

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

/// People by name, after one of them.
pub async fn people(
    conn: &mut Conn,
    asked: &PeopleAsked,
    after: Option<Uuid>,
    limit: i64,
) -> QueryResult<Vec<PersonRow>> {
    diesel::sql_query(concat!(
        "select p.id, p.name, p.email, p.admin, t.trains, p.disabled_at is not null as disabled, p.registered_at \
         from people p cross join lateral (select exists ( \
           select 1 from course_trainers c where c.person_id = p.id) as trains) t \
         where ($2 is null or (p.name collate person_names, p.id) > \
             (select q.name collate person_names, q.id from people q where q.id = $2)) \
           and ($1 = '' or position($1 in ",
        folded!("p.name"),
        ") > 0 or position($1 in p.email_key) > 0) \
           and ($3 = '' or ($3 = 'admin' and p.admin) or ($3 = 'trainer' and t.trains) \
             or ($3 = 'learner' and not p.admin and not t.trains)) \
           and ($4 = '' or ($4 = 'disabled') = (p.disabled_at is not null)) \
         order by p.name collate person_names, p.id limit $5"
    ))
    .bind::<Text, _>(&asked.like)
    .bind::<Nullable<SqlUuid>, _>(after)
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
