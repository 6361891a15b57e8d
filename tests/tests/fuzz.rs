//! What the targets in `fuzz/` ask of bytes that a fuzzer finds, asked of seeded ones.
//!
//! `TAMIS_FUZZ_CASES` asks for more cases than the default.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use tamis::lists::Format;
use tamis::screen::compile;
use tamis_tests::fuzz::lists::{FAMILIES, Family, load, load_as};
use tamis_tests::fuzz::seeds::{sample_files, seeds};
use tamis_tests::fuzz::{candidates, screen_any_text, small_list, snapshot_open, snapshot_sections};
use tamis_tests::{Seeded, builtin, pick};

#[expect(
    clippy::disallowed_methods,
    reason = "a longer run is asked for by the environment"
)]
fn cases(default: u64) -> u64 {
    let asked = std::env::var("TAMIS_FUZZ_CASES").ok();
    asked.map_or(default, |n| {
        n.parse()
            .unwrap_or_else(|_| panic!("TAMIS_FUZZ_CASES={n} is not a number"))
    })
}

fn noise(seeded: &mut Seeded, most: usize) -> Vec<u8> {
    (0..seeded.below(most)).map(|_| byte(seeded)).collect()
}

fn byte(seeded: &mut Seeded) -> u8 {
    seeded.bits().to_le_bytes()[3]
}

/// Runs `holds` on as many seeded inputs, and tells of how many it says yes.
fn run(
    title: &str,
    default: u64,
    input: impl Fn(&mut Seeded) -> Vec<u8>,
    holds: impl Fn(&[u8]) -> bool,
) -> u64 {
    let cases = cases(default);
    let yes = (0..cases)
        .map(|case| u64::from(holds(&input(&mut Seeded::new(case)))))
        .sum();
    println!("{title}: {cases} cases, {yes} of them yes");
    yes
}

#[test]
fn any_bytes_are_opened_or_refused() {
    let Ok(good) = compile(vec![small_list()]) else {
        panic!("the small list is refused")
    };
    assert!(snapshot_open(&good));
    let damaged = |seeded: &mut Seeded| {
        let mut bytes = good.clone();
        match seeded.below(4) {
            0 => bytes = noise(seeded, 300),
            1 => bytes.truncate(seeded.below(good.len())),
            2 => bytes.extend(noise(seeded, 9).iter().chain(&[0])),
            _ => bytes[seeded.below(good.len())] ^= 1 << seeded.below(8),
        }
        bytes
    };
    // Nothing that is damaged by chance is taken for whole.
    assert_eq!(run("opened", 4_000, damaged, snapshot_open), 0);
}

#[test]
fn sections_that_contradict_each_other_are_refused_or_read_without_a_panic() {
    let script = |seeded: &mut Seeded| {
        let steps = 1 + seeded.below(3);
        (0..6 * steps).map(|_| byte(seeded)).collect()
    };
    assert!(snapshot_sections(&[]), "an unchanged file is opened");
    let opened = run("opened", 6_000, script, snapshot_sections);
    assert!(opened > 0, "some changes pass for content");
}

#[test]
fn damaged_lists_are_read_or_refused() {
    let samples = sample_files();
    let damaged = |seeded: &mut Seeded| damaged(pick(&samples, seeded).clone(), seeded);
    let read = run("read as lists", 3_000, damaged, load);
    assert!(read > cases(3_000) / 20, "too few to prove anything");
}

#[test]
fn every_format_is_in_one_family_and_is_read_from_its_seeds() {
    let seeds = seeds();
    for format in Format::ALL {
        let with = |family: &&Family| family.formats.contains(&format);
        let families: Vec<&Family> = FAMILIES.iter().filter(with).collect();
        let [family] = families.as_slice() else {
            panic!("{format} is in {} families", families.len())
        };
        let own = seeds.iter().filter(|seed| seed.family == **family);
        let read = own.map(|seed| load_as(seed.family, &seed.bytes));
        assert!(
            read.flatten().any(|read| read == format),
            "no seed is read as {format}"
        );
    }
}

#[test]
fn damaged_lists_of_each_family_are_read_or_refused() {
    for family in FAMILIES {
        let mut own = seeds();
        own.retain(|seed| seed.family == family);
        let input = |seeded: &mut Seeded| damaged(pick(&own, seeded).bytes.clone(), seeded);
        let holds = |bytes: &[u8]| !load_as(family, bytes).is_empty();
        let read = run(family.name, 500, input, holds);
        assert!(read > 0, "too few of {} to prove anything", family.name);
    }
}

/// Bytes with up to three places cut, doubled, or overwritten.
fn damaged(mut bytes: Vec<u8>, seeded: &mut Seeded) -> Vec<u8> {
    for _ in 0..1 + seeded.below(3) {
        let at = seeded.below(bytes.len().max(1)).min(bytes.len());
        let end = (at + seeded.below(40)).min(bytes.len());
        match seeded.below(5) {
            0 => bytes.truncate(bytes.len() - seeded.below(20).min(bytes.len())),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, noise(seeded, 8))),
            3 => {
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => bytes[at..end]
                .iter_mut()
                .filter(|b| b.is_ascii_digit())
                .for_each(|b| *b = b'0'),
        }
    }
    bytes
}

#[test]
fn candidates_are_all_that_reach_the_threshold() {
    let names: Vec<String> = builtin()
        .entities
        .into_iter()
        .flat_map(|e| e.names)
        .map(|name| name.text)
        .collect();
    let input = |seeded: &mut Seeded| {
        let first = pick(&names, seeded).clone();
        let mut lines = vec![changed(&first, seeded)];
        for at in 0..1 + seeded.below(3) {
            let name = if at == 0 { &first } else { pick(&names, seeded) };
            let sign = pick::<&str>(&["", "@", "#", "+"], seeded);
            lines.push(format!("{sign}{}", changed(name, seeded)));
        }
        lines.join("\n").into_bytes()
    };
    let reaching = run("reaching a threshold", 3_000, input, |bytes| {
        candidates(bytes) > 0
    });
    assert!(reaching > cases(3_000) / 4, "too few to prove anything");
}

/// What the fuzzer found: another reading of a name, cut at a capital, took a part for a patronymic and held it against
/// the name itself.
#[test]
fn readings_of_one_name_say_nothing_against_each_other() {
    let found =
        "TiciT\0Foy \u{3}honow b\n@Kaspersky Lab sTAow Andre\u{2}j\nTIKHOGennadyevicevnatolyevich And9eg";
    candidates(found.as_bytes());
}

/// A name with up to three letters dropped, doubled, exchanged, or replaced by a sign of any script, and words turned.
fn changed(name: &str, seeded: &mut Seeded) -> String {
    const SIGNS: &[char] = &[
        'a', 'o', 'k', 'y', 'ъ', 'я', 'م', '金', '-', '.', '\'', ' ', '1', '\u{301}', '&',
    ];
    let mut signs: Vec<char> = name.chars().collect();
    for _ in 0..seeded.below(4) {
        let at = seeded.below(signs.len());
        match seeded.below(5) {
            0 if signs.len() > 1 => drop(signs.remove(at)),
            1 => signs.insert(at, signs[at]),
            2 => signs.swap(at, at.saturating_sub(1)),
            3 => signs[at] = *pick(SIGNS, seeded),
            _ => signs.insert(at, *pick(SIGNS, seeded)),
        }
    }
    let text: String = signs.into_iter().collect();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if seeded.chance(20) && !words.is_empty() {
        words.rotate_left(1);
    }
    words.join(" ")
}

#[test]
fn any_text_is_screened_or_refused() {
    let text = |seeded: &mut Seeded| match seeded.below(3) {
        0 => noise(seeded, 80),
        1 => (0..seeded.below(40))
            .map(|_| sign(seeded))
            .collect::<String>()
            .into_bytes(),
        _ => {
            let signs: Vec<char> = (0..4).map(|_| sign(seeded)).chain(" .,-".chars()).collect();
            let some = (0..seeded.below(90)).map(|_| *pick(&signs, seeded));
            some.collect::<String>().into_bytes()
        }
    };
    let screened = run("screened", 4_000, text, screen_any_text);
    assert!(screened > 0);
}

/// Any sign, most of them of the scripts that are read.
fn sign(seeded: &mut Seeded) -> char {
    const BLOCKS: &[(u32, u32)] = &[
        (0x20, 0x17f),
        (0x370, 0x5f4),
        (0x600, 0x6ff),
        (0x900, 0x109f),
        (0x1100, 0x11ff),
        (0x2000, 0x206f),
        (0x3040, 0x30ff),
        (0x4e00, 0x9fff),
        (0xac00, 0xd7a3),
        (0xff00, 0xffef),
        (0, 0x10ffff),
    ];
    let (first, last) = *pick(BLOCKS, seeded);
    let place = u32::try_from(seeded.below((last - first) as usize)).unwrap_or_default();
    char::from_u32(first + place).unwrap_or(' ')
}
