//! `peers`: what Python programs use, on the same list and the same names.

use crate::answer::{Answer, percent};
use crate::outcome::{Row, number};
use crate::process::run_well;
use crate::reference::sample;
use crate::timing::{self, Run};
use crate::{Definition, Error, Options, Outcome, hits, inputs};
use serde::Deserialize;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tamis::model::{List, Subject};
use tamis::{Scratch, Screener};

const REQUIREMENTS: &str = include_str!("../peers/requirements.txt");
const SCRIPT: &str = include_str!("../peers/peers.py");
/// The peers by the words that the script knows, with those of the table.
const PEERS: [(&str, &str); 2] = [
    ("logic-v2", "nomenklatura logic-v2 with its index"),
    ("cdist", "rapidfuzz cdist"),
];

/// A name to screen, with the entry that it must find, where it is a listed one.
struct Asked {
    name: String,
    entity: Option<String>,
}

/// What the script says.
#[derive(Deserialize)]
struct Said {
    seconds: f64,
    cpu_seconds: f64,
    prepare_cpu_seconds: f64,
    found: usize,
    alerts: usize,
}

pub(crate) fn run(definition: &Definition, options: &Options) -> Result<Outcome, Error> {
    let list = inputs::list(definition, options)?;
    let screener = inputs::screener(&list)?;
    let asked = asked(definition, options, &list)?;
    let listed = asked.iter().filter(|asked| asked.entity.is_some()).count();
    let told = |found: usize, alerts: usize| {
        let unlisted = asked.len() - listed;
        format!(
            "recall {}, unlisted that alert {}",
            percent(found, listed),
            percent(alerts, unlisted)
        )
    };
    let (found, alerts) = screened(&screener, &asked, &mut Scratch::default());
    let missing = (listed == 0 || found == 0).then(|| "no listed name is found".to_owned());
    let answer = Answer::new(told(found, alerts), missing.into_iter().collect());
    let mut outcome = Outcome::new(definition, &list, answer);
    if !outcome.holds() {
        return Ok(outcome);
    }
    let folder = options.work.join("tamis-peers");
    let python = environment(&options.runner, &folder)?;
    write(&folder, &list, &asked)?;
    let tamis = ours(options.runs, &list, &screener, &asked)?;
    let noted = |row: &Row| row.clone().noted(&told(found, alerts));
    outcome.rows.extend(tamis.iter().map(noted));
    for (word, name) in PEERS {
        let (said, peak) = peer(&options.runner, &python, word, &folder)?;
        let run = Run {
            whole: Duration::from_secs_f64(said.seconds),
            cpu: Duration::from_secs_f64(said.cpu_seconds),
            each: Vec::new(),
        };
        let row = Row::new(name, 1, asked.len(), vec![run]).map(|row| Row {
            peak_memory: Some(peak),
            ..row
        });
        let beside = |peer: &Row| {
            let ratios = tamis.iter().map(|tamis| {
                let ratio = number(per_cpu(tamis) / per_cpu(peer));
                format!("{} does {ratio} times the names in a CPU second", tamis.who)
            });
            ratios.collect::<Vec<_>>().join(", ")
        };
        let ratio = row.as_ref().map(beside).unwrap_or_default();
        let prepared = format!("prepared in {} CPU s", number(said.prepare_cpu_seconds));
        let told = told(said.found, said.alerts);
        outcome
            .rows
            .extend(row.map(|row| row.noted(&told).noted(&ratio).noted(&prepared)));
    }
    Ok(outcome)
}

/// The names with a new screener each time, to which every word is new, and again with one that has screened them
/// before: what both it and the peers prepare, they prepare before the clock runs.
fn ours(runs: usize, list: &List, screener: &Screener, asked: &[Asked]) -> Result<Vec<Row>, Error> {
    let cold = (0..runs).map(|_| {
        let fresh = inputs::screener(list)?;
        Ok(timing::whole(|| screened(&fresh, asked, &mut Scratch::default())).0)
    });
    let cold = cold.collect::<Result<Vec<Run>, Error>>()?;
    let scratch = &mut Scratch::default();
    screened(screener, asked, scratch);
    let warm = (0..runs).map(|_| timing::whole(|| screened(screener, asked, scratch)).0);
    let warm = warm.collect();
    let rows = [("tamis, cold", cold), ("tamis, warm", warm)];
    let row = |(name, runs)| Row::new(name, 1, asked.len(), runs);
    Ok(rows.into_iter().filter_map(row).collect())
}

fn per_cpu(row: &Row) -> f64 {
    row.items as f64 / row.figures.cpu_seconds.max(f64::MIN_POSITIVE)
}

/// Nine customers to each changed listed name: most names that are screened are of nobody on the list.
fn asked(definition: &Definition, options: &Options, list: &List) -> Result<Vec<Asked>, Error> {
    let changed = hits::selftest(definition, list)?;
    let entities = changed.entities();
    let count = definition.subjects.div_ceil(10);
    let listed = sample(changed.probes(), count).into_iter().filter_map(|probe| {
        let (entity, _, _) = hits::target(&probe, entities)?;
        let entity = Some(entity.id());
        Some(Asked {
            name: probe.text,
            entity,
        })
    });
    let customers = inputs::customers(definition, options, definition.subjects - count)?;
    let unlisted = customers.into_iter().map(|name| Asked { name, entity: None });
    Ok(listed.chain(unlisted).collect())
}

/// How many listed names find their entry, and how many of the others alert.
fn screened(screener: &Screener, asked: &[Asked], scratch: &mut Scratch) -> (usize, usize) {
    let (mut found, mut alerts) = (0, 0);
    for Asked { name, entity } in asked {
        let decision = screener.screen_with(&Subject::named(name.as_str()), scratch);
        match entity {
            Some(id) => found += usize::from(crate::answer::alerts_on(&decision, id)),
            None => alerts += usize::from(!decision.alerts.is_empty()),
        }
    }
    (found, alerts)
}

/// The Python of a virtual environment in which the peers are installed. One that has them is used again.
fn environment(runner: &Path, folder: &Path) -> Result<PathBuf, Error> {
    std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    let venv = folder.join("venv");
    let python = venv
        .join(if cfg!(windows) { "Scripts" } else { "bin" })
        .join("python");
    let requirements = folder.join("requirements.txt");
    if !python.exists() {
        let words = ["-m".as_ref(), "venv".as_ref(), venv.as_os_str()];
        run_well(runner, Path::new("python3"), &words, folder, &[0])?;
    }
    text(&requirements, REQUIREMENTS)?;
    let words = ["-m", "pip", "install", "--quiet", "-r"].map(OsStr::new);
    run_well(
        runner,
        &python,
        &[&words[..], &[requirements.as_os_str()]].concat(),
        folder,
        &[0],
    )?;
    Ok(python)
}

fn text(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|e| Error::file(path, e))
}

fn write(folder: &Path, list: &List, asked: &[Asked]) -> Result<(), Error> {
    let mut rows = inputs::Rows::create(&folder.join("list.csv"))?;
    rows.write(&["entity", "kind", "name"])?;
    for entity in &list.entities {
        let id = entity.id();
        for name in &entity.names {
            rows.write(&[&id, entity.kind.as_str(), &name.text])?;
        }
    }
    rows.finish()?;
    let mut rows = inputs::Rows::create(&folder.join("names.csv"))?;
    rows.write(&["name", "entity"])?;
    for asked in asked {
        rows.write(&[&asked.name, asked.entity.as_deref().unwrap_or("")])?;
    }
    rows.finish()
}

/// Runs a peer: what it says, and the most memory that it held.
fn peer(runner: &Path, python: &Path, word: &str, folder: &Path) -> Result<(Said, u64), Error> {
    let script = folder.join("peers.py");
    text(&script, SCRIPT)?;
    let answer = folder.join("answer.json");
    let words = [
        script.as_os_str(),
        word.as_ref(),
        folder.as_os_str(),
        answer.as_os_str(),
    ];
    let ended = run_well(runner, python, &words, folder, &[0])?;
    let said = serde_json::from_slice(&inputs::read(&answer)?).map_err(|e| Error::file(&answer, e))?;
    Ok((said, ended.peak_memory))
}
