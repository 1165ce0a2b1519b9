//! What learners did: facts about lessons and quizzes, the journal, and what follows from them.

mod store;
pub mod actions;
pub mod gate;
pub mod unread;

pub use actions::{
    GradeFact, Passed, Standing, answered, completed, elsewhere, facts, graded, journal, progress,
    standing, standing_of_session, standings, viewed, viewed_at,
};
pub use gate::Gate;
pub use unread::unread;
