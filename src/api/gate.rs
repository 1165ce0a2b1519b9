//! Where the caller stands in a course, and what is open to them.

use crate::accounts::Visitor;
use crate::catalogue::Published;
use crate::domain::progress::facts::Facts;
use crate::progress_log::{self, Gate, Standing};
use crate::web::Fault;

/// Reads both; courses without conditions cost no more than the standing.
pub async fn arrive(
    visitor: &mut Visitor,
    published: &Published,
) -> Result<(Option<Standing>, Gate), Fault> {
    let now = visitor.now;
    let Some((person, admin)) = visitor.person.as_ref().map(|person| (person.id, person.admin))
    else {
        return Ok((None, Gate::of(&Facts::default(), now)));
    };
    let conn = visitor.conn().await?;
    let place = progress_log::standing(conn, person, published.course.id).await?;
    let facts = place.as_ref().map(|place| &place.facts);
    let gate = Gate::read(conn, published, (person, admin), facts, now).await?;
    Ok((place, gate))
}
