use crate::{NameRole, Score};
use serde::{Deserialize, Serialize};

/// What part a token plays in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A word that identifies: a given or family name, a company's own name.
    Word,
    /// A patronymic (`Gennadyevich`).
    Patronymic,
    /// A single letter that stands for a name.
    Initial,
    /// A particle (`bin`, `al`, `de`, `van`).
    Particle,
    /// A title, honorific or generation suffix (`Mr`, `Sheikh`, `PhD`, `Jr`).
    Title,
    /// A legal form (`LLC`, `ООО`, `GmbH`).
    LegalForm,
    /// A word that many names share (`group`, `international`, `lab`).
    Generic,
    /// A country, city or other place.
    Geographic,
    /// A number, in digits, words or Roman numerals; it carries identity.
    Number,
}

/// How two tokens agree, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenMatch {
    /// Equal after normalisation.
    Equal,
    /// Two spellings of one word: another romanisation, a gendered surname, a written-out number.
    Variant,
    /// Equal once written together or apart.
    Joined,
    /// A diminutive or cognate (`Misha`, `Mikhail`).
    Nickname,
    /// Sounds alike, spelt otherwise.
    Phonetic,
    /// A typing error.
    Typo,
    /// An initial that agrees with the word.
    Initial,
    /// The first letters of the words of the other name.
    Acronym,
}

/// A trick that was undone before comparing. It says something about the record, so it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvasionSignal {
    /// Letters of two scripts within one word.
    MixedScript,
    /// Invisible characters within the name.
    Invisible,
    /// Characters that reverse the direction of text.
    Bidi,
    /// Digits or signs in place of letters.
    Leet,
    /// Letters kept apart by spaces or dots.
    SpacedLetters,
    /// Words written backwards.
    Backwards,
    /// Typed on the keyboard of another script.
    Keyboard,
}

impl EvasionSignal {
    /// What was done, in a few words.
    pub const fn as_str(self) -> &'static str {
        match self {
            EvasionSignal::MixedScript => "look-alike letters of another script",
            EvasionSignal::Invisible => "invisible characters",
            EvasionSignal::Bidi => "reversed text direction",
            EvasionSignal::Leet => "digits in place of letters",
            EvasionSignal::SpacedLetters => "letters kept apart",
            EvasionSignal::Backwards => "words written backwards",
            EvasionSignal::Keyboard => "typed on the keyboard of another script",
        }
    }
}

/// A field beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// Kind of party.
    Kind,
    /// Birth date.
    BirthDate,
    /// Place of birth.
    BirthPlace,
    /// Gender.
    Gender,
    /// Country.
    Country,
    /// A document, number or wallet.
    Identifier,
}

impl FieldName {
    /// The word used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            FieldName::Kind => "kind",
            FieldName::BirthDate => "birth date",
            FieldName::BirthPlace => "birth place",
            FieldName::Gender => "gender",
            FieldName::Country => "country",
            FieldName::Identifier => "identifier",
        }
    }
}

/// What comparing a field gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldVerdict {
    /// Both sides say the same.
    Agree,
    /// Nearly the same: only the year, or day and month swapped.
    Close,
    /// The two sides contradict each other.
    Conflict,
    /// The subject does not say, or not so that it can be compared; neutral.
    MissingHere,
    /// The list does not say, or not so that it can be compared; neutral.
    MissingThere,
}

impl FieldVerdict {
    /// The words used in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            FieldVerdict::Agree => "agree",
            FieldVerdict::Close => "close",
            FieldVerdict::Conflict => "conflict",
            FieldVerdict::MissingHere => "missing here",
            FieldVerdict::MissingThere => "missing there",
        }
    }
}

/// One reason for a score. The points of all evidence of a hit, in ten-thousandths, add up to its score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Evidence {
    /// A token, or several written together, agrees with one on the other side.
    Token {
        /// The subject's token or tokens, normalised.
        query: String,
        /// The entry's token or tokens, normalised.
        listed: String,
        /// The part it plays in the entry's name.
        role: Role,
        /// How they agree.
        matched: TokenMatch,
        /// What it brings.
        points: i32,
    },
    /// A token of the subject's name with nothing beside it.
    ExtraInQuery {
        /// The token.
        token: String,
        /// The part it plays.
        role: Role,
        /// What it costs, zero or negative.
        points: i32,
    },
    /// A token of the entry's name with nothing beside it.
    MissingInQuery {
        /// The token.
        token: String,
        /// The part it plays.
        role: Role,
        /// What it costs, zero or negative.
        points: i32,
    },
    /// The two names contradict each other as a whole: another father, another number, another legal form.
    Contradiction {
        /// The subject's side.
        query: String,
        /// The entry's side.
        listed: String,
        /// The part in question.
        role: Role,
        /// What it costs, zero or negative.
        points: i32,
    },
    /// Something about the name as a whole, such as word order or too little to go by.
    Whole {
        /// What.
        reason: String,
        /// What it brings or costs.
        points: i32,
    },
    /// A field beside the name.
    Field {
        /// Which.
        field: FieldName,
        /// How it compares.
        verdict: FieldVerdict,
        /// The subject's value.
        query: String,
        /// The entry's value.
        listed: String,
        /// What it brings or costs; zero when a side is missing.
        points: i32,
    },
    /// A trick was undone first.
    Evasion {
        /// Which.
        signal: EvasionSignal,
    },
}

impl Evidence {
    /// What this evidence adds to the score, in ten-thousandths; may be negative.
    pub fn points(&self) -> i32 {
        match self {
            Evidence::Token { points, .. }
            | Evidence::ExtraInQuery { points, .. }
            | Evidence::MissingInQuery { points, .. }
            | Evidence::Contradiction { points, .. }
            | Evidence::Whole { points, .. }
            | Evidence::Field { points, .. } => *points,
            Evidence::Evasion { .. } => 0,
        }
    }
}

/// A list entry that resembles a subject: which name, how much, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// The entity's id, `<list>:<native id>`.
    pub entity_id: String,
    /// The entity's primary name.
    pub entity_name: String,
    /// Which of the subject's names matched (0-based).
    pub query_name: usize,
    /// The name or alias that matched, as the list writes it.
    pub matched_name: String,
    /// The part that name plays.
    pub matched_role: NameRole,
    /// The score: name and other fields together.
    pub score: Score,
    /// The score of the names alone, before any other field.
    pub name_score: Score,
    /// Every reason, names first. Empty unless an explanation was asked for.
    pub evidence: Vec<Evidence>,
}
