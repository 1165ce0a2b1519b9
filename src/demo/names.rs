//! Names that fit the country, from lists of our own. Any likeness to living people is chance.

use super::chance::Chance;
use crate::domain::fold;
use crate::domain::locale::Locale;

/// Which form of a family name somebody bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Female,
    Male,
}

const AZ_FEMALE: [&str; 44] = [
    "Aygün",
    "Aynur",
    "Aysel",
    "Aytən",
    "Arzu",
    "Bənövşə",
    "Cəmilə",
    "Dilarə",
    "Elnarə",
    "Esmira",
    "Əfsanə",
    "Fatimə",
    "Fidan",
    "Gülnar",
    "Gülşən",
    "Günay",
    "Günel",
    "Xədicə",
    "İlahə",
    "İradə",
    "Könül",
    "Kəmalə",
    "Lalə",
    "Leyla",
    "Ləman",
    "Mədinə",
    "Mehriban",
    "Nərgiz",
    "Nərmin",
    "Nigar",
    "Nuranə",
    "Pərvanə",
    "Rəna",
    "Ruhiyyə",
    "Sevda",
    "Sevinc",
    "Səbinə",
    "Səidə",
    "Şəbnəm",
    "Tamella",
    "Türkan",
    "Ülviyyə",
    "Vəfa",
    "Zəhra",
];
const AZ_MALE: [&str; 44] = [
    "Adil",
    "Anar",
    "Araz",
    "Azər",
    "Bəhruz",
    "Cavid",
    "Ceyhun",
    "Elçin",
    "Eldar",
    "Elnur",
    "Emin",
    "Əli",
    "Fərid",
    "Fuad",
    "Hikmət",
    "Hüseyn",
    "İbrahim",
    "İlkin",
    "İlqar",
    "İsmayıl",
    "Kamran",
    "Kənan",
    "Kərim",
    "Mahir",
    "Məhəmməd",
    "Murad",
    "Natiq",
    "Nicat",
    "Nurlan",
    "Orxan",
    "Pərviz",
    "Ramil",
    "Rasim",
    "Rauf",
    "Rəşad",
    "Ruslan",
    "Sabir",
    "Samir",
    "Seymur",
    "Şahin",
    "Tural",
    "Vüqar",
    "Yusif",
    "Zaur",
];
const AZ_FAMILY: [&str; 62] = [
    "Abbasov",
    "Abdullayev",
    "Ağayev",
    "Axundov",
    "Allahverdiyev",
    "Aslanov",
    "Babayev",
    "Bağırov",
    "Bayramov",
    "Behbudov",
    "Cabbarov",
    "Cəfərov",
    "Dadaşov",
    "Əhmədov",
    "Ələkbərov",
    "Əliyev",
    "Əsgərov",
    "Fərzəliyev",
    "Fətullayev",
    "Hacıyev",
    "Heydərov",
    "Həsənov",
    "Həşimov",
    "Hüseynov",
    "Xəlilov",
    "İbrahimov",
    "İsgəndərov",
    "İsmayılov",
    "Kazımov",
    "Kərimov",
    "Qarayev",
    "Qasımov",
    "Qədirov",
    "Qəhrəmanov",
    "Quliyev",
    "Qurbanov",
    "Mahmudov",
    "Mehdiyev",
    "Məhərrəmov",
    "Məlikov",
    "Məmmədov",
    "Mirzəyev",
    "Musayev",
    "Mustafayev",
    "Nəbiyev",
    "Nəcəfov",
    "Novruzov",
    "Orucov",
    "Paşayev",
    "Rəhimov",
    "Rəsulov",
    "Rüstəmov",
    "Sadıqov",
    "Salmanov",
    "Səfərov",
    "Süleymanov",
    "Şirinov",
    "Tağıyev",
    "Vəliyev",
    "Yaqubov",
    "Yusifov",
    "Zeynalov",
];
const AZ_FAMILY_FOR_ALL: [&str; 10] = [
    "Ağazadə",
    "Əlizadə",
    "Həsənli",
    "İbrahimli",
    "Kərimzadə",
    "Məmmədli",
    "Rzazadə",
    "Soltanlı",
    "Şıxlı",
    "Vəlizadə",
];

const RU_FEMALE: [&str; 20] = [
    "Анна",
    "Алина",
    "Валентина",
    "Вера",
    "Дарья",
    "Екатерина",
    "Елена",
    "Ирина",
    "Кристина",
    "Лариса",
    "Людмила",
    "Марина",
    "Мария",
    "Надежда",
    "Наталья",
    "Оксана",
    "Ольга",
    "Светлана",
    "Татьяна",
    "Юлия",
];
const RU_MALE: [&str; 20] = [
    "Александр",
    "Алексей",
    "Андрей",
    "Виктор",
    "Виталий",
    "Владимир",
    "Денис",
    "Дмитрий",
    "Евгений",
    "Иван",
    "Игорь",
    "Илья",
    "Максим",
    "Михаил",
    "Николай",
    "Олег",
    "Павел",
    "Роман",
    "Сергей",
    "Юрий",
];
const RU_FAMILY: [&str; 28] = [
    "Алексеев",
    "Баранов",
    "Белов",
    "Васильев",
    "Виноградов",
    "Волков",
    "Воробьёв",
    "Голубев",
    "Григорьев",
    "Егоров",
    "Зайцев",
    "Захаров",
    "Иванов",
    "Калинин",
    "Ковалёв",
    "Козлов",
    "Кузнецов",
    "Лебедев",
    "Макаров",
    "Морозов",
    "Никитин",
    "Новиков",
    "Орлов",
    "Павлов",
    "Петров",
    "Семёнов",
    "Соколов",
    "Фёдоров",
];
/// Azerbaijani names as people who write Russian spell them.
const RU_AZ_FEMALE: [&str; 12] = [
    "Айгюн",
    "Айсель",
    "Гюльнара",
    "Зарина",
    "Земфира",
    "Камилла",
    "Лейла",
    "Наргиз",
    "Севиль",
    "Тамилла",
    "Фатима",
    "Эльмира",
];
const RU_AZ_MALE: [&str; 12] = [
    "Анар",
    "Вугар",
    "Закир",
    "Ильгар",
    "Камран",
    "Мурад",
    "Рамиз",
    "Рустам",
    "Тимур",
    "Фарид",
    "Эльдар",
    "Эмин",
];
const RU_AZ_FAMILY: [&str; 16] = [
    "Абдуллаев",
    "Агаев",
    "Алиев",
    "Ахмедов",
    "Бабаев",
    "Гаджиев",
    "Гасанов",
    "Гулиев",
    "Гусейнов",
    "Исмаилов",
    "Керимов",
    "Мамедов",
    "Мусаев",
    "Рагимов",
    "Рзаев",
    "Сафаров",
];

const OTHER_FEMALE: [&str; 10] =
    ["Maya", "Nino", "Zeynep", "Elif", "Sofia", "Amina", "Hannah", "Aigerim", "Lucia", "Priya"];
const OTHER_MALE: [&str; 10] =
    ["Giorgi", "Mehmet", "Deniz", "Timur", "Daniel", "Arman", "Thomas", "Omar", "Luka", "Marek"];
const OTHER_FAMILY: [&str; 14] = [
    "Kaya",
    "Demir",
    "Beridze",
    "Kapanadze",
    "Yılmaz",
    "Abenov",
    "Schneider",
    "Rahman",
    "Novak",
    "Rossi",
    "Larsson",
    "Khan",
    "Kowalski",
    "Bennett",
];

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
