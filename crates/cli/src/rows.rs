//! From decisions to rows: the columns that `tamis screen` adds, and the JSON it writes.

use crate::args::RowFormat;
use crate::behind;
use crate::cleared::ClearedFinding;
use crate::failure::Failure;
use crate::frame::{Frame, Pen};
use crate::inputs::Row;
use crate::reasons;
use crate::since::{self, Marks};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use tamis::model::{Action, Decision, Finding, Measure, Status};

/// The columns that a CSV row adds, in order. The first eight are the contract; more may follow them.
const COLUMNS: [&str; 13] = [
    "status",
    "score",
    "entity_id",
    "entity_name",
    "matched_name",
    "list",
    "measures",
    "reasons",
    "name_score",
    "flags",
    "line",
    "action",
    "relation",
];

/// The keys that a JSON record adds.
const KEYS: [&str; 7] = [
    "status",
    "action",
    "alerts",
    "information",
    "flags",
    "notes",
    "line",
];

/// What is added in a format; `since` an earlier version of the lists CSV has two columns more.
pub fn added(format: RowFormat, since: bool, show_cleared: bool) -> Vec<&'static str> {
    match format {
        RowFormat::Csv if since => [&COLUMNS[..], &since::COLUMNS].concat(),
        RowFormat::Csv => COLUMNS.to_vec(),
        RowFormat::Jsonl | RowFormat::Json if show_cleared => [&KEYS[..], &["cleared"]].concat(),
        RowFormat::Jsonl | RowFormat::Json => KEYS.to_vec(),
    }
}

/// How rows are written.
pub struct Layout {
    /// What all rows have in common.
    pub frame: Frame,
    /// What happened to the entries, where only new and changed ones are screened against.
    pub marks: Option<Marks>,
    /// Whether clear records are left out.
    pub hits_only: bool,
    /// Whether alerts that pairs clear are shown.
    pub show_cleared: bool,
}

impl Layout {
    /// Adds the rows of one record and says how many they are.
    pub fn render(
        &self,
        pen: &mut Pen,
        input: usize,
        row: &Row<'_>,
        decision: &Decision,
        cleared: &[ClearedFinding],
    ) -> Result<u64, Failure> {
        let hidden = cleared.is_empty() || !self.show_cleared;
        if self.hits_only && decision.status == Status::Clear && hidden {
            return Ok(0);
        }
        match self.frame.format {
            RowFormat::Csv => self.csv(pen, input, row, decision),
            RowFormat::Jsonl | RowFormat::Json => {
                let frame = &self.frame;
                pen.object(&Object {
                    frame,
                    marks: self.marks.as_ref(),
                    input,
                    row,
                    decision,
                    cleared: self.show_cleared.then_some(cleared),
                })?;
                Ok(1)
            }
        }
    }

    fn csv(&self, pen: &mut Pen, input: usize, row: &Row<'_>, decision: &Decision) -> Result<u64, Failure> {
        let status = decision.status.as_str();
        let line = row.line.to_string();
        let flags = reasons::flags(&decision.signals);
        let mut write =
            |matched: [&str; 6], reasons: &str, name_score: &str, action: Option<Action>, relation: &str| {
                let [score, id, name, matched_name, list, measures] = matched;
                let cells = [
                    status,
                    score,
                    id,
                    name,
                    matched_name,
                    list,
                    measures,
                    reasons,
                    name_score,
                    &flags,
                    &line,
                    action.map_or("", Action::as_str),
                    relation,
                ];
                match &self.marks {
                    None => self.frame.csv(pen, input, row, &cells),
                    Some(marks) => self
                        .frame
                        .csv(pen, input, row, &[&cells[..], &marks.cells(id)].concat()),
                }
            };
        if decision.alerts.is_empty() {
            let information = decision.information.iter().map(reasons::information);
            write(
                [""; 6],
                &all_reasons(information, decision),
                "",
                decision.action(),
                "",
            )?;
            return Ok(1);
        }
        for finding in &decision.alerts {
            let Finding { hit, measures, .. } = finding;
            let (score, name_score) = (hit.score.to_string(), hit.name_score.to_string());
            let (list, codes) = (list_of(&hit.entity_id), codes(measures).join("|"));
            let matched = [
                &score,
                &hit.entity_id,
                &hit.entity_name,
                &hit.matched_name,
                list,
                &codes,
            ];
            let aside = finding.aside.iter().cloned();
            let via = finding.via.as_deref();
            let told = via.map(behind::line).into_iter();
            let reasons = all_reasons(told.chain([reasons::line(hit)]).chain(aside), decision);
            let relation = via.map_or("", |via| via.kind.as_str());
            write(matched, &reasons, &name_score, Some(finding.action), relation)?;
        }
        Ok(decision.alerts.len() as u64)
    }
}

fn all_reasons(first: impl IntoIterator<Item = String>, decision: &Decision) -> String {
    let all: Vec<String> = first.into_iter().chain(decision.notes.iter().cloned()).collect();
    all.join("; ")
}

/// The codes of the measures that count, each once, in the order of the list.
pub fn codes(measures: &[Measure]) -> Vec<&str> {
    let mut codes: Vec<&str> = Vec::new();
    for measure in measures {
        if !codes.contains(&measure.code.as_str()) {
            codes.push(&measure.code);
        }
    }
    codes
}

/// The list's id: the part of an entity id before the first colon.
pub fn list_of(entity_id: &str) -> &str {
    entity_id.split(':').next().unwrap_or_default()
}

/// The input's cells under their own keys, then the answer.
struct Object<'a> {
    frame: &'a Frame,
    marks: Option<&'a Marks>,
    input: usize,
    row: &'a Row<'a>,
    decision: &'a Decision,
    /// Alerts that pairs clear, where they were asked for.
    cleared: Option<&'a [ClearedFinding]>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.frame.pass(&mut map, self.input, self.row)?;
        map.serialize_entry("status", &self.decision.status)?;
        map.serialize_entry("action", &self.decision.action())?;
        let (alerts, information) = (&self.decision.alerts, &self.decision.information);
        match self.marks {
            None => {
                map.serialize_entry("alerts", alerts)?;
                map.serialize_entry("information", information)?;
            }
            Some(marks) => {
                map.serialize_entry("alerts", &marks.told(alerts))?;
                map.serialize_entry("information", &marks.told(information))?;
            }
        }
        map.serialize_entry("flags", &self.decision.signals)?;
        map.serialize_entry("notes", &self.decision.notes)?;
        if let Some(cleared) = self.cleared {
            map.serialize_entry("cleared", cleared)?;
        }
        self.frame.close(&mut map, self.input, self.row)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::InputArgs;
    use crate::fixtures::hit;
    use crate::inputs::Inputs;
    use crate::source::Metered;
    use tamis::feeds::Reader;
    use tamis::model::EvasionSignal;

    const WHY: &str = "the names agree, another field conflicts: birth date 1985-03-03 / 1990-01-26";

    fn conflicting() -> Finding {
        Finding {
            hit: hit(Vec::new()),
            measures: Vec::new(),
            why: WHY.to_owned(),
            action: tamis::model::Action::Inform,
            aside: Vec::new(),
            via: None,
        }
    }

    fn clear(information: Vec<Finding>) -> Decision {
        Decision {
            status: Status::Clear,
            alerts: Vec::new(),
            information,
            signals: vec![EvasionSignal::Invisible, EvasionSignal::Leet],
            notes: Vec::new(),
        }
    }

    fn rendered(format: RowFormat, decision: &Decision) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in.csv");
        std::fs::write(&path, "name\nOleg\n").unwrap();
        let args = InputArgs {
            delimiter: None,
            encoding: None,
            mapping: Vec::new(),
            input_format: None,
            other_columns: false,
        };
        let mut inputs = Inputs::<Reader<Metered>>::open(&[path], &args).unwrap();
        let portion = inputs.next_portion(1, 1).unwrap().unwrap();
        let item = portion.items(0..1).next().unwrap();
        let layout = Layout {
            frame: Frame::new(&inputs, format, &added(format, false, false), "0".repeat(64)),
            marks: None,
            hits_only: false,
            show_cleared: false,
        };
        let mut pen = Pen::new(format);
        layout
            .render(&mut pen, item.input, &item.row, decision, &[])
            .unwrap();
        String::from_utf8(pen.bytes().unwrap()).unwrap()
    }

    #[test]
    fn a_clear_row_says_which_names_agree_and_which_field_conflicts() {
        let row = rendered(RowFormat::Csv, &clear(vec![conflicting()]));
        assert!(row.contains(&format!("information: un:1 A B: {WHY}")), "{row}");
    }

    #[test]
    fn tricks_are_flagged_on_every_row_whatever_matched() {
        let flags = "invisible characters|digits in place of letters";
        let row = rendered(RowFormat::Csv, &clear(Vec::new()));
        assert_eq!(
            row,
            format!("Oleg,CLEAR,,,,,,,,,{flags},2,,,{}\n", "0".repeat(16))
        );
        let hit = Decision {
            status: Status::Hit,
            alerts: vec![conflicting(), conflicting()],
            ..clear(Vec::new())
        };
        let rows = rendered(RowFormat::Csv, &hit);
        assert_eq!(rows.matches(flags).count(), 2, "{rows}");
        let unscreened = Decision {
            status: Status::Unscreened,
            ..clear(Vec::new())
        };
        assert!(rendered(RowFormat::Csv, &unscreened).contains(flags));
    }

    #[test]
    fn tricks_are_flagged_in_json_too() {
        let object: serde_json::Value =
            serde_json::from_str(&rendered(RowFormat::Jsonl, &clear(Vec::new()))).unwrap();
        assert_eq!(object["flags"], serde_json::json!(["invisible", "leet"]));
    }
}
