//! Several parties in one text.

/// Words between two persons. Single letters (`y`, `i`, `e`) are left out: they are initials as often.
const BETWEEN_PERSONS: [&str; 9] = ["and", "or", "und", "oder", "et", "ou", "&", "+", "и"];

/// Words between any two parties.
const BETWEEN_ANY: [&str; 19] = [
    "c/o", "co/", "attn", "attn:", "attn.", "t/a", "d/b/a", "dba", "a/k/a", "aka", "a.k.a.", "f/k/a", "fka",
    "f.k.a.", "alias", "formerly", "née", "nee", "или",
];

/// A party has at least so many words: one shared word is no match anyway.
const FEWEST_WORDS: usize = 2;

/// The longest of these words has eight letters; letters of other scripts take up to three bytes.
const LONGEST_BETWEEN: usize = 12;

/// Whether `raw` may name several parties, told by a glance at its words.
pub(crate) fn may_be_several(raw: &str) -> bool {
    raw.contains([';', '/', '|', '\n']) || raw.split_whitespace().any(may_stand_between)
}

fn may_stand_between(word: &str) -> bool {
    let mut any = BETWEEN_PERSONS.iter().chain(&BETWEEN_ANY);
    if word.is_ascii() {
        return any.any(|between| between.eq_ignore_ascii_case(word));
    }
    word.len() <= LONGEST_BETWEEN && {
        let lower = word.to_lowercase();
        any.any(|between| *between == lower)
    }
}

/// The parties that `raw` names, when it names several.
pub(crate) fn split(raw: &str, persons: bool) -> Vec<String> {
    let spaced = raw.replace([';', '/', '|', '\n'], " ; ");
    let mut parties: Vec<Vec<&str>> = vec![Vec::new()];
    let slashed = |word: &str| raw.contains('/') && BETWEEN_ANY.contains(&word);
    // `c/o` and the like are one connector before slashes part the rest.
    let text = if raw.split_whitespace().any(|word| slashed(&word.to_lowercase())) {
        raw
    } else {
        &spaced
    };
    for word in text.split_whitespace() {
        let lower = word.to_lowercase();
        let between = lower == ";"
            || BETWEEN_ANY.contains(&lower.as_str())
            || (persons && BETWEEN_PERSONS.contains(&lower.as_str()));
        match parties.last_mut() {
            Some(party) if !between => party.push(word),
            _ => parties.push(Vec::new()),
        }
    }
    if parties.len() < 2 {
        return Vec::new();
    }
    let words = |party: &Vec<&str>| {
        party
            .iter()
            .filter(|word| word.contains(char::is_alphanumeric))
            .count()
    };
    let long = parties.into_iter().filter(|party| words(party) >= FEWEST_WORDS);
    long.map(|party| party.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_where_a_text_names_several_parties() {
        for (text, persons, parties) in [
            (
                "Igor Chekunov & Margaret Holloway",
                true,
                vec!["Igor Chekunov", "Margaret Holloway"],
            ),
            ("Baker Stone and Sons", true, vec!["Baker Stone"]),
            ("Baker Stone and Sons", false, vec![]),
            (
                "Acme Ltd c/o Igor Chekunov",
                false,
                vec!["Acme Ltd", "Igor Chekunov"],
            ),
            (
                "Igor Chekunov/Anton Ivanov",
                true,
                vec!["Igor Chekunov", "Anton Ivanov"],
            ),
            ("Igor Chekunov", true, vec![]),
            ("", true, vec![]),
        ] {
            assert_eq!(split(text, persons), parties, "{text}");
            assert!(parties.is_empty() || may_be_several(text), "{text}");
        }
    }
}
