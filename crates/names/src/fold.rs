//! Text as received → text without tricks: one Unicode form, one case, nothing invisible.

use crate::script::undo_capitals;
use crate::signal::{Signal, Signals};
use std::borrow::Cow;
use std::collections::VecDeque;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The folded text and what had to be undone.
pub(crate) struct Folded {
    pub(crate) text: String,
    pub(crate) signals: Signals,
}

/// Folds `raw`: right-to-left overrides applied, NFKC, invisible characters removed, full case folding.
pub(crate) fn fold(raw: &str) -> Folded {
    let mut signals = Signals::default();
    if raw.is_ascii() {
        let mut text = raw.to_ascii_lowercase();
        if text.bytes().any(|b| b == b'`' || b.is_ascii_control()) {
            text = text.chars().map(plain_ascii).collect();
        }
        return Folded { text, signals };
    }
    let visual = visual_order(raw, &mut signals);
    let mut compatible = String::with_capacity(visual.len());
    let mut previous = ' ';
    for c in composed(&visual.chars().map(plain_apostrophe).collect::<String>()).chars() {
        if is_invisible(c) {
            // Joiners are part of Persian and Indic spelling; between European letters they only hide.
            if is_european(previous) && !is_bidi_mark(c) {
                signals.set(Signal::Invisible);
            }
            continue;
        }
        compatible.push(if c.is_control() { ' ' } else { c });
        previous = c;
    }
    let compatible = undo_capitals(compatible, &mut signals);
    let mut folded = caseless::default_case_fold_str(&compatible);
    // Turkish: the dotless i is an i, and a capital dotted I folds to i plus a combining dot.
    if folded.contains(['ı', '\u{307}']) {
        folded = folded.replace('ı', "i").replace("i\u{307}", "i");
    }
    Folded {
        text: composed(&folded).into_owned(),
        signals,
    }
}

/// The text in NFKC, in which most texts are.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfkc().collect()),
    }
}

fn plain_ascii(c: char) -> char {
    if c.is_ascii_control() {
        ' '
    } else {
        plain_apostrophe(c)
    }
}

/// The text as it is stored, where an override makes it look otherwise; `None` without one.
pub(crate) fn stored_order(raw: &str) -> Option<String> {
    (!raw.is_ascii() && raw.contains(OVERRIDES)).then(|| raw.replace(OVERRIDES, ""))
}

/// The characters that override the direction of text.
const OVERRIDES: [char; 2] = ['\u{202e}', '\u{202d}'];

/// Text between a right-to-left override and its end is shown reversed; what people see is what counts.
fn visual_order(raw: &str, signals: &mut Signals) -> String {
    if !raw.contains(OVERRIDES) {
        return raw.to_owned();
    }
    signals.set(Signal::Bidi);
    let mut shown = String::with_capacity(raw.len());
    let mut reversed: Option<VecDeque<char>> = None;
    for c in raw.chars() {
        match (c, &mut reversed) {
            ('\u{202e}', None) => reversed = Some(VecDeque::new()),
            ('\u{202c}' | '\u{202d}', Some(held)) => {
                shown.extend(held.drain(..));
                reversed = None;
            }
            (c, Some(held)) => held.push_front(c),
            (c, None) => shown.push(c),
        }
    }
    shown.extend(reversed.into_iter().flatten());
    shown
}

/// NFKC turns some apostrophes into a space with an accent, which would split a word.
fn plain_apostrophe(c: char) -> char {
    if is_apostrophe(c) { '\'' } else { c }
}

/// Every sign used as an apostrophe, a hamza, an ayn or a soft sign.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '´'
            | '‘'
            | '’'
            | '‛'
            | '′'
            | '″'
            | 'ʹ'
            | 'ʺ'
            | 'ʻ'
            | 'ʼ'
            | 'ʽ'
            | 'ʾ'
            | 'ʿ'
            | 'ˈ'
            | 'ˊ'
            | 'ˋ'
            | '＇'
    )
}

fn is_bidi_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_invisible(c: char) -> bool {
    is_bidi_mark(c)
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_european(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{52f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_width_and_turkish_letters() {
        assert_eq!(fold("Ｋａｓｐｅｒｓｋｙ　Ｌａｂ").text, "kaspersky lab");
        assert_eq!(fold("İSTANBUL ışık").text, "istanbul işik");
        assert_eq!(fold("STRAẞE").text, "strasse");
    }

    #[test]
    fn removes_and_flags_what_is_invisible() {
        let folded = fold("Kas\u{200b}per\u{200d}sky");
        assert_eq!(folded.text, "kaspersky");
        assert!(folded.signals.has(Signal::Invisible));
        assert!(
            !fold("علی\u{200c}رضا").signals.has(Signal::Invisible),
            "a joiner is Persian spelling"
        );
    }

    #[test]
    fn reads_reversed_text_as_it_is_shown() {
        let folded = fold("\u{202e}vonohkiT ierdnA\u{202c}");
        assert_eq!(folded.text, "andrei tikhonov");
        assert!(folded.signals.has(Signal::Bidi));
    }
}
