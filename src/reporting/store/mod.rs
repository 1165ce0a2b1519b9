//! The statements behind the figures. They only read.

mod folding;
mod people;
mod learners;
mod questions;
mod overview;
mod cohorts;

pub use cohorts::{CohortRow, Key, cohorts, registrations};
pub use learners::{
    AttemptRow, CourseFigures, GradeRow, LearnerRow, attempts_of, course_figures, grades, learners,
    name_of,
};
pub use overview::{overview, trained_courses};
pub use people::{PeopleAsked, PersonRow, people, person};
pub use questions::{FirstMark, first_marks, items, responses};
