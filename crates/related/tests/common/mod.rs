//! What the tests share: four small lists, a company, and what is told of it.

#![allow(dead_code, reason = "each file of tests uses what it needs")]

pub mod stakes;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::OnceLock;
use tamis_model::{
    Decision, Entity, EntityKind, Finding, List, ListMeta, Measure, Name, NameRole, Prohibition,
    RelatedParty, RelatedRole, Subject,
};
use tamis_policy::Policy;
use tamis_related::Assessor;
use tamis_screen::{Scratch, Screener};

pub const TODAY: Date = date(2026, 11, 29);

pub fn entity(list: &str, id: &str, name: &str, code: &str, prohibits: Prohibition) -> Entity {
    let kind = match name.ends_with("OOO") || name.ends_with("AO") {
        true => EntityKind::Organization,
        false => EntityKind::Person,
    };
    let mut entity = Entity::new(list, id, kind);
    entity.names.push(Name::new(name, NameRole::Primary));
    entity.measures.push(Measure::new(code, "somebody", prohibits));
    entity
}

/// Every entry.
pub fn entities() -> Vec<Entity> {
    use Prohibition::{AssetFreeze, ExportLicence, TransactionBan};
    vec![
        entity("us", "1", "SDNOV, Viktor", "us.sdn.block", AssetFreeze),
        entity("us", "2", "BLOKOV, Pavel", "us.sdn.block", AssetFreeze),
        entity(
            "us",
            "3",
            "Severnaya Elektronika OOO",
            "us.bis.entity-list",
            ExportLicence,
        ),
        entity("us", "4", "Granit Antivirus AO", "us.icts.ban", TransactionBan),
        entity("uk", "1", "UKHANOV, Oleg", "uk.ofsi.freeze", AssetFreeze),
        entity("uk", "2", "LONDONOV, Pyotr", "uk.ofsi.freeze", AssetFreeze),
        entity("eu", "1", "EVROPIN, Ivan", "eu.fsf.freeze", AssetFreeze),
        entity("un", "1", "UNGER, Karl", "un.sc.freeze", AssetFreeze),
    ]
}

pub fn lists() -> Vec<List> {
    lists_of(&entities())
}

/// The lists that hold these entries.
pub fn lists_of(entities: &[Entity]) -> Vec<List> {
    let list = |id: &str| {
        let own: Vec<Entity> = entities
            .iter()
            .filter(|e| e.id().starts_with(id))
            .cloned()
            .collect();
        List {
            meta: ListMeta::new(id, id, "test", &own),
            entities: own,
        }
    };
    ["us", "uk", "eu", "un"].map(list).to_vec()
}

pub fn screener(policy: Policy) -> Screener {
    Screener::new(lists(), policy).unwrap()
}

pub fn company(parties: Vec<RelatedParty>) -> Subject {
    Subject {
        related: parties,
        ..Subject::named("Silverbrook Logistics Ltd")
    }
}

pub fn party(text: &str) -> RelatedParty {
    let (role, name) = text.split_once('=').unwrap();
    let role = match role {
        "owner" => RelatedRole::Owner,
        "beneficial_owner" => RelatedRole::BeneficialOwner,
        "director" => RelatedRole::Director,
        "officer" => RelatedRole::Officer,
        "signatory" => RelatedRole::Signatory,
        other => unreachable!("the table has no role '{other}'"),
    };
    RelatedParty::read(name, role)
}

pub fn decided(screener: &Screener, subject: &Subject) -> Decision {
    decided_by(&Assessor::new().unwrap(), screener, subject)
}

pub fn decided_by(assessor: &Assessor, screener: &Screener, subject: &Subject) -> Decision {
    assessor.decide(screener, subject, &mut Scratch::default())
}

/// `us:1 OWNED block`.
pub fn told(finding: &Finding) -> String {
    let kind = finding.via.as_ref().map_or("-", |via| via.kind.as_str());
    format!("{} {kind} {}", finding.hit.entity_id, finding.action.as_str())
}

pub fn parties(text: &str) -> Vec<RelatedParty> {
    text.split('|').map(party).collect()
}

/// The lists under the usual policy.
pub fn shared() -> &'static Screener {
    static SHARED: OnceLock<Screener> = OnceLock::new();
    SHARED.get_or_init(|| screener(Policy::new(TODAY)))
}

/// A party behind a customer, listed or not.
pub fn any_party() -> impl Strategy<Value = RelatedParty> {
    let names = [
        "Viktor Sdnov",
        "SDNOV Viktor",
        "Pavel Blokov",
        "Oleg Ukhanov",
        "Ivan Evropin",
        "Karl Unger",
        "Jane Roe",
        "Severnaya Elektronika OOO",
        "Silverbrook Logistics Ltd",
    ];
    let roles = [
        RelatedRole::Owner,
        RelatedRole::BeneficialOwner,
        RelatedRole::Director,
        RelatedRole::Officer,
        RelatedRole::Signatory,
    ];
    let shares = ["25", "49.99", "50", "50.01", "1/3", "?", "half"];
    (
        prop::sample::select(names.to_vec()),
        prop::sample::select(roles.to_vec()),
        prop::option::of(prop::sample::select(shares.to_vec())),
    )
        .prop_map(|(name, role, share)| RelatedParty {
            name: name.to_owned(),
            role,
            share: share.map(str::to_owned),
        })
}
