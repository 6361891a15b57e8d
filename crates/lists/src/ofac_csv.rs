//! OFAC's CSV form: entries, aliases, addresses and the continuation of long remarks in four files.
//!
//! The names tell the list: `sdn.csv`, `alt.csv`, `add.csv`, `sdn_comments.csv` are the SDN list,
//! `cons_prim.csv`, `cons_alt.csv`, `cons_add.csv`, `cons_comments.csv` the consolidated list. A main file of
//! another name is told by its programmes.
//!
//! Rows that contradict each other are kept or named in a remark, never merged and never dropped unseen:
//! - an alias or address whose entry is not in the main file is named in a remark; many such rows mean that
//!   the files are of different versions, and are an error;
//! - a second, different entry with a number that was used before becomes an entry `<number>#2` of its own;
//!   aliases and addresses of that number belong to the first.

use crate::beside::left_over;
use crate::detect::{Look, wrong_format};
use crate::file::{Title, WARNING, finish, remark, usable_name};
use crate::kinds::UnknownKinds;
use crate::ofac_rows::{self, Account, Row, Rows};
use crate::programmes::{self, OfacList};
use crate::remarks as items;
use crate::{Error, ErrorKind, File, Format, ofac_whole};
use std::collections::HashMap;
use tamis_model::{
    Address, CountryLink, CountryRelation, Entity, EntityKind, Identifier, IdentifierKind, List, Name,
    NameRole, Remark,
};

/// The names of one list's files: entries, aliases, addresses, comments.
type Names = [&'static str; 4];
const SDN: Names = ["sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"];
const CONSOLIDATED: Names = [
    "cons_prim.csv",
    "cons_alt.csv",
    "cons_add.csv",
    "cons_comments.csv",
];

/// A remark of this length is cut and goes on in the comments file (OFAC's CSV specification).
const REMARK_LIMIT: usize = 1000;

/// Up to this many rows without an entry are remarked upon; more must stay below one in a hundred. The real
/// files of August 2026 have 13 such rows in 24,920.
const FEW_ORPHANS: usize = 10;

pub(crate) fn is_list_file(lower: &str) -> bool {
    [SDN, CONSOLIDATED].iter().any(|names| names.contains(&lower))
}

pub(crate) fn is_side_file(lower: &str) -> bool {
    [SDN, CONSOLIDATED]
        .iter()
        .any(|names| names.iter().skip(1).any(|name| *name == lower))
}

pub(crate) fn main_file_missing() -> ErrorKind {
    ErrorKind::MissingFile {
        missing: "the main file (sdn.csv or cons_prim.csv)".to_owned(),
        loss: "every entry".to_owned(),
    }
}

/// The files of one list.
struct Set<'a> {
    /// The list, where the name of the main file tells it.
    list: Option<OfacList>,
    main: &'a File,
    alt: Option<&'a File>,
    add: Option<&'a File>,
    comments: Option<&'a File>,
}

impl<'a> Set<'a> {
    fn of(files: &'a [File], remarks: &mut Vec<Remark>) -> Result<Set<'a>, Error> {
        let (list, names, main) = main_file(files)?;
        let side = |at: usize| {
            files
                .iter()
                .find(|file| names.get(at) == Some(&file.lower_name().as_str()))
        };
        let set = Set {
            list,
            main,
            alt: side(1),
            add: side(2),
            comments: side(3),
        };
        if set.alt.is_none() {
            set.without_aliases(files, &names, remarks)?;
        }
        let losses = [
            (set.add, names[2], "addresses"),
            (set.comments, names[3], "the continuation of long remarks"),
        ];
        for (_, name, loss) in losses.iter().filter(|(file, ..)| file.is_none()) {
            let text = format!("{WARNING}{name} is not there: the list is read without {loss}");
            remarks.push(remark(main.name.as_str(), text));
        }
        set.whole(remarks)?;
        for file in files
            .iter()
            .filter(|file| !set.files().iter().any(|known| std::ptr::eq(*known, *file)))
        {
            remarks.push(left_over(file));
        }
        Ok(set)
    }

    fn without_aliases(&self, files: &[File], names: &Names, remarks: &mut Vec<Remark>) -> Result<(), Error> {
        if files.len() > 1 {
            let missing = names[1].to_owned();
            let loss = "all strong aliases".to_owned();
            return Err(self.main.error(ErrorKind::MissingFile { missing, loss }));
        }
        let text = format!(
            "{WARNING}WITHOUT ALIASES: only this file was given, so no strong alias can match; give the folder with {} too",
            names[1]
        );
        remarks.push(remark(self.main.name.as_str(), text));
        Ok(())
    }

    fn whole(&self, remarks: &mut Vec<Remark>) -> Result<(), Error> {
        let sides = [(self.alt, false), (self.add, false), (self.comments, true)];
        for (file, may_be_empty) in sides {
            file.map_or(Ok(()), |file| ofac_whole::side_file(file, may_be_empty))?;
        }
        ofac_whole::end_marks(self.main, &self.files(), remarks)
    }

    fn files(&self) -> Vec<&'a File> {
        [Some(self.main), self.alt, self.add, self.comments]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// The main file, and what its name says; the content must agree.
fn main_file(files: &[File]) -> Result<(Option<OfacList>, Names, &File), Error> {
    let named = |names: Names| files.iter().find(|file| file.lower_name() == names[0]);
    let found = match (named(SDN), named(CONSOLIDATED)) {
        (Some(sdn), Some(cons)) => {
            let files = format!("{}, {}", sdn.name, cons.name);
            return Err(Error::new("", ErrorKind::Ambiguous { files }));
        }
        (Some(file), None) => (Some(OfacList::Sdn), SDN, file),
        (None, Some(file)) => (Some(OfacList::Consolidated), CONSOLIDATED, file),
        (None, None) => unnamed_main_file(files)?,
    };
    match Look::at(found.2) {
        Look::List(Format::OfacCsv) => Ok(found),
        _ => Err(wrong_format(Format::OfacCsv, std::slice::from_ref(found.2))),
    }
}

fn unnamed_main_file(files: &[File]) -> Result<(Option<OfacList>, Names, &File), Error> {
    let looks: Vec<&File> = files
        .iter()
        .filter(|f| Look::at(f) == Look::List(Format::OfacCsv))
        .collect();
    let side = files.iter().find(|file| is_side_file(&file.lower_name()));
    match (looks.as_slice(), side) {
        ([one], _) => {
            let beside = |names: Names| {
                files
                    .iter()
                    .any(|file| names.contains(&file.lower_name().as_str()))
            };
            Ok((None, if beside(CONSOLIDATED) { CONSOLIDATED } else { SDN }, one))
        }
        ([], Some(side)) => Err(side.error(main_file_missing())),
        ([], None) => Err(wrong_format(Format::OfacCsv, files)),
        (several, _) => {
            let names: Vec<&str> = several.iter().map(|file| file.name.as_str()).collect();
            let files = names.join(", ");
            Err(Error::new("", ErrorKind::Ambiguous { files }))
        }
    }
}

/// Reads a list from its four files.
pub(crate) fn read(files: &[File]) -> Result<List, Error> {
    let mut remarks = Vec::new();
    let set = Set::of(files, &mut remarks)?;
    let rows = ofac_rows::read(set.main, 12, &mut remarks)?;
    if rows.is_empty() {
        return Err(set.main.error(ErrorKind::NoEntries));
    }
    let list = set.list.unwrap_or_else(|| list_of(&rows));
    let mut reading = Reading {
        list,
        entities: Vec::new(),
        index: HashMap::new(),
        kinds: UnknownKinds::default(),
        remarks,
    };
    let first_rows = reading.entries(set.main, &rows)?;
    if let Some(file) = set.alt {
        reading.aliases(file, &rows)?;
    }
    if let Some(file) = set.add {
        reading.addresses(file, &rows)?;
    }
    reading.all_remarks(&set, &rows, &first_rows)?;
    reading.measures(&rows, &first_rows);
    reading
        .kinds
        .settle(set.main, &reading.entities, &mut reading.remarks)?;
    let title = Title {
        id: list.id(),
        title: list.title(),
        format: "ofac-sdn-csv",
        published: None,
    };
    Ok(finish(title, &set.files(), reading.entities, reading.remarks))
}

fn list_of(rows: &Rows) -> OfacList {
    let programmes = rows
        .iter()
        .map(|row| programmes::split(row.get(3).unwrap_or_default()));
    OfacList::of_programmes(&programmes.collect::<Vec<_>>())
}

/// The kind that a word of OFAC's lists means.
pub(crate) fn kind_of(word: &str) -> Option<EntityKind> {
    match word.to_lowercase().as_str() {
        "individual" => Some(EntityKind::Person),
        "entity" => Some(EntityKind::Organization),
        "vessel" => Some(EntityKind::Vessel),
        "aircraft" => Some(EntityKind::Aircraft),
        _ => None,
    }
}

struct Reading {
    list: OfacList,
    entities: Vec<Entity>,
    /// The entry of each number: the first one, where a number is used twice.
    index: HashMap<String, usize>,
    kinds: UnknownKinds,
    remarks: Vec<Remark>,
}

impl Reading {
    fn remark(&mut self, file: &File, line: u64, text: String) {
        self.remarks
            .push(remark(format!("{}, line {line}", file.name), text));
    }

    /// Reads the main file; gives the number of each entity's row back.
    fn entries(&mut self, file: &File, rows: &Rows) -> Result<Vec<usize>, Error> {
        let mut account = Account {
            rows: rows.len(),
            ..Account::default()
        };
        let mut kept: Vec<usize> = Vec::new();
        let mut uses: HashMap<&str, u32> = HashMap::new();
        for (at, row) in rows.iter().enumerate() {
            let id = row.id(file)?;
            let first = self.index.get(id).and_then(|first| kept.get(*first));
            if first.is_some_and(|first| rows.row(*first).fields == row.fields) {
                self.remark(
                    file,
                    row.line,
                    format!("entry {id} stands here a second time, word for word; kept once"),
                );
                account.remarked += 1;
                continue;
            }
            let number = uses.entry(id).and_modify(|n| *n += 1).or_insert(1);
            let native = if *number == 1 {
                id.to_owned()
            } else {
                format!("{id}#{number}")
            };
            let entity = self.entry(file, row, &native)?;
            if *number > 1 {
                let name = entity.primary_name();
                let text = format!(
                    "number {id} was used before, for another entry; '{name}' is kept as {native}, and the aliases \
                     and addresses of {id} stay with the first"
                );
                self.remark(file, row.line, text);
            }
            self.index.entry(id.to_owned()).or_insert(self.entities.len());
            self.entities.push(entity);
            kept.push(at);
            account.kept += 1;
        }
        account.settle(file)?;
        Ok(kept)
    }

    fn entry(&mut self, file: &File, row: Row<'_>, native: &str) -> Result<Entity, Error> {
        let word = row.get(2).unwrap_or("entity");
        let kind = kind_of(word);
        let name = row.get(1).unwrap_or_default();
        if !usable_name(name) {
            let kind = ErrorKind::NoName {
                entry: native.to_owned(),
                name: name.to_owned(),
            };
            return Err(Error::at(file.name.as_str(), row.line, kind));
        }
        let mut entity = Entity::new(self.list.id(), native, kind.unwrap_or(EntityKind::Organization));
        add_name(Name::new(name, NameRole::Primary), &mut entity);
        if kind.is_none() {
            self.kinds.add(word, &mut entity);
            let text = format!("entry {native} is of the unknown type '{word}'");
            self.remark(file, row.line, text);
        }
        entity.positions.extend(row.get(4).map(str::to_owned));
        let vessel = Vessel {
            call_sign: row.get(5),
            flag: row.get(9),
            notes: [
                ("Vessel type", row.get(6)),
                ("Tonnage", row.get(7)),
                ("Gross registered tonnage", row.get(8)),
                ("Vessel owner", row.get(10)),
            ],
        };
        vessel.put(&mut entity);
        if row.get(3).is_none() {
            self.remark(file, row.line, format!("entry {native} has no programme"));
        }
        Ok(entity)
    }

    fn aliases(&mut self, file: &File, entries: &Rows) -> Result<(), Error> {
        let rows = ofac_rows::read(file, 5, &mut self.remarks)?;
        let mut account = Account {
            rows: rows.len(),
            ..Account::default()
        };
        let mut orphans = 0;
        for row in rows.iter() {
            let id = row.id(file)?;
            let name = row.get(3).unwrap_or_default();
            let at = self.index.get(id).copied();
            if at.is_none() || !usable_name(name) {
                orphans += usize::from(at.is_none());
                account.remarked += 1;
                let why = if at.is_none() {
                    "belongs to no entry"
                } else {
                    "is no usable name"
                };
                self.remark(
                    file,
                    row.line,
                    format!("{WARNING}alias '{name}' of {id} {why}; not kept"),
                );
                continue;
            }
            account.kept += 1;
            self.alias(file, row, at.unwrap_or_default(), name);
        }
        agree(file, orphans, rows.len())?;
        ofac_whole::holes(file, entries, &rows)?;
        account.settle(file)
    }

    fn alias(&mut self, file: &File, row: Row<'_>, at: usize, name: &str) {
        let word = row.get(2).unwrap_or_default();
        let role = match word {
            "aka" | "nka" => NameRole::StrongAlias,
            "fka" => NameRole::Former,
            other => {
                let text =
                    format!("alias '{name}' is of the unknown type '{other}'; taken as a strong alias");
                self.remark(file, row.line, text);
                NameRole::StrongAlias
            }
        };
        let mut alias = Name::new(name, role);
        alias.label = Some(word.to_owned()).filter(|word| !word.is_empty());
        if let Some(entity) = self.entities.get_mut(at) {
            let note = row.get(4).map(|text| format!("Alias {name}: {text}"));
            entity.notes.extend(note);
            add_name(alias, entity);
        }
    }

    fn addresses(&mut self, file: &File, entries: &Rows) -> Result<(), Error> {
        let rows = ofac_rows::read(file, 6, &mut self.remarks)?;
        let mut account = Account {
            rows: rows.len(),
            ..Account::default()
        };
        let (mut orphans, mut empty) = (0, 0);
        for row in rows.iter() {
            let id = row.id(file)?;
            let address = address(row);
            let entity = self.index.get(id).and_then(|at| self.entities.get_mut(*at));
            match (entity, address) {
                (_, None) => empty += 1,
                (Some(entity), Some(address)) => {
                    account.kept += 1;
                    put_address(address, entity);
                }
                (None, Some(address)) => {
                    orphans += 1;
                    account.remarked += 1;
                    let text = format!(
                        "{WARNING}address '{}' of {id} belongs to no entry; not kept",
                        address.one_line()
                    );
                    self.remark(file, row.line, text);
                }
            }
        }
        if empty > 0 {
            account.remarked += empty;
            self.remarks.push(remark(
                file.name.as_str(),
                format!("rows that hold no address: {empty}"),
            ));
        }
        agree(file, orphans, rows.len() - empty)?;
        ofac_whole::holes(file, entries, &rows)?;
        account.settle(file)
    }

    /// Reads the remarks of all entries, with their continuations in the comments file.
    fn all_remarks(&mut self, set: &Set<'_>, rows: &Rows, of_entities: &[usize]) -> Result<(), Error> {
        let mut comments = self.comments(set)?;
        let mut cut = 0;
        for (at, &number) in of_entities.iter().enumerate() {
            let row = rows.row(number);
            let text = row.raw(11);
            let rest = match self.index.get(row.fields.get(0).unwrap_or_default().trim()) {
                Some(first) if *first == at => comments.remove(first).unwrap_or_default(),
                _ => String::new(),
            };
            cut += usize::from(rest.is_empty() && is_cut(text));
            let Some(entity) = self.entities.get_mut(at) else {
                continue;
            };
            if rest.is_empty() || is_cut(text) {
                items::put(&format!("{text}{rest}"), entity, &mut self.remarks);
            } else {
                // A continuation of a remark that is complete or empty: the files differ in age.
                items::put(text, entity, &mut self.remarks);
                items::put(&rest, entity, &mut self.remarks);
                let text =
                    "the comment does not continue the remark of the main file; each is read by itself";
                self.remarks.push(remark(entity.id(), text));
            }
        }
        if cut > 0 {
            let text = format!(
                "{WARNING}remarks that are cut off, with nothing to continue them: {cut}; their last items may be incomplete"
            );
            self.remarks.push(remark(set.main.name.as_str(), text));
        }
        Ok(())
    }

    /// The texts of the comments file by entity; an id may have several rows, which follow each other.
    fn comments(&mut self, set: &Set<'_>) -> Result<HashMap<usize, String>, Error> {
        let mut comments: HashMap<usize, String> = HashMap::new();
        let Some(file) = set.comments else {
            return Ok(comments);
        };
        let rows = ofac_rows::read(file, 2, &mut self.remarks)?;
        let mut account = Account {
            rows: rows.len(),
            ..Account::default()
        };
        for row in rows.iter() {
            let id = row.id(file)?;
            match self.index.get(id) {
                Some(at) => {
                    account.kept += 1;
                    comments.entry(*at).or_default().push_str(row.raw(1));
                }
                None => {
                    account.remarked += 1;
                    self.remark(
                        file,
                        row.line,
                        format!(
                            "{WARNING}comment of {id} belongs to no entry; not kept: {}",
                            row.raw(1)
                        ),
                    );
                }
            }
        }
        account.settle(file)?;
        Ok(comments)
    }

    /// Last, since notes tell of measures too.
    fn measures(&mut self, rows: &Rows, of_entities: &[usize]) {
        for (entity, &number) in self.entities.iter_mut().zip(of_entities) {
            let programmes = programmes::split(rows.row(number).get(3).unwrap_or_default());
            entity.measures = self.list.measures(&programmes, entity);
        }
    }
}

/// Most entries have a name or two, and a list of a million holds on to no room for more.
fn add_name(name: Name, entity: &mut Entity) {
    const FEW: usize = 4;
    if entity.names.len() < FEW {
        entity.names.reserve_exact(1);
    }
    entity.names.push(name);
}

/// A remark that fills its column without a full stop goes on elsewhere.
fn is_cut(text: &str) -> bool {
    text.chars().count() >= REMARK_LIMIT
        || (!text.is_empty() && !text.trim_end().ends_with('.') && text.len() > 900)
}

/// Refuses files that do not belong together.
fn agree(file: &File, orphans: usize, rows: usize) -> Result<(), Error> {
    let many = orphans > FEW_ORPHANS && orphans * 100 > rows;
    if many || (orphans > 0 && orphans == rows) {
        return Err(file.error(ErrorKind::FilesDisagree { orphans, rows }));
    }
    Ok(())
}

fn address(row: Row<'_>) -> Option<Address> {
    let text = |column| row.get(column).map(str::to_owned);
    let address = Address {
        lines: text(2).into_iter().collect(),
        // "City/State/Province/Postal Code" in one column.
        city: text(3),
        country: text(4),
        note: text(5),
        ..Address::default()
    };
    (address != Address::default()).then_some(address)
}

/// Adds an address and, once, the link to its country.
pub(crate) fn put_address(address: Address, entity: &mut Entity) {
    if let Some(country) = &address.country {
        // OFAC writes `Region: Kashmir` where it names no country.
        let mut link = CountryLink::new(CountryRelation::Address, country.trim_start_matches("Region: "));
        link.text.clone_from(country);
        if !entity.countries.contains(&link) {
            entity.countries.push(link);
        }
    }
    entity.addresses.push(address);
}

/// The vessel columns, which the CSV and the XML form share.
pub(crate) struct Vessel<'a> {
    pub call_sign: Option<&'a str>,
    pub flag: Option<&'a str>,
    pub notes: [(&'static str, Option<&'a str>); 4],
}

impl Vessel<'_> {
    pub(crate) fn put(&self, entity: &mut Entity) {
        let sign = self
            .call_sign
            .map(|sign| Identifier::new(IdentifierKind::CallSign, sign));
        entity.identifiers.extend(sign);
        let flag = self
            .flag
            .map(|flag| CountryLink::new(CountryRelation::Flag, flag));
        entity.countries.extend(flag);
        let notes = self
            .notes
            .iter()
            .filter_map(|(what, text)| Some(format!("{what}: {}", (*text)?)));
        entity.notes.extend(notes);
    }
}
