//! Lists come in pages; each page names where the next begins.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Items of a page, if nothing else is asked for.
const USUAL: usize = 50;
/// Items of a page at most.
const MOST: usize = 200;

/// Which page is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// The `next` of the page before.
    pub after: Option<String>,
    /// Items at most, up to 200.
    pub limit: Option<usize>,
}

impl Paging {
    /// Items at most.
    pub fn limit(&self) -> usize {
        self.limit.unwrap_or(USUAL).clamp(1, MOST)
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    /// Give it as `after` to go on; `null` on the last page.
    pub next: Option<String>,
}

/// A page of what is in memory. The keys must rise.
pub fn page<T>(all: impl Iterator<Item = (String, T)>, paging: &Paging) -> List<T> {
    let after = paging.after.as_deref().unwrap_or_default();
    let rest = all.filter(|(key, _)| key.as_str() > after);
    cut(rest.take(paging.limit() + 1).collect(), paging)
}

/// A page of one item more than asked for: that one only says that there is a next page.
pub fn cut<T>(mut found: Vec<(String, T)>, paging: &Paging) -> List<T> {
    let more = found.len() > paging.limit();
    found.truncate(paging.limit());
    let next = found.last().filter(|_| more).map(|(key, _)| key.clone());
    List { items: found.into_iter().map(|(_, item)| item).collect(), next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_and_end() {
        let all = || (0..5).map(|n| (format!("k{n}"), n));
        let first = page(all(), &Paging { after: None, limit: Some(3) });
        assert_eq!(
            (first.items.clone(), first.next.clone()),
            (vec![0, 1, 2], Some("k2".to_owned()))
        );
        let last = page(all(), &Paging { after: first.next, limit: Some(3) });
        assert_eq!((last.items, last.next), (vec![3, 4], None));
    }
}
