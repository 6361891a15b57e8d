//! `tamis list diff`: what changed between two versions of a list, entry by entry and field by field.

use crate::args::{DiffFormat, Global, ListDiffArgs, RowFormat};
use crate::editions::{self, Edition, Version};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::frame::Pen;
use crate::output;
use crate::page::{Page, Style, Tone};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{Write, stderr};
use std::path::PathBuf;
use tamis::model::{
    ChangeEffect, ChangedEntry, DiffCounts, Entity, FieldChange, FieldValue, ListDiff, Measure, OneSided,
};

/// Entries of a section that are shown before `-v` is needed; how many more there are is always said.
const SHOWN: usize = 20;

/// Characters of a value that are shown before `-v` is needed.
const SHOWN_OF_VALUE: usize = 240;

/// The columns of the CSV form.
const COLUMNS: [&str; 10] = [
    "change",
    "list",
    "entity_id",
    "entity_name",
    "kind",
    "field",
    "effect",
    "old",
    "new",
    "same_content_as",
];

/// Everything the report is made from.
struct Report<'a> {
    old: Vec<Version>,
    new: Vec<Version>,
    notes: Vec<String>,
    diff: ListDiff<'a>,
}

/// Runs `tamis list diff`.
pub fn run(args: &ListDiffArgs, global: &Global) -> Result<Exit, Failure> {
    let inputs = [PathBuf::from(&args.old), PathBuf::from(&args.new)];
    output::refuse_overwriting(&args.output, &inputs)?;
    let old = Edition::load(std::slice::from_ref(&args.old))?;
    let new = Edition::load(std::slice::from_ref(&args.new))?;
    let mut diff = ListDiff::between(old.entities(), new.entities());
    if args.screening_only {
        keep_screening(&mut diff);
    }
    let (old, new) = (editions::versions(&old.lists), editions::versions(&new.lists));
    let notes = editions::notes(&old, &new);
    tell(&notes, global);
    let report = Report {
        old,
        new,
        notes,
        diff,
    };
    let text = match args.diff_format() {
        DiffFormat::Text => page(&report, Style::of(global.color, &args.output), global.verbose),
        DiffFormat::Json => output::json(&Document::of(&report))?,
        DiffFormat::Csv => csv(&report.diff)?,
    };
    output::write_document(&args.output, &text)?;
    Ok(Exit::Clear)
}

fn tell(notes: &[String], global: &Global) {
    if !global.quiet {
        let mut stderr = stderr().lock();
        for note in notes {
            // A courtesy: the report says the same.
            let _ = writeln!(stderr, "note: {note}");
        }
    }
}

/// Leaves out what changes no answer about a customer. The counts stay those of the whole.
fn keep_screening(diff: &mut ListDiff<'_>) {
    for entry in &mut diff.changed {
        entry
            .fields
            .retain(|change| change.effect == ChangeEffect::Screening);
    }
    diff.changed.retain(|entry| !entry.fields.is_empty());
}

/// The JSON form.
#[derive(Serialize)]
struct Document<'a> {
    old: &'a [Version],
    new: &'a [Version],
    notes: &'a [String],
    counts: &'a BTreeMap<String, DiffCounts>,
    fields: Vec<FieldCount>,
    added: &'a [OneSided<'a>],
    removed: &'a [OneSided<'a>],
    changed: Vec<ChangedDocument<'a>>,
}

/// How many entries changed in a field.
#[derive(Serialize)]
struct FieldCount {
    field: &'static str,
    effect: &'static str,
    entries: usize,
}

#[derive(Serialize)]
struct ChangedDocument<'a> {
    list: &'a str,
    name: &'a str,
    kind: &'static str,
    touches_screening: bool,
    #[serde(flatten)]
    entry: &'a ChangedEntry<'a>,
}

impl<'a> Document<'a> {
    fn of(report: &'a Report<'a>) -> Document<'a> {
        let changed = |entry: &'a ChangedEntry<'a>| ChangedDocument {
            list: &entry.new.list,
            name: entry.new.primary_name(),
            kind: entry.new.kind.as_str(),
            touches_screening: entry.touches_screening(),
            entry,
        };
        Document {
            old: &report.old,
            new: &report.new,
            notes: &report.notes,
            counts: &report.diff.counts,
            fields: field_counts(&report.diff),
            added: &report.diff.added,
            removed: &report.diff.removed,
            changed: report.diff.changed.iter().map(changed).collect(),
        }
    }
}

fn field_counts(diff: &ListDiff<'_>) -> Vec<FieldCount> {
    let count = |(field, entries): (tamis::model::EntryField, usize)| FieldCount {
        field: field.as_str(),
        effect: field.effect().as_str(),
        entries,
    };
    diff.fields().into_iter().map(count).collect()
}

/// One row for each entry that is on one side only, and one for each value that changed in the others.
fn csv(diff: &ListDiff<'_>) -> Result<String, Failure> {
    let mut pen = Pen::new(RowFormat::Csv);
    pen.row(COLUMNS.into_iter())?;
    for entry in &diff.added {
        one_sided(&mut pen, "ADDED", entry)?;
    }
    for entry in &diff.removed {
        one_sided(&mut pen, "REMOVED", entry)?;
    }
    for entry in &diff.changed {
        for change in &entry.fields {
            for (old, new) in values(change) {
                let (field, effect) = (change.field.as_str(), change.effect.as_str());
                row(&mut pen, "CHANGED", entry.new, [field, effect, &old, &new, ""])?;
            }
        }
    }
    String::from_utf8(pen.bytes()?).map_err(Failure::internal)
}

fn one_sided(pen: &mut Pen, change: &str, entry: &OneSided<'_>) -> Result<(), Failure> {
    let effect = ChangeEffect::Screening.as_str();
    let content = in_short(entry.entity);
    let (old, new) = match change {
        "ADDED" => ("", content.as_str()),
        _ => (content.as_str(), ""),
    };
    let hint = entry.same_content_as.as_deref().unwrap_or_default();
    row(pen, change, entry.entity, ["", effect, old, new, hint])
}

fn row(pen: &mut Pen, change: &str, entity: &Entity, last: [&str; 5]) -> Result<(), Failure> {
    let id = entity.id();
    let first = [
        change,
        &entity.list,
        &id,
        entity.primary_name(),
        entity.kind.as_str(),
    ];
    pen.row(first.into_iter().chain(last))
}

/// What was and what is, value by value; one side is empty where a value has no counterpart.
fn values(change: &FieldChange) -> Vec<(String, String)> {
    let replaced = change
        .replaced
        .iter()
        .map(|r| (r.old.to_string(), r.new.to_string()));
    let removed = change
        .removed
        .iter()
        .map(|value| (value.to_string(), String::new()));
    let added = change
        .added
        .iter()
        .map(|value| (String::new(), value.to_string()));
    replaced.chain(removed).chain(added).collect()
}

/// An entry in one line: kind, birth, other names, identifiers, measures.
fn in_short(entity: &Entity) -> String {
    let mut parts = vec![entity.kind.as_str().to_owned()];
    let born: Vec<&str> = entity.birth_dates.iter().map(|date| date.text.as_str()).collect();
    if !born.is_empty() {
        parts.push(format!("born {}", born.join(" or ")));
    }
    let primary = entity.primary_name();
    let aliases = entity.names.iter().map(|name| name.text.as_str());
    let aliases: Vec<&str> = aliases.filter(|name| *name != primary).collect();
    if !aliases.is_empty() {
        parts.push(format!("also {}", aliases.join(" | ")));
    }
    let identifiers = entity.identifiers.iter().cloned().map(FieldValue::Identifier);
    parts.extend(identifiers.map(|identifier| identifier.to_string()));
    parts.extend(entity.measures.iter().map(measure_in_short));
    parts.join("; ")
}

fn measure_in_short(measure: &Measure) -> String {
    match &measure.programme {
        Some(programme) => format!("{} [{programme}]", measure.code),
        None => measure.code.clone(),
    }
}

/// How much a page shows.
#[derive(Clone, Copy)]
struct Limits {
    /// Entries of a section.
    entries: usize,
    /// Characters of a value.
    value: usize,
}

impl Limits {
    fn cut(self, text: &str) -> String {
        match text.char_indices().nth(self.value) {
            Some((at, _)) => format!("{} … (-v shows all)", text.get(..at).unwrap_or(text)),
            None => text.to_owned(),
        }
    }
}

fn page(report: &Report<'_>, style: Style, verbose: bool) -> String {
    let mut page = Page::new(style);
    let diff = &report.diff;
    page.heading(Tone::Plain, "Versions");
    let side = |side: &'static str| move |version: &Version| version_row(side, version);
    let versions = report
        .old
        .iter()
        .map(side("old"))
        .chain(report.new.iter().map(side("new")));
    page.table(
        &["side", "list", "published", "entries", "sha256"],
        &versions.collect::<Vec<_>>(),
    );
    for note in &report.notes {
        page.paragraph(&format!("Note: {note}."));
    }
    page.heading(Tone::Plain, "Entries");
    let counts: Vec<Vec<String>> = diff.counts.iter().map(count_row).collect();
    page.table(
        &[
            "list",
            "old",
            "removed",
            "added",
            "changed",
            "for screening",
            "unchanged",
            "new",
        ],
        &counts,
    );
    let fields = field_counts(diff).into_iter();
    let fields = fields.map(|c| vec![c.field.to_owned(), c.effect.to_owned(), c.entries.to_string()]);
    page.table(
        &["changed field", "effect", "entries"],
        &fields.collect::<Vec<_>>(),
    );
    let limits = match verbose {
        true => Limits {
            entries: usize::MAX,
            value: usize::MAX,
        },
        false => Limits {
            entries: SHOWN,
            value: SHOWN_OF_VALUE,
        },
    };
    one_sided_section(&mut page, "Added", &diff.added, limits);
    one_sided_section(&mut page, "Removed", &diff.removed, limits);
    changed_section(&mut page, &diff.changed, limits);
    page.finish()
}

fn version_row(side: &str, version: &Version) -> Vec<String> {
    let published = version
        .published
        .map_or("not said".to_owned(), |day| day.to_string());
    vec![
        side.to_owned(),
        version.id.clone(),
        published,
        version.entries.to_string(),
        crate::answer::short(&version.sha256).to_owned(),
    ]
}

fn count_row((list, counts): (&String, &DiffCounts)) -> Vec<String> {
    let numbers = [
        counts.old,
        counts.removed,
        counts.added,
        counts.changed,
        counts.changed_for_screening,
        counts.unchanged,
        counts.new,
    ];
    let numbers = numbers.into_iter().map(|number| number.to_string());
    std::iter::once(list.clone()).chain(numbers).collect()
}

fn one_sided_section(page: &mut Page, title: &str, entries: &[OneSided<'_>], limits: Limits) {
    if entries.is_empty() {
        return;
    }
    page.heading(Tone::Plain, &format!("{title}: {}", entries.len()));
    let row = |entry: &OneSided<'_>| {
        let hint = entry.same_content_as.as_ref();
        let hint = hint.map_or(String::new(), |id| {
            format!("; renumbered? the same content as {id}")
        });
        let content = format!("{}{hint}", limits.cut(&in_short(entry.entity)));
        vec![entry.entity.id(), entry.entity.primary_name().to_owned(), content]
    };
    let rows: Vec<Vec<String>> = entries.iter().take(limits.entries).map(row).collect();
    page.table(&["entry", "name", "content"], &rows);
    more(page, entries.len(), limits.entries);
}

/// Those that touch screening first.
fn changed_section(page: &mut Page, entries: &[ChangedEntry<'_>], limits: Limits) {
    if entries.is_empty() {
        return;
    }
    page.heading(Tone::Plain, &format!("Changed: {}", entries.len()));
    let mut sorted: Vec<&ChangedEntry<'_>> = entries.iter().collect();
    sorted.sort_by_key(|entry| Reverse(entry.effect()));
    let rows: Vec<Vec<String>> = sorted
        .iter()
        .take(limits.entries)
        .flat_map(|entry| changed_rows(entry, limits))
        .collect();
    page.table(&["entry", "field", "was", "is"], &rows);
    more(page, entries.len(), limits.entries);
}

/// The entry stands beside the first of its values only.
fn changed_rows(entry: &ChangedEntry<'_>, limits: Limits) -> Vec<Vec<String>> {
    let mut label = format!("{}\n{}", entry.id, entry.new.primary_name());
    let mut rows = Vec::new();
    for change in &entry.fields {
        let mut field = match change.effect {
            ChangeEffect::Screening => change.field.as_str().to_owned(),
            effect => format!("{}\n({})", change.field.as_str(), effect.as_str()),
        };
        for (old, new) in values(change) {
            rows.push(vec![
                std::mem::take(&mut label),
                std::mem::take(&mut field),
                limits.cut(&old),
                limits.cut(&new),
            ]);
        }
    }
    rows
}

fn more(page: &mut Page, count: usize, limit: usize) {
    if count > limit {
        page.paragraph(&format!(
            "and {} more: -v shows them, --format csv or json writes them",
            count - limit
        ));
    }
}
