//! The migrations: they can be undone and done again, and what diesel knows of the tables is what is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bilik::db;
use diesel::sql_types::Text;
use diesel::{QueryableByName, sql_query};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::harness::{Database, migrate};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every column, constraint and index, one line each.
const STRUCTURE: &str = "
    select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
      from information_schema.columns where table_schema = 'public'
    union all
    select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    order by line";

/// Tables that the migrations themselves are kept in.
const OWN_TABLES: [&str; 2] = ["__diesel_schema_migrations", "migration_gate"];

async fn lines(url: &str, query: &str) -> Vec<String> {
    let mut conn = db::connect(url).await.unwrap();
    let lines: Vec<Line> = sql_query(query).load(&mut conn).await.unwrap();
    lines.into_iter().map(|found| found.line).collect()
}

async fn undo_all(url: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut steps: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    steps.sort();
    let mut conn = db::connect(url).await.unwrap();
    for step in steps.iter().rev() {
        let statements = fs::read_to_string(step.join("down.sql")).unwrap();
        conn.batch_execute(&statements)
            .await
            .unwrap_or_else(|why| panic!("{}: {why}", step.display()));
    }
    conn.batch_execute("delete from __diesel_schema_migrations").await.unwrap();
}

#[tokio::test]
async fn migrations_go_up_and_down_and_up_again() {
    let database = Database::empty().await;
    let done = migrate(&database.url).await;
    assert!(!done.is_empty());
    let first = lines(&database.url, STRUCTURE).await;
    undo_all(&database.url).await;
    let tables =
        "select tablename::text as line from pg_tables where schemaname = 'public' order by line";
    assert_eq!(lines(&database.url, tables).await, OWN_TABLES);
    assert_eq!(migrate(&database.url).await, done);
    assert_eq!(lines(&database.url, STRUCTURE).await, first);
    assert!(migrate(&database.url).await.is_empty(), "nothing is left to do");
}

#[tokio::test]
async fn two_programs_that_start_at_once_migrate_once() {
    let database = Database::empty().await;
    let (first, second) = tokio::join!(migrate(&database.url), migrate(&database.url));
    assert!(first.is_empty() != second.is_empty(), "{first:?} {second:?}");
}

/// `table.column type` from the lines `column -> Type,` of the schema file.
fn declared() -> BTreeSet<String> {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/db/schema.rs")).unwrap();
    let mut table = String::new();
    let mut found = BTreeSet::new();
    for line in source.lines().map(str::trim).filter(|line| !line.starts_with("diesel::")) {
        if let Some((column, kind)) = line.split_once(" -> ") {
            let column = column.trim_matches('"').trim_end_matches('_');
            found.insert(format!("{table}.{column} {}", kind.trim_end_matches(',')));
        } else if let Some((name, _)) =
            line.split_once(" (").filter(|(name, _)| !name.contains(['!', '/', ':']))
        {
            table = name.to_owned();
        }
    }
    found
}

/// The same lines as Postgres tells them.
const COLUMNS: &str = "
    select format('%s.%s %s', table_name, column_name,
        case is_nullable when 'YES' then format('Nullable<%s>', kind) else kind end) as line
    from information_schema.columns,
        lateral (select case data_type
            when 'uuid' then 'Uuid' when 'text' then 'Text' when 'bytea' then 'Bytea' when 'boolean' then 'Bool'
            when 'smallint' then 'Int2' when 'integer' then 'Int4' when 'bigint' then 'Int8' when 'date' then 'Date'
            when 'timestamp with time zone' then 'Timestamptz' else data_type end as kind) as kinds
    where table_schema = 'public' and table_name not in ('__diesel_schema_migrations', 'migration_gate')";

#[tokio::test]
async fn the_schema_file_is_what_the_migrations_make() {
    let database = Database::empty().await;
    migrate(&database.url).await;
    let there: BTreeSet<String> = lines(&database.url, COLUMNS).await.into_iter().collect();
    let declared = declared();
    let missing: Vec<_> = there.difference(&declared).collect();
    let surplus: Vec<_> = declared.difference(&there).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, surplus {surplus:?}");
}
