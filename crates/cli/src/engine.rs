//! Lists and options, made into a screener.

use crate::args::{Against, PolicyArgs};
use crate::clock;
use crate::failure::Failure;
use crate::freshness;
use crate::sources;
use jiff::civil::Date;
use std::cell::RefCell;
use std::fs;
use tamis::policy::{SHIPPED, shipped};
use tamis::{Policy, Scratch, Screener};

/// A screener over the lists and under the policy that the options ask for.
pub fn ready(against: &Against) -> Result<Screener, Failure> {
    let policy = policy_of(&against.policy)?;
    let screener = sources::screener(&against.lists.lists, policy)?;
    for stale in freshness::check(against, screener.lists())? {
        eprintln!("warning: {stale}");
    }
    check_regimes(&against.policy, screener.policy(), screener.regimes())?;
    Ok(screener)
}

/// The policy: the defaults or what was named, changed by the options. `--threshold` is one for all lists.
pub fn policy_of(args: &PolicyArgs) -> Result<Policy, Failure> {
    let as_of = args.as_of.unwrap_or_else(clock::today);
    let mut policy = match &args.policy {
        None => Policy::new(as_of),
        Some(word) => policy_named(word, as_of)?,
    };
    if let Some(threshold) = args.threshold {
        policy.threshold = threshold;
        policy.thresholds.clear();
    }
    if !args.regimes.is_empty() {
        policy.regimes = args
            .regimes
            .iter()
            .map(|regime| regime.trim().to_lowercase())
            .collect();
    }
    policy.unverified_alerts |= args.unverified;
    policy.weak_alias_alerts |= args.weak_aliases;
    Ok(policy)
}

/// The policy of this name: an example that comes with tamis, or a file.
#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
pub fn policy_named(word: &str, as_of: Date) -> Result<Policy, Failure> {
    let read = |text: &str| {
        Policy::from_toml(text, as_of).map_err(|e| {
            Failure::at(word, e.to_string().trim_end())
                .help("docs/policy.md describes the file, `tamis policy schema` prints its schema")
        })
    };
    match shipped(word) {
        Some(text) => read(text),
        None => {
            let text = fs::read_to_string(word).map_err(|e| {
                Failure::reading(word, &e).help(format!("name a file, or one of {}", SHIPPED.join(", ")))
            })?;
            read(&text)
        }
    }
}

/// A regime that no list knows would silence every alert, so it is refused where it was typed. A policy file may be
/// made for more lists than these; what it names in vain is told, and it must not name all in vain.
pub fn check_regimes(args: &PolicyArgs, policy: &Policy, known: &[String]) -> Result<(), Failure> {
    let unknown: Vec<&str> = policy
        .regimes
        .iter()
        .filter(|r| !known.contains(r))
        .map(String::as_str)
        .collect();
    let Some(first) = unknown.first() else {
        return Ok(());
    };
    let typed = !args.regimes.is_empty();
    if typed || unknown.len() == policy.regimes.len() {
        let place = if typed { "--regime" } else { "the policy's regimes" };
        return Err(
            Failure::new(format!("{place}: no measure of '{first}' is on these lists"))
                .help(format!("the regimes on them are: {}", known.join(", "))),
        );
    }
    for regime in unknown {
        eprintln!(
            "warning: no measure of the policy's regime '{regime}' is on these lists: nothing is checked under it"
        );
    }
    Ok(())
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
