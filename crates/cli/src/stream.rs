//! Records in, rows out: read in chunks, answered in parallel, written in the order of the input.
//!
//! Memory stays flat: at any time one chunk is being answered while the next is read.

use crate::args::RowFormat;
use crate::failure::Failure;
use crate::output::Sink;
use crate::summary::Tally;
use rayon::prelude::*;

/// Records read at a time. Large enough that threads rarely wait for one another, small enough that a chunk
/// of ordinary records takes a few megabytes.
const CHUNK: usize = 4_096;

/// Bytes after which a chunk is full, however few its records are.
const CHUNK_BYTES: usize = 16 << 20;

/// Records that one thread answers at a stretch; the working memory is fetched once for each.
const STRETCH: usize = 64;

/// Rows with their counts.
pub struct Part {
    /// The rows as they will be written.
    pub bytes: Vec<u8>,
    /// What became of the records.
    pub tally: Tally,
}

/// Something that hands out records.
pub trait Feed: Send {
    /// What it hands out.
    type Record: Send + Sync;

    /// The next record; `None` at the end.
    fn next_record(&mut self) -> Result<Option<Self::Record>, Failure>;

    /// About how many bytes a record holds.
    fn weight(record: &Self::Record) -> usize;
}

/// Reads `feed` to its end; `answer` turns records into rows, `sink` takes them. `after` hears of each chunk.
///
/// Returns the counts, and how many records were read.
pub fn run<F: Feed>(
    feed: &mut F,
    pool: &rayon::ThreadPool,
    answer: impl Fn(&[F::Record]) -> Result<Part, Failure> + Sync,
    format: RowFormat,
    sink: &mut Sink,
    mut after: impl FnMut(&F, u64),
) -> Result<(Tally, u64), Failure> {
    let mut tally = Tally::default();
    let mut read = 0;
    let mut chunk = fill(feed)?;
    while !chunk.is_empty() {
        read += chunk.len() as u64;
        let stretches = || chunk.par_chunks(STRETCH).map(&answer).collect::<Vec<_>>();
        let (parts, next) = pool.install(|| rayon::join(stretches, || fill(feed)));
        for part in parts {
            let part = part?;
            sink.write(without_first_comma(&part.bytes, format, tally.rows == 0))?;
            tally.add(&part.tally);
        }
        after(feed, read);
        chunk = next?;
    }
    Ok((tally, read))
}

/// In a JSON array every record brings the comma before it; the first must not.
fn without_first_comma(bytes: &[u8], format: RowFormat, first: bool) -> &[u8] {
    match (format, first) {
        (RowFormat::Json, true) => bytes.strip_prefix(b",").unwrap_or(bytes),
        _ => bytes,
    }
}

fn fill<F: Feed>(feed: &mut F) -> Result<Vec<F::Record>, Failure> {
    let mut chunk = Vec::new();
    let mut bytes = 0;
    while chunk.len() < CHUNK && bytes < CHUNK_BYTES {
        let Some(record) = feed.next_record()? else { break };
        bytes += F::weight(&record);
        chunk.push(record);
    }
    Ok(chunk)
}
