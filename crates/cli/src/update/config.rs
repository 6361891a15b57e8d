//! What is to be updated: the configuration, completed by options and by the addresses that are known.

use super::addresses;
use super::args::ListUpdateArgs;
use super::guard::MOST_SHRINK;
use crate::duration;
use crate::failure::Failure;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tamis::lists::Format;
use tamis_fetch::{Address, Proxy, Settings};

/// A configuration with every setting; without a file it is the one in force.
pub const EXAMPLE: &str = include_str!("example.toml");

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConfigFile {
    output: Option<PathBuf>,
    user_agent: Option<String>,
    timeout: Option<String>,
    attempts: Option<u32>,
    retry_wait: Option<String>,
    max_megabytes: Option<u64>,
    max_shrink: Option<u8>,
    max_age: Option<String>,
    proxy: Option<String>,
    certificates: Option<PathBuf>,
    #[serde(default)]
    allow_http: bool,
    #[serde(default)]
    list: Vec<ListTable>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListTable {
    name: String,
    #[serde(default)]
    addresses: Vec<String>,
    format: Option<String>,
    max_shrink: Option<u8>,
    max_age: Option<String>,
}

/// What is to be updated, and how.
#[derive(Debug)]
pub struct Plan {
    /// The compiled list to write.
    pub output: PathBuf,
    /// How files are fetched.
    pub settings: Settings,
    /// Where the root certificates are that servers must come from, if not the built-in ones.
    certificates: Option<PathBuf>,
    /// The lists, in order.
    pub sources: Vec<Source>,
}

/// One list.
#[derive(Debug)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its format, where it is not detected.
    pub format: Option<Format>,
    /// The files that it consists of.
    pub addresses: Vec<Address>,
    /// How many of a hundred entries or names it may lose at once.
    pub most_shrink: u8,
    /// How long after its source was asked it may be screened against.
    pub max_age: Option<Duration>,
}

impl Plan {
    /// The plan that the options ask for.
    pub fn of(args: &ListUpdateArgs) -> Result<Plan, Failure> {
        let (text, place) = match &args.config {
            Some(path) => (read(path)?, path.display().to_string()),
            None => (EXAMPLE.to_owned(), "the built-in configuration".to_owned()),
        };
        let mut plan = Plan::parse(&text, args.config.as_deref()).map_err(|why| {
            Failure::at(place, why)
                .help("`tamis list update --example` prints a configuration with every setting")
        })?;
        if let Some(path) = &plan.certificates {
            plan.settings.certificates = Some(read(path)?.into_bytes());
        }
        if let Some(output) = &args.output {
            plan.output.clone_from(output);
        }
        plan.settings.timeout = args.timeout.unwrap_or(plan.settings.timeout);
        if let Some(user_agent) = &args.user_agent {
            plan.settings.user_agent.clone_from(user_agent);
        }
        Ok(plan)
    }

    fn parse(text: &str, path: Option<&Path>) -> Result<Plan, String> {
        let file: ConfigFile = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        let settings = settings(&file)?;
        let folder = path.and_then(Path::parent).unwrap_or(Path::new(""));
        let output = file.output.as_deref().unwrap_or(Path::new("lists.tamis"));
        let sources = file.list.iter().map(|list| source(list, &file));
        let sources: Vec<Source> = sources.collect::<Result<_, _>>()?;
        let names: BTreeSet<&str> = sources.iter().map(|source| source.name.as_str()).collect();
        match sources.len() {
            0 => Err("no list is named: add [[list]] with a name".to_owned()),
            count if count != names.len() => Err("two lists have the same name".to_owned()),
            _ => Ok(Plan {
                output: folder.join(output),
                certificates: file.certificates.as_deref().map(|path| folder.join(path)),
                settings,
                sources,
            }),
        }
    }
}

fn settings(file: &ConfigFile) -> Result<Settings, String> {
    let default = Settings::default();
    let span = |text: &Option<String>, default| text.as_deref().map_or(Ok(default), duration::parse);
    Ok(Settings {
        user_agent: file.user_agent.clone().unwrap_or(default.user_agent),
        timeout: span(&file.timeout, default.timeout)?,
        attempts: file.attempts.unwrap_or(default.attempts).max(1),
        first_wait: span(&file.retry_wait, default.first_wait)?,
        most_bytes: file
            .max_megabytes
            .map_or(default.most_bytes, |mb| mb.saturating_mul(1 << 20)),
        allow_http: file.allow_http,
        proxy: match file.proxy.as_deref() {
            None => Proxy::Environment,
            Some("none") => Proxy::None,
            Some(address) => Proxy::At(address.to_owned()),
        },
        ..default
    })
}

/// One list of the file; what it does not say itself, the file says for all.
fn source(list: &ListTable, file: &ConfigFile) -> Result<Source, String> {
    let name = &list.name;
    let known = addresses::known(name).map_err(|_| "the built-in addresses cannot be read".to_owned())?;
    let (known_format, known_addresses) = known.map_or((None, Vec::new()), |k| (k.format, k.addresses));
    // A list with addresses of its own is whatever lies there.
    let (format, texts) = match list.addresses.is_empty() {
        true => (list.format.clone().or(known_format), known_addresses),
        false => (list.format.clone(), list.addresses.clone()),
    };
    if texts.is_empty() {
        let names = addresses::names().unwrap_or_default().join(", ");
        return Err(format!(
            "the list '{name}' has no addresses: give it some, or take a name with built-in ones ({names})"
        ));
    }
    let format = format
        .map(|word| {
            Format::parse(&word).ok_or_else(|| format!("the list '{name}': there is no format '{word}'"))
        })
        .transpose()?;
    let most_shrink = list.max_shrink.or(file.max_shrink).unwrap_or(MOST_SHRINK);
    let max_age = list.max_age.as_deref().or(file.max_age.as_deref());
    if most_shrink > 100 {
        return Err(format!(
            "the list '{name}': max_shrink is a number of a hundred, 0 to 100"
        ));
    }
    let addresses = texts.iter().map(|text| Address::parse(text, file.allow_http));
    let addresses = addresses.collect::<Result<_, _>>();
    Ok(Source {
        name: name.clone(),
        format,
        addresses: addresses.map_err(|e| format!("the list '{name}': {e}"))?,
        most_shrink,
        max_age: max_age.map(duration::parse).transpose()?,
    })
}

#[expect(clippy::disallowed_methods, reason = "the command is where files are read")]
fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|e| Failure::reading(path.display(), &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        Plan::parse(text, None).unwrap_err()
    }

    #[test]
    fn the_example_holds_the_defaults() {
        let plan = Plan::parse(EXAMPLE, None).unwrap();
        let names: Vec<&str> = plan.sources.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["ofac-sdn", "ofac-consolidated", "un"]);
        assert_eq!(plan.output, Path::new("lists.tamis"));
        assert_eq!(
            plan.settings,
            Settings {
                proxy: Proxy::Environment,
                ..Settings::default()
            }
        );
        assert!(
            plan.sources
                .iter()
                .all(|source| source.most_shrink == MOST_SHRINK)
        );
    }

    #[test]
    fn every_setting_of_the_example_is_one() {
        // Lines of settings that are commented out, and of the table at the end.
        let setting = |line: &str| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest == "[[list]]" => rest.to_owned(),
            _ => line.to_owned(),
        };
        let text: Vec<String> = EXAMPLE.lines().map(setting).collect();
        let plan = Plan::parse(&text.join("\n"), None).unwrap();
        assert_eq!(plan.settings.timeout, Settings::default().timeout);
        assert_eq!(plan.settings.attempts, Settings::default().attempts);
        assert_eq!(plan.settings.first_wait, Settings::default().first_wait);
        assert_eq!(plan.settings.most_bytes, Settings::default().most_bytes);
        assert_eq!(plan.settings.allow_http, Settings::default().allow_http);
        assert_eq!(
            plan.settings.proxy,
            Proxy::At("http://proxy.example.org:3128".to_owned())
        );
        let last = plan.sources.last().unwrap();
        assert_eq!((last.name.as_str(), last.most_shrink), ("our-mirror-of-un", 20));
        assert_eq!(last.max_age, Some(Duration::from_secs(3 * 86_400)));
        assert_eq!(plan.sources[0].max_age, Some(Duration::from_secs(26 * 3_600)));
        assert_eq!(last.format, Some(Format::UnXml));
    }

    #[test]
    fn a_configuration_is_read_strictly() {
        assert!(wrong("output = 'a.tamis'").contains("no list is named"));
        assert!(wrong("[[list]]\nname = 'un'\n[[list]]\nname = 'un'").contains("same name"));
        assert!(wrong("[[list]]\nname = 'nobody'").contains("ofac-sdn, "));
        assert!(wrong("[[list]]\nname = 'un'\nformat = 'pdf'").contains("no format 'pdf'"));
        assert!(wrong("[[list]]\nname = 'un'\nmax_shrink = 101").contains("0 to 100"));
        assert!(wrong("speed = 3\n[[list]]\nname = 'un'").contains("speed"));
        assert!(wrong("timeout = 'soon'\n[[list]]\nname = 'un'").contains("span of time"));
        let plain = "[[list]]\nname = 'x'\naddresses = ['http://example.org/a.xml']";
        assert!(wrong(plain).contains("https"));
        assert!(Plan::parse(&format!("allow_http = true\n{plain}"), None).is_ok());
    }

    #[test]
    fn paths_are_relative_to_the_file() {
        let text = "output = 'lists.tamis'\ntimeout = '90s'\n[[list]]\nname = 'un'";
        let plan = Plan::parse(text, Some(Path::new("/etc/tamis/lists.toml"))).unwrap();
        assert_eq!(plan.output, Path::new("/etc/tamis/lists.tamis"));
        assert_eq!(plan.settings.timeout, Duration::from_secs(90));
    }
}
