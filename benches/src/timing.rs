//! The clock: how long work takes, for a name and for all of them.

use rayon::ThreadPool;
use rayon::prelude::*;
use std::time::{Duration, Instant};

/// How often the time is taken; the median counts.
pub const RUNS: usize = 5;

/// How long one run took.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// From beginning to end.
    whole: Duration,
    /// Each item.
    each: Vec<Duration>,
}

/// Figures over [`RUNS`] runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Items a second: the median of the runs.
    pub speed: f64,
    /// Items a second in the slowest run.
    pub slowest: f64,
    /// Items a second in the fastest run.
    pub fastest: f64,
    /// Microseconds that half of the items of the median run took at most; `None` where a run is one item.
    pub p50: Option<f64>,
    /// Microseconds that 99 of 100 items of the median run took at most.
    pub p99: Option<f64>,
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// Today in UTC, for the head of a record.
#[expect(clippy::disallowed_methods, reason = "a record is dated")]
pub(crate) fn today() -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// A pool of as many threads.
pub(crate) fn pool(threads: usize) -> Result<ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build()
}

/// Does `work` on every item: each thread of the pool gets an equal part of the items, one after the other, and a
/// state of its own, which begins anew in every run.
pub(crate) fn time<T: Sync, S>(
    pool: &ThreadPool,
    items: &[T],
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> bool + Sync,
) -> Run {
    let part = items.len().div_ceil(pool.current_num_threads()).max(1);
    let do_part = |part: &[T]| {
        let mut state = state();
        let one = |item| {
            let started = now();
            std::hint::black_box(work(&mut state, item));
            started.elapsed()
        };
        part.iter().map(one).collect::<Vec<Duration>>()
    };
    let started = now();
    let each = pool.install(|| items.par_chunks(part).flat_map_iter(do_part).collect());
    Run {
        whole: started.elapsed(),
        each,
    }
}

/// Takes the time of one thing that counts as one item.
pub(crate) fn time_once(work: impl FnOnce()) -> Run {
    let started = now();
    work();
    Run {
        whole: started.elapsed(),
        each: Vec::new(),
    }
}

/// The figures of runs over `items` items each.
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
        p50: percentile(&each, 50),
        p99: percentile(&each, 99),
    })
}

/// The smallest time, in microseconds, that `percent` of the sorted times do not exceed.
fn percentile(sorted: &[Duration], percent: usize) -> Option<f64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).map(|time| time.as_secs_f64() * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(whole: u64) -> Run {
        Run {
            whole: Duration::from_millis(whole),
            each: (1..=200).map(Duration::from_micros).collect(),
        }
    }

    #[test]
    fn figures_are_those_of_the_median_run() {
        let figures = figures(vec![run(50), run(10), run(20), run(40), run(25)], 1_000).unwrap();
        assert_eq!(figures.speed.round(), 40_000.0);
        assert_eq!(figures.slowest.round(), 20_000.0);
        assert_eq!(figures.fastest.round(), 100_000.0);
        assert_eq!(figures.p50.map(f64::round), Some(100.0));
        assert_eq!(figures.p99.map(f64::round), Some(198.0));
    }

    #[test]
    fn every_item_is_worked_on_once_with_a_state_for_each_part() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let (states, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items: Vec<usize> = (0..101).collect();
        let state = || states.fetch_add(1, Ordering::Relaxed);
        let run = time(&pool(2).unwrap(), &items, state, |_, item| {
            sum.fetch_add(*item, Ordering::Relaxed);
            true
        });
        assert_eq!((states.into_inner(), sum.into_inner()), (2, 5_050));
        assert_eq!(run.each.len(), 101);
    }
}
