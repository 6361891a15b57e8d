use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use tamis_model::{Entity, Subject};

/// What a customer or an entry said at one time, field by field, as salted hashes: enough to tell later that something
/// changed, and in which field, and nothing of what it said.
///
/// Hashes of single fields, such as a birth date, can be guessed by trying all of them. So the salt belongs to the personal data
/// of whoever keeps the print, and goes with it.
///
/// # Example
/// ```
/// use tamis_model::Subject;
/// use tamis_review::Print;
///
/// let before = Print::of_customer(&Subject::named("Anton Ivanov"), "f2a9");
/// assert!(before.changes(&before).is_empty());
/// let after = Print::of_customer(&Subject::named("Anton M. Ivanov"), before.salt());
/// assert_eq!(before.changes(&after), ["names"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// What is hashed before each value.
    salt: String,
    /// The hash of each field that says something.
    fields: BTreeMap<String, String>,
}

/// Of a subject, what is no part of the party: the caller's key, and the deal in question. What was not understood is one: a birth
/// date that newly appears and cannot be read may be that of the listed party.
const NOT_OF_THE_PARTY: [&str; 3] = ["id", "activity", "jurisdictions"];

impl Print {
    /// What `subject` says about the party itself.
    pub fn of_customer(subject: &Subject, salt: &str) -> Print {
        let mut said = members(subject);
        said.retain(|field, _| !NOT_OF_THE_PARTY.contains(&field.as_str()));
        Print::of(said, salt)
    }

    /// Everything that an entry says: names, what tells parties apart, measures with their programmes and dates.
    pub fn of_entry(entity: &Entity, salt: &str) -> Print {
        Print::of(members(entity), salt)
    }

    fn of(said: Map<String, Value>, salt: &str) -> Print {
        let hashed = |(field, value): (String, Value)| {
            let hash = hash(salt, &field, &canonical(&value));
            (field, hash)
        };
        Print {
            salt: salt.to_owned(),
            fields: said.into_iter().map(hashed).collect(),
        }
    }

    /// A print of which nothing is left.
    pub fn erased() -> Print {
        Print {
            salt: String::new(),
            fields: BTreeMap::new(),
        }
    }

    /// What was hashed before each value; a later print is made with the same one.
    pub fn salt(&self) -> &str {
        &self.salt
    }

    /// The fields in which a later print differs, by name; none where both say the same. Prints of different salts differ in
    /// every field.
    pub fn changes<'a>(&'a self, later: &'a Print) -> Vec<&'a str> {
        let fields = self.fields.keys().chain(later.fields.keys());
        let mut changed: Vec<&str> = fields
            .filter(|field| self.fields.get(*field) != later.fields.get(*field))
            .map(String::as_str)
            .collect();
        changed.sort_unstable();
        changed.dedup();
        changed
    }
}

/// The fields that say something. What cannot be written as JSON says something that is like nothing else, so that it never agrees by
/// accident; no type of the model gives rise to that.
fn members(value: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => members.into_iter().filter(|(_, value)| says(value)).collect(),
        Ok(other) => Map::from_iter([("value".to_owned(), other)]),
        Err(error) => Map::from_iter([("error".to_owned(), Value::String(error.to_string()))]),
    }
}

fn says(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => !values.is_empty(),
        _ => true,
    }
}

/// JSON that is the same for the same content: keys in order, values of lists in order and each once, since the order of names or
/// documents says nothing.
fn canonical(value: &Value) -> String {
    match value {
        Value::Array(values) => {
            let mut texts: Vec<String> = values.iter().map(canonical).collect();
            texts.sort_unstable();
            texts.dedup();
            format!("[{}]", texts.join(","))
        }
        Value::Object(members) => {
            let mut texts: Vec<String> = members
                .iter()
                .filter(|(_, value)| says(value))
                .map(|(key, value)| format!("{}:{}", Value::String(key.clone()), canonical(value)))
                .collect();
            texts.sort_unstable();
            format!("{{{}}}", texts.join(","))
        }
        other => other.to_string(),
    }
}

/// Each part is preceded by its length, so that no two different parts run together to the same bytes.
fn hash(salt: &str, field: &str, text: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [salt, field, text] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use tamis_model::{
        EntityKind, Identifier, IdentifierKind, Measure, Name, NameRole, Prohibition, SubjectName,
    };

    fn customer() -> Subject {
        let name = |text: &str| SubjectName {
            text: text.into(),
            parts: None,
        };
        Subject {
            id: Some("C-1".into()),
            names: vec![name("Anton Ivanov"), name("Антон Иванов")],
            identifiers: vec![Identifier::new(IdentifierKind::Passport, "750123456")],
            ..Subject::default()
        }
    }

    #[test]
    fn what_is_no_part_of_the_party_changes_nothing() {
        let print = Print::of_customer(&customer(), "s");
        let mut other = customer();
        other.id = Some("C-2".into());
        other.activity = Some(tamis_model::Activity::Export);
        other.jurisdictions = vec!["us".into()];
        other.names.reverse();
        assert!(print.changes(&Print::of_customer(&other, "s")).is_empty());
    }

    #[test]
    fn each_field_of_the_party_changes_the_print_under_its_name() {
        let print = Print::of_customer(&customer(), "s");
        let changed = |change: &dyn Fn(&mut Subject)| {
            let mut other = customer();
            change(&mut other);
            let later = Print::of_customer(&other, "s");
            print.changes(&later).join(",")
        };
        assert_eq!(changed(&|s| s.kind = Some(EntityKind::Person)), "kind");
        assert_eq!(
            changed(&|s| s.birth_date = tamis_model::BirthDate::parse("1990-01-26")),
            "birth_date"
        );
        assert_eq!(changed(&|s| s.identifiers[0].value.push('7')), "identifiers");
        assert_eq!(changed(&|s| s.names[0].text.push('a')), "names");
        assert_eq!(
            changed(&|s| {
                s.names.pop();
                s.identifiers.clear();
            }),
            "identifiers,names"
        );
    }

    #[test]
    fn a_measure_that_changes_its_programme_or_its_end_changes_the_entry() {
        let mut entity = Entity::new("demo", "1", EntityKind::Person);
        entity.names.push(Name::new("IVANOV, Anton", NameRole::Primary));
        entity
            .measures
            .push(Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze));
        let print = Print::of_entry(&entity, "s");
        entity.measures[0].to = Some(date(2026, 12, 31));
        assert_eq!(print.changes(&Print::of_entry(&entity, "s")), ["measures"]);
    }

    fn subject() -> impl Strategy<Value = Subject> {
        let words = prop::collection::vec("[A-Za-zА-я ]{1,12}", 1..4);
        let numbers = prop::collection::vec("[0-9]{3,9}", 0..4);
        let years = prop::option::of(1900..2020);
        (words, numbers, years, any::<bool>()).prop_map(|(words, numbers, year, person)| {
            let mut subject = Subject::named(words[0].clone());
            subject.names.extend(
                words
                    .iter()
                    .skip(1)
                    .map(|word| Subject::named(word.clone()).names.remove(0)),
            );
            subject.identifiers = numbers
                .iter()
                .map(|number| Identifier::new(IdentifierKind::Passport, number.clone()))
                .collect();
            subject.birth_date = year.and_then(|year: i32| tamis_model::BirthDate::parse(&year.to_string()));
            subject.kind = person.then_some(EntityKind::Person);
            subject
        })
    }

    /// The field that is changed, and how.
    type Change = (&'static str, fn(&mut Subject));

    /// A change of one screening field, each of another one.
    const CHANGES: [Change; 10] = [
        ("other_columns", |s| s.other_columns = Some("5e".into())),
        ("unused", |s| {
            s.unused
                .push("birth_date '1990-01-26 (per passport)' is not a date: not used".into())
        }),
        ("names", |s| s.names[0].text.push('ж')),
        ("names", |s| {
            s.names.push(Subject::named("Жанна 7").names.remove(0))
        }),
        ("identifiers", |s| {
            s.identifiers.push(Identifier::new(IdentifierKind::TaxId, "1"))
        }),
        ("birth_date", |s| {
            s.birth_date = tamis_model::BirthDate::parse("2021")
        }),
        ("gender", |s| s.gender = Some(tamis_model::Gender::Female)),
        ("kind", |s| s.kind = Some(EntityKind::Vessel)),
        ("customer_type", |s| s.customer_type = Some("retail".into())),
        ("birth_place", |s| {
            let place = tamis_model::Place {
                text: "Riga".into(),
                country: None,
            };
            s.birth_place = Some(place);
        }),
    ];

    proptest! {
        #[test]
        fn what_does_not_matter_never_ends_a_pair(before in subject(), turn in 0usize..4) {
            let mut after = before.clone();
            let names = after.names.len();
            after.names.rotate_left(turn % names);
            after.names.push(before.names[0].clone());
            after.identifiers.reverse();
            after.id = Some("other".into());
            after.activity = Some(tamis_model::Activity::Payment);
            after.jurisdictions = vec!["us".into()];
            let print = Print::of_customer(&before, "s");
            prop_assert!(print.changes(&Print::of_customer(&after, "s")).is_empty());
        }

        #[test]
        fn any_change_of_a_screening_field_ends_a_pair(before in subject(), at in 0..CHANGES.len()) {
            let (field, change) = CHANGES[at];
            let mut after = before.clone();
            change(&mut after);
            let print = Print::of_customer(&before, "s");
            let after = Print::of_customer(&after, "s");
            prop_assert_eq!(print.changes(&after), [field]);
        }
    }

    #[test]
    fn another_salt_says_nothing() {
        let one = Print::of_customer(&customer(), "s");
        let other = Print::of_customer(&customer(), "t");
        assert_eq!(one.changes(&other), ["identifiers", "names"]);
    }
}
