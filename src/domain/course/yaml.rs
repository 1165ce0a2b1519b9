//! YAML with its places: every wrong or unknown field of a file is reported, not only the first.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use crate::diagnostic::{Diagnostic, Diagnostics, Source, nearest};
use crate::edit::Edit;
use crate::locale::{Locale, Texts};

/// The deepest nesting that is read.
const MAX_DEPTH: usize = 12;

/// A value and the bytes where it begins.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    pub(super) at: Range<usize>,
}

/// What was written.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Nothing,
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Range<usize>, Node)>),
}

/// The fields of a map, taken one by one; what is left over is unknown.
#[derive(Debug)]
pub(super) struct Fields<'s> {
    source: &'s Source,
    at: Range<usize>,
    fields: Vec<(String, Range<usize>, Node)>,
    asked: Vec<&'static str>,
    remarks: Vec<Diagnostic>,
}

impl<'s> Fields<'s> {
    /// Reads the YAML in a byte range of a file.
    pub(super) fn read(
        source: &'s Source,
        range: Range<usize>,
        out: &mut Diagnostics,
    ) -> Option<Fields<'s>> {
        let first_line = source.place(range.start..range.start).line;
        match serde_saphyr::from_str_with_options::<Spanned<Raw>>(
            source.slice(range.clone()),
            options(),
        ) {
            Ok(raw) => {
                let node = placed(raw, source, first_line);
                let Value::Map(fields) = node.value else {
                    out.push(source.error(
                        "C002",
                        range.start..range.start,
                        "expected fields, `name: value`",
                    ));
                    return None;
                };
                Some(Fields {
                    source,
                    at: range.start..range.start,
                    fields,
                    asked: Vec::new(),
                    remarks: Vec::new(),
                })
            }
            Err(error) => {
                let at = error
                    .location()
                    .map_or(range.start..range.start, |place| at(source, first_line, place));
                let message = error.without_snippet().to_string();
                let message = message.lines().next().unwrap_or_default();
                out.push(source.error("C002", at, format!("this YAML cannot be read: {message}")));
                None
            }
        }
    }

    /// The map inside a node.
    pub(super) fn inside(source: &'s Source, node: Node) -> Result<Fields<'s>, String> {
        let Value::Map(fields) = node.value else {
            return Err("expected fields, `name: value`".to_owned());
        };
        Ok(Fields { source, at: node.at, fields, asked: Vec::new(), remarks: Vec::new() })
    }

    /// All fields as they are, where their names are not known before.
    pub(super) fn entries(self) -> Vec<(String, Range<usize>, Node)> {
        self.fields
    }

    /// A field that may be missing.
    pub(super) fn take<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Node) -> Result<T, String>,
    ) -> Option<T> {
        let node = self.node(name)?;
        if matches!(node.value, Value::Nothing) {
            return None;
        }
        match read(&node) {
            Ok(value) => Some(value),
            Err(message) => {
                self.remarks.push(self.source.error(
                    "C005",
                    node.at,
                    format!("`{name}`: {message}"),
                ));
                None
            }
        }
    }

    /// A field that must be there.
    pub(super) fn need<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Node) -> Result<T, String>,
    ) -> Option<T> {
        let written = self
            .fields
            .iter()
            .any(|(key, _, node)| key == name && !matches!(node.value, Value::Nothing));
        if !written {
            self.asked.push(name);
            self.remarks.push(self.source.error(
                "C004",
                self.at.clone(),
                format!("field `{name}` is missing"),
            ));
            self.fields.retain(|(key, ..)| key != name);
            return None;
        }
        self.take(name, read)
    }

    /// A field as it is, for what is read elsewhere.
    pub(super) fn node(&mut self, name: &'static str) -> Option<Node> {
        self.asked.push(name);
        let index = self.fields.iter().position(|(key, ..)| key == name)?;
        Some(self.fields.remove(index).2)
    }

    /// Reports what was found, and the fields that nobody asked for.
    pub(super) fn finish(self, out: &mut Diagnostics) {
        self.remarks.into_iter().for_each(|remark| out.push(remark));
        for (name, at, _) in &self.fields {
            let remark = self.source.error("C003", at.clone(), format!("unknown field `{name}`"));
            out.push(match nearest(name, &self.asked) {
                Some(known) => {
                    let remark = remark.help(format!("did you mean `{known}`?"));
                    let plain = self.source.slice(at.clone()) == name;
                    if plain { remark.fix(Edit::replace(at.clone(), known)) } else { remark }
                }
                None => remark,
            });
        }
    }
}

/// What a YAML text says, apart from how it is written; `None` if it cannot be read.
pub(super) fn said(text: &str) -> Option<serde_json::Value> {
    serde_saphyr::from_str_with_options(text, options()).ok()
}

/// No file of a course is nested deeply; a bound keeps a hostile one from using up the stack.
fn options() -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: MAX_DEPTH },
        strict_booleans: true
    }
}

/// A text or number, as text.
pub(super) fn text(node: &Node) -> Result<String, String> {
    match &node.value {
        Value::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
        Value::Text(_) | Value::Nothing | Value::List(_) | Value::Map(_) => {
            Err("expected a text".to_owned())
        }
    }
}

/// A text that the reader understands.
pub(super) fn parsed<T>(
    read: impl Fn(&str) -> Option<T>,
    expected: &str,
) -> impl FnOnce(&Node) -> Result<T, String> {
    let expected = expected.to_owned();
    move |node| {
        let word = text(node).map_err(|_text_wanted| format!("expected {expected}"))?;
        read(&word).ok_or_else(|| format!("`{word}` is not {expected}"))
    }
}

/// One of the listed words.
pub(super) fn one_of<T: Copy>(
    words: &'static [(&'static str, T)],
) -> impl FnOnce(&Node) -> Result<T, String> {
    move |node| {
        let word = text(node)?;
        if let Some((_, value)) = words.iter().find(|(known, _)| *known == word) {
            return Ok(*value);
        }
        let list: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
        Err(format!("`{word}` is not one of {}", list.join(", ")))
    }
}

/// A list of texts with their places; a single text is a list of one.
pub(super) fn list(node: &Node) -> Result<Vec<(String, Range<usize>)>, String> {
    match &node.value {
        Value::List(nodes) => nodes.iter().map(|node| Ok((text(node)?, node.at.clone()))).collect(),
        Value::Text(_) => Ok(vec![(text(node)?, node.at.clone())]),
        Value::Nothing | Value::Map(_) => Err("expected a list".to_owned()),
    }
}

/// A text per language.
pub(super) fn texts(node: &Node) -> Result<Texts, String> {
    let Value::Map(fields) = &node.value else {
        return Err("expected a text per language: `az: …`, `en: …`, `ru: …`".to_owned());
    };
    let mut texts = Texts::default();
    for (name, _, value) in fields {
        let locale = Locale::parse(name)
            .ok_or_else(|| format!("`{name}` is not a language of the platform"))?;
        texts.0.insert(locale, text(value).map_err(|problem| format!("{name}: {problem}"))?);
    }
    Ok(texts)
}

/// `true` or `false`.
pub(super) const FLAG: &[(&str, bool)] = &[("true", true), ("false", false)];

#[derive(Debug)]
enum Raw {
    Nothing,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

fn placed(raw: Spanned<Raw>, source: &Source, first_line: u32) -> Node {
    let place = raw.referenced;
    let value = match raw.value {
        Raw::Nothing => Value::Nothing,
        Raw::Text(text) => Value::Text(text),
        Raw::List(nodes) => {
            Value::List(nodes.into_iter().map(|node| placed(node, source, first_line)).collect())
        }
        Raw::Map(fields) => {
            let field = |(key, node): (Spanned<String>, Spanned<Raw>)| {
                (
                    key.value,
                    at(source, first_line, key.referenced),
                    placed(node, source, first_line),
                )
            };
            Value::Map(fields.into_iter().map(field).collect())
        }
    };
    Node { value, at: at(source, first_line, place) }
}

/// The bytes of a location that counts lines from `first_line` on, up to the end of its line.
fn at(source: &Source, first_line: u32, place: Location) -> Range<usize> {
    let line = u32::try_from(place.line().saturating_sub(1)).unwrap_or(0) + first_line;
    let column = usize::try_from(place.column().saturating_sub(1)).unwrap_or(0);
    let range = source.numbered_line(line);
    let text = source.slice(range.clone());
    let start = text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
    let length = usize::try_from(place.span().len()).unwrap_or(0);
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
    range.start + start..range.start + start + end
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a list or fields")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Raw::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Raw::Map(fields))
    }
}
