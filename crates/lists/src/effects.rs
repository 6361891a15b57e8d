//! The words of tables and files for what is prohibited.

use tamis_model::Prohibition;

/// The words, in the order of how much they forbid.
const WORDS: [(&str, Prohibition); 8] = [
    ("asset_freeze", Prohibition::AssetFreeze),
    ("transaction_ban", Prohibition::TransactionBan),
    ("sectoral_restriction", Prohibition::SectoralRestriction),
    ("export_licence", Prohibition::ExportLicence),
    ("procurement_ban", Prohibition::ProcurementBan),
    ("travel_ban", Prohibition::TravelBan),
    ("arms_embargo", Prohibition::ArmsEmbargo),
    ("caution", Prohibition::Caution),
];

/// What a word prohibits.
pub(crate) fn prohibition(word: &str) -> Option<Prohibition> {
    let known = WORDS.iter().find(|(known, _)| *known == word);
    known.map(|(_, prohibits)| *prohibits)
}
