//! Looks texts up. A missing key shows itself as `⟦key⟧`; a tidy test keeps that from happening.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Pattern;
use unic_langid::LanguageIdentifier;

use super::sources;
use crate::domain::locale::Locale;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Locale::ALL.map(bundle));

/// Names and values that a text mentions.
pub type Args<'a> = [(&'static str, &'a str)];

/// The text of a key.
pub fn t(locale: Locale, key: &str) -> Cow<'static, str> {
    let bundle = of(locale);
    match pattern(bundle, key) {
        Some(pattern) => bundle.format_pattern(pattern, None, &mut Vec::new()),
        None => missing(key),
    }
}

/// The text of a key with values in it.
pub fn ta(locale: Locale, key: &str, args: &Args<'_>) -> Cow<'static, str> {
    let mut fluent = FluentArgs::new();
    for (name, value) in args {
        fluent.set(*name, FluentValue::from(*value));
    }
    with_args(locale, key, &fluent)
}

/// The text of a key that depends on a number, given as `$n`.
pub fn tn(locale: Locale, key: &str, n: i64) -> Cow<'static, str> {
    let mut fluent = FluentArgs::new();
    fluent.set("n", FluentValue::from(n));
    with_args(locale, key, &fluent)
}

fn with_args(locale: Locale, key: &str, args: &FluentArgs<'_>) -> Cow<'static, str> {
    let bundle = of(locale);
    match pattern(bundle, key) {
        Some(pattern) => {
            Cow::Owned(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
        }
        None => missing(key),
    }
}

fn pattern<'a>(bundle: &'a Bundle, key: &str) -> Option<&'a Pattern<&'a str>> {
    bundle.get_message(key)?.value()
}

fn missing(key: &str) -> Cow<'static, str> {
    Cow::Owned(format!("⟦{key}⟧"))
}

fn of(locale: Locale) -> &'static Bundle {
    let [az, en, ru] = &*BUNDLES;
    match locale {
        Locale::Az => az,
        Locale::En => en,
        Locale::Ru => ru,
    }
}

/// All texts of a language as one bundle.
///
/// # Panics
/// If a text file cannot be read or two define the same key; the tests of this module load all three languages.
fn bundle(locale: Locale) -> Bundle {
    let language: LanguageIdentifier =
        locale.code().parse().expect("az, en and ru are language codes");
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for source in sources::of(locale) {
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| errors)
            .expect("the text files are well-formed");
        bundle.add_resource(resource).expect("each key is defined once");
    }
    bundle
}
