//! The answers for all parties of a graph on a day.

use crate::finding::{ControlBy, ListedOwner, OwnershipFinding, Verdict};
use crate::holdings::View;
use crate::proof::{Proof, step_of};
use crate::reach::{Basis, Reach};
use crate::related::{Edge, Related, is_some, leads};
use crate::{Effect, Graph, Party, PartyId, Role, Rule, Share};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tamis_model::Measure;

/// The measures against a party, as the caller's lists and policy see them.
pub type Listing<'l> = dyn Fn(&Party) -> Vec<Measure> + 'l;

impl Graph {
    /// What the rules say of one party on the day `as_of`; nothing is clear. For many parties, make one [`Assessment`]: its cost is
    /// that of the whole graph.
    ///
    /// `is_listed` gives the measures against a party; those that are not in force on the day, and those that do not count under a rule,
    /// are left out here.
    ///
    /// # Example
    /// ```
    /// use jiff::civil::date;
    /// use tamis_model::{Measure, Prohibition};
    /// use tamis_ownership::{Builder, Named, Party, Row, Share, Verdict, plain_key, rules};
    ///
    /// let mut builder = Builder::new(&plain_key);
    /// builder.add(Row::stake(Named::new("X"), Named::new("A"), Share::parse("50").unwrap()));
    /// builder.add(Row::stake(Named::new("A"), Named::new("B"), Share::parse("50").unwrap()));
    /// let (graph, problems) = builder.finish();
    /// assert!(problems.is_empty());
    ///
    /// let freeze = Measure::new("us.sdn.block", "OFAC", Prohibition::AssetFreeze);
    /// let is_listed = |party: &Party| if party.name == "X" { vec![freeze.clone()] } else { vec![] };
    /// let b = graph.by_key("b")[0];
    /// let found = graph.findings(b, date(2026, 11, 29), &rules()?, &is_listed);
    /// assert!(matches!(found[0].verdict, Verdict::Owned { total: Some(t), .. } if t == Share::percent(50)));
    /// assert_eq!(found[0].path.len(), 2, "X holds A, A holds B");
    /// # Ok::<(), tamis_ownership::Error>(())
    /// ```
    pub fn findings(
        &self,
        party: PartyId,
        as_of: Date,
        rules: &[Rule],
        is_listed: &Listing<'_>,
    ) -> Vec<OwnershipFinding> {
        Assessment::of(self, as_of, rules, is_listed).findings(party)
    }
}

/// Who is owned and related under each rule, for a whole graph.
///
/// Making one is linear in the ties, for each rule; for rules that do not add owners together it is linear in the ties that each listed owner
/// reaches.
pub struct Assessment<'a> {
    view: View<'a>,
    listed: HashMap<PartyId, Vec<Measure>>,
    rules: Vec<UnderRule<'a>>,
}

/// One rule's answers.
struct UnderRule<'a> {
    rule: &'a Rule,
    listed: BTreeSet<PartyId>,
    /// What is sure, and what may be: one of each for all owners together, or for each owner.
    reaches: Vec<[Reach<'a>; 2]>,
    /// In which of `reaches` a party may be owned.
    places: HashMap<PartyId, Vec<usize>>,
    related: Related<'a>,
}

impl<'a> Assessment<'a> {
    /// Assesses every party under those of the rules that are in force on the day.
    pub fn of(graph: &'a Graph, as_of: Date, rules: &'a [Rule], is_listed: &Listing<'_>) -> Assessment<'a> {
        let view = View::on(graph, as_of);
        let measures = |party: &Party| -> Vec<Measure> {
            let measures = is_listed(party).into_iter();
            measures.filter(|measure| measure.in_force(as_of)).collect()
        };
        let listed = graph.parties().map(|(id, party)| (id, measures(party)));
        let mut listed: HashMap<PartyId, Vec<Measure>> = listed.filter(|(_, m)| !m.is_empty()).collect();
        for (spelling, party) in &graph.spellings {
            let measures = listed.remove(spelling).unwrap_or_default();
            listed.entry(*party).or_default().extend(measures);
        }
        let rules = rules.iter().filter(|rule| rule.in_force(as_of));
        let rules = rules.map(|rule| UnderRule::of(&view, rule, &listed)).collect();
        Assessment { view, listed, rules }
    }

    /// The rules that are in force on the day.
    pub fn rules(&self) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().map(|under| under.rule)
    }

    /// What is found of a party, by rule, the gravest first.
    pub fn findings(&self, party: PartyId) -> Vec<OwnershipFinding> {
        let rules = self.rules.iter();
        rules.flat_map(|under| self.under(under, party)).collect()
    }

    fn under(&self, under: &UnderRule<'a>, party: PartyId) -> Vec<OwnershipFinding> {
        if under.listed.contains(&party) {
            let proof = Proof::listed(party);
            return vec![self.finding(under, Verdict::Listed, proof)];
        }
        let mut found = self.owned(under, party);
        let owned = !found.is_empty();
        found.extend(self.by_role(under, party));
        if !owned {
            found.extend(self.in_part(under, party));
            if found.is_empty() {
                found.extend(self.by_chain(under, party));
            }
        }
        found
    }

    /// Ownership, and possible ownership, by each owner or by all together.
    fn owned(&self, under: &UnderRule<'a>, party: PartyId) -> Vec<OwnershipFinding> {
        let places = under.places.get(&party).map_or(&[][..], Vec::as_slice);
        let verdicts = places.iter().filter_map(|&at| {
            let [sure, may_be] = &under.reaches[at];
            let (reach, verdict) = match (sure.member(party), may_be.member(party)) {
                (Some((_, basis)), _) => (sure, owned(sure, party, basis)),
                (None, Some(_)) => (may_be, possibly(sure, party)),
                (None, None) => return None,
            };
            Some(self.finding(under, verdict, Proof::of(&self.view, reach, party)))
        });
        let mut found: Vec<OwnershipFinding> = verdicts.collect();
        found.sort_by_key(|finding| !matches!(finding.verdict, Verdict::Owned { .. }));
        found
    }

    /// Roles of listed parties, and of what they own or may own.
    fn by_role(&self, under: &UnderRule<'a>, party: PartyId) -> Vec<OwnershipFinding> {
        let roles = self.view.roles_in(party).filter(|(role, tie)| {
            tie.owner != party && under.is_member(tie.owner) && !under.is_settled(party, *role)
        });
        let found = roles.map(|(role, tie)| {
            let verdict = match leads(role) {
                true => Verdict::RelatedControl {
                    by: ControlBy::Role(role),
                },
                false => Verdict::Representative,
            };
            let edge = Edge::Role(role, tie);
            self.finding(under, verdict, self.proof_by(under, tie.owner, edge))
        });
        found.collect()
    }

    /// Stakes of listed parties, and of what they own or may own, that are not enough.
    fn in_part(&self, under: &UnderRule<'a>, party: PartyId) -> Vec<OwnershipFinding> {
        let holdings = self.view.held_of(party).iter().copied();
        let holdings = holdings.filter(|&at| {
            let holding = self.view.holding(at);
            holding.owner != party && is_some(holding) && under.is_member(holding.owner)
        });
        let found = holdings.map(|at| {
            let holding = self.view.holding(at);
            let verdict = Verdict::RelatedControl {
                by: ControlBy::Stake(holding.share),
            };
            self.finding(
                under,
                verdict,
                self.proof_by(under, holding.owner, Edge::Holding(at)),
            )
        });
        found.collect()
    }

    /// Through a company that is related itself.
    fn by_chain(&self, under: &UnderRule<'a>, party: PartyId) -> Option<OwnershipFinding> {
        let chain = under.related.chain(party);
        let (&(first, edge), rest) = chain.split_first()?;
        let mut proof = self.proof_by(under, first, edge);
        let steps = rest.iter().map(|&(_, edge)| step_of(&self.view, edge));
        proof.steps.extend(steps);
        let verdict = Verdict::RelatedControl { by: ControlBy::Chain };
        Some(self.finding(under, verdict, proof))
    }

    /// The proof that an owner is a member, and the tie from it.
    fn proof_by(&self, under: &UnderRule<'a>, owner: PartyId, edge: Edge<'a>) -> Proof {
        let mut proof = match under.places.get(&owner).and_then(|places| places.first()) {
            _ if under.listed.contains(&owner) => Proof::listed(owner),
            Some(&at) => {
                let [sure, may_be] = &under.reaches[at];
                let reach = if sure.member(owner).is_some() {
                    sure
                } else {
                    may_be
                };
                Proof::of(&self.view, reach, owner)
            }
            None => Proof::listed(owner),
        };
        proof.steps.push(step_of(&self.view, edge));
        proof
    }

    fn finding(&self, under: &UnderRule<'a>, verdict: Verdict, proof: Proof) -> OwnershipFinding {
        let rule = under.rule;
        let sure = matches!(verdict, Verdict::Owned { .. } | Verdict::Listed);
        let owners = proof.owners.iter().filter_map(|&owner| self.owner(rule, owner));
        OwnershipFinding {
            rule: rule.id.clone(),
            effect: sure.then_some(rule.effect),
            suspended: rule.effect == Effect::Suspended,
            meaning: meaning(rule, &verdict, proof.steps.iter().any(|step| step.most.is_some())),
            verdict,
            path: proof.steps,
            owners: owners.collect(),
            basis: rule.basis.clone(),
        }
    }

    fn owner(&self, rule: &Rule, owner: PartyId) -> Option<ListedOwner> {
        let measures = self.listed.get(&owner)?.iter();
        let codes: BTreeSet<&str> = measures
            .filter(|m| rule.counts(m))
            .map(|m| m.code.as_str())
            .collect();
        Some(ListedOwner {
            party: self.view.graph.party(owner).clone(),
            measures: codes.into_iter().map(str::to_owned).collect(),
        })
    }
}

impl<'a> UnderRule<'a> {
    fn of(view: &View<'a>, rule: &'a Rule, listed: &HashMap<PartyId, Vec<Measure>>) -> UnderRule<'a> {
        let counts = listed
            .iter()
            .filter(|(_, measures)| measures.iter().any(|m| rule.counts(m)));
        let listed: BTreeSet<PartyId> = counts.map(|(&party, _)| party).collect();
        let all: Vec<PartyId> = listed.iter().copied().collect();
        let owners: Vec<&[PartyId]> = match rule.aggregate {
            true => vec![&all],
            false => all.chunks(1).collect(),
        };
        let reaches = owners
            .into_iter()
            .map(|owners| [false, true].map(|upper| Reach::of(view, rule, owners, upper)));
        let reaches: Vec<[Reach<'a>; 2]> = reaches.collect();
        let mut places: BTreeMap<PartyId, Vec<usize>> = BTreeMap::new();
        for (at, [_, may_be]) in reaches.iter().enumerate() {
            may_be
                .members()
                .into_iter()
                .for_each(|party| places.entry(party).or_default().push(at));
        }
        let members: BTreeSet<PartyId> = places.keys().copied().collect();
        UnderRule {
            related: Related::of(view, rule, &members),
            places: places.into_iter().collect(),
            rule,
            listed,
            reaches,
        }
    }

    /// Whether a party is listed, owned or may be owned.
    fn is_member(&self, party: PartyId) -> bool {
        self.places.contains_key(&party)
    }

    /// Whether a role is why the party counts as owned, and told as that already.
    fn is_settled(&self, party: PartyId, role: Role) -> bool {
        self.rule.roles.contains(&role) && self.is_member(party)
    }
}

fn owned(sure: &Reach<'_>, party: PartyId, basis: Basis<'_>) -> Verdict {
    let total = |class| sure.parties.get(&party).map(|held| held.total(class));
    match basis {
        Basis::Share(class) | Basis::Unknown(class) => Verdict::Owned {
            total: total(class),
            of: class.as_str(),
        },
        Basis::Role(_) | Basis::Listed => Verdict::Owned {
            total: None,
            of: "control",
        },
    }
}

fn possibly(sure: &Reach<'_>, party: PartyId) -> Verdict {
    use crate::holdings::Class;
    let held = sure.parties.get(&party);
    let known = |class| held.map_or(Share::ZERO, |held| held.total(class));
    Verdict::PossiblyOwned {
        known: known(Class::Property).max(known(Class::Votes)),
    }
}

/// `doubtful`: whether a step of the proof holds more if the spellings of an owner are several owners.
fn meaning(rule: &Rule, verdict: &Verdict, doubtful: bool) -> String {
    let text = match verdict {
        Verdict::Listed => "it is itself an owner that counts".to_owned(),
        Verdict::Owned { total: Some(total), of } => {
            format!("listed owners hold {total} % of {of} ({} is enough): {}", rule.bound(), rule.effect.meaning())
        }
        Verdict::Owned { total: None, .. } => {
            format!("a listed owner controls it, which counts as ownership: {}", rule.effect.meaning())
        }
        Verdict::PossiblyOwned { known } if doubtful => format!(
            "listed owners hold {known} % for certain, and it may be {}, if what is told under two spellings of one owner is two stakes: \
             find out",
            rule.bound()
        ),
        Verdict::PossiblyOwned { known } => format!(
            "listed owners hold {known} % for certain, and a share that is not known may make it {}: find out",
            rule.bound()
        ),
        Verdict::RelatedControl { .. } => {
            "caution: led, controlled or held in part by a listed party; not owned, and not blocked by this".to_owned()
        }
        Verdict::Representative => {
            "a listed person signs for it: deal with no document that this person signs; the company is not blocked by this".to_owned()
        }
    };
    match rule.effect {
        Effect::Suspended if !matches!(verdict, Verdict::Owned { .. }) => {
            format!("{text} ({})", rule.effect.meaning())
        }
        _ => text,
    }
}
