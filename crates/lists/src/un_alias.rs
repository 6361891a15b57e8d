//! Aliases of the UN list. One element often holds more than one name, and words that are no part of any.

/// A name taken out of an alias element, and the words that stood beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub name: String,
    /// Whether it is the native form of the name before it: `Jin Tiesan (金铁三)`.
    pub native: bool,
    /// `formerly listed as`, `birth name`, …
    pub words: Option<String>,
}

impl Part {
    /// Whether the words say that the name is a former one of this entry.
    pub(crate) fn is_former(&self) -> bool {
        says_former(self.words.as_deref().unwrap_or_default())
    }
}

/// Whether a note calls a name a former one.
pub(crate) fn says_former(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("formerly") || words.contains("previously")
}

/// Splits the text of an alias element into names: `A; B`, `A b) B`, `A (native form)`, `A (formerly listed as)`.
///
/// Nothing is lost: what is taken out of a name becomes a name or its words. A parenthesis that is an acronym
/// or a part of the name (`Haqqani Network (HQN)`, `(Sheikh) Musa`) stays in it.
pub(crate) fn split(text: &str) -> Vec<Part> {
    names(text).into_iter().flat_map(parts).collect()
}

/// The names between semicolons outside of parentheses, and after `b)`, `c)`.
fn names(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let separator = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ';' && depth <= 0
    };
    let halves = text
        .split(separator)
        .flat_map(|half| half.split(" b) "))
        .flat_map(|half| half.split(" c) "));
    halves
        .map(|name| name.trim().trim_end_matches(',').trim_end())
        .filter(|name| !name.is_empty())
        .collect()
}

fn parts(name: &str) -> Vec<Part> {
    let whole = |words| {
        vec![Part {
            name: name.to_owned(),
            native: false,
            words,
        }]
    };
    let Some((head, inner)) = trailing_parenthesis(name) else {
        return whole(None);
    };
    let main = |words| Part {
        name: head.to_owned(),
        native: false,
        words,
    };
    if is_comment(inner) {
        return vec![main(Some(inner.to_owned()))];
    }
    let (marked, native) = match inner.split_once("original script:") {
        Some((_, native)) => (true, native.trim()),
        None => (false, inner),
    };
    if marked || is_latin(head) != is_latin(inner) {
        let mut parts = vec![main(None)];
        let names = native.split(';').map(str::trim).filter(|name| !name.is_empty());
        parts.extend(names.map(|name| Part {
            name: name.to_owned(),
            native: !is_latin(name),
            words: None,
        }));
        return parts;
    }
    whole(None)
}

/// `head (inner)` with nothing behind the parenthesis, and a head that is a name.
fn trailing_parenthesis(name: &str) -> Option<(&str, &str)> {
    let body = name.strip_suffix(')')?;
    let mut depth = 0_u32;
    for (at, c) in body.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            '(' => {
                let (head, inner) = (body.get(..at)?.trim(), body.get(at + 1..)?.trim());
                let useful = crate::file::usable_name(head) && crate::file::usable_name(inner);
                return useful.then_some((head, inner));
            }
            _ => {}
        }
    }
    None
}

/// Words about a name rather than a name. Those seen in the lists of February and August 2026.
fn is_comment(inner: &str) -> bool {
    let lower = inner.to_lowercase();
    let starts = [
        "formerly",
        "previously",
        "birth name",
        "combat name",
        "false identity",
        "nom de guerre",
        "alias",
    ];
    starts.iter().any(|start| lower.starts_with(start))
}

fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    // Latin letters with their diacritics end at U+024F; U+1E00 to U+1EFF are the additional ones.
    letters.all(|c| c <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool, Option<String>)> {
        split(text)
            .into_iter()
            .map(|p| (p.name, p.native, p.words))
            .collect()
    }

    fn plain(name: &str) -> (String, bool, Option<String>) {
        (name.to_owned(), false, None)
    }

    fn native(name: &str) -> (String, bool, Option<String>) {
        (name.to_owned(), true, None)
    }

    #[test]
    fn several_names_in_one_element_are_several_aliases() {
        assert_eq!(
            read("Javad Beispiel; Jawad Beispiel"),
            [plain("Javad Beispiel"), plain("Jawad Beispiel")]
        );
        assert_eq!(
            read("A One b) B One; B Two"),
            [plain("A One"), plain("B One"), plain("B Two")]
        );
    }

    #[test]
    fn a_native_form_in_parentheses_is_a_name_of_its_own() {
        assert_eq!(
            read("Jin Muster (金样本)"),
            [plain("Jin Muster"), native("金样本")]
        );
        assert_eq!(
            read("Amir X (original script: Амир Х)"),
            [plain("Amir X"), native("Амир Х")]
        );
        // The other way round.
        assert_eq!(
            read("حاجى (Hajji Malik; Hajji Malak)")[1..],
            [plain("Hajji Malik"), plain("Hajji Malak")]
        );
    }

    #[test]
    fn words_about_a_name_are_no_part_of_it() {
        let words = |w: &str| Some(w.to_owned());
        assert_eq!(
            read("Abd al-X (formerly listed as)"),
            [("Abd al-X".to_owned(), false, words("formerly listed as"))]
        );
        assert!(split("Abd al-X (previously listed as)")[0].is_former());
        assert_eq!(
            read("Encep X (birth name)"),
            [("Encep X".to_owned(), false, words("birth name"))]
        );
    }

    #[test]
    fn acronyms_titles_and_broken_parentheses_stay_in_the_name() {
        for name in [
            "Example Network (EXN)",
            "(Sheikh) Musa",
            "Leader (Hong Kong) Limited",
            "A (B",
            "B) C",
            "()",
        ] {
            assert_eq!(read(name), [plain(name)]);
        }
        assert!(read("").is_empty());
    }
}
