#![doc = include_str!("../../../README.md")]

pub use tamis_feeds as feeds;
pub use tamis_lists as lists;
pub use tamis_model as model;
pub use tamis_names as names;
pub use tamis_ownership as ownership;
pub use tamis_policy::{self as policy, DEFAULT_THRESHOLD, Policy};
pub use tamis_related as related;
pub use tamis_screen::{self as screen, Comparison, Error, Scratch, Screener, compare, engine, unfit};
pub use tamis_selftest as selftest;
pub use tamis_successors as successors;
