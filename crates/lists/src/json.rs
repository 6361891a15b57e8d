//! JSON values with their members in the order of the file, and with members that are there twice.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// A JSON value. Numbers and flags are kept as their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The first member of that name.
    pub(crate) fn member(&self, name: &str) -> Option<&Json> {
        let Json::Object(members) = self else { return None };
        members
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// The values of an array, the value itself where it is none; nothing for null.
    pub(crate) fn into_values(self) -> Vec<Json> {
        match self {
            Json::Null => Vec::new(),
            Json::Array(values) => values,
            other => vec![other],
        }
    }
}

/// One line, as notes have it: `a: 1, b: (c, d)`.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Text(text) => f.write_str(text),
            Json::Array(values) => {
                let texts: Vec<String> = values.iter().map(Json::to_string).collect();
                write!(f, "({})", texts.join(", "))
            }
            Json::Object(members) => {
                let texts = members.iter().map(|(name, value)| format!("{name}: {value}"));
                f.write_str(&texts.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// How much memory a value may take before it is refused. Two bytes of a file, `0,`, are a value of some forty, so that the size
/// of a file says little.
#[derive(Clone, Copy)]
pub(crate) struct Budget<'b>(&'b Cell<usize>);

impl<'b> Budget<'b> {
    pub(crate) fn of(left: &'b Cell<usize>) -> Budget<'b> {
        Budget(left)
    }

    /// Takes the memory of a text, or of a value or a member whose text is empty.
    pub(crate) fn spend<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        let cost = text.len() + size_of::<(String, Json)>();
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or_default());
        match left {
            Some(_) => Ok(()),
            None => Err(E::custom(TOO_LARGE)),
        }
    }
}

/// What the parser says of a value that is beyond its budget.
pub(crate) const TOO_LARGE: &str = "a value is too large";

/// Reads a value within a budget.
impl<'de> DeserializeSeed<'de> for Budget<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Budget<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Json, E> {
        self.visit_string(value.to_string())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Json, E> {
        self.visit_string(value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Json, E> {
        self.visit_string(value.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Json, E> {
        if value.is_finite() {
            return self.visit_string(value.to_string());
        }
        Err(E::custom("a number is too large"))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Json, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Json, E> {
        self.spend(&value)?;
        Ok(Json::Text(value))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Json, E> {
        self.spend("")?;
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        self.spend("")?;
        let mut values = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            values.push(value);
        }
        Ok(Json::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        self.spend("")?;
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            self.spend(&name)?;
            members.push((name, map.next_value_seed(self)?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, budget: usize) -> Result<Json, String> {
        let left = Cell::new(budget);
        let mut parser = serde_json::Deserializer::from_str(text);
        Budget::of(&left)
            .deserialize(&mut parser)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn members_keep_their_order_and_are_all_kept() {
        let json = read(r#"{"b":1,"a":[true,null,"x"],"b":{"c":-2}}"#, 10_000).unwrap();
        assert_eq!(json.to_string(), "b: 1, a: (true, null, x), b: c: -2");
        assert_eq!(json.member("b").and_then(Json::text), Some("1"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(read(&"[".repeat(100_000), usize::MAX).is_err());
    }

    #[test]
    fn what_is_beyond_its_budget_is_refused_in_every_shape() {
        let many = |text: &str, count: usize| vec![text; count].join(",");
        for text in [
            format!("[{}]", many("0", 1000)),
            format!("[{}]", many("[]", 1000)),
            format!("{{{}}}", many("\"\":null", 1000)),
            format!("\"{}\"", "x".repeat(20_000)),
            format!("{{\"{}\":0}}", "x".repeat(20_000)),
        ] {
            assert!(read(&text, 20_000).unwrap_err().contains(TOO_LARGE));
            assert!(read(&text, 200_000).is_ok());
        }
    }
}
