//! Which form of the tests before and after a learner gets: half of them one, half the other, and after never the one
//! they had before.

use uuid::Uuid;

use crate::course::model::{Course, Forms};
use crate::digest::sha256;
use crate::quiz::response::QuizId;

/// One of two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    A,
    B,
}

/// The form that a learner gets before the course. It follows from who they are and what they take, so that it is the
/// same whenever it is asked, and says nothing about another course.
fn first(person: Uuid, course: Uuid) -> Form {
    let hash = sha256(&[person.as_bytes().as_slice(), course.as_bytes()].concat());
    match hash.chars().next().and_then(|digit| digit.to_digit(16)) {
        Some(digit) if digit % 2 == 1 => Form::B,
        Some(_) | None => Form::A,
    }
}

fn of(forms: &Forms, form: Form) -> &QuizId {
    match form {
        Form::A => &forms.a,
        Form::B => &forms.b,
    }
}

/// The quiz that a learner takes before the course.
pub fn pretest(course: &Course, person: Uuid) -> Option<&QuizId> {
    Some(of(course.pretest.as_ref()?, first(person, course.id)))
}

/// The quiz that a learner takes after the course.
pub fn posttest(course: &Course, person: Uuid) -> Option<&QuizId> {
    let other = match first(person, course.id) {
        Form::A => Form::B,
        Form::B => Form::A,
    };
    Some(of(course.posttest.as_ref()?, other))
}

/// Is the quiz a form of a test?
pub fn is_form(course: &Course, quiz: &QuizId) -> bool {
    [&course.pretest, &course.posttest].into_iter().flatten().any(|forms| forms.contain(quiz))
}

/// May the learner take the quiz, as far as forms of tests go? Those who are not known get no form.
pub fn is_for(course: &Course, quiz: &QuizId, person: Option<Uuid>) -> bool {
    let own =
        |person| pretest(course, person) == Some(quiz) || posttest(course, person) == Some(quiz);
    !is_form(course, quiz) || person.is_some_and(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_balanced_and_stay() {
        let course = Uuid::from_u128(7);
        let people = 4000;
        let n_first = (0..people).filter(|n| first(Uuid::from_u128(*n), course) == Form::A).count();
        assert!((1850..=2150).contains(&n_first), "{n_first} of {people}");
        let same = |other: Uuid| {
            (0..people)
                .filter(|n| first(Uuid::from_u128(*n), course) == first(Uuid::from_u128(*n), other))
                .count()
        };
        assert_eq!(same(course), 4000);
        assert!((1850..=2150).contains(&same(Uuid::from_u128(8))));
    }
}
