//! Which column of which input stands where in the output.

/// The columns of all inputs, side by side with those that are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The names of the columns that are passed through, as the output writes them.
    pub names: Vec<String>,
    /// For each input and each name: which of the input's cells stands there.
    picks: Vec<Vec<Option<usize>>>,
    /// What was renamed, and why.
    pub notes: Vec<String>,
}

impl Columns {
    /// The union of the inputs' columns in the order of first appearance. A column that bears the name of an
    /// added one (`added`) is renamed; with `unique`, as JSON needs, so is one that bears the name of another.
    pub fn union(inputs: &[Vec<String>], added: &[&str], unique: bool) -> Columns {
        let mut keys: Vec<(&str, usize)> = Vec::new();
        for columns in inputs {
            for key in numbered(columns) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        let pick = |columns: &Vec<String>| {
            let own = numbered(columns);
            keys.iter().map(|key| own.iter().position(|k| k == key)).collect()
        };
        let picks = inputs.iter().map(pick).collect();
        let (names, notes) = rename(&keys, added, unique);
        Columns { names, picks, notes }
    }

    /// The cells of a record of input number `input`, one for each name; empty where the input has no such
    /// column or the record is too short.
    pub fn cells<'a>(&'a self, input: usize, cells: &'a [impl AsRef<str>]) -> impl Iterator<Item = &'a str> {
        let picks = self.picks.get(input).map(Vec::as_slice).unwrap_or_default();
        picks.iter().map(move |pick| {
            let cell = pick.and_then(|at| cells.get(at));
            cell.map_or("", AsRef::as_ref)
        })
    }
}

/// Each name with its number among equal names, so that two columns of one name stay two.
fn numbered(columns: &[String]) -> Vec<(&str, usize)> {
    let count = |at: usize, name: &str| columns.iter().take(at).filter(|c| *c == name).count();
    columns
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), count(at, name)))
        .collect()
}

fn rename(keys: &[(&str, usize)], added: &[&str], unique: bool) -> (Vec<String>, Vec<String>) {
    let mut names: Vec<String> = Vec::new();
    let mut notes = Vec::new();
    for &(original, _) in keys {
        let taken = |name: &str| {
            added.contains(&name)
                || keys.iter().any(|(key, _)| *key == name && *key != original)
                || (unique && names.iter().any(|n| n == name))
        };
        let mut name = original.to_owned();
        while taken(&name) {
            name = format!("input_{name}");
        }
        if name != original {
            notes.push(format!("the input column '{original}' is written as '{name}'"));
        }
        names.push(name);
    }
    (names, notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn columns_of_several_inputs_are_united_in_order() {
        let inputs = [strings(&["id", "name"]), strings(&["name", "born", "id"])];
        let columns = Columns::union(&inputs, &["status"], false);
        assert_eq!(columns.names, ["id", "name", "born"]);
        let cells = strings(&["Ivan", "1970", "7"]);
        assert_eq!(
            columns.cells(1, &cells).collect::<Vec<_>>(),
            ["7", "Ivan", "1970"]
        );
        let cells = strings(&["1", "Anna"]);
        assert_eq!(columns.cells(0, &cells).collect::<Vec<_>>(), ["1", "Anna", ""]);
    }

    #[test]
    fn a_column_with_the_name_of_an_added_one_is_renamed_and_noted() {
        let inputs = [strings(&["status", "input_status"])];
        let columns = Columns::union(&inputs, &["status"], false);
        assert_eq!(columns.names, ["input_input_status", "input_status"]);
        assert_eq!(columns.notes.len(), 1);
        assert!(columns.notes[0].contains("'status'"));
    }

    #[test]
    fn two_columns_of_one_name_both_stay() {
        let inputs = [strings(&["name", "name"])];
        assert_eq!(Columns::union(&inputs, &[], false).names, ["name", "name"]);
        assert_eq!(Columns::union(&inputs, &[], true).names, ["name", "input_name"]);
        let columns = Columns::union(&inputs, &[], false);
        let cells = strings(&["a", "b"]);
        assert_eq!(columns.cells(0, &cells).collect::<Vec<_>>(), ["a", "b"]);
    }
}
