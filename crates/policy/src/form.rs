//! A policy as a file: TOML, read with checks, written in one canonical form.

use crate::problem::{PolicyError, Problem};
use crate::{DEFAULT_THRESHOLD, Policy, Requirement, Rule, ThresholdRule};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tamis_model::{Action, Prohibition, Score, ViaKind};
use toml::Spanned;

/// What a policy file may say.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default = "default_threshold")]
    threshold: Score,
    #[serde(default)]
    regimes: Vec<String>,
    #[serde(default)]
    unverified_alerts: bool,
    #[serde(default)]
    weak_alias_alerts: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    thresholds: Vec<Spanned<ThresholdRule>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rules: Vec<Spanned<Rule>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Spanned<Requirement>>,
}

fn default_threshold() -> Score {
    DEFAULT_THRESHOLD
}

/// The canonical text of a policy.
pub(crate) fn write(policy: &Policy) -> String {
    let policy = in_order(policy.clone());
    let form = Form {
        title: policy.title,
        threshold: policy.threshold,
        regimes: policy.regimes,
        unverified_alerts: policy.unverified_alerts,
        weak_alias_alerts: policy.weak_alias_alerts,
        thresholds: policy.thresholds.into_iter().map(nowhere).collect(),
        rules: policy.rules.into_iter().map(nowhere).collect(),
        evidence: policy.evidence.into_iter().map(nowhere).collect(),
    };
    // Texts, numbers and lists of them always have a form in TOML.
    toml::to_string(&form).unwrap_or_default()
}

fn nowhere<T>(row: T) -> Spanned<T> {
    Spanned::new(0..0, row)
}

/// The same policy with every set sorted and words in lower case, as two policies that mean the same must be equal.
fn in_order(mut policy: Policy) -> Policy {
    words(&mut policy.regimes);
    for row in &mut policy.thresholds {
        words(&mut row.lists);
        words(&mut row.customer_types);
        set(&mut row.kinds);
    }
    for row in &mut policy.rules {
        words(&mut row.regimes);
        words(&mut row.measures);
        words(&mut row.customer_types);
        set(&mut row.prohibits);
        set(&mut row.activities);
    }
    for row in &mut policy.evidence {
        words(&mut row.lists);
        words(&mut row.customer_types);
        set(&mut row.kinds);
        set(&mut row.fields);
    }
    policy
}

fn words(words: &mut Vec<String>) {
    for word in words.iter_mut() {
        *word = word.trim().to_lowercase();
    }
    set(words);
}

fn set<T: Ord>(values: &mut Vec<T>) {
    values.sort_unstable();
    values.dedup();
}

impl Policy {
    /// Reads a policy file, from its whole text, for the day `as_of`. `docs/policy.md` describes the file.
    ///
    /// # Errors
    /// [`PolicyError::Form`] when the text is not TOML of this form (an unknown key counts), [`PolicyError::Setting`]
    /// when a setting cannot stand: a rule that blocks what freezes nothing, a rule that is never reached, an empty
    /// word. The first one found is reported, with its line.
    ///
    /// # Example
    /// ```
    /// use jiff::civil::date;
    /// use tamis_policy::Policy;
    ///
    /// let policy = Policy::from_toml(
    ///     r#"
    ///     threshold = 0.85
    ///     regimes = ["us"]
    ///
    ///     [[rules]]
    ///     prohibits = ["caution"]
    ///     action = "inform"
    ///     "#,
    ///     date(2026, 11, 23),
    /// )?;
    /// assert_eq!(policy.rules.len(), 1);
    /// assert_eq!(Policy::from_toml(&policy.to_toml(), policy.as_of)?, policy);
    /// # Ok::<(), tamis_policy::PolicyError>(())
    /// ```
    pub fn from_toml(text: &str, as_of: Date) -> Result<Policy, PolicyError> {
        let form: Form = toml::from_str(text).map_err(|error| PolicyError::Form(Box::new(error)))?;
        let reader = Reader { text };
        reader.check_regimes(&form.regimes)?;
        Ok(in_order(Policy {
            threshold: form.threshold,
            as_of,
            regimes: form.regimes,
            unverified_alerts: form.unverified_alerts,
            weak_alias_alerts: form.weak_alias_alerts,
            thresholds: reader.rows(
                ("thresholds", "threshold"),
                form.thresholds,
                check_threshold,
                ThresholdRule::takes_in,
            )?,
            rules: reader.rows(("rules", "action"), form.rules, check_rule, Rule::takes_in)?,
            // All that apply must be met, so that none stands in the way of another.
            evidence: reader.rows(
                ("evidence", "otherwise"),
                form.evidence,
                check_requirement,
                |_, _| false,
            )?,
            title: form.title,
        }))
    }
}

type Checked = Result<(), (&'static str, Problem)>;

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn check_regimes(&self, regimes: &[String]) -> Result<(), PolicyError> {
        check_words("regimes", regimes).map_err(|(field, problem)| PolicyError::Setting {
            line: 1,
            place: "the file".to_owned(),
            field,
            problem,
        })
    }

    /// Reads the rows of one table, whose field `answer` says what follows; the first that applies is taken, so none may take in a later
    /// one.
    fn rows<T>(
        &self,
        (table, answer): (&str, &'static str),
        rows: Vec<Spanned<T>>,
        check: fn(&T) -> Checked,
        takes_in: fn(&T, &T) -> bool,
    ) -> Result<Vec<T>, PolicyError> {
        let mut read: Vec<T> = Vec::with_capacity(rows.len());
        for row in rows {
            let line = self.line_of(row.span().start);
            let row = row.into_inner();
            let earlier = read.iter().position(|earlier| takes_in(earlier, &row));
            let reached = earlier.map_or(Ok(()), |at| Err((answer, Problem::NeverReached(at + 1))));
            check(&row)
                .and(reached)
                .map_err(|(field, problem)| PolicyError::Setting {
                    line,
                    place: format!("{table}[{}]", read.len() + 1),
                    field,
                    problem,
                })?;
            read.push(row);
        }
        Ok(read)
    }

    fn line_of(&self, start: usize) -> usize {
        let before = self.text.as_bytes().get(..start).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

fn check_words(field: &'static str, words: &[String]) -> Checked {
    let empty = words.iter().any(|word| word.trim().is_empty());
    if empty {
        Err((field, Problem::Empty))
    } else {
        Ok(())
    }
}

fn check_threshold(row: &ThresholdRule) -> Checked {
    check_words("lists", &row.lists)?;
    check_words("customer_types", &row.customer_types)
}

fn check_rule(row: &Rule) -> Checked {
    check_words("regimes", &row.regimes)?;
    check_words("measures", &row.measures)?;
    check_words("customer_types", &row.customer_types)?;
    match row.action {
        Action::Block if row.via.is_some_and(|kind| kind != ViaKind::Owned) => {
            Err(("action", Problem::BlocksRelated))
        }
        Action::Block if row.prohibits != [Prohibition::AssetFreeze] => {
            Err(("action", Problem::BlocksTooMuch))
        }
        _ => Ok(()),
    }
}

fn check_requirement(row: &Requirement) -> Checked {
    check_words("lists", &row.lists)?;
    check_words("customer_types", &row.customer_types)?;
    match (row.fields.is_empty(), row.otherwise) {
        (true, _) => Err(("fields", Problem::NoFields)),
        (_, Action::Block) => Err(("otherwise", Problem::BlocksOtherwise)),
        _ => Ok(()),
    }
}
