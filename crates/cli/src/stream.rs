//! Records in, rows out: read in portions, answered in parallel, written in the order of the input.
//!
//! Memory stays flat: at any time one portion is being answered, while the one after it is read and the rows
//! of the one before it are written.

use crate::args::RowFormat;
use crate::failure::Failure;
use crate::inputs::{Inputs, Item, Portion, Records};
use crate::output::Sink;
use crate::summary::Tally;
use rayon::prelude::*;

/// Records read at a time. Large enough that threads rarely wait for one another, small enough that a portion
/// of ordinary records takes a few megabytes.
const PORTION: usize = 4_096;

/// Bytes after which a portion is full, however few its records are.
const PORTION_BYTES: usize = 8 << 20;

/// Records that one thread answers at a stretch, into one buffer: few enough that a stretch of slow ones does
/// not keep the other threads waiting at the end of a portion.
const STRETCH: usize = 64;

/// Rows with their counts.
pub struct Part {
    /// The rows as they will be written.
    pub bytes: Vec<u8>,
    /// What became of the records.
    pub tally: Tally,
    /// What the decision log is to hold of them.
    pub records: Vec<tamis_log::Entry>,
}

/// Reads `inputs` to their end; `answer` turns records into rows, `sink` takes them once `commit` has put them on
/// record. `after` hears of each portion.
///
/// Returns the counts, and how many records were read.
pub fn run<R: Records>(
    inputs: &mut Inputs<R>,
    pool: &rayon::ThreadPool,
    answer: impl Fn(&mut dyn Iterator<Item = Item<'_, R::Content>>) -> Result<Part, Failure> + Sync,
    format: RowFormat,
    sink: &mut Sink,
    mut commit: impl FnMut(&mut [Result<Part, Failure>]) -> Result<(), Failure>,
    mut after: impl FnMut(&Inputs<R>, u64),
) -> Result<(Tally, u64), Failure> {
    let mut tally = Tally::default();
    let mut read = 0;
    let mut parts = Vec::new();
    let mut portion = next(inputs)?;
    while let Some(current) = portion {
        read += current.len() as u64;
        let mut made = None;
        let mut both = || rayon::join(|| answers(&current, &answer), || next(inputs));
        let written = pool.in_place_scope(|scope| {
            scope.spawn(|_| made = Some(both()));
            commit(&mut parts)?;
            write(std::mem::take(&mut parts), format, sink, &mut tally)
        });
        written?;
        let (answered, following) = made.ok_or_else(|| Failure::internal("a portion was not answered"))?;
        (parts, portion) = (answered, following?);
        after(inputs, read);
    }
    commit(&mut parts)?;
    write(parts, format, sink, &mut tally)?;
    Ok((tally, read))
}

fn next<R: Records>(inputs: &mut Inputs<R>) -> Result<Option<Portion<R>>, Failure> {
    inputs.next_portion(PORTION, PORTION_BYTES)
}

fn answers<R: Records>(
    portion: &Portion<R>,
    answer: &(impl Fn(&mut dyn Iterator<Item = Item<'_, R::Content>>) -> Result<Part, Failure> + Sync),
) -> Vec<Result<Part, Failure>> {
    let starts = (0..portion.len()).into_par_iter().step_by(STRETCH);
    let stretch = |start: usize| start..portion.len().min(start + STRETCH);
    starts
        .map(|start| answer(&mut portion.items(stretch(start))))
        .collect()
}

fn write(
    parts: Vec<Result<Part, Failure>>,
    format: RowFormat,
    sink: &mut Sink,
    tally: &mut Tally,
) -> Result<(), Failure> {
    for part in parts {
        let part = part?;
        sink.write(without_first_comma(&part.bytes, format, tally.rows == 0))?;
        tally.add(&part.tally);
    }
    Ok(())
}

/// In a JSON array every record brings the comma before it; the first must not.
fn without_first_comma(bytes: &[u8], format: RowFormat, first: bool) -> &[u8] {
    match (format, first) {
        (RowFormat::Json, true) => bytes.strip_prefix(b",").unwrap_or(bytes),
        _ => bytes,
    }
}
