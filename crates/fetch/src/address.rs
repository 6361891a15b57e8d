use crate::{Error, ErrorKind};
use std::fmt;
use std::net::IpAddr;
use ureq::http::Uri;

/// The address of a published file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    text: String,
    uri: Uri,
}

impl Address {
    /// Reads an address: `https://`, or `http://` on this machine, or any `http://` where `allow_http` says
    /// so. A file that comes without encryption can be changed on its way, and nobody would see it.
    ///
    /// # Errors
    /// [`ErrorKind::Address`] says what is wrong. A name and password in the address are refused, since
    /// addresses are shown and recorded.
    ///
    /// # Example
    /// ```
    /// use tamis_fetch::Address;
    /// assert!(Address::parse("https://example.org/list.xml", false).is_ok());
    /// assert!(Address::parse("http://127.0.0.1:8080/list.xml", false).is_ok());
    /// assert!(Address::parse("http://example.org/list.xml", false).is_err());
    /// ```
    pub fn parse(text: &str, allow_http: bool) -> Result<Address, Error> {
        let refused = |problem: &'static str| Error::new(text, ErrorKind::Address { problem });
        let uri: Uri = text
            .trim()
            .parse()
            .map_err(|_| refused("this is not an address: write https://HOST/PATH"))?;
        if uri.authority().is_some_and(|a| a.as_str().contains('@')) {
            let shown = text.rsplit('@').next().unwrap_or_default();
            let problem = "a name and password in an address would be recorded with it: leave them out";
            return Err(Error::new(shown, ErrorKind::Address { problem }));
        }
        match permitted(&uri, allow_http) {
            true => Ok(Address {
                text: text.trim().to_owned(),
                uri,
            }),
            false => Err(refused(NOT_PERMITTED)),
        }
    }

    /// The address as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The last part of its path, which names the file; `list` without one.
    pub fn file_name(&self) -> &str {
        let path = self.uri.path();
        let last = path.rsplit('/').find(|part| !part.is_empty());
        last.unwrap_or("list")
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }
}

/// What is wrong with an address that may not be asked.
pub(crate) const NOT_PERMITTED: &str = "only https:// is fetched, and http:// on this machine: \
     take the publisher's https address, or allow http on purpose";

/// Whether a file may come from there.
pub(crate) fn permitted(uri: &Uri, allow_http: bool) -> bool {
    let host = uri.host().unwrap_or_default();
    match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => !host.is_empty() && (allow_http || is_this_machine(host)),
        _ => false,
    }
}

fn is_this_machine(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Address, Error> {
        Address::parse(text, false)
    }

    #[test]
    fn only_encrypted_and_local_addresses_are_taken() {
        for good in [
            "https://example.org/sdn.xml",
            "https://example.org",
            "http://localhost:8080/a",
            "http://127.0.0.1/a",
            "http://[::1]:80/a",
        ] {
            assert!(parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "sdn.xml",
            "/sdn.xml",
            "ftp://example.org/sdn.xml",
            "file:///etc/passwd",
            "http://example.org/sdn.xml",
            "http://127.0.0.1.example.org/sdn.xml",
            "http://localhost.example.org/a",
            "https:///sdn.xml",
            "https://exa mple.org/",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(Address::parse("http://example.org/a", true).is_ok());
        assert!(Address::parse("ftp://example.org/a", true).is_err());
    }

    #[test]
    fn a_password_is_refused_and_not_repeated() {
        let error = parse("https://user:secret@example.org/a").unwrap_err();
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn the_path_names_the_file() {
        let name = |text: &str| parse(text).unwrap().file_name().to_owned();
        assert_eq!(name("https://example.org/exports/SDN.XML"), "SDN.XML");
        assert_eq!(name("https://example.org/list/content?token=a/b"), "content");
        assert_eq!(name("https://example.org/list/"), "list");
        assert_eq!(name("https://example.org"), "list");
    }
}
