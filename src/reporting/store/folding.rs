//! How names are compared in statements.

/// Folds a column as `fold::search` and `fold::latin` fold what was typed, as far as names need it.
macro_rules! folded {
    ($column:literal) => {
        concat!(
            "replace(replace(replace(replace(lower(translate(translate(",
            $column,
            ", 'ıəöüğşçàáâäãåéèêëíìîïóòôõúùûñýабвгдежзийклмнопрстуфхцчшщыэёі', ",
            "'ieougscaaaaaaeeeeiiiioooouuunyabvgdejziyklmnoprstufxscssieei'), ",
            "'İIƏÖÜĞŞÇАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЁІюяъьЮЯЪЬ', ",
            "'iieougscabvgdejziyklmnoprstufxscssieeiюяъьюяъь')), ",
            "'ю', 'yu'), 'я', 'ya'), 'ъ', ''), 'ь', '')"
        )
    };
}

pub(super) use folded;
