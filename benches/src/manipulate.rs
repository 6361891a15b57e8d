//! What happens to a listed person's name on its way into a customer file.

use tamis::model::{Confidence, Entity, EntityKind, List, Measure};
use tamis::selftest::Seeded;

/// A change that leaves the person the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manipulation {
    /// One letter of the longest word is replaced, lost, doubled, or changes places with the next.
    Typo,
    /// The patronymic is left out.
    NoPatronymic,
    /// `FAMILY, Given` becomes `Given FAMILY`.
    Order,
    /// A Russian name is written in Cyrillic.
    Cyrillic,
}

impl Manipulation {
    /// Every manipulation.
    pub const ALL: [Manipulation; 4] = [
        Manipulation::Typo,
        Manipulation::NoPatronymic,
        Manipulation::Order,
        Manipulation::Cyrillic,
    ];

    /// The word used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Manipulation::Typo => "typo",
            Manipulation::NoPatronymic => "no patronymic",
            Manipulation::Order => "order",
            Manipulation::Cyrillic => "Cyrillic",
        }
    }

    /// The name so changed; `None` where the change does not apply: no patronymic to leave out, no comma, no
    /// Russian name, or no word long enough (seven letters) to bear an error.
    ///
    /// # Example
    /// ```
    /// use tamis::selftest::Seeded;
    /// use tamis_benches::Manipulation;
    /// let changed = |how: Manipulation| how.apply("IVANOV, Igor Petrovich", &mut Seeded::new(1));
    /// assert_eq!(changed(Manipulation::NoPatronymic).as_deref(), Some("IVANOV, Igor"));
    /// assert_eq!(changed(Manipulation::Order).as_deref(), Some("Igor Petrovich IVANOV"));
    /// assert_eq!(changed(Manipulation::Cyrillic).as_deref(), Some("иванов, игор петрович"));
    /// ```
    pub fn apply(self, name: &str, seeded: &mut Seeded) -> Option<String> {
        match self {
            Manipulation::Typo => typo(name, seeded),
            Manipulation::NoPatronymic => without_patronymic(name),
            Manipulation::Order => given_first(name),
            Manipulation::Cyrillic => name.split(' ').any(is_patronymic).then(|| cyrillic(name)),
        }
    }
}

/// The fewest letters of a word that is given an error. In shorter words one letter is often another name.
const LONG: usize = 7;

fn typo(name: &str, seeded: &mut Seeded) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    // A word with a hyphen or apostrophe is passed over: the error would be in the sign as often as in a letter.
    let length = |word: &str| {
        let letters = word.trim_end_matches(',').chars();
        if letters.clone().all(char::is_alphabetic) {
            letters.count()
        } else {
            0
        }
    };
    let at = (0..words.len()).max_by_key(|&at| length(words[at]))?;
    if length(words[at]) < LONG {
        return None;
    }
    let changed = misspell(words[at].trim_end_matches(','), seeded);
    let comma = if words[at].ends_with(',') { "," } else { "" };
    let word = format!("{changed}{comma}");
    let mut words: Vec<&str> = words;
    words[at] = &word;
    Some(words.join(" "))
}

/// One error, not in the first letter, where typists and optical readers seldom err.
fn misspell(word: &str, seeded: &mut Seeded) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + seeded.below(letters.len().saturating_sub(2));
    match seeded.below(4) {
        0 => letters[at] = other_letter(letters[at], seeded),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ if letters[at] != letters[at + 1] => letters.swap(at, at + 1),
        _ => drop(letters.remove(at)),
    }
    letters.into_iter().collect()
}

fn other_letter(letter: char, seeded: &mut Seeded) -> char {
    // Of 25 letters, so that the one after the drawn one can stand for the letter itself.
    let drawn = b'a' + u8::try_from(seeded.below(25)).unwrap_or(0);
    let lower = letter.to_ascii_lowercase() as u32;
    let any = char::from(if u32::from(drawn) >= lower {
        drawn + 1
    } else {
        drawn
    });
    if letter.is_uppercase() {
        any.to_ascii_uppercase()
    } else {
        any
    }
}

fn is_patronymic(word: &str) -> bool {
    let lower = word.to_lowercase();
    let endings = ["ovich", "evich", "ovna", "evna"];
    // A family name may end like one; lists write those in capitals or with a comma.
    !word.ends_with(',') && word != word.to_uppercase() && endings.iter().any(|e| lower.ends_with(e))
}

fn without_patronymic(name: &str) -> Option<String> {
    let kept: Vec<&str> = name.split(' ').filter(|word| !is_patronymic(word)).collect();
    (kept.len() > 1 && kept.len() < name.split(' ').count()).then(|| kept.join(" "))
}

fn given_first(name: &str) -> Option<String> {
    let (family, given) = name.split_once(", ")?;
    Some(format!("{given} {family}"))
}

/// Plain romanisation undone, longest first. Soft and hard signs are lost, as romanisation lost them.
fn cyrillic(name: &str) -> String {
    const LETTERS: [(&str, &str); 36] = [
        ("shch", "щ"),
        ("yev", "ев"),
        ("sky", "ский"),
        ("skaya", "ская"),
        ("kh", "х"),
        ("zh", "ж"),
        ("ts", "ц"),
        ("ch", "ч"),
        ("sh", "ш"),
        ("yo", "ё"),
        ("yu", "ю"),
        ("ya", "я"),
        ("ye", "е"),
        ("a", "а"),
        ("b", "б"),
        ("v", "в"),
        ("g", "г"),
        ("d", "д"),
        ("e", "е"),
        ("z", "з"),
        ("i", "и"),
        ("y", "й"),
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("r", "р"),
        ("s", "с"),
        ("t", "т"),
        ("u", "у"),
        ("f", "ф"),
        ("h", "х"),
        ("j", "дж"),
        ("w", "в"),
    ];
    LETTERS
        .iter()
        .fold(name.to_lowercase(), |text, (from, to)| text.replace(from, to))
}

/// A manipulated name with the entry that it must find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Disguised {
    pub(crate) name: String,
    pub(crate) listed: String,
    pub(crate) entity: String,
    pub(crate) how: Manipulation,
}

/// Whether an entity is a person whose name and measures are known well enough to alert: the default policy shows the
/// others as information, and to count them as missed would be wrong.
fn alerting(entity: &Entity) -> bool {
    let known = |confidence| confidence > Confidence::Unverified;
    let measure = |m: &Measure| m.in_force(crate::DAY) && known(m.confidence());
    entity.kind == EntityKind::Person
        && entity.names.first().is_some_and(|name| known(name.confidence()))
        && entity.measures.iter().any(measure)
}

/// `count` manipulated names of the persons of a list, manipulations in turn; none where no name allows any.
pub(crate) fn disguised(list: &List, count: usize, seed: u64) -> Vec<Disguised> {
    let mut seeded = Seeded::new(seed ^ 0x00d1_56a1);
    let persons: Vec<&Entity> = list.entities.iter().filter(|entity| alerting(entity)).collect();
    let mut found = Vec::new();
    // Names that a manipulation does not apply to are passed over; a list of only such names must not hang the run.
    for _ in 0..count * 100 {
        if found.len() == count || persons.is_empty() {
            break;
        }
        let entity = persons[seeded.below(persons.len())];
        let how = Manipulation::ALL[found.len() % Manipulation::ALL.len()];
        let listed = entity.primary_name();
        found.extend(how.apply(listed, &mut seeded).map(|name| Disguised {
            name,
            listed: listed.to_owned(),
            entity: entity.id(),
            how,
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis::selftest::{Vocabulary, made_up_list};

    #[test]
    fn every_manipulation_takes_place_and_follows_from_the_seed() {
        let list = made_up_list(400, &Vocabulary::read().unwrap(), 3);
        let names = disguised(&list, 80, 3);
        assert_eq!(names, disguised(&list, 80, 3));
        assert_eq!(names.len(), 80);
        for how in Manipulation::ALL {
            assert_eq!(names.iter().filter(|d| d.how == how).count(), 20);
        }
    }

    #[test]
    fn a_typo_is_one_edit_in_a_long_word() {
        let mut seeded = Seeded::new(4);
        for _ in 0..200 {
            let typo = typo("TIKHONOV, Andrei", &mut seeded).unwrap();
            assert!(typo.ends_with(", Andrei"), "{typo}");
            assert_eq!(strsim::osa_distance(&typo, "TIKHONOV, Andrei"), 1, "{typo}");
        }
        assert_eq!(typo("LI, Wei", &mut seeded), None);
        assert_eq!(typo("AL-HALABI, Said", &mut seeded), None);
    }

    #[test]
    fn what_does_not_apply_is_left_alone() {
        assert_eq!(without_patronymic("SMITH, John"), None);
        assert_eq!(without_patronymic("PETROVICH, Ivan"), None);
        assert_eq!(given_first("John Smith"), None);
        assert_eq!(
            Manipulation::Cyrillic.apply("SMITH, John", &mut Seeded::new(1)),
            None
        );
    }
}
