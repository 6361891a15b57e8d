//! From regime and effect, as the UK's lists name them, to measures.

use crate::tables::{UK_EFFECTS, UK_REGIMES, cell};
use crate::uk_fields::fold;
use jiff::civil::Date;
use tamis_model::{Measure, Prohibition};

/// One statement of a list: under this regime, these effects, from this day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Imposed {
    pub regime: Option<String>,
    pub effects: Vec<String>,
    pub from: Option<Date>,
}

/// The row of a table whose first field, or whose second, has the letters and digits of `key`.
fn row<'t>(table: &'t [Vec<String>], columns: usize, key: &str) -> Option<&'t Vec<String>> {
    let strip = |text: &str| {
        let folded = fold(text);
        folded.strip_prefix("the").map(str::to_owned).unwrap_or(folded)
    };
    let key = strip(key);
    let is = |row: &&Vec<String>| row.iter().take(columns).any(|text| strip(text) == key);
    table.iter().find(is)
}

/// The word of a table for a prohibition; one that is not known freezes.
fn prohibition(word: &str) -> Prohibition {
    match word {
        "travel_ban" => Prohibition::TravelBan,
        "arms_embargo" => Prohibition::ArmsEmbargo,
        "transaction_ban" => Prohibition::TransactionBan,
        "sectoral_restriction" => Prohibition::SectoralRestriction,
        _ => Prohibition::AssetFreeze,
    }
}

impl Imposed {
    /// One measure for each effect, and what had to be assumed.
    pub(crate) fn measures(&self, authority: &str, problems: &mut Vec<String>) -> Vec<Measure> {
        let regime = self.regime.as_deref().unwrap_or_default();
        let known = row(&UK_REGIMES, 2, regime);
        if known.is_none() {
            problems.push(format!("regime '{regime}' is not known; it is kept as written"));
        }
        let code = known.and_then(|row| cell(row, 1)).unwrap_or(regime);
        let basis = known.and_then(|row| Some(format!("{} ({})", cell(row, 0)?, cell(row, 2)?)));
        let mut effects: Vec<&str> = self.effects.iter().map(String::as_str).collect();
        if effects.is_empty() {
            let assumed = known.and_then(|row| cell(row, 3)).unwrap_or("Asset freeze");
            effects.extend(assumed.split('|'));
        }
        let measures = effects.into_iter().map(|effect| {
            let mut measure = measure(effect, authority, problems);
            measure.programme = (!code.is_empty()).then(|| code.to_owned());
            measure.legal_basis.clone_from(&basis);
            measure.from = self.from;
            measure
        });
        measures.collect()
    }
}

fn measure(effect: &str, authority: &str, problems: &mut Vec<String>) -> Measure {
    let Some(row) = row(&UK_EFFECTS, 1, effect) else {
        problems.push(format!(
            "effect '{effect}' is not known; an asset freeze is assumed"
        ));
        let mut measure = Measure::new("uk.sl.other", authority, Prohibition::AssetFreeze);
        measure.detail = Some(format!("'{effect}' is not known; an asset freeze is assumed"));
        return measure;
    };
    let code = cell(row, 1).unwrap_or("uk.sl.other");
    let mut measure = Measure::new(code, authority, prohibition(cell(row, 2).unwrap_or_default()));
    measure.detail = cell(row, 3).map(str::to_owned);
    measure
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(regime: &str, effects: &[&str]) -> (Vec<Measure>, Vec<String>) {
        let imposed = Imposed {
            regime: Some(regime.into()),
            effects: effects.iter().map(|&effect| effect.into()).collect(),
            from: None,
        };
        let mut problems = Vec::new();
        (imposed.measures("UK", &mut problems), problems)
    }

    #[test]
    fn a_regime_goes_by_its_long_and_its_short_name() {
        let long = "ISIL (Da’esh) and Al-Qaida (United Nations Sanctions) (EU Exit) Regulations 2019";
        for name in [long, "ISIL (Da'esh) and Al-Qaida"] {
            let (measures, problems) = measures(name, &["Asset freeze"]);
            assert_eq!(problems, [""; 0]);
            let programme = measures[0].programme.as_deref();
            assert_eq!(programme, Some("ISIL (Da'esh) and Al-Qaida"));
            let basis = measures[0].legal_basis.clone().unwrap_or_default();
            assert!(basis.ends_with("Regulations 2019 (S.I. 2019/466)"), "{basis}");
        }
    }

    #[test]
    fn what_is_not_known_freezes_and_says_so() {
        let (measures, problems) = measures("Atlantis", &["Ban on Kites"]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert_eq!(measures[0].prohibits, Prohibition::AssetFreeze);
        assert_eq!(measures[0].code, "uk.sl.other");
        assert_eq!(measures[0].programme.as_deref(), Some("Atlantis"));
        assert!(
            measures[0]
                .detail
                .as_deref()
                .unwrap_or_default()
                .contains("Ban on Kites")
        );
    }

    #[test]
    fn an_entry_without_effects_is_taken_to_be_frozen() {
        let (measures, _) = measures("Russia", &[]);
        assert_eq!(measures[0].code, "uk.sl.freeze");
    }

    #[test]
    fn every_effect_of_the_table_is_a_prohibition_by_its_own_word() {
        for row in UK_EFFECTS.iter() {
            let (measures, problems) = measures("Russia", &[&row[0]]);
            assert_eq!(problems, [""; 0]);
            assert_eq!(measures[0].code, row[1]);
            let word = serde_word(measures[0].prohibits);
            assert_eq!(word, row[2], "{row:?}");
        }
    }

    fn serde_word(prohibits: Prohibition) -> &'static str {
        match prohibits {
            Prohibition::AssetFreeze => "asset_freeze",
            Prohibition::TravelBan => "travel_ban",
            Prohibition::ArmsEmbargo => "arms_embargo",
            Prohibition::TransactionBan => "transaction_ban",
            Prohibition::SectoralRestriction => "sectoral_restriction",
            _ => "another",
        }
    }
}
