//! Statements in plain SQL that each connection prepares once. Diesel itself prepares `sql_query` anew each time,
//! which costs a page two more trips to the database.

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

use diesel::QueryResult;

/// A statement whose text is always the same; only its bound values differ.
#[derive(Clone, Debug)]
pub struct Prepared<Q>(Q);

/// Makes a connection keep the plan of this statement. Its text must not hold values.
pub fn prepared<Q>(statement: Q) -> Prepared<Q> {
    Prepared(statement)
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

/// The statement is known by its text.
impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}
