//! Every text file loads, and numbers choose the right form.

use super::{t, tn};
use crate::domain::locale::Locale;

#[test]
fn every_language_loads() {
    for locale in Locale::ALL {
        assert!(!t(locale, "layout-skip").starts_with('⟦'), "{locale:?}");
    }
}

#[test]
fn a_missing_key_shows_itself() {
    assert_eq!(t(Locale::En, "no-such-key"), "⟦no-such-key⟧");
    assert_eq!(tn(Locale::Ru, "no-such-key", 2), "⟦no-such-key⟧");
}
