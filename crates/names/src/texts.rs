//! The text of the reference tables, as they are edited.

pub(crate) const LEGAL_FORMS: &str = include_str!("../../../data/tables/legal_forms.csv");
pub(crate) const TITLES: &str = include_str!("../../../data/tables/titles.csv");
pub(crate) const PARTICLES: &str = include_str!("../../../data/tables/particles.csv");
pub(crate) const GENERIC_WORDS: &str = include_str!("../../../data/tables/generic_words.csv");
pub(crate) const GEOGRAPHIC_WORDS: &str = include_str!("../../../data/tables/geographic_words.csv");
pub(crate) const NICKNAMES: &str = include_str!("../../../data/tables/nicknames.csv");
pub(crate) const ABBREVIATIONS: &str = include_str!("../../../data/tables/abbreviations.csv");
pub(crate) const NUMBER_WORDS: &str = include_str!("../../../data/tables/number_words.csv");
pub(crate) const NAME_FREQUENCIES: &str = include_str!("../../../data/tables/name_frequencies.csv");
pub(crate) const WORD_FREQUENCIES: &str = include_str!("../../../data/tables/word_frequencies.csv");

/// Han characters with their readings; see `sounds/han.rs`.
pub(crate) const HAN_CHARACTERS: &str = include_str!("../../../data/tables/han_characters.csv");
pub(crate) const CHINESE_SURNAMES: &str = include_str!("../../../data/tables/chinese_surnames.csv");
pub(crate) const KOREAN_SURNAMES: &str = include_str!("../../../data/tables/korean_surnames.csv");
pub(crate) const JAPANESE_SURNAMES: &str = include_str!("../../../data/tables/japanese_surnames.csv");
pub(crate) const JAPANESE_GIVEN_NAMES: &str = include_str!("../../../data/tables/japanese_given_names.csv");
pub(crate) const JAPANESE_CHARACTERS: &str =
    include_str!("../../../data/tables/japanese_name_characters.csv");

/// The text of every table, in a fixed order, for the fingerprint.
pub(crate) const ALL: [&str; 16] = [
    LEGAL_FORMS,
    ABBREVIATIONS,
    TITLES,
    PARTICLES,
    GENERIC_WORDS,
    GEOGRAPHIC_WORDS,
    NICKNAMES,
    NUMBER_WORDS,
    NAME_FREQUENCIES,
    WORD_FREQUENCIES,
    HAN_CHARACTERS,
    CHINESE_SURNAMES,
    KOREAN_SURNAMES,
    JAPANESE_SURNAMES,
    JAPANESE_GIVEN_NAMES,
    JAPANESE_CHARACTERS,
];

/// The rows after the header, as far as they have `N` columns; comment lines are skipped.
pub(crate) fn rows<const N: usize>(table: &str) -> impl Iterator<Item = [String; N]> {
    let reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .from_reader(table.as_bytes());
    let cells = |row: csv::StringRecord| {
        let cells: Vec<String> = row.iter().take(N).map(str::to_owned).collect();
        cells.try_into().ok()
    };
    reader.into_records().filter_map(Result::ok).filter_map(cells)
}
