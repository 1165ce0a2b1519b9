//! What figures say about a question, as a trainer should read them.

use super::item::ItemFigures;
use super::options::OptionFigures;

/// Under so many learners nothing is said.
pub const FEWEST: usize = 10;

/// Under so many learners it is only a first impression.
pub const FIRM: usize = 30;

/// What is to be looked at. The gravest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// Strong learners do worse than weak ones: the key may be wrong.
    CheckKey,
    /// Strong learners prefer this option to the right one.
    BetterOption(usize),
    /// It hardly tells strong learners from weak ones.
    TellsLittle,
    /// Fewer than 30 % are right.
    Hard,
    /// More than 90 % are right.
    Easy,
    /// Hardly anybody ticks this option.
    IdleOption(usize),
}

/// What the figures of a question and of its options, with which of them are right, give reason to look at.
pub fn findings(figures: &ItemFigures, options: &[(bool, OptionFigures)]) -> Vec<Finding> {
    if figures.learners < FEWEST {
        return Vec::new();
    }
    let below = |value: Option<f64>, limit: f64| value.is_some_and(|value| value < limit);
    let mut found = Vec::new();
    if below(figures.discrimination, 0.0) {
        found.push(Finding::CheckKey);
    } else if below(figures.discrimination, 15.0) && below(figures.facility, 90.0) {
        found.push(Finding::TellsLittle);
    }
    if below(figures.facility, 30.0) {
        found.push(Finding::Hard);
    }
    if figures.facility.is_some_and(|facility| facility > 90.0) {
        found.push(Finding::Easy);
    }
    let right = options.iter().filter(|(right, _)| *right).map(|(_, option)| option.chosen_above);
    let best_right = right.fold(0.0, f64::max);
    for (place, (right, option)) in options.iter().enumerate() {
        if !right && option.chosen_above > best_right {
            found.push(Finding::BetterOption(place));
        }
        if option.chosen < 5.0 && figures.learners >= FIRM {
            found.push(Finding::IdleOption(place));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(learners: usize, facility: f64, discrimination: f64) -> ItemFigures {
        ItemFigures {
            learners,
            facility: Some(facility),
            discrimination: Some(discrimination),
            ..ItemFigures::default()
        }
    }

    fn option(chosen: f64, chosen_above: f64) -> OptionFigures {
        OptionFigures { chosen, chosen_above, ..OptionFigures::default() }
    }

    #[test]
    fn what_is_said() {
        for (learners, facility, discrimination, expected) in [
            (9, 5.0, -50.0, vec![]),
            (10, 50.0, 40.0, vec![]),
            (10, 50.0, -1.0, vec![Finding::CheckKey]),
            (10, 50.0, 14.0, vec![Finding::TellsLittle]),
            (10, 20.0, 30.0, vec![Finding::Hard]),
            (10, 95.0, 5.0, vec![Finding::Easy]),
        ] {
            assert_eq!(findings(&figures(learners, facility, discrimination), &[]), expected);
        }
    }

    #[test]
    fn what_is_said_of_options() {
        let options =
            [(true, option(40.0, 45.0)), (false, option(57.0, 55.0)), (false, option(3.0, 0.0))];
        let found = findings(&figures(40, 40.0, 20.0), &options);
        assert_eq!(found, [Finding::BetterOption(1), Finding::IdleOption(2)]);
    }
}
