//! Who acts, by one rule for all commands: whoever `--actor` names, else `TAMIS_ACTOR`.

use crate::failure::Failure;
use std::env;

/// Whoever is named; nobody is assumed.
pub fn named(option: Option<&String>) -> Option<String> {
    let said = |name: &String| !name.trim().is_empty();
    option.cloned().or_else(|| variable("TAMIS_ACTOR").filter(said))
}

/// Whoever is named, else who is logged in: for acts that need no second person.
pub fn known(option: Option<&String>) -> Result<String, Failure> {
    let logged_in = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(variable);
    let actor = named(option)
        .or_else(logged_in)
        .filter(|name| !name.trim().is_empty());
    actor.ok_or_else(|| {
        Failure::new("the log must say who does this")
            .help("name yourself with --actor NAME, or set TAMIS_ACTOR")
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command is where the environment is read"
)]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}
