//! Other spellings of the same sounds: by ear, by other romanisations, in another script.

use super::class;
use super::parts::is_patronymic;
use crate::Seeded;
use crate::class::Class;
use crate::original::{Original, Person};
use crate::text::{core, in_case_of, is_latin, letters, respell, respell_some, with_core, words};

pub(super) const CLASSES: &[Class] = &[
    class!("phonetic", Person, phonetic, "written down by ear"),
    class!(
        "phonetic-company",
        Organization,
        phonetic,
        "a company's name written down by ear"
    ),
    class!(
        "slavic-casual",
        Person,
        slavic_casual,
        "Russian and Ukrainian names as their bearers write them"
    ),
    class!(
        "slavic-german",
        Person,
        slavic_german,
        "Russian names as German newspapers write them"
    ),
    class!(
        "slavic-french",
        Person,
        slavic_french,
        "Russian names as French passports wrote them"
    ),
    class!(
        "slavic-scholarly",
        Person,
        slavic_scholarly,
        "Russian names as libraries write them (ISO 9 of 1968)"
    ),
    class!(
        "slavic-passport",
        Person,
        slavic_passport,
        "Russian names as passports write them (ICAO 9303)"
    ),
    class!("cyrillic", Person, cyrillic_person, "a Russian name in Cyrillic"),
    class!(
        "cyrillic-company",
        Organization,
        cyrillic_company,
        "the words of a Russian company in Cyrillic"
    ),
    class!(
        "arabic-spelling",
        Person,
        arabic_spelling,
        "another romanisation of an Arabic or Persian name"
    ),
    class!(
        "mohammed",
        Person,
        mohammed,
        "one of the dozens of spellings of Mohammed"
    ),
    class!(
        "abd",
        Person,
        abd,
        "Abd al-X written as Abdul X, Abdel X, Abdulx or Abd el-X"
    ),
    class!(
        "particles-dropped",
        Person,
        particles_dropped,
        "al, bin, de, van left out"
    ),
    class!(
        "particles-joined",
        Person,
        particles_joined,
        "a particle joined to its name"
    ),
    class!("umlaut", Any, umlaut, "ö written as oe or o"),
];

fn phonetic(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const RULES: [(&str, &str); 37] = [
        ("ph", "f"),
        ("f", "ph"),
        ("ck", "k"),
        ("k", "ck"),
        ("c", "k"),
        ("k", "c"),
        ("ee", "i"),
        ("i", "ee"),
        ("oo", "u"),
        ("u", "oo"),
        ("ou", "u"),
        ("w", "v"),
        ("v", "w"),
        ("kh", "h"),
        ("z", "s"),
        ("s", "z"),
        ("y", "i"),
        ("i", "y"),
        ("ei", "ai"),
        ("ai", "ay"),
        ("ey", "ei"),
        ("x", "ks"),
        ("ks", "x"),
        ("qu", "kw"),
        ("sh", "sch"),
        ("ch", "tch"),
        ("j", "dj"),
        ("dj", "j"),
        ("zh", "j"),
        ("th", "t"),
        ("gh", "g"),
        ("tt", "t"),
        ("ll", "l"),
        ("ss", "s"),
        ("nn", "n"),
        ("mm", "m"),
        ("rr", "r"),
    ];
    is_latin(&original.text).then(|| respell_some(&original.text, &RULES, seeded))?
}

/// Whether a person's name looks Russian, Ukrainian or Belarusian, in the romanisation of American lists.
fn is_slavic(person: &Person) -> bool {
    const ENDINGS: [&str; 17] = [
        "ov", "ev", "ova", "eva", "yov", "skiy", "skyi", "sky", "skiy", "skaya", "enko", "chuk", "shin",
        "kin", "kina", "lin", "nin",
    ];
    let family = |word: &String| {
        let lower = core(word).to_lowercase();
        ENDINGS
            .iter()
            .any(|ending| lower.ends_with(ending) && lower.len() > ending.len() + 1)
    };
    person
        .given
        .iter()
        .any(|word| is_patronymic(word) && !core(word).to_lowercase().ends_with("oglu"))
        || person.family.iter().any(family)
}

fn slavic(original: &Original, table: &[(&str, &str)]) -> Option<String> {
    let fits = is_latin(&original.text) && is_slavic(&original.person);
    fits.then(|| respell(&original.text, table))
}

fn slavic_casual(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const RULES: [(&str, &str); 22] = [
        ("iy", "y"),
        ("iy", "i"),
        ("yy", "y"),
        ("iya", "ia"),
        ("ya", "ia"),
        ("ya", "ja"),
        ("yu", "iu"),
        ("yu", "ju"),
        ("ye", "e"),
        ("yev", "ev"),
        ("ey", "ei"),
        ("ay", "ai"),
        ("aye", "ae"),
        ("kh", "h"),
        ("zh", "j"),
        ("ts", "c"),
        ("ks", "x"),
        ("ov", "off"),
        ("shch", "sch"),
        ("yo", "e"),
        ("v", "w"),
        ("ts", "tz"),
    ];
    let fits = is_latin(&original.text) && is_slavic(&original.person);
    fits.then(|| respell_some(&original.text, &RULES, seeded))?
}

fn slavic_german(original: &Original, _: &mut Seeded) -> Option<String> {
    slavic(
        original,
        &[
            ("shch", "schtsch"),
            ("sh", "sch"),
            ("zh", "sch"),
            ("kh", "ch"),
            ("ch", "tsch"),
            ("ts", "z"),
            ("ya", "ja"),
            ("yu", "ju"),
            ("yev", "jew"),
            ("yo", "jo"),
            ("ye", "je"),
            ("iy", "i"),
            ("yy", "y"),
            ("ey", "ej"),
            ("ay", "aj"),
            ("v", "w"),
            ("z", "s"),
        ],
    )
}

fn slavic_french(original: &Original, _: &mut Seeded) -> Option<String> {
    slavic(
        original,
        &[
            ("shch", "chtch"),
            ("sh", "ch"),
            ("zh", "j"),
            ("ch", "tch"),
            ("ya", "ia"),
            ("yu", "iou"),
            ("ye", "ie"),
            ("yo", "io"),
            ("iy", "i"),
            ("yy", "y"),
            ("ey", "eï"),
            ("ay", "aï"),
            ("u", "ou"),
            ("in", "ine"),
        ],
    )
}

fn slavic_scholarly(original: &Original, _: &mut Seeded) -> Option<String> {
    slavic(
        original,
        &[
            ("shch", "šč"),
            ("sh", "š"),
            ("zh", "ž"),
            ("kh", "ch"),
            ("ch", "č"),
            ("ts", "c"),
            ("ya", "ja"),
            ("yu", "ju"),
            ("yev", "ev"),
            ("yo", "ë"),
            ("ye", "e"),
            ("iy", "ij"),
            ("yy", "yj"),
            ("ey", "ej"),
            ("ay", "aj"),
        ],
    )
}

fn slavic_passport(original: &Original, _: &mut Seeded) -> Option<String> {
    slavic(
        original,
        &[
            ("ya", "ia"),
            ("yu", "iu"),
            ("yev", "ev"),
            ("yo", "e"),
            ("ye", "e"),
            ("iy", "ii"),
            ("yy", "yi"),
            ("ey", "ei"),
            ("ay", "ai"),
            ("oy", "oi"),
        ],
    )
}

/// Romanisation of American lists (BGN/PCGN) undone, longest first. Soft and hard signs are lost, as it lost them.
const CYRILLIC: [(&str, &str); 50] = [
    ("yevg", "евг"),
    ("yevt", "евт"),
    ("eyev", "еев"),
    ("ayev", "аев"),
    ("iyev", "иев"),
    ("oyev", "оев"),
    ("uyev", "уев"),
    ("yev", "ьев"),
    ("shch", "щ"),
    ("skaya", "ская"),
    ("skiy", "ский"),
    ("sky", "ский"),
    ("kh", "х"),
    ("zh", "ж"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("yo", "ё"),
    ("yu", "ю"),
    ("ya", "я"),
    ("ye", "е"),
    ("iy", "ий"),
    ("yy", "ый"),
    ("ay", "ай"),
    ("ey", "ей"),
    ("oy", "ой"),
    ("uy", "уй"),
    ("x", "кс"),
    ("a", "а"),
    ("b", "б"),
    ("v", "в"),
    ("g", "г"),
    ("d", "д"),
    ("e", "е"),
    ("z", "з"),
    ("i", "и"),
    ("y", "ы"),
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
    ("'", "ь"),
];

/// Whether a name has letters that are in no Russian one as American lists write it.
fn is_foreign(name: &str) -> bool {
    name.to_lowercase()
        .replace("ch", "")
        .contains(['c', 'j', 'q', 'w'])
}

fn cyrillic_person(original: &Original, _: &mut Seeded) -> Option<String> {
    (!is_foreign(&original.text) && is_latin(&original.text) && is_slavic(&original.person))
        .then(|| respell(&original.text, &CYRILLIC))
}

fn cyrillic_company(original: &Original, _: &mut Seeded) -> Option<String> {
    const RUSSIAN: [&str; 22] = [
        "zavod",
        "obshchestvo",
        "aktsionernoe",
        "aktsionernoye",
        "predpriyatie",
        "predpriyatiye",
        "nauchno",
        "kompaniya",
        "tsentr",
        "otvetstvennostyu",
        "gosudarstvennoe",
        "gosudarstvennoye",
        "institut",
        "torgovy",
        "torgovyi",
        "torgovyy",
        "zavoda",
        "proizvodstvennoe",
        "proizvodstvennoye",
        "obedinenie",
        "konstruktorskoe",
        "byuro",
    ];
    let lower = original.text.to_lowercase();
    let russian = words(&lower)
        .iter()
        .filter(|word| RUSSIAN.iter().any(|r| word.contains(r)))
        .count();
    (russian > 0 && !is_foreign(&lower) && is_latin(&lower)).then(|| respell(&original.text, &CYRILLIC))
}

/// Whether a person's name looks Arabic, Persian, Urdu or Pashto.
fn is_arabic(person: &Person) -> bool {
    const MARKS: [&str; 24] = [
        "abd", "abu", "ahm", "ali", "hass", "huss", "khal", "mahm", "moham", "muham", "mustaf", "omar",
        "salih", "saleh", "said", "sayyid", "ullah", "uddin", "yusuf", "ibrahim", "qas", "rahman", "jafar",
        "reza",
    ];
    let fits = |word: &String| {
        let lower = core(word).to_lowercase();
        lower.starts_with("al-")
            || lower == "bin"
            || lower == "ibn"
            || MARKS.iter().any(|mark| lower.starts_with(mark))
    };
    person.given.iter().chain(&person.family).any(fits)
}

fn arabic_spelling(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const RULES: [(&str, &str); 34] = [
        ("al-", "el-"),
        ("al-", "al "),
        ("al-", "el "),
        ("q", "k"),
        ("q", "gh"),
        ("k", "q"),
        ("i", "ee"),
        ("ee", "i"),
        ("u", "ou"),
        ("ou", "u"),
        ("u", "o"),
        ("a", "aa"),
        ("aa", "a"),
        ("y", "i"),
        ("ay", "ai"),
        ("ai", "ay"),
        ("j", "dj"),
        ("j", "g"),
        ("kh", "h"),
        ("gh", "g"),
        ("dh", "z"),
        ("th", "s"),
        ("sh", "ch"),
        ("w", "ou"),
        ("hussein", "hosein"),
        ("husayn", "hussain"),
        ("hassan", "hasan"),
        ("ahmad", "ahmed"),
        ("ahmed", "ahmad"),
        ("saleh", "salih"),
        ("yusuf", "yousef"),
        ("ss", "s"),
        ("a", "e"),
        ("ah", "a"),
    ];
    let fits = is_latin(&original.text) && is_arabic(&original.person);
    fits.then(|| respell_some(&original.text, &RULES, seeded))?
}

fn mohammed(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const SPELLINGS: [&str; 13] = [
        "mohammed",
        "muhammad",
        "mohamed",
        "mohammad",
        "muhammed",
        "mohamad",
        "muhamad",
        "mahomed",
        "mehmed",
        "mohd",
        "md.",
        "mohammod",
        "mochammad",
    ];
    let mut words = words(&original.text);
    let at = words.iter().position(|word| {
        let lower = core(word).to_lowercase();
        SPELLINGS[..7].contains(&lower.as_str())
    })?;
    let other = in_case_of(core(&words[at]), seeded.pick(&SPELLINGS)?);
    words[at] = with_core(&words[at], &other);
    (words.len() > 1).then(|| words.join(" "))
}

fn abd(original: &Original, seeded: &mut Seeded) -> Option<String> {
    const HEADS: [&str; 7] = [
        "abd al-", "abd-al-", "abdul-", "abdul ", "abdel ", "abd el-", "abdal ",
    ];
    const WRITTEN: [&str; 8] = [
        "Abd al-", "Abdul ", "Abdel ", "Abd el-", "Abdul-", "Abdul", "Abdel", "Abd-al-",
    ];
    let lower = original.text.to_lowercase();
    let head = HEADS.iter().find(|head| lower.contains(**head))?;
    let at = lower.find(head)?;
    let old = original.text.get(at..at + head.len())?;
    let new = in_case_of(old, seeded.pick(&WRITTEN)?);
    let rest = original.text.get(at + head.len()..)?;
    Some(format!("{}{new}{rest}", original.text.get(..at)?))
}

const PARTICLES: [&str; 22] = [
    "al", "el", "bin", "ibn", "ben", "bint", "ould", "de", "del", "la", "los", "las", "da", "dos", "van",
    "von", "der", "den", "di", "abu", "ad", "ul",
];

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&core(word).to_lowercase().as_str())
}

/// The name's words with `al-Masri` taken for two; the hyphen stays with the particle.
fn with_particles_apart(original: &Original) -> Vec<String> {
    let cut = |word: &String| match word.split_once('-') {
        Some((head, rest)) if is_particle(head) => vec![format!("{head}-"), rest.to_owned()],
        _ => vec![word.clone()],
    };
    words(&original.text).iter().flat_map(cut).collect()
}

fn particles_dropped(original: &Original, _: &mut Seeded) -> Option<String> {
    let words = with_particles_apart(original);
    let kept: Vec<&str> = words
        .iter()
        .filter(|word| !is_particle(word))
        .map(String::as_str)
        .collect();
    (kept.len() > 1 && kept.len() < words.len()).then(|| kept.join(" "))
}

fn particles_joined(original: &Original, _: &mut Seeded) -> Option<String> {
    let mut joined = String::new();
    let words = with_particles_apart(original);
    for (at, word) in words.iter().enumerate() {
        let binds = is_particle(word) && !word.ends_with(',') && at + 1 < words.len();
        joined.push_str(if binds { word.trim_end_matches('-') } else { word });
        joined.push_str(if binds { "" } else { " " });
    }
    let joined = joined.trim().to_owned();
    (letters(&joined) > 0 || joined != original.text).then_some(joined)
}

fn umlaut(original: &Original, seeded: &mut Seeded) -> Option<String> {
    let table = if seeded.chance(50) {
        [
            ("ö", "oe"),
            ("ü", "ue"),
            ("ä", "ae"),
            ("ß", "ss"),
            ("ø", "oe"),
            ("å", "aa"),
        ]
    } else {
        [
            ("ö", "o"),
            ("ü", "u"),
            ("ä", "a"),
            ("ß", "s"),
            ("ø", "o"),
            ("å", "a"),
        ]
    };
    Some(respell(&original.text, &table))
}
