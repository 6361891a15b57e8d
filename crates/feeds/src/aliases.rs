//! A cell of aliases -> the aliases in it.

/// The aliases of a cell: taken apart at `;`, `|`, line ends, ` / ` and the marks of an enumeration (`a) x b) y`,
/// `1. x 2. y`). A comma may stand between aliases or inside one (`Roe, Jane`), so both readings are aliases.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let cells = text.split([';', '|', '\n', '\r']);
    for piece in cells
        .flat_map(|cell| cell.split(" / "))
        .flat_map(|piece| enumerated(piece))
    {
        let piece = piece.trim();
        found.push(piece.to_owned());
        if piece.contains([',', '،', '、']) {
            found.extend(piece.split([',', '،', '、']).map(|part| part.trim().to_owned()));
        }
    }
    found.retain(|alias| !alias.is_empty());
    found
}

/// The items of an enumeration, when the text begins with its first mark; else the text as it is.
fn enumerated(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = text.trim_start();
    for at in 0_u8..26 {
        let Some((before, after)) = at_mark(rest, at) else {
            break;
        };
        if at == 0 && !before.trim().is_empty() {
            break;
        }
        items.push(before);
        rest = after;
    }
    items.push(rest);
    items
}

/// What stands before and after the mark of item `at`: `b)`, `(b)`, `2)`, `2.` at the start of a word.
fn at_mark(text: &str, at: u8) -> Option<(&str, &str)> {
    let number = u32::from(at) + 1;
    let letter = char::from(b'a' + at);
    let marks = [
        format!("({letter})"),
        format!("{letter})"),
        format!("({number})"),
        format!("{number})"),
        format!("{number}."),
    ];
    let starts_word = |start: usize| {
        start == 0
            || text
                .get(..start)
                .is_some_and(|b| b.ends_with(char::is_whitespace))
    };
    marks.iter().find_map(|mark| {
        let (start, _) = text
            .match_indices(mark.as_str())
            .find(|(start, _)| starts_word(*start))?;
        Some((text.get(..start)?, text.get(start + mark.len()..)?))
    })
}
