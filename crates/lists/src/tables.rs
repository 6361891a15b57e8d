use std::sync::LazyLock;

/// A table of `data/tables`, compiled in: its rows without the header.
type Table = Vec<Vec<String>>;

/// Programmes of OFAC: programme, legal basis, code on the other lists, whether it marks those lists, source.
pub(crate) static OFAC_PROGRAMMES: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/ofac_programmes.csv")));

/// Committees of the UN Security Council: list type, code, effect, legal basis, source.
pub(crate) static UN_COMMITTEES: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/un_committees.csv")));

/// Programmes of the EU's list of financial sanctions: programme, code, effect, legal basis, source.
pub(crate) static EU_PROGRAMMES: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/eu_programmes.csv")));

/// Articles of the EU's annexes: measure, or regulation and annex; code, effect, detail, source.
pub(crate) static EU_ANNEXES: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/eu_annexes.csv")));
/// Regimes of the UK: name of the regulations, short name, number of the instrument, effects where a file names
/// none, source.
pub(crate) static UK_REGIMES: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/uk_regimes.csv")));

/// Effects of the UK Sanctions List: effect, code, prohibition, detail, source.
pub(crate) static UK_EFFECTS: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/uk_effects.csv")));

/// Schemata of FollowTheMoney: schema, part, property of either end, role of either end, source.
pub(crate) static OS_SCHEMATA: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/opensanctions_schemata.csv")));

/// Properties of parties in FollowTheMoney: property, field, source.
pub(crate) static OS_PROPERTIES: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/opensanctions_properties.csv")));

/// Topics of OpenSanctions: topic, code, effect, detail, source.
pub(crate) static OS_TOPICS: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/opensanctions_topics.csv")));

/// Words in the provisions of sanctions: words in lower case, code, effect, source.
pub(crate) static OS_EFFECTS: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/opensanctions_effects.csv")));

/// Restrictions of Ukraine's National Security and Defence Council: words in lower case, code, effect, source.
pub(crate) static UA_EFFECTS: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/ua_effects.csv")));

/// Lists of US agencies: letters, id, code, effect, authority, legal basis, detail, source.
pub(crate) static US_LISTS: LazyLock<Table> =
    LazyLock::new(|| rows(include_str!("../../../data/tables/us_lists.csv")));

// A row that cannot be read would be lost here; the test below counts the rows.
fn rows(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let records = reader.records().filter_map(Result::ok);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

/// The row whose first field is `key`.
pub(crate) fn find<'t>(table: &'t Table, key: &str) -> Option<&'t Vec<String>> {
    table
        .iter()
        .find(|row| row.first().is_some_and(|first| first == key))
}

/// A field of a row, `None` when it is empty.
pub(crate) fn cell(row: &[String], column: usize) -> Option<&str> {
    row.get(column)
        .map(String::as_str)
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(table: &Table, text: &str, fields: usize) {
        assert_eq!(table.len() + 1, text.lines().count(), "every row is read");
        for row in table {
            assert_eq!(row.len(), fields, "{row:?}");
            assert!(cell(row, fields - 1).is_some(), "{row:?} has a source");
        }
        let mut keys: Vec<&String> = table.iter().map(|row| &row[0]).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), table.len(), "keys are unique");
    }

    #[test]
    fn every_row_is_complete_unique_and_has_a_source() {
        check(
            &OFAC_PROGRAMMES,
            include_str!("../../../data/tables/ofac_programmes.csv"),
            5,
        );
        check(
            &UN_COMMITTEES,
            include_str!("../../../data/tables/un_committees.csv"),
            5,
        );
        check(
            &EU_PROGRAMMES,
            include_str!("../../../data/tables/eu_programmes.csv"),
            5,
        );
        check(
            &EU_ANNEXES,
            include_str!("../../../data/tables/eu_annexes.csv"),
            5,
        );
        check(
            &UK_REGIMES,
            include_str!("../../../data/tables/uk_regimes.csv"),
            5,
        );
        check(
            &UK_EFFECTS,
            include_str!("../../../data/tables/uk_effects.csv"),
            5,
        );
        check(
            &OS_SCHEMATA,
            include_str!("../../../data/tables/opensanctions_schemata.csv"),
            7,
        );
        check(
            &OS_PROPERTIES,
            include_str!("../../../data/tables/opensanctions_properties.csv"),
            3,
        );
        check(
            &OS_TOPICS,
            include_str!("../../../data/tables/opensanctions_topics.csv"),
            5,
        );
        check(
            &UA_EFFECTS,
            include_str!("../../../data/tables/ua_effects.csv"),
            4,
        );
        check(
            &OS_EFFECTS,
            include_str!("../../../data/tables/opensanctions_effects.csv"),
            4,
        );
    }
}
