//! See `tamis_tests::fuzz::snapshot_open`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    tamis_tests::fuzz::snapshot_open(input);
});
