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
    /// Reads `NAME`, `NAME [SHARE]`, `NAME (50 %)` or `NAME 50 %`; the share stays as it is written. Without brackets and without a per
    /// cent sign a number is part of the name. Of two shares (`NAME [60] [40]`) neither is known to hold: they stay together, as what is no
    /// share.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{RelatedParty, RelatedRole};
    ///
    /// let owner = RelatedParty::read("Anton Ivanov [50.00 %]", RelatedRole::Owner);
    /// assert_eq!((owner.name.as_str(), owner.share.as_deref()), ("Anton Ivanov", Some("50.00 %")));
    /// assert_eq!(RelatedParty::read("Anton Ivanov 33 1/3 %", RelatedRole::Owner).share.as_deref(), Some("33 1/3 %"));
    /// assert_eq!(RelatedParty::read("Anton Ivanov", RelatedRole::Director).share, None);
    /// ```
    pub fn read(text: &str, role: RelatedRole) -> RelatedParty {
        let text = text.trim();
        let parts = last_share(text);
        let (mut name, mut share) =
            parts.map_or((text, None), |(name, share)| (name.trim(), Some(share.trim())));
        let another = |name| last_share(name).filter(|(_, share)| is_number(share));
        while let Some((rest, _)) = share.and_then(|_| another(name)) {
            name = rest.trim();
            share = text.get(rest.len()..).map(str::trim);
        }
        RelatedParty {
            name: name.to_owned(),
            role,
            share: share.filter(|share| !share.is_empty()).map(str::to_owned),
        }
    }
}

/// The share at the end of a text, with the name before it.
fn last_share(text: &str) -> Option<(&str, &str)> {
    let bracketed = text.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    bracketed.or_else(|| per_cent(text))
}

/// Whether a text is made of what numbers are made of, so that it is no part of a name.
fn is_number(text: &str) -> bool {
    let other = |c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '.' | ',' | '/' | '%');
    text.contains(|c: char| c.is_ascii_digit()) && !text.contains(other)
}

/// A share in per cent at the end of a text, in round brackets or bare: the name before it, and the share.
fn per_cent(text: &str) -> Option<(&str, &str)> {
    let (name, share) = match text.strip_suffix(')') {
        Some(text) => text
            .rsplit_once('(')
            .filter(|(_, share)| share.trim_end().ends_with('%'))?,
        None => text.split_at(bare_share_at(text)?),
    };
    let name =
        name.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '=' | '-' | '–' | '—'));
    (!name.is_empty()).then_some((name, share))
}

/// Where the number before a last per cent sign begins; it is a word of its own.
fn bare_share_at(text: &str) -> Option<usize> {
    let number = text.strip_suffix('%')?;
    let name = number.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | ',' | '/'));
    let share = text.get(name.len()..)?;
    let begins = share.find(|c: char| c.is_ascii_digit())?;
    let apart = begins > 0 || name.ends_with(|c: char| !c.is_alphanumeric());
    apart.then_some(name.len() + begins)
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
    /// All kinds, from the weakest to the strictest.
    pub const ALL: [ViaKind; 4] = [
        ViaKind::Representative,
        ViaKind::RelatedControl,
        ViaKind::PossiblyOwned,
        ViaKind::Owned,
    ];

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_in_per_cent_needs_no_square_brackets() {
        for (text, name, share) in [
            ("Igor Chekunov 50%", "Igor Chekunov", Some("50%")),
            ("Igor Chekunov (50%)", "Igor Chekunov", Some("50%")),
            ("Igor Chekunov ( 49,99 % )", "Igor Chekunov", Some("49,99 %")),
            ("Igor Chekunov, 33 1/3 %", "Igor Chekunov", Some("33 1/3 %")),
            ("Igor Chekunov - 25 %", "Igor Chekunov", Some("25 %")),
            (
                "Igor Chekunov [about half %]",
                "Igor Chekunov",
                Some("about half %"),
            ),
            ("Igor Chekunov (about 50%)", "Igor Chekunov", Some("about 50%")),
            ("Igor Chekunov (half)", "Igor Chekunov (half)", None),
            ("Fund 2050", "Fund 2050", None),
            ("Trust (2005)", "Trust (2005)", None),
            ("50%", "50%", None),
            ("A50%", "A50%", None),
            ("Igor Chekunov [60] [40]", "Igor Chekunov", Some("[60] [40]")),
            (
                "Igor Chekunov [60][40] [1/3]",
                "Igor Chekunov",
                Some("[60][40] [1/3]"),
            ),
            ("Igor Chekunov 60 % [40]", "Igor Chekunov", Some("60 % [40]")),
            ("Igor Chekunov (60 %) 40 %", "Igor Chekunov", Some("(60 %) 40 %")),
            ("Alpha [Holding] [40]", "Alpha [Holding]", Some("40")),
            ("[60] [40]", "", Some("[60] [40]")),
        ] {
            let party = RelatedParty::read(text, RelatedRole::Owner);
            assert_eq!(
                (party.name.as_str(), party.share.as_deref()),
                (name, share),
                "{text}"
            );
        }
    }
}
