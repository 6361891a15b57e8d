//! How two tokens agree, and how much of the truth that carries.

use crate::distance::{
    MAX_READING, Range, SLIGHT, budget, coarse_key, near as distance_of_keys, widest_budget,
};
use crate::form::{self, Class, Token};
use crate::script::Script;
use crate::skeleton::{content, is_skeleton, run_together};
use crate::sounds::{self, alike, worth};
use std::borrow::Cow;

/// How two tokens agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agreement {
    /// Equal in their own script.
    Equal,
    /// Two spellings of one word, or two words of one meaning.
    Variant,
    /// Equal once written together.
    Joined,
    /// Forms of one given name.
    Nickname,
    /// Sounds alike.
    Phonetic,
    /// A typing error apart.
    Typo,
    /// An initial and the word it may stand for.
    Initial,
    /// The first letters of the words of the other name.
    Acronym,
}

/// How alike two tokens are, in ten-thousandths.
pub type Similarity = u16;

/// Equal in their own script.
pub const EQUAL: Similarity = 10_000;
/// Equal in Latin letters, or the same legal form, number or particle in other words: nothing is in doubt, but
/// only equal names may score 1.
const SAME: Similarity = 9_900;
/// `Co.` beside `Co., Ltd.`
const UNSPECIFIC_FORM: Similarity = 9_000;
/// The initials of a name for the name, by their number: three letters stand for too many names to alert by
/// themselves.
const ACRONYM_OF_THREE: Similarity = 7_800;
const ACRONYM: Similarity = 8_500;
/// A shared reading, or one generic word or place in two languages.
const READ_ALIKE: Similarity = 9_700;
/// A shared reading of three sounds or fewer: many short words read alike by some language's rules.
const READ_ALIKE_SHORT: Similarity = 9_300;
/// A reading that vocalises a skeleton of one consonant and a vowel or two (Ali, Ala, Eli): enough beside another
/// word that agrees.
const VOCALISED_SHORTEST: Similarity = 8_200;
/// … of two consonants (Saad, Saeed).
const VOCALISED_SHORT: Similarity = 8_500;
/// … of three or four consonants (Hasan, Khalid, Mahmud): common names are of this sort, and two of them must not
/// reach the threshold where a third word is left over.
const VOCALISED: Similarity = 8_700;
/// … of more.
const VOCALISED_LONG: Similarity = 9_600;
/// What each unit of cost takes from these.
const UNLIKE_SKELETON: Similarity = 700;
/// Written together or apart.
const JOINED: Similarity = 9_700;
/// Diminutives are often, not always, the same person's name.
const NICKNAME: Similarity = 8_500;
/// An initial agrees with one name in about fifteen.
const INITIAL: Similarity = 7_000;

/// How `a` and `b` agree, best way first, or `None`. Symmetric.
///
/// # Example
/// ```
/// use tamis_names::{Agreement, Domain, NameForm, agree};
/// let listed = NameForm::new("Chekunov", Domain::Person);
/// let spelt = NameForm::new("Tchekounov", Domain::Person);
/// let (how, similarity) = agree(&listed.tokens[0], &spelt.tokens[0]).unwrap();
/// assert_eq!((how, similarity), (Agreement::Variant, 9_700));
/// ```
pub fn agree(a: &Token, b: &Token) -> Option<(Agreement, Similarity)> {
    if a.folded == b.folded && compatible(a.class, b.class) {
        return Some((Agreement::Equal, EQUAL));
    }
    match (a.class, b.class) {
        (Class::LegalForm, Class::LegalForm) if either_unspecific(a, b) => {
            Some((Agreement::Variant, UNSPECIFIC_FORM))
        }
        (Class::Number, Class::Number)
        | (Class::LegalForm, Class::LegalForm)
        | (Class::Particle, Class::Particle) => {
            (a.meaning == b.meaning).then_some((Agreement::Variant, SAME))
        }
        (Class::Initial, _) => initial(a, b),
        (_, Class::Initial) => initial(b, a),
        _ if is_word(a.class) && is_word(b.class) => words(a, b),
        _ => None,
    }
}

/// `Co.` does not say which kind of company, so it contradicts none.
fn either_unspecific(a: &Token, b: &Token) -> bool {
    a.meaning != b.meaning && (a.meaning == UNSPECIFIC || b.meaning == UNSPECIFIC)
}

/// The class of legal forms that do not say which kind of company they are.
const UNSPECIFIC: &str = "company";

/// A word and a number never agree, however they are written; other classes may be a matter of position.
fn compatible(a: Class, b: Class) -> bool {
    (a == Class::Number) == (b == Class::Number)
}

const fn is_word(class: Class) -> bool {
    matches!(
        class,
        Class::Word | Class::Patronymic | Class::Generic | Class::Geographic
    )
}

fn initial(letter: &Token, word: &Token) -> Option<(Agreement, Similarity)> {
    let stands_for = matches!(word.class, Class::Word | Class::Patronymic)
        && (word.latin.starts_with(&letter.latin)
            || word
                .keys
                .iter()
                .any(|key| letter.keys.iter().any(|l| key.starts_with(l.as_str()))));
    stands_for.then_some((Agreement::Initial, INITIAL))
}

fn words(a: &Token, b: &Token) -> Option<(Agreement, Similarity)> {
    // Han and Korean names of one sound are many; within the script only the same characters are the same.
    if a.script == b.script && in_characters(a) {
        return sounds::same_characters(&a.sounds, &b.sounds).then_some((Agreement::Variant, SAME));
    }
    let same_meaning = !a.meaning.is_empty() && a.meaning == b.meaning;
    if same_meaning && a.class != Class::Word && in_characters(a) != in_characters(b) {
        return Some((Agreement::Variant, READ_ALIKE));
    }
    if in_characters(a) || in_characters(b) {
        return across_scripts(a, b);
    }
    if a.latin == b.latin {
        return Some((Agreement::Variant, SAME));
    }
    // Where both are Chinese syllables, the rules of French and German have nothing to say.
    let differ = sounds::differ_in_pinyin(a, b);
    let shared = if differ { None } else { shared_reading(a, b) };
    if let Some(best) = shared.max(alike(&a.sounds, &b.sounds)) {
        return Some((Agreement::Variant, best));
    }
    if same_meaning && a.class != Class::Word {
        return Some((Agreement::Variant, READ_ALIKE));
    }
    let near = if two_places(a, b) || (differ && !differ_in_ng(a, b)) {
        None
    } else {
        near(a, b)
    };
    let nickname = same_meaning.then_some((Agreement::Nickname, NICKNAME));
    near.into_iter()
        .chain(nickname)
        .max_by_key(|&(_, similarity)| similarity)
}

/// Iran is no slip in Iraq.
fn two_places(a: &Token, b: &Token) -> bool {
    a.class == Class::Geographic && b.class == Class::Geographic && a.meaning != b.meaning
}

fn in_characters(token: &Token) -> bool {
    matches!(token.script, Script::Han | Script::Hangul)
}

/// What the readings that two words share are worth.
fn shared_reading(a: &Token, b: &Token) -> Option<Similarity> {
    if a.sketch.range.least_cost(&b.sketch.range) > 0 {
        return None;
    }
    let shared = a.keys.iter().filter(|key| b.keys.contains(key));
    let longest = shared.map(String::len).max()?;
    Some(if longest <= 3 {
        READ_ALIKE_SHORT
    } else {
        READ_ALIKE
    })
}

/// Two words, of which one is in characters or syllables: these are romanised without tone, so that what they share
/// with Latin letters is worth what its syllables are.
fn across_scripts(a: &Token, b: &Token) -> Option<(Agreement, Similarity)> {
    let spelt = (a.latin == b.latin).then(|| worth(syllables(a).max(syllables(b))));
    let same = spelt.max(alike(&a.sounds, &b.sounds));
    let same = same.map(|similarity| (Agreement::Variant, similarity));
    let heard = if transcribes(a, b) { heard(a, b) } else { None };
    let heard = heard.or_else(|| read_in_mandarin(a, b));
    same.into_iter()
        .chain(heard)
        .max_by_key(|&(_, similarity)| similarity)
}

/// How many characters a word has, when it is written in them.
fn syllables(token: &Token) -> usize {
    if in_characters(token) {
        token.folded.chars().count()
    } else {
        0
    }
}

/// From how many syllables on a word in Hangul may be a foreign name written by ear.
const TRANSCRIBED: usize = 2;

/// Whether one of the words may be the other written in Hangul by ear.
fn transcribes(a: &Token, b: &Token) -> bool {
    let hangul = |t: &Token| t.script == Script::Hangul && syllables(t) >= TRANSCRIBED;
    let one_side = (hangul(a) && !in_characters(b)) || (hangul(b) && !in_characters(a));
    // Two words of Korean names are compared by their syllables.
    one_side && !sounds::both_korean(a, b)
}

/// A foreign name in Chinese characters, whose pinyin reads as the Latin word does (`巴卡`, Vaca).
fn read_in_mandarin(a: &Token, b: &Token) -> Option<(Agreement, Similarity)> {
    let han = |t: &Token| t.script == Script::Han && syllables(t) >= TRANSCRIBED;
    let foreign = |t: &Token| !in_characters(t) && t.sounds.is_empty();
    let foreign_name = (han(a) && foreign(b)) || (han(b) && foreign(a));
    let shared = if foreign_name { shared_reading(a, b) } else { None };
    shared.map(|similarity| (Agreement::Variant, similarity.min(worth(2))))
}

fn heard(a: &Token, b: &Token) -> Option<(Agreement, Similarity)> {
    let shared = shared_reading(a, b).map(|similarity| (Agreement::Variant, similarity.min(worth(2))));
    shared.or_else(|| near(a, b))
}

/// `Weimin` and `Weiming`: the ear of half of China tells -n and -ng not apart.
fn differ_in_ng(a: &Token, b: &Token) -> bool {
    let plain = |t: &Token| t.latin.replace("ng", "n");
    plain(a) == plain(b) && a.latin.len() > LONG_SYLLABLE && b.latin.len() > LONG_SYLLABLE
}

/// The letters of the longest syllable: a longer word has two.
const LONG_SYLLABLE: usize = 6;

/// The nearest pair of readings, when near enough to be one word written twice.
fn near(a: &Token, b: &Token) -> Option<(Agreement, Similarity)> {
    if gendered(&a.latin, &b.latin) {
        return Some((Agreement::Variant, GENDERED));
    }
    let (similarity, cost) = nearest_keys(a, b)?;
    let vocalised = a.script.is_unvocalised() != b.script.is_unvocalised() && cost == 0;
    let how = if vocalised {
        Agreement::Variant
    } else if cost <= 1 {
        Agreement::Phonetic
    } else {
        Agreement::Typo
    };
    Some((how, similarity))
}

/// The similarity of the nearest pair of keys, and its cost.
fn nearest_keys(a: &Token, b: &Token) -> Option<(Similarity, u8)> {
    let (mine, other) = (&a.sketch, &b.sketch);
    if mine.range.least_cost(&other.range) > widest_budget(mine.longest.max(other.longest)) {
        return None;
    }
    // Some scripts write few vowels; those that romanisation lacks or guesses are no errors.
    let vowels_are_guessed = a.script.guesses_vowels() != b.script.guesses_vowels();
    let mut best: Option<(Similarity, u8)> = None;
    for (one, signature) in a.keys.iter().zip(&mine.signatures) {
        for (two, signature_of_two) in b.keys.iter().zip(&other.signatures) {
            if signature.least_cost(signature_of_two) > widest_budget(one.len().max(two.len())) {
                continue;
            }
            let Some(cost) = distance_of_keys(one, two) else {
                continue;
            };
            let similarity = match skeleton_of(one, two) {
                Some(skeleton) => of_skeleton(skeleton, cost),
                None => {
                    let length = one.len().max(two.len()) - shared_ending(one, two);
                    if cost > budget(length) {
                        continue;
                    }
                    after_edits(cost, length, vowels_are_guessed, a.known && b.known)
                }
            };
            if best.is_none_or(|(found, _)| similarity > found) {
                best = Some((similarity, cost));
            }
        }
    }
    best
}

/// The one of two keys that is a skeleton, when only one is.
fn skeleton_of<'a>(one: &'a str, two: &'a str) -> Option<&'a str> {
    match (is_skeleton(one), is_skeleton(two)) {
        (true, false) => Some(one),
        (false, true) => Some(two),
        _ => None,
    }
}

/// What it says that a reading vocalises a skeleton: the more letters it has, the fewer names do so by chance.
fn of_skeleton(skeleton: &str, cost: u8) -> Similarity {
    let most = match content(skeleton) {
        0..=3 => VOCALISED_SHORTEST,
        4..=5 => VOCALISED_SHORT,
        6..=9 => VOCALISED,
        _ => VOCALISED_LONG,
    };
    most - UNLIKE_SKELETON * u16::from(cost)
}

/// A family name in its two genders.
const GENDERED: Similarity = 9_500;
/// What each unit of cost takes of a letter's share.
const SHARE: Similarity = 6_000;
/// … between two names that both are borne by many: those are more likely two names than a slip (Marin, Moreno).
const SHARE_OF_KNOWN: Similarity = 9_000;
/// … of a word of up to [`SHORT`] sounds, near which many others lie.
const SHARE_OF_SHORT: Similarity = 7_500;
const SHORT: u16 = 4;
/// … where vowels are guessed anyway.
const SHARE_OF_GUESSED: Similarity = 5_000;

/// What edits leave of a word: short words, of which many lie one sound apart, lose most.
fn after_edits(cost: u8, length: usize, vowels_are_guessed: bool, both_known: bool) -> Similarity {
    let length = u16::try_from(length.clamp(1, MAX_READING)).unwrap_or(1);
    let share = if vowels_are_guessed {
        SHARE_OF_GUESSED
    } else if both_known {
        SHARE_OF_KNOWN
    } else if length <= SHORT {
        SHARE_OF_SHORT
    } else {
        SHARE
    };
    EQUAL.saturating_sub(share / length * u16::from(cost))
}

/// Endings, in sounds, that whole peoples share: what stands before them makes the name, so edits are held against
/// that (`Karlsdóttir` is not `Pálsdóttir`).
const ENDINGS: [&str; 15] = [
    "dottir", "dotir", "Svili", "opulos", "opoulos", "ovski", "evski", "inski", "oviC", "eviC", "enko",
    "oglu", "zade", "son", "sen",
];

/// How many sounds of such an ending two readings share.
fn shared_ending(one: &str, two: &str) -> usize {
    let shared = |ending: &&&str| {
        let stem = |reading: &str| reading.strip_suffix(**ending).is_some_and(|stem| stem.len() > 1);
        stem(one) && stem(two)
    };
    ENDINGS.iter().find(shared).map_or(0, |ending| ending.len())
}

/// Given names that end as family names do: with an a they are another person's.
const GIVEN_NAMES: [&str; 14] = [
    "martin", "valentin", "augustin", "justin", "celestin", "florin", "alin", "catalin", "antonin", "robin",
    "marin", "delfin", "fermin", "serafin",
];

/// `Ivanov` and `Ivanova`, `Kaspersky` and `Kasperskaya`: one family name.
fn gendered(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let plain =
        long.strip_suffix('a') == Some(short) && ["ov", "ev", "in", "yn"].iter().any(|e| short.ends_with(e));
    if plain && !GIVEN_NAMES.contains(&short) {
        return true;
    }
    let stem = |ends: &[&str]| ends.iter().find_map(|end| short.strip_suffix(end));
    let feminine = ["skaya", "skaia", "skaja", "ska"];
    let Some(of_woman) = feminine.iter().find_map(|end| long.strip_suffix(end)) else {
        return false;
    };
    stem(&["skiy", "skyi", "skii", "sky", "ski", "skyy", "skij"]) == Some(of_woman)
}

/// How a run of tokens written together agrees with one token: their letters must be equal. Reading by another
/// language's rules is not tried on top of joining, or `Casper Sky` would be `Kaspersky`; but a run of a script
/// without vowels has no letters that could be equal, so there the reading must fit without any edit.
pub fn agree_joined(run: &[Token], one: &Token) -> Option<(Agreement, Similarity)> {
    let joinable = |t: &Token| {
        matches!(
            t.class,
            Class::Word
                | Class::Patronymic
                | Class::Particle
                | Class::Generic
                | Class::Geographic
                | Class::Initial
                | Class::Title
                | Class::LegalForm
        )
    };
    if !is_word(one.class) || !run.iter().all(joinable) {
        return None;
    }
    let written = together(run, std::slice::from_ref(one));
    let vocalised = vocalised_run(run, one).map(|similarity| (Agreement::Joined, similarity));
    written
        .into_iter()
        .chain(vocalised)
        .max_by_key(|&(_, similarity)| similarity)
}

/// How two whole names agree whose words are parted in other places (`IGORC HEKUNOV`).
pub fn agree_whole(one: &[Token], two: &[Token]) -> Option<(Agreement, Similarity)> {
    if one.len() > 1 && two.len() > 1 {
        together(one, two)
    } else {
        None
    }
}

/// Two runs of tokens, each written together: equal letters or equal sounds; in one script of characters the same
/// characters only.
fn together(one: &[Token], two: &[Token]) -> Option<(Agreement, Similarity)> {
    let all = || one.iter().chain(two);
    let script = one.first().map(|t| t.script);
    let sounds = |run| sounds::together(run);
    if all().all(|t| in_characters(t) && Some(t.script) == script) {
        let same = sounds::same_characters(&sounds(one), &sounds(two));
        return same.then_some((Agreement::Joined, JOINED));
    }
    let spelt = same_letters(one, two).then(|| {
        let characters = |run: &[Token]| run.iter().map(syllables).sum::<usize>();
        if all().any(in_characters) {
            worth(characters(one).max(characters(two)))
        } else {
            JOINED
        }
    });
    let audible = all().all(|t| !t.sounds.is_empty());
    let heard = if audible {
        alike(&sounds(one), &sounds(two))
    } else {
        None
    };
    let best = spelt.max(heard)?;
    Some((Agreement::Joined, best.min(JOINED)))
}

/// The keys of `tokens` written together, by which equal runs are found: runs that agree by [`agree_joined`] or
/// [`agree_whole`] share one.
pub fn join_keys(tokens: &[Token]) -> Vec<String> {
    let heard = match tokens {
        [one] if !one.script.is_unvocalised() => Cow::Borrowed(&one.keys),
        _ => Cow::Owned(run_skeletons(tokens)),
    };
    let coarse = |key: &String| {
        let mut marked = vec![b'~'];
        marked.extend(coarse_key(key));
        String::from_utf8(marked).unwrap_or_default()
    };
    let mut keys = sounds::keys(tokens);
    keys.push(joined(tokens));
    keys.extend(heard.iter().map(coarse));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Calls `found` with the keys of [`join_keys`] of `start` and `end` written together, in no order; a key may come
/// twice. `letters` is working memory: most runs have no key but their letters, which then allocate nothing.
///
/// # Example
/// ```
/// use tamis_names::{Domain, NameForm, each_join_key, join_keys};
/// let name = NameForm::new("Igor Chekunov", Domain::Person);
/// let (mut letters, mut keys) = (String::new(), Vec::new());
/// each_join_key(&name.tokens[..1], &name.tokens[1..], &mut letters, |key| keys.push(key.to_owned()));
/// assert_eq!(keys, join_keys(&name.tokens));
/// ```
pub fn each_join_key(start: &[Token], end: &[Token], letters: &mut String, mut found: impl FnMut(&str)) {
    let tokens = || start.iter().chain(end);
    let audible = tokens().all(|t| !t.sounds.is_empty());
    if tokens().nth(1).is_none() || audible || tokens().all(has_skeletons) {
        join_keys(&[start, end].concat())
            .iter()
            .for_each(|key| found(key));
        return;
    }
    letters.clear();
    tokens()
        .enumerate()
        .for_each(|(at, token)| letters.push_str(in_run(at, token)));
    match compound(letters) {
        Some(key) => found(&key),
        None => found(letters),
    }
}

/// What a skeleton of a run must say before its reading as one word counts, and before one that is slightly off does.
const LEAST_RUN: usize = 7;
const LONG_RUN: usize = 10;

fn vocalised_run(run: &[Token], one: &Token) -> Option<Similarity> {
    if one.script.is_unvocalised() || !run.iter().all(has_skeletons) {
        return None;
    }
    let range = Range::together(run.iter().map(|t| &t.sketch.range));
    if range.least_cost(&one.sketch.range) > u32::from(SLIGHT) {
        return None;
    }
    let heard = |skeleton: String| {
        // No more than a slight edit: the coarse keys by which runs are looked up are equal.
        let most = match content(&skeleton) {
            LONG_RUN.. => SLIGHT,
            LEAST_RUN.. => 0,
            _ => return None,
        };
        let costs = one.keys.iter().filter_map(|key| distance_of_keys(&skeleton, key));
        let cost = costs.min().filter(|&cost| cost <= most)?;
        Some(of_skeleton(&skeleton, cost).min(JOINED))
    };
    run_skeletons(run).into_iter().filter_map(heard).max()
}

fn has_skeletons(token: &Token) -> bool {
    token.script.is_unvocalised() && !token.keys.is_empty()
}

/// The skeletons of a run of tokens that all have some.
fn run_skeletons(run: &[Token]) -> Vec<String> {
    if !run.iter().all(has_skeletons) {
        return Vec::new();
    }
    let words: Vec<&[String]> = run.iter().map(|t| t.keys.as_slice()).collect();
    run_together(&words)
}

/// How one token agrees with the words of a whole name of which it is the acronym.
pub fn agree_acronym(one: &Token, name: &[Token]) -> Option<(Agreement, Similarity)> {
    let letters = &one.latin;
    // `Anna` and `Mars` are names before they are anybody's initials.
    let words = name.iter().flat_map(|t| t.latin.split(' ')).take(letters.len());
    let spelt = one.class == Class::Word
        && !one.known
        && letters.len() <= words.count()
        && acronyms(name).contains(letters);
    let similarity = if letters.len() > 3 {
        ACRONYM
    } else {
        ACRONYM_OF_THREE
    };
    spelt.then_some((Agreement::Acronym, similarity))
}

/// The acronyms that the words of a name give; none for long names, which have no acronym that people use.
pub fn acronyms(name: &[Token]) -> Vec<String> {
    if name.len() > MOST_ACRONYM {
        return Vec::new();
    }
    form::acronyms(name)
}

/// The most words of a name that has an acronym.
const MOST_ACRONYM: usize = 12;

/// The letters of `tokens` written together, in the form in which joined names are compared.
fn joined(tokens: &[Token]) -> String {
    let mut letters = String::new();
    for (at, token) in tokens.iter().enumerate() {
        letters.push_str(in_run(at, token));
    }
    join_key(&letters)
}

/// The letters of a token in its place in a run: an article within it is written in one way.
fn in_run(at: usize, token: &Token) -> &str {
    let article = at > 0 && token.class == Class::Particle && token.meaning == "al";
    if article { "ul" } else { &token.latin }
}

/// Whether two runs have the same letters, in that form; most differ in length.
fn same_letters(one: &[Token], two: &[Token]) -> bool {
    if may_be_compound(one) || may_be_compound(two) {
        return joined(one) == joined(two);
    }
    let length = |run: &[Token]| {
        run.iter()
            .enumerate()
            .map(|(at, t)| in_run(at, t).len())
            .sum::<usize>()
    };
    length(one) == length(two) && letters_of(one).eq(letters_of(two))
}

fn letters_of(run: &[Token]) -> impl DoubleEndedIterator<Item = u8> {
    run.iter().enumerate().flat_map(|(at, t)| in_run(at, t).bytes())
}

/// Whether a run may begin or end as the compounds of [`join_key`] do.
fn may_be_compound(run: &[Token]) -> bool {
    let mut end = letters_of(run).rev();
    let end = [end.next(), end.next(), end.next()].map(Option::unwrap_or_default);
    letters_of(run).take(3).eq(*b"abd") || matches!(&end, b"nid" | b"nee" | b"eni" | b"nyd" | b"hal" | b"all")
}

/// A word in the form in which joined names are compared: its letters, but for compounds of Arabic, whose article
/// is written in a dozen ways: `Abd al-Rahman` (Abdul Rahman, Abdurrahman, Abderrahmane), `Salah ad-Din`
/// (Salahuddin, Saladdin, Salaheddine), `Nasr Allah` (Nasrullah, Nasrollah).
pub(crate) fn join_key(word: &str) -> String {
    compound(word).unwrap_or_else(|| word.to_owned())
}

fn compound(word: &str) -> Option<String> {
    servant_of(word)
        .or_else(|| of_the_faith(word))
        .or_else(|| of_god(word))
}

/// `Abdul`, and `Abd` with a name of God: the article is left out.
fn servant_of(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let vowel = rest
        .strip_prefix("ou")
        .or_else(|| rest.strip_prefix(['a', 'e', 'i', 'o', 'u']))?;
    // The first of the two words alone; its l may already be the next one's first consonant.
    if matches!(vowel, "l" | "r" | "s" | "n" | "d" | "z") {
        return Some("abd".to_owned());
    }
    let name = match (vowel.strip_prefix('l'), vowel.as_bytes()) {
        // The l of the article is kept, or has become the first consonant of the name.
        (Some(name), _) => name,
        (None, [first, second, ..]) if first == second => vowel.get(1..)?,
        _ => return None,
    };
    let fits = name.len() > 2 && !name.starts_with("ah");
    fits.then(|| format!("abd{}", name.strip_suffix('e').unwrap_or(name)))
}

/// The first word of a compound is no shorter.
const SHORTEST_FIRST_PART: usize = 3;

/// `… al-Din`: the article, whose l may have become a d, and the vowels and h around it are left out.
fn of_the_faith(word: &str) -> Option<String> {
    let head = ["din", "deen", "dine", "dyn"]
        .iter()
        .find_map(|end| word.strip_suffix(end))?;
    let vowels = ['a', 'e', 'i', 'o', 'u', 'y'];
    let article = head
        .strip_suffix(['d', 'l'])
        .filter(|before| before.ends_with(vowels));
    let first = article
        .unwrap_or(head)
        .trim_end_matches(vowels)
        .trim_end_matches('h');
    let name = first
        .trim_end_matches(vowels)
        .replace("ou", "u")
        .replace("oo", "u");
    (name.len() >= SHORTEST_FIRST_PART && (article.is_some() || first != head)).then(|| format!("{name} din"))
}

/// `… Allah`: the vowel is that of the case in which the first word stands.
fn of_god(word: &str) -> Option<String> {
    let ends = [
        "oullah", "allah", "ullah", "ollah", "ellah", "illah", "ulla", "olla",
    ];
    let name = ends.iter().find_map(|end| word.strip_suffix(end))?;
    (name.len() >= SHORTEST_FIRST_PART).then(|| format!("{name} allah"))
}
