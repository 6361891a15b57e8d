//! What is read is what was written, or it is refused by name.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use tamis_snapshot::{Error, Snapshot, Stamp, Writer};

const STAMP: Stamp = Stamp {
    version: 3,
    fingerprint: 0xfeed,
};

fn file() -> Vec<u8> {
    let mut writer = Writer::new(STAMP);
    writer.section("bytes", b"Kaspersky");
    writer.section("empty", [0u64; 0]);
    writer.section("numbers", [1u64, 2, u64::MAX]);
    writer.finish().unwrap()
}

fn refusal(bytes: &[u8]) -> Error {
    Snapshot::from_bytes(bytes, STAMP).map(|_| "opened").unwrap_err()
}

#[test]
fn sections_come_back() {
    let snapshot = Snapshot::from_bytes(file(), STAMP).unwrap();
    assert_eq!(snapshot.section::<u8>("bytes").unwrap(), b"Kaspersky");
    assert_eq!(snapshot.section::<u64>("numbers").unwrap(), [1, 2, u64::MAX]);
    assert!(snapshot.section::<u64>("empty").unwrap().is_empty());
    assert!(matches!(snapshot.section::<u64>("bytes"), Err(Error::Section(_))));
    assert!(matches!(snapshot.section::<u8>("none"), Err(Error::Section(_))));
    assert_eq!(file(), file());
}

#[test]
fn a_mapped_file_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.tamis");
    std::fs::write(&path, file()).unwrap();
    let snapshot = Snapshot::open(&path, STAMP).unwrap();
    assert_eq!(snapshot.section::<u8>("bytes").unwrap(), b"Kaspersky");
    std::fs::write(&path, b"").unwrap();
    assert!(matches!(Snapshot::open(&path, STAMP), Err(Error::NotSnapshot)));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(Snapshot::open(&path, STAMP), Err(Error::Io(_))));
}

#[test]
fn each_fault_has_its_name() {
    let good = file();
    assert!(matches!(refusal(b"<html>"), Error::NotSnapshot));
    let other = |stamp: Stamp| Snapshot::from_bytes(&good, stamp).map(|_| "opened").unwrap_err();
    assert!(matches!(
        other(Stamp { version: 4, ..STAMP }),
        Error::Version {
            found: 3,
            expected: 4
        }
    ));
    assert!(matches!(
        other(Stamp {
            fingerprint: 1,
            ..STAMP
        }),
        Error::Fingerprint {
            found: 0xfeed,
            expected: 1
        }
    ));
    let longer = [good.as_slice(), &[0]].concat();
    assert!(matches!(refusal(&longer), Error::Length { .. }));
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    assert!(matches!(refusal(&flipped), Error::Checksum));
}

#[test]
fn every_truncation_and_every_flipped_bit_is_refused() {
    let good = file();
    for length in 0..good.len() {
        refusal(&good[..length]);
    }
    for bit in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        refusal(&bad);
    }
}

#[test]
fn what_is_done_beside_the_comparing_counts_only_if_the_file_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.tamis");
    let bytes_of = |snapshot: &Snapshot| snapshot.section::<u8>("bytes").map(<[u8]>::to_vec).ok();
    let open = |bytes: &[u8], stamp: Stamp| {
        std::fs::write(&path, bytes).unwrap();
        Snapshot::open_while(&path, stamp, bytes_of)
    };
    let good = file();
    let (snapshot, made) = open(&good, STAMP).unwrap();
    assert_eq!(made.unwrap(), b"Kaspersky");
    assert_eq!(
        snapshot.checksum(),
        Snapshot::from_bytes(&good, STAMP).unwrap().checksum()
    );
    let said = |error: Option<Error>| error.map(|e| e.to_string());
    for bit in (0..good.len() * 8).step_by(3) {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(said(open(&bad, STAMP).err()), Some(refusal(&bad).to_string()));
    }
    for length in 0..good.len() {
        let cut = &good[..length];
        assert_eq!(said(open(cut, STAMP).err()), Some(refusal(cut).to_string()));
    }
    let other = Stamp {
        fingerprint: 1,
        ..STAMP
    };
    assert!(matches!(open(&good, other), Err(Error::Fingerprint { .. })));
}

proptest! {
    /// Nonsense is an error, never a panic; nonsense with a right checksum is tried on whole lists.
    #[test]
    fn no_bytes_panic(noise in proptest::collection::vec(any::<u8>(), 0..200), at in 0usize..120) {
        let mut bytes = file();
        for (place, byte) in bytes.iter_mut().skip(at).zip(&noise) {
            *place = *byte;
        }
        if let Ok(snapshot) = Snapshot::from_bytes(&bytes, STAMP) {
            let _ = snapshot.section::<u64>("numbers");
        }
        let _ = Snapshot::from_bytes(&noise, STAMP);
    }
}
