//! The description of the API in `OpenAPI` 3.1, made from the handlers.

use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use super::reply::{FieldError, Problem};
use super::{attempts, courses, lessons, marking, people, regrades, review, stats, teach, tokens};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Bilik",
        version = "1",
        description = "Take courses, teach them and count results from a program. Sign in with `POST /api/v1/tokens` and \
            send the access token as `Authorization: Bearer …`. Texts come in the language of `Accept-Language`, or of \
            `?lang=`. Times are RFC 3339 in UTC; marks are decimals in text. Errors are problem documents (RFC 9457): \
            decide by `code`. A write with an `Idempotency-Key` (a UUID) is done once, and sent again gives the same answer."
    ),
    paths(
        tokens::sign_in, tokens::refresh, tokens::sign_out,
        people::sign_up, people::me, people::change_me,
        courses::courses, courses::course, courses::enrol, courses::my_enrolments,
        lessons::show, lessons::event,
        attempts::start, attempts::show, attempts::put_response, attempts::check_one, attempts::hand_in,
        review::show,
        teach::gradebook, teach::items, regrades::regrades, regrades::regrade, regrades::taken_back,
        marking::waiting, marking::show, marking::judge_answer, marking::hand_back,
        stats::show,
    ),
    components(schemas(Problem, FieldError)),
    tags(
        (name = "tokens", description = "Signing in and out"),
        (name = "people", description = "Signing up, and one's own profile"),
        (name = "courses", description = "The catalogue, and taking courses"),
        (name = "lessons", description = "Reading lessons"),
        (name = "attempts", description = "Taking quizzes"),
        (name = "teaching", description = "For the trainers of a course"),
        (name = "statistics", description = "For administrators"),
    ),
    security(("bearer" = [])),
    modifiers(&Bearer, &Problems, &Keys),
)]
struct Api;

/// The document.
pub fn document() -> Document {
    Api::openapi()
}

/// How callers say who they are.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut Document) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// Everything that is not described otherwise is a problem document.
struct Problems;

impl Modify for Problems {
    fn modify(&self, document: &mut Document) {
        let schema = Ref::from_schema_name("Problem");
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let response = ResponseBuilder::new()
            .description("Why it was not done")
            .content("application/problem+json", content)
            .build();
        for path in document.paths.paths.values_mut() {
            let all =
                [&mut path.get, &mut path.post, &mut path.put, &mut path.patch, &mut path.delete];
            for operation in all.into_iter().flatten() {
                let answers = &mut operation.responses.responses;
                answers.insert("default".to_owned(), RefOr::T(response.clone()));
            }
        }
    }
}

/// Every write of somebody who is signed in may carry a key.
struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut Document) {
        for path in document.paths.paths.values_mut() {
            for operation in [&mut path.post, &mut path.put, &mut path.patch].into_iter().flatten()
            {
                if operation.security.is_none() {
                    operation.parameters.get_or_insert_default().push(RefOr::T(key()));
                }
            }
        }
    }
}

fn key() -> Parameter {
    let uuid = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
        .build();
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .schema(Some(uuid))
        .description(Some("The same key brings the same answer again."))
        .build()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(to)) = members.get("$ref") {
                    found.insert(to.clone());
                }
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = serde_json::to_value(document()).unwrap();
        let mut found = BTreeSet::new();
        references(&document, &mut found);
        assert!(!found.is_empty());
        for reference in found {
            let pointer = reference.strip_prefix('#').unwrap();
            assert!(document.pointer(pointer).is_some(), "{reference}");
        }
    }

    #[test]
    fn operations_have_names_of_their_own() {
        let document = serde_json::to_value(document()).unwrap();
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        let mut names = BTreeSet::new();
        for operations in document["paths"].as_object().unwrap().values() {
            for operation in operations.as_object().unwrap().values() {
                let name = operation["operationId"].as_str().unwrap().to_owned();
                assert!(names.insert(name.clone()), "{name} twice");
                assert!(operation["summary"].is_string(), "{name} says nothing");
            }
        }
        assert_eq!(names.len(), 28);
    }
}
