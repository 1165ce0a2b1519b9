//! Bilik, a training platform. The order of this list is the architecture: a module uses only modules above it.

pub use bilik_domain as domain;

pub mod config;
pub mod clock;
pub mod words;
pub mod db;
pub mod outcome;
pub mod web;

pub mod accounts;
pub mod catalogue;
pub mod enrolment;
pub mod progress_log;
pub mod quizzes;
pub mod marking;
pub mod lessons;
pub mod reporting;
pub mod planning;
pub mod grades;
pub mod api;

pub mod demo;

pub mod app;
pub mod cli;
