//! OFAC's remarks: everything that the CSV form has no column for, in one text of items joined by `; `.
//!
//! The law of this file: every item ends in exactly one place, a typed field or, word for word, the notes.

use crate::births;
use crate::file::remark;
use crate::labels::{self, Field, Labelled, strip_word};
use tamis_model::{
    CountryLink, CountryRelation, Entity, Gender, Identifier, IdentifierKind, Name, NameRole, Place,
    Relation, RelationRole, Remark, country_code,
};

/// How many items were read, and where they went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub items: usize,
    pub typed: usize,
    pub noted: usize,
}

/// Reads the remarks of one entry into its fields and notes.
pub(crate) fn put(text: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) -> Tally {
    let mut tally = Tally::default();
    for item in split(text) {
        tally.items += 1;
        if put_item(item, entity, remarks) {
            tally.typed += 1;
        } else {
            entity.notes.push(item.to_owned());
            tally.noted += 1;
        }
    }
    tally
}

/// The items of a text: what stands between its semicolons, but for those inside quotes and parentheses.
/// One full stop at the very end belongs to the text and not to its last item.
pub(crate) fn split(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mut rest = text.strip_suffix('.').unwrap_or(text);
    let mut items = Vec::new();
    while !rest.is_empty() {
        let end = item_end(rest);
        let item = rest.get(..end).unwrap_or(rest).trim();
        if !item.is_empty() {
            items.push(item);
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    items
}

/// Where the first item of `rest` ends: at its semicolon, or at the end.
fn item_end(rest: &str) -> usize {
    let skipped = rest.len() - rest.trim_start().len();
    let body = rest.trim_start();
    let closed = quoted_end(body).or_else(|| parenthesised_end(body));
    closed.map_or_else(|| semicolon(rest), |end| skipped + end)
}

/// The first semicolon that separates. One inside a web address does not.
fn semicolon(text: &str) -> usize {
    let separates = |at: usize| {
        let after = text.get(at + 1..).unwrap_or_default();
        let word = text
            .get(..at)
            .unwrap_or_default()
            .rsplit(char::is_whitespace)
            .next();
        let address = word.is_some_and(|w| w.contains("://") || w.starts_with("www."));
        !address || after.is_empty() || after.starts_with(char::is_whitespace)
    };
    let mut places = text.match_indices(';').map(|(at, _)| at);
    places.find(|at| separates(*at)).unwrap_or(text.len())
}

/// Whether an item ends at `at`: a semicolon or nothing follows.
fn ends_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let gap = rest.len() - rest.trim_start().len();
    let next = rest.trim_start();
    (next.is_empty() || next.starts_with(';')).then_some(at + gap)
}

/// The end of `a.k.a. 'X'` by its closing quote. A name may hold apostrophes (`'D'AVILA'`) and semicolons; the
/// closing quote is the first one that an item can end after.
fn quoted_end(body: &str) -> Option<usize> {
    let (_, quoted) = alias_parts(body)?;
    let start = body.len() - quoted.len();
    let quotes = quoted.match_indices('\'').skip(1).map(|(at, _)| start + at + 1);
    let mut ends = quotes.filter_map(|after| Some((after, ends_at(body, after)?)));
    let (after, end) = ends.next()?;
    // A name whose closing quote is lost must not swallow the alias behind it.
    let name = body.get(start..after)?;
    (!name.contains(".k.a. '")).then_some(end)
}

/// The end of an item that is parenthesised as a whole: `(data from another passport: DOB 1969; POB Keren)`.
fn parenthesised_end(body: &str) -> Option<usize> {
    if !body.starts_with('(') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in body.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 1 => return ends_at(body, at + 1),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `a.k.a.` and `'X'…` of an alias item.
fn alias_parts(item: &str) -> Option<(&str, &str)> {
    let item = strip_word(item, "alt.").map_or(item, str::trim_start);
    let label = ["a.k.a.", "f.k.a.", "n.k.a."]
        .into_iter()
        .find(|l| strip_word(item, l).is_some())?;
    let quoted = strip_word(item, label)?.trim_start();
    quoted
        .starts_with('\'')
        .then_some((item.get(..label.len())?, quoted))
}

fn put_item(item: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) -> bool {
    if let Some((label, quoted)) = alias_parts(item) {
        return put_alias(label, quoted, entity, remarks);
    }
    // The XML form writes `(Linked To: X)`.
    let inner = item
        .strip_prefix("(Linked To")
        .and_then(|_| item.get(1..item.len() - 1));
    let item = inner.filter(|_| item.ends_with(')')).unwrap_or(item);
    labels::find(item).is_some_and(|found| put_labelled(&found, item, entity, remarks))
}

/// OFAC puts its weak aliases (FAQ 122) into quotes in the remarks; strong ones have rows of their own.
fn put_alias(label: &str, quoted: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) -> bool {
    let name = quoted
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
        .map(str::trim);
    match name {
        Some(name) if crate::file::usable_name(name) => {
            let mut alias = Name::new(name, NameRole::WeakAlias);
            alias.label = Some(label.to_owned());
            entity.names.push(alias);
            true
        }
        _ => {
            let text = format!("the alias in {label} {quoted} is cut off or has no name; kept as a note");
            remarks.push(remark(entity.id(), text));
            false
        }
    }
}

/// Puts one labelled item into its field; `false` when its value does not fit there.
pub(crate) fn put_labelled(
    found: &Labelled<'_>,
    item: &str,
    entity: &mut Entity,
    remarks: &mut Vec<Remark>,
) -> bool {
    let value = found.value;
    if *found.field != Field::Position && !crate::file::usable_name(value) {
        return false;
    }
    match found.field {
        Field::Birth | Field::Established => put_dates(value, entity, remarks),
        Field::BirthPlace => put_place(value, entity),
        Field::Nationality => put_country(CountryRelation::Nationality, value, value, entity),
        Field::Citizenship => put_country(CountryRelation::Citizenship, value, value, entity),
        Field::Registered => put_country(CountryRelation::Registration, value, value, entity),
        // The text keeps the words "Former Vessel Flag", so that nobody takes it for the present flag.
        Field::OtherFlag => put_country(CountryRelation::Flag, item, value, entity),
        Field::Gender => put_gender(value, entity, remarks),
        Field::LinkedTo => put_relation(RelationRole::LinkedTo, value, None, entity),
        Field::Position => put_position(item, entity),
        Field::Operator => put_relation(RelationRole::Other, value, Some(found.label), entity),
        Field::Wallet => put_wallet(found, entity),
        Field::LegalEntity => put_document(&legal_entity(value), found, entity),
        Field::Id(kind) => put_document(kind, found, entity),
    }
}

/// Reads a date, or several; `false` where words stand beside them. What is no date is kept as one that was not read,
/// with a remark.
pub(crate) fn put_dates(value: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) -> bool {
    let (whole, told) = births::put_dates(value, entity);
    remarks.extend(told.into_iter().map(|text| remark(entity.id(), text)));
    whole
}

fn put_place(value: &str, entity: &mut Entity) -> bool {
    entity.birth_places.push(place(value));
    true
}

/// A place with the country at its end: `Tver, Russia`, `Pyongyang, Korea, North`.
pub(crate) fn place(text: &str) -> Place {
    let mut commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at + 1).collect();
    commas.insert(0, 0);
    // Two letters at the end are a state (`Portland, OR`) more often than a country.
    let tails = commas
        .iter()
        .rev()
        .take(2)
        .filter_map(|at| text.get(*at..))
        .map(str::trim);
    let country = tails
        .filter(|tail| tail.chars().count() > 2)
        .find_map(country_code);
    Place {
        text: text.to_owned(),
        country,
    }
}

fn put_country(relation: CountryRelation, text: &str, country: &str, entity: &mut Entity) -> bool {
    let mut link = CountryLink::new(relation, country);
    link.text = text.to_owned();
    if !entity.countries.contains(&link) {
        entity.countries.push(link);
    }
    true
}

fn put_position(item: &str, entity: &mut Entity) -> bool {
    entity.positions.push(item.to_owned());
    true
}

fn put_gender(value: &str, entity: &mut Entity, remarks: &mut Vec<Remark>) -> bool {
    let read = Gender::parse(value);
    let fits = read.is_some() && entity.gender.is_none_or(|known| Some(known) == read);
    if fits {
        entity.gender = read;
    } else {
        remarks.push(remark(
            entity.id(),
            format!("gender '{value}' is unknown or contradicts another; kept as a note"),
        ));
    }
    fits
}

fn put_relation(role: RelationRole, other: &str, note: Option<&str>, entity: &mut Entity) -> bool {
    entity.relations.push(Relation {
        role,
        other: other.to_owned(),
        other_id: None,
        share: None,
        from: None,
        to: None,
        note: note.map(str::to_owned),
        source: None,
    });
    true
}

/// `XBT 1AbC…`: the currency belongs to the label, the address is the value.
fn put_wallet(found: &Labelled<'_>, entity: &mut Entity) -> bool {
    let (currency, address) = found
        .value
        .rsplit_once(char::is_whitespace)
        .unwrap_or(("", found.value));
    let mut id = Identifier::new(IdentifierKind::Wallet, address);
    id.label = Some(format!("{} {currency}", found.label).trim_end().to_owned());
    entity.identifiers.push(id);
    true
}

/// ISO 17442 identifiers have 20 characters; OFAC uses the label for shorter national numbers too.
fn legal_entity(value: &str) -> IdentifierKind {
    let number = value.split(" (").next().unwrap_or_default();
    if number.len() == 20 && number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        IdentifierKind::Lei
    } else {
        IdentifierKind::Registration
    }
}

fn put_document(kind: &IdentifierKind, found: &Labelled<'_>, entity: &mut Entity) -> bool {
    let document = Document::of(kind, found.value);
    if !document.is_plausible(kind) {
        return false;
    }
    let mut id = Identifier::new(kind.clone(), document.number);
    id.country = document.country.map(str::to_owned);
    id.label = Some(
        format!("{} {}", found.label, document.beside.join(" "))
            .trim_end()
            .to_owned(),
    );
    entity.identifiers.push(id);
    true
}

/// The value of a document: `7702070139 (Russia) issued 1 Jan 2010 expires 1 Jan 2020`.
struct Document<'a> {
    number: &'a str,
    country: Option<&'a str>,
    /// Everything else that is said, in order.
    beside: Vec<&'a str>,
}

impl<'a> Document<'a> {
    fn of(kind: &IdentifierKind, value: &'a str) -> Document<'a> {
        let whole = matches!(kind, IdentifierKind::Website | IdentifierKind::Email) || value.starts_with('(');
        let cut = if whole {
            None
        } else {
            [" (", " issued ", " expires "]
                .iter()
                .filter_map(|w| value.find(w))
                .min()
        };
        let (number, tail) = value.split_at(cut.unwrap_or(value.len()));
        let (groups, rest) = leading_groups(tail.trim());
        let mut document = Document {
            number: number.trim(),
            country: None,
            beside: Vec::new(),
        };
        for (at, group) in groups.iter().enumerate() {
            let inner = group.trim_matches(['(', ')']);
            // The last parenthesis is the country: `(Delaware) (United States)`.
            if at + 1 == groups.len() && inner.starts_with(char::is_alphabetic) {
                document.country = Some(inner);
            } else {
                document.beside.push(group);
            }
        }
        if !rest.is_empty() {
            document.beside.push(rest);
        }
        document
    }

    /// Whether this is a value and not a sentence that begins like a label (`Passport issued under the name …`).
    fn is_plausible(&self, kind: &IdentifierKind) -> bool {
        let digit_count = self.number.bytes().filter(u8::is_ascii_digit).count();
        let letters = self.number.chars().filter(|c| c.is_alphabetic()).count();
        let digits = digit_count > 0;
        let words = self.number.split_whitespace().count();
        match kind {
            IdentifierKind::Website => words == 1 && self.number.contains('.'),
            IdentifierKind::Email => words == 1 && self.number.contains('@'),
            IdentifierKind::Bic | IdentifierKind::TailNumber | IdentifierKind::CallSign => words == 1,
            IdentifierKind::Phone => digits && !self.number.contains(char::is_alphabetic),
            // Equity tickers such as `CHA US` have no digit.
            IdentifierKind::Other if words <= 3 && self.number.len() <= 12 => true,
            // `Laissez-Passer 12345` has two words, `1 63 08 4 01 001 005E` seven.
            _ => digits && (words <= 6 || digit_count > letters),
        }
    }
}

/// Splits `(a) (b) rest` into its leading groups and the rest.
fn leading_groups(text: &str) -> (Vec<&str>, &str) {
    let mut groups = Vec::new();
    let mut rest = text;
    while rest.starts_with('(') {
        let Some(end) = rest.find(')') else { break };
        let (group, after) = rest.split_at(end + 1);
        groups.push(group);
        rest = after.trim_start();
    }
    (groups, rest)
}

#[cfg(test)]
mod tests;
