//! The sample files that the manual uses.

#![expect(clippy::unwrap_used, reason = "tests")]

use tamis_feeds::{Options, Reader, Record, Unscreened};

const CUSTOMERS: &[u8] = include_bytes!("../../../data/samples/customers.csv");
const BAD_ROWS: &[u8] = include_bytes!("../../../data/samples/customers-bad-rows.csv");
const JSON_LINES: &[u8] = include_bytes!("../../../data/samples/customers.jsonl");

fn read(input: &[u8], name: &str) -> Vec<Record<'static>> {
    Reader::new(input, name, Options::default()).unwrap().collect()
}

#[test]
fn every_sample_customer_can_be_screened_with_all_its_fields() {
    for (input, name, count) in [
        (CUSTOMERS, "customers.csv", 60),
        (JSON_LINES, "customers.jsonl", 10),
    ] {
        let records = read(input, name);
        assert_eq!(records.len(), count);
        for record in records {
            let subject = record.subject.unwrap();
            assert_eq!(subject.unused, Vec::<String>::new(), "{:?}", subject.id);
            assert!(subject.id.is_some());
            assert!(subject.countries.iter().all(|country| country.code.is_some()));
        }
    }
}

#[test]
fn every_bad_sample_row_says_what_is_wrong_with_it() {
    let records = read(BAD_ROWS, "customers-bad-rows.csv");
    let (good, bad): (Vec<_>, Vec<_>) = records
        .into_iter()
        .map(|record| record.subject)
        .partition(Result::is_ok);
    let bad: Vec<Unscreened> = bad.into_iter().map(Result::unwrap_err).collect();
    let lines: Vec<u64> = bad.iter().map(|why| why.line).collect();
    assert_eq!(lines, [3, 4, 6, 7, 9]);
    assert_eq!(bad[0].reason, "4 fields, header has 7");
    assert_eq!(bad[1].reason, "the name is empty");
    assert!(bad[2].reason.starts_with("8 fields, header has 7"));
    assert!(bad[3].reason.starts_with("nothing to compare in the name '---'"));
    assert!(bad[4].reason.starts_with("a quote is opened and not closed"));
    let unused: Vec<String> = good
        .into_iter()
        .flat_map(|subject| subject.unwrap().unused)
        .collect();
    assert_eq!(
        unused,
        [
            "birth_date '31/02/1980' is not a date: not used",
            "kind 'martian' is not a known kind: not used",
            "country 'Atlantis' is not a known country: not used",
        ]
    );
}
