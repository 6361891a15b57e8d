use std::time::Duration;

/// How files are fetched.
///
/// # Example
/// ```
/// use std::time::Duration;
/// use tamis_fetch::Settings;
/// let settings = Settings { timeout: Duration::from_secs(30), ..Settings::default() };
/// assert_eq!(settings.attempts, 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who asks; by default the name and version of this program. Some publishers refuse clients by it.
    pub user_agent: String,
    /// The most time that one attempt may take, from the connection to the last byte; by default five
    /// minutes.
    pub timeout: Duration,
    /// The most time until a connection stands; by default fifteen seconds.
    pub connect_timeout: Duration,
    /// The largest file that is taken, in bytes after decompression; by default 512 MiB.
    pub most_bytes: u64,
    /// The longest chain of redirects; by default five.
    pub redirects: u32,
    /// How often a file is asked for before that is a failure; by default three times. Only what may pass by
    /// itself is tried again, see [`Error::may_pass`](crate::Error::may_pass).
    pub attempts: u32,
    /// The wait after the first attempt, which doubles after each further one; by default two seconds. No
    /// wait is longer than [`Settings::longest_wait`], and none is random.
    pub first_wait: Duration,
    /// The longest wait; by default one minute. A server that asks for a longer one (`Retry-After`) is not
    /// asked again.
    pub longest_wait: Duration,
    /// Whether an address may be `http://` elsewhere than on this machine; by default it may not.
    pub allow_http: bool,
    /// Through which proxy; by default none.
    pub proxy: Proxy,
    /// The root certificates that servers must come from, as PEM, in place of Mozilla's, which are built in.
    /// A proxy that opens encrypted connections has a root of its own.
    pub certificates: Option<Vec<u8>>,
}

/// Through which proxy files are fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Proxy {
    /// None.
    #[default]
    None,
    /// The one that the variables `ALL_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, if any.
    Environment,
    /// The one at this address.
    At(String),
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            user_agent: concat!("tamis/", env!("CARGO_PKG_VERSION")).to_owned(),
            timeout: Duration::from_secs(5 * 60),
            connect_timeout: Duration::from_secs(15),
            most_bytes: 512 << 20,
            redirects: 5,
            attempts: 3,
            first_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
            allow_http: false,
            proxy: Proxy::None,
            certificates: None,
        }
    }
}

impl Settings {
    /// The wait after attempt number `attempt`, counted from 1; `None` where the server asks for more than is
    /// waited.
    pub(crate) fn wait_after(&self, attempt: u32, asked_for: Option<Duration>) -> Option<Duration> {
        let doublings = attempt.saturating_sub(1).min(31);
        let own = self
            .first_wait
            .saturating_mul(1 << doublings)
            .min(self.longest_wait);
        let wait = asked_for.map_or(own, |asked| asked.max(own));
        (wait <= self.longest_wait).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let settings = Settings::default();
        let waits: Vec<u64> = (1..8)
            .filter_map(|attempt| settings.wait_after(attempt, None))
            .map(|wait| wait.as_secs())
            .collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(settings.wait_after(u32::MAX, None), Some(settings.longest_wait));
    }

    #[test]
    fn a_server_that_asks_for_patience_gets_it_within_limits() {
        let settings = Settings::default();
        let after = |seconds| settings.wait_after(1, Some(Duration::from_secs(seconds)));
        assert_eq!(after(0), Some(Duration::from_secs(2)));
        assert_eq!(after(45), Some(Duration::from_secs(45)));
        assert_eq!(after(3_600), None);
    }
}
