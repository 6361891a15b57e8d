//! Whether a name is a person's, for lists that do not say. It is a guess, and entries say so
//! ([`Entity::kind_is_assumed`](tamis_model::Entity::kind_is_assumed)).

use std::collections::HashSet;
use std::sync::LazyLock;
use tamis_model::EntityKind;

/// Single words that companies have in their names and people do not.
static COMPANY_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let forms = include_str!("../../../data/tables/legal_forms.csv");
    let generic = include_str!("../../../data/tables/generic_words.csv");
    let rows = forms
        .lines()
        .chain(generic.lines())
        .filter(|line| !line.starts_with('#'));
    let rows = rows.filter(|line| !line.ends_with(",function"));
    rows.filter_map(|line| line.split(',').next())
        .filter(|word| !word.contains(' '))
        .collect()
});

/// Legal forms of companies, of one word or of several.
static LEGAL_FORMS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let rows = include_str!("../../../data/tables/legal_forms.csv").lines();
    let rows = rows.filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| line.split(',').next()).collect()
});

/// Whether a text is the legal form of a company and no more: `ООО`, `L.L.C.`, `Joint Stock Company`.
pub(crate) fn is_legal_form(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(bare).collect();
    LEGAL_FORMS.contains(words.join(" ").as_str())
}

/// A person where the name is two to four words of letters, none of them a company's; else an organization.
pub(crate) fn kind(name: &str) -> EntityKind {
    let words: Vec<String> = name.split_whitespace().map(bare).collect();
    let plain =
        |word: &String| !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || "'-.’".contains(c));
    let company = |word: &String| COMPANY_WORDS.contains(word.as_str());
    match (2..=4).contains(&words.len()) && words.iter().all(plain) && !words.iter().any(company) {
        true => EntityKind::Person,
        false => EntityKind::Organization,
    }
}

/// A word in lower case, without the marks around it and without full stops.
fn bare(word: &str) -> String {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.to_lowercase().replace('.', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legal_form_alone_is_no_name() {
        for form in ["ООО", "АО", "L.L.C.", "Ltd.", "Joint Stock Company"] {
            assert!(is_legal_form(form), "{form}");
        }
        for name in ["Рембаза", "IGE", "Sample LLC", "", "form"] {
            assert!(!is_legal_form(name), "{name}");
        }
    }

    #[test]
    fn people_have_two_to_four_words_and_no_company_word() {
        for name in ["JOHN SAMPLE", "Mustermann, Erika", "Ana Maria O'Brien Lopez"] {
            assert_eq!(kind(name), EntityKind::Person, "{name}");
        }
        for name in [
            "BEISPIEL TRADING GMBH",
            "Sample",
            "Sample Co., Ltd.",
            "183rd Guard Regiment",
            "Sample Research Institute",
        ] {
            assert_eq!(kind(name), EntityKind::Organization, "{name}");
        }
    }
}
