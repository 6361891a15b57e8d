//! `tamis list info`: which version of which list, with the numbers that must reconcile with the source.

use crate::args::{Global, ListInfoArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::freshness;
use crate::output;
use crate::page::{Page, Style, Tone};
use crate::sources;
use crate::state::Origin;
use crate::warnings;
use serde::Serialize;
use std::collections::BTreeMap;
use tamis::model::ListMeta;

/// Runs `tamis list info`.
pub fn info(args: &ListInfoArgs, global: &Global) -> Result<Exit, Failure> {
    let metas = sources::metas(&args.lists.lists)?;
    let origins = freshness::origins(&args.lists.lists)?;
    warnings::tell(&metas, global);
    let text = match args.writing.json {
        true => output::json(&described(&metas, &origins))?,
        false => page(
            &metas,
            &origins,
            Style::of(global.color, &args.writing.output),
            global.verbose,
        ),
    };
    output::write_document(&args.writing.output, &text)?;
    Ok(Exit::Clear)
}

/// A list, and where it comes from if that is known.
#[derive(Serialize)]
struct Described<'a> {
    #[serde(flatten)]
    list: &'a ListMeta,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a Origin>,
}

fn described<'a>(metas: &'a [ListMeta], origins: &'a [Origin]) -> Vec<Described<'a>> {
    let one = |list| Described {
        list,
        source: freshness::of(origins, list),
    };
    metas.iter().map(one).collect()
}

fn page(metas: &[ListMeta], origins: &[Origin], style: Style, verbose: bool) -> String {
    let mut page = Page::new(style);
    for meta in metas {
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
        counts(&mut page, "programme", "entries", &meta.counts.programmes);
        counts(&mut page, "measure", "entries", &meta.counts.measures);
        if verbose {
            let rows = meta.remarks.iter().map(|r| vec![r.place.clone(), r.text.clone()]);
            page.table(&["where", "remark"], &rows.collect::<Vec<_>>());
        }
    }
    page.finish()
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
