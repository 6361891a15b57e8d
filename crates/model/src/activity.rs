use serde::{Deserialize, Serialize};

/// What is to be done with a party: measures reach some dealings and leave others alone.
///
/// # Example
/// ```
/// use tamis_model::Activity;
/// assert_eq!(Activity::parse("Re-export"), Some(Activity::Export));
/// assert_eq!(Activity::parse("dealing"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Money or another asset moves to the party or from it.
    Payment,
    /// A new agreement on goods, software or services.
    Sale,
    /// Its products are sold on, licensed for that, or built into others.
    Resale,
    /// Something sold before is updated or kept running.
    Update,
    /// Goods, software or technology go to the party or to its country.
    Export,
    /// Goods, software or services are bought from the party or are of its make.
    Procurement,
}

impl Activity {
    /// Every activity.
    pub const ALL: [Activity; 6] = [
        Activity::Payment,
        Activity::Sale,
        Activity::Resale,
        Activity::Update,
        Activity::Export,
        Activity::Procurement,
    ];

    /// The word used in files and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Activity::Payment => "payment",
            Activity::Sale => "sale",
            Activity::Resale => "resale",
            Activity::Update => "update",
            Activity::Export => "export",
            Activity::Procurement => "procurement",
        }
    }

    /// Reads the words that records use, whatever their case; `None` when the word is not known. Only words that leave
    /// no doubt are known: a wrong activity would set measures aside.
    pub fn parse(word: &str) -> Option<Activity> {
        Some(match word.trim().to_lowercase().as_str() {
            "payment" | "payments" => Activity::Payment,
            "sale" | "sales" | "new sale" | "new sales" => Activity::Sale,
            "resale" | "re-sale" | "resales" => Activity::Resale,
            "update" | "updates" => Activity::Update,
            "export" | "exports" | "reexport" | "re-export" => Activity::Export,
            "procurement" | "purchase" | "purchases" => Activity::Procurement,
            _ => return None,
        })
    }
}
