//! Files of JSON, read entry by entry: what is kept of a file is no more than one entry, and what stands beside them.

use crate::json::{Budget, Json, TOO_LARGE};
use crate::{Error, ErrorKind, File};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// The most memory that an entry may take, or all that stands beside the entries. The largest entry of the lists at hand has
/// a hundredth of it.
const ENTRY: usize = 8 << 20;

/// The most that a line may take, which holds an entry and all records around it.
const LINE: usize = 64 << 20;

/// A file that is one value, and no list.
pub(crate) fn parse(file: &File) -> Result<Json, Error> {
    whole(file, file.utf8()?, Budget::of(&Cell::new(ENTRY)))
}

/// A line of a file.
pub(crate) fn line(file: &File, line: u64, text: &str) -> Result<Json, Error> {
    let left = Cell::new(LINE);
    let mut parser = serde_json::Deserializer::from_str(text);
    let json = Budget::of(&left).deserialize(&mut parser);
    let json = json.and_then(|json| parser.end().map(|()| json));
    json.map_err(|error| refused(file, line, &error, LINE))
}

/// What an object says beside its array `list`, and how many entries that has.
pub(crate) fn beside(file: &File, list: &str) -> Result<(Json, usize), Error> {
    let left = Cell::new(ENTRY);
    let members = Beside {
        list,
        budget: Budget::of(&left),
    };
    whole(file, file.utf8()?, members)
}

/// Calls `each` for every entry of a file, with its number from 1: of the array that the file is, or of the array `list` of the object.
/// Gives their number.
pub(crate) fn entries(
    file: &File,
    list: Option<&str>,
    mut each: impl FnMut(usize, Json) -> Result<(), Error>,
) -> Result<usize, Error> {
    let mut failed = None;
    let mut take = |number, json| each(number, json).map_err(|error| failed = Some(error)).is_ok();
    let read = match list {
        None => whole(file, file.utf8()?, Each(&mut take)),
        Some(list) => whole(
            file,
            file.utf8()?,
            Within {
                list,
                take: &mut take,
            },
        ),
    };
    failed.map_or(read, Err)
}

/// Refuses a file of another count than it states.
pub(crate) fn stated(file: &File, about: &Json, member: &str, read: usize) -> Result<(), Error> {
    let stated = about.member(member).and_then(Json::text);
    match stated.and_then(|text| text.parse().ok()) {
        Some(stated) if stated != read => Err(file.error(ErrorKind::RecordCount { stated, read })),
        _ => Ok(()),
    }
}

/// Reads all of a text.
fn whole<'de, S: DeserializeSeed<'de>>(file: &File, text: &'de str, seed: S) -> Result<S::Value, Error> {
    let mut parser = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut parser);
    let value = value.and_then(|value| parser.end().map(|()| value));
    value.map_err(|error| refused(file, error.line() as u64, &error, ENTRY))
}

fn refused(file: &File, line: u64, error: &serde_json::Error, limit: usize) -> Error {
    let said = error.to_string();
    // The line is told before it, and counted in the file.
    let detail = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(detail, _)| detail);
    let kind = match () {
        () if detail == TOO_LARGE => ErrorKind::Limit {
            what: "an entry in memory",
            limit,
        },
        () => {
            let detail = format!("{detail}, column {}", error.column());
            match error.is_eof() {
                true => ErrorKind::Truncated { detail },
                false => ErrorKind::Json { detail },
            }
        }
    };
    Error::at(file.name.as_str(), line, kind)
}

/// Takes an entry; `false` ends the reading.
type Take<'t> = &'t mut dyn FnMut(usize, Json) -> bool;

/// The entries of an array, one by one.
struct Each<'t>(Take<'t>);

impl<'de> DeserializeSeed<'de> for Each<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Each<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let mut number = 0;
        loop {
            let left = Cell::new(ENTRY);
            let Some(json) = seq.next_element_seed(Budget::of(&left))? else {
                return Ok(number);
            };
            number += 1;
            if !(self.0)(number, json) {
                return Err(serde::de::Error::custom("refused"));
            }
        }
    }
}

/// The entries of an array in an object.
struct Within<'t> {
    list: &'t str,
    take: Take<'t>,
}

impl<'de> DeserializeSeed<'de> for Within<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Within<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the array '{}'", self.list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<usize, A::Error> {
        let mut count = None;
        while let Some(name) = map.next_key::<String>()? {
            if name == self.list {
                once(count.is_some(), self.list)?;
                count = Some(map.next_value_seed(Each(&mut *self.take))?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        count.ok_or_else(|| missing(self.list))
    }
}

/// The members of an object, but for one array, which is counted.
struct Beside<'t> {
    list: &'t str,
    budget: Budget<'t>,
}

impl<'de> DeserializeSeed<'de> for Beside<'_> {
    type Value = (Json, usize);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Beside<'_> {
    type Value = (Json, usize);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with the array '{}'", self.list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut members, mut count) = (Vec::new(), None);
        while let Some(name) = map.next_key::<String>()? {
            if name == self.list {
                once(count.is_some(), self.list)?;
                count = Some(map.next_value::<Counted>()?.0);
                continue;
            }
            self.budget.spend(&name)?;
            members.push((name, map.next_value_seed(self.budget)?));
        }
        let count = count.ok_or_else(|| missing(self.list))?;
        Ok((Json::Object(members), count))
    }
}

fn once<E: serde::de::Error>(again: bool, list: &str) -> Result<(), E> {
    match again {
        true => Err(E::custom(format!("the array '{list}' stands there twice"))),
        false => Ok(()),
    }
}

fn missing<E: serde::de::Error>(list: &str) -> E {
    E::custom(format!("the array '{list}' is missing"))
}

/// How many values an array has.
struct Counted(usize);

impl<'de> serde::Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Counted, D::Error> {
        struct Count;
        impl<'de> Visitor<'de> for Count {
            type Value = Counted;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array of entries")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Counted, A::Error> {
                let mut count = 0;
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Counted(count))
            }
        }
        deserializer.deserialize_seq(Count)
    }
}
