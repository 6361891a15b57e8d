//! A party of a UK list, put together from the rows or elements that speak of it.
//!
//! A party has a row for every name, and rows repeat what is known beside it. What stands in several rows is
//! kept once; where rows contradict each other, all they say is kept, and a remark names it.

use crate::births;
use crate::file::{WARNING, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::labels;
use crate::uk_fields::{Field, Said};
use crate::uk_measures::Imposed;
use jiff::civil::Date;
use std::fmt::Write;
use tamis_model::{
    Address, BirthDate, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind,
    Name, NameRole, Place, Precision, Relation, RelationRole, Remark, country_code,
};

/// A party while it is read.
pub(crate) struct Party {
    pub entity: Entity,
    /// The line that speaks of it first.
    pub line: u64,
    /// Whether the list has said what kind of party it is.
    kind: Option<EntityKind>,
    /// A word for the kind that is not known.
    unknown_kind: String,
    imposed: Vec<Imposed>,
    problems: Vec<String>,
}

/// Adds `item` unless it is there.
fn once<T: PartialEq>(items: &mut Vec<T>, item: T) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// A day, as the lists write it: day first.
pub(crate) fn day(text: &str) -> Option<Date> {
    let date = BirthDate::parse(text)?;
    (date.precision == Precision::Day && !date.circa).then_some(date.from)
}

/// The parts of a text that numbers its parts (`(1) A (2) B`) or sets bars or semicolons between them.
pub(crate) fn parts(text: &str) -> Vec<String> {
    let mut barred = text.to_owned();
    if text.trim_start().starts_with("(1)") {
        for number in 1..=99 {
            let mark = format!("({number})");
            if !barred.contains(&mark) {
                break;
            }
            barred = barred.replacen(&mark, "|", 1);
        }
    }
    let parts = barred.split(['|', ';']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

impl Party {
    pub(crate) fn new(list: &str, id: &str, line: u64) -> Party {
        Party {
            entity: Entity::new(list, id, EntityKind::Organization),
            line,
            kind: None,
            unknown_kind: String::new(),
            imposed: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn problem(&mut self, text: String) {
        once(&mut self.problems, text);
    }

    pub(crate) fn note(&mut self, what: &str, text: &str) {
        once(&mut self.entity.notes, format!("{what}: {text}"));
    }

    /// Takes in all that a row or an element says.
    pub(crate) fn take(&mut self, said: &Said) {
        if let Some(word) = said.get(Field::Kind) {
            self.kind(word);
        }
        self.names(said);
        self.places_of_birth(said);
        self.address(said);
        self.document(
            said,
            Field::Passport,
            Field::PassportInfo,
            IdentifierKind::Passport,
        );
        self.document(
            said,
            Field::NationalId,
            Field::NationalIdInfo,
            IdentifierKind::NationalId,
        );
        self.imposed(said);
        for (field, text) in said.iter() {
            self.field(field, text);
        }
    }

    fn kind(&mut self, word: &str) {
        let kind = match word.to_lowercase().as_str() {
            "individual" => EntityKind::Person,
            "entity" => EntityKind::Organization,
            "ship" | "vessel" => EntityKind::Vessel,
            "aircraft" => EntityKind::Aircraft,
            _ => {
                word.clone_into(&mut self.unknown_kind);
                return self.note("Type", word);
            }
        };
        if self.kind.is_some_and(|known| known != kind) {
            self.problem(format!(
                "{WARNING}the rows give several types; '{word}' is kept as a note"
            ));
            self.note("Type", word);
            self.entity.kind_is_assumed = true;
        } else {
            self.kind = Some(kind);
            self.entity.kind = kind;
        }
    }

    fn names(&mut self, said: &Said) {
        let words = [said.get(Field::NameType), said.get(Field::AliasStrength)];
        let label: Vec<&str> = words.into_iter().flatten().collect();
        let label = label.join("; ");
        let role = self.role(&label);
        let name = full_name(said, self.entity.kind == EntityKind::Person);
        if usable_name(&name) {
            self.name(name, role, &label);
        } else if !name.is_empty() {
            self.problem(format!("{WARNING}'{name}' is no usable name; kept as a note"));
            self.note("Name", &name);
        }
        let script = [said.get(Field::NonLatinType), said.get(Field::NonLatinLanguage)];
        let script: Vec<&str> = script.into_iter().flatten().collect();
        let script = script.join("; ");
        let role = match role {
            NameRole::WeakAlias => NameRole::WeakAlias,
            _ => NameRole::OriginalScript,
        };
        for native in said.all(Field::NonLatinName) {
            if usable_name(native) {
                self.name(native.to_owned(), role, &script);
            } else {
                self.note("Name in another script", native);
            }
        }
        if said.get(Field::NonLatinName).is_none() && !script.is_empty() {
            self.note("Script", &script);
        }
    }

    fn name(&mut self, text: String, role: NameRole, label: &str) {
        let known = self.entity.names.iter();
        if known
            .into_iter()
            .any(|name| name.text == text && name.role == role)
        {
            return;
        }
        let mut name = Name::new(text, role);
        name.label = (!label.is_empty()).then(|| label.to_owned());
        self.entity.names.push(name);
    }

    /// The role by the list's words: the type of a name, and the strength of an alias.
    fn role(&mut self, label: &str) -> NameRole {
        let lower = label.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        match () {
            () if has(&["low"]) => NameRole::WeakAlias,
            () if has(&["f.k.a", "fka", "former"]) => NameRole::Former,
            () if has(&["variation", "alias", "a.k.a", "aka", "good"]) => NameRole::StrongAlias,
            () if has(&["primary"]) => NameRole::Primary,
            () => {
                if !label.is_empty() {
                    self.problem(format!(
                        "the name type '{label}' is not known; taken as a strong alias"
                    ));
                }
                NameRole::StrongAlias
            }
        }
    }

    fn places_of_birth(&mut self, said: &Said) {
        let (town, country) = (said.get(Field::BirthTown), said.get(Field::BirthCountry));
        let text: Vec<&str> = [town, country].into_iter().flatten().collect();
        if !text.is_empty() {
            let country = country.and_then(country_code);
            let text = text.join(", ");
            once(&mut self.entity.birth_places, Place { text, country });
        }
        // An element may repeat one of them; the first pair belongs together, the others stand alone.
        let more = said.all(Field::BirthTown).skip(1);
        for text in more.chain(said.all(Field::BirthCountry).skip(1)) {
            let place = Place {
                text: text.to_owned(),
                country: country_code(text),
            };
            once(&mut self.entity.birth_places, place);
        }
    }

    fn address(&mut self, said: &Said) {
        let lines = (1..=6).flat_map(|number| said.all(Field::AddressLine(number)));
        let text = |field| said.get(field).map(str::to_owned);
        let address = Address {
            lines: lines.map(str::to_owned).collect(),
            postal_code: text(Field::PostalCode),
            country: text(Field::AddressCountry),
            ..Address::default()
        };
        if address == Address::default() {
            return;
        }
        if let Some(country) = &address.country {
            once(
                &mut self.entity.countries,
                CountryLink::new(CountryRelation::Address, country),
            );
        }
        once(&mut self.entity.addresses, address);
    }

    /// A number with what is said of it. What is said of no number, or of several, is a note.
    fn document(&mut self, said: &Said, number: Field, info: Field, kind: IdentifierKind) {
        let numbers: Vec<String> = said.all(number).flat_map(parts).collect();
        let infos: Vec<&str> = said.all(info).collect();
        let label = infos.join("; ");
        for value in &numbers {
            if !usable_name(value) {
                self.note(kind.as_str(), value);
                continue;
            }
            let mut id = Identifier::new(kind.clone(), value.as_str());
            id.country = issuer(&label);
            id.label = (!label.is_empty()).then(|| label.clone());
            once(&mut self.entity.identifiers, id);
        }
        if numbers.is_empty() && !label.is_empty() {
            self.note(kind.as_str(), &label);
        }
    }

    fn imposed(&mut self, said: &Said) {
        let effects: Vec<String> = said.all(Field::Sanctions).flat_map(parts).collect();
        let regime = said.get(Field::Regime).map(str::to_owned);
        if effects.is_empty() && regime.is_none() {
            return;
        }
        let mut from = None;
        // The old list gives both; the designation is when the measure began.
        for field in [Field::ListedOn, Field::DateDesignated] {
            let Some(text) = said.get(field) else { continue };
            let what = if field == Field::ListedOn {
                "Listed on"
            } else {
                "Designated on"
            };
            match day(text) {
                Some(day) => from = Some(day),
                None => {
                    self.problem(format!("the date '{text}' is not understood; kept as a note"));
                    self.note(what, text);
                }
            }
        }
        once(
            &mut self.imposed,
            Imposed {
                regime,
                effects,
                from,
            },
        );
    }

    fn field(&mut self, field: Field, text: &str) {
        match field {
            // Taken together with others, above.
            Field::UniqueId | Field::Kind | Field::NamePart(_) | Field::NameType | Field::AliasStrength => {}
            Field::NonLatinName | Field::NonLatinType | Field::NonLatinLanguage => {}
            Field::Regime | Field::Sanctions | Field::DateDesignated => {}
            Field::BirthTown | Field::BirthCountry | Field::AddressLine(_) => {}
            Field::PostalCode | Field::AddressCountry | Field::Passport | Field::PassportInfo => {}
            Field::NationalId | Field::NationalIdInfo => {}
            Field::ListedOn => self.note("Listed on", text),
            Field::LastUpdated => self.note("Updated on", text),
            Field::GroupId => self.note("OFSI Group ID", text),
            Field::UnReference => self.note("UN reference", text),
            Field::DesignationSource => self.note("Designation source", text),
            Field::Reasons => self.note("Statement of reasons", text),
            Field::OtherInformation => self.other_information(text),
            Field::Title | Field::Position => self.positions(text),
            Field::Phone => self.numbers(IdentifierKind::Phone, text),
            Field::Website => self.numbers(IdentifierKind::Website, text),
            Field::Email => self.numbers(IdentifierKind::Email, text),
            Field::Imo => self.numbers(IdentifierKind::Imo, text),
            Field::Hull => self.hull(text),
            Field::BusinessNumber => self.business_numbers(text),
            Field::BirthDate => parts(text).iter().for_each(|text| self.birth_date(text)),
            Field::Nationality => self.nationalities(text),
            Field::Gender => self.gender(text),
            Field::EntityType => self.note("Type of entity", text),
            Field::ShipType => self.note("Type of ship", text),
            Field::Tonnage => self.note("Tonnage", text),
            Field::Length => self.note("Length", text),
            Field::YearBuilt => self.note("Year built", text),
            Field::Subsidiaries => self.relations(RelationRole::Owns, text, "subsidiary"),
            Field::ParentCompany => self.relations(RelationRole::OwnedBy, text, "parent company"),
            // The list does not say which of the two: an operator need not own.
            Field::CurrentOwner => self.relations(RelationRole::Other, text, "current owner or operator"),
            Field::PreviousOwner => self.relations(RelationRole::Other, text, "previous owner or operator"),
            Field::Flag => self.flags(text, ""),
            Field::PreviousFlags => self.flags(text, "Previous flag: "),
        }
    }

    fn positions(&mut self, text: &str) {
        for part in parts(text) {
            once(&mut self.entity.positions, part);
        }
    }

    fn numbers(&mut self, kind: IdentifierKind, text: &str) {
        for value in parts(text) {
            if usable_name(&value) {
                once(&mut self.entity.identifiers, Identifier::new(kind.clone(), value));
            } else {
                self.note(kind.as_str(), &value);
            }
        }
    }

    fn hull(&mut self, text: &str) {
        let mut id = Identifier::new(IdentifierKind::Other, text);
        id.label = Some("Hull identification number".to_owned());
        once(&mut self.entity.identifiers, id);
    }

    /// Registration and tax numbers, told apart where they have a label.
    fn business_numbers(&mut self, text: &str) {
        for item in parts(text) {
            let found = labels::find(&item).filter(|found| usable_name(found.value));
            let (kind, label, value) = match &found {
                Some(found) => match found.field {
                    labels::Field::Id(kind) => (kind.clone(), Some(found.label), found.value),
                    _ => (IdentifierKind::Registration, Some(found.label), found.value),
                },
                None => (IdentifierKind::Registration, None, item.as_str()),
            };
            let mut id = Identifier::new(kind, value);
            id.label = label.map(str::to_owned);
            once(&mut self.entity.identifiers, id);
        }
    }

    fn birth_date(&mut self, text: &str) {
        match birth_date(text) {
            Some(date) => once(&mut self.entity.birth_dates, date),
            None => {
                for told in births::put("Date of birth", text, &mut self.entity) {
                    self.problem(told);
                }
            }
        }
    }

    fn nationalities(&mut self, text: &str) {
        for part in parts(text) {
            let inner: Vec<&str> = part.split([',', '/']).map(str::trim).collect();
            let several =
                country_code(&part).is_none() && inner.iter().all(|one| country_code(one).is_some());
            let texts = if several { inner } else { vec![part.as_str()] };
            for text in texts {
                let link = CountryLink::new(CountryRelation::Nationality, text);
                once(&mut self.entity.countries, link);
            }
        }
    }

    fn gender(&mut self, word: &str) {
        let gender = Gender::parse(word);
        match (self.entity.gender, gender) {
            (None, Some(_)) => self.entity.gender = gender,
            (Some(known), Some(stated)) if known == stated => {}
            _ => {
                self.problem(format!(
                    "gender '{word}' is not understood or contradicts; kept as a note"
                ));
                self.note("Gender", word);
            }
        }
    }

    fn relations(&mut self, role: RelationRole, text: &str, note: &str) {
        for other in parts(text) {
            let relation = Relation {
                role,
                other,
                other_id: None,
                share: None,
                from: None,
                to: None,
                note: Some(note.to_owned()),
                source: None,
            };
            once(&mut self.entity.relations, relation);
        }
    }

    fn flags(&mut self, text: &str, before: &str) {
        for flag in parts(text) {
            let mut link = CountryLink::new(CountryRelation::Flag, flag);
            link.text.insert_str(0, before);
            once(&mut self.entity.countries, link);
        }
    }

    /// Free text, which in the old list holds labelled fields: `(Gender):Male (Website):www.example.org`.
    /// The text is kept whole as well.
    fn other_information(&mut self, text: &str) {
        once(&mut self.entity.notes, text.to_owned());
        for (label, value) in labelled(text) {
            match label.to_lowercase().as_str() {
                "gender" => self.gender(value),
                "phone number" | "phone" => self.numbers(IdentifierKind::Phone, value),
                "website" => self.numbers(IdentifierKind::Website, value),
                "email address" | "email" => self.numbers(IdentifierKind::Email, value),
                "imo number" => self.numbers(IdentifierKind::Imo, value),
                "business reg no" => self.business_numbers(value),
                "parent company" => self.relations(RelationRole::OwnedBy, value, "parent company"),
                "subsidiaries" => self.relations(RelationRole::Owns, value, "subsidiary"),
                "current believed flag of ship" => self.flags(value, ""),
                _ => {}
            }
        }
    }

    /// The entity, whole: the primary name first, measures, remarks. `None` when no name can be matched.
    pub(crate) fn finish(
        mut self,
        authority: &str,
        kinds: &mut UnknownKinds,
        remarks: &mut Vec<Remark>,
    ) -> Option<Entity> {
        self.entity
            .names
            .sort_by_key(|name| name.role != NameRole::Primary);
        if self.kind.is_none() {
            self.problem("the list does not say what kind of party this is; it is guessed".to_owned());
            kinds.add(&self.unknown_kind, &mut self.entity);
        }
        let first = self.entity.names.first_mut()?;
        if first.role != NameRole::Primary {
            let text = format!("no name is called primary; '{}' is taken for it", first.text);
            first.role = NameRole::Primary;
            self.problem(text);
        }
        let mut more = 0;
        for name in self
            .entity
            .names
            .iter_mut()
            .skip(1)
            .filter(|n| n.role == NameRole::Primary)
        {
            name.role = NameRole::StrongAlias;
            more += 1;
        }
        if more > 0 {
            self.problem(format!(
                "names called primary beside the first: {more}; taken as strong aliases"
            ));
        }
        self.measures(authority);
        let id = self.entity.id();
        remarks.extend(self.problems.into_iter().map(|text| remark(id.as_str(), text)));
        Some(self.entity)
    }

    fn measures(&mut self, authority: &str) {
        let mut problems = Vec::new();
        if self.imposed.is_empty() {
            self.imposed.push(Imposed::default());
        }
        for imposed in std::mem::take(&mut self.imposed) {
            for measure in imposed.measures(authority, &mut problems) {
                self.measure(measure);
            }
        }
        problems.into_iter().for_each(|text| self.problem(text));
    }

    /// Adds a measure once for each effect and regime, with the earliest day that is stated.
    fn measure(&mut self, measure: tamis_model::Measure) {
        let mut known = self.entity.measures.iter_mut();
        let same = known.find(|m| {
            m.code == measure.code && m.programme == measure.programme && m.detail == measure.detail
        });
        match same {
            Some(same) if same.from == measure.from => {}
            Some(same) => {
                let mut text = "the rows give several dates for one measure:".to_owned();
                for date in [same.from, measure.from].into_iter().flatten() {
                    // Writing to a string does not fail.
                    let _ = write!(text, " {date}");
                }
                same.from = [same.from, measure.from].into_iter().flatten().min();
                self.problem(format!("{text}; the earliest counts"));
            }
            None => self.entity.measures.push(measure),
        }
    }
}

/// The six parts of a name: the family name, or the name of a company, is the last.
fn full_name(said: &Said, person: bool) -> String {
    let given: Vec<&str> = (1..=5)
        .filter_map(|part| said.get(Field::NamePart(part)))
        .collect();
    let given = given.join(" ");
    match said.get(Field::NamePart(6)) {
        Some(family) if given.is_empty() => family.to_owned(),
        Some(family) if person => format!("{family}, {given}"),
        Some(last) => format!("{given} {last}"),
        None => given,
    }
}

/// A country that the words about a document begin with: `Mali passport`.
fn issuer(info: &str) -> Option<String> {
    let words: Vec<&str> = info.split_whitespace().collect();
    let mut known = (1..=3.min(words.len())).filter_map(|count| {
        let text = words.get(..count)?.join(" ");
        (text.len() > 3 && country_code(&text).is_some())
            .then(|| text.trim_end_matches([',', '.', ':']).to_owned())
    });
    known.next_back()
}

/// A date whose unknown parts are noughts, letters or dashes: `00/00/1970`, `dd/mm/1970`, `--/03/1970`.
pub(crate) fn birth_date(text: &str) -> Option<BirthDate> {
    let pieces: Vec<&str> = text.split('/').map(str::trim).collect();
    let known = |piece: &&&str| piece.bytes().all(|b| b.is_ascii_digit()) && piece.bytes().any(|b| b != b'0');
    let unknown = |piece: &str| {
        matches!(
            piece.to_lowercase().as_str(),
            "00" | "0" | "dd" | "mm" | "--" | "-" | ""
        )
    };
    let [day, month, _] = pieces.as_slice() else {
        return BirthDate::parse(text);
    };
    if !unknown(day) && !unknown(month) {
        return BirthDate::parse(text);
    }
    let kept: Vec<&str> = pieces.iter().filter(known).copied().collect();
    let all = kept.len() == pieces.iter().filter(|piece| !unknown(piece)).count();
    // A day without its month says nothing of use: the year alone is known.
    let kept = if unknown(month) {
        pieces.get(2..)?
    } else {
        kept.as_slice()
    };
    let mut date = BirthDate::parse(&kept.join("/")).filter(|_| all)?;
    date.text = text.to_owned();
    Some(date)
}

/// The fields of a text like `(Gender):Male (Website):www.example.org`.
fn labelled(text: &str) -> Vec<(&str, &str)> {
    let mut fields = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("):") {
        let Some((_, label)) = before.rsplit_once('(') else {
            rest = after;
            continue;
        };
        // The next label begins at the last parenthesis before its colon.
        let end = after.find("):").and_then(|end| after.get(..end)?.rfind('('));
        let value = after.get(..end.unwrap_or(after.len())).unwrap_or_default();
        fields.push((label, value.trim().trim_end_matches(['.', ','])));
        rest = after;
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_unknown_parts_keep_what_is_known() {
        for (text, from, to) in [
            ("01/02/1958", "1958-02-01", "1958-02-01"),
            ("00/00/1958", "1958-01-01", "1958-12-31"),
            ("dd/mm/1958", "1958-01-01", "1958-12-31"),
            ("--/--/1958", "1958-01-01", "1958-12-31"),
            ("--/02/1958", "1958-02-01", "1958-02-28"),
            ("07/mm/1958", "1958-01-01", "1958-12-31"),
            ("circa 1958", "1958-01-01", "1958-12-31"),
        ] {
            let date = birth_date(text).unwrap_or_else(|| panic!("'{text}' is a date"));
            assert_eq!(
                (date.from.to_string(), date.to.to_string()),
                (from.into(), to.into()),
                "{text}"
            );
            assert_eq!(date.text, text);
        }
        for text in ["", "dd/mm/yyyy", "00/00/0000", "//", "31/02/1970", "x/y/1970"] {
            assert_eq!(birth_date(text), None, "{text}");
        }
    }

    #[test]
    fn several_things_in_one_text_are_parted() {
        assert_eq!(parts("(1) Russia (2) Ukraine"), ["Russia", "Ukraine"]);
        assert_eq!(parts("Asset freeze|Travel Ban"), ["Asset freeze", "Travel Ban"]);
        assert_eq!(parts("A (2) B"), ["A (2) B"]);
        assert_eq!(parts(" | ; "), [""; 0]);
    }

    #[test]
    fn labelled_fields_are_found_in_free_text() {
        let text =
            "(UK Sanctions List Ref):XYZ0001. Some text (see (above)). (Gender):Male (Website):example.org";
        let expected = [
            ("UK Sanctions List Ref", "XYZ0001. Some text (see (above))"),
            ("Gender", "Male"),
            ("Website", "example.org"),
        ];
        assert_eq!(labelled(text), expected);
        for text in ["", "):", "(): x", "(a", "a):b):c"] {
            let _ = labelled(text);
        }
    }

    #[test]
    fn a_document_is_of_the_country_its_words_begin_with() {
        assert_eq!(issuer("Mali passport").as_deref(), Some("Mali"));
        assert_eq!(issuer("South Sudan, issued 2011").as_deref(), Some("South Sudan"));
        assert_eq!(issuer("North Korea passport").as_deref(), Some("North Korea"));
        assert_eq!(issuer("expired").as_deref(), None);
    }
}
