//! See `tamis_tests::fuzz::lists::load_as`.
#![no_main]

use tamis_tests::fuzz::lists::{WORKBOOK, load_as};

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    load_as(WORKBOOK, input);
});
