//! Verbs of the journal. Their names are stored and never change; each maps to a verb of xAPI.

use serde::{Deserialize, Serialize};

/// Something a person did or reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// Made an account.
    Registered,
    /// Joined a course.
    Enrolled,
    /// Left a course.
    Left,
    /// Opened the first lesson of a course.
    Started,
    /// Opened a lesson.
    Viewed,
    /// Completed a lesson.
    CompletedLesson,
    /// Checked a practice question.
    Answered,
    /// Started an attempt at a quiz.
    Attempted,
    /// Finished an attempt.
    Finished,
    /// Passed a quiz.
    Passed,
    /// Finished an attempt without a pass.
    Failed,
    /// The marks of a quiz were worked out anew, because a key was mended or because that was taken back.
    Regraded,
    /// Reached half of a course.
    HalfWay,
    /// Completed a course.
    CompletedCourse,
}

impl Verb {
    /// All verbs.
    pub const ALL: [Verb; 14] = [
        Verb::Registered,
        Verb::Enrolled,
        Verb::Left,
        Verb::Started,
        Verb::Viewed,
        Verb::CompletedLesson,
        Verb::Answered,
        Verb::Attempted,
        Verb::Finished,
        Verb::Passed,
        Verb::Failed,
        Verb::Regraded,
        Verb::HalfWay,
        Verb::CompletedCourse,
    ];

    /// The name under which it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Registered => "registered",
            Verb::Enrolled => "enrolled",
            Verb::Left => "left",
            Verb::Started => "started",
            Verb::Viewed => "viewed",
            Verb::CompletedLesson => "completed-lesson",
            Verb::Answered => "answered",
            Verb::Attempted => "attempted",
            Verb::Finished => "finished",
            Verb::Passed => "passed",
            Verb::Failed => "failed",
            Verb::Regraded => "regraded",
            Verb::HalfWay => "half-way",
            Verb::CompletedCourse => "completed-course",
        }
    }

    /// The verb of a stored name.
    pub fn parse(name: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.name() == name)
    }

    /// The xAPI verb that says the same; the object of the statement says of what.
    pub fn xapi(self) -> &'static str {
        match self {
            Verb::Registered | Verb::Enrolled => "http://adlnet.gov/expapi/verbs/registered",
            Verb::Left => "http://adlnet.gov/expapi/verbs/exited",
            Verb::Started => "http://adlnet.gov/expapi/verbs/initialized",
            Verb::Viewed => "http://adlnet.gov/expapi/verbs/experienced",
            Verb::Answered => "http://adlnet.gov/expapi/verbs/answered",
            Verb::Attempted => "http://adlnet.gov/expapi/verbs/attempted",
            Verb::Finished | Verb::Regraded => "http://adlnet.gov/expapi/verbs/scored",
            Verb::Passed => "http://adlnet.gov/expapi/verbs/passed",
            Verb::Failed => "http://adlnet.gov/expapi/verbs/failed",
            Verb::HalfWay => "http://adlnet.gov/expapi/verbs/progressed",
            Verb::CompletedLesson | Verb::CompletedCourse => {
                "http://adlnet.gov/expapi/verbs/completed"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_their_own_and_round_trip() {
        let names: BTreeSet<&str> = Verb::ALL.into_iter().map(Verb::name).collect();
        assert_eq!(names.len(), Verb::ALL.len());
        for verb in Verb::ALL {
            assert_eq!(Verb::parse(verb.name()), Some(verb));
            assert_eq!(serde_json::to_string(&verb).unwrap(), format!("\"{}\"", verb.name()));
        }
        assert_eq!(Verb::parse("danced"), None);
    }
}
