//! Whom a setting is about.

use tamis_model::{Entity, EntityKind, Subject};

/// Whether a pattern, in which `*` stands for any text, is `text`.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|tail| {
            let mut ends = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
            ends.any(|at| tail.get(at..).is_some_and(|end| matches(rest, end)))
        }),
    }
}

/// Whether one of `patterns` is `text`; none at all stand for every text.
pub(crate) fn among(patterns: &[String], text: &str) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| matches(pattern, text))
}

/// Whether the setting is about this type of customer; a customer of unknown type is met by settings for all only.
pub(crate) fn is_customer(types: &[String], subject: &Subject) -> bool {
    let known = subject.customer_type.as_deref();
    types.is_empty() || known.is_some_and(|known| types.iter().any(|own| own == known))
}

/// Whether the setting is about this entry. A kind that its reader only guessed meets settings for all kinds only.
pub(crate) fn is_entry(lists: &[String], kinds: &[EntityKind], entity: &Entity) -> bool {
    let kind = || !entity.kind_is_assumed && kinds.contains(&entity.kind);
    among(lists, &entity.list) && (kinds.is_empty() || kind())
}

/// Whether `wide` takes in all that `narrow` does; an empty set takes in everything.
pub(crate) fn takes_in<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
    wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|one| wide.contains(one)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, is) in [
            ("us.sdn.block", "us.sdn.block", true),
            ("us.*", "us.sdn.block", true),
            ("*.freeze", "pl.mswia.freeze", true),
            ("*sdn*", "us.sdn.block", true),
            ("us.*.block", "us.sdn.ban", false),
            ("us.*", "eu.us.x", false),
            ("*", "", true),
            ("é*é", "éé", true),
            ("**a", "aa", true),
        ] {
            assert_eq!(matches(pattern, text), is, "{pattern} {text}");
        }
    }
}
