//! Texts that are meant to take long.
