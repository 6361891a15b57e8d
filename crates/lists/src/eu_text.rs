//! Fields of the EU's annexes: free text in which several values stand, each with words around it.

use crate::eu_entity::is_latin;
use crate::un_alias;
use tamis_model::BirthDate;

/// The values of a field: what stands between semicolons, and after `(a)`, `b)`.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let text = unquoted(text);
    // Where parentheses are not closed, they say nothing of where a value ends.
    let balanced = text.matches('(').count() == text.matches(')').count();
    let mut depth = 0_i32;
    let separator = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ';' && (depth <= 0 || !balanced)
    };
    let halves = text.split(separator).flat_map(enumerated);
    let trimmed = halves.map(|piece| unquoted(piece).trim_end_matches([',', ';']).trim_end());
    trimmed.filter(|piece| !piece.is_empty()).collect()
}

fn unquoted(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '"')
}

/// `(a) X, (b) Y` and `a) X b) Y`.
fn enumerated(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(')') {
        let Some(before) = text.get(start..at) else {
            continue;
        };
        let marker = before.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let letters = before.len() - marker.len();
        let head = marker.strip_suffix('(').unwrap_or(marker);
        let apart = head.is_empty() || head.ends_with([' ', ',', '"']);
        let spaced = text.get(at + 1..).is_some_and(|rest| rest.starts_with(' '));
        let opened = head.len() < marker.len();
        if letters == 1 && apart && (spaced || opened) {
            parts.push(head);
            start = at + 1;
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// A name taken out of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Called {
    pub name: String,
    /// In other letters than Latin ones.
    pub native: bool,
    pub former: bool,
    /// What is said of the name.
    pub words: Option<String>,
}

/// The names of a field: `A; B`, `A (native form)`, `A native form`, `A (a.k.a. B)`, `First (a.k.a. Other) LAST`.
pub(crate) fn names(text: &str) -> Vec<Called> {
    let words: Vec<&str> = unquoted(text).split_whitespace().collect();
    let text = words.join(" ");
    let parts = un_alias::split(&text);
    let mut found: Vec<Called> = Vec::new();
    for part in &parts {
        let (name, said) = without_particulars(unquoted(&part.name));
        for name in name.split(" / ").flat_map(spelled) {
            let words = said.map(str::to_owned).or_else(|| part.words.clone());
            let called = Called {
                native: !is_latin(&name),
                name,
                former: part.is_former(),
                words,
            };
            if crate::file::usable_name(&called.name) && !found.iter().any(|other| other.name == called.name)
            {
                found.push(called);
            }
        }
    }
    found
}

/// Takes off what an alias says of its bearer: `Ali (born on 4.6.1960)`.
fn without_particulars(name: &str) -> (&str, Option<&str>) {
    const STARTS: [&str; 7] = [
        "born ",
        "date of birth",
        "dob",
        "passport",
        "place of birth",
        "mali id",
        "turkish residency",
    ];
    let Some((head, inner)) = name.split_once('(') else {
        return (name, None);
    };
    let lower = inner.to_lowercase();
    let about = STARTS.iter().any(|start| lower.starts_with(start)) && crate::file::usable_name(head);
    if about {
        (head.trim(), Some(inner.trim_end_matches(')')))
    } else {
        (name, None)
    }
}

/// The spellings in one name: those of an inner `(a.k.a. …)`, and a native form before or behind the Latin one.
fn spelled(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    // A name with more spellings than this is no name.
    while names.len() <= 64 {
        let next: Vec<String> = names.iter().flat_map(|name| also_known(name)).collect();
        if next == names {
            return names.iter().flat_map(|name| scripts(name)).collect();
        }
        names = next;
    }
    vec![name.to_owned()]
}

/// `Mohamed (a.k.a. Mohammad, Muhammad) MAARUF` is three names; `X (a.k.a. Y)` is two.
fn also_known(name: &str) -> Vec<String> {
    let whole = || vec![name.to_owned()];
    let marks = ["(a.k.a. ", "(a.k.a ", "(aka "];
    let Some((head, rest)) = marks.iter().find_map(|mark| name.split_once(mark)) else {
        return whole();
    };
    let Some((inner, tail)) = rest.split_once(')') else {
        return whole();
    };
    let (head, tail) = (head.trim(), tail.trim());
    // `X (a.k.a. Y) known as ‘Z’`
    let nickname = tail.strip_prefix("known as ");
    let tail = if nickname.is_some() { "" } else { tail };
    let quotes = ['‘', '’', ' '];
    let (given, last) = head.rsplit_once(' ').unwrap_or(("", head));
    let join = |parts: [&str; 3]| {
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" ")
    };
    let mut names = vec![join([given, last, tail])];
    let in_a_name = !tail.is_empty() || nickname.is_some();
    let separators = if in_a_name { &[';', ','][..] } else { &[';'] };
    for other in inner.split(separators).map(|other| other.trim_matches(quotes)) {
        let in_place = in_a_name && is_latin(tail) && !other.contains(' ');
        names.push(if in_place {
            join([given, other, tail])
        } else {
            other.to_owned()
        });
    }
    names.extend(nickname.map(|name| name.trim_matches(quotes).to_owned()));
    names
}

/// Labels of a native form.
const SCRIPT_LABELS: [&str; 6] = [
    "Russian spelling:",
    "Russian:",
    "Ukrainian:",
    "Arabic:",
    "Belarusian:",
    "Serbian:",
];

/// A name in two scripts, `Wasim وسيم`, is two names, and `X Х Y Ў` is four. A native form of one word of a
/// name, `Mohammed (محمد) MUSTER`, is none: too many have it.
fn scripts(name: &str) -> Vec<String> {
    let labels = SCRIPT_LABELS.iter();
    let text = labels.fold(name.to_owned(), |text, label| text.replace(label, " "));
    let mut runs = runs(&text);
    let mut joined = false;
    if let [_, native, last] = runs.as_slice()
        && words(&last.text) == 1
        && words(&native.text) == 1
        && last.latin == Some(true)
    {
        joined = true;
        let tail = runs.split_off(2);
        runs.truncate(1);
        let tail = tail.into_iter().map(|run| run.text);
        runs.iter_mut()
            .zip(tail)
            .for_each(|(run, tail)| run.text = format!("{} {tail}", run.text));
    }
    if let [] | [_] = runs.as_slice() {
        let whole = runs
            .first()
            .filter(|_| joined)
            .map_or(text.trim(), |run| run.text.as_str());
        return abbreviated(whole)
            .iter()
            .flat_map(|name| repeated(name))
            .collect();
    }
    let trimmed = runs
        .iter()
        .map(|run| strip_parentheses(run.text.trim_matches(is_between)));
    // `X (Х) or Y (У)`
    let trimmed = trimmed.map(|name| name.strip_prefix("or ").unwrap_or(&name).to_owned());
    let named = trimmed.filter(|name| name != "or" && crate::file::usable_name(name));
    named.flat_map(|name| repeated(&name)).collect()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// What stands between a name and its native form.
fn is_between(c: char) -> bool {
    c.is_whitespace() || ['-', '–', '—', ',', '/', ';', ':'].contains(&c)
}

struct Run {
    /// `None` until a word says which.
    latin: Option<bool>,
    text: String,
}

/// The words of a text, together as long as they are of one kind of script.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for word in text.split([' ', '/']).filter(|word| !word.is_empty()) {
        let latin = one_script(word);
        match runs.last_mut() {
            Some(run) if latin.is_none() || run.latin.is_none() || latin == run.latin => {
                run.latin = run.latin.or(latin);
                run.text.push(' ');
                run.text.push_str(word);
            }
            _ => runs.push(Run {
                latin,
                text: word.to_owned(),
            }),
        }
    }
    runs
}

/// Whether most letters of a word are Latin; `None` for one letter, for signs, and for as many of both kinds.
/// Misprints are common: `Iна` with a Latin I, `AО` with a Latin A, and `AO` in Latin letters before a native name.
fn one_script(word: &str) -> Option<bool> {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    let latin: Vec<bool> = letters.map(|c| is_latin(c.encode_utf8(&mut [0; 4]))).collect();
    let twice = 2 * latin.iter().filter(|latin| **latin).count();
    let abbreviated = latin.len() < 4 && twice == 2 * latin.len() && !word.chars().any(char::is_lowercase);
    (latin.len() > 1 && twice != latin.len() && !abbreviated).then_some(twice > latin.len())
}

/// `Yuriy GOTSANYUK Yuriy GOTSANIUK`: two spellings, each with its family name in capitals at its end.
fn repeated(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split([' ', '/']).collect();
    let (one, two) = words.split_at(words.len() / 2);
    let capitals = |word: &&str| {
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        word.chars().count() > 2 && letters.all(char::is_uppercase)
    };
    let is_person = |half: &[&str]| {
        half.len() > 1 && half.last().is_some_and(capitals) && !half.first().is_some_and(capitals)
    };
    let initial = |half: &[&str]| half.first().and_then(|word| word.chars().next());
    if one.len() == two.len() && is_person(one) && is_person(two) && initial(one) == initial(two) {
        let halves = [one, two].map(|half| half.join(" ").trim_matches(is_between).to_owned());
        return halves.to_vec();
    }
    vec![name.to_owned()]
}

/// `Акционерное Общество «Разряд» (АО «Разряд»)` is a name and its short form.
fn abbreviated(name: &str) -> Vec<String> {
    let short = name.strip_suffix(')').and_then(|body| body.rsplit_once(" ("));
    match short {
        Some((head, inner)) if !is_latin(head) && !is_latin(inner) && inner.contains([' ', '«']) => {
            vec![head.trim().to_owned(), inner.trim().to_owned()]
        }
        _ => vec![name.to_owned()],
    }
}

/// Takes off parentheses that are around all of a name, or have lost their other half.
fn strip_parentheses(name: &str) -> String {
    let open = name.matches('(').count();
    let close = name.matches(')').count();
    let name = name.trim();
    let inner = name.strip_prefix('(').and_then(|name| name.strip_suffix(')'));
    let whole = inner.filter(|inner| !inner.contains(['(', ')']));
    match (open, close) {
        _ if whole.is_some() => whole.unwrap_or(name).trim().to_owned(),
        (open, close) if open != close => name
            .replace(['(', ')'], " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        _ => name.to_owned(),
    }
}

/// A number in a value, and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numbered {
    pub number: String,
    pub words: String,
}

/// The numbers of one value: `X1 (Iran)`, `Jordan 654781 (issued in 2009)`, `7308664347, 7303853009`.
///
/// A number is one or more words with digits; what stands behind `issued`, `on` or `in` is a date or a place.
pub(crate) fn numbers(piece: &str) -> Vec<Numbered> {
    let plain = piece.trim_matches([',', ' ', '-']);
    if plain.bytes().all(|b| b.is_ascii_digit() || b == b' ') && plain.len() < 24 && !plain.is_empty() {
        let (number, words) = (plain.to_owned(), String::new());
        return vec![Numbered { number, words }];
    }
    let mut found: Vec<Numbered> = Vec::new();
    let mut beside = Beside::default();
    let mut tokens = piece.split_whitespace().peekable();
    while let Some(token) = tokens.next() {
        // Behind a number stands what is said of it.
        let dated = beside.is_date_with(token) || !found.is_empty() && beside.dated;
        if !is_number(token) || dated || token.starts_with('(') || beside.open > 0 {
            beside.push(token);
            continue;
        }
        let mut number = vec![token];
        while let Some(next) =
            tokens.next_if(|next| goes_on(number.last().copied().unwrap_or_default(), next))
        {
            number.push(next);
        }
        let words = std::mem::take(&mut beside).words.join(" ");
        let ends = |c: char| [',', '.', ':', ';', '–'].contains(&c);
        found.push(Numbered {
            number: number.join(" ").trim_matches(ends).to_owned(),
            words: words.trim_matches(['/', ' ']).to_owned(),
        });
    }
    if let Some(last) = found.last_mut() {
        let words = [std::mem::take(&mut last.words), beside.words.join(" ")];
        last.words = words.join(" ").trim().to_owned();
    }
    found
}

/// The words since the last number.
#[derive(Default)]
struct Beside<'a> {
    words: Vec<&'a str>,
    /// Whether one of them is of [`DATED`].
    dated: bool,
    /// How many parentheses are open: what stands in them is about the number.
    open: i64,
}

impl<'a> Beside<'a> {
    fn push(&mut self, token: &'a str) {
        let change = |c: char| i64::from(c == '(') - i64::from(c == ')');
        self.open += token.chars().map(change).sum::<i64>();
        self.dated |= is_dated(token);
        self.words.push(token);
    }

    /// Whether the last word makes a date of `token`: `in 1993`, `Feb. 2013`.
    fn is_date_with(&self, token: &str) -> bool {
        let Some(before) = self.words.last() else {
            return false;
        };
        let month = before.chars().all(|c| c.is_alphabetic() || c == '.');
        is_dated(before) || month && BirthDate::parse(&format!("{before} {token}")).is_some()
    }
}

fn is_dated(word: &str) -> bool {
    let word = word.trim_matches(['(', ')']).to_lowercase();
    DATED.contains(&word.as_str())
}

/// Words after which a number is a date, a part of an address or a name.
const DATED: [&str; 12] = [
    "issued", "on", "in", "expired", "expires", "until", "since", "of", "date", "dob:", "by", "from",
];

fn is_number(token: &str) -> bool {
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let is_day = BirthDate::parse(token.trim_end_matches([',', ';', ')'])).is_some();
    let is_date = is_day && token.contains(['.', '/']);
    digits >= 3 && !is_date || digits >= 1 && token.len() >= 5 && !is_date && !token.contains("://")
}

fn goes_on(number: &str, next: &str) -> bool {
    let parts = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    !number.ends_with([',', ';'])
        && next.bytes().any(|b| b.is_ascii_digit())
        && parts(next)
        && number.len() + next.len() < 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        names(text).into_iter().map(|called| called.name).collect()
    }

    fn numbered(text: &str) -> Vec<(String, String)> {
        let found = numbers(text).into_iter();
        found.map(|number| (number.number, number.words)).collect()
    }

    #[test]
    fn values_stand_between_semicolons_and_after_letters() {
        assert_eq!(pieces("1958; 1959"), ["1958", "1959"]);
        assert_eq!(pieces("(a) X, Y, (b) Z"), ["X, Y", "Z"]);
        assert_eq!(pieces("a) X b) Z"), ["X", "Z"]);
        assert_eq!(pieces("\"(a) X; (b) Y (c; d)\""), ["X", "Y (c; d)"]);
        assert_eq!(pieces("X (a; b"), ["X (a", "b"]);
        assert_eq!(pieces("Company (plc) Ltd"), ["Company (plc) Ltd"]);
        assert!(pieces(" ; \"\"").is_empty());
    }

    #[test]
    fn a_field_may_hold_several_spellings_of_a_name() {
        assert_eq!(named("Anna PRIMER (Анна ПРИМЕР)"), ["Anna PRIMER", "Анна ПРИМЕР"]);
        assert_eq!(
            named("Anna PRIMER Russian: Анна ПРИМЕР"),
            ["Anna PRIMER", "Анна ПРИМЕР"]
        );
        assert_eq!(named("Primergaz/Примергаз"), ["Primergaz", "Примергаз"]);
        assert_eq!(named("Wasim MITHAL وسيم مثال"), ["Wasim MITHAL", "وسيم مثال"]);
        assert_eq!(
            named("Major Primo (a.k.a. Prymo, Primow) EXEMPEL"),
            [
                "Major Primo EXEMPEL",
                "Major Prymo EXEMPEL",
                "Major Primow EXEMPEL"
            ]
        );
        assert_eq!(
            named("Muster Ltd (aka ‘Sample Hunters’)"),
            ["Muster Ltd", "Sample Hunters"]
        );
        assert_eq!(
            named("Акционерное Общество «Мустер» (АО «Мустер»); Muster"),
            ["Акционерное Общество «Мустер»", "АО «Мустер»", "Muster"]
        );
        for one in ["Example Network (EXN)", "Muster (HK) Co., Limited", "Sample, Bad"] {
            assert_eq!(named(one), [one]);
        }
        assert!(named("-").is_empty());
    }

    #[test]
    fn a_number_is_told_from_the_words_around_it() {
        let one = |number: &str, words: &str| vec![(number.to_owned(), words.to_owned())];
        assert_eq!(numbered("9902 119102"), one("9902 119102", ""));
        assert_eq!(
            numbered("D014433, issued on 21 Feb. 2013"),
            one("D014433", "issued on 21 Feb. 2013")
        );
        assert_eq!(
            numbered("Jordan 654781 (issued in 2009)"),
            one("654781", "Jordan (issued in 2009)")
        );
        assert_eq!(
            numbered("7736050003 (Tax ID/INN)"),
            one("7736050003", "(Tax ID/INN)")
        );
        assert_eq!(numbered("passport issued in 1993, under the name X"), []);
        assert_eq!(
            numbered("7308664347, 7303853009"),
            [
                ("7308664347".to_owned(), String::new()),
                ("7303853009".to_owned(), String::new())
            ]
        );
        assert_eq!(numbered("1 121 402 000 213"), one("1 121 402 000 213", ""));
        assert_eq!(numbered("Does not exist"), []);
    }
}
