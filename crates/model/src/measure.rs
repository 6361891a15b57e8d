use crate::{Action, Activity, Source};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a measure prohibits, in the order of how much it forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prohibition {
    /// All dealings are prohibited and property is frozen ("blocked").
    AssetFreeze,
    /// Named transactions are prohibited: a sale, an update, a licence.
    TransactionBan,
    /// Sectoral limits on debt, equity, correspondent accounts or investment, short of a freeze.
    SectoralRestriction,
    /// Exports need a licence.
    ExportLicence,
    /// Public bodies, or operators of critical networks, may not buy.
    ProcurementBan,
    /// Entry and transit are prohibited.
    TravelBan,
    /// The sale of arms is prohibited.
    ArmsEmbargo,
    /// An official warning or notice; nothing is prohibited by it.
    Caution,
}

impl Prohibition {
    /// What a reader must know, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            Prohibition::AssetFreeze => "blocked: no dealings, property is frozen",
            Prohibition::TransactionBan => "transaction ban: named dealings are prohibited",
            Prohibition::SectoralRestriction => "sectoral restriction: some dealings are prohibited",
            Prohibition::ExportLicence => "export licence needed",
            Prohibition::ProcurementBan => "procurement ban",
            Prohibition::TravelBan => "travel ban",
            Prohibition::ArmsEmbargo => "arms embargo",
            Prohibition::Caution => "caution: nothing is prohibited by this alone",
        }
    }

    /// Whether it reaches an activity, where the measure itself does not say so.
    ///
    /// What is only prohibited in part (transactions, sectors, arms), or only warned of, reaches every activity: which
    /// part is for a person to say. An export licence is no matter of buying; it is one of paying, since a deal in
    /// what was exported without one is prohibited too (15 CFR 736.2(b)(10)).
    pub const fn reaches(self, activity: Activity) -> bool {
        match self {
            Prohibition::AssetFreeze
            | Prohibition::TransactionBan
            | Prohibition::SectoralRestriction
            | Prohibition::ArmsEmbargo
            | Prohibition::Caution => true,
            Prohibition::ExportLicence => !matches!(activity, Activity::Procurement),
            Prohibition::ProcurementBan => matches!(activity, Activity::Procurement),
            Prohibition::TravelBan => false,
        }
    }

    /// The strictest action that it can ask for. Only an asset freeze blocks: whoever is on the Entity List, or under a
    /// ban of transactions, has not lost his property.
    pub const fn strictest_action(self) -> Action {
        match self {
            Prohibition::AssetFreeze => Action::Block,
            _ => Action::Review,
        }
    }
}

/// One legal measure against an entity: what is prohibited, by whom, on what ground, from when to when.
///
/// # Example
/// ```
/// use jiff::civil::date;
/// use tamis_model::{Measure, Prohibition};
///
/// let mut measure = Measure::new("us.sdn.block", "U.S. Treasury, OFAC", Prohibition::AssetFreeze);
/// measure.from = Some(date(2024, 6, 21));
/// assert_eq!(measure.regime(), "us");
/// assert!(!measure.in_force(date(2024, 6, 20)));
/// assert!(measure.in_force(date(2024, 6, 21)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// A stable code, `<regime>.<list>.<effect>`, such as `us.sdn.block`.
    pub code: String,
    /// Who imposed it.
    pub authority: String,
    /// The programme, such as `RUSSIA-EO14024`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// The legal text it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// What it prohibits.
    pub prohibits: Prohibition,
    /// The activities that it reaches, where it names them; empty: those that follow from what it prohibits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// What that means in detail, where more is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The first day in force; `None`: the list does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day in force; `None`: still in force as far as the list says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Where the measure comes from when that is not the list itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

impl Measure {
    /// A measure with no dates and no programme yet.
    pub fn new(code: impl Into<String>, authority: impl Into<String>, prohibits: Prohibition) -> Measure {
        Measure {
            code: code.into(),
            authority: authority.into(),
            programme: None,
            legal_basis: None,
            prohibits,
            activities: Vec::new(),
            detail: None,
            from: None,
            to: None,
            source: None,
        }
    }

    /// The regime: the code up to its first dot (`us`, `un`, `eu`, `pl`, …).
    pub fn regime(&self) -> &str {
        self.code.split('.').next().unwrap_or_default()
    }

    /// Whether the measure is in force on `day`. A missing start or end counts as "in force": a gap in the
    /// data never clears anybody. Neither does a contradiction: where a measure ends before it begins, one of the two
    /// days is wrong and nothing says which, so that neither is believed.
    ///
    /// # Example
    /// ```
    /// use jiff::civil::date;
    /// use tamis_model::{Measure, Prohibition};
    ///
    /// let mut freeze = Measure::new("ua.nsdc.freeze", "President", Prohibition::AssetFreeze);
    /// (freeze.from, freeze.to) = (Some(date(2018, 6, 21)), Some(date(2018, 3, 19)));
    /// assert!(freeze.in_force(date(2018, 12, 1)) && !freeze.ended_before(date(2018, 12, 1)));
    /// freeze.to = Some(date(2021, 6, 21));
    /// assert!(!freeze.in_force(date(2018, 5, 1)) && freeze.ended_before(date(2026, 12, 1)));
    /// ```
    pub fn in_force(&self, day: Date) -> bool {
        let begun = self.from.is_none_or(|from| from <= day);
        self.ends_first() || begun && !self.ended_before(day)
    }

    /// Whether the measure was in force before `day` and is no longer.
    pub fn ended_before(&self, day: Date) -> bool {
        !self.ends_first() && self.to.is_some_and(|to| to < day)
    }

    /// Whether the measure ends before it begins, which cannot be.
    pub fn ends_first(&self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| to < from)
    }

    /// Whether the measure reaches an activity; one that is not stated is reached by every measure.
    ///
    /// # Example
    /// ```
    /// use tamis_model::{Activity, Measure, Prohibition};
    ///
    /// let mut ban = Measure::new("us.icts.ban", "BIS", Prohibition::TransactionBan);
    /// assert!(ban.reaches(Some(Activity::Payment)));
    /// ban.activities = vec![Activity::Update, Activity::Resale];
    /// assert!(ban.reaches(Some(Activity::Update)) && ban.reaches(None));
    /// assert!(!ban.reaches(Some(Activity::Payment)));
    /// ```
    pub fn reaches(&self, activity: Option<Activity>) -> bool {
        activity.is_none_or(|activity| match self.activities.as_slice() {
            [] => self.prohibits.reaches(activity),
            named => named.contains(&activity),
        })
    }

    /// How well the measure is known.
    pub fn confidence(&self) -> crate::Confidence {
        self.source
            .as_ref()
            .map_or(crate::Confidence::Verified, |s| s.confidence)
    }
}
