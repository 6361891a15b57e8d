use std::fmt;
use std::time::Duration;

/// Why a file was not fetched: from where, what went wrong, how often it was tried, and what to do.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    address: String,
    kind: ErrorKind,
    attempts: u32,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An address that is none, or may not be asked.
    #[error("{problem}")]
    Address {
        /// What is wrong, and what to write.
        problem: &'static str,
    },
    /// Settings that cannot be used.
    #[error("{detail}")]
    Settings {
        /// Which, and why.
        detail: String,
    },
    /// Nobody answers.
    #[error("no connection ({detail}): check the network, the proxy and the address")]
    Connection {
        /// What the system says.
        detail: String,
    },
    /// The other side cannot prove who it is.
    #[error(
        "no secure connection ({detail}): check the address and the clock; \
         the root of a proxy that opens connections has to be given"
    )]
    Tls {
        /// What the check says.
        detail: String,
    },
    /// It took too long.
    #[error("not complete after {} s: try again, or allow more time", limit.as_secs_f64())]
    Timeout {
        /// The time that was allowed.
        limit: Duration,
    },
    /// Another answer than the file.
    #[error("the server answers {code}{}", remedy(*code))]
    Status {
        /// The status code of HTTP.
        code: u16,
        /// For how long the server asks not to be asked.
        retry_after: Option<Duration>,
    },
    /// More redirects than allowed, as in a circle.
    #[error("more than {limit} redirects: take the address where the file lies now")]
    Redirects {
        /// The limit.
        limit: u32,
    },
    /// A redirect to where nothing may be fetched from.
    #[error("redirected to {to}, which is not encrypted: nothing was taken from there")]
    RedirectedTo {
        /// The address.
        to: String,
    },
    /// A file beyond the limit.
    #[error("larger than {limit} bytes: no list is; raise the limit if this one is")]
    TooLarge {
        /// The limit, in bytes after decompression.
        limit: u64,
    },
    /// The answer ends too early, or is damaged.
    #[error("the answer is cut off or damaged ({detail}): try again")]
    Damaged {
        /// What is wrong with it.
        detail: String,
    },
    /// An answer without content.
    #[error("the answer is empty: try again later")]
    Empty,
    /// "Not modified", to a question that was not asked.
    #[error("the server says that nothing changed, and was not asked that: try again later")]
    NotAsked,
}

/// What to do about a status.
fn remedy(code: u16) -> &'static str {
    match code {
        401 | 403 | 407 => {
            ", it refuses this client: set a user agent that names you, or ask the publisher or your proxy"
        }
        404 | 410 => ", the file is not there: look up its address at the publisher, and set it",
        408 | 429 | 500.. => ": try again later",
        _ => ", which is not the file: look up its address at the publisher, and set it",
    }
}

impl Error {
    pub(crate) fn new(address: &str, kind: ErrorKind) -> Error {
        Error(Box::new(Inner {
            address: address.to_owned(),
            kind,
            attempts: 1,
        }))
    }

    pub(crate) fn after(mut self, attempts: u32) -> Error {
        self.0.attempts = attempts;
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// The address that was asked.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// How often it was asked.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Whether another attempt may end otherwise: a connection that broke, a time that was too short, an
    /// answer cut off, a server that is busy. A refusal, a missing file, a file too large and a certificate
    /// that is wrong stay so.
    pub fn may_pass(&self) -> bool {
        match self.kind() {
            ErrorKind::Connection { .. } | ErrorKind::Timeout { .. } => true,
            ErrorKind::Damaged { .. } | ErrorKind::Empty => true,
            ErrorKind::Status { code, .. } => matches!(code, 408 | 425 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.address().is_empty() {
            write!(f, "{}: ", self.address())?;
        }
        write!(f, "{}", self.kind())?;
        match self.attempts() {
            0 | 1 => Ok(()),
            attempts => write!(f, " (asked {attempts} times)"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.kind())
    }
}
