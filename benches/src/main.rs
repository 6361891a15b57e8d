//! The runner: `cargo run --release -p tamis-benches [-- OPTION... NAME...]`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tamis_benches::{
    Definition, Error, Options, Outcome, copy_csv, definitions, measure, report, run, run_apart,
};

const HELP: &str = "\
Usage: cargo run --release -p tamis-benches -- [OPTION...] [NAME...]

Checks the answer of each benchmark, then takes its time. Without names: all but those that are run on request.

  --show          print the names of the benchmarks and what they show
  --list PATH     screen against this list (file or folder) in place of each generated one
  --names FILE    screen the names of this file of customers in place of generated ones
  --tamis FILE    the command to run as a process; default: 'tamis' beside this program
  --work FOLDER   where files are written; default: the folder for temporary files
  --runs N        how often the time is taken; the median counts; default: 5
  --markdown FILE write a record to keep
  --json FILE     write every figure

The runner calls itself with:

  copy FROM TO                   read a CSV file and write it again, to compare a file that is screened with
  measure ANSWER PROGRAM WORD... run a program and write down what it took
  --apart                        run one benchmark in this process; each has one of its own

Exit codes: 0 every answer is right, 1 an answer is wrong, 2 the benchmarks could not be run.";

/// What the command line asks for.
struct Asked {
    options: Options,
    names: Vec<String>,
    show: bool,
    help: bool,
    apart: bool,
    markdown: Option<PathBuf>,
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let result = match words.first().map(String::as_str) {
        Some("copy") => called(&words, 3, |words| {
            copy_csv(Path::new(&words[1]), Path::new(&words[2]))
        }),
        Some("measure") => called(&words, 3, |words| {
            let arguments: Vec<OsString> = words[3..].iter().map(OsString::from).collect();
            measure(Path::new(&words[1]), words[2].as_ref(), &arguments)
        }),
        _ => read(words).and_then(|asked| work(&asked)),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::from(2)
        }
    }
}

/// What the runner calls itself for, with at least as many words.
fn called(
    words: &[String],
    least: usize,
    work: impl FnOnce(&[String]) -> Result<(), Error>,
) -> Result<bool, String> {
    if words.len() < least {
        return Err(format!("{}: words are missing\n\n{HELP}", words.join(" ")));
    }
    work(words).map(|()| true).map_err(|e| e.to_string())
}

fn read(words: Vec<String>) -> Result<Asked, String> {
    let runner = std::env::current_exe().map_err(|e| format!("this program's own path: {e}"))?;
    let mut asked = Asked {
        options: Options::beside(runner),
        names: Vec::new(),
        show: false,
        help: false,
        apart: false,
        markdown: None,
        json: None,
    };
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word}: a value is missing"));
        match word.as_str() {
            "--help" | "-h" => asked.help = true,
            "--show" => asked.show = true,
            "--apart" => asked.apart = true,
            "--list" => asked.options.list = Some(value()?.into()),
            "--names" => asked.options.names = Some(value()?.into()),
            "--tamis" => asked.options.tamis = value()?.into(),
            "--work" => asked.options.work = value()?.into(),
            "--markdown" => asked.markdown = Some(value()?.into()),
            "--json" => asked.json = Some(value()?.into()),
            "--runs" => {
                let runs = value()?.parse().ok().filter(|runs| *runs > 0);
                asked.options.runs = runs.ok_or("--runs: give a whole number from 1")?;
            }
            option if option.starts_with('-') => {
                return Err(format!("there is no option '{option}'\n\n{HELP}"));
            }
            _ => asked.names.push(word),
        }
    }
    Ok(asked)
}

/// Does what is asked; false where an answer was wrong.
fn work(asked: &Asked) -> Result<bool, String> {
    let all = definitions().map_err(|e| e.to_string())?;
    if asked.help {
        println!("{HELP}");
        return Ok(true);
    }
    if asked.show {
        all.iter().for_each(|d| println!("{:<20} {}", d.name, d.shows));
        return Ok(true);
    }
    let chosen = chosen(all, &asked.names)?;
    if asked.apart {
        one(&chosen, asked)
    } else {
        all_of(&chosen, asked)
    }
}

fn chosen(all: Vec<Definition>, names: &[String]) -> Result<Vec<Definition>, String> {
    let known = |name: &String| all.iter().any(|d| d.name == *name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let known: Vec<&str> = all.iter().map(|d| d.name.as_str()).collect();
        return Err(format!(
            "there is no benchmark '{unknown}'; benchmarks: {}",
            known.join(", ")
        ));
    }
    let asked = |d: &Definition| names.contains(&d.name) || names.is_empty() && !d.on_request;
    Ok(all.into_iter().filter(asked).collect())
}

/// Runs one benchmark here, and writes its outcome for the process that called.
fn one(definitions: &[Definition], asked: &Asked) -> Result<bool, String> {
    let ([definition], Some(path)) = (definitions, &asked.json) else {
        return Err("--apart: name one benchmark, and --json FILE".to_owned());
    };
    let outcome = run(definition, &asked.options).map_err(|e| e.to_string())?;
    let text = report::json_of_one(&outcome).map_err(|e| e.to_string())?;
    write(path, &text)?;
    Ok(outcome.holds())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))
}

fn all_of(definitions: &[Definition], asked: &Asked) -> Result<bool, String> {
    if cfg!(debug_assertions) {
        eprintln!("note: built without optimisation; add --release for figures that mean something");
    }
    let mut outcomes: Vec<Outcome> = Vec::new();
    for definition in definitions {
        eprintln!("{} ...", definition.name);
        outcomes.push(run_apart(definition, &asked.options).map_err(|e| e.to_string())?);
        // After each, so that a long run that is broken off leaves what it has.
        keep(&outcomes, asked)?;
    }
    print!("{}", report::table(&outcomes));
    Ok(outcomes.iter().all(Outcome::holds))
}

fn keep(outcomes: &[Outcome], asked: &Asked) -> Result<(), String> {
    if let Some(path) = &asked.markdown {
        write(path, &report::markdown(outcomes, &asked.options))?;
    }
    if let Some(path) = &asked.json {
        write(path, &report::json(outcomes).map_err(|e| e.to_string())?)?;
    }
    Ok(())
}
