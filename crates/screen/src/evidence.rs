//! The terms of a score as reasons that an analyst can read.

use crate::score::{Comparison, Leftover};
use tamis_model::{EvasionSignal, Evidence, Role, TokenMatch};
use tamis_names::{Agreement, Class, NameForm, Signal, Token};

/// The reasons for the score of two names. Their points add up to [`Comparison::value`].
///
/// Pairs share out the mean similarity of what is paired; each leftover then takes its part away. Rounding
/// falls to the largest term.
pub(crate) fn of_names(comparison: &Comparison<'_>) -> Vec<Evidence> {
    let mut reasons: Vec<Evidence> = comparison
        .pairs
        .iter()
        .map(|pair| {
            let (q, l) = (
                pair.query.of(&comparison.query.tokens),
                pair.listed.of(&comparison.listed.tokens),
            );
            let points = ratio(
                u64::from(pair.weight) * u64::from(pair.similarity) * 1_000,
                comparison.paired,
            );
            let main = l.iter().max_by_key(|t| t.weight);
            Evidence::Token {
                query: words(q),
                listed: words(l),
                role: main.map_or(Role::Word, |t| role(t.class)),
                matched: token_match(pair.how),
                points,
            }
        })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points()));
    let whole = comparison.paired + comparison.lost;
    let mean = comparison.agreed * 1_000 / comparison.paired.max(1);
    reasons.extend(
        comparison
            .leftovers
            .iter()
            .map(|left| leftover(left, -ratio(mean * u64::from(left.cost), whole))),
    );
    settle(&mut reasons, comparison.share());
    let mut before = comparison.share();
    for (reason, after) in comparison.steps() {
        let points = i32::try_from(after).unwrap_or(0) - i32::try_from(before).unwrap_or(0);
        if points != 0 {
            reasons.push(Evidence::Whole {
                reason: reason.to_owned(),
                points,
            });
        }
        before = after;
    }
    reasons.extend(signals(comparison.query).map(|signal| Evidence::Evasion { signal }));
    reasons
}

/// Adjusts the largest term so that the terms add up to `total`.
fn settle(reasons: &mut [Evidence], total: u32) {
    let sum: i32 = reasons.iter().map(Evidence::points).sum();
    let missing = i32::try_from(total).unwrap_or(0) - sum;
    let largest = reasons.iter_mut().max_by_key(|reason| reason.points());
    if let Some(Evidence::Token { points, .. }) = largest {
        *points += missing;
    }
}

fn ratio(part: u64, whole: u64) -> i32 {
    part.checked_div(whole)
        .and_then(|share| i32::try_from(share).ok())
        .unwrap_or(0)
}

fn leftover(left: &Leftover<'_>, points: i32) -> Evidence {
    let (token, role) = (words(std::slice::from_ref(left.token)), role(left.token.class));
    match (left.against, left.in_query) {
        (Some(other), true) => Evidence::Contradiction {
            query: token,
            listed: other.latin.clone(),
            role,
            points,
        },
        (Some(other), false) => Evidence::Contradiction {
            query: other.latin.clone(),
            listed: token,
            role,
            points,
        },
        (None, true) => Evidence::ExtraInQuery { token, role, points },
        (None, false) => Evidence::MissingInQuery { token, role, points },
    }
}

fn words(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(|t| t.latin.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What was undone to read a name.
pub(crate) fn signals(form: &NameForm) -> impl Iterator<Item = EvasionSignal> + use<> {
    form.signals.iter().map(|signal| match signal {
        Signal::MixedScript => EvasionSignal::MixedScript,
        Signal::Invisible => EvasionSignal::Invisible,
        Signal::Bidi => EvasionSignal::Bidi,
        Signal::Leet => EvasionSignal::Leet,
        Signal::SpacedLetters => EvasionSignal::SpacedLetters,
        Signal::Backwards => EvasionSignal::Backwards,
        Signal::Keyboard => EvasionSignal::Keyboard,
    })
}

const fn role(class: Class) -> Role {
    match class {
        Class::Word => Role::Word,
        Class::Patronymic => Role::Patronymic,
        Class::Initial => Role::Initial,
        Class::Particle => Role::Particle,
        Class::Title => Role::Title,
        Class::LegalForm => Role::LegalForm,
        Class::Generic => Role::Generic,
        Class::Geographic => Role::Geographic,
        Class::Number => Role::Number,
    }
}

const fn token_match(how: Agreement) -> TokenMatch {
    match how {
        Agreement::Equal => TokenMatch::Equal,
        Agreement::Variant => TokenMatch::Variant,
        Agreement::Joined => TokenMatch::Joined,
        Agreement::Nickname => TokenMatch::Nickname,
        Agreement::Phonetic => TokenMatch::Phonetic,
        Agreement::Typo => TokenMatch::Typo,
        Agreement::Initial => TokenMatch::Initial,
        Agreement::Acronym => TokenMatch::Acronym,
    }
}
