//! Reading many names, whose words repeat.

use crate::chunk::{Chunk, Content, Glance, PlainName, Text};
use crate::fold::{self, fold};
use crate::form::{self, Domain, NameForm};
use crate::forms::Forms;
use crate::known::{Known, Raw};
use crate::parties;
use crate::rewrite;
use crate::script;
use crate::signal::{Signal, Signals};
use crate::token::{self, Part};
use crate::word::Word;
use compact_str::CompactString;
use foldhash::{HashMap, HashSet};
use std::sync::Arc;

/// Beyond so many words a reader forgets them all, so that its memory stays flat on files of any size.
const MOST_WORDS: usize = 1 << 16;
/// … and beyond so many bytes of them.
const MOST_BYTES: usize = 1 << 21;

/// Reads names and remembers their words, since the words of names repeat. It gives what [`NameForm::all`] gives, and
/// tokens of equal words share one [`Word`] until the reader forgets its words, which it does when they
/// are more than 65,536, or of more than two million bytes.
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
    /// What stands between two spaces → what it is read as. Short keys lie in the table itself: a name's words are all over
    /// memory, and each place that must be looked at is waited for.
    chunks: HashMap<CompactString, Chunk>,
    words: HashMap<String, Arc<Known>>,
    /// Several words that are one token.
    phrases: HashSet<Arc<Word>>,
    /// How many bytes the keys of `chunks` and `words` have.
    bytes: usize,
}

impl Reader {
    /// Every form in which `raw` is compared, as [`NameForm::all`].
    pub fn all(&mut self, raw: &str, domain: Domain) -> Vec<NameForm> {
        self.read(raw).forms(domain)
    }

    /// Every form in which `raw` is compared, by the rules of each domain: what [`Reading::forms`] gives. Names of words
    /// that are no more than words in all domains, as most names of persons are, are read once for all of them.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Domain, NameForm, Reader};
    /// let mut reader = Reader::default();
    /// for name in ["Igor Chekunov", "Bank of Veloria"] {
    ///     let forms = reader.forms(name);
    ///     for domain in [Domain::Person, Domain::Organization, Domain::Object] {
    ///         assert_eq!(forms.of(domain), NameForm::all(name, domain));
    ///     }
    /// }
    /// ```
    pub fn forms(&mut self, raw: &str) -> Forms {
        self.forget_much();
        if let Some(forms) = self.plain(raw) {
            return forms;
        }
        let mut reading = self.read(raw);
        Forms::own([Domain::Person, Domain::Organization, Domain::Object].map(|domain| reading.forms(domain)))
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
        self.forget_much();
        match self.by_chunks(raw) {
            Some(text) => Reading {
                several: false,
                reader: self,
                raw,
                text,
                others: Vec::new(),
                latin: None,
            },
            None => self.read_whole(raw),
        }
    }

    /// As [`Reader::read`], without what is remembered of chunks: any text may be read so, and a few must be.
    fn read_whole<'r>(&'r mut self, raw: &'r str) -> Reading<'r> {
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

    fn forget_much(&mut self) {
        if self.words.len() > MOST_WORDS || self.chunks.len() > MOST_WORDS || self.bytes > MOST_BYTES {
            *self = Reader::default();
        }
    }

    /// The forms of a name of plain words, which is most names of persons.
    fn plain(&mut self, raw: &str) -> Option<Forms> {
        let mut name = PlainName::new(raw);
        let mut glance = Glance::default();
        for chunk in chunks(raw) {
            let is_plain = self.with_chunk(chunk, |chunk| {
                glance = glance.and(chunk.glance);
                match &chunk.content {
                    Content::Plain(word) => name.add(word),
                    Content::Text(_) => return false,
                }
                true
            });
            if !is_plain {
                return None;
            }
        }
        if glance.reads_otherwise() {
            return None;
        }
        name.forms()
    }

    /// The text put together from its chunks; `None` where it may be read otherwise as a whole.
    fn by_chunks(&mut self, raw: &str) -> Option<Text> {
        let mut text = Text {
            words: Vec::with_capacity(4),
            ..Text::default()
        };
        let mut glance = Glance::default();
        for chunk in chunks(raw) {
            self.with_chunk(chunk, |chunk| {
                glance = glance.and(chunk.glance);
                chunk.add_to(&mut text);
            });
        }
        (!glance.reads_otherwise()).then_some(text)
    }

    /// What a chunk is read as, remembered.
    fn with_chunk<T>(&mut self, raw: &str, mut take: impl FnMut(&Chunk) -> T) -> T {
        if let Some(chunk) = self.chunks.get(raw) {
            return take(chunk);
        }
        let folded = fold(raw);
        let text = self.text(&folded.text, folded.signals);
        let chunk = Chunk::new(raw, &folded.text, text);
        let taken = take(&chunk);
        self.bytes += raw.len();
        self.chunks.insert(raw.into(), chunk);
        taken
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
            ..Text::default()
        };
        token::split(folded, |part| match (part, text.words.last_mut()) {
            (Part::Word(letters), _) => self.add_words(letters, &mut text),
            (Part::Comma, Some(last)) => last.comma = true,
            (Part::Dot, Some(last)) => last.dotted = true,
            (Part::And, _) => text.words.push(Raw::new(self.know("and"))),
            (Part::Comma, None) => text.comma_first = true,
            (Part::Dot, None) => text.dot_first = true,
        });
        text
    }

    /// Adds what `letters` make up.
    fn add_words(&mut self, letters: &str, text: &mut Text) {
        for part in token::parts(letters, &mut text.signals) {
            let known = self.know(&part);
            if !known.word.latin.is_empty() {
                text.words.push(Raw::new(known));
            }
        }
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

/// What stands between the spaces of a text.
fn chunks(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(' ').filter(|chunk| !chunk.is_empty())
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
    use proptest::prelude::*;

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

    /// Words that are read by rules of their own, and names of several scripts.
    const WORDS: [&str; 96] = [
        "Igor",
        "CHEKUNOV",
        "Chekunov,",
        "Margaret",
        "McDonald",
        "DeAndre",
        "O'Brien",
        "Kaspersky's",
        "al-Qa`ida",
        "Jean-Luc",
        "Anna.",
        "J.",
        "R",
        "Yu.",
        "Dr",
        "Mr.",
        "Capt",
        "M/V",
        "Jr.",
        "III",
        "ii",
        "IV",
        "V",
        "Xi",
        "44",
        "007",
        "1st",
        "AR16",
        "K4spersky",
        "L@b",
        "$ony",
        "bin",
        "al",
        "de",
        "van",
        "der",
        "ben",
        "ed",
        "Din",
        "an",
        "Nur",
        "Said",
        "LLC",
        "d.o.o.",
        "OOO",
        "Joint",
        "Stock",
        "Company",
        "Compny",
        "Limited",
        "Bank",
        "of",
        "Iran",
        "New",
        "York",
        "Trading",
        "Dev.",
        "www.veloria.com",
        "Veloria",
        "AMG",
        "Alfa",
        "Machinery",
        "Group",
        "forty",
        "four",
        "and",
        "&",
        "or",
        "c/o",
        "Mary;",
        "Petrovich",
        "Ivanovna",
        "Wang",
        "Xiao",
        "Ming",
        "Kim",
        "Jong",
        "Un",
        "ierdnA",
        "vonohkiT",
        "Rfcgthcrbq",
        "Кгыдфт",
        "Тихонов",
        "АВЕО",
        "ΝΙΚΟΣ",
        "JOHΝ",
        "kаspersky",
        "محمود",
        "عبدالرحمن",
        "김정은",
        "上海贸易有限公司",
        "צ'רצ'יל",
        "संगीता",
        "Kas\u{200b}per",
        "\u{202e}nitup\u{202c}",
        "-",
    ];

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned),
            2 => "[A-Z][a-z]{1,8}",
            1 => "\\PC{0,4}",
            1 => "[ -~]{0,6}",
            1 => any::<char>().prop_map(|c| c.to_string()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn a_text_read_by_its_chunks_is_read_as_a_whole(words in proptest::collection::vec(word(), 0..7)) {
            let name = words.join(" ");
            let (mut reader, mut other) = (Reader::default(), Reader::default());
            let forms = reader.forms(&name);
            let (mut by_chunks, mut whole) = (reader.read(&name), other.read_whole(&name));
            for domain in DOMAINS {
                let expected = whole.forms(domain);
                prop_assert_eq!(forms.of(domain), &expected);
                prop_assert_eq!(by_chunks.forms(domain), expected);
            }
        }
    }

    #[test]
    fn names_of_plain_words_are_read_once_for_all_domains() {
        let mut reader = Reader::default();
        for name in ["Igor Chekunov", "علی حسینی", "संगीता Hansen", "Bob Chekunov"] {
            assert!(reader.forms(name).shared().is_some(), "{name}");
        }
        for name in [
            "Wang Ming",
            "Igor Petrovich Chekunov",
            "Chekunov, Igor",
            "Bank of Veloria",
            "АВЕО Veloria",
            "",
        ] {
            assert!(reader.forms(name).shared().is_none(), "{name}");
        }
    }

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
        assert_eq!((reader.words.len(), reader.chunks.len()), (2, 2));
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
