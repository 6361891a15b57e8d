//! `worst`: names that are as hard to screen as names can be.

use crate::answer::Answer;
use crate::outcome::Row;
use crate::{Definition, Error, Options, Outcome, inputs, timing};
use std::collections::BTreeMap;
use tamis::model::{List, Status, Subject};
use tamis::{Scratch, Screener};

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let screener = inputs::screener(&list)?;
    let names = hard_names(&list, definition.subjects);
    let mut outcome = Outcome::new(definition, &list, answer(&screener, &names));
    if outcome.holds() {
        let row = |(what, name): &(&str, String)| time(&screener, what, name, options.runs);
        outcome.rows = names.iter().filter_map(row).collect();
    }
    Ok(outcome)
}

/// What is hard about a name, and the name: `words` words where their number is free.
fn hard_names(list: &List, words: usize) -> Vec<(&'static str, String)> {
    let common = common_words(list);
    let first = |count: usize| {
        common
            .iter()
            .take(count)
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let repeated = |word: &str| vec![word; words].join(" ");
    let letters = ('A'..='Z').map(|letter| format!("{letter}.")).collect::<Vec<_>>();
    vec![
        ("the commonest word of the list", first(1)),
        ("the two commonest words", first(2)),
        ("the eight commonest words", first(8)),
        ("as many common words as wished", first(words)),
        ("the commonest word, repeated", repeated(&first(1))),
        ("all initials", letters.join(" ")),
        ("one word of many letters", "abdurakhman".repeat(words)),
        ("Arabic compounds", repeated("عبد الرحمن")),
        ("Latin compounds of Arabic", repeated("Abd al-Rahman")),
        ("Chinese characters", "王李张刘陈杨".repeat(words.div_ceil(6))),
        ("look-alike letters of three scripts", repeated("Іvаnоv Ρеtr")),
    ]
}

/// The words of a list, those of most names first.
fn common_words(list: &List) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in list.entities.iter().flat_map(|entity| &entity.names) {
        let words = name.text.split(|sign: char| !sign.is_alphanumeric());
        for word in words.filter(|word| word.chars().count() > 2) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut words: Vec<(String, usize)> = counts.into_iter().collect();
    words.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    words.into_iter().map(|(word, _)| word).collect()
}

/// Each is screened, and asking again, with what was remembered, gives the same.
fn answer(screener: &Screener, names: &[(&str, String)]) -> Answer {
    let mut scratch = Scratch::default();
    let fault = |(what, name): &(&str, String)| {
        let subject = Subject::named(name.as_str());
        let (first, again) = (
            screener.screen(&subject),
            screener.screen_with(&subject, &mut scratch),
        );
        let wrong = first.status == Status::Unscreened || first != again;
        wrong.then(|| format!("{what}: {:?}, then {:?}", first.status, again.status))
    };
    let faults = names.iter().filter_map(fault).collect();
    Answer::new(format!("{} names, every one is screened", names.len()), faults)
}

fn time(screener: &Screener, what: &str, name: &str, runs: usize) -> Option<Row> {
    let subject = [Subject::named(name)];
    let one = |_| {
        let mut scratch = Scratch::default();
        timing::each(&subject, |subject| {
            screener.screen_with(subject, &mut scratch).status == Status::Hit
        })
    };
    let words = name.split_whitespace().count();
    let row = Row::new(&format!("tamis, {what}"), 1, 1, (0..runs).map(one).collect());
    row.map(|row| row.noted(&format!("{words} words")))
}
