//! The honest minimum: bare actix-web and diesel-async with Bilik's pool, as many threads, and nothing but the
//! statements without which the page could not be. It knows people by the same sessions.

use std::sync::Arc;

use actix_web::web::{Bytes, Data, Path};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, get, post};
use bilik::config::Config;
use bilik::db::{Conn, Pool};
use bilik::web::sign::{token_hash, unhex};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::Fallible;
use crate::options::Place;
use tables::{minimum_answers, minimum_lessons, minimum_progress};

mod tables {
    //! The tables that only the minimum uses.

    diesel::table! {
        minimum_lessons (id) {
            id -> Text,
            page -> Text,
        }
    }

    diesel::table! {
        minimum_progress (person_id, lesson) {
            person_id -> Uuid,
            lesson -> Text,
            viewed_at -> Timestamptz,
        }
    }

    diesel::table! {
        minimum_answers (attempt_id, slot) {
            attempt_id -> Uuid,
            slot -> Int2,
            rev -> Int4,
            response -> Text,
            saved_at -> Timestamptz,
        }
    }
}

/// A page that is the same for all, by its size.
type Still = Arc<dyn Fn(usize) -> Bytes + Send + Sync>;

/// Serves until killed.
pub async fn serve(place: &Place) -> Fallible<()> {
    let config = Config::from_environment()?;
    let pool = Pool::new(&place.database, config.pool)?;
    let whole = Bytes::from("a".repeat(1 << 20));
    let still: Still = Arc::new(move |size| whole.slice(..size.min(whole.len())));
    HttpServer::new(move || {
        App::new()
            .app_data(Data::new(pool.clone()))
            .app_data(Data::new(Arc::clone(&still)))
            .service(first_view)
            .service(view)
            .service(static_page)
            .service(save)
    })
    .workers(config.workers)
    .bind(place.listen)?
    .run()
    .await?;
    Ok(())
}

type Answer = actix_web::Result<HttpResponse>;

fn broken(why: impl std::fmt::Display) -> actix_web::Error {
    actix_web::error::ErrorInternalServerError(why.to_string())
}

async fn person(req: &HttpRequest, conn: &mut Conn) -> actix_web::Result<Uuid> {
    use bilik::db::schema::sessions;
    let token = req.cookie("session").and_then(|cookie| unhex(cookie.value()));
    let hash = token_hash(&token.ok_or_else(|| broken("no session"))?);
    let (person, ends): (Uuid, DateTime<Utc>) = sessions::table
        .filter(sessions::token_hash.eq(hash))
        .select((sessions::person_id, sessions::expires_at))
        .first(conn)
        .await
        .map_err(broken)?;
    if ends > bilik::clock::now() { Ok(person) } else { Err(broken("the session is over")) }
}

async fn page(conn: &mut Conn, lesson: &str) -> Answer {
    let text: String = minimum_lessons::table
        .find(lesson)
        .select(minimum_lessons::page)
        .first(conn)
        .await
        .map_err(broken)?;
    Ok(html(Bytes::from(text)))
}

fn html(body: Bytes) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body)
}

#[get("/first/{lesson}")]
async fn first_view(req: HttpRequest, lesson: Path<String>, pool: Data<Pool>) -> Answer {
    let mut conn = pool.get().await.map_err(broken)?;
    let person = person(&req, &mut conn).await?;
    let page = page(&mut conn, &lesson).await?;
    let viewed = (
        minimum_progress::person_id.eq(person),
        minimum_progress::lesson.eq(lesson.as_str()),
        minimum_progress::viewed_at.eq(bilik::clock::now()),
    );
    diesel::insert_into(minimum_progress::table)
        .values(viewed)
        .on_conflict_do_nothing()
        .execute(&mut conn)
        .await
        .map_err(broken)?;
    Ok(page)
}

#[get("/again/{lesson}")]
async fn view(req: HttpRequest, lesson: Path<String>, pool: Data<Pool>) -> Answer {
    let mut conn = pool.get().await.map_err(broken)?;
    person(&req, &mut conn).await?;
    page(&mut conn, &lesson).await
}

#[get("/static/{size}")]
async fn static_page(size: Path<usize>, still: Data<Still>) -> HttpResponse {
    html((still.get_ref())(*size))
}

#[post("/save/{attempt}/{slot}")]
async fn save(
    req: HttpRequest,
    path: Path<(Uuid, i16)>,
    response: String,
    pool: Data<Pool>,
) -> Answer {
    let (attempt, slot) = path.into_inner();
    let mut conn = pool.get().await.map_err(broken)?;
    person(&req, &mut conn).await?;
    let now = bilik::clock::now();
    diesel::insert_into(minimum_answers::table)
        .values((
            minimum_answers::attempt_id.eq(attempt),
            minimum_answers::slot.eq(slot),
            minimum_answers::rev.eq(1),
            minimum_answers::response.eq(&response),
            minimum_answers::saved_at.eq(now),
        ))
        .on_conflict((minimum_answers::attempt_id, minimum_answers::slot))
        .do_update()
        .set((
            minimum_answers::rev.eq(minimum_answers::rev + 1),
            minimum_answers::response.eq(&response),
            minimum_answers::saved_at.eq(now),
        ))
        .execute(&mut conn)
        .await
        .map_err(broken)?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "saved_at": now })))
}
