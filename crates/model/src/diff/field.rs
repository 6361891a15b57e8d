use serde::{Deserialize, Serialize};

/// What a change may do, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeEffect {
    /// Other words in a note; nothing that is read by a program.
    Wording,
    /// What is shown with the entry and decides nothing.
    Facts,
    /// What decides whether a customer alerts, how well, and under which measure.
    Screening,
}

impl ChangeEffect {
    /// The word used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            ChangeEffect::Wording => "wording",
            ChangeEffect::Facts => "facts",
            ChangeEffect::Screening => "screening",
        }
    }
}

/// A field of an entry, as versions of the entry are compared by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryField {
    /// The kind of party.
    Kind,
    /// The names, each with its role, label and source.
    Names,
    /// The dates of birth.
    BirthDates,
    /// The places of birth.
    BirthPlaces,
    /// The countries the party is linked with.
    Countries,
    /// The countries of its addresses: all of an address that is compared with a customer.
    AddressCountries,
    /// The gender.
    Gender,
    /// Documents, numbers and wallets.
    Identifiers,
    /// The measures, each whole.
    Measures,
    /// The addresses.
    Addresses,
    /// Owners, officers, relatives.
    Relations,
    /// Offices and functions.
    Positions,
    /// Regimes that are said not to list the party.
    NotListed,
    /// The notes.
    Notes,
}

impl EntryField {
    /// Every field, in the order in which changes are told.
    pub const ALL: [EntryField; 14] = [
        EntryField::Kind,
        EntryField::Names,
        EntryField::BirthDates,
        EntryField::BirthPlaces,
        EntryField::Countries,
        EntryField::AddressCountries,
        EntryField::Gender,
        EntryField::Identifiers,
        EntryField::Measures,
        EntryField::Addresses,
        EntryField::Relations,
        EntryField::Positions,
        EntryField::NotListed,
        EntryField::Notes,
    ];

    /// The one list of what the fields are called and what their changes may do. Tests hold it against screening
    /// itself: nothing that is not marked here as [`ChangeEffect::Screening`] changes a score.
    const fn about(self) -> (&'static str, ChangeEffect) {
        match self {
            EntryField::Kind => ("kind", ChangeEffect::Screening),
            EntryField::Names => ("names", ChangeEffect::Screening),
            EntryField::BirthDates => ("birth_dates", ChangeEffect::Screening),
            EntryField::BirthPlaces => ("birth_places", ChangeEffect::Screening),
            EntryField::Countries => ("countries", ChangeEffect::Screening),
            EntryField::AddressCountries => ("address_countries", ChangeEffect::Screening),
            EntryField::Gender => ("gender", ChangeEffect::Screening),
            EntryField::Identifiers => ("identifiers", ChangeEffect::Screening),
            EntryField::Measures => ("measures", ChangeEffect::Screening),
            EntryField::Addresses => ("addresses", ChangeEffect::Facts),
            EntryField::Relations => ("relations", ChangeEffect::Facts),
            EntryField::Positions => ("positions", ChangeEffect::Facts),
            EntryField::NotListed => ("not_listed", ChangeEffect::Facts),
            EntryField::Notes => ("notes", ChangeEffect::Wording),
        }
    }

    /// The name used in tables and columns.
    pub const fn as_str(self) -> &'static str {
        self.about().0
    }

    /// What a change in this field may do.
    pub const fn effect(self) -> ChangeEffect {
        self.about().1
    }
}
