//! Bilik, a training platform. The order of this list is the architecture: a module uses only modules above it.

pub use bilik_domain as domain;
