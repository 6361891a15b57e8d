//! Spellings of a Swiss name in other scripts -> names.
//!
//! Each part of a name may be spelled in several languages and scripts: never, once or several times in each. Its other
//! parts must not be lost by that.

use crate::unfolding::Unfolding;
use crate::xml::Node;
use std::collections::HashMap;

/// A name has two or three spellings in a language. What has more is kept, and matched by the name that is written.
pub(crate) const MOST: usize = 32;

/// A name as it is spelled in one language and script.
pub(crate) struct Spelled {
    pub language: String,
    pub names: Vec<String>,
    /// The spellings of a part that are too many to be names.
    pub left: Vec<String>,
}

/// One part of a name.
struct Part {
    written: String,
    /// By language and script.
    spellings: HashMap<String, Vec<String>>,
}

/// The names that the parts make in every language in which one of them is spelled: each part in every spelling that it has
/// there, else as it is written.
pub(crate) fn spelled(parts: &[&Node], unfolding: &Unfolding) -> Vec<Spelled> {
    let mut languages: Vec<String> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let parts: Vec<Part> = parts.iter().map(|part| read(part)).collect();
    for variant in parts.iter().flat_map(|part| &part.spellings) {
        let (language, words) = variant;
        let size = known.entry(language.clone()).or_insert_with(|| {
            languages.push(language.clone());
            0
        });
        *size += words.iter().map(String::len).sum::<usize>();
    }
    languages.sort_unstable();
    let written: usize = parts.iter().map(|part| part.written.len() + 1).sum();
    let fits = |language: &String| {
        let own = known.get(language).copied().unwrap_or_default();
        unfolding.add(MOST * (written + own))
    };
    let all = languages.into_iter().filter(fits);
    all.map(|language| in_language(&parts, language)).collect()
}

fn read(part: &Node) -> Part {
    let mut spellings: HashMap<String, Vec<String>> = HashMap::new();
    let variants = part
        .children
        .iter()
        .filter(|child| child.name == "spelling-variant");
    for variant in variants {
        let text = |name: &str| variant.attribute(name).unwrap_or_default();
        let language = format!("{} {}", text("lang"), text("script"));
        if let Some(words) = variant.words() {
            spellings
                .entry(language.trim().to_owned())
                .or_default()
                .push(words);
        }
    }
    let written = part.get("value").unwrap_or_default();
    Part { written, spellings }
}

fn in_language(parts: &[Part], language: String) -> Spelled {
    let mut names = vec![String::new()];
    let mut left = Vec::new();
    for part in parts {
        let written = std::slice::from_ref(&part.written);
        let spellings = part.spellings.get(&language).map_or(written, Vec::as_slice);
        let room = (MOST / names.len()).max(1);
        left.extend(spellings.iter().skip(room).cloned());
        let with = |name: &String| -> Vec<String> {
            let all = spellings.iter().take(room);
            all.map(|word| format!("{name} {word}").trim().to_owned())
                .collect()
        };
        names = names.iter().flat_map(with).collect();
    }
    Spelled {
        language,
        names,
        left,
    }
}
