//! Reading many names, whose words repeat.

use crate::fold::{self, fold};
use crate::form::{self, Domain, NameForm};
use crate::known::{Known, Raw};
use crate::parties;
use crate::rewrite;
use crate::script;
use crate::signal::{Signal, Signals};
use crate::token::{self, Part};
use crate::word::Word;
use foldhash::{HashMap, HashSet};
use std::sync::Arc;

/// Beyond so many words a reader forgets them all, so that its memory stays flat on files of any size.
const MOST_WORDS: usize = 1 << 17;
/// … and beyond so many bytes of them.
const MOST_BYTES: usize = 1 << 22;

/// Reads names and remembers their words, since the words of names repeat. It gives what [`NameForm::all`] gives, and
/// tokens of equal words share one [`Word`] until the reader forgets its words, which it does when they
/// are more than 131,072, or of more than four million bytes.
///
/// # Example
/// ```
/// use std::sync::Arc;
/// use tamis_names::{Domain, NameForm, Reader};
/// let mut reader = Reader::default();
/// let one = reader.all("Igor Chekunov", Domain::Person);
/// assert_eq!(one, NameForm::all("Igor Chekunov", Domain::Person));
/// let two = reader.all("CHEKUNOV, Anton", Domain::Person);
/// assert!(Arc::ptr_eq(&one[0].tokens[1].word, &two[0].tokens[1].word));
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    /// Letters that stand together → the words that they make up.
    parts: HashMap<String, Parts>,
    words: HashMap<String, Arc<Known>>,
    /// Several words that are one token.
    phrases: HashSet<Arc<Word>>,
    /// How many bytes the keys of `parts` and `words` have.
    bytes: usize,
}

/// The words that letters which stand together make up, and what was undone to read them.
#[derive(Debug, Default)]
struct Parts {
    words: Vec<Arc<Known>>,
    signals: Signals,
}

/// A text as its words.
#[derive(Debug, Default)]
struct Text {
    words: Vec<Raw>,
    signals: Signals,
}

impl Reader {
    /// Every form in which `raw` is compared, as [`NameForm::all`].
    pub fn all(&mut self, raw: &str, domain: Domain) -> Vec<NameForm> {
        self.read(raw).forms(domain)
    }

    /// Reads `raw` once for all domains.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Domain, NameForm, Reader};
    /// let mut reader = Reader::default();
    /// let mut reading = reader.read("Bank of Veloria");
    /// for domain in [Domain::Person, Domain::Organization, Domain::Object] {
    ///     assert_eq!(reading.forms(domain), NameForm::all("Bank of Veloria", domain));
    /// }
    /// ```
    pub fn read<'r>(&'r mut self, raw: &'r str) -> Reading<'r> {
        if self.words.len() > MOST_WORDS || self.parts.len() > MOST_WORDS || self.bytes > MOST_BYTES {
            *self = Reader::default();
        }
        let folded = fold(raw);
        let text = self.text(&folded.text, folded.signals);
        let stored = fold::stored_order(raw).map(|text| (text, None));
        let others = stored.into_iter().chain(rewrite::others(raw));
        let others = others
            .map(|(text, signal)| (self.raw_text(&text), signal))
            .collect();
        let latin = script::in_latin(&folded.text).map(|text| self.raw_text(&text));
        Reading {
            several: parties::may_be_several(raw),
            reader: self,
            raw,
            text,
            others,
            latin,
        }
    }

    /// The form of the whole text, as [`NameForm::new`].
    pub(crate) fn whole(&mut self, raw: &str, domain: Domain) -> NameForm {
        let text = self.raw_text(raw);
        self.form(&text, domain)
    }

    /// What is known of a word.
    pub(crate) fn know(&mut self, folded: &str) -> Arc<Known> {
        if let Some(known) = self.words.get(folded) {
            return Arc::clone(known);
        }
        let known = Arc::new(Known::new(folded));
        self.bytes += folded.len();
        self.words.insert(folded.to_owned(), Arc::clone(&known));
        known
    }

    /// The word equal to this one that was shared first.
    pub(crate) fn share(&mut self, word: Word) -> Arc<Word> {
        if let Some(known) = self.phrases.get(&word) {
            return Arc::clone(known);
        }
        let word = Arc::new(word);
        self.bytes += word.folded.len();
        self.phrases.insert(Arc::clone(&word));
        word
    }

    fn raw_text(&mut self, raw: &str) -> Text {
        let folded = fold(raw);
        self.text(&folded.text, folded.signals)
    }

    fn text(&mut self, folded: &str, signals: Signals) -> Text {
        let mut text = Text {
            words: Vec::with_capacity(4),
            signals,
        };
        token::split(folded, |part| match (part, text.words.last_mut()) {
            (Part::Word(letters), _) => self.add_words(letters, &mut text),
            (Part::Comma, Some(last)) => last.comma = true,
            (Part::Dot, Some(last)) => last.dotted = true,
            (Part::And, _) => text.words.push(Raw::new(self.know("and"))),
            (Part::Comma | Part::Dot, None) => {}
        });
        text
    }

    /// Adds what `letters` make up, as it is remembered.
    fn add_words(&mut self, letters: &str, text: &mut Text) {
        if let Some(parts) = self.parts.get(letters) {
            parts.add_to(text);
            return;
        }
        let mut parts = Parts::default();
        for part in token::parts(letters, &mut parts.signals) {
            let known = self.know(&part);
            if !known.word.latin.is_empty() {
                parts.words.push(known);
            }
        }
        parts.add_to(text);
        self.bytes += letters.len();
        self.parts.insert(letters.to_owned(), parts);
    }

    fn form(&mut self, text: &Text, domain: Domain) -> NameForm {
        let mut signals = text.signals;
        let joined = token::join_letters(
            &text.words,
            domain == Domain::Person,
            &mut signals,
            |letters, last| Raw {
                comma: last.comma,
                ..Raw::new(self.know(&letters))
            },
        );
        let words = joined.as_deref().unwrap_or(&text.words);
        NameForm::of(words, signals, domain, self)
    }
}

impl Parts {
    fn add_to(&self, text: &mut Text) {
        text.signals.add(self.signals);
        text.words
            .extend(self.words.iter().map(|known| Raw::new(Arc::clone(known))));
    }
}

/// A text that is read, by whose rules soever; see [`Reader::read`].
#[derive(Debug)]
pub struct Reading<'r> {
    reader: &'r mut Reader,
    raw: &'r str,
    text: Text,
    /// Other readings of the whole text, and what had to be undone for each.
    others: Vec<(Text, Option<Signal>)>,
    /// The text with words that only look Latin in Latin letters.
    latin: Option<Text>,
    /// Whether it may name several parties.
    several: bool,
}

impl Reading<'_> {
    /// Every form in which the text is compared by the rules of `domain`, as [`NameForm::all`].
    pub fn forms(&mut self, domain: Domain) -> Vec<NameForm> {
        let reader = &mut *self.reader;
        let whole = reader.form(&self.text, domain);
        let signals = whole.signals;
        let apart = form::family_apart(&whole, domain);
        let mut forms = vec![whole];
        for (text, signal) in &self.others {
            let mut form = reader.form(text, domain);
            signal.iter().for_each(|&signal| form.signals.set(signal));
            add_part(&mut forms, form);
        }
        let parties = if self.several {
            parties::split(self.raw, domain == Domain::Person)
        } else {
            Vec::new()
        };
        for party in parties.iter().chain(&apart) {
            let form = reader.whole(party, domain);
            add_part(&mut forms, form);
        }
        if let Some(latin) = &self.latin {
            let mut form = reader.form(latin, domain);
            form.part = true;
            form.signals = signals;
            form.signals.set(Signal::MixedScript);
            forms.push(form);
        }
        forms
    }
}

/// Adds another form of the text whose whole form is the first of `forms`, unless it is empty or there already.
fn add_part(forms: &mut Vec<NameForm>, mut form: NameForm) {
    if form.tokens.is_empty() || forms.iter().any(|known| known.normal == form.normal) {
        return;
    }
    form.part = true;
    form.signals.add(forms[0].signals);
    forms.push(form);
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOMAINS: [Domain; 3] = [Domain::Person, Domain::Organization, Domain::Object];

    const NAMES: [&str; 12] = [
        "TIKHONOV, Andrei Gennadyevich",
        "Joint Stock Company Rosoboronexport",
        "Limited Lyability Compny Veloria 44 II",
        "\u{202e}vonohkiT ierdnA\u{202c}",
        "K4spersky L@b & Igor Chekunov c/o Z.e.n.k.i.n",
        "上海贸易有限公司",
        "Wang Xiao Ming",
        "김정은",
        "АВЕО Trading",
        "محمود عبدالرحمن",
        "Forty Four Ltd",
        "",
    ];

    #[test]
    fn what_is_remembered_changes_nothing() {
        let mut reader = Reader::default();
        for _ in 0..2 {
            for name in NAMES {
                let mut reading = reader.read(name);
                for domain in DOMAINS {
                    assert_eq!(reading.forms(domain), NameForm::all(name, domain), "{name}");
                }
            }
        }
    }

    #[test]
    fn memory_is_bounded_and_forgetting_changes_nothing() {
        let mut reader = Reader::default();
        let before = reader.all("Igor Chekunov", Domain::Object);
        reader.bytes = MOST_BYTES + 1;
        assert_eq!(reader.all("Igor Chekunov", Domain::Object), before);
        assert!(reader.bytes < 100);
        assert_eq!((reader.words.len(), reader.parts.len()), (2, 2));
    }

    #[test]
    fn forms_survive_being_stored() {
        for (name, domain) in NAMES
            .into_iter()
            .flat_map(|name| DOMAINS.map(|domain| (name, domain)))
        {
            let forms = NameForm::all(name, domain);
            let bytes = postcard::to_stdvec(&forms).unwrap();
            let stored: Vec<NameForm> = postcard::from_bytes(&bytes).unwrap();
            assert_eq!(stored, forms, "{name}");
        }
    }
}
