//! Taking quizzes: attempts with a clock, answers kept one by one, practice inside lessons, review.

mod store;
pub mod refusal;
pub mod sheet;
pub mod sitting;
pub mod granting;
mod outage;
pub mod finishing;
pub mod judging;
pub mod regrading;
mod permitted;
pub mod playing;
pub mod starting;
pub mod saving;
pub mod checking;
pub mod files;
pub mod reviewing;
pub mod practising;
pub mod sweeper;
pub mod pages;

pub use pages::routes;
pub use pages::{practice, start_part as start};
pub use practising::Standing;
pub use refusal::QuizRefusal;
pub use sheet::{Sheet, Sheets};
