//! Figures that do not give single people away.

pub mod suppress;
