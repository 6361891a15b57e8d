//! See `tamis_tests::fuzz::lists::load`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    tamis_tests::fuzz::lists::load(input);
});
