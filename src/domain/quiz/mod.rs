//! Questions, answers, marks and attempts.

pub mod response;
pub mod grade;
pub mod item;
