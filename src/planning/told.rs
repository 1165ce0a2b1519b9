//! A plan in words, for the command line.

use std::fmt;

use super::plan::{LessonPlan, Plan, Proposal, QuestionPlan, What};
use crate::domain::course::identity::lessons;
use crate::domain::course::identity::questions::Fate;
use crate::domain::course::identity::rules::Stricter;
use crate::domain::quiz::grade::Fraction;

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shown {
            None => return writeln!(f, "{}: would be published for the first time.", self.course),
            Some(shown) if self.nothing_new => {
                return writeln!(
                    f,
                    "{}: is version {shown} already, nothing would change.",
                    self.course
                );
            }
            Some(shown) => writeln!(
                f,
                "{}: would replace version {shown}. {} take the course, {} have completed it and keep that.",
                self.course,
                n(self.enrolled, "person", "people"),
                self.completed
            )?,
        }
        section(f, "Modules", self.modules.iter().map(module))?;
        section(f, "Lessons", self.lessons.iter().map(|it| lesson(it, self.completed)))?;
        section(f, "Questions", self.questions.iter().map(question))?;
        section(
            f,
            "Right now",
            self.sitting.iter().map(|it| {
                let (who, title) = (n(it.people, "person is", "people are"), &it.title);
                format!(
                    "{who} in the middle of “{title}” ({}). They keep the paper they have.",
                    it.quiz
                )
            }),
        )?;
        let left = n(self.enrolled - self.completed, "person who has", "people who have");
        let stricter_for = format!("Stricter (for {left} not completed the course)");
        section(f, &stricter_for, self.stricter.iter().map(stricter))?;
        section(f, "To decide", self.proposals.iter().map(proposal))?;
        if self.says_nothing() {
            writeln!(
                f,
                "\nNothing that people would notice beyond wording in other languages, pictures or settings."
            )?;
        }
        Ok(())
    }
}

impl Plan {
    fn says_nothing(&self) -> bool {
        self.modules.is_empty()
            && self.lessons.is_empty()
            && self.questions.is_empty()
            && self.stricter.is_empty()
    }
}

fn section(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    lines: impl Iterator<Item = String>,
) -> fmt::Result {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        writeln!(f, "\n{title}")?;
    }
    for line in lines {
        writeln!(f, "  {line}")?;
    }
    Ok(())
}

/// "1 person", "2 people".
fn n(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn module(change: &lessons::Change) -> String {
    format!("{:<8} {}  “{}”", name(change.fate), change.id, change.title)
}

fn name(fate: lessons::Fate) -> &'static str {
    match fate {
        lessons::Fate::New => "new",
        lessons::Fate::Changed => "changed",
        lessons::Fate::Removed => "removed",
    }
}

fn lesson(plan: &LessonPlan, passed: i64) -> String {
    let what = match plan.change.fate {
        lessons::Fate::New => {
            format!("{} who passed the course will see it as new", n(passed, "person", "people"))
        }
        lessons::Fate::Changed => format!(
            "{} have completed it, {} opened it; those who passed the course will see it as changed",
            n(plan.done, "person", "people"),
            plan.opened
        ),
        lessons::Fate::Removed => {
            format!("{} have completed it; what they did is kept", n(plan.done, "person", "people"))
        }
    };
    format!("{}: {what}", module(&plan.change))
}

fn question(plan: &QuestionPlan) -> String {
    let number =
        |number: Option<i32>| number.map_or("–".to_owned(), |number| format!("v{number}"));
    let (from, to) = (number(plan.from), number(plan.to));
    let attempts = n(i64::try_from(plan.attempts).unwrap_or(i64::MAX), "attempt", "attempts");
    let what = match (plan.fate, plan.regrade) {
        (Fate::Unchanged, _) => format!("{from}, unchanged under its new id"),
        (Fate::Wording, _) => format!("{from}, wording only; {attempts} stay with it"),
        (Fate::Scoring, Some(regrade)) => format!(
            "{from} → {to}, the key changed; {attempts} on {from}, a regrade would raise {} and lower {}",
            regrade.raised, regrade.lowered
        ),
        (Fate::Scoring, None) => {
            format!(
                "{from} → {to}, the rubric changed; {attempts} on {from} stay as they were marked"
            )
        }
        (Fate::Structure, _) => {
            format!("{from} → {to}, asks something else; {attempts} on {from} stay as they are")
        }
        (Fate::New, _) => "new".to_owned(),
        (Fate::Revived, _) => format!("{to}, is asked again"),
        (Fate::Retired, _) => format!("{from} is retired; {attempts} stay as they are"),
    };
    let was = plan.was.as_ref().map_or_else(String::new, |was| format!(" (was {was})"));
    format!("{}{was} in {}: {what}", plan.id, plan.quiz)
}

fn stricter(rule: &Stricter) -> String {
    let percent = |share: Fraction| format!("{} %", share.shown_percent(None));
    let from = |from: Option<Fraction>| from.map_or("none".to_owned(), percent);
    match rule {
        Stricter::Lessons => "all required lessons must be complete now".to_owned(),
        Stricter::Quizzes => "all graded quizzes must be passed now".to_owned(),
        Stricter::Mean { from: old, to } => {
            format!("the mean of the quizzes: {} → {}", from(*old), percent(*to))
        }
        Stricter::Attendance { from: old, to } => {
            format!("presence at sessions: {} → {}", from(*old), percent(*to))
        }
        Stricter::Counts { quiz } => format!("{quiz} counts now"),
        Stricter::Prerequisites => "more must be done before the course may be begun".to_owned(),
        Stricter::Unlock { module, title } => {
            format!("module {module} “{title}” opens only after more is done")
        }
        Stricter::Required { lesson, title } => {
            format!("lesson {lesson} “{title}” is required now")
        }
        Stricter::Lesson { lesson, title } => {
            format!("lesson {lesson} “{title}” takes more to be complete")
        }
        Stricter::Pass { quiz, from: old, to } => {
            format!("pass mark of {quiz}: {} → {}", from(*old), percent(*to))
        }
        Stricter::Attempts { quiz, to } => format!("{quiz} may be tried {to} times only"),
        Stricter::Time { quiz, to } => format!("{quiz} gives only {} min", to.div_ceil(60)),
    }
}

fn proposal(proposal: &Proposal) -> String {
    let Proposal { now, before, likeness, .. } = proposal;
    match proposal.what {
        What::Question => format!(
            "question {now} is {likeness} % like {before}, which is gone. If it is the same, write {{#{now} was={before}}}"
        ),
        What::Quiz => format!(
            "quiz {now} has {likeness} % of its questions from {before}, which is gone. If it is the same, keep the id {before}"
        ),
        What::Lesson => format!(
            "lesson {now} says what {before} said, which is gone. If it is the same, write `id: {before}` in its front matter"
        ),
    }
}
