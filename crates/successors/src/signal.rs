use crate::standing::Standing;
use serde::Serialize;
use tamis_model::Score;

/// What a company has in common with a listed party, or what speaks against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Owned by a listed party.
    Owner,
    /// Led by a listed person or company.
    Officer,
    /// Led or owned by somebody who led or owned a listed company.
    KnownPerson,
    /// It had a listed name before.
    FormerName,
    /// The register says that it continues a listed company.
    Continuation,
    /// The same address.
    Address,
    /// The same telephone number.
    Phone,
    /// The same domain of website or e-mail.
    Domain,
    /// Its name is, or derives from, a listed one.
    Name,
    /// A product or trade name is the same, or derives from a listed name.
    Product,
    /// Founded soon after a measure.
    FoundedAfter,
    /// Founded long before the first measure: a contradiction.
    FoundedBefore,
    /// Dissolved before the first measure: a contradiction.
    DissolvedBefore,
    /// A namesake of a listed person with another birth date: that name does not count.
    AnotherPerson,
}

/// Kinds of signals that can have one cause; only signals of different families are independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Who owns it.
    Ownership,
    /// Who leads it.
    People,
    /// What is said of it.
    Statement,
    /// Where it is: address and telephone.
    Place,
    /// Domains.
    Web,
    /// Names of the company and its products.
    Name,
}

impl SignalKind {
    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            SignalKind::Owner => "owner",
            SignalKind::Officer => "officer",
            SignalKind::KnownPerson => "known_person",
            SignalKind::FormerName => "former_name",
            SignalKind::Continuation => "continuation",
            SignalKind::Address => "address",
            SignalKind::Phone => "phone",
            SignalKind::Domain => "domain",
            SignalKind::Name => "name",
            SignalKind::Product => "product",
            SignalKind::FoundedAfter => "founded_after",
            SignalKind::FoundedBefore => "founded_before",
            SignalKind::DissolvedBefore => "dissolved_before",
            SignalKind::AnotherPerson => "another_person",
        }
    }

    /// The family; `None` for what never stands alone.
    pub const fn family(self) -> Option<Family> {
        match self {
            SignalKind::Owner => Some(Family::Ownership),
            SignalKind::Officer | SignalKind::KnownPerson => Some(Family::People),
            SignalKind::FormerName | SignalKind::Continuation => Some(Family::Statement),
            SignalKind::Address | SignalKind::Phone => Some(Family::Place),
            SignalKind::Domain => Some(Family::Web),
            SignalKind::Name | SignalKind::Product => Some(Family::Name),
            SignalKind::FoundedAfter
            | SignalKind::FoundedBefore
            | SignalKind::DissolvedBefore
            | SignalKind::AnotherPerson => None,
        }
    }

    /// Whether it speaks against the lead.
    pub const fn is_contradiction(self) -> bool {
        matches!(
            self,
            SignalKind::FoundedBefore | SignalKind::DissolvedBefore | SignalKind::AnotherPerson
        )
    }
}

impl Family {
    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Family::Ownership => "ownership",
            Family::People => "people",
            Family::Statement => "statement",
            Family::Place => "place",
            Family::Web => "web",
            Family::Name => "name",
        }
    }
}

/// One reason for a lead, or against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// What it is.
    pub kind: SignalKind,
    /// The listed party, `<list>:<native id>`.
    pub entity_id: String,
    /// Its primary name.
    pub entity_name: String,
    /// Whether it is listed on the day in question.
    pub standing: Standing,
    /// What the register says.
    pub here: String,
    /// What is known of the listed party.
    pub there: String,
    /// The score of the names, where names were compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Score>,
    /// What it is worth.
    pub points: i32,
    /// Why it is worth that, in words.
    pub reason: String,
    /// How many companies of the register share it, where that is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared_by: Option<u32>,
    /// What the companies that share it are counted by.
    #[serde(skip)]
    pub(crate) key: Option<u64>,
}

impl Signal {
    /// The same signal, worth less where the party is not listed on the day, or not surely.
    pub(crate) fn faded(mut self) -> Signal {
        if let Some(why) = self.standing.fades() {
            self.points = self.points * crate::weight::FADED_PER_CENT / 100;
            self.reason = format!("{}; {why}", self.reason);
        }
        self
    }

    /// The same signal, counted over the register by `what`.
    pub(crate) fn counted(mut self, what: &str) -> Signal {
        let text = format!("{}\n{what}", self.kind.as_str());
        self.key = Some(xxhash_rust::xxh3::xxh3_64(text.as_bytes()));
        self
    }

    /// The same signal, where `companies` of the register share it.
    pub(crate) fn shared(mut self, companies: u32) -> Signal {
        let points = crate::weight::shared(self.points, companies);
        if points < self.points {
            self.reason = format!("{}; {companies} companies of this register share it", self.reason);
        }
        self.points = points;
        self.shared_by = Some(companies);
        self
    }
}
