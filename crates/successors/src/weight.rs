//! What each signal is worth, in points, and why. All constants of the grading stand here and in [`Grade`](crate::Grade).
//!
//! The scale: 40 points are a fact that hardly arises by chance or in ordinary business, 20 one that also has ordinary
//! reasons, 10 one that is common. The values are judgements, not measurements: no labelled register of successors exists.

/// A listed person leads the company, and the birth date agrees.
pub const OFFICER: i32 = 40;
/// A person with a rare listed name leads it; no birth date to compare. Below [`OFFICER`] and [`DECISIVE`]: a name is not a person.
pub const OFFICER_BY_NAME: i32 = 25;
/// The name is one that many people bear.
pub const OFFICER_BY_COMMON_NAME: i32 = 10;
/// Names that carry fewer bits (see `docs/matching.md`) than this are common: `Anton Ivanov` has 27, `Igor Chekunov` 31.
pub const RARE_NAME_BITS: u32 = 30;

/// A listed party owns half or more. Half is where OFAC's rule blocks what blocked persons own.
pub const OWNER_OF_HALF: i32 = 50;
/// A listed party owns a quarter or more: enough to block decisions in most laws.
pub const OWNER_OF_QUARTER: i32 = 40;
/// A listed party owns less, or the share is not known.
pub const OWNER: i32 = 30;
/// The most that an owner is worth who is known by a rare name alone.
pub const OWNER_BY_NAME: i32 = 30;
/// The most that an owner is worth who is known by a common name alone.
pub const OWNER_BY_COMMON_NAME: i32 = 12;

/// Somebody leads or owns it who led or owned a listed company, and the birth date agrees. Below a listed person:
/// staff of a closed company find new work.
pub const KNOWN_PERSON: i32 = 20;
/// The same by a rare name alone.
pub const KNOWN_PERSON_BY_NAME: i32 = 12;
/// The same by a common name alone.
pub const KNOWN_PERSON_BY_COMMON_NAME: i32 = 4;

/// The same building.
pub const ADDRESS: i32 = 20;
/// The same room or floor in it, too.
pub const ADDRESS_UNIT: i32 = 25;
/// The same domain, of website or e-mail. Domains belong to one holder at a time.
pub const DOMAIN: i32 = 30;
/// The same telephone number.
pub const PHONE: i32 = 25;
/// The same product or trade name, or a listed name sold as a product.
pub const PRODUCT: i32 = 20;
/// A product with a rare word of a listed name in it, as resellers have.
pub const PRODUCT_WORD: i32 = 10;

/// The name is a listed one. Without anything else that is a lead for `tamis screen`, not a successor.
pub const NAME: i32 = 30;
/// The name reaches the threshold.
pub const NAME_ALIKE: i32 = 25;
/// The name holds a rare word of a listed one, or begins with it.
pub const NAME_WORD: i32 = 15;
/// The name is an acronym of a listed one. Three letters fit many names.
pub const NAME_ACRONYM: i32 = 5;
/// From this score, in ten-thousandths, a name is taken for a listed one.
pub const SAME_NAME: u16 = 9_500;

/// It had a listed name before.
pub const FORMER_NAME: i32 = 45;
/// The register says that it continues a listed company.
pub const CONTINUATION: i32 = 40;
/// What a former name or a statement is worth where the name is only alike.
pub const STATED_ALIKE: i32 = 30;

/// It was founded within [`SOON_DAYS`] after a measure. Never alone: it needs another signal to stand beside.
pub const FOUNDED_AFTER: i32 = 10;
/// Two years: winding down and licences take one, and filings come late.
pub const SOON_DAYS: i32 = 730;
/// It was founded more than [`LONG_BEFORE_DAYS`] before the first measure: it was not made to continue anything, though an
/// old company can be bought for it.
pub const FOUNDED_BEFORE: i32 = -15;
/// A year: measures are announced and expected before they come.
pub const LONG_BEFORE_DAYS: i32 = 365;
/// It was dissolved before the first measure: there was nothing to continue yet.
pub const DISSOLVED_BEFORE: i32 = -60;

/// What a further party adds to a kind of signal: a second listed director tells less than the first.
pub const ANOTHER: i32 = 5;
/// The further parties of one kind that count.
pub const MOST_OTHERS: usize = 2;

/// Of a hundred points, what a signal keeps where the party is delisted, or the measure is not verified.
pub const FADED_PER_CENT: i32 = 50;

/// What more companies of the register than this share (an address, a number, a namesake) keeps a third of its points,
/// which for an address is no lead.
pub const SHARED_BY_FEW: u32 = 5;
/// What more than this share is worth [`SHARED_BY_MANY_POINTS`] at most: a mass-registration address, a common name.
pub const SHARED_BY_MANY: u32 = 50;
/// See [`SHARED_BY_MANY`].
pub const SHARED_BY_MANY_POINTS: i32 = 2;

/// One signal of so many points makes a lead likely without a second kind.
pub const DECISIVE: i32 = 40;

/// Points of what `companies` of the register share.
///
/// # Example
/// ```
/// use tamis_successors::weight::shared;
/// assert_eq!([shared(20, 1), shared(20, 6), shared(20, 51)], [20, 6, 2]);
/// ```
pub fn shared(points: i32, companies: u32) -> i32 {
    if companies > SHARED_BY_MANY {
        points.min(SHARED_BY_MANY_POINTS)
    } else if companies > SHARED_BY_FEW {
        points / 3
    } else {
        points
    }
}
