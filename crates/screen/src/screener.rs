//! Lists in, decisions out.

use crate::align::Pairs;
use crate::alike::read_alike;
use crate::candidates::{Gather, Search};
use crate::compile::Compiled;
use crate::entry::{self, domain_of, words};
use crate::evidence;
use crate::fields::{self, Facts, Ties, Weighed};
use crate::learned::Learned;
use crate::lookup::{Tag, hash};
use crate::score;
use crate::store::{About, Damaged, Entry, Store, Tables};
use foldhash::HashMap;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::path::Path;
use tamis_model::{
    Confidence, Context, Decision, Entity, EntityKind, EvasionSignal, Evidence, Hit, List, ListMeta,
    ListStamp, Score, Status, Subject,
};
use tamis_names::{Domain, Forms, NameForm, Reader};
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
    /// Something of an entry cannot be written into a compiled list: which, and why.
    NotWritten(String, String),
    /// More names than a compiled list can hold: the section that is full.
    TooLarge(&'static str),
    /// A compiled list that cannot be used: why, and what to do.
    Compiled(String),
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
            Error::NotWritten(what, why) => {
                write!(f, "'{what}' cannot be written into a compiled list: {why}")
            }
            Error::TooLarge(section) => {
                write!(
                    f,
                    "the lists are too large for one compiled list (section '{section}'): compile fewer at a time"
                )
            }
            Error::Compiled(why) => f.write_str(why),
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
    let scored = pairs.map(|(one, two)| score::score::<true>(one, two, &[], Pairs::All));
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
    let start = || name.chars().take(40).collect::<String>();
    match form.tokens.len() {
        0 => Some(format!(
            "the name '{}' has no letter or digit to compare",
            start()
        )),
        n if n > MOST_WORDS => Some(format!(
            "the name '{} …' has {n} words; names of more than {MOST_WORDS} are not screened",
            start()
        )),
        _ => None,
    }
}

/// Working memory for [`Screener::screen_with`]: what was read and looked up is remembered in it, since names repeat
/// their words. Keep one per thread. It may be used with any screener; it starts anew when the lists are others.
#[derive(Debug, Default)]
pub struct Scratch {
    lists: u128,
    reader: Reader,
    gather: Gather,
}

/// Lists, ready to be screened against.
#[derive(Debug)]
pub struct Screener {
    store: Store,
    learned: Learned,
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
    /// The score from which a match with this entity is told.
    cutoff: Score,
    /// Whether a match of this name alerts under the policy.
    alerts: bool,
}

impl Match {
    /// A name that alerts goes before one that does not, then the better score, then the earlier name.
    fn rank(&self) -> (bool, Score, Score, Reverse<u32>) {
        let alerts = self.alerts && self.score >= self.cutoff;
        (alerts, self.score, self.name_score, Reverse(self.name))
    }
}

/// A subject, and what is read from its fields and its names.
struct Asked<'a> {
    subject: &'a Subject,
    facts: Facts,
    /// Of each name, its forms in each domain.
    forms: Vec<Forms>,
    /// The day of the screening.
    today: Date,
}

impl<'a> Asked<'a> {
    /// Reads a subject; the error is why it cannot be screened.
    fn new(subject: &'a Subject, today: Date, reader: &mut Reader) -> Result<Asked<'a>, String> {
        if subject.names.is_empty() {
            return Err("no name: nothing to screen".to_owned());
        }
        let forms = |name: &tamis_model::SubjectName| {
            let forms = reader.forms(&name.text);
            let persons = forms.of(Domain::Person).first();
            let unfit = persons.and_then(|form| unfit_form(&name.text, form));
            unfit.map_or(Ok(forms), Err)
        };
        let forms = subject.names.iter().map(forms).collect::<Result<_, _>>()?;
        Ok(Asked {
            subject,
            facts: Facts::of_subject(subject),
            forms,
            today,
        })
    }

    /// What had to be undone to read the names.
    fn signals(&self) -> Vec<EvasionSignal> {
        let whole = self
            .forms
            .iter()
            .filter_map(|forms| forms.of(Domain::Person).first());
        let mut signals: Vec<EvasionSignal> = whole.flat_map(evidence::signals).collect();
        signals.sort_unstable();
        signals.dedup();
        signals
    }
}

/// From which score matches are looked for.
#[derive(Clone, Copy, Debug)]
enum Cutoff {
    /// From the policy's threshold for each entity. Candidates are searched from the lowest of them, so that none is
    /// lost; what stays below its own is left out once its entity is known.
    Policy,
    /// From one score for all.
    Floor(Score),
}

/// The best match of each entity whose names, or names and fields together, reach its cutoff.
#[derive(Default)]
struct Best {
    by_entity: HashMap<u32, Match>,
}

impl Best {
    fn keep(&mut self, found: Match) {
        // Names that agree are kept though another field conflicts: the answer then says so.
        if found.score.max(found.name_score) < found.cutoff {
            return;
        }
        let known = self.by_entity.entry(found.entity).or_insert(found);
        if found.rank() > known.rank() {
            *known = found;
        }
    }
}

/// The lists in the form in which they are searched, as the bytes of a file for [`Screener::open`]. Equal lists give
/// equal bytes.
///
/// # Errors
/// Refuses to work with no list, an empty list, duplicate ids, or a name that cannot be compared.
///
/// # Example
/// ```
/// use tamis_model::{Entity, EntityKind, List, ListMeta, Name, NameRole};
/// let mut entity = Entity::new("demo", "1", EntityKind::Person);
/// entity.names.push(Name::new("TIKHONOV, Andrei", NameRole::Primary));
/// let list = List { meta: ListMeta::new("demo", "Demo", "demo", &[entity.clone()]), entities: vec![entity] };
/// let bytes = tamis_screen::compile(vec![list.clone()])?;
/// assert_eq!(bytes, tamis_screen::compile(vec![list])?);
/// assert!(tamis_screen::is_compiled(&bytes));
/// # Ok::<(), tamis_screen::Error>(())
/// ```
pub fn compile(lists: Vec<List>) -> Result<Vec<u8>, Error> {
    Compiled::of(lists)?.into_bytes()
}

/// Whether `start`, the first bytes of a file, are those of a compiled list, of whatever version.
pub fn is_compiled(start: &[u8]) -> bool {
    tamis_snapshot::Snapshot::is_one(start)
}

impl Screener {
    /// Prepares `lists` for screening under `policy`.
    ///
    /// # Errors
    /// As [`compile`].
    pub fn new(lists: Vec<List>, policy: Policy) -> Result<Screener, Error> {
        let store = Store::from_vec(compile(lists)?).map_err(|e| Error::Compiled(e.to_string()))?;
        Ok(Screener::over(store, policy))
    }

    /// Opens lists that [`compile`] made and that were written to the file at `path`. The file is mapped, and read
    /// once to compare its checksum; entries are read when they are needed. It must not be changed in place while it
    /// is open: write another and rename it.
    ///
    /// # Errors
    /// [`Error::Compiled`] says whether the file is of another version, made with other tables, cut short or damaged.
    pub fn open(path: &Path, policy: Policy) -> Result<Screener, Error> {
        let store = Store::open(path).map_err(|e| Error::Compiled(e.to_string()))?;
        Ok(Screener::over(store, policy))
    }

    /// As [`Screener::open`], for the bytes of such a file.
    ///
    /// # Errors
    /// As [`Screener::open`].
    pub fn from_bytes(bytes: impl AsRef<[u8]>, policy: Policy) -> Result<Screener, Error> {
        let store = Store::from_bytes(bytes.as_ref()).map_err(|e| Error::Compiled(e.to_string()))?;
        Ok(Screener::over(store, policy))
    }

    fn over(store: Store, policy: Policy) -> Screener {
        let context = context(&store.about, &policy);
        Screener {
            store,
            learned: Learned::default(),
            policy,
            context,
        }
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
        &self.store.about.lists
    }

    /// The regimes that have a measure against any entry, in order.
    pub fn regimes(&self) -> &[String] {
        &self.store.about.regimes
    }

    /// The parts of the compiled lists with their sizes in bytes.
    pub fn sections(&self) -> impl Iterator<Item = (&str, usize)> {
        self.store.sizes()
    }

    /// The compiled lists, as [`compile`] wrote them: what [`Screener::from_bytes`] opens to the same screener.
    pub fn compiled(&self) -> &[u8] {
        self.store.bytes()
    }

    /// How many entries the lists have together.
    pub fn entity_count(&self) -> usize {
        self.store.entity_count()
    }

    /// Every entry of every list, in their order; each is read from the compiled list when it is first asked for.
    ///
    /// # Errors
    /// [`Error::Compiled`] where an entry cannot be read, for which the compiled list must be at fault.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Result<&Entity, Error>> {
        let count = u32::try_from(self.store.entity_count()).unwrap_or(u32::MAX);
        (0..count).map(|at| {
            self.store
                .entry(at)
                .map(|entry| &entry.entity)
                .map_err(Error::from)
        })
    }

    /// The lists, as they were given to [`compile`].
    ///
    /// # Errors
    /// As [`Screener::entities`].
    pub fn to_lists(&self) -> Result<Vec<List>, Error> {
        let mut entities = self.entities();
        let about = self.store.about.lists.iter().zip(&self.store.about.entities);
        about
            .map(|(meta, &count)| {
                let own = entities.by_ref().take(count);
                Ok(List {
                    meta: meta.clone(),
                    entities: own.map(|entity| entity.cloned()).collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }

    /// The entry with this id (`<list>:<native id>`).
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        let found = self.store.tables().entities.find(hash(Tag::Id, id.as_bytes()));
        let mut entries = found.filter_map(|(at, _)| self.store.entry(at).ok());
        entries.find(|entry| entry.id == id).map(|entry| &entry.entity)
    }

    /// The answer for one subject, with evidence.
    pub fn screen(&self, subject: &Subject) -> Decision {
        self.screen_with(subject, &mut Scratch::default())
    }

    /// As [`Screener::screen`], with working memory that the caller keeps.
    ///
    /// A subject with a name that is [`unfit`] is [`Status::Unscreened`], with the reason in the notes.
    pub fn screen_with(&self, subject: &Subject, scratch: &mut Scratch) -> Decision {
        self.decide(subject, scratch)
            .unwrap_or_else(|note| unscreened(subject, note))
    }

    fn decide(&self, subject: &Subject, scratch: &mut Scratch) -> Result<Decision, String> {
        self.begin(scratch);
        let asked = Asked::new(subject, self.policy.as_of, &mut scratch.reader)?;
        let matches = self.matches(&asked, Cutoff::Policy, scratch)?;
        let hits = matches
            .iter()
            .map(|found| self.hit(&asked, found, &mut scratch.reader));
        let hits = hits.collect::<Result<Vec<_>, _>>()?;
        let mut decision = Decision {
            signals: asked.signals(),
            ..self.policy.decide(subject, hits)
        };
        decision
            .notes
            .extend(fields::warnings(subject, &asked.facts.numbers));
        Ok(decision)
    }

    fn begin(&self, scratch: &mut Scratch) {
        if scratch.lists != self.store.checksum() {
            *scratch = Scratch {
                lists: self.store.checksum(),
                ..Scratch::default()
            };
        }
    }

    /// Matches from `floor` up to just below the threshold, best first, with evidence: what an analyst may
    /// want to see beside the alerts. None for a subject that cannot be screened.
    pub fn near_misses(&self, subject: &Subject, floor: Score) -> Vec<Hit> {
        self.below(subject, floor).unwrap_or_default()
    }

    fn below(&self, subject: &Subject, floor: Score) -> Result<Vec<Hit>, String> {
        let scratch = &mut Scratch::default();
        self.begin(scratch);
        let asked = Asked::new(subject, self.policy.as_of, &mut scratch.reader)?;
        let shown: Vec<u32> = self
            .matches(&asked, Cutoff::Policy, scratch)?
            .iter()
            .map(|found| found.entity)
            .collect();
        let matches = self.matches(&asked, Cutoff::Floor(floor), scratch)?;
        let below = matches.iter().filter(|found| !shown.contains(&found.entity));
        let hits = below.map(|found| self.hit(&asked, found, &mut scratch.reader).map(|(hit, _)| hit));
        hits.collect::<Result<_, _>>().map_err(String::from)
    }

    /// The best match of each entity that reaches its cutoff, in total order: score, name score, how well the other
    /// fields agree, entity id.
    fn matches(
        &self,
        asked: &Asked<'_>,
        cutoff: Cutoff,
        scratch: &mut Scratch,
    ) -> Result<Vec<Match>, Damaged> {
        let tables = &self.store.tables();
        let mut best = Best::default();
        let lowest = match cutoff {
            Cutoff::Policy => self.policy.lowest_threshold(asked.subject),
            Cutoff::Floor(floor) => floor,
        };
        let need = need(asked.subject, lowest);
        for (query, forms) in asked.forms.iter().enumerate() {
            for alike in &read_alike(forms) {
                let search = Search {
                    store: &self.store,
                    learned: &self.learned,
                    tables,
                    alike,
                    need,
                };
                self.match_forms((asked, cutoff), query, &search, &mut scratch.gather, &mut best)?;
            }
        }
        for entity in self.sharing_identifier(tables, &asked.facts)? {
            best.keep(self.by_identifier_alone((asked, cutoff), entity, &mut scratch.reader)?);
        }
        let mut matches: Vec<Match> = best.by_entity.into_values().collect();
        matches.sort_by_cached_key(|found| {
            let id = self.store.entry(found.entity).map(|entry| &entry.id).ok();
            (Reverse(found.score), Reverse(found.name_score), found.ties, id)
        });
        Ok(matches)
    }

    /// Scores one of the subject's names, in a form of it, against every listed name that can reach the cutoff.
    fn match_forms(
        &self,
        asked: (&Asked<'_>, Cutoff),
        query: usize,
        search: &Search<'_>,
        gather: &mut Gather,
        best: &mut Best,
    ) -> Result<(), Damaged> {
        gather.run(search)?;
        for &(at, tried) in &gather.found {
            let listed = self.store.name(at)?;
            let form = search.form_for(at).ok_or(Damaged)?;
            let (name_score, _) = score::score::<false>(form, &listed.form, &listed.implied, tried);
            if u32::from(name_score.ten_thousandths()) >= search.need {
                let words = words(form, &listed.form);
                let (entity, name) = search.tables.entity_of(at)?;
                best.keep(self.weigh(asked, query, (entity, name), words, name_score)?);
            }
        }
        Ok(())
    }

    fn weigh(
        &self,
        (asked, cutoff): (&Asked<'_>, Cutoff),
        query: usize,
        (entity, name): (u32, u32),
        words: usize,
        name_score: Score,
    ) -> Result<Match, Damaged> {
        let entry = self.store.entry(entity)?;
        let Weighed { score, ties } = weigh_fields::<false>(asked, entry, name_score, words, &mut Vec::new());
        Ok(Match {
            entity,
            name,
            query,
            score,
            name_score,
            ties,
            cutoff: self.cutoff_of(asked, cutoff, &entry.entity),
            alerts: self.name_alerts(&entry.entity, name)?,
        })
    }

    fn cutoff_of(&self, asked: &Asked<'_>, cutoff: Cutoff, entity: &Entity) -> Score {
        match cutoff {
            Cutoff::Policy => self.policy.threshold_for(asked.subject, entity),
            Cutoff::Floor(floor) => floor,
        }
    }

    fn name_alerts(&self, entity: &Entity, name: u32) -> Result<bool, Damaged> {
        let name = entity.names.get(name as usize).ok_or(Damaged)?;
        Ok((name.role.is_strong() || self.policy.weak_alias_alerts)
            && (name.confidence() > Confidence::Unverified || self.policy.unverified_alerts))
    }

    fn sharing_identifier(&self, tables: &Tables<'_>, facts: &Facts) -> Result<Vec<u32>, Damaged> {
        let mut entities = Vec::new();
        for number in &facts.numbers {
            let Some(key) = fields::look_up(number) else {
                continue;
            };
            for (at, _) in tables.entities.find(hash(Tag::Identifier, key.as_bytes())) {
                let mut listed = self.store.entry(at)?.facts.numbers.iter();
                if listed.any(|other| fields::is_same(number, other)) {
                    entities.push(at);
                }
            }
        }
        entities.sort_unstable();
        entities.dedup();
        Ok(entities)
    }

    /// A shared number is a match whatever the names are: the best of the entity's names is shown beside it.
    fn by_identifier_alone(
        &self,
        (asked, cutoff): (&Asked<'_>, Cutoff),
        entity: u32,
        reader: &mut Reader,
    ) -> Result<Match, Damaged> {
        let entry = self.store.entry(entity)?;
        let domain = domain_of(entry.entity.kind);
        let listed = entry::names(&entry.entity, reader);
        let mut best = Match {
            entity,
            name: 0,
            query: 0,
            score: Score::ZERO,
            name_score: Score::ZERO,
            ties: Ties::default(),
            cutoff: self.cutoff_of(asked, cutoff, &entry.entity),
            alerts: true,
        };
        for (query, forms) in asked.forms.iter().enumerate() {
            for form in forms.of(domain) {
                for listed in &listed {
                    let (name_score, _) =
                        score::score::<false>(form, &listed.form, &listed.implied, Pairs::All);
                    let words = words(form, &listed.form);
                    let found =
                        self.weigh((asked, cutoff), query, (entity, listed.name), words, name_score)?;
                    // The number is the evidence, so it does not matter how well the name beside it is known, nor
                    // at which score the name would alert.
                    if (found.score, found.name_score, Reverse(found.name))
                        > (best.score, best.name_score, Reverse(best.name))
                    {
                        best = Match {
                            alerts: true,
                            ..found
                        };
                    }
                }
            }
        }
        Ok(best)
    }

    /// A match with its reasons; the same functions that scored it explain it.
    fn hit(&self, asked: &Asked<'_>, found: &Match, reader: &mut Reader) -> Result<(Hit, &Entity), Damaged> {
        let entry = self.store.entry(found.entity)?;
        let entity = &entry.entity;
        let listed = entity.names.get(found.name as usize).ok_or(Damaged)?;
        let (score, name_score, evidence) = explain(asked, found, entry, reader);
        // What was found by the compiled name must be what the entry itself says, or the answer rests on neither.
        if score < found.score {
            return Err(Damaged);
        }
        let hit = Hit {
            entity_id: entry.id.clone(),
            entity_name: entity.primary_name().to_owned(),
            query_name: found.query,
            matched_name: listed.text.clone(),
            matched_role: listed.role,
            score,
            name_score,
            evidence,
        };
        Ok((hit, entity))
    }
}

fn weigh_fields<const EXPLAIN: bool>(
    asked: &Asked<'_>,
    entry: &Entry,
    name: Score,
    words: usize,
    reasons: &mut Vec<Evidence>,
) -> Weighed {
    let subject = (asked.subject, &asked.facts, asked.today);
    fields::weigh::<EXPLAIN>(subject, (&entry.entity, &entry.facts), name, words, reasons)
}

/// The best of the ways to read the two names of a match: its score, the names' score, and the reasons.
fn explain(
    asked: &Asked<'_>,
    found: &Match,
    entry: &Entry,
    reader: &mut Reader,
) -> (Score, Score, Vec<Evidence>) {
    let queries = asked.forms[found.query].of(domain_of(entry.entity.kind));
    let names = entry::names(&entry.entity, reader);
    let listed = names.iter().filter(|listed| listed.name == found.name);
    let pairs = listed.flat_map(|listed| queries.iter().map(move |query| (query, listed)));
    let explained = pairs.map(|(query, listed)| {
        let (name_score, mut reasons) =
            score::score::<true>(query, &listed.form, &listed.implied, Pairs::All);
        let words = words(query, &listed.form);
        let weighed = weigh_fields::<true>(asked, entry, name_score, words, &mut reasons);
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

/// The name score, in ten-thousandths, below which the subject's other fields cannot lift a match to `cutoff`.
fn need(subject: &Subject, cutoff: Score) -> u32 {
    let gain = fields::most_gain(subject);
    let cutoff = u32::from(cutoff.ten_thousandths());
    (cutoff * 1_000).saturating_sub(10_000 * gain) / (1_000 - gain)
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

/// The engine as every output names it: its version, and a number over everything that reads, scores or decides. Builds that may answer
/// otherwise have another one.
///
/// # Example
/// ```
/// assert!(tamis_screen::engine().starts_with("tamis "));
/// ```
pub fn engine() -> String {
    concat!(
        "tamis ",
        env!("CARGO_PKG_VERSION"),
        " (",
        env!("TAMIS_STAMP"),
        ")"
    )
    .to_owned()
}

fn context(about: &About, policy: &Policy) -> Context {
    let stamp = |(list, &entities): (&ListMeta, &usize)| ListStamp {
        id: list.id.clone(),
        title: list.title.clone(),
        published: list.published,
        sha256: list.sha256.clone(),
        entities,
    };
    Context {
        lists: about.lists.iter().zip(&about.entities).map(stamp).collect(),
        policy_sha256: policy.sha256(),
        engine: engine(),
        as_of: policy.as_of,
    }
}

/// What is wrong where a compiled list contradicts itself.
const DAMAGED: &str = "the compiled list contradicts itself: compile it again";

impl From<Damaged> for Error {
    fn from(_: Damaged) -> Error {
        Error::Compiled(DAMAGED.to_owned())
    }
}

impl From<Damaged> for String {
    fn from(_: Damaged) -> String {
        DAMAGED.to_owned()
    }
}
