//! What was lost while a list was read, told without being asked.

use crate::args::Global;
use std::io::{Write, stderr};
use tamis::model::ListMeta;

/// What a remark on a loss begins with, as `tamis::lists` promises.
const MARK: &str = "WARNING: ";

/// The warnings of a list, each with its place.
pub fn of(meta: &ListMeta) -> Vec<String> {
    let warning = |remark: &tamis::model::Remark| {
        let text = remark.text.strip_prefix(MARK)?;
        Some(format!("{}: {text}", remark.place))
    };
    meta.remarks.iter().filter_map(warning).collect()
}

/// Writes the warnings of all lists to standard error, unless the run is to be quiet.
pub fn tell(metas: &[ListMeta], global: &Global) {
    if global.quiet {
        return;
    }
    let mut stderr = stderr().lock();
    for meta in metas {
        for text in of(meta) {
            // A courtesy: the summary and the page say the same.
            let _ = writeln!(stderr, "warning: {}: {text}", meta.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tamis::model::Remark;

    #[test]
    fn only_remarks_on_a_loss_are_warnings() {
        let mut meta = ListMeta::new("un", "A list", "un-xml", &[]);
        let remark = |text: &str| Remark {
            place: "a.csv".to_owned(),
            text: text.to_owned(),
        };
        meta.remarks = vec![remark("not read"), remark("WARNING: b.csv is not there")];
        assert_eq!(of(&meta), ["a.csv: b.csv is not there"]);
    }
}
