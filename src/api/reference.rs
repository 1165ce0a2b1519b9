//! The description of the API, for programs as it is and for people as a page.

use std::collections::BTreeMap;

use actix_web::http::header;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use askama::Template;
use serde_json::Value;

use super::openapi::document;
use crate::accounts::Visitor;
use crate::web::{Answer, Fault, Page, Shell};

pub fn routes(app: &mut ServiceConfig) {
    app.service(json).service(page);
}

#[get("/api/v1/openapi.json")]
async fn json() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .json(document())
}

#[derive(Template)]
#[template(path = "api/reference.html")]
struct View {
    shell: Shell,
    lead: String,
    groups: Vec<Group>,
    shapes: Vec<Shape>,
}

/// Calls about one thing.
struct Group {
    name: String,
    about: String,
    calls: Vec<Call>,
}

/// One call.
struct Call {
    id: String,
    method: String,
    path: String,
    about: String,
    is_open: bool,
    parameters: Vec<Line>,
    body: Option<Kind>,
    answers: Vec<Line>,
}

/// A parameter, an answer or a field.
struct Line {
    name: String,
    kind: Kind,
    about: String,
}

/// A type, and the shape that describes it if there is one.
#[derive(Default)]
struct Kind {
    text: String,
    shape: Option<String>,
}

/// What an object holds.
struct Shape {
    name: String,
    about: String,
    fields: Vec<Line>,
}

#[get("/api/docs")]
async fn page(visitor: Visitor) -> Answer {
    let document =
        serde_json::to_value(document()).map_err(|why| Fault::Broken(why.to_string()))?;
    let view = View {
        lead: text(&document, "/info/description"),
        groups: groups(&document),
        shapes: shapes(&document),
        shell: visitor.cx.shell,
    };
    Ok(Page::of(&view)?.answer())
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn members<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

fn items<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn groups(document: &Value) -> Vec<Group> {
    let mut calls: BTreeMap<String, Vec<Call>> = BTreeMap::new();
    for (path, operations) in members(document, "/paths") {
        for (method, operation) in members(operations, "") {
            calls
                .entry(text(operation, "/tags/0"))
                .or_default()
                .push(call(path, method, operation));
        }
    }
    items(document, "/tags")
        .map(|tag| Group {
            calls: calls.remove(&text(tag, "/name")).unwrap_or_default(),
            name: text(tag, "/name"),
            about: text(tag, "/description"),
        })
        .collect()
}

fn call(path: &str, method: &str, operation: &Value) -> Call {
    let parameter = |parameter: &Value| Line {
        name: text(parameter, "/name"),
        kind: kind(parameter.pointer("/schema")),
        about: text(parameter, "/description"),
    };
    let answer = |(status, answer): (&String, &Value)| Line {
        name: status.clone(),
        kind: members(answer, "/content")
            .next()
            .map_or_else(Kind::default, |(_, content)| kind(content.pointer("/schema"))),
        about: text(answer, "/description"),
    };
    Call {
        id: text(operation, "/operationId"),
        method: method.to_uppercase(),
        path: path.to_owned(),
        about: text(operation, "/summary"),
        is_open: items(operation, "/security")
            .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty)),
        parameters: items(operation, "/parameters").map(parameter).collect(),
        body: members(operation, "/requestBody/content")
            .next()
            .map(|(_, content)| kind(content.pointer("/schema"))),
        answers: members(operation, "/responses").map(answer).collect(),
    }
}

fn shapes(document: &Value) -> Vec<Shape> {
    members(document, "/components/schemas")
        .map(|(name, schema)| Shape {
            name: name.clone(),
            about: text(schema, "/description"),
            fields: fields(schema),
        })
        .collect()
}

/// The fields of a shape with those of the shapes that it takes in.
fn fields(schema: &Value) -> Vec<Line> {
    let own = members(schema, "/properties").map(|(name, field)| Line {
        name: name.clone(),
        kind: kind(Some(field)),
        about: text(field, "/description"),
    });
    let taken_in = items(schema, "/allOf").flat_map(|part| match part.get("$ref") {
        Some(_) => {
            vec![Line { name: "…".to_owned(), kind: kind(Some(part)), about: String::new() }]
        }
        None => fields(part),
    });
    own.chain(taken_in).collect()
}

fn kind(schema: Option<&Value>) -> Kind {
    let Some(schema) = schema else { return Kind::default() };
    if let Some(name) =
        schema.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next())
    {
        return Kind { text: name.to_owned(), shape: Some(name.to_owned()) };
    }
    let choices: Vec<&Value> = items(schema, "/oneOf").collect();
    if let Some(choice) = choices.iter().find(|choice| choice.get("$ref").is_some()) {
        let Kind { text, shape } = kind(Some(choice));
        return Kind { text: format!("{text} or null"), shape };
    }
    match schema.get("type") {
        Some(Value::String(name)) if name == "array" => {
            let Kind { text, shape } = kind(schema.get("items"));
            Kind { text: format!("list of {text}"), shape }
        }
        Some(Value::String(name)) => Kind { text: with_format(name, schema), shape: None },
        Some(Value::Array(names)) => {
            let names: Vec<&str> = names.iter().filter_map(Value::as_str).collect();
            Kind { text: with_format(&names.join(" or "), schema), shape: None }
        }
        _ => Kind { text: "object".to_owned(), shape: None },
    }
}

fn with_format(name: &str, schema: &Value) -> String {
    match schema.get("format").and_then(Value::as_str) {
        Some(format) if name.starts_with("string") => format!("{name}, {format}"),
        _ => name.to_owned(),
    }
}
