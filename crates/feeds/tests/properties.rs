//! What holds for every input.

use proptest::prelude::*;
use std::io::{self, Read};
use tamis_feeds::{InputFormat, Options, PairReader, Reader, Record};

/// Gives its bytes a few at a time.
struct Drops<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.size.min(into.len()).min(self.bytes.len());
        into[..n].copy_from_slice(&self.bytes[..n]);
        self.bytes = &self.bytes[n..];
        Ok(n)
    }
}

fn outcome<R: Read>(input: R, options: Options) -> Result<(Vec<Record<'static>>, Vec<String>), String> {
    let mut reader = Reader::new(input, "input", options).map_err(|error| error.to_string())?;
    let records = reader.by_ref().collect();
    Ok((records, reader.notes().to_vec()))
}

/// Bytes that are likely to be nearly a table.
fn nearly_csv() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"name,id\n".to_vec()),
        Just(b"\"".to_vec()),
        Just(b",".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\0".to_vec()),
        Just(b"{\"name\":".to_vec()),
        Just("Чекунов".as_bytes().to_vec()),
        Just(b"\xd7\xe5\xea".to_vec()),
        Just(b"x".repeat(90)),
        "[a-z ]{0,8}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..6),
    ];
    let body = proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    (any::<bool>(), body).prop_map(|(header, body)| match header {
        true => [b"name,id\n".to_vec(), body].concat(),
        false => body,
    })
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 .'-]{1,12}",
        "[a-z,;|\"\t\r\n]{1,10}",
        "\\PC{1,10}",
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_cause_a_panic(bytes in nearly_csv(), limit in 1_usize..200) {
        for format in [None, Some(InputFormat::Csv), Some(InputFormat::JsonLines)] {
            let options = Options { max_record_bytes: limit, format, ..Options::default() };
            let _ = outcome(&bytes[..], options.clone());
            let _ = PairReader::new(&bytes[..], "input", options).map(Iterator::count);
        }
    }

    #[test]
    fn the_result_does_not_depend_on_how_the_input_is_cut(bytes in nearly_csv(), limit in 20_usize..200, size in 2_usize..9) {
        let options = Options { max_record_bytes: limit, ..Options::default() };
        let whole = outcome(&bytes[..], options.clone());
        for size in [1, size] {
            let dropped = outcome(Drops { bytes: &bytes, size }, options.clone());
            prop_assert_eq!(&whole, &dropped);
        }
    }

    #[test]
    fn batches_hold_the_records_that_come_out_one_by_one(
        bytes in nearly_csv(), limit in 20_usize..200, records in 1_usize..20, size in 1_usize..100,
    ) {
        for format in [InputFormat::Csv, InputFormat::JsonLines] {
            let options = Options { max_record_bytes: limit, format: Some(format), ..Options::default() };
            let Ok((expected, notes)) = outcome(&bytes[..], options.clone()) else { continue };
            let mut reader = Reader::new(&bytes[..], "input", options).unwrap();
            let mut at = 0;
            while let Some(batch) = reader.next_batch(records, size) {
                prop_assert!((1..=records).contains(&batch.len()));
                for record in 0..batch.len() {
                    let record = batch.get(record);
                    prop_assert_eq!(record.as_ref(), expected.get(at));
                    at += 1;
                }
                prop_assert!(batch.get(batch.len()).is_none());
            }
            prop_assert_eq!(at, expected.len());
            prop_assert_eq!(reader.records(), at as u64);
            prop_assert_eq!(reader.notes(), notes);
        }
    }

    #[test]
    fn every_record_comes_out_once_in_order_with_its_cells(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 3), 0..40),
        delimiter in proptest::sample::select(&b",;\t|"[..]),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["id", "name", "note"]).unwrap();
        for (at, row) in rows.iter().enumerate() {
            writer.write_record([&format!("k{at}{}", row[0]), &row[1], &row[2]]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        // Detection is not under test here: the cells are made of delimiters.
        let options = Options { delimiter: Some(delimiter), format: Some(InputFormat::Csv), ..Options::default() };
        let (records, _) = outcome(&bytes[..], options).unwrap();
        prop_assert_eq!(records.len(), rows.len());
        for (at, (record, row)) in records.iter().zip(&rows).enumerate() {
            prop_assert_eq!(&record.cells, &vec![format!("k{at}{}", row[0]), row[1].clone(), row[2].clone()]);
        }
        // The csv crate is the oracle for the cells.
        let mut oracle = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(&bytes[..]);
        for (record, expected) in records.iter().zip(oracle.records()) {
            let expected: Vec<String> = expected.unwrap().iter().map(str::to_owned).collect();
            prop_assert_eq!(&record.cells, &expected);
        }
    }

    #[test]
    fn lines_of_json_come_out_once_in_order(names in proptest::collection::vec("\\PC{0,12}", 1..30)) {
        let lines: Vec<String> = names.iter().map(|name| serde_json::json!({"name": name}).to_string() + "\n").collect();
        let (records, _) = outcome(lines.concat().as_bytes(), Options::default()).unwrap();
        let read: Vec<&str> = records.iter().map(|record| record.raw.as_ref().unwrap()["name"].as_str().unwrap()).collect();
        prop_assert_eq!(read, names.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
