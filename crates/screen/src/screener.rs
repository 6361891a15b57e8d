//! Lists in, decisions out.

use crate::candidates::Gather;
use crate::entry::{self, domain_of, words};
use crate::evidence;
use crate::fields::{self, Facts, Ties, Weighed};
use crate::index::{Index, fnv};
use crate::score;
use foldhash::{HashMap, HashMapExt};
use std::cmp::Reverse;
use tamis_model::{
    Confidence, Context, Decision, Entity, EntityKind, EvasionSignal, Evidence, Hit, List, ListMeta,
    ListStamp, Score, Status, Subject,
};
use tamis_names::{Domain, NameForm};
use tamis_policy::Policy;

/// What keeps a screener from being built.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// No list was given: with nothing to compare, everybody would be clear.
    NoList,
    /// A list without entries.
    EmptyList(String),
    /// Two entries with the same id.
    DuplicateId(String),
    /// An entry with a name that has nothing to compare: the id and the name.
    NoName(String, String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Error::NoList => f.write_str("no list to screen against: name at least one"),
            Error::EmptyList(id) => {
                write!(
                    f,
                    "the list '{id}' has no entries: refusing to call anybody clear against it"
                )
            }
            Error::DuplicateId(id) => write!(f, "two entries have the id '{id}': is a list given twice?"),
            Error::NoName(id, name) => {
                write!(
                    f,
                    "the name '{name}' of entry '{id}' has no letter or digit: the list would not be screened in full"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

/// A pair of names, compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The score that `screen` would give.
    pub score: Score,
    /// The reasons, whose points add up to the score.
    pub evidence: Vec<Evidence>,
}

/// Compares two names by themselves; the score is the one that screening would give, and symmetric.
///
/// Without a kind the names are read as those of companies when either has a legal form, a generic word or a
/// number, else as those of persons. Ask [`unfit`] first: a name without letters scores 0, and the cost grows with
/// the product of the numbers of words.
///
/// # Example
/// ```
/// use tamis_model::EntityKind;
/// let comparison = tamis_screen::compare("Tschekunow, Igor", "Игорь Чекунов", Some(EntityKind::Person));
/// assert!(comparison.score.as_f64() > 0.9);
/// let points: i32 = comparison.evidence.iter().map(|e| e.points()).sum();
/// assert_eq!(points, i32::from(comparison.score.ten_thousandths()));
/// ```
pub fn compare(query: &str, candidate: &str, kind: Option<EntityKind>) -> Comparison {
    let domain = kind.map_or_else(|| Domain::guess(&[query, candidate]), domain_of);
    let (queries, candidates) = (NameForm::all(query, domain), NameForm::all(candidate, domain));
    let pairs = queries
        .iter()
        .flat_map(|one| candidates.iter().map(move |two| (one, two)));
    let scored = pairs.map(|(one, two)| score::score::<true>(one, two, &[]));
    // The first of equals, so that whole names go before parts of them.
    let best = scored.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (score, evidence) = best.unwrap_or_default();
    Comparison { score, evidence }
}

/// The form in which a name is compared, for display.
pub fn normal_form(name: &str, kind: Option<EntityKind>) -> String {
    let domain = kind.map_or_else(|| Domain::guess(&[name]), domain_of);
    NameForm::new(name, domain).normal
}

/// The most words that a name may have to be screened. The longest text in a name field of the OFAC and UN lists of
/// August 2026 has 52 (a UN alias that strings several together); the cost of comparing grows with the square of the
/// words, so a longer one is refused loudly rather than cut or waited for.
pub const MOST_WORDS: usize = 256;

/// Why `name` cannot be screened: it has no letter or digit, or more than [`MOST_WORDS`] words. `None` when it can.
///
/// # Example
/// ```
/// assert_eq!(tamis_screen::unfit("Anton Ivanov"), None);
/// assert!(tamis_screen::unfit("***").is_some());
/// ```
pub fn unfit(name: &str) -> Option<String> {
    unfit_form(name, &NameForm::new(name, Domain::Person))
}

fn unfit_form(name: &str, form: &NameForm) -> Option<String> {
    let start: String = name.chars().take(40).collect();
    match form.tokens.len() {
        0 => Some(format!("the name '{start}' has no letter or digit to compare")),
        n if n > MOST_WORDS => Some(format!(
            "the name '{start} …' has {n} words; names of more than {MOST_WORDS} are not screened"
        )),
        _ => None,
    }
}

const DOMAINS: [Domain; 3] = [Domain::Person, Domain::Organization, Domain::Object];

/// Working memory for [`Screener::screen_with`]: results of token look-ups are remembered in it. Keep one per
/// thread. It may be used with any screener; it starts anew when the lists are others.
#[derive(Debug, Default)]
pub struct Scratch {
    lists: u64,
    gather: [Gather; 3],
}

/// Lists, ready to be screened against.
#[derive(Debug)]
pub struct Screener {
    lists: Vec<ListMeta>,
    entities: Vec<Entity>,
    /// What is read from each entity's fields, in the same order.
    facts: Vec<Facts>,
    by_id: HashMap<String, u32>,
    by_identifier: HashMap<String, Vec<u32>>,
    indexes: [Index; 3],
    /// Tells these lists from others, for [`Scratch`].
    fingerprint: u64,
    policy: Policy,
    context: Context,
}

/// The best match of a subject with one entity so far.
#[derive(Clone, Copy, Debug)]
struct Match {
    entity: u32,
    name: u32,
    query: usize,
    score: Score,
    name_score: Score,
    ties: Ties,
    /// Whether a match of this name alerts under the policy.
    alerts: bool,
}

impl Match {
    /// A name that alerts at `cutoff` goes before one that does not, then the better score, then the earlier name.
    fn rank(&self, cutoff: Score) -> (bool, Score, Score, Reverse<u32>) {
        let alerts = self.alerts && self.score >= cutoff;
        (alerts, self.score, self.name_score, Reverse(self.name))
    }
}

/// A subject, and what is read from its fields.
struct Asked<'a> {
    subject: &'a Subject,
    facts: Facts,
}

impl Asked<'_> {
    fn new(subject: &Subject) -> Asked<'_> {
        Asked {
            subject,
            facts: Facts::of_subject(subject),
        }
    }
}

/// The best match of each entity whose names, or names and fields together, reach the cutoff.
struct Best {
    cutoff: Score,
    by_entity: HashMap<u32, Match>,
}

impl Best {
    fn keep(&mut self, found: Match) {
        // Names that agree are kept though another field conflicts: the answer then says so.
        if found.score.max(found.name_score) < self.cutoff {
            return;
        }
        let known = self.by_entity.entry(found.entity).or_insert(found);
        if found.rank(self.cutoff) > known.rank(self.cutoff) {
            *known = found;
        }
    }
}

impl Screener {
    /// Prepares `lists` for screening under `policy`.
    ///
    /// # Errors
    /// Refuses to work with no list, an empty list, duplicate ids, or a name that cannot be compared.
    pub fn new(lists: Vec<List>, policy: Policy) -> Result<Screener, Error> {
        if lists.is_empty() {
            return Err(Error::NoList);
        }
        if let Some(empty) = lists.iter().find(|list| list.entities.is_empty()) {
            return Err(Error::EmptyList(empty.meta.id.clone()));
        }
        let context = context(&lists, &policy);
        let mut screener = Screener {
            lists: Vec::new(),
            entities: Vec::new(),
            facts: Vec::new(),
            by_id: HashMap::new(),
            by_identifier: HashMap::new(),
            indexes: Default::default(),
            fingerprint: tamis_names::fingerprint(),
            policy,
            context,
        };
        for list in lists {
            screener.lists.push(list.meta);
            for entity in list.entities {
                screener.add(entity)?;
            }
        }
        screener.indexes.iter_mut().for_each(Index::finish);
        Ok(screener)
    }

    fn add(&mut self, entity: Entity) -> Result<(), Error> {
        let id = entity.id();
        let at = u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        if entity.names.is_empty() {
            return Err(Error::NoName(id, String::new()));
        }
        let index = &mut self.indexes[domain_of(entity.kind) as usize];
        for listed in entry::names(&entity) {
            if listed.form.tokens.is_empty() {
                return Err(Error::NoName(id, entity.names[listed.name as usize].text.clone()));
            }
            self.fingerprint = self.fingerprint.rotate_left(5) ^ fnv(listed.form.normal.as_bytes());
            index.add(at, listed.name, listed.form, listed.implied);
        }
        let facts = Facts::of_entity(&entity);
        for key in facts.numbers.iter().filter_map(fields::look_up) {
            self.by_identifier.entry(key.to_owned()).or_default().push(at);
        }
        if self.by_id.insert(id.clone(), at).is_some() {
            return Err(Error::DuplicateId(id));
        }
        self.entities.push(entity);
        self.facts.push(facts);
        Ok(())
    }

    /// The same lists under another policy; they need not be read or prepared again.
    #[must_use]
    pub fn under(mut self, policy: Policy) -> Screener {
        self.context.policy_sha256 = policy.sha256();
        self.context.as_of = policy.as_of;
        self.policy = policy;
        self
    }

    /// The policy in use.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What every answer rests on: lists, policy, engine, day.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// The lists in use, with counts, files and remarks.
    pub fn lists(&self) -> &[ListMeta] {
        &self.lists
    }

    /// Every entry of every list.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entry with this id (`<list>:<native id>`).
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.by_id.get(id).map(|&at| &self.entities[at as usize])
    }

    /// The answer for one subject, with evidence.
    pub fn screen(&self, subject: &Subject) -> Decision {
        self.screen_with(subject, &mut Scratch::default())
    }

    /// As [`Screener::screen`], with working memory that the caller keeps.
    ///
    /// A subject with a name that is [`unfit`] is [`Status::Unscreened`], with the reason in the notes.
    pub fn screen_with(&self, subject: &Subject, scratch: &mut Scratch) -> Decision {
        let signals = match first_look(subject) {
            Ok(signals) => signals,
            Err(note) => return unscreened(subject, note),
        };
        let asked = Asked::new(subject);
        let matches = self.matches(&asked, self.policy.threshold, scratch);
        let hits = matches
            .iter()
            .map(|found| (self.hit(&asked, found), &self.entities[found.entity as usize]));
        let mut decision = Decision {
            signals,
            ..self.policy.decide(subject, hits)
        };
        decision
            .notes
            .extend(fields::warnings(subject, &asked.facts.numbers));
        decision
    }

    /// Matches from `floor` up to just below the threshold, best first, with evidence: what an analyst may
    /// want to see beside the alerts.
    pub fn near_misses(&self, subject: &Subject, floor: Score) -> Vec<Hit> {
        let scratch = &mut Scratch::default();
        let asked = Asked::new(subject);
        let shown: Vec<u32> = self
            .matches(&asked, self.policy.threshold, scratch)
            .iter()
            .map(|found| found.entity)
            .collect();
        let matches = self.matches(&asked, floor, scratch);
        let below = matches.iter().filter(|found| !shown.contains(&found.entity));
        below.map(|found| self.hit(&asked, found)).collect()
    }

    /// The best match of each entity that reaches `cutoff`, in total order: score, name score, how well the other
    /// fields agree, entity id.
    fn matches(&self, asked: &Asked<'_>, cutoff: Score, scratch: &mut Scratch) -> Vec<Match> {
        if scratch.lists != self.fingerprint {
            *scratch = Scratch {
                lists: self.fingerprint,
                ..Scratch::default()
            };
        }
        let mut best = Best {
            cutoff,
            by_entity: HashMap::new(),
        };
        for (query, name) in asked.subject.names.iter().enumerate() {
            for domain in DOMAINS {
                self.match_names(asked, (query, &name.text), domain, scratch, &mut best);
            }
        }
        for entity in self.sharing_identifier(&asked.facts) {
            best.keep(self.by_identifier_alone(asked, entity));
        }
        let mut matches: Vec<Match> = best.by_entity.into_values().collect();
        matches.sort_by_cached_key(|found| {
            let id = self.entities[found.entity as usize].id();
            (Reverse(found.score), Reverse(found.name_score), found.ties, id)
        });
        matches
    }

    /// Scores one of the subject's names against every listed name of `domain` that can reach the cutoff.
    fn match_names(
        &self,
        asked: &Asked<'_>,
        (query, name): (usize, &str),
        domain: Domain,
        scratch: &mut Scratch,
        best: &mut Best,
    ) {
        let index = &self.indexes[domain as usize];
        if index.names.is_empty() {
            return;
        }
        let need = need(asked.subject, best.cutoff);
        let gather = &mut scratch.gather[domain as usize];
        for form in NameForm::all(name, domain) {
            gather.run(index, &form, need);
            for &at in &gather.found {
                let listed = &index.names[at as usize];
                let (name_score, _) = score::score::<false>(&form, &listed.form, &listed.implied);
                if u32::from(name_score.ten_thousandths()) >= need {
                    let words = words(&form, &listed.form);
                    best.keep(self.weigh(asked, query, (listed.entity, listed.name), words, name_score));
                }
            }
        }
    }

    fn weigh(
        &self,
        asked: &Asked<'_>,
        query: usize,
        (entity, name): (u32, u32),
        words: usize,
        name_score: Score,
    ) -> Match {
        let entry = &self.entities[entity as usize];
        let Weighed { score, ties } =
            self.weigh_fields::<false>(asked, entity, name_score, words, &mut Vec::new());
        Match {
            entity,
            name,
            query,
            score,
            name_score,
            ties,
            alerts: self.name_alerts(entry, name),
        }
    }

    fn weigh_fields<const EXPLAIN: bool>(
        &self,
        asked: &Asked<'_>,
        entity: u32,
        name: Score,
        words: usize,
        reasons: &mut Vec<Evidence>,
    ) -> Weighed {
        let at = entity as usize;
        let entry = (&self.entities[at], &self.facts[at]);
        fields::weigh::<EXPLAIN>((asked.subject, &asked.facts), entry, name, words, reasons)
    }

    fn name_alerts(&self, entity: &Entity, name: u32) -> bool {
        let name = &entity.names[name as usize];
        (name.role.is_strong() || self.policy.weak_alias_alerts)
            && (name.confidence() > Confidence::Unverified || self.policy.unverified_alerts)
    }

    fn sharing_identifier(&self, facts: &Facts) -> Vec<u32> {
        let holders = facts
            .numbers
            .iter()
            .filter_map(|number| Some((number, self.by_identifier.get(fields::look_up(number)?)?)));
        let same = holders.flat_map(|(number, entities)| {
            let shares = |&&at: &&u32| {
                let mut listed = self.facts[at as usize].numbers.iter();
                listed.any(|other| fields::is_same(number, other))
            };
            entities.iter().filter(shares).copied()
        });
        let mut entities: Vec<u32> = same.collect();
        entities.sort_unstable();
        entities.dedup();
        entities
    }

    /// A shared number is a match whatever the names are: the best of the entity's names is shown beside it.
    fn by_identifier_alone(&self, asked: &Asked<'_>, entity: u32) -> Match {
        let entry = &self.entities[entity as usize];
        let domain = domain_of(entry.kind);
        let listed = entry::names(entry);
        let mut best = Match {
            entity,
            name: 0,
            query: 0,
            score: Score::ZERO,
            name_score: Score::ZERO,
            ties: Ties::default(),
            alerts: true,
        };
        for (query, text) in asked.subject.names.iter().enumerate() {
            for form in NameForm::all(&text.text, domain) {
                for listed in &listed {
                    let (name_score, _) = score::score::<false>(&form, &listed.form, &listed.implied);
                    let words = words(&form, &listed.form);
                    let found = self.weigh(asked, query, (entity, listed.name), words, name_score);
                    // The number is the evidence, so it does not matter how well the name beside it is known.
                    let found = Match {
                        alerts: true,
                        ..found
                    };
                    if found.rank(Score::ZERO) > best.rank(Score::ZERO) {
                        best = found;
                    }
                }
            }
        }
        best
    }

    /// A match with its reasons; the same functions that scored it explain it.
    fn hit(&self, asked: &Asked<'_>, found: &Match) -> Hit {
        let entity = &self.entities[found.entity as usize];
        let listed = &entity.names[found.name as usize];
        let (score, name_score, evidence) = self.explain(asked, found);
        Hit {
            entity_id: entity.id(),
            entity_name: entity.primary_name().to_owned(),
            query_name: found.query,
            matched_name: listed.text.clone(),
            matched_role: listed.role,
            score,
            name_score,
            evidence,
        }
    }

    /// The best of the ways to read the two names of a match: its score, the names' score, and the reasons.
    fn explain(&self, asked: &Asked<'_>, found: &Match) -> (Score, Score, Vec<Evidence>) {
        let entity = &self.entities[found.entity as usize];
        let queries = NameForm::all(&asked.subject.names[found.query].text, domain_of(entity.kind));
        let names = entry::names(entity);
        let listed = names.iter().filter(|listed| listed.name == found.name);
        let pairs = listed.flat_map(|listed| queries.iter().map(move |query| (query, listed)));
        let explained = pairs.map(|(query, listed)| {
            let (name_score, mut reasons) = score::score::<true>(query, &listed.form, &listed.implied);
            let words = words(query, &listed.form);
            let weighed = self.weigh_fields::<true>(asked, found.entity, name_score, words, &mut reasons);
            (weighed.score, name_score, reasons)
        });
        let best = explained.reduce(|best, next| {
            if (next.0, next.1) > (best.0, best.1) {
                next
            } else {
                best
            }
        });
        best.unwrap_or_default()
    }
}

/// The name score, in ten-thousandths, below which the subject's other fields cannot lift a match to `cutoff`.
fn need(subject: &Subject, cutoff: Score) -> u32 {
    let gain = fields::most_gain(subject);
    let cutoff = u32::from(cutoff.ten_thousandths());
    (cutoff * 1_000).saturating_sub(10_000 * gain) / (1_000 - gain)
}

/// What had to be undone to read the subject's names, or why they cannot be screened.
fn first_look(subject: &Subject) -> Result<Vec<EvasionSignal>, String> {
    if subject.names.is_empty() {
        return Err("no name: nothing to screen".to_owned());
    }
    let mut signals = Vec::new();
    for name in &subject.names {
        let form = NameForm::new(&name.text, Domain::Person);
        unfit_form(&name.text, &form).map_or(Ok(()), Err)?;
        signals.extend(evidence::signals(&form));
    }
    signals.sort_unstable();
    signals.dedup();
    Ok(signals)
}

fn unscreened(subject: &Subject, note: String) -> Decision {
    Decision {
        status: Status::Unscreened,
        alerts: Vec::new(),
        information: Vec::new(),
        signals: Vec::new(),
        notes: std::iter::once(note)
            .chain(subject.unused.iter().cloned())
            .collect(),
    }
}

/// The engine as every output names it: version and fingerprint.
///
/// # Example
/// ```
/// assert!(tamis_screen::engine().starts_with("tamis "));
/// ```
pub fn engine() -> String {
    let (version, fingerprint) = (env!("CARGO_PKG_VERSION"), tamis_names::fingerprint());
    format!("tamis {version} ({fingerprint:016x})")
}

fn context(lists: &[List], policy: &Policy) -> Context {
    let stamp = |list: &List| ListStamp {
        id: list.meta.id.clone(),
        title: list.meta.title.clone(),
        published: list.meta.published,
        sha256: list.meta.sha256.clone(),
        entities: list.entities.len(),
    };
    Context {
        lists: lists.iter().map(stamp).collect(),
        policy_sha256: policy.sha256(),
        engine: engine(),
        as_of: policy.as_of,
    }
}
