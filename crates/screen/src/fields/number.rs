//! Identifiers: exact, checked, and scoped by country.

use super::place::same_country;
use super::{Compared, Effect, Facts, field};
use tamis_model::{
    CheckDigits, Entity, FieldName, FieldVerdict, Holder, Identifier, IdentifierKind, Number, Subject,
};

/// Points that another number takes, in ten-thousandths.
mod loss {
    /// A ship keeps its IMO number for life and shares its name with many: only an equal name still alerts.
    pub(super) const SHIP: u32 = 2_000;
    /// Both numbers check, and their system gives one to a party: an equal name still alerts, for lists and
    /// customers mix up numbers of sister companies.
    pub(super) const ONE_ONLY: u32 = 1_500;
    /// Numbers of one kind and country whose system is not known: a party may have several.
    pub(super) const UNKNOWN: u32 = 500;
}

/// Fewer characters than this, zeros at the beginning not counted, are no number to go by.
const SHORTEST: usize = 5;
/// So many where the country of one side is not known, and the number is not one of a kind worldwide.
const SHORTEST_ANYWHERE: usize = 6;
/// From this length on a document number counts under another document's name too: files mix passports, identity
/// cards and tax numbers up.
const LONG: usize = 8;

/// How two numbers are related.
enum Relation {
    /// The same number.
    Same,
    /// Equal signs that do not identify, and why.
    Alike(&'static str),
    /// Another number where a party has one only, with the points it costs.
    Other(u32),
    /// Two numbers of one kind, of which a party may have several.
    Several,
    Nothing,
}

/// What a number that can be looked up is found by; `None` for one that identifies nobody.
pub(crate) fn look_up(number: &Number) -> Option<&str> {
    let key = number.key();
    let good = number.check != CheckDigits::Fail && !is_shared(number) && !is_general(key);
    good.then_some(key)
}

/// Whether both are the same number of the same party.
pub(crate) fn is_same(query: &Number, listed: &Number) -> bool {
    matches!(relation(query, listed), Relation::Same)
}

fn relation(query: &Number, listed: &Number) -> Relation {
    if query.key() == listed.key() && !query.key().is_empty() {
        return match why_not(query, listed) {
            Some(why) => Relation::Alike(why),
            None => Relation::Same,
        };
    }
    let bank = |number: &Number| number.text.get(..6).map(str::to_owned);
    if query.kind == IdentifierKind::Bic && listed.kind == query.kind && bank(query) == bank(listed) {
        return Relation::Alike("the same bank and country, another place");
    }
    other(query, listed)
}

/// Why equal numbers do not identify.
fn why_not(query: &Number, listed: &Number) -> Option<&'static str> {
    let key = query.key();
    let countries = query.country.zip(listed.country);
    let known = countries.is_some() || query.check == CheckDigits::Hold || is_worldwide(&query.kind);
    match () {
        () if is_shared(query) || is_shared(listed) => Some("several parties may share it"),
        () if !same_type(query, listed) => Some("another type of number"),
        () if query.check == CheckDigits::Fail || listed.check == CheckDigits::Fail => {
            Some("its check digits fail")
        }
        () if is_general(key) => Some("too short or too general"),
        () if countries.is_some_and(|(one, two)| !same_country(one, two)) => Some("of another country"),
        () if !known && key.chars().count() < SHORTEST_ANYWHERE => Some("too short without a country"),
        () => None,
    }
}

fn same_type(query: &Number, listed: &Number) -> bool {
    let (one, two) = (&query.kind, &listed.kind);
    let unknown = *one == IdentifierKind::Other || *two == IdentifierKind::Other;
    let mixed_up = unknown || is_document(one) && is_document(two);
    let schemes = query.scheme.is_some() && query.scheme == listed.scheme;
    one == two && !unknown || schemes || mixed_up && query.key().chars().count() >= LONG
}

fn is_document(kind: &IdentifierKind) -> bool {
    use IdentifierKind::{NationalId, Passport, Registration, TaxId};
    matches!(kind, Passport | NationalId | TaxId | Registration)
}

/// Kinds whose numbers are given out once in the world.
fn is_worldwide(kind: &IdentifierKind) -> bool {
    use IdentifierKind::{AircraftSerial, Bic, CallSign, Duns, Email, Imo, Lei, Mmsi, TailNumber, Wallet};
    matches!(
        kind,
        AircraftSerial | Bic | CallSign | Duns | Email | Imo | Lei | Mmsi | TailNumber | Wallet
    )
}

/// Telephones and websites of offices, and numbers that a system gives to several parties.
fn is_shared(number: &Number) -> bool {
    let scheme = number
        .scheme
        .is_some_and(|scheme| scheme.holder == Holder::Shared);
    scheme || matches!(number.kind, IdentifierKind::Phone | IdentifierKind::Website)
}

/// A number that stands in forms where nobody knew one: short, `000000`, `123456`, `987654`.
fn is_general(key: &str) -> bool {
    let bytes = key.as_bytes();
    let run = |step: i16| {
        let mut pairs = bytes
            .windows(2)
            .map(|pair| i16::from(pair[1]) - i16::from(pair[0]));
        pairs.all(|apart| apart == step)
    };
    key.chars().count() < SHORTEST || run(0) || run(1) || run(-1)
}

/// Whether another number says that the party is another.
fn other(query: &Number, listed: &Number) -> Relation {
    let hold = query.check == CheckDigits::Hold && listed.check == CheckDigits::Hold;
    let countries = query.country.zip(listed.country);
    let one_country = countries.is_some_and(|(one, two)| same_country(one, two));
    let checked = query.check != CheckDigits::Fail && listed.check != CheckDigits::Fail;
    let company = matches!(query.kind, IdentifierKind::TaxId | IdentifierKind::Registration);
    match query.scheme.filter(|_| query.scheme == listed.scheme) {
        Some(scheme) if hold && scheme.holder == Holder::One => match query.kind {
            IdentifierKind::Imo => Relation::Other(loss::SHIP),
            _ => Relation::Other(loss::ONE_ONLY),
        },
        None if query.scheme.is_some() || listed.scheme.is_some() || query.kind != listed.kind => {
            Relation::Nothing
        }
        None if company && one_country && checked => Relation::Other(loss::UNKNOWN),
        _ => Relation::Several,
    }
}

/// The most telling pair of numbers: the same one, then one that contradicts, then what only looks alike.
pub(super) fn compare(subject: (&Subject, &Facts), entity: (&Entity, &Facts)) -> Option<Compared> {
    let mine = || subject.0.identifiers.iter().zip(&subject.1.numbers);
    let theirs = || entity.0.identifiers.iter().zip(&entity.1.numbers);
    let pairs = mine().flat_map(|one| theirs().map(move |two| (one, two)));
    let related = pairs.map(|(one, two)| (relation(one.1, two.1), one, two));
    let rank = |relation: &Relation| match relation {
        Relation::Same => 0,
        Relation::Other(points) => 10_000 - points,
        Relation::Alike(_) => 10_001,
        Relation::Several => 10_002,
        Relation::Nothing => 10_003,
    };
    let best = related.min_by_key(|(relation, ..)| rank(relation));
    let texts = |one, two| (text(one), text(two));
    let (verdict, (query, listed)) = match best {
        Some((Relation::Same, one, two)) => (Effect::new(FieldVerdict::Agree), texts(one, two)),
        Some((Relation::Other(points), one, two)) => (Effect::loss(points), texts(one, two)),
        Some((Relation::Alike(why), one, two)) => {
            let (query, listed) = texts(one, two);
            (
                Effect::new(FieldVerdict::Close),
                (query, format!("{listed}: {why}")),
            )
        }
        Some((Relation::Several, one, two)) => (Effect::new(FieldVerdict::Conflict), texts(one, two)),
        Some((Relation::Nothing, ..)) | None => {
            let all = |texts: Vec<String>| texts.join("; ");
            let query = all(mine().map(text).collect());
            let listed = if query.is_empty() {
                all(theirs().map(text).collect())
            } else {
                String::new()
            };
            return field(FieldName::Identifier, query, listed, || {
                Effect::new(FieldVerdict::Close)
            });
        }
    };
    field(FieldName::Identifier, query, listed, || verdict)
}

fn text((identifier, number): (&Identifier, &Number)) -> String {
    let fails = match number.check {
        CheckDigits::Fail => " (check digits fail)",
        _ => "",
    };
    format!("{} {}{fails}", identifier.kind.as_str(), identifier.value)
}

/// What must be said of the subject's own numbers: those whose check digits fail.
pub(crate) fn warnings(subject: &Subject, numbers: &[Number]) -> Vec<String> {
    let all = subject.identifiers.iter().zip(numbers);
    let failing = all.filter(|(_, number)| number.check == CheckDigits::Fail);
    let warning = |(identifier, number): (&Identifier, &Number)| {
        let scheme = number.scheme.map_or("", |scheme| scheme.name);
        format!(
            "{} '{}' is not a valid {}: it does not identify",
            identifier.kind.as_str(),
            identifier.value,
            if scheme.is_empty() { "address" } else { scheme }
        )
    };
    failing.map(warning).collect()
}
