//! See `tamis_tests::fuzz::screen_any_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    tamis_tests::fuzz::screen_any_text(input);
});
