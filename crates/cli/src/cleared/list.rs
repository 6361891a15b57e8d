//! `tamis cleared list` and `tamis cleared review`.

use super::args::{ListArgs, PairFormat, ReviewArgs};
use super::event::Book;
use crate::args::{Global, RowFormat};
use crate::clock;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::frame::Pen;
use crate::log;
use crate::output;
use crate::page::{Page, Style, Tone};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use tamis_review::{Error, Identity, Pair, ReasonCode};

/// A pair in a list.
#[derive(Serialize)]
struct Line<'a> {
    pair: &'a str,
    customer: &'a str,
    entity: &'a str,
    standing: &'static str,
    reason: ReasonCode,
    owner: &'a str,
    proposed_by: &'a str,
    approved_by: Option<&'a str>,
    expires: Date,
    rationale: &'a str,
}

/// The columns of CSV, and of the table but for the rationale.
const COLUMNS: [&str; 10] = [
    "pair",
    "customer",
    "entity",
    "standing",
    "reason",
    "owner",
    "proposed_by",
    "approved_by",
    "expires",
    "rationale",
];

/// Runs `tamis cleared list`.
pub fn list(args: &ListArgs, global: &Global) -> Result<Exit, Failure> {
    write(args, global, "pairs", |_| true)
}

/// Runs `tamis cleared review`.
pub fn review(args: &ReviewArgs, global: &Global) -> Result<Exit, Failure> {
    let until = clock::today().checked_add(i32::from(args.within).days());
    let until = until.map_err(|_| Error::Calendar)?;
    let title = format!("pairs to review: those that expire by {until}");
    write(&args.list, global, &title, |pair| {
        pair.revoked.is_none() && pair.proposal.expires <= until
    })
}

fn write(
    args: &ListArgs,
    global: &Global,
    title: &str,
    asked: impl Fn(&Pair) -> bool,
) -> Result<Exit, Failure> {
    let book = Book::read(log::open(&args.log.log)?.store())?;
    book.warn();
    let owner = args.owner.as_deref().map(Identity::new).transpose()?;
    let owned = |pair: &Pair| owner.as_ref().is_none_or(|who| pair.proposal.owner.is(who));
    let today = clock::today();
    let mut pairs: Vec<&Pair> = book
        .pairs
        .iter()
        .filter(|pair| asked(pair) && owned(pair))
        .collect();
    pairs.sort_by_key(|pair| pair.proposal.expires);
    let lines: Vec<Line<'_>> = pairs.into_iter().map(|pair| line(&book, pair, today)).collect();
    let text = match args.format {
        PairFormat::Json => output::json(&lines)?,
        PairFormat::Csv => csv(&lines)?,
        PairFormat::Text => page(&lines, title, Style::of(global.color, &args.output)),
    };
    output::write_document(&args.output, &text)?;
    Ok(Exit::Clear)
}

/// What a pair is worth on a day as far as it alone tells: whether customer or entry changed is known only when they are screened.
fn standing(book: &Book, pair: &Pair, today: Date) -> &'static str {
    match (&pair.revoked, &pair.approved) {
        (Some(_), _) => "revoked",
        _ if book.is_doubted(pair) => "doubted",
        _ if pair.erased => "erased",
        _ if today > pair.proposal.expires => "expired",
        (None, None) if pair.outdated.is_some() => "outdated",
        (None, None) => "proposed",
        (None, Some(_)) => "holds",
    }
}

fn line<'a>(book: &Book, pair: &'a Pair, today: Date) -> Line<'a> {
    let proposal = &pair.proposal;
    Line {
        pair: &pair.id,
        customer: &proposal.key.customer,
        entity: &proposal.key.entity,
        standing: standing(book, pair, today),
        reason: proposal.reason,
        owner: proposal.owner.as_str(),
        proposed_by: pair.proposed.1.as_str(),
        approved_by: pair.approved.as_ref().map(|(_, who)| who.as_str()),
        expires: proposal.expires,
        rationale: &proposal.rationale,
    }
}

fn cells(line: &Line<'_>) -> [String; 10] {
    [
        line.pair.to_owned(),
        line.customer.to_owned(),
        line.entity.to_owned(),
        line.standing.to_owned(),
        line.reason.as_str().to_owned(),
        line.owner.to_owned(),
        line.proposed_by.to_owned(),
        line.approved_by.unwrap_or_default().to_owned(),
        line.expires.to_string(),
        line.rationale.to_owned(),
    ]
}

fn csv(lines: &[Line<'_>]) -> Result<String, Failure> {
    let mut pen = Pen::new(RowFormat::Csv);
    pen.row(COLUMNS.into_iter())?;
    for line in lines {
        pen.row(cells(line).iter().map(String::as_str))?;
    }
    String::from_utf8(pen.bytes()?).map_err(Failure::internal)
}

fn page(lines: &[Line<'_>], title: &str, style: Style) -> String {
    let mut page = Page::new(style);
    page.heading(Tone::Plain, &format!("{} {title}", lines.len()));
    let header: Vec<&str> = COLUMNS.iter().take(9).copied().collect();
    let row = |line: &Line<'_>| cells(line).into_iter().take(9).collect();
    let rows: Vec<Vec<String>> = lines.iter().map(row).collect();
    page.table(&header, &rows);
    page.finish()
}
