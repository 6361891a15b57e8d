use crate::{BirthDate, CountryCode, Measure};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a list entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// A natural person.
    Person,
    /// A company, a group, an agency: anything that acts under a name of its own.
    Organization,
    /// A ship.
    Vessel,
    /// An aircraft.
    Aircraft,
    /// Another asset that lists name by itself, such as a digital wallet.
    Asset,
}

impl EntityKind {
    /// The word used in files and tables: `person`, `organization`, `vessel`, `aircraft`, `asset`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Vessel => "vessel",
            EntityKind::Aircraft => "aircraft",
            EntityKind::Asset => "asset",
        }
    }

    /// Reads the words that customer files use for a kind (`person`, `individual`, `company`, `ship`, …),
    /// whatever their case; `None` when the word is not known.
    pub fn parse(word: &str) -> Option<EntityKind> {
        Some(match word.trim().to_lowercase().as_str() {
            "person" | "individual" | "natural person" | "natural_person" | "people" | "human" | "p"
            | "i" | "физлицо" => EntityKind::Person,
            "organization" | "organisation" | "company" | "entity" | "legal entity" | "legal_entity"
            | "corporate" | "corporation" | "business" | "firm" | "org" | "o" | "c" | "e" | "юрлицо" => {
                EntityKind::Organization
            }
            "vessel" | "ship" | "boat" => EntityKind::Vessel,
            "aircraft" | "plane" | "airplane" => EntityKind::Aircraft,
            "asset" | "wallet" | "crypto" | "cryptowallet" => EntityKind::Asset,
            _ => return None,
        })
    }
}

/// What part a name plays for its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameRole {
    /// The name under which the list files the entry.
    Primary,
    /// An "also known as" that identifies its owner well enough to alert by itself.
    StrongAlias,
    /// The name in its own script, where the list gives one.
    OriginalScript,
    /// A name used in the past. It alerts like a strong alias.
    Former,
    /// A broad or generic alias (OFAC FAQ 122, UN quality "Low"): it confirms a match, and alerts alone only
    /// where the policy says so.
    WeakAlias,
}

impl NameRole {
    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            NameRole::Primary => "primary",
            NameRole::StrongAlias => "strong alias",
            NameRole::OriginalScript => "original script",
            NameRole::Former => "former name",
            NameRole::WeakAlias => "weak alias",
        }
    }

    /// Whether a match of this name is an alert by itself.
    pub const fn is_strong(self) -> bool {
        !matches!(self, NameRole::WeakAlias)
    }
}

/// How well a fact is known. What is [`Confidence::Unverified`] never alerts by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// From memory or a single weak source; kept for analysts to check.
    Unverified,
    /// Reported by the press or a law firm, not seen in the official text.
    Press,
    /// Seen in the official list or text.
    #[default]
    Verified,
}

/// Where a fact comes from, and how far it can be trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What was read: a list with its date, a Federal Register page, a press article.
    pub title: String,
    /// How well the fact is known from it.
    #[serde(default)]
    pub confidence: Confidence,
}

/// One name of an entity, exactly as the list writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The text, untouched. `FAMILY, Given` order is kept where the list uses it.
    pub text: String,
    /// What part the name plays.
    pub role: NameRole,
    /// The list's own word for it (`a.k.a.`, `f.k.a.`, `Good`, `Low`), where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where the name comes from when that is not the list itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Name {
    /// A name from the list itself.
    pub fn new(text: impl Into<String>, role: NameRole) -> Name {
        Name {
            text: text.into(),
            role,
            label: None,
            source: None,
        }
    }

    /// How well the name is known; a name without a source of its own is as sure as its list.
    pub fn confidence(&self) -> Confidence {
        self.source
            .as_ref()
            .map_or(Confidence::Verified, |s| s.confidence)
    }
}

/// Male or female, as far as lists say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
}

impl Gender {
    /// Reads `m`, `male`, `f`, `female` and the like, whatever their case.
    pub fn parse(word: &str) -> Option<Gender> {
        match word.trim().to_lowercase().as_str() {
            "m" | "male" | "man" => Some(Gender::Male),
            "f" | "female" | "woman" | "w" => Some(Gender::Female),
            _ => None,
        }
    }

    /// `male` or `female`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Gender::Male => "male",
            Gender::Female => "female",
        }
    }
}

/// A place of birth as the list writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The whole text, such as `Tver, Russia`.
    pub text: String,
    /// The country in it, where one is recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<CountryCode>,
}

/// How an entity belongs to a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountryRelation {
    /// Nationality.
    Nationality,
    /// Citizenship, where a list tells it apart from nationality.
    Citizenship,
    /// An address in the country.
    Address,
    /// Residence.
    Residence,
    /// Registered or incorporated there.
    Registration,
    /// A vessel's or aircraft's flag.
    Flag,
    /// The country of the list's row or the customer's record, with no word on how.
    Unspecified,
}

/// A country with its relation to the entity or subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountryLink {
    /// How they belong together.
    pub relation: CountryRelation,
    /// The country as written.
    pub text: String,
    /// Its code, where the text is understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CountryCode>,
}

impl CountryLink {
    /// Links to the country that `text` names (a name or a code), keeping the text as written.
    pub fn new(relation: CountryRelation, text: impl Into<String>) -> CountryLink {
        let text = text.into();
        let code = crate::country_code(&text);
        CountryLink { relation, text, code }
    }
}

/// What an identifier is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// A passport number.
    Passport,
    /// A national identity number or card.
    NationalId,
    /// A tax number.
    TaxId,
    /// A company registration number.
    Registration,
    /// An International Maritime Organization ship or company number.
    Imo,
    /// A Maritime Mobile Service Identity.
    Mmsi,
    /// A ship's call sign.
    CallSign,
    /// An aircraft's tail number (registration mark).
    TailNumber,
    /// An aircraft's serial or construction number.
    AircraftSerial,
    /// A SWIFT/BIC code (ISO 9362).
    Bic,
    /// An account number or IBAN.
    Account,
    /// A Legal Entity Identifier (ISO 17442).
    Lei,
    /// A D-U-N-S number.
    Duns,
    /// A digital currency address.
    Wallet,
    /// An e-mail address.
    Email,
    /// A website.
    Website,
    /// A telephone or fax number.
    Phone,
    /// Anything else; the label says what.
    Other,
}

impl IdentifierKind {
    /// The word used in files, options and tables.
    pub const fn as_str(&self) -> &'static str {
        match self {
            IdentifierKind::Passport => "passport",
            IdentifierKind::NationalId => "national_id",
            IdentifierKind::TaxId => "tax_id",
            IdentifierKind::Registration => "registration",
            IdentifierKind::Imo => "imo",
            IdentifierKind::Mmsi => "mmsi",
            IdentifierKind::CallSign => "call_sign",
            IdentifierKind::TailNumber => "tail_number",
            IdentifierKind::AircraftSerial => "aircraft_serial",
            IdentifierKind::Bic => "bic",
            IdentifierKind::Account => "account",
            IdentifierKind::Lei => "lei",
            IdentifierKind::Duns => "duns",
            IdentifierKind::Wallet => "wallet",
            IdentifierKind::Email => "email",
            IdentifierKind::Website => "website",
            IdentifierKind::Phone => "phone",
            IdentifierKind::Other => "other",
        }
    }

    /// Reads a kind as customers write it (`passport`, `inn`, `tax id`, `lei`, …), whatever its case.
    pub fn parse(word: &str) -> Option<IdentifierKind> {
        let word: String = word
            .trim()
            .to_lowercase()
            .chars()
            .map(|c| if c == ' ' || c == '-' { '_' } else { c })
            .collect();
        Some(match word.trim_end_matches("_no").trim_end_matches("_number") {
            "passport" => IdentifierKind::Passport,
            "national_id" | "id" | "id_card" | "identity_card" | "nationalid" => IdentifierKind::NationalId,
            "tax_id" | "tax" | "tin" | "inn" | "vat" | "ein" | "taxid" => IdentifierKind::TaxId,
            "registration" | "company" | "reg" | "ogrn" | "registration_id" | "crn" => {
                IdentifierKind::Registration
            }
            "imo" => IdentifierKind::Imo,
            "mmsi" => IdentifierKind::Mmsi,
            "call_sign" | "callsign" => IdentifierKind::CallSign,
            "tail" | "tailnumber" => IdentifierKind::TailNumber,
            "aircraft_serial" | "msn" => IdentifierKind::AircraftSerial,
            "bic" | "swift" | "swift_bic" => IdentifierKind::Bic,
            "account" | "iban" => IdentifierKind::Account,
            "lei" => IdentifierKind::Lei,
            "duns" => IdentifierKind::Duns,
            "wallet" | "crypto" | "digital_currency_address" => IdentifierKind::Wallet,
            "email" | "e_mail" => IdentifierKind::Email,
            "website" | "url" | "web" | "domain" => IdentifierKind::Website,
            "phone" | "telephone" | "fax" => IdentifierKind::Phone,
            "other" => IdentifierKind::Other,
            _ => return None,
        })
    }
}

/// A number or address that belongs to one party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// What it is.
    pub kind: IdentifierKind,
    /// The value as written.
    pub value: String,
    /// The issuing country as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The list's own words for the kind, and anything it says beside the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where the identifier comes from when that is not the list itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Identifier {
    /// An identifier with its value as written.
    pub fn new(kind: IdentifierKind, value: impl Into<String>) -> Identifier {
        Identifier {
            kind,
            value: value.into(),
            country: None,
            label: None,
            source: None,
        }
    }
}

/// A postal address, as far as the list splits it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street lines, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<String>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// State, province or region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    /// Country as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// What the list says about the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Address {
    /// The parts in reading order, joined by `, `.
    pub fn one_line(&self) -> String {
        let lines = self.lines.iter();
        let rest = [&self.city, &self.region, &self.postal_code, &self.country]
            .into_iter()
            .flatten();
        lines
            .chain(rest)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What one party is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationRole {
    /// The other party owns a share of this one.
    OwnedBy,
    /// This party owns a share of the other.
    Owns,
    /// This person sits on the other party's board.
    Director,
    /// This person is an executive of the other party.
    Officer,
    /// This party belongs to the same group as the other; the share is not known.
    Affiliate,
    /// This party continues the other's business.
    SuccessorOf,
    /// The other party continues this one's business.
    PredecessorOf,
    /// This party distributes the other's products.
    DistributorOf,
    /// The list says "Linked To": neither an alias nor ownership, and it never blocks by itself.
    LinkedTo,
    /// A family member.
    Family,
    /// Co-founder of the other party.
    Founder,
    /// Something else; the note says what.
    Other,
}

/// A tie from one entity to another party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What this entity is to the other party.
    pub role: RelationRole,
    /// The other party's name as written.
    pub other: String,
    /// The other party's entity id, where it is listed too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_id: Option<String>,
    /// The share in per cent, as an exact decimal (`50.00`); `None` is unknown, never zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// What else is said, such as the title held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Where the relation comes from when that is not the list itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A statement that a named party is *not* listed by a regime, so that a clear answer can be explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotListed {
    /// The regime in question (`us`, `eu`, `uk`, …).
    pub regime: String,
    /// What was checked, when, and what a reader may confuse.
    pub statement: String,
    /// What was read.
    pub source: Source,
}

/// One entry of a list: a party, everything the list says of it, and what is prohibited.
///
/// An entity without measures may still be useful: it can say why a name that sounds listed is not
/// ([`Entity::not_listed`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// The list it stands on, such as `ofac-sdn`.
    pub list: String,
    /// The list's own number for it, such as `45815` or `QDi.006`.
    pub native_id: String,
    /// What it is.
    pub kind: EntityKind,
    /// Whether the list does not say what it is, and `kind` is a guess: then it never speaks against a match.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kind_is_assumed: bool,
    /// Its names; a reader guarantees at least one, the primary name first.
    pub names: Vec<Name>,
    /// Its birth dates, as many as the list gives. For organisations: establishment dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth_dates: Vec<BirthDate>,
    /// Its places of birth.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth_places: Vec<Place>,
    /// Its countries, each with the relation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryLink>,
    /// Its gender, where the list says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Its documents, numbers and wallets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Its addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// What is prohibited, by whom, since when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<Measure>,
    /// Its ties to other parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// Titles and positions, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<String>,
    /// Where it is named without being listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_listed: Vec<NotListed>,
    /// Everything else the list says: nothing is dropped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Entity {
    /// An entity with nothing but its identity.
    pub fn new(list: impl Into<String>, native_id: impl Into<String>, kind: EntityKind) -> Entity {
        Entity {
            list: list.into(),
            native_id: native_id.into(),
            kind,
            kind_is_assumed: false,
            names: Vec::new(),
            birth_dates: Vec::new(),
            birth_places: Vec::new(),
            countries: Vec::new(),
            gender: None,
            identifiers: Vec::new(),
            addresses: Vec::new(),
            measures: Vec::new(),
            relations: Vec::new(),
            positions: Vec::new(),
            not_listed: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// `<list>:<native id>`: unique over all lists, stable over versions of a list.
    pub fn id(&self) -> String {
        format!("{}:{}", self.list, self.native_id)
    }

    /// The primary name, or the first one, or the empty string.
    pub fn primary_name(&self) -> &str {
        let primary = self.names.iter().find(|n| n.role == NameRole::Primary);
        primary.or(self.names.first()).map_or("", |n| n.text.as_str())
    }
}
