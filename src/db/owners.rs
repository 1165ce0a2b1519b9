//! Which capability writes which table. Others may only read; `tests/it/tidy.rs` holds everybody to it.

/// (table, folder of the capability that writes it)
pub const OWNERS: &[(&str, &str)] = &[
    ("organisations", "accounts"),
    ("people", "accounts"),
    ("sessions", "accounts"),
    ("sign_in_failures", "accounts"),
    ("one_time_links", "accounts"),
    ("replies", "accounts"),
    ("courses", "catalogue"),
    ("course_versions", "catalogue"),
    ("blobs", "catalogue"),
    ("version_files", "catalogue"),
    ("item_versions", "catalogue"),
    ("course_trainers", "catalogue"),
    ("library_state", "catalogue"),
    ("enrolments", "enrolment"),
    // Progress stands beside the enrolment, so that opening a lesson is one statement.
    ("enrolments", "progress_log"),
    ("lesson_progress", "progress_log"),
    ("journal", "progress_log"),
    ("answer_files", "quizzes/files"),
    ("answer_pieces", "quizzes/files"),
    ("attempts", "quizzes"),
    ("attempt_events", "quizzes"),
    ("saved_answers", "quizzes"),
    ("slot_marks", "quizzes"),
    ("quiz_terms", "quizzes/granting"),
    ("pulse", "quizzes/outage"),
    ("outages", "quizzes/outage"),
    // Granting and outages move the end of open attempts.
    ("attempts", "quizzes/granting"),
    ("attempts", "quizzes/outage"),
    ("attempt_events", "quizzes/outage"),
    ("quiz_grades", "progress_log"),
    ("regrades", "grades"),
    ("regrade_items", "grades"),
    ("regrade_grades", "grades"),
];

/// Folders whose `store.rs` may fill the tables of others by COPY, all at once and only while nobody is in the
/// database.
pub const LOADERS: &[&str] = &["demo"];
