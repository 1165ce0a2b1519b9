//! Figures that do not give single people away.

pub mod suppress;
pub mod cohorts;
