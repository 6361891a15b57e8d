use crate::tables::{EU_PROGRAMMES, cell, find};
use tamis_model::{Measure, Prohibition};

pub(crate) const EU: &str = "Council of the European Union";

/// The measure of a programme of the EU's list of financial sanctions; the flag says whether it is known. All
/// who stand on that list are frozen, so that is what an unknown programme is taken for.
pub(crate) fn eu_measure(programme: &str) -> (Measure, bool) {
    let row = find(&EU_PROGRAMMES, programme);
    let mut measure = Measure::new("eu.fsf.freeze", EU, Prohibition::AssetFreeze);
    measure.programme = (!programme.is_empty()).then(|| programme.to_owned());
    measure.legal_basis = row.and_then(|row| cell(row, 3)).map(str::to_owned);
    (measure, row.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_has_its_regulation_and_an_unknown_one_freezes() {
        let (measure, known) = eu_measure("BLR");
        assert_eq!(
            measure.legal_basis.as_deref(),
            Some("Council Regulation (EC) No 765/2006")
        );
        assert!(known);
        let (measure, known) = eu_measure("ATL");
        assert_eq!((measure.prohibits, known), (Prohibition::AssetFreeze, false));
        assert_eq!(
            (measure.programme.as_deref(), measure.legal_basis),
            (Some("ATL"), None)
        );
    }

    #[test]
    fn the_table_knows_only_what_is_used_here() {
        for row in EU_PROGRAMMES.iter() {
            assert_eq!(
                (row[1].as_str(), row[2].as_str()),
                ("eu.fsf.freeze", "asset_freeze"),
                "{row:?}"
            );
        }
    }
}
