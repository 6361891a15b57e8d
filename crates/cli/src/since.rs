//! `tamis screen --since`: customers against what is new or changed since an earlier version of the lists.

use crate::args::ScreenArgs;
use crate::editions::{self, Edition, Version};
use crate::engine;
use crate::failure::Failure;
use crate::sources;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;
use tamis::model::{Decision, DiffCounts, Finding, ListMeta, Subject};
use tamis::related::Assessor;
use tamis::screen::{Change, Delta, Excerpt};
use tamis::{Scratch, Screener};

/// The columns that are added to the rows.
pub const COLUMNS: [&str; 2] = ["change", "changed_fields"];

/// What customers are screened against.
pub enum Target {
    /// Every entry.
    Whole(Box<Screener>),
    /// New and changed entries.
    Since(Box<Since>),
}

/// New and changed entries, and where they come from.
pub struct Since {
    delta: Delta,
    /// The lists as they were named.
    named: Vec<String>,
    /// The whole lists, once a party behind a customer matched an entry that changed: what it owns together with others
    /// depends on entries that did not.
    whole: OnceLock<Result<Screener, String>>,
    lists: Vec<ListMeta>,
    report: Report,
}

/// What a summary says of the change.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The earlier versions.
    pub old: Vec<Version>,
    /// The versions screened against.
    pub new: Vec<Version>,
    /// The numbers of entries by list, which reconcile.
    pub entries: BTreeMap<String, DiffCounts>,
    /// How many entries were screened against.
    pub screened: Screened,
    /// What to know before the result is relied on.
    pub notes: Vec<String>,
}

/// Entries screened against, by what happened to them.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Screened {
    /// Entries that are new.
    pub new_entries: usize,
    /// Entries that changed in a field that touches screening.
    pub changed_entries: usize,
    /// Entries that are gone, where they were asked for.
    pub removed_entries: usize,
}

impl Target {
    /// What the options ask for.
    pub fn of(args: &ScreenArgs) -> Result<Target, Failure> {
        if args.since.is_empty() {
            return engine::ready(&args.against).map(|screener| Target::Whole(Box::new(screener)));
        }
        if !args.stakes.files.is_empty() {
            return Err(Failure::new(
                "--stakes: not with --since: who owns whom over several steps follows from entries that did not change, too",
            )
            .help("leave out --since to screen in full, or leave out --stakes and name the parties behind customers in columns"));
        }
        Since::of(args).map(|since| Target::Since(Box::new(since)))
    }

    /// The screener that answers.
    pub fn screener(&self) -> &Screener {
        match self {
            Target::Whole(screener) => screener,
            Target::Since(since) => since.delta.screener(),
        }
    }

    /// The lists as they were named, whole.
    pub fn lists(&self) -> &[ListMeta] {
        match self {
            Target::Whole(screener) => screener.lists(),
            Target::Since(since) => &since.lists,
        }
    }

    /// What changed, where that was asked for.
    pub fn report(&self) -> Option<&Report> {
        match self {
            Target::Whole(_) => None,
            Target::Since(since) => Some(&since.report),
        }
    }

    /// What only the changes say, where these were asked for: the entries, and the whole lists.
    ///
    /// # Errors
    /// The whole lists cannot be read again as they were.
    pub fn changes(&self) -> Result<Option<(&Excerpt, &Screener)>, Failure> {
        let Target::Since(since) = self else {
            return Ok(None);
        };
        let whole = since.whole();
        let whole = whole.map_err(|why| Failure::at("--since", why).help("run it again"))?;
        Ok(Some((since.delta.excerpt(), whole)))
    }

    /// The marks of the entries, where what changed was asked for.
    pub fn marks(&self) -> Option<Marks> {
        match self {
            Target::Whole(_) => None,
            Target::Since(since) => Some(Marks::of(&since.delta)),
        }
    }

    /// The answer for a customer.
    pub fn screen_with(&self, assessor: &Assessor, subject: &Subject, scratch: &mut Scratch) -> Decision {
        match self {
            Target::Whole(screener) => assessor.decide(screener, subject, scratch),
            Target::Since(since) => since.decide(assessor, subject, scratch),
        }
    }
}

impl Since {
    fn of(args: &ScreenArgs) -> Result<Since, Failure> {
        let policy = engine::policy_of(&args.against.policy)?;
        let earlier = Edition::load(&args.since)?;
        let lists = sources::load(&args.against.lists.lists)?;
        let (old, new) = (editions::versions(&earlier.lists), editions::versions(&lists));
        check_lists(&old, &new)?;
        let delta = Delta::new(&earlier.lists, &lists, policy, args.removed).map_err(Failure::new)?;
        engine::check_regimes(&args.against.policy, delta.screener().policy(), delta.regimes())?;
        let mut notes = editions::notes(&old, &new);
        notes.extend(earlier.other_engines().into_iter().map(other_engine));
        notes.extend(not_screened(delta.counts(), args.removed));
        let report = Report {
            old,
            new,
            entries: delta.counts().clone(),
            screened: Screened {
                new_entries: delta.marked(Change::NewEntry),
                changed_entries: delta.marked(Change::ChangedEntry),
                removed_entries: delta.marked(Change::RemovedEntry),
            },
            notes,
        };
        let lists = lists.into_iter().map(|list| list.meta).collect();
        Ok(Since {
            delta,
            named: args.against.lists.lists.clone(),
            whole: OnceLock::new(),
            lists,
            report,
        })
    }

    fn decide(&self, assessor: &Assessor, subject: &Subject, scratch: &mut Scratch) -> Decision {
        let whole = || self.whole().map_err(Clone::clone);
        assessor.decide_since(self.delta.excerpt(), whole, subject, scratch)
    }

    /// The whole lists.
    fn whole(&self) -> Result<&Screener, &String> {
        self.whole.get_or_init(|| self.load_whole()).as_ref()
    }

    fn load_whole(&self) -> Result<Screener, String> {
        let lists = sources::load(&self.named).map_err(|failure| failure.text())?;
        let same = lists
            .iter()
            .map(|list| &list.meta.sha256)
            .eq(self.lists.iter().map(|meta| &meta.sha256));
        if !same {
            return Err("the lists were changed while they were in use".to_owned());
        }
        let policy = self.delta.screener().policy().clone();
        Screener::new(lists, policy).map_err(|error| error.to_string())
    }
}

/// Without a list in common everything would be new, which is a full screening under another name.
fn check_lists(old: &[Version], new: &[Version]) -> Result<(), Failure> {
    let common = new.iter().any(|one| old.iter().any(|two| one.id == two.id));
    let ids = |side: &[Version]| side.iter().map(|v| v.id.as_str()).collect::<Vec<_>>().join(", ");
    match common {
        true => Ok(()),
        false => Err(Failure::new(format!(
            "--since: no list is in both versions: {} before, {} now",
            ids(old),
            ids(new)
        ))
        .help(
            "name earlier versions of the lists given with --list, or leave out --since to screen in full",
        )),
    }
}

fn other_engine(engine: &str) -> String {
    format!(
        "the earlier lists were compiled by {engine}, this is {}: entries that did not change may score otherwise \
         now, so screen once against the whole lists",
        tamis::engine()
    )
}

fn not_screened(counts: &BTreeMap<String, DiffCounts>, removed_too: bool) -> Vec<String> {
    let sum = |of: fn(&DiffCounts) -> usize| counts.values().map(of).sum::<usize>();
    let mut notes = Vec::new();
    let quiet = sum(|c| c.changed - c.changed_for_screening);
    if quiet > 0 {
        notes.push(format!(
            "{quiet} entries changed in facts or wording only and were not screened against; `tamis list diff` shows \
             them"
        ));
    }
    let removed = sum(|c| c.removed);
    if removed > 0 && !removed_too {
        notes.push(format!(
            "{removed} entries were removed: alerts about them may lapse, and customers were not screened against \
             them; --removed tells whose"
        ));
    }
    notes
}

/// What happened to the entries, as rows tell it.
pub struct Marks(HashMap<String, (&'static str, Vec<&'static str>, String)>);

/// A finding with what happened to its entry.
#[derive(Serialize)]
struct Marked<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    change: &'a str,
    changed_fields: &'a [&'static str],
}

impl Marks {
    fn of(delta: &Delta) -> Marks {
        let told = delta.marks().map(|(id, mark)| {
            let fields: Vec<&str> = mark.fields.iter().map(|field| field.as_str()).collect();
            let joined = fields.join("|");
            (id.to_owned(), (mark.change.as_str(), fields, joined))
        });
        Marks(told.collect())
    }

    /// The cells of [`COLUMNS`] for an entry; empty where there is none.
    pub fn cells(&self, entity_id: &str) -> [&str; 2] {
        let mark = self.0.get(entity_id);
        mark.map_or(["", ""], |(change, _, joined)| [change, joined])
    }

    /// The findings as JSON tells them.
    pub fn told<'a>(&'a self, findings: &'a [Finding]) -> Vec<impl Serialize + 'a> {
        let told = |finding: &'a Finding| {
            let mark = self.0.get(&finding.hit.entity_id);
            Marked {
                finding,
                change: mark.map_or("", |(change, _, _)| change),
                changed_fields: mark.map_or(&[], |(_, fields, _)| fields),
            }
        };
        findings.iter().map(told).collect()
    }
}

impl Report {
    /// The change in a line for each list.
    pub fn lines(&self) -> Vec<String> {
        let line = |(list, c): (&String, &DiffCounts)| {
            let old = self.old.iter().find(|version| version.id == *list);
            let published = old.and_then(|version| version.published);
            let version = published.map_or(String::new(), |day| format!(" of {day}"));
            format!(
                "{list}{version}, {} entries: {} added, {} changed ({} for screening), {} removed",
                c.old, c.added, c.changed, c.changed_for_screening, c.removed
            )
        };
        self.entries.iter().map(line).collect()
    }
}
