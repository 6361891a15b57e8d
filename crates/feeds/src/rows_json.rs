//! Decoded lines -> JSON objects.

use crate::row::{Fault, is_blank};
use crate::text::{End, Text};
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;
use std::io::{self, Read};

/// The records of a JSON Lines input.
pub(crate) struct JsonRows<R> {
    text: Text<R>,
    limit: usize,
    line: u64,
    blank: u64,
    failed: bool,
}

/// A line of the input.
pub(crate) struct Line {
    /// Its number, from 1.
    pub line: u64,
    /// How long it is, where it is kept.
    pub bytes: usize,
    pub object: Result<Map<String, Value>, Fault>,
}

impl<R: Read> JsonRows<R> {
    pub fn new(text: Text<R>, limit: usize) -> JsonRows<R> {
        JsonRows {
            text,
            limit,
            line: 1,
            blank: 0,
            failed: false,
        }
    }

    /// Blank lines skipped so far.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// The next line that is not blank. An input that cannot be read further ends with one that says so.
    pub fn next(&mut self) -> Option<Line> {
        if self.failed {
            return None;
        }
        self.read().unwrap_or_else(|error| {
            self.failed = true;
            Some(Line {
                line: self.line,
                bytes: 0,
                object: Err(Fault::unreadable(&error)),
            })
        })
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        loop {
            let line = self.line;
            let (content, next) = match self.text.line_end(0, self.limit)? {
                End::TooLong => {
                    let (bytes, _) = self.text.discard_line()?;
                    self.line += 1;
                    return Ok(Some(Line {
                        line,
                        bytes: 0,
                        object: Err(Fault::too_long(bytes, self.limit)),
                    }));
                }
                End::Input { content } if is_blank(&self.text.window()[..content]) => return Ok(None),
                End::Input { content } => (content, content),
                End::Line { content, next } => (content, next),
            };
            let text = &self.text.window()[..content];
            let parsed = (!is_blank(text)).then(|| parse(text));
            self.text.consume(next);
            self.line += 1;
            match parsed {
                Some(object) => {
                    return Ok(Some(Line {
                        line,
                        bytes: content,
                        object,
                    }));
                }
                None => self.blank += 1,
            }
        }
    }
}

fn parse(line: &[u8]) -> Result<Map<String, Value>, Fault> {
    let object: Result<Object, serde_json::Error> = serde_json::from_slice(line);
    object.map(|object| object.0).map_err(|error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        Fault::new(format!(
            "the line is not one JSON object: {what} (character {})",
            error.column()
        ))
    })
}

/// An object in which no key stands twice: `serde_json` alone would keep the last value and drop the others.
struct Object(Map<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object such as {\"name\": \"…\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Object, A::Error> {
        let mut map = Map::new();
        while let Some((key, value)) = access.next_entry::<String, Value>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("key '{key}' stands twice")));
            }
            map.insert(key, value);
        }
        Ok(Object(map))
    }
}
