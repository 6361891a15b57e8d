//! The cells or values of a record that are used, each fit to be read.

use crate::columns::Part;
use crate::field::Spec;
use crate::{Unscreened, entities, field, mojibake};
use std::borrow::Cow;

/// A cell or value that is used.
pub(crate) struct Value<'a> {
    pub spec: &'static Spec,
    pub column: &'a str,
    pub text: Cow<'a, str>,
}

/// The used values of one record, in the order of the input.
pub(crate) struct Values<'a> {
    pub line: u64,
    pub list: Vec<Value<'a>>,
    /// What is not used, and why.
    pub unused: Vec<String>,
    /// The hash of the columns that are no fields.
    pub other_columns: Option<String>,
}

impl<'a> Values<'a> {
    /// None yet, of the record on this line.
    pub fn of(line: u64) -> Values<'a> {
        Values {
            line,
            list: Vec::new(),
            unused: Vec::new(),
            other_columns: None,
        }
    }

    pub fn add(&mut self, part: Part, column: &'a str, text: Cow<'a, str>) -> Result<(), Unscreened> {
        let Some(spec) = part else { return Ok(()) };
        if text.contains(char::REPLACEMENT_CHARACTER) {
            let reason = "it holds characters that cannot be decoded: say the encoding with --encoding, or repair the record";
            return Err(self.unscreened(column, reason.to_owned()));
        }
        if text.contains('\0') {
            return Err(self.unscreened(column, "it holds a NUL byte".to_owned()));
        }
        let text = match spec.field.is_name() {
            true => self.name(column, text)?,
            false => text,
        };
        self.list.push(Value { spec, column, text });
        Ok(())
    }

    /// A name as it is meant, or why it cannot be what is meant.
    fn name(&self, column: &str, text: Cow<'a, str>) -> Result<Cow<'a, str>, Unscreened> {
        let text = match entities::decode(&text) {
            Cow::Owned(decoded) => Cow::Owned(decoded),
            Cow::Borrowed(_) => text,
        };
        // An escape is the mark of ISO-2022-JP, other control characters that of a wrong encoding.
        let control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        if text.bytes().any(may_be_control)
            && let Some(c) = text.chars().find(control)
        {
            let reason = format!(
                "it holds a control character (U+{:04X}): say the encoding with --encoding, or repair the record",
                u32::from(c)
            );
            return Err(self.unscreened(column, reason));
        }
        if let Some(encoding) = mojibake::read_as(&text) {
            let reason = format!(
                "it looks like UTF-8 that was read as {encoding}: repair the record, or say the encoding of the file with --encoding"
            );
            return Err(self.unscreened(column, reason));
        }
        Ok(text)
    }

    pub fn add_json(
        &mut self,
        spec: &'static Spec,
        key: &'a str,
        value: &'a serde_json::Value,
    ) -> Result<(), Unscreened> {
        use serde_json::Value as Json;
        match value {
            Json::Null => Ok(()),
            Json::String(text) => self.add(Some(spec), key, Cow::Borrowed(text)),
            Json::Number(number) if is_exact(number) => {
                self.add(Some(spec), key, Cow::Owned(number.to_string()))
            }
            Json::Number(_) => {
                self.refuse(spec, key, "a number too long to be kept exactly; give it as text")
            }
            Json::Array(items) if items.iter().any(Json::is_array) => {
                self.refuse(spec, key, "an array of arrays")
            }
            Json::Array(items) => items.iter().try_for_each(|item| self.add_json(spec, key, item)),
            Json::Bool(_) => self.refuse(spec, key, "true or false, not text"),
            Json::Object(object) if field::keys_of(&spec.field).is_some() => {
                self.add_party(spec, key, object)
            }
            Json::Object(_) => self.refuse(spec, key, "an object, not text"),
        }
    }

    /// An officer or owner with birth date, role and share: one value for each, empty where there is none, so that
    /// they stay in step.
    fn add_party(
        &mut self,
        spec: &'static Spec,
        key: &'a str,
        object: &'a serde_json::Map<String, serde_json::Value>,
    ) -> Result<(), Unscreened> {
        let keys = field::keys_of(&spec.field).unwrap_or_default();
        for (name, part) in keys {
            let Some(spec) = field::COMPANY.iter().find(|spec| spec.field == *part) else {
                continue;
            };
            match object.get(*name) {
                None | Some(serde_json::Value::Null) => self.add(Some(spec), key, Cow::Borrowed(""))?,
                Some(value) => self.add_json(spec, key, value)?,
            }
        }
        let unknown = object
            .keys()
            .filter(|key| !keys.iter().any(|(name, _)| name == key));
        let notes: Vec<String> = unknown
            .map(|unknown| format!("{} ('{key}'): '{unknown}' is not used", spec.name))
            .collect();
        self.unused.extend(notes);
        Ok(())
    }

    /// A value of the wrong type: without a name there is no screening, other fields are done without.
    fn refuse(&mut self, spec: &'static Spec, key: &str, what: &str) -> Result<(), Unscreened> {
        match spec.field {
            _ if spec.field.is_name() => Err(self.unscreened(key, format!("it is {what}"))),
            _ => {
                self.unused
                    .push(format!("{} ('{key}') is {what}: not used", spec.name));
                Ok(())
            }
        }
    }

    pub fn unscreened(&self, column: &str, reason: String) -> Unscreened {
        Unscreened {
            line: self.line,
            id: None,
            field: Some(column.to_owned()),
            reason,
        }
    }
}

/// Whether a control character may begin with this byte: those of ASCII, and `C2` before the others.
fn may_be_control(byte: u8) -> bool {
    byte.is_ascii_control() || byte == 0xc2
}

/// Whether a JSON number keeps all its digits: above 2^53 a number that is no 64-bit integer was rounded.
fn is_exact(number: &serde_json::Number) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    !number.is_f64() || number.as_f64().is_some_and(|value| value.abs() < EXACT)
}
