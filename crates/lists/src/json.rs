//! JSON values with their members in the order of the file, and with members that are there twice.

use crate::{Error, ErrorKind, File};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
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

/// A file that is one value.
pub(crate) fn parse(file: &File) -> Result<Json, Error> {
    serde_json::from_str(file.utf8()?).map_err(|error| {
        let detail = error.to_string();
        let line = error.line() as u64;
        Error::at(file.name.as_str(), line, ErrorKind::Json { detail })
    })
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

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Json, E> {
        if value.is_finite() {
            return Ok(Json::Text(value.to_string()));
        }
        Err(E::custom("a number is too large"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Json::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            members.push((name, map.next_value()?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_keep_their_order_and_are_all_kept() {
        let json: Json = serde_json::from_str(r#"{"b":1,"a":[true,null,"x"],"b":{"c":-2}}"#).unwrap();
        assert_eq!(json.to_string(), "b: 1, a: (true, null, x), b: c: -2");
        assert_eq!(json.member("b").and_then(Json::text), Some("1"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = "[".repeat(100_000);
        assert!(serde_json::from_str::<Json>(&deep).is_err());
    }
}
