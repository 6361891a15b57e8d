use crate::tables::{OFAC_PROGRAMMES, UN_COMMITTEES, cell, find};
use tamis_model::{Entity, Measure, Prohibition};

/// Which of OFAC's two lists a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfacList {
    /// Specially Designated Nationals and Blocked Persons: everything is blocked.
    Sdn,
    /// The consolidated list of all the others: limits short of a block.
    Consolidated,
}

const OFAC: &str = "U.S. Treasury, OFAC";

impl OfacList {
    pub(crate) const fn id(self) -> &'static str {
        match self {
            OfacList::Sdn => "ofac-sdn",
            OfacList::Consolidated => "ofac-cons",
        }
    }

    pub(crate) const fn title(self) -> &'static str {
        match self {
            OfacList::Sdn => "OFAC Specially Designated Nationals and Blocked Persons List",
            OfacList::Consolidated => "OFAC Consolidated (non-SDN) Sanctions List",
        }
    }

    /// Tells the lists apart by the programmes of their entries, where nothing else does.
    ///
    /// Programmes such as `RUSSIA-EO14024` stand on both lists, with very different effect. So the list counts
    /// as the consolidated one only when every entry has a programme that list knows, and at least one entry
    /// has a programme that exists for that list alone (`NS-PLC`, `CMIC-EO13959`, `561-Related`, `FSE-…`). In
    /// doubt it is the SDN list: to block too much is seen at once, to block too little is not.
    pub(crate) fn of_programmes(entries: &[Vec<String>]) -> OfacList {
        let on_other =
            |programme: &String| find(&OFAC_PROGRAMMES, programme).is_some_and(|row| cell(row, 2).is_some());
        let marks = |programme: &String| {
            find(&OFAC_PROGRAMMES, programme).is_some_and(|row| cell(row, 3) == Some("yes"))
        };
        let all_possible = entries.iter().all(|programmes| programmes.iter().any(on_other));
        let some_mark = entries.iter().flatten().any(marks);
        if all_possible && some_mark {
            OfacList::Consolidated
        } else {
            OfacList::Sdn
        }
    }

    /// The measures that an entry's programmes mean on this list, one for each programme.
    pub(crate) fn measures(self, programmes: &[String], entity: &Entity) -> Vec<Measure> {
        match self {
            OfacList::Sdn if programmes.is_empty() => vec![block()],
            OfacList::Sdn => programmes.iter().map(|p| with_programme(block(), p)).collect(),
            OfacList::Consolidated if programmes.is_empty() => vec![limit("us.cons.sectoral")],
            OfacList::Consolidated => programmes
                .iter()
                .flat_map(|p| other_measures(p, entity))
                .collect(),
        }
    }
}

fn block() -> Measure {
    Measure::new("us.sdn.block", OFAC, Prohibition::AssetFreeze)
}

fn limit(code: &str) -> Measure {
    // Foreign sanctions evaders are barred from all dealings with U.S. persons, yet nothing is frozen.
    let effect = match code {
        "us.fse.ban" => Prohibition::TransactionBan,
        _ => Prohibition::SectoralRestriction,
    };
    Measure::new(code, OFAC, effect)
}

fn with_programme(mut measure: Measure, programme: &str) -> Measure {
    measure.programme = Some(programme.to_owned());
    measure.legal_basis = legal_basis(programme);
    measure
}

fn other_measures(programme: &str, entity: &Entity) -> Vec<Measure> {
    let row = find(&OFAC_PROGRAMMES, programme);
    let Some(code) = row.and_then(|row| cell(row, 2)) else {
        // Such as SDGT beside NS-PLC: this list limits, and whether the party is blocked the SDN list says.
        let mut measure = with_programme(limit("us.cons.sectoral"), programme);
        measure.detail =
            Some("a programme of the SDN list, named here on a list that blocks nothing".to_owned());
        return vec![measure];
    };
    let codes = match programme {
        "RUSSIA-EO14024" => russia_codes(entity),
        _ => vec![code],
    };
    codes
        .into_iter()
        .map(|code| with_programme(limit(code), programme))
        .collect()
}

/// E.O. 14024 has several directives: number 2 (correspondent accounts) is the CAPTA list's, numbers 1a and 3
/// (sovereign debt; debt and equity) are the menu-based list's. An entry may stand under both.
fn russia_codes(entity: &Entity) -> Vec<&'static str> {
    let under = |directive: &str| entity.notes.iter().any(|note| note.contains(directive));
    let capta = under("EO 14024 Directive 2)");
    let menu = under("EO 14024 Directive 1a)") || under("EO 14024 Directive 3)");
    let mut codes = Vec::new();
    if menu || !capta {
        codes.push("us.ns-mbs.sectoral");
    }
    if capta {
        codes.push("us.capta.sectoral");
    }
    codes
}

/// The legal text of a programme: that of the table, or the executive order that the name itself carries.
pub(crate) fn legal_basis(programme: &str) -> Option<String> {
    let row = find(&OFAC_PROGRAMMES, programme);
    if let Some(text) = row.and_then(|row| cell(row, 1)) {
        return Some(text.to_owned());
    }
    let (_, order) = programme.rsplit_once("-EO")?;
    let is_order = order.len() == 5 && order.bytes().all(|b| b.is_ascii_digit());
    is_order.then(|| format!("E.O. {order}"))
}

/// Splits OFAC's `A] [B] [C`.
pub(crate) fn split(text: &str) -> Vec<String> {
    let parts = text.split(['[', ']']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The measure of a UN committee; the flag says whether the committee is known.
pub(crate) fn un_measure(list_type: &str) -> (Measure, bool) {
    let row = find(&UN_COMMITTEES, list_type);
    let (code, effect) = match row.and_then(|row| cell(row, 2)) {
        Some("travel_ban") => ("un.sc.travel-ban", Prohibition::TravelBan),
        // All other committees freeze; one that is not known yet is taken to freeze as well.
        _ => ("un.sc.freeze", Prohibition::AssetFreeze),
    };
    let mut measure = Measure::new(code, "UN Security Council", effect);
    measure.programme = (!list_type.is_empty()).then(|| list_type.to_owned());
    measure.legal_basis = row.and_then(|row| cell(row, 3)).map(str::to_owned);
    (measure, row.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis_model::EntityKind;

    fn names(list: &[&[&str]]) -> Vec<Vec<String>> {
        list.iter()
            .map(|entry| entry.iter().map(|p| (*p).to_owned()).collect())
            .collect()
    }

    #[test]
    fn programmes_in_brackets_are_split() {
        assert_eq!(split("IRAN] [SDGT] [IRGC"), ["IRAN", "SDGT", "IRGC"]);
        assert_eq!(split("[CUBA]"), ["CUBA"]);
        assert_eq!(split("CAATSA - RUSSIA"), ["CAATSA - RUSSIA"]);
    }

    #[test]
    fn the_list_is_told_by_programmes_and_is_the_sdn_list_in_doubt() {
        let of = |list: &[&[&str]]| OfacList::of_programmes(&names(list));
        assert_eq!(
            of(&[&["UKRAINE-EO13662"], &["NS-PLC", "SDGT"]]),
            OfacList::Consolidated
        );
        assert_eq!(of(&[&["UKRAINE-EO13662"], &["RUSSIA-EO14024"]]), OfacList::Sdn);
        assert_eq!(of(&[&["NS-PLC"], &["CUBA"]]), OfacList::Sdn);
        assert_eq!(of(&[&["NS-PLC"], &[]]), OfacList::Sdn);
    }

    #[test]
    fn an_sdn_entry_is_blocked_for_every_programme() {
        let entity = Entity::new("ofac-sdn", "1", EntityKind::Organization);
        let measures = OfacList::Sdn.measures(&split("SDGT] [BELARUS-EO14038] [PAIPA"), &entity);
        let found: Vec<_> = measures
            .iter()
            .map(|m| (m.code.as_str(), m.legal_basis.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                ("us.sdn.block", Some("E.O. 13224")),
                ("us.sdn.block", Some("E.O. 14038")),
                ("us.sdn.block", None)
            ]
        );
        assert!(measures.iter().all(|m| m.prohibits == Prohibition::AssetFreeze));
        assert_eq!(OfacList::Sdn.measures(&[], &entity).len(), 1);
    }

    #[test]
    fn the_directives_of_one_order_lead_to_different_lists() {
        let codes = |notes: &[&str]| {
            let mut entity = Entity::new("ofac-cons", "1", EntityKind::Organization);
            entity.notes = notes.iter().map(|n| (*n).to_owned()).collect();
            let measures = OfacList::Consolidated.measures(&["RUSSIA-EO14024".to_owned()], &entity);
            measures.into_iter().map(|m| m.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&[]), ["us.ns-mbs.sectoral"]);
        let two = "Listing Date (EO 14024 Directive 2): 24 Feb 2022";
        let three = "Listing Date (EO 14024 Directive 3): 24 Feb 2022";
        assert_eq!(codes(&[two]), ["us.capta.sectoral"]);
        assert_eq!(codes(&[two, three]), ["us.ns-mbs.sectoral", "us.capta.sectoral"]);
    }

    #[test]
    fn guinea_bissau_is_a_travel_ban_and_an_unknown_committee_freezes() {
        assert_eq!(un_measure("GB").0.prohibits, Prohibition::TravelBan);
        let (measure, known) = un_measure("Atlantis");
        assert_eq!((measure.prohibits, known), (Prohibition::AssetFreeze, false));
        assert_eq!(
            un_measure("DPRK").0.legal_basis.as_deref(),
            Some("S/RES/1718 (2006)")
        );
    }

    #[test]
    fn the_tables_know_only_the_codes_that_are_used_here() {
        for row in OFAC_PROGRAMMES.iter() {
            assert!(cell(row, 2).is_none_or(|code| code.starts_with("us.")), "{row:?}");
            assert!(["yes", "no"].contains(&row[3].as_str()), "{row:?}");
        }
        for row in UN_COMMITTEES.iter() {
            assert_eq!(un_measure(&row[0]).0.code, row[1]);
        }
    }
}
