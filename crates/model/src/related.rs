//! Parties that stand behind a customer, and what is found through them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a party is to the customer behind whom it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelatedRole {
    /// Holds a share in its own name.
    Owner,
    /// A share is held for its benefit.
    BeneficialOwner,
    /// Member of the board.
    Director,
    /// Executive.
    Officer,
    /// May sign for the customer.
    Signatory,
}

impl RelatedRole {
    /// The role in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            RelatedRole::Owner => "owner",
            RelatedRole::BeneficialOwner => "beneficial owner",
            RelatedRole::Director => "director",
            RelatedRole::Officer => "officer",
            RelatedRole::Signatory => "signatory",
        }
    }

    /// Whether the party owns something by this role, be the share known or not.
    pub const fn owns(self) -> bool {
        matches!(self, RelatedRole::Owner | RelatedRole::BeneficialOwner)
    }
}

/// Somebody who owns, leads or signs for a customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RelatedParty {
    /// The name as received.
    pub name: String,
    /// What the party is to the customer.
    pub role: RelatedRole,
    /// The share as received, such as `33 1/3 %`; `None`: not known, which is never zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
}

impl RelatedParty {
    /// Reads `NAME`, or `NAME [SHARE]`; the share stays as it is written.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{RelatedParty, RelatedRole};
    ///
    /// let owner = RelatedParty::read("Anton Ivanov [50.00 %]", RelatedRole::Owner);
    /// assert_eq!((owner.name.as_str(), owner.share.as_deref()), ("Anton Ivanov", Some("50.00 %")));
    /// assert_eq!(RelatedParty::read("Anton Ivanov", RelatedRole::Director).share, None);
    /// ```
    pub fn read(text: &str, role: RelatedRole) -> RelatedParty {
        let text = text.trim();
        let parts = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
        let (name, share) = parts.map_or((text, None), |(name, share)| (name.trim(), Some(share.trim())));
        RelatedParty {
            name: name.to_owned(),
            role,
            share: share.filter(|share| !share.is_empty()).map(str::to_owned),
        }
    }
}

/// How a customer is related to a listed party without being it, from the weakest to the strictest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViaKind {
    /// The listed party signs for it.
    Representative,
    /// The listed party leads it, controls it or holds a part of it. Never ownership.
    RelatedControl,
    /// The listed party may own enough of it: a share is not known.
    PossiblyOwned,
    /// The listed party owns enough of it under a rule, alone or together with others.
    Owned,
}

impl ViaKind {
    /// `REPRESENTATIVE`, `RELATED_CONTROL`, `POSSIBLY_OWNED` or `OWNED`.
    pub const fn as_str(self) -> &'static str {
        match self {
            ViaKind::Representative => "REPRESENTATIVE",
            ViaKind::RelatedControl => "RELATED_CONTROL",
            ViaKind::PossiblyOwned => "POSSIBLY_OWNED",
            ViaKind::Owned => "OWNED",
        }
    }
}

/// Through whom a finding concerns a customer, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Via {
    /// How: the strictest of the grounds that are in force.
    pub kind: ViaKind,
    /// The party that was found on the list, as the record names it.
    pub party: String,
    /// What each rule says, in the order of the rules; never empty.
    pub grounds: Vec<Ground>,
}

/// What one rule says of a customer through a related party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The rule's id, such as `ofac`; `None` where no rule speaks of the measures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// How the customer is related under it.
    pub kind: ViaKind,
    /// Whether the rule is suspended on the day, so that nothing follows from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspended: bool,
    /// What listed owners hold together, in per cent, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<String>,
    /// What it means, in a sentence.
    pub meaning: String,
    /// The text that the rule rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// The steps from listed parties to the customer that prove it.
    pub path: Vec<ViaStep>,
}

/// One step of a proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViaStep {
    /// Who owns, leads or represents.
    pub owner: String,
    /// Whom.
    pub owned: String,
    /// As what: `50.00 % (shares)`, `shares: share unknown`, `director`.
    pub tie: String,
    /// First day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}
