//! Lists and options, made into a screener.

use crate::args::{Against, PolicyArgs};
use crate::clock;
use crate::failure::Failure;
use crate::freshness;
use crate::sources;
use serde::Deserialize;
use std::cell::RefCell;
use std::fs;
use std::path::Path;
use tamis::model::Score;
use tamis::{Policy, Scratch, Screener};

/// What a policy file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    threshold: Option<Score>,
    regimes: Option<Vec<String>>,
    unverified_alerts: Option<bool>,
    weak_alias_alerts: Option<bool>,
}

/// A screener over the lists and under the policy that the options ask for.
pub fn ready(against: &Against) -> Result<Screener, Failure> {
    let policy = policy_of(&against.policy)?;
    let screener = sources::screener(&against.lists.lists, policy)?;
    for stale in freshness::check(against, screener.lists())? {
        eprintln!("warning: {stale}");
    }
    check_regimes(screener.policy(), screener.regimes())?;
    Ok(screener)
}

/// The policy: the defaults, changed by the policy file, changed by the options.
pub fn policy_of(args: &PolicyArgs) -> Result<Policy, Failure> {
    let file = args
        .policy
        .as_deref()
        .map_or_else(|| Ok(PolicyFile::default()), read_file)?;
    let mut policy = Policy::new(args.as_of.unwrap_or_else(clock::today));
    policy.threshold = args.threshold.or(file.threshold).unwrap_or(policy.threshold);
    policy.regimes = match args.regimes.is_empty() {
        true => file.regimes.unwrap_or_default(),
        false => args.regimes.clone(),
    };
    for regime in &mut policy.regimes {
        *regime = regime.trim().to_lowercase();
    }
    policy.unverified_alerts = args.unverified || file.unverified_alerts.unwrap_or(false);
    policy.weak_alias_alerts = args.weak_aliases || file.weak_alias_alerts.unwrap_or(false);
    Ok(policy)
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read_file(path: &Path) -> Result<PolicyFile, Failure> {
    let text = fs::read_to_string(path).map_err(|e| Failure::reading(path.display(), &e))?;
    toml::from_str(&text).map_err(|e| {
        Failure::at(path.display(), e.to_string().trim_end()).help(
            "a policy file may hold threshold (0 to 1), regimes (a list), unverified_alerts and \
             weak_alias_alerts (true or false)",
        )
    })
}

/// A regime that no list knows would silence every alert, so it is refused.
pub fn check_regimes(policy: &Policy, known: &[String]) -> Result<(), Failure> {
    match policy.regimes.iter().find(|regime| !known.contains(regime)) {
        None => Ok(()),
        Some(regime) => Err(
            Failure::new(format!("--regime: no measure of '{regime}' is on these lists"))
                .help(format!("the regimes on them are: {}", known.join(", "))),
        ),
    }
}

/// A pool of as many threads as asked for.
pub fn threads(jobs: Option<std::num::NonZeroUsize>) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, std::num::NonZeroUsize::get))
        .build()
        .map_err(|e| Failure::new(format!("cannot start threads: {e}")))
}

thread_local! {
    /// What a thread has looked up already; names repeat their words, so this is most of the speed.
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Runs `work` with the working memory of this thread.
pub fn with_scratch<T>(work: impl FnOnce(&mut Scratch) -> T) -> T {
    SCRATCH.with(|scratch| match scratch.try_borrow_mut() {
        Ok(mut scratch) => work(&mut scratch),
        Err(_) => work(&mut Scratch::default()),
    })
}
