//! Who may mark what: trainers of the course and administrators.

use std::sync::Arc;

use crate::accounts::Learner;
use crate::catalogue::{Card, Library, trainers};
use crate::db;
use crate::domain::access::rules::{Actor, Object, Permission, may};
use crate::web::Fault;

/// The person with the courses that they teach.
pub async fn actor(learner: &mut Learner) -> Result<Actor, db::Error> {
    let (id, admin) = (learner.person.id, learner.person.admin);
    let trains = trainers::courses_of(learner.conn().await?, id).await?.into_iter().collect();
    Ok(Actor { person: Some(id), admin, trains })
}

/// The course at an address if this person may mark its answers; to all others it is not there.
pub async fn course(
    learner: &mut Learner,
    library: &Library,
    slug: &str,
) -> Result<Arc<Card>, Fault> {
    let card = library.cards().by_slug(slug).cloned().ok_or(Fault::NotFound)?;
    let allowed = may(&actor(learner).await?, Permission::MarkAnswers, &Object::Course(card.id));
    if allowed { Ok(card) } else { Err(Fault::NotFound) }
}

/// The courses whose answers this person may mark.
pub async fn courses(learner: &mut Learner, library: &Library) -> Result<Vec<Arc<Card>>, Fault> {
    let actor = actor(learner).await?;
    if !may(&actor, Permission::SeeTeaching, &Object::Platform) {
        return Err(Fault::Forbidden);
    }
    let own = |card: &&Arc<Card>| may(&actor, Permission::MarkAnswers, &Object::Course(card.id));
    Ok(library.cards().all().filter(own).cloned().collect())
}
