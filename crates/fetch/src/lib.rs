//! Published files over HTTP, as a list update needs them: a conditional request, under limits of time and
//! size, tried again where that can help, and an [`Error`] that says what to do where it cannot.
//!
//! This crate knows nothing of lists. It reads no file, and the environment only where [`Proxy::Environment`]
//! asks for it; who calls it waits between two attempts, so that a test need not. It keeps no connection
//! open.
//!
//! # Example
//! ```
//! use tamis_fetch::{Address, ErrorKind, Fetcher, Settings, Validators};
//! let settings = Settings { attempts: 2, ..Settings::default() };
//! // Nobody answers there.
//! let address = Address::parse("http://127.0.0.1:9/sdn.xml", settings.allow_http)?;
//! assert_eq!(address.file_name(), "sdn.xml");
//! let mut waits = Vec::new();
//! let fetcher = Fetcher::new(&settings)?;
//! let answer = fetcher.get(&address, &Validators::default(), &mut |time| waits.push(time));
//! let error = answer.unwrap_err();
//! assert!(matches!(error.kind(), ErrorKind::Connection { .. }));
//! assert_eq!(waits, [settings.first_wait], "once between two attempts");
//! # Ok::<(), tamis_fetch::Error>(())
//! ```

mod address;
mod error;
mod fetcher;
mod settings;

pub use address::Address;
pub use error::{Error, ErrorKind};
pub use fetcher::{Answer, Download, Fetcher, Validators};
pub use settings::{Proxy, Settings};
