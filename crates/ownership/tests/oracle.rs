//! Brute force: on small graphs the least closed set is found by trying every set of parties, straight from the rows.

mod common;

use common::{DAY, Listed, graph, measures_of, replay, rules_of, words};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use tamis_ownership::{Interest, Named, OwnershipFinding, Party, Role, Row, Rule, Share, TieKind, Verdict};

/// Parties of the graphs.
const PARTIES: usize = 6;

/// Shares that sum up to, just below and just above one half.
const SHARES: [&str; 8] = ["0", "10", "25", "1/3", "16 2/3", "49.99", "50", "50.01"];

fn name(at: usize) -> String {
    format!("p{at}")
}

fn stake() -> impl Strategy<Value = TieKind> {
    let share = prop_oneof![
        8 => prop::sample::select(&SHARES[..]).prop_map(|text| Share::parse(text).unwrap_or_default()),
        1 => Just(None),
    ];
    let interest = prop_oneof![
        5 => Just(Interest::Shares),
        1 => Just(Interest::Beneficial),
        1 => Just(Interest::Votes),
    ];
    let joint = prop_oneof![3 => Just(None), 1 => Just(Some("pact".to_owned()))];
    (share, interest, joint).prop_map(|(share, interest, joint)| TieKind::Stake {
        interest,
        share,
        joint,
    })
}

fn kind() -> impl Strategy<Value = TieKind> {
    let roles = [
        Role::Director,
        Role::Signatory,
        Role::BoardMajority,
        Role::Control,
    ];
    prop_oneof![
        8 => stake(),
        1 => prop::sample::select(roles.to_vec()).prop_map(|role| TieKind::Role { role }),
    ]
}

fn row() -> impl Strategy<Value = Row> {
    (
        0..PARTIES,
        0..PARTIES,
        kind(),
        prop::sample::select(vec!["register", "press"]),
    )
        .prop_map(|(owner, owned, kind, source)| Row {
            source: source.to_owned(),
            ..Row::new(Named::new(name(owner)), Named::new(name(owned)), kind)
        })
}

prop_compose! {
    fn case()(
        rows in prop::collection::vec(row(), 1..14),
        listed in prop::collection::btree_set(0..PARTIES, 1..3),
        rule in prop::sample::select(vec![("ofac", "us.sdn.block"), ("eu", "eu.fsf.freeze"), ("uk", "uk.sl.freeze"), ("ca", "ca.sema.freeze")]),
    ) -> (Vec<Row>, Listed, &'static str) {
        let listed = listed.into_iter().map(|at| (name(at), rule.1.to_owned())).collect();
        (rows, listed, rule.0)
    }
}

/// By owner, owned and whether votes.
type Holdings = BTreeMap<(usize, usize, bool), Held>;

/// What one party holds of another.
struct Held {
    share: Option<Share>,
    /// Whether it is part of the arrangement.
    joint: bool,
    /// Whether some of it is not known.
    open: bool,
}

impl Held {
    fn is_some(&self) -> bool {
        self.open || self.share != Some(Share::ZERO)
    }
}

/// What parties hold of one another, by definition, from the rows.
fn held(rows: &[Row]) -> Holdings {
    let mut held = Holdings::new();
    for (owner, owned, votes) in
        (0..PARTIES * PARTIES * 2).map(|n| (n / 2 % PARTIES, n / 2 / PARTIES, n % 2 == 1))
    {
        let unique: BTreeSet<&Row> = rows.iter().collect();
        let own: Vec<(&Row, Interest, Option<Share>, bool)> = unique
            .into_iter()
            .filter(|row| row.owner.name == name(owner) && row.owned.name == name(owned))
            .filter_map(|row| match &row.kind {
                TieKind::Stake {
                    interest,
                    share,
                    joint,
                } if (*interest == Interest::Votes) == votes => {
                    Some((row, *interest, *share, joint.is_some()))
                }
                _ => None,
            })
            .collect();
        if own.is_empty() {
            continue;
        }
        let sum = |source: &str, interest: Interest| {
            let same = own
                .iter()
                .filter(|(row, i, ..)| row.source == source && *i == interest);
            let known: Vec<Share> = same.filter_map(|(_, _, share, _)| *share).collect();
            let sum = known
                .iter()
                .fold(Share::ZERO, |a, b| a.plus(*b))
                .min(Share::WHOLE);
            (!known.is_empty()).then_some(sum)
        };
        let sums = ["register", "press"].into_iter().flat_map(|source| {
            [Interest::Shares, Interest::Beneficial, Interest::Votes].map(|interest| sum(source, interest))
        });
        let share = sums.flatten().max();
        let knows_all = |source: &str, interest| {
            let same = own
                .iter()
                .filter(|(row, i, ..)| row.source == source && *i == interest);
            let shares: Vec<bool> = same.map(|(_, _, share, _)| share.is_some()).collect();
            !shares.is_empty() && shares.iter().all(|knows| *knows)
        };
        let answered = |interest| {
            ["register", "press"]
                .iter()
                .any(|source| knows_all(source, interest))
        };
        let mut unknown = own.iter().filter(|(_, _, share, _)| share.is_none());
        let open = unknown.any(|(_, interest, ..)| !answered(*interest));
        let joint = own.iter().any(|(.., joint)| *joint);
        held.insert((owner, owned, votes), Held { share, joint, open });
    }
    held
}

struct Brute<'a> {
    rule: &'a Rule,
    rows: &'a [Row],
    held: Holdings,
}

impl Brute<'_> {
    fn roles(&self) -> impl Iterator<Item = (usize, usize, Role)> {
        let number = |name: &str| name[1..].parse::<usize>().unwrap_or(PARTIES);
        self.rows.iter().filter_map(move |row| match row.kind {
            TieKind::Role { role } => Some((number(&row.owner.name), number(&row.owned.name), role)),
            _ => None,
        })
    }

    /// Whether the members of `set` own `company`.
    fn owns(&self, set: usize, company: usize, upper: bool) -> bool {
        let member = |party: usize| set >> party & 1 == 1;
        let pact = !self.rule.aggregate
            && self
                .held
                .iter()
                .any(|(&(owner, owned, _), held)| owned == company && held.joint && member(owner));
        [false, true]
            .into_iter()
            .filter(|votes| !votes || self.rule.votes)
            .any(|votes| {
                let counted = self.held.iter().filter(|&(&(owner, owned, v), held)| {
                    owned == company && v == votes && (member(owner) || pact && held.joint)
                });
                let counted: Vec<&Held> = counted.map(|(_, held)| held).collect();
                let shares = counted.iter().filter_map(|held| held.share);
                let sum = shares.fold(Share::ZERO, Share::plus);
                self.rule.reached(sum) || upper && counted.iter().any(|held| held.open)
            })
            || self.roles().any(|(owner, owned, role)| {
                owned == company && member(owner) && self.rule.roles.contains(&role)
            })
    }

    /// The intersection of all sets that hold the listed and everything that their own members own.
    fn least(&self, listed: usize, upper: bool) -> usize {
        let closed = (0..1_usize << PARTIES).filter(|set| {
            set & listed == listed && (0..PARTIES).all(|c| set >> c & 1 == 1 || !self.owns(*set, c, upper))
        });
        closed.fold(usize::MAX, |a, b| a & b)
    }

    /// The related: led or held in part by a member, or owned by one of them.
    fn related(&self, members: usize) -> usize {
        let is = |set: usize, party: usize| set >> party & 1 == 1;
        let mut related = 0;
        for _ in 0..=PARTIES {
            for (&(owner, owned, _), held) in &self.held {
                let direct = is(members, owner) && held.is_some();
                let owns = held.open || held.share.is_some_and(|share| self.rule.reached(share));
                let further = is(related, owner) && owns;
                related |= usize::from(direct || further) << owned;
            }
            for (owner, owned, role) in self.roles() {
                let direct = is(members, owner) && role != Role::Signatory;
                let further = is(related, owner) && matches!(role, Role::BoardMajority | Role::Control);
                related |= usize::from(direct || further) << owned;
            }
            related &= !members;
        }
        related
    }

    /// The verdicts on a party, as words.
    fn words(&self, listed: &[usize], party: usize) -> String {
        let is = |set: usize, party: usize| set >> party & 1 == 1;
        if listed.contains(&party) {
            return "LISTED".to_owned();
        }
        let each: Vec<usize> = match self.rule.aggregate {
            true => vec![listed.iter().fold(0, |set, at| set | 1 << at)],
            false => listed.iter().map(|at| 1 << at).collect(),
        };
        let both: Vec<(usize, usize)> = each
            .iter()
            .map(|&l| (self.least(l, false), self.least(l, true)))
            .collect();
        let members = both.iter().fold(0, |set, (_, upper)| set | upper);
        let mut words = BTreeSet::new();
        for (sure, may_be) in both {
            match (is(sure, party), is(may_be, party)) {
                (true, _) => words.insert("OWNED"),
                (false, true) => words.insert("POSSIBLY_OWNED"),
                (false, false) => false,
            };
        }
        for (owner, owned, role) in self.roles() {
            let settled = self.rule.roles.contains(&role) && is(members, party);
            if owned == party && owner != party && is(members, owner) && !settled {
                let signs = role == Role::Signatory;
                words.insert(if signs {
                    "REPRESENTATIVE"
                } else {
                    "RELATED_CONTROL"
                });
            }
        }
        // A chain is told where nothing else is.
        let direct = self
            .held
            .iter()
            .any(|(&(owner, owned, _), held)| owned == party && is(members, owner) && held.is_some());
        if is(self.related(members), party) && (direct || words.is_empty()) {
            words.insert("RELATED_CONTROL");
        }
        match words.is_empty() {
            true => "CLEAR".to_owned(),
            false => Vec::from_iter(words).join(" "),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_that_of_brute_force_and_every_proof_holds((rows, listed, id) in case()) {
        let rules = rules_of(id);
        let Some(rule) = rules.iter().find(|rule| rule.in_force(DAY)) else {
            return Err(TestCaseError::fail("no rule"));
        };
        let graph = graph(rows.clone());
        let brute = Brute { rule, held: held(&rows), rows: &rows };
        let numbers: Vec<usize> = (0..PARTIES).filter(|at| listed.contains_key(&name(*at))).collect();
        for party in 0..PARTIES {
            let Some(&at) = graph.by_key(&name(party)).first() else { continue };
            let found = graph.findings(at, DAY, &rules, &|party: &Party| measures_of(&listed, party));
            prop_assert_eq!(words(&found), brute.words(&numbers, party), "{} of {:?}", name(party), found);
            found.iter().for_each(|finding| proved(finding, rule, &name(party)));
        }
    }
}

fn proved(finding: &OwnershipFinding, rule: &Rule, party: &str) {
    match finding.verdict {
        Verdict::Owned { .. } | Verdict::PossiblyOwned { .. } => replay(finding, rule, party),
        // The last step of a relation leads to the party.
        Verdict::RelatedControl { .. } | Verdict::Representative => {
            assert_eq!(
                finding.path.last().map(|step| step.owned.name.as_str()),
                Some(party)
            );
        }
        _ => {}
    }
}
