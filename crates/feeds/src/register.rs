use crate::block::Block;
use crate::feed::Feed;
use crate::field::Field;
use crate::reader::owned;
use crate::subject::why_not;
use crate::values::{Value, Values};
use crate::words::{is_absent, is_comparable, is_placeholder};
use crate::{Error, InputFormat, Options, Unscreened, dates, field};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::io::Read;
use tamis_model::{BirthDate, Company, CountryLink, CountryRelation, Identifier, Officer, Owner, Share};

/// What parts the values of one cell. Not `|`, which people write within addresses and trade names.
const SEPARATOR: char = ';';

/// One record of a company register.
#[derive(Clone, Debug, PartialEq)]
pub struct RegisterRecord<'a> {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The cells as they came, exactly as many as there are columns; empty for JSON Lines.
    pub cells: Vec<Cow<'a, str>>,
    /// The object as it came (JSON Lines, when the line holds one).
    pub raw: Option<Cow<'a, Map<String, Json>>>,
    /// The company, or why the record cannot be examined.
    pub company: Result<Company, Unscreened>,
}

/// Records of one register, cut off and not yet understood, as [`Batch`](crate::Batch) is for customers.
pub struct RegisterBatch(Block);

impl RegisterBatch {
    /// How many records it has; at least one.
    #[expect(clippy::len_without_is_empty, reason = "it never is")]
    pub fn len(&self) -> usize {
        self.0.cuts.len()
    }

    /// Record number `at`, from 0.
    pub fn get(&self, at: usize) -> Option<RegisterRecord<'_>> {
        let row = self.0.row(at)?;
        let company = self.0.layout().values(&row).and_then(|values| company(&values));
        Some(RegisterRecord {
            line: row.line,
            raw: row.object.map(|object| Cow::Borrowed(&object.raw)),
            cells: row.cells,
            company,
        })
    }
}

/// Reads a company register from CSV or JSON Lines, with the same care for encodings, delimiters and damaged records
/// as [`Reader`](crate::Reader). `id` and `name` must be there; `docs/successors.md` describes the other columns.
///
/// Several values of a cell are separated by `;`. Births, roles and shares stand in the order of the names they belong
/// to. Every record is one company or a part of one: [`Company::merge`] puts records with the same id together.
///
/// # Example
/// ```
/// use tamis_feeds::{Options, RegisterReader};
/// let input = "id,name,officers,officer_births\n1,Severny Veter LLC,Igor Chekunov;Anna Petrova,1966-03-27;\n";
/// let mut register = RegisterReader::new(input.as_bytes(), "register.csv", Options::default())?;
/// let company = register.next_record().unwrap().company.unwrap();
/// assert_eq!(company.officers[0].born.as_ref().unwrap().text, "1966-03-27");
/// assert_eq!((company.officers[1].name.as_str(), &company.officers[1].born), ("Anna Petrova", &None));
/// # Ok::<(), tamis_feeds::Error>(())
/// ```
pub struct RegisterReader<R> {
    feed: Feed<R>,
}

impl<R: Read> RegisterReader<R> {
    /// Opens an input, as [`Reader::new`](crate::Reader::new) does.
    ///
    /// # Errors
    /// As [`Reader::new`](crate::Reader::new), when `id` or `name` is not there.
    pub fn new(input: R, name: &str, options: Options) -> Result<RegisterReader<R>, Error> {
        let feed = Feed::open(input, name, &options, field::COMPANY)?;
        Ok(RegisterReader { feed })
    }

    /// The form of the input.
    pub fn format(&self) -> InputFormat {
        self.feed.format()
    }

    /// The columns, in order; none for JSON Lines.
    pub fn columns(&self) -> &[String] {
        self.feed.columns()
    }

    /// What was detected and decided.
    pub fn notes(&self) -> &[String] {
        self.feed.notes()
    }

    /// Records returned so far.
    pub fn records(&self) -> u64 {
        self.feed.records()
    }

    /// The next record; `None` at the end.
    pub fn next_record(&mut self) -> Option<RegisterRecord<'static>> {
        let batch = self.next_batch(1, 1)?;
        let record = batch.get(0)?;
        Some(RegisterRecord {
            line: record.line,
            cells: record.cells.into_iter().map(owned).collect(),
            raw: record.raw.map(owned),
            company: record.company,
        })
    }

    /// The next records, as [`Reader::next_batch`](crate::Reader::next_batch) gives them.
    pub fn next_batch(&mut self, records: usize, bytes: usize) -> Option<RegisterBatch> {
        self.feed.next(records, bytes).map(RegisterBatch)
    }
}

impl<R: Read> Iterator for RegisterReader<R> {
    type Item = RegisterRecord<'static>;

    fn next(&mut self) -> Option<RegisterRecord<'static>> {
        self.next_record()
    }
}

/// Puts a record together. Without id and name, or where a name, birth or share cannot be given to its owner, the
/// record is not examined; other fields that are not understood are left out and said so.
fn company(values: &Values<'_>) -> Result<Company, Unscreened> {
    let mut unused = values.unused.clone();
    let company = Company {
        id: id(values)?,
        names: names(values)?,
        former_names: texts(values, &Field::FormerName),
        officers: officers(values, &mut unused)?,
        owners: owners(values, &mut unused)?,
        addresses: texts(values, &Field::Address),
        identifiers: identifiers(values),
        products: texts(values, &Field::Product),
        founded: date(values, &Field::Founded, &mut unused),
        dissolved: date(values, &Field::Dissolved, &mut unused),
        countries: countries(values, &mut unused),
        remarks: remarks(values),
        unused: Vec::new(),
    };
    Ok(Company { unused, ..company })
}

fn of<'a>(values: &'a Values<'a>, field: &'a Field) -> impl Iterator<Item = &'a Value<'a>> {
    values.list.iter().filter(move |value| value.spec.field == *field)
}

fn id(values: &Values<'_>) -> Result<String, Unscreened> {
    let value = of(values, &Field::Id).find(|value| !is_absent(&value.text));
    let reason = "the id is empty: every record needs the key of its company";
    value
        .map(|value| value.text.trim().to_owned())
        .ok_or_else(|| values.unscreened("id", reason.to_owned()))
}

/// A name may hold `;` in life, so a cell is one name.
fn names(values: &Values<'_>) -> Result<Vec<String>, Unscreened> {
    let all: Vec<&str> = of(values, &Field::Name).map(|value| value.text.trim()).collect();
    let names: Vec<String> = all
        .iter()
        .filter(|name| is_name(name))
        .map(|name| (*name).to_owned())
        .collect();
    match names.is_empty() {
        true => Err(values.unscreened("name", why_not(all.first().copied().unwrap_or_default()))),
        false => Ok(names),
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATOR).map(str::trim)
}

fn texts(values: &Values<'_>, field: &Field) -> Vec<String> {
    let all = of(values, field).flat_map(|value| split(&value.text));
    all.filter(|text| !is_absent(text)).map(str::to_owned).collect()
}

/// Remarks are sentences, which may hold `;`.
fn remarks(values: &Values<'_>) -> Vec<String> {
    let all = of(values, &Field::Remark).map(|value| value.text.trim());
    all.filter(|text| !is_absent(text)).map(str::to_owned).collect()
}

/// The values that belong to `names` by their order; all empty where there are none.
fn beside(values: &Values<'_>, field: &Field, names: usize) -> Result<Vec<String>, Unscreened> {
    let mut found: Vec<String> = of(values, field)
        .flat_map(|value| split(&value.text))
        .map(str::to_owned)
        .collect();
    if found.iter().all(|text| is_absent(text)) {
        return Ok(vec![String::new(); names]);
    }
    while found.len() > names && found.last().is_some_and(String::is_empty) {
        found.pop();
    }
    let column = of(values, field).next().map_or("", |value| value.column);
    match found.len() == names {
        true => Ok(found),
        false => Err(values.unscreened(
            column,
            format!(
                "there are {} values for {names} names: give one for each name, in the same order, separated by ';', \
                 and leave empty what is not known",
                found.len()
            ),
        )),
    }
}

/// Names as they stand, empty ones too, since their births stand in step; those at the end do not count.
fn parties(values: &Values<'_>, field: &Field) -> Vec<String> {
    let mut names: Vec<String> = of(values, field)
        .flat_map(|value| split(&value.text))
        .map(str::to_owned)
        .collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}

fn is_name(text: &str) -> bool {
    is_comparable(text) && !is_placeholder(text)
}

fn officers(values: &Values<'_>, unused: &mut Vec<String>) -> Result<Vec<Officer>, Unscreened> {
    let names = parties(values, &Field::Officer);
    let born = beside(values, &Field::OfficerBorn, names.len())?;
    let roles = beside(values, &Field::OfficerRole, names.len())?;
    let all = names.into_iter().zip(born).zip(roles);
    let named = all.filter(|((name, _), _)| is_name(name));
    let officers = named.map(|((name, born), role)| Officer {
        name,
        role: Some(role).filter(|role| !is_absent(role)),
        born: born_on("officer_births", &born, unused),
    });
    Ok(officers.collect())
}

fn owners(values: &Values<'_>, unused: &mut Vec<String>) -> Result<Vec<Owner>, Unscreened> {
    let names = parties(values, &Field::Owner);
    let born = beside(values, &Field::OwnerBorn, names.len())?;
    let shares = beside(values, &Field::OwnerShare, names.len())?;
    let all = names.into_iter().zip(born).zip(shares);
    let named: Vec<((String, String), String)> = all.filter(|((name, _), _)| is_name(name)).collect();
    let owners = named.into_iter().map(|((name, born), share)| Owner {
        name,
        share: share_of(&share, unused),
        born: born_on("owner_births", &born, unused),
    });
    Ok(owners.collect())
}

fn share_of(text: &str, unused: &mut Vec<String>) -> Option<Share> {
    let share = Share::parse(text);
    if share.is_none() && !is_absent(text) {
        unused.push(format!(
            "owner_shares '{text}' is not a share between 0 and 100 per cent: not used"
        ));
    }
    share
}

fn born_on(field: &str, text: &str, unused: &mut Vec<String>) -> Option<BirthDate> {
    if is_absent(text) {
        return None;
    }
    let date = BirthDate::parse(text).filter(|date| !dates::is_placeholder(date));
    if date.is_none() {
        unused.push(format!("{field} '{text}' is not a date: not used"));
    }
    date
}

fn date(values: &Values<'_>, field: &Field, unused: &mut Vec<String>) -> Option<BirthDate> {
    let mut all = of(values, field).filter(|value| !is_absent(&value.text));
    let first = all.next()?;
    let more = all.map(|value| format!("a second {} '{}' is not used", value.spec.name, value.text.trim()));
    unused.extend(more);
    born_on(first.spec.name, &first.text, unused)
}

fn identifiers(values: &Values<'_>) -> Vec<Identifier> {
    let mut found = Vec::new();
    for value in &values.list {
        let Field::Identifier(kind) = &value.spec.field else {
            continue;
        };
        let numbers = split(&value.text).filter(|number| !is_absent(number));
        found.extend(numbers.map(|number| Identifier {
            label: Some(value.column.to_owned()),
            ..Identifier::new(kind.clone(), number)
        }));
    }
    found
}

fn countries(values: &Values<'_>, unused: &mut Vec<String>) -> Vec<CountryLink> {
    let relation = CountryRelation::Registration;
    let texts = texts(values, &Field::Country(relation));
    let links: Vec<CountryLink> = texts
        .iter()
        .map(|text| CountryLink::new(relation, text))
        .collect();
    let unknown = links.iter().filter(|link| link.code.is_none());
    unused.extend(unknown.map(|link| format!("country '{}' is not a known country: not used", link.text)));
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<Company, Unscreened>> {
        let reader = RegisterReader::new(text.as_bytes(), "register.csv", Options::default()).unwrap();
        reader.map(|record| record.company).collect()
    }

    #[test]
    fn bad_records_are_told_by_line_and_column_and_take_no_neighbour_with_them() {
        let text = "id,name,officers,officer_births\n\
                    1,One,A Petrova;B Petrov,1970\n\
                    ,Two,,\n\
                    3,***,,\n\
                    4,Four\n\
                    5,Five,C Petrov,\n";
        let told: Vec<String> = read(text)
            .into_iter()
            .map(|company| company.map_or_else(|e| e.to_string(), |company| company.id))
            .collect();
        assert!(
            told[0].starts_with("line 2, officer_births: there are 1 values for 2 names"),
            "{}",
            told[0]
        );
        assert!(told[1].starts_with("line 3, id: the id is empty"), "{}", told[1]);
        assert!(
            told[2].starts_with("line 4, name: nothing to compare"),
            "{}",
            told[2]
        );
        assert!(
            told[3].starts_with("line 5: 2 fields, header has 4"),
            "{}",
            told[3]
        );
        assert_eq!(told[4], "5");
    }

    #[test]
    fn both_formats_give_one_company() {
        let csv = "id,name,officers,officer_births,officer_roles,owners,owner_shares,addresses,phones,founded,country\n\
                   1,One,Anna Petrova;Igor Chekunov,;1966-03-27,secretary;director,Two Ltd,25-50,Here 1;There 2,+1 555,2024-09,Russia\n";
        let json = r#"{"id":"1","name":"One","officers":[{"name":"Anna Petrova","role":"secretary"},{"name":"Igor Chekunov","born":"1966-03-27","role":"director"}],"owners":[{"name":"Two Ltd","share":"25-50"}],"addresses":["Here 1","There 2"],"phones":"+1 555","founded":"2024-09","country":"Russia"}"#;
        let (csv, json) = (read(csv), read(json));
        assert_eq!(csv, json);
        let company = csv[0].as_ref().unwrap();
        assert_eq!(company.officers[1].role.as_deref(), Some("director"));
        assert_eq!(
            company.owners[0].share.as_ref().map(|share| share.least),
            Some(2_500)
        );
        assert_eq!(company.unused, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let text = "id,name,founded,country,owners,owner_shares\n1,One,soon,Atlantis,Two,much\n";
        let company = read(text).remove(0).unwrap();
        assert_eq!(company.unused.len(), 3, "{:?}", company.unused);
        assert!(company.owners[0].share.is_none());
    }

    #[test]
    fn a_file_without_ids_is_refused_with_the_remedy() {
        let Err(error) = RegisterReader::new("name\nOne\n".as_bytes(), "register.csv", Options::default())
        else {
            panic!("a register without ids was opened")
        };
        assert!(error.to_string().contains("--map id=COLUMN"), "{error}");
    }
}
