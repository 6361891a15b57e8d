//! The clocks: how long work takes, on the wall and on the processor, and how much memory it needs.

use cpu_time::ProcessTime;
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

/// How long one run took.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// From beginning to end.
    pub(crate) whole: Duration,
    /// On the processor, all threads together.
    pub(crate) cpu: Duration,
    /// Each item; empty where items are not timed one by one.
    pub(crate) each: Vec<Duration>,
}

/// Times of single items in the median run, in microseconds. Of 100 items `p99` did not take longer than it says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Times {
    pub p50: f64,
    pub p90: f64,
    pub p99: f64,
    pub p999: f64,
    pub longest: f64,
}

/// Figures over several runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Items a second: the median of the runs.
    pub speed: f64,
    /// Items a second in the slowest run.
    pub slowest: f64,
    /// Items a second in the fastest run.
    pub fastest: f64,
    /// Seconds of the median run.
    pub seconds: f64,
    /// Seconds on the processor in the median run, all threads together.
    pub cpu_seconds: f64,
    /// How long single items took; `None` where they were not timed one by one.
    pub times: Option<Times>,
    /// How many items of the median run took less than 1, 2, 4, 8 … microseconds and not less than the one before.
    pub histogram: Vec<usize>,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Today in UTC, for the head of a record.
#[expect(clippy::disallowed_methods, reason = "a record is dated")]
pub(crate) fn today() -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// A pool of as many threads.
pub(crate) fn pool(threads: usize) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build()
}

/// Takes the time of work as a whole.
pub(crate) fn whole<T>(work: impl FnOnce() -> T) -> (Run, T) {
    let (cpu, started) = (ProcessTime::now(), now());
    let result = std::hint::black_box(work());
    let run = Run {
        whole: started.elapsed(),
        cpu: cpu.elapsed(),
        each: Vec::new(),
    };
    (run, result)
}

/// Takes the time of every item and of all of them.
pub(crate) fn each<T>(items: &[T], mut work: impl FnMut(&T) -> bool) -> Run {
    let one = |item| {
        let started = now();
        std::hint::black_box(work(item));
        started.elapsed()
    };
    let (run, each) = whole(|| items.iter().map(one).collect());
    Run { each, ..run }
}

/// The figures of runs over `items` items each; `None` without a run.
pub(crate) fn figures(mut runs: Vec<Run>, items: usize) -> Option<Figures> {
    runs.sort_by_key(|run| run.whole);
    let speed = |run: &Run| items as f64 / run.whole.as_secs_f64().max(f64::MIN_POSITIVE);
    let middle = runs.get(runs.len() / 2)?;
    let mut each = middle.each.clone();
    each.sort_unstable();
    Some(Figures {
        speed: speed(middle),
        slowest: speed(runs.last()?),
        fastest: speed(runs.first()?),
        seconds: middle.whole.as_secs_f64(),
        cpu_seconds: middle.cpu.as_secs_f64(),
        times: times(&each),
        histogram: histogram(&each),
    })
}

fn times(sorted: &[Duration]) -> Option<Times> {
    Some(Times {
        p50: percentile(sorted, 500)?,
        p90: percentile(sorted, 900)?,
        p99: percentile(sorted, 990)?,
        p999: percentile(sorted, 999)?,
        longest: percentile(sorted, 1_000)?,
    })
}

/// The smallest time, in microseconds, that as many of a thousand sorted times do not exceed.
fn percentile(sorted: &[Duration], per_mille: usize) -> Option<f64> {
    let rank = (sorted.len() * per_mille).div_ceil(1_000).max(1);
    sorted.get(rank - 1).map(|time| time.as_secs_f64() * 1e6)
}

fn histogram(sorted: &[Duration]) -> Vec<usize> {
    let mut counts = Vec::new();
    for time in sorted {
        let microseconds = time.as_micros();
        let bin = (u128::BITS - microseconds.leading_zeros()) as usize;
        counts.resize(counts.len().max(bin + 1), 0);
        counts[bin] += 1;
    }
    counts
}

/// Forgets the most memory that this process has held so far, so that [`peak_memory`] tells of what comes next.
pub(crate) fn forget_peak_memory() {
    // Where the system has no such file, `peak_memory` has none either.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that this process held, in bytes; `None` where the system does not tell.
pub(crate) fn peak_memory() -> Option<u64> {
    memory("VmHWM:")
}

/// The memory that this process holds, in bytes; `None` where the system does not tell.
pub(crate) fn memory_in_use() -> Option<u64> {
    memory("VmRSS:")
}

#[expect(clippy::disallowed_methods, reason = "a benchmark asks the system for memory")]
fn memory(field: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(field))?;
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kibibytes * 1_024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(whole: u64) -> Run {
        Run {
            whole: Duration::from_millis(whole),
            cpu: Duration::from_millis(whole),
            each: (1..=200).map(Duration::from_micros).collect(),
        }
    }

    #[test]
    fn figures_are_those_of_the_median_run() {
        let figures = figures(vec![run(50), run(10), run(20), run(40), run(25)], 1_000).unwrap();
        assert_eq!(figures.speed.round(), 40_000.0);
        assert_eq!(figures.slowest.round(), 20_000.0);
        assert_eq!(figures.fastest.round(), 100_000.0);
        let times = figures.times.unwrap();
        assert_eq!((times.p50.round(), times.p99.round()), (100.0, 198.0));
        assert_eq!(times.longest.round(), 200.0);
        // 1; 2, 3; 4 to 7; … 128 to 200.
        assert_eq!(figures.histogram, [0, 1, 2, 4, 8, 16, 32, 64, 73]);
    }

    #[test]
    fn every_item_is_worked_on_once_and_in_order() {
        let mut seen = Vec::new();
        let run = each(&[1, 2, 3], |item| {
            seen.push(*item);
            true
        });
        assert_eq!((seen, run.each.len()), (vec![1, 2, 3], 3));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn memory_that_was_held_is_seen() {
        forget_peak_memory();
        let before = peak_memory().unwrap();
        drop(std::hint::black_box(vec![1_u8; 64 << 20]));
        assert!(peak_memory().unwrap() > before + (32 << 20));
        assert!(memory_in_use().unwrap() <= peak_memory().unwrap());
    }
}
