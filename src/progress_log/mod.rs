//! What learners did: facts about lessons and quizzes, the journal, and what follows from them.

mod store;
mod openings;
pub mod actions;
pub mod regraded;
pub mod gate;
pub mod unread;

pub use actions::{
    GradeFact, Passed, Standing, answered, arrived, completed, elsewhere, facts, graded, journal,
    progress, standing, standings, viewed, viewed_at, viewed_together,
};
pub use gate::Gate;
pub use openings::Openings;
pub use unread::unread;
