//! `tamis list info`: which version of which list, with the numbers that must reconcile with the source, and what is
//! odd about it.

use crate::args::{Global, ListInfoArgs};
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::freshness;
use crate::output;
use crate::page::{Page, Style, Tone};
use crate::sources;
use crate::state::Origin;
use crate::warnings;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use tamis::lists::{QualityCheck, QualityNote};
use tamis::model::{List, ListMeta};

/// Examples of a check that are shown before `-v` is needed; how many there are is always said.
const EXAMPLES: usize = 3;

/// What is told of a list.
#[derive(Serialize)]
struct Info {
    #[serde(flatten)]
    meta: ListMeta,
    /// Names by script.
    scripts: BTreeMap<String, usize>,
    /// What the checks found, each with its row.
    quality: Vec<Checked>,
}

/// What a check found.
#[derive(Serialize)]
struct Checked {
    check: QualityCheck,
    meaning: &'static str,
    count: usize,
    notes: Vec<QualityNote>,
}

/// Runs `tamis list info`.
pub fn info(args: &ListInfoArgs, global: &Global) -> Result<Exit, Failure> {
    let lists = sources::load(&args.lists.lists)?;
    let infos: Vec<Info> = lists.into_iter().map(Info::of).collect();
    let origins = freshness::origins(&args.lists.lists)?;
    let metas: Vec<ListMeta> = infos.iter().map(|info| info.meta.clone()).collect();
    warnings::tell(&metas, global);
    let text = match args.writing.json {
        true => output::json(&described(&infos, &origins))?,
        false => page(
            &infos,
            &origins,
            Style::of(global.color, &args.writing.output),
            global.verbose,
        ),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

impl Info {
    fn of(list: List) -> Info {
        let found = tamis::lists::quality(&list.entities, clock::today(), tamis::unfit);
        let checked = |(check, notes): (QualityCheck, Vec<QualityNote>)| Checked {
            check,
            meaning: check.meaning(),
            count: notes.len(),
            notes,
        };
        Info {
            scripts: tamis::lists::scripts(&list.entities),
            quality: found.into_iter().map(checked).collect(),
            meta: list.meta,
        }
    }
}

/// What is told of a list, and where it comes from if that is known.
#[derive(Serialize)]
struct Described<'a> {
    #[serde(flatten)]
    info: &'a Info,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Origin>,
}

fn described<'a>(infos: &'a [Info], origins: &'a [Origin]) -> Vec<Described<'a>> {
    let one = |info: &'a Info| Described {
        info,
        source: freshness::of(origins, &info.meta),
    };
    infos.iter().map(one).collect()
}

fn page(infos: &[Info], origins: &[Origin], style: Style, verbose: bool) -> String {
    let mut page = Page::new(style);
    for info in infos {
        let meta = &info.meta;
        page.heading(Tone::Plain, &format!("{}  {}", meta.id, meta.title));
        page.pairs(&[identity(meta), freshness::facts(origins, meta)].concat());
        let files: Vec<Vec<String>> = meta
            .files
            .iter()
            .map(|f| vec![f.name.clone(), f.bytes.to_string(), f.sha256.clone()])
            .collect();
        page.table(&["file", "bytes", "sha256"], &files);
        counts(&mut page, "kind", "entries", &meta.counts.kinds);
        counts(&mut page, "role of name", "names", &meta.counts.roles);
        counts(&mut page, "script of name", "names", &info.scripts);
        counts(&mut page, "programme", "entries", &meta.counts.programmes);
        counts(&mut page, "measure", "entries", &meta.counts.measures);
        quality(&mut page, &info.quality, verbose);
        if verbose {
            let rows = meta.remarks.iter().map(|r| vec![r.place.clone(), r.text.clone()]);
            page.table(&["where", "remark"], &rows.collect::<Vec<_>>());
        }
    }
    page.finish()
}

/// A row for each check, also where it found nothing: that is an answer too.
fn quality(page: &mut Page, checks: &[Checked], verbose: bool) {
    let limit = if verbose { usize::MAX } else { EXAMPLES };
    let example = |note: &QualityNote| match note.value.is_empty() {
        true => note.entity_id.clone(),
        false => format!("{} '{}'", note.entity_id, note.value),
    };
    let row = |checked: &Checked| {
        let mut examples: Vec<String> = first(&checked.notes, limit).into_iter().map(example).collect();
        if checked.count > examples.len() {
            examples.push(format!(
                "and {} more (-v shows them)",
                checked.count - examples.len()
            ));
        }
        vec![
            checked.meaning.to_owned(),
            checked.count.to_string(),
            examples.join("\n"),
        ]
    };
    let rows: Vec<Vec<String>> = checks.iter().map(row).collect();
    page.table(&["data quality", "found", "where"], &rows);
}

/// The first notes; where they are not all shown, those whose value was not shown yet say more.
fn first(notes: &[QualityNote], limit: usize) -> Vec<&QualityNote> {
    if notes.len() <= limit {
        return notes.iter().collect();
    }
    let mut values = HashSet::new();
    let distinct = notes
        .iter()
        .filter(|note| note.value.is_empty() || values.insert(&note.value));
    distinct.take(limit).collect()
}

fn identity(meta: &ListMeta) -> Vec<(&'static str, String)> {
    let remarks = match meta.remarks.len() {
        0 => "none".to_owned(),
        count => format!("{count} (-v shows them)"),
    };
    vec![
        ("format", meta.format.clone()),
        (
            "published",
            meta.published
                .map_or("the list does not say".to_owned(), |d| d.to_string()),
        ),
        ("sha256", meta.sha256.clone()),
        ("entries", meta.counts.entities.to_string()),
        ("names", meta.counts.names.to_string()),
        ("remarks", remarks),
    ]
}

fn counts(page: &mut Page, what: &str, of: &str, counts: &BTreeMap<String, usize>) {
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|(name, count)| vec![name.clone(), count.to_string()])
        .collect();
    page.table(&[what, of], &rows);
}
