//! Readers for customer files: CSV and JSON Lines, as they come from banks, spreadsheets and vendors.
//!
//! [`Reader`] turns bytes into [`Record`]s, each with a [`Subject`](tamis_model::Subject) to screen and the
//! cells to pass through. [`PairReader`] does the same for pairs of names, [`RegisterReader`] for company registers.
//! None opens files: they take anything that implements [`std::io::Read`].
//!
//! What holds for every input:
//!
//! - Each record comes out once, in order: as something to screen, or as [`Unscreened`] with its line and the
//!   reason. Nothing is skipped but blank lines, which are counted in the notes.
//! - Encoding (UTF-8, UTF-16, Windows-1251 and -1252 and others), delimiter and columns are detected, and
//!   [`Reader::notes`] says how. What cannot be decoded in a field that is used leaves the record unscreened.
//! - A legacy encoding that is not certain is refused: a wrong one makes nonsense of every name.
//! - Where columns leave open which part of a name they hold, every reading is a name of the subject.
//! - A record that is too long, has a NUL byte, an open quote or the wrong number of fields does not take its
//!   neighbours with it.
//! - A birth date, kind, gender or country that is not understood is not used, and
//!   [`Subject::unused`](tamis_model::Subject::unused) says so.
//!
//! This crate knows nothing of lists, of matching or of the file system.

mod aliases;
mod block;
mod columns;
mod dates;
mod delimiter;
mod detect;
mod entities;
mod error;
mod evidence;
mod feed;
mod field;
mod mojibake;
mod names;
mod options;
mod other;
mod pairs;
mod reader;
mod register;
mod row;
mod rows_csv;
mod rows_json;
mod split;
mod subject;
mod text;
mod values;
mod words;

pub use error::Error;
pub use options::{InputFormat, Options};
pub use pairs::{Pair, PairBatch, PairReader, PairRecord};
pub use reader::{Batch, Reader, Record, Unscreened, fields};
pub use register::{RegisterBatch, RegisterReader, RegisterRecord};
