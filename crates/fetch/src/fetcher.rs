use crate::address::permitted;
use crate::{Address, Error, ErrorKind, Proxy, Settings};
use std::io::{self, Read};
use std::time::Duration;
use ureq::http::header::{
    ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER,
};
use ureq::http::{HeaderValue, Response};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, ResponseExt};

/// What a server said about a file, by which it can say later that nothing changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is anything to ask with.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    fn of(headers: &HeaderMap) -> Validators {
        let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::to_owned);
        Validators {
            etag: text(ETAG),
            last_modified: text(LAST_MODIFIED),
        }
    }
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The file is the one that the validators belong to.
    Unchanged,
    /// The file.
    File(Download),
}

/// A file, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    /// Its bytes, decompressed.
    pub bytes: Vec<u8>,
    /// What the server said about it.
    pub validators: Validators,
}

/// Fetches files.
#[derive(Debug)]
pub struct Fetcher {
    settings: Settings,
    agent: Agent,
}

impl Fetcher {
    /// A fetcher with these settings.
    ///
    /// # Errors
    /// [`ErrorKind::Settings`] for a proxy that is no address, a user agent that cannot be sent, and
    /// certificates that are none.
    pub fn new(settings: &Settings) -> Result<Fetcher, Error> {
        let unusable = |detail: String| Error::new("", ErrorKind::Settings { detail });
        if HeaderValue::from_str(&settings.user_agent).is_err() {
            let detail = format!(
                "the user agent '{}' cannot be sent: write plain letters",
                settings.user_agent
            );
            return Err(unusable(detail));
        }
        let proxy = match &settings.proxy {
            Proxy::None => None,
            Proxy::Environment => ureq::Proxy::try_from_env(),
            Proxy::At(address) => {
                let proxy = ureq::Proxy::new(address);
                Some(proxy.map_err(|_| {
                    unusable(format!(
                        "the proxy '{address}' is not an address: write http://HOST:PORT"
                    ))
                })?)
            }
        };
        let roots = settings
            .certificates
            .as_deref()
            .map_or(Ok(RootCerts::WebPki), roots);
        let roots = roots.map_err(unusable)?;
        let config = Agent::config_builder()
            .user_agent(settings.user_agent.as_str())
            .proxy(proxy)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .http_status_as_error(false)
            .max_redirects(settings.redirects)
            .max_idle_connections(0)
            .timeout_global(Some(settings.timeout))
            .timeout_connect(Some(settings.connect_timeout))
            .build();
        Ok(Fetcher {
            settings: settings.clone(),
            agent: config.new_agent(),
        })
    }

    /// Asks for the file at `address`, unless it is still the one that `known` belongs to. Between two
    /// attempts `wait` is called with how long to wait.
    ///
    /// # Errors
    /// Whatever keeps the file from being there whole; see [`ErrorKind`].
    pub fn get(
        &self,
        address: &Address,
        known: &Validators,
        wait: &mut dyn FnMut(Duration),
    ) -> Result<Answer, Error> {
        let mut attempt = 1;
        loop {
            let error = match self.ask(address, known) {
                Ok(answer) => return Ok(answer),
                Err(kind) => Error::new(address.as_str(), kind).after(attempt),
            };
            let pause = self.settings.wait_after(attempt, retry_after(&error));
            match pause {
                Some(pause) if error.may_pass() && attempt < self.settings.attempts => wait(pause),
                _ => return Err(error),
            }
            attempt += 1;
        }
    }

    fn ask(&self, address: &Address, known: &Validators) -> Result<Answer, ErrorKind> {
        let mut request = self.agent.get(address.as_str());
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        // What begins encrypted stays so through every redirect.
        let request = request.config().https_only(address.is_encrypted()).build();
        let response = request.call().map_err(|error| self.kind(error))?;
        if !permitted(response.get_uri(), self.settings.allow_http) {
            let to = response.get_uri().to_string();
            return Err(ErrorKind::RedirectedTo { to });
        }
        match response.status().as_u16() {
            200 => self.file(response).map(Answer::File),
            304 if known.is_empty() => Err(ErrorKind::NotAsked),
            304 => Ok(Answer::Unchanged),
            code => Err(ErrorKind::Status {
                code,
                retry_after: seconds(response.headers()),
            }),
        }
    }

    fn file(&self, response: Response<Body>) -> Result<Download, ErrorKind> {
        let validators = Validators::of(response.headers());
        let limit = self.settings.most_bytes;
        let body = response.into_body();
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(ErrorKind::TooLarge { limit });
        }
        let mut bytes = Vec::new();
        // The limit holds for what comes out of the decompression: a small answer can hide a large one.
        let mut reader = body.into_reader().take(limit.saturating_add(1));
        reader
            .read_to_end(&mut bytes)
            .map_err(|error| self.broken(error))?;
        match bytes.len() as u64 {
            0 => Err(ErrorKind::Empty),
            size if size > limit => Err(ErrorKind::TooLarge { limit }),
            _ => Ok(Download { bytes, validators }),
        }
    }

    /// Why a body ended.
    fn broken(&self, error: io::Error) -> ErrorKind {
        match ureq::Error::from(error) {
            ureq::Error::Timeout(_) => self.too_slow(),
            error => ErrorKind::Damaged {
                detail: error.to_string(),
            },
        }
    }

    /// Why there is no answer.
    fn kind(&self, error: ureq::Error) -> ErrorKind {
        let detail = error.to_string();
        match error {
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::TooManyRedirects => ErrorKind::Redirects {
                limit: self.settings.redirects,
            },
            ureq::Error::RequireHttpsOnly(to) => ErrorKind::RedirectedTo { to },
            ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::Pem(_) => ErrorKind::Tls { detail },
            ureq::Error::Io(error) if is_tls(&error) => ErrorKind::Tls {
                detail: error.to_string(),
            },
            ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) | ureq::Error::Decompress(..) => {
                ErrorKind::Damaged { detail }
            }
            _ => ErrorKind::Connection { detail },
        }
    }

    fn too_slow(&self) -> ErrorKind {
        ErrorKind::Timeout {
            limit: self.settings.timeout,
        }
    }
}

/// The certificates of a PEM file, of which there must be one.
fn roots(pem: &[u8]) -> Result<RootCerts, String> {
    let mut certificates = Vec::new();
    for item in parse_pem(pem) {
        match item.map_err(|e| format!("the certificates cannot be read ({e}): give them as PEM"))? {
            PemItem::Certificate(certificate) => certificates.push(certificate),
            _ => {
                return Err(
                    "beside the certificates is something else: give the root certificates alone".to_owned(),
                );
            }
        }
    }
    match certificates.is_empty() {
        true => Err("there is no certificate: give the root certificates as PEM".to_owned()),
        false => Ok(RootCerts::new_with_certs(&certificates)),
    }
}

/// Errors of the encryption come as those of the connection; what they are about stands in them.
fn is_tls(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}

fn retry_after(error: &Error) -> Option<Duration> {
    match error.kind() {
        ErrorKind::Status { retry_after, .. } => *retry_after,
        _ => None,
    }
}

/// `Retry-After` in seconds; as a date it is not understood, and the own wait holds.
fn seconds(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?;
    text.trim().parse().ok().map(Duration::from_secs)
}
