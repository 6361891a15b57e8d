//! A party of the EU's consolidated list of financial sanctions (FSF), from elements and attributes of the
//! XML schema 1.1. The CSV form has the same fields and is read as the same elements.
//!
//! Not kept, because they say nothing of the party: the `logicalId` of a detail and the language of the
//! regulation that a detail was taken from. Of the regulations of details each one is kept once.

use crate::births;
use crate::eu_programmes::eu_measure;
use crate::file::{WARNING, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::ofac_csv::put_address;
use crate::un_alias::says_former;
use crate::xml::Node;
use jiff::civil::Date;
use std::collections::BTreeSet;
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Gender, Identifier, IdentifierKind, Name,
    NameRole, Place, Remark, country_code,
};

/// The id of the list, in whatever form it is read.
pub(crate) const LIST: &str = "eu";

/// The title of the list.
pub(crate) const TITLE: &str = "European Union Consolidated List of Financial Sanctions";

/// An entry while its details are read.
#[derive(Debug)]
pub(crate) struct Entry {
    entity: Entity,
    names: Vec<Name>,
    /// The word for its kind, as long as none is known.
    unknown_kind: Option<String>,
    /// Programmes with the acts that list the party under them, in words.
    programmes: Vec<(String, Vec<String>)>,
    /// The regulations that details were taken from.
    acts: BTreeSet<String>,
    designated: Option<Date>,
    delisted: Option<Date>,
    /// The earliest day that a regulation of the entry or of a detail was published.
    earliest: Option<Date>,
}

impl Entry {
    /// An entry of the attributes of `node`, a `sanctionEntity`, without its children.
    pub(crate) fn of(node: &Node, native_id: &str, remarks: &mut Vec<Remark>) -> Entry {
        let mut entry = Entry {
            entity: Entity::new(LIST, native_id, EntityKind::Organization),
            names: Vec::new(),
            unknown_kind: Some(String::new()),
            programmes: Vec::new(),
            acts: BTreeSet::new(),
            designated: None,
            delisted: None,
            earliest: None,
        };
        if let Some(logical) = node.attribute("logicalId").filter(|id| id != native_id) {
            entry.note("Logical id", Some(logical));
        }
        entry.note("United Nations id", node.attribute("unitedNationId"));
        entry.note("Designation", node.attribute("designationDetails"));
        entry.designated = entry.day(node, "designationDate", remarks);
        entry.delisted = entry.day(node, "delistingDate", remarks);
        entry
    }

    /// Reads one child of a `sanctionEntity`.
    pub(crate) fn put(&mut self, node: &Node, remarks: &mut Vec<Remark>) {
        match node.name.as_str() {
            "remark" => self.entity.notes.extend(node.words()),
            "additionalInformation" => self.additional("Additional information", node),
            "regulation" => self.regulation(node, remarks),
            "subjectType" => self.subject_type(node, remarks),
            "nameAlias" => self.name(node, remarks),
            "citizenship" => self.citizenship(node),
            "birthdate" => self.birth(node, remarks),
            "address" => self.address(node),
            "identification" => self.identification(node),
            other => self.note(other, node.words()),
        }
    }

    /// The entity, with its primary name first and its measure; the error is a name that no name can match.
    pub(crate) fn finish(
        mut self,
        kinds: &mut UnknownKinds,
        remarks: &mut Vec<Remark>,
    ) -> Result<Entity, String> {
        let Some(primary) = self.primary() else {
            return Err(String::new());
        };
        let mut name = self.names.remove(primary);
        if name.role == NameRole::WeakAlias {
            let text = "all names are weak aliases; the first one is taken as the primary name";
            remarks.push(remark(self.entity.id(), text));
        }
        name.role = NameRole::Primary;
        self.entity.names.push(name);
        self.entity.names.append(&mut self.names);
        if let Some(word) = &self.unknown_kind {
            kinds.add(word, &mut self.entity);
        }
        self.measures(remarks);
        for act in std::mem::take(&mut self.acts) {
            self.note("Details from", Some(act));
        }
        Ok(self.entity)
    }

    /// Which name the entry is filed under: the first strong one in Latin letters, else the first strong one.
    fn primary(&self) -> Option<usize> {
        let place = |role| self.names.iter().position(|name| name.role == role);
        let by_role = [
            NameRole::StrongAlias,
            NameRole::OriginalScript,
            NameRole::Former,
            NameRole::WeakAlias,
        ];
        by_role.into_iter().find_map(place)
    }

    /// One measure for each programme; an entry of which none is known is frozen all the same.
    fn measures(&mut self, remarks: &mut Vec<Remark>) {
        let mut programmes = std::mem::take(&mut self.programmes);
        if programmes.is_empty() {
            programmes.push((String::new(), Vec::new()));
        }
        for (programme, acts) in programmes {
            let (mut measure, known) = eu_measure(&programme);
            if !known {
                let text = format!("programme '{programme}' is not known; an asset freeze is assumed");
                remarks.push(remark(self.entity.id(), text));
            }
            measure.from = self.designated.or(self.earliest);
            measure.to = self.delisted.and_then(|day| day.yesterday().ok());
            measure.detail = (!acts.is_empty()).then(|| format!("listed by {}", acts.join("; ")));
            self.entity.measures.push(measure);
        }
    }

    fn note(&mut self, what: &str, text: Option<String>) {
        self.entity
            .notes
            .extend(text.map(|text| format!("{what}: {text}")));
    }

    fn additional(&mut self, what: &str, node: &Node) {
        let [key, value] = ["key", "value"].map(|name| node.attribute(name).unwrap_or_default());
        let text = format!("{key} {value}").trim().to_owned();
        self.note(what, Some(text).filter(|text| !text.is_empty()));
    }

    /// An attribute that is a day; what is none is kept as a note.
    fn day(&mut self, node: &Node, name: &str, remarks: &mut Vec<Remark>) -> Option<Date> {
        let text = node.attribute(name)?;
        let day = day(&text);
        if day.is_none() {
            let words = format!("{name} '{text}' is not a date; kept as a note");
            remarks.push(remark(self.entity.id(), words));
            self.note(name, Some(text));
        }
        day
    }

    fn regulation(&mut self, node: &Node, remarks: &mut Vec<Remark>) {
        let programme = node.attribute("programme").unwrap_or_default();
        let forced = self.day(node, "entryIntoForceDate", remarks);
        self.earlier(forced);
        let act = self.act(node);
        let day = node
            .attribute("entryIntoForceDate")
            .map(|day| format!("in force {day}"));
        let act = joined([act, day], ", ");
        match self.programmes.iter_mut().find(|(known, _)| *known == programme) {
            Some((_, acts)) => acts.extend(act),
            None => self.programmes.push((programme, act.into_iter().collect())),
        }
        self.note("Regulation", node.get("publicationUrl"));
        for child in &node.children {
            match child.name.as_str() {
                "publicationUrl" => {}
                "corrigendum" => {
                    let act = self.act(child);
                    self.note("Corrigendum", act);
                }
                "additionalInformation" => self.additional("Regulation, additional information", child),
                _ => self.note("Regulation", child.words()),
            }
        }
    }

    /// A regulation in words, and its day of publication.
    fn act(&mut self, node: &Node) -> Option<String> {
        let published = node.attribute("publicationDate");
        self.earlier(published.as_deref().and_then(day));
        let words = [
            node.attribute("organisationType"),
            node.attribute("regulationType"),
            node.attribute("numberTitle"),
            published.map(|day| format!("of {day}")),
            node.attribute("publicationUrl"),
        ];
        joined(words, " ")
    }

    fn earlier(&mut self, day: Option<Date>) {
        self.earliest = self.earliest.into_iter().chain(day).min();
    }

    fn subject_type(&mut self, node: &Node, remarks: &mut Vec<Remark>) {
        let [code, class] =
            ["code", "classificationCode"].map(|name| node.attribute(name).unwrap_or_default());
        let known = match (code.to_lowercase().as_str(), class.as_str()) {
            ("person", _) => Some(EntityKind::Person),
            ("enterprise" | "entity" | "organisation" | "group", _) => Some(EntityKind::Organization),
            ("vessel" | "ship", _) => Some(EntityKind::Vessel),
            ("aircraft", _) => Some(EntityKind::Aircraft),
            (_, "P") => Some(EntityKind::Person),
            (_, "E") => Some(EntityKind::Organization),
            _ => None,
        };
        let Some(kind) = known else {
            let text = format!("the subject type '{code}' is not known");
            remarks.push(remark(self.entity.id(), text));
            self.note("Subject type", Some(code.clone()));
            self.unknown_kind = self.unknown_kind.take().map(|_| code);
            return;
        };
        self.entity.kind = kind;
        self.unknown_kind = None;
    }

    /// What every detail may have: a remark, additional information, the regulation it was taken from.
    fn about(&mut self, what: &str, node: &Node) {
        for child in &node.children {
            match child.name.as_str() {
                "regulationSummary" => {
                    let act = self.act(child);
                    self.acts.extend(act);
                }
                "remark" => self.note(&format!("{what}, remark"), child.words()),
                "additionalInformation" => self.additional(&format!("{what}, additional information"), child),
                "contactInfo" => {}
                other => self.note(&format!("{what}, {other}"), child.words()),
            }
        }
    }

    fn name(&mut self, node: &Node, remarks: &mut Vec<Remark>) {
        let parts = ["firstName", "middleName", "lastName"].map(|name| node.attribute(name));
        let whole = node.attribute("wholeName");
        let joined_parts = joined(parts, " ");
        let text = whole.clone().or(joined_parts.clone()).unwrap_or_default();
        if let (Some(whole), Some(parts)) = (&whole, joined_parts)
            && !has_words_of(whole, &parts)
        {
            self.note(&format!("Name {whole}, its parts"), Some(parts));
        }
        for field in ["title", "function"] {
            let position = node.attribute(field);
            let fresh = position.filter(|text| !self.entity.positions.contains(text));
            self.entity.positions.extend(fresh);
        }
        self.gender(node, &text, remarks);
        if usable_name(&text) {
            self.push_name(node, text.clone());
        } else {
            let words = format!("{WARNING}alias '{text}' is no usable name; not kept");
            remarks.push(remark(self.entity.id(), words));
        }
        self.about(&format!("Name {text}"), node);
    }

    /// Keeps a name; one that is there already, as a language has it, gets the other language's label too.
    fn push_name(&mut self, node: &Node, text: String) {
        let said = node.children.iter().filter(|child| child.name == "remark");
        let said: Vec<String> = said
            .filter_map(Node::words)
            .map(|words| words.to_lowercase())
            .collect();
        let weak =
            is(node, "strong") == Some(false) || said.iter().any(|words| words.contains("low quality"));
        let former = said
            .iter()
            .any(|words| says_former(words) || words.starts_with("f.k.a"));
        let role = match () {
            () if weak => NameRole::WeakAlias,
            () if former => NameRole::Former,
            () if is_latin(&text) => NameRole::StrongAlias,
            () => NameRole::OriginalScript,
        };
        let quality = node
            .attribute("strong")
            .map(|_| if weak { "weak" } else { "strong" }.to_owned());
        let language = node.attribute("nameLanguage");
        let known = self
            .names
            .iter_mut()
            .find(|name| name.text == text && name.role == role);
        if let Some(name) = known {
            name.label = joined([name.label.take(), language], ", ");
            return;
        }
        let mut name = Name::new(text, role);
        name.label = joined([quality, language], ", ");
        self.names.push(name);
    }

    fn gender(&mut self, node: &Node, name: &str, remarks: &mut Vec<Remark>) {
        let Some(word) = node.attribute("gender").filter(|word| word != "?") else {
            return;
        };
        let read = Gender::parse(&word);
        if read.is_some() && self.entity.gender.is_none_or(|known| Some(known) == read) {
            self.entity.gender = read;
            return;
        }
        let text = format!("gender '{word}' of '{name}' is unknown or contradicts another; kept as a note");
        remarks.push(remark(self.entity.id(), text));
        self.note("Gender", Some(format!("{word} ({name})")));
    }

    fn citizenship(&mut self, node: &Node) {
        let country = country(node);
        if let Some((text, code)) = &country {
            let link = CountryLink {
                relation: CountryRelation::Citizenship,
                text: text.clone(),
                code: code.as_deref().and_then(country_code).or(country_code(text)),
            };
            if !self.entity.countries.contains(&link) {
                self.entity.countries.push(link);
            }
        }
        let what = country.map_or("Citizenship".to_owned(), |(text, _)| {
            format!("Citizenship {text}")
        });
        for (name, words) in [
            ("region", "region"),
            ("acquisitionDate", "acquired"),
            ("disenfranchisementDate", "lost"),
        ] {
            self.note(&format!("{what}, {words}"), node.attribute(name));
        }
        self.about(&what, node);
    }

    fn birth(&mut self, node: &Node, remarks: &mut Vec<Remark>) {
        let texts = birth_texts(node);
        let calendar = node.attribute("calendarType").filter(|name| name != "GREGORIAN");
        for text in &texts {
            let told = match &calendar {
                None => births::put("Birth date", text, &mut self.entity),
                Some(calendar) => {
                    let said = format!("{text}, calendar {calendar}");
                    vec![births::put_unread(&said, &mut self.entity)]
                }
            };
            remarks.extend(told.into_iter().map(|text| remark(self.entity.id(), text)));
        }
        let country = country(node);
        let place = joined(
            [
                node.attribute("place"),
                node.attribute("zipCode"),
                node.attribute("city"),
                node.attribute("region"),
                country.as_ref().map(|(text, _)| text.clone()),
            ],
            ", ",
        );
        if let Some(text) = place {
            let code = country
                .and_then(|(text, code)| code.as_deref().and_then(country_code).or(country_code(&text)));
            let place = Place { text, country: code };
            if !self.entity.birth_places.contains(&place) {
                self.entity.birth_places.push(place);
            }
        }
        self.about("Birth", node);
    }

    fn address(&mut self, node: &Node) {
        let listing =
            (is(node, "asAtListingTime") == Some(true)).then(|| "as at the time of listing".to_owned());
        let code = country(node);
        let box_line = node.attribute("poBox").map(|number| format!("PO Box {number}"));
        let address = Address {
            lines: [node.attribute("street"), box_line, node.attribute("place")]
                .into_iter()
                .flatten()
                .collect(),
            city: node.attribute("city"),
            region: node.attribute("region"),
            postal_code: node.attribute("zipCode"),
            country: code.map(|(text, _)| text),
            note: None,
        };
        if address != Address::default() {
            put_address(
                Address {
                    note: listing,
                    ..address
                },
                &mut self.entity,
            );
        }
        for contact in node.children.iter().filter(|child| child.name == "contactInfo") {
            self.contact(contact);
        }
        self.about("Address", node);
    }

    fn contact(&mut self, node: &Node) {
        let key = node.attribute("key").unwrap_or_default();
        let Some(value) = node.attribute("value") else {
            return;
        };
        let has = |words: &[&str]| words.iter().any(|word| key.to_lowercase().contains(word));
        let kind = match () {
            () if has(&["mail"]) => IdentifierKind::Email,
            () if has(&["web", "url", "site"]) => IdentifierKind::Website,
            () if has(&["phone", "fax", "mobile", "tel"]) => IdentifierKind::Phone,
            () if has(&["swift", "bic"]) => IdentifierKind::Bic,
            () if has(&["imo"]) => IdentifierKind::Imo,
            () => {
                self.note(&format!("Contact, {key}"), Some(value));
                return;
            }
        };
        let mut id = Identifier::new(kind, value);
        id.label = Some(key);
        if !self.entity.identifiers.contains(&id) {
            self.entity.identifiers.push(id);
        }
    }

    fn identification(&mut self, node: &Node) {
        let [code, description] = ["identificationTypeCode", "identificationTypeDescription"]
            .map(|name| node.attribute(name).unwrap_or_default());
        let kind = identifier_kind(&code, &description);
        let said = if description.is_empty() { code } else { description };
        let words = joined([Some(said.clone()), document_words(node)], "; ");
        let numbers = [node.attribute("number"), node.attribute("latinNumber")];
        let mut numbers: Vec<String> = numbers.into_iter().flatten().collect();
        numbers.dedup();
        if numbers.is_empty() {
            self.note("Document without a number", words.clone());
        }
        for number in numbers {
            let mut id = Identifier::new(kind.clone(), number);
            id.country = country(node).map(|(text, _)| text);
            id.label.clone_from(&words);
            self.entity.identifiers.push(id);
        }
        self.about(&said, node);
    }
}

/// What is said of a document beside its number.
fn document_words(node: &Node) -> Option<String> {
    let flags = [
        ("diplomatic", "diplomatic"),
        ("knownExpired", "known to be expired"),
        ("knownFalse", "known to be false"),
        ("reportedLost", "reported lost"),
        ("revokedByIssuer", "revoked by the issuer"),
    ];
    let texts = [
        ("issuedBy", "issued by"),
        ("issueDate", "issued"),
        ("validFrom", "valid from"),
        ("validTo", "valid to"),
        ("region", "region"),
        ("nameOnDocument", "in the name of"),
    ];
    let flags = flags.iter().filter(|(name, _)| is(node, name) == Some(true));
    let flags = flags.map(|(_, words)| (*words).to_owned());
    let texts = texts
        .iter()
        .filter_map(|(name, words)| Some(format!("{words} {}", node.attribute(name)?)));
    joined(flags.chain(texts).map(Some), "; ")
}

/// The kind of a document by the code of its type, and where that is not known by its description.
fn identifier_kind(code: &str, description: &str) -> IdentifierKind {
    let text = format!("{code} {description}").to_lowercase();
    let kinds: [(&[&str], IdentifierKind); 12] = [
        (&["passport", "travel document"], IdentifierKind::Passport),
        (&["swift", "bic"], IdentifierKind::Bic),
        (&["imo"], IdentifierKind::Imo),
        (&["lei", "legal entity identifier"], IdentifierKind::Lei),
        (&["iban", "account"], IdentifierKind::Account),
        (&["email", "e-mail"], IdentifierKind::Email),
        (&["website", "web"], IdentifierKind::Website),
        (&["phone", "fax"], IdentifierKind::Phone),
        (&["fiscalcode", "fiscal", "tax", "vat"], IdentifierKind::TaxId),
        (
            &[
                "id",
                "ssn",
                "national identification",
                "identity card",
                "social security",
            ],
            IdentifierKind::NationalId,
        ),
        (
            &[
                "regnumber",
                "registration",
                "tradelic",
                "trade licence",
                "trade license",
            ],
            IdentifierKind::Registration,
        ),
        (&["other"], IdentifierKind::Other),
    ];
    let says = |words: &[&str]| words.iter().any(|word| has_phrase(&text, word));
    let found = kinds.into_iter().find(|(words, _)| says(words));
    found.map_or(IdentifierKind::Other, |(_, kind)| kind)
}

/// Whether `phrase` stands in `text` as whole words.
fn has_phrase(text: &str, phrase: &str) -> bool {
    let ends = |part: &str, at_end: bool| {
        let next = if at_end {
            part.chars().next_back()
        } else {
            part.chars().next()
        };
        next.is_none_or(|c| !c.is_alphanumeric())
    };
    text.match_indices(phrase).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        ends(before, true) && ends(rest.get(phrase.len()..).unwrap_or_default(), false)
    })
}

/// The dates of a `birthdate`, as [`BirthDate::parse`] reads them: the date, else its parts, and a range.
fn birth_texts(node: &Node) -> Vec<String> {
    let number = |name: &str| node.attribute(name).filter(|text| text != "0");
    let parts = match (number("year"), number("monthOfYear"), number("dayOfMonth")) {
        (Some(year), Some(month), Some(day)) => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        (Some(year), Some(month), None) => Some(format!("{year}-{month:0>2}")),
        (Some(year), None, _) => Some(year),
        (None, _, _) => None,
    };
    let range = match (number("yearRangeFrom"), number("yearRangeTo")) {
        (Some(from), Some(to)) if from == to => Some(from),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        // One end says when it was at the earliest, or the latest: that is no year of birth.
        (from, to) => from
            .map(|year| format!("from {year}"))
            .or(to.map(|year| format!("to {year}"))),
    };
    let circa = if is(node, "circa") == Some(true) {
        "circa "
    } else {
        ""
    };
    let date = node.attribute("birthdate").or(parts);
    let texts = date.into_iter().chain(range);
    texts.map(|text| format!("{circa}{text}")).collect()
}

/// The words of a country and its code, `None` where the list says that it is not known.
fn country(node: &Node) -> Option<(String, Option<String>)> {
    let code = node.attribute("countryIso2Code").filter(|code| code != "00");
    let words = node
        .attribute("countryDescription")
        .filter(|words| words != "UNKNOWN");
    let text = words.or(code.clone())?;
    Some((text, code))
}

/// An attribute that is true or false.
fn is(node: &Node, name: &str) -> Option<bool> {
    let text = node.attribute(name)?.to_lowercase();
    match text.as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

/// A day, also where a time of day or a zone follows it: `2014-03-21`, `2014-03-21+01:00`, `21/03/2014`.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = text.get(..10)?;
    let day_first = || {
        let (day, rest) = text.split_once('/')?;
        let (month, year) = rest.split_once('/')?;
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    text.parse().ok().or_else(day_first)
}

fn joined(parts: impl IntoIterator<Item = Option<String>>, by: &str) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(by))
}

/// Whether each word of `parts` stands in `whole`.
fn has_words_of(whole: &str, parts: &str) -> bool {
    let whole: Vec<String> = whole.split_whitespace().map(str::to_lowercase).collect();
    parts
        .split_whitespace()
        .all(|part| whole.contains(&part.to_lowercase()))
}

/// Whether a name is in Latin letters; one without letters counts as such.
pub(crate) fn is_latin(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let latin = letters().filter(|c| u32::from(*c) < 0x370 || (0x1e00..0x1f00).contains(&u32::from(*c)));
    latin.count() * 2 >= letters().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_told_by_code_and_then_by_description() {
        let kind = |code, description| identifier_kind(code, description).as_str();
        assert_eq!(kind("passport", "National passport"), "passport");
        assert_eq!(kind("id", "National identification card"), "national_id");
        assert_eq!(kind("ssn", "Social Security Number"), "national_id");
        assert_eq!(kind("fiscalcode", "Fiscal code"), "tax_id");
        assert_eq!(kind("regnumber", "Registration Number"), "registration");
        assert_eq!(kind("swiftbic", "SWIFT/BIC"), "bic");
        assert_eq!(kind("imo", "International Maritime Organization"), "imo");
        assert_eq!(kind("electionid", "Election id"), "national_id");
        assert_eq!(kind("other", "Other identification number"), "other");
        assert_eq!(kind("idea", "widening"), "other");
    }

    #[test]
    fn days_may_have_a_time_and_a_zone() {
        let read = |text| day(text).map(|day| day.to_string());
        assert_eq!(read("2014-03-21").as_deref(), Some("2014-03-21"));
        assert_eq!(
            read("2014-03-21T10:00:00.000+01:00").as_deref(),
            Some("2014-03-21")
        );
        assert_eq!(read("2014-03-21+01:00").as_deref(), Some("2014-03-21"));
        assert_eq!(read("21/03/2014").as_deref(), Some("2014-03-21"));
        for none in ["", "2014", "03/21/2014", "2014-02-30", "21.03.2014", "ééééé"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn latin_letters_with_marks_are_latin() {
        for latin in ["Šešelj", "Nguyễn", "7", "", "Kaspersky Лаб-"] {
            assert!(is_latin(latin), "{latin}");
        }
        for other in ["Пример", "مثال", "Παράδειγμα", "样本"] {
            assert!(!is_latin(other), "{other}");
        }
    }
}
