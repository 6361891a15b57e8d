//! The runner: `cargo run --release -p tamis-benches [-- [--markdown] NAME...]`.

use std::process::ExitCode;
use tamis_benches::{Definition, Error, Outcome, definitions, report, run};

const HELP: &str = "\
Usage: cargo run --release -p tamis-benches -- [--markdown] [--list] [NAME...]

Checks the answer of each benchmark, then takes its time. Without names: all of them.

  --markdown  print a record to keep instead of a table
  --list      print the names of the benchmarks and what they show

Exit codes: 0 every answer is right, 1 an answer is wrong, 2 the benchmarks could not be run.";

fn main() -> ExitCode {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |flag: &str| {
        let before = names.len();
        names.retain(|name| name != flag);
        names.len() < before
    };
    let (help, list, markdown) = (option("--help"), option("--list"), option("--markdown"));
    if help {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match definitions() {
        Ok(all) if list => {
            all.iter().for_each(|d| println!("{:<20} {}", d.name, d.shows));
            ExitCode::SUCCESS
        }
        Ok(all) => chosen(all, &names).map_or_else(failed, |definitions| measure(&definitions, markdown)),
        Err(error) => failed(error.to_string()),
    }
}

fn failed(why: String) -> ExitCode {
    eprintln!("error: {why}");
    ExitCode::from(2)
}

fn chosen(all: Vec<Definition>, names: &[String]) -> Result<Vec<Definition>, String> {
    let known = |name: &String| all.iter().any(|d| d.name == *name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let known: Vec<&str> = all.iter().map(|d| d.name.as_str()).collect();
        return Err(format!(
            "there is no benchmark or option '{unknown}'; benchmarks: {}; options: --markdown, --list, --help",
            known.join(", ")
        ));
    }
    let asked = |d: &Definition| names.is_empty() || names.contains(&d.name);
    Ok(all.into_iter().filter(asked).collect())
}

fn measure(definitions: &[Definition], markdown: bool) -> ExitCode {
    if cfg!(debug_assertions) {
        eprintln!("note: built without optimisation; add --release for figures that mean something");
    }
    let one = |definition: &Definition| {
        eprintln!("{} ...", definition.name);
        run(definition)
    };
    let outcomes: Result<Vec<Outcome>, Error> = definitions.iter().map(one).collect();
    match outcomes {
        Err(error) => failed(error.to_string()),
        Ok(outcomes) => {
            let text = if markdown {
                report::markdown(&outcomes)
            } else {
                report::table(&outcomes)
            };
            print!("{text}");
            let right = outcomes.iter().all(Outcome::holds);
            if right {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
    }
}
