//! What ties an owner to what it owns or leads.

use crate::Share;
use jiff::civil::Date;
use serde::Serialize;
use tamis_model::RelationRole;

/// What a stake is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// Shares, capital, participation: held in the holder's own name.
    Shares,
    /// The same held through a nominee, a trust or otherwise for the owner's benefit.
    Beneficial,
    /// Voting rights.
    Votes,
    /// Membership of a group: ownership whose share and way are not known.
    Group,
}

impl Interest {
    /// Reads the column `kind`: `shares`, `votes`, `beneficial`; empty is shares.
    pub fn parse(word: &str) -> Option<Interest> {
        Some(match word.trim().to_lowercase().as_str() {
            "" | "shares" | "share" | "capital" => Interest::Shares,
            "votes" | "voting" => Interest::Votes,
            "beneficial" => Interest::Beneficial,
            _ => return None,
        })
    }

    /// `shares`, `beneficial interest`, `votes`, `group`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Interest::Shares => "shares",
            Interest::Beneficial => "beneficial interest",
            Interest::Votes => "votes",
            Interest::Group => "group",
        }
    }
}

/// A role that leads, controls or represents without owning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Member of the board.
    Director,
    /// Executive.
    Officer,
    /// May sign for the company: an alert of its own where the person is listed (OFAC FAQ 400).
    Signatory,
    /// Trustee, protector, settlor or nominee.
    Trustee,
    /// May appoint or remove the majority of the board.
    BoardMajority,
    /// The source says that the company's affairs are conducted as this party wishes.
    Control,
}

impl Role {
    /// Reads the column `role` and the table of rules: `director`, `officer`, `signatory`, `trustee`, `board_majority`,
    /// `control`.
    pub fn parse(word: &str) -> Option<Role> {
        Some(
            match word.trim().to_lowercase().replace([' ', '-'], "_").as_str() {
                "director" => Role::Director,
                "officer" | "executive" => Role::Officer,
                "signatory" | "authorised_signatory" | "authorized_signatory" | "representative" => {
                    Role::Signatory
                }
                "trustee" | "nominee" | "settlor" | "protector" => Role::Trustee,
                "board_majority" => Role::BoardMajority,
                "control" => Role::Control,
                _ => return None,
            },
        )
    }

    /// The role in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Director => "director",
            Role::Officer => "officer",
            Role::Signatory => "signatory",
            Role::Trustee => "trustee",
            Role::BoardMajority => "appoints the majority of the board",
            Role::Control => "controls",
        }
    }
}

/// The kind of a tie.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "tie")]
pub enum TieKind {
    /// Owns a share.
    Stake {
        /// Of what.
        interest: Interest,
        /// How much; `None` is not known, and never zero.
        share: Option<Share>,
        /// A name for an arrangement by which several owners exercise their rights together.
        #[serde(skip_serializing_if = "Option::is_none")]
        joint: Option<String>,
    },
    /// Leads, controls or represents.
    Role {
        /// As what.
        role: Role,
    },
    /// Neither owns nor controls (`Linked To`, family, founder, successor, …): shown, and nothing follows from it.
    Link {
        /// The list's word for it.
        link: Link,
    },
}

/// A relation that is neither ownership nor control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// `Linked To` on OFAC's list: not an alias, not ownership, and it never blocks by itself.
    LinkedTo,
    /// Family.
    Family,
    /// Founder.
    Founder,
    /// Distributor.
    Distributor,
    /// Predecessor in business.
    Predecessor,
    /// Successor in business.
    Successor,
    /// Something else.
    Other,
}

impl Link {
    /// The link that a relation is, where it is one: ownership, leadership and groups are ties of another kind.
    pub const fn of(role: RelationRole) -> Option<Link> {
        Some(match role {
            RelationRole::LinkedTo => Link::LinkedTo,
            RelationRole::Family => Link::Family,
            RelationRole::Founder => Link::Founder,
            RelationRole::DistributorOf => Link::Distributor,
            RelationRole::PredecessorOf => Link::Predecessor,
            RelationRole::SuccessorOf => Link::Successor,
            RelationRole::Other => Link::Other,
            RelationRole::OwnedBy
            | RelationRole::Owns
            | RelationRole::Director
            | RelationRole::Officer
            | RelationRole::Affiliate => return None,
        })
    }

    /// The link in words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Link::LinkedTo => "linked to",
            Link::Family => "family of",
            Link::Founder => "founder of",
            Link::Distributor => "distributor of",
            Link::Predecessor => "predecessor of",
            Link::Successor => "successor of",
            Link::Other => "tied to",
        }
    }
}

/// A party as a row or a list names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Named {
    /// The name as written.
    pub name: String,
    /// An id: of a listed entity (`kaspersky:45815`), a register or the customer's own.
    pub id: Option<String>,
}

impl Named {
    /// A party known by name alone.
    pub fn new(name: impl Into<String>) -> Named {
        Named {
            name: name.into(),
            id: None,
        }
    }

    /// A party with an id.
    pub fn with_id(name: impl Into<String>, id: impl Into<String>) -> Named {
        Named {
            name: name.into(),
            id: Some(id.into()),
        }
    }
}

/// One statement: this owner, this company, this tie, from when to when, says who.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row {
    /// Who owns, leads or represents.
    pub owner: Named,
    /// Whom.
    pub owned: Named,
    /// How.
    pub kind: TieKind,
    /// First day; `None` is not known and counts as always.
    pub from: Option<Date>,
    /// Last day; `None` is still.
    pub to: Option<Date>,
    /// Who says so. Statements of two sources on one stake are not added together.
    pub source: String,
    /// Where it was read: `stakes.csv line 7`, or the entity.
    pub place: String,
    /// Whether it is known no better than from memory or one weak source.
    pub unverified: bool,
}

impl Row {
    /// A stake of shares without dates or source; `None` is an unknown share.
    pub fn stake(owner: Named, owned: Named, share: Option<Share>) -> Row {
        let kind = TieKind::Stake {
            interest: Interest::Shares,
            share,
            joint: None,
        };
        Row::new(owner, owned, kind)
    }

    /// A role without dates or source.
    pub fn role(owner: Named, owned: Named, role: Role) -> Row {
        Row::new(owner, owned, TieKind::Role { role })
    }

    /// A tie without dates or source.
    pub fn new(owner: Named, owned: Named, kind: TieKind) -> Row {
        Row {
            owner,
            owned,
            kind,
            from: None,
            to: None,
            source: String::new(),
            place: String::new(),
            unverified: false,
        }
    }
}
