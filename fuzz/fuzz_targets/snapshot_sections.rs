//! See `tamis_tests::fuzz::snapshot_sections`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    tamis_tests::fuzz::snapshot_sections(input);
});
