use crate::tables::{EU_ANNEXES, EU_PROGRAMMES, cell, find};
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

/// The measure of an annex, by what the table says of the annex, else of the list's word for the measure; the
/// flag says whether either is known. What is not known is taken for a freeze.
pub(crate) fn annex_measure(celex: &str, annex: &str, word: &str) -> (Measure, bool) {
    let section = annex.split('.').next().unwrap_or_default();
    let row = find(&EU_ANNEXES, &format!("{celex} {section}")).or_else(|| find(&EU_ANNEXES, word));
    let code = row.and_then(|row| cell(row, 1)).unwrap_or("eu.annexes.freeze");
    let mut measure = Measure::new(code, EU, effect(row.and_then(|row| cell(row, 2))));
    let detail = row.and_then(|row| cell(row, 3));
    measure.detail = Some(detail.map_or(word.to_owned(), |detail| format!("{word}: {detail}")));
    measure.legal_basis = Some(format!("{}, Annex {annex}", act(celex)));
    (measure, row.is_some())
}

fn effect(word: Option<&str>) -> Prohibition {
    match word {
        Some("export_licence") => Prohibition::ExportLicence,
        Some("transaction_ban") => Prohibition::TransactionBan,
        Some("sectoral_restriction") => Prohibition::SectoralRestriction,
        _ => Prohibition::AssetFreeze,
    }
}

/// The title of the act with a CELEX number: `32014R0269` is Council Regulation (EU) No 269/2014. Regulations of
/// the Community end with 2009; since 2015 the year comes first. A number of another form stands for itself.
pub(crate) fn act(celex: &str) -> String {
    let parts = || {
        let rest = celex.strip_prefix('3')?;
        let year: u16 = rest.get(..4)?.parse().ok()?;
        let number: u32 = rest.get(5..)?.parse().ok()?;
        Some((rest.get(4..5)?, year, number))
    };
    match parts() {
        Some(("R", year, number)) if year >= 2015 => format!("Council Regulation (EU) {year}/{number}"),
        // Regulation No 1284/2009 on Guinea is of the Union, which began on 1 December 2009.
        Some(("R", year, number)) if year >= 2010 || (year == 2009 && number >= 1180) => {
            format!("Council Regulation (EU) No {number}/{year}")
        }
        Some(("R", year, number)) => format!("Council Regulation (EC) No {number}/{year}"),
        Some(("D", year, number)) => format!("Council Decision {year}/{number}/CFSP"),
        _ => celex.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_have_the_titles_that_programmes_have() {
        assert_eq!(act("32001R2580"), "Council Regulation (EC) No 2580/2001");
        assert_eq!(act("32009R1284"), "Council Regulation (EU) No 1284/2009");
        assert_eq!(act("32014R0269"), "Council Regulation (EU) No 269/2014");
        assert_eq!(act("32016R0044"), "Council Regulation (EU) 2016/44");
        assert_eq!(act("32011D0173"), "Council Decision 2011/173/CFSP");
        for other in ["", "3", "12014R0269", "3201éR0269", "32014R"] {
            assert_eq!(act(other), other);
        }
    }

    #[test]
    fn an_annex_that_is_known_goes_before_the_word_for_the_measure() {
        let read = |celex, annex, word| {
            let (measure, known) = annex_measure(celex, annex, word);
            (measure.code, measure.prohibits, known)
        };
        let sectoral = (
            "eu.annexes.sectoral".to_owned(),
            Prohibition::SectoralRestriction,
            true,
        );
        assert_eq!(read("32014R0833", "III", "Financial restrictions"), sectoral);
        let ban = (
            "eu.annexes.transaction-ban".to_owned(),
            Prohibition::TransactionBan,
            true,
        );
        assert_eq!(read("32014R0833", "XIX.B", "Financial restrictions"), ban);
        assert_eq!(read("32014R0833", "C", "Financial restrictions"), ban);
        let freeze = ("eu.annexes.freeze".to_owned(), Prohibition::AssetFreeze, false);
        assert_eq!(read("32014R0833", "C", "Sample ban"), freeze);
        for row in EU_ANNEXES.iter() {
            let words = [
                "asset_freeze",
                "export_licence",
                "transaction_ban",
                "sectoral_restriction",
            ];
            assert!(
                words.contains(&row[2].as_str()) && row[1].starts_with("eu.annexes."),
                "{row:?}"
            );
        }
    }

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
