//! Names that fit the country, from lists of our own. Any likeness to living people is chance.

use super::chance::Chance;
use super::name_lists::{
    AZ_FAMILY, AZ_FAMILY_FOR_ALL, AZ_FEMALE, AZ_MALE, OTHER_FAMILY, OTHER_FEMALE, OTHER_MALE,
    RU_AZ_FAMILY, RU_AZ_FEMALE, RU_AZ_MALE, RU_FAMILY, RU_FEMALE, RU_MALE,
};
use crate::domain::fold;
use crate::domain::locale::Locale;

/// Which form of a family name somebody bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Female,
    Male,
}

/// A first and a family name that somebody who reads this language may bear.
pub fn full_name(language: Locale, form: Form, chance: &mut Chance) -> String {
    let (first, family) = match language {
        Locale::Az => azerbaijani(form, chance),
        Locale::Ru if chance.happens(0.45) => {
            (pick(form, &RU_FEMALE, &RU_MALE, chance), borne(chance.one(&RU_FAMILY), form, 'а'))
        }
        Locale::Ru => (
            pick(form, &RU_AZ_FEMALE, &RU_AZ_MALE, chance),
            borne(chance.one(&RU_AZ_FAMILY), form, 'а'),
        ),
        Locale::En if chance.happens(0.65) => azerbaijani(form, chance),
        Locale::En => {
            (pick(form, &OTHER_FEMALE, &OTHER_MALE, chance), chance.one(&OTHER_FAMILY).to_owned())
        }
    };
    format!("{first} {family}")
}

fn azerbaijani(form: Form, chance: &mut Chance) -> (&'static str, String) {
    let first = pick(form, &AZ_FEMALE, &AZ_MALE, chance);
    if chance.happens(0.14) {
        return (first, chance.one(&AZ_FAMILY_FOR_ALL).to_owned());
    }
    (first, borne(chance.one(&AZ_FAMILY), form, 'a'))
}

fn pick(
    form: Form,
    female: &[&'static str],
    male: &[&'static str],
    chance: &mut Chance,
) -> &'static str {
    match form {
        Form::Female => chance.one(female),
        Form::Male => chance.one(male),
    }
}

/// Women bear these family names with another letter.
fn borne(family: &str, form: Form, ending: char) -> String {
    match form {
        Form::Female => format!("{family}{ending}"),
        Form::Male => family.to_owned(),
    }
}

/// The name as an address spells it: `leyla.mammadova`, in Latin letters without marks.
pub fn spelled(name: &str) -> String {
    let words = fold::search_words(name);
    let plain = words.iter().map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect());
    plain.collect::<Vec<String>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_can_stand_in_an_address() {
        let mut chance = Chance::of("s", "names");
        for number in 0..600 {
            let language = chance.one(&Locale::ALL);
            let form = if number % 2 == 0 { Form::Female } else { Form::Male };
            let name = full_name(language, form, &mut chance);
            let spelled = spelled(&name);
            let plain = spelled.chars().all(|c| c == '.' || c.is_ascii_lowercase());
            assert!(plain && spelled.len() > 5 && name.contains(' '), "{name}: {spelled}");
        }
    }

    #[test]
    fn addresses_are_spelled_in_latin_letters() {
        assert_eq!(spelled("Şəbnəm Ağayeva"), "sebnem.agayeva");
        assert_eq!(spelled("Юлия Голубева"), spelled("Юлия Голубева").to_ascii_lowercase());
    }
}
