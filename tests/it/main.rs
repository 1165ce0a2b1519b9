//! The integration tests, one binary.
#![cfg(test)]

mod harness;
mod private_postgres;
mod tidy;
mod migrations;
mod api;
mod marking;
mod access;
mod unlock;
mod web;
mod accounts;
mod catalogue;
mod versions;
mod program;
mod regrading;
mod reporting;
mod quizzes;
mod kinds;
mod behaviours;
mod demo;
mod lessons;
mod api_access;
