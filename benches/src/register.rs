//! A made-up company register with planted successors of listed companies, whose grades are known.

use crate::inputs::Rows;
use crate::{DAY, Error, inputs};
use std::collections::BTreeMap;
use std::path::Path;
use tamis::model::{Company, Entity, EntityKind, List, Status, Subject};
use tamis::selftest::{Customers, Seeded, Vocabulary};
use tamis::successors::{Entry, Examiner, Known, Memory, Outcome, Standing};
use tamis::{Policy, Screener};

/// The columns that are written, by the names under which `docs/successors.md` describes them.
const COLUMNS: [&str; 14] = [
    "id",
    "name",
    "former_names",
    "officers",
    "officer_births",
    "owners",
    "owner_births",
    "owner_shares",
    "addresses",
    "websites",
    "emails",
    "phones",
    "country",
    "remarks",
];

/// Rows in which one cluster stands: a listed company's own record, with what continues it, and what seems to.
const STRIDE: usize = 500;

/// Companies at the address that too many share.
const CROWD: usize = 7;

/// Names of companies that are like no listed one.
const PLAIN: [&str; 8] = [
    "Wombat Gardening",
    "Heron Joinery",
    "Maple Bakery",
    "Tundra Timber",
    "Basalt Masonry",
    "Orchid Florists",
    "Pelican Ferries",
    "Saffron Kitchens",
];

/// What was planted.
pub(crate) struct Planted {
    /// The rows of the register.
    pub rows: usize,
    /// The grade of each planted company by its id: `A`, `B`, `C`, `none` or `LISTED`.
    pub expected: BTreeMap<String, &'static str>,
}

/// A row without its id, by column.
type Row = Vec<(&'static str, String)>;

/// Listed parties whose signals are worth what they are worth: listed on the day, and sure to be recognised.
struct Parties {
    /// Name and birth date.
    people: Vec<(String, String)>,
    /// Name.
    companies: Vec<String>,
}

impl Parties {
    fn of(list: &List) -> Result<Parties, Error> {
        let screener = Screener::new(vec![list.clone()], Policy::new(DAY))?;
        let examiner = Examiner::new(&screener, Known::of(&screener)?)?;
        let of_kind = |kind| list.entities.iter().filter(move |entity| entity.kind == kind);
        let people = of_kind(EntityKind::Person).filter_map(|entity| person(entity, &screener));
        let companies = of_kind(EntityKind::Organization).filter_map(|entity| company(entity, &examiner));
        Ok(Parties {
            people: people.collect(),
            companies: companies.collect(),
        })
    }
}

fn person(entity: &Entity, screener: &Screener) -> Option<(String, String)> {
    let born = entity.birth_dates.iter().find(|born| born.from == born.to)?;
    let mut subject = Subject::named(entity.primary_name()).of_kind(EntityKind::Person);
    subject.birth_date = Some(born.clone());
    let decision = screener.screen(&subject);
    let first = decision.alerts.first()?;
    let known = decision.status == Status::Hit && first.hit.entity_id == entity.id();
    known.then(|| (entity.primary_name().to_owned(), born.from.to_string()))
}

fn company(entity: &Entity, examiner: &Examiner<'_>) -> Option<String> {
    let name = entity.primary_name();
    // What stands behind these signs is not searched for a predecessor.
    let is_plain = !name.contains([';', '(', ')', '"']) && name.split_whitespace().count() <= 8;
    let entry = Entry {
        line: 1,
        company: Company::named("1", name),
    };
    let found = examiner.examine(&entry, &mut Memory::default()).outcome;
    let listed = matches!(&found, Outcome::Listed { standing: Standing::Listed, entity_id, .. } if *entity_id == entity.id());
    (is_plain && listed).then(|| name.to_owned())
}

/// Writes a register of so many rows, and says what was planted in it.
pub(crate) fn write(path: &Path, rows: usize, list: &List, seed: u64) -> Result<Planted, Error> {
    let parties = Parties::of(list)?;
    if parties.people.is_empty() || parties.companies.is_empty() {
        return Err(Error::file(path, "the list has nobody to plant: name another"));
    }
    let vocabulary = Vocabulary::read()?;
    let mut writer = Writer {
        rows: Rows::create(path)?,
        written: 0,
        companies: 0,
    };
    let mut others = Others {
        names: Customers::new(&vocabulary, seed),
        seeded: Seeded::new(seed),
    };
    let mut expected = BTreeMap::new();
    writer.rows.write(&COLUMNS)?;
    while writer.written < rows {
        let cluster = writer.written / STRIDE;
        let planted = cluster_of(cluster, &parties);
        // A register that ends here has no room for all of one.
        if rows - writer.written >= planted.len() {
            for (grade, row) in planted {
                expected.insert(writer.company(&[row])?, grade);
            }
        }
        writer.fill(&mut others, rows.min((cluster + 1) * STRIDE))?;
    }
    writer.rows.finish()?;
    Ok(Planted { rows, expected })
}

struct Writer {
    rows: Rows,
    written: usize,
    companies: usize,
}

impl Writer {
    /// Writes the rows of one company; its id.
    fn company(&mut self, rows: &[Row]) -> Result<String, Error> {
        self.companies += 1;
        let id = format!("C{:08}", self.companies);
        for row in rows {
            let mut cells = [""; COLUMNS.len()];
            cells[0] = &id;
            for (column, text) in row {
                let at = COLUMNS.iter().position(|known| known == column);
                let cell = at.and_then(|at| cells.get_mut(at));
                *cell.ok_or_else(|| Error::Program((*column).to_owned(), "is no column".to_owned()))? = text;
            }
            self.rows.write(&cells)?;
            self.written += 1;
        }
        Ok(id)
    }

    /// Writes other companies, up to so many rows.
    fn fill(&mut self, others: &mut Others<'_>, end: usize) -> Result<(), Error> {
        while self.written < end {
            self.company(&others.company(end - self.written))?;
        }
        Ok(())
    }
}

/// Companies that have nothing to do with anybody: two rows for every fourth, as registers write a row for each officer.
struct Others<'a> {
    names: Customers<'a>,
    seeded: Seeded,
}

impl Others<'_> {
    fn company(&mut self, most: usize) -> Vec<Row> {
        let word = self.name();
        let word = word.split_whitespace().last().unwrap_or("Nova").to_owned();
        let number = self.seeded.below(100_000_000);
        let mut first = vec![
            (
                "name",
                format!(
                    "{word} {} Ltd",
                    self.pick(&["Trading", "Foods", "Transport", "Textiles"])
                ),
            ),
            (
                "addresses",
                format!(
                    "{}, Ballarat, Wombat Lane {}",
                    600_000 + number % 100_000,
                    number % 211 + 1
                ),
            ),
            ("emails", format!("office@{}{number}.example", "trader")),
            ("phones", format!("+61 {}", 500_000_000 + number)),
            (
                "country",
                self.pick(&["Australia", "Poland", "Turkey", "Cyprus"]).to_owned(),
            ),
        ];
        first.extend(self.officer());
        match most > 1 && self.seeded.chance(25) {
            true => vec![
                first,
                [vec![("name", format!("{word} Ltd"))], self.officer()].concat(),
            ],
            false => vec![first],
        }
    }

    fn officer(&mut self) -> Row {
        let mut row = vec![("officers", self.name())];
        if self.seeded.chance(50) {
            let (year, month, day) = (
                1945 + self.seeded.below(55),
                1 + self.seeded.below(12),
                1 + self.seeded.below(28),
            );
            row.push(("officer_births", format!("{year}-{month:02}-{day:02}")));
        }
        row
    }

    /// A name in one piece: `;` parts officers.
    fn name(&mut self) -> String {
        self.names.next().unwrap_or_default().replace(';', ",")
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        self.seeded.pick(words).copied().unwrap_or_default()
    }
}

/// A listed company's own record, companies that continue it, each with its grade, and companies at an address that too
/// many share. Whatever is counted over the register is this cluster's own, so that all clusters are alike.
fn cluster_of(at: usize, parties: &Parties) -> Vec<(&'static str, Row)> {
    let listed = parties
        .companies
        .get(at % parties.companies.len())
        .cloned()
        .unwrap_or_default();
    let (person, born) = parties
        .people
        .get(at % parties.people.len())
        .cloned()
        .unwrap_or_default();
    let own = format!("{}, Novgrad, Quarry Road {}", 400_000 + at, at % 97 + 1);
    let crowded = format!("{}, Novgrad, Harbour Street {}", 700_000 + at, at % 89 + 1);
    let phone = format!("+7 {}", 100_000_000 + at);
    let site = format!("www.cluster{at}.example");
    let mail = ("emails", format!("post@cluster{at}.example"));
    let record = vec![
        ("name", listed.clone()),
        ("addresses", format!("{own};{crowded}")),
        ("phones", phone.clone()),
        ("websites", site),
    ];
    let officer = vec![("officers", person.clone()), ("officer_births", born.clone())];
    let owner = vec![
        ("owners", person),
        ("owner_births", born),
        ("owner_shares", "60".to_owned()),
    ];
    let former = ("former_names", listed.clone());
    let remark = ("remarks", format!("Legal successor of {listed}"));
    let phone = ("phones", phone);
    let planted = [
        ("A", [&officer[..], &[("addresses", own)]].concat()),
        ("A", vec![mail.clone(), former.clone()]),
        ("B", officer),
        ("B", vec![former]),
        ("B", vec![remark]),
        ("B", vec![phone.clone(), mail]),
        ("C", vec![phone]),
        ("B", owner),
    ];
    let crowd = std::iter::repeat_n(("none", vec![("addresses", crowded)]), CROWD);
    let named =
        planted
            .into_iter()
            .chain(crowd)
            .zip(PLAIN.iter().cycle())
            .map(|((grade, mut row), plain)| {
                row.push(("name", format!("{plain} {at} Ltd")));
                (grade, row)
            });
    std::iter::once(("LISTED", record)).chain(named).collect()
}

/// What a report says of each company: its grade, or `LISTED`.
pub(crate) fn grades(report: &Path) -> Result<BTreeMap<String, String>, Error> {
    let bytes = inputs::read(report)?;
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    let failed = |e: csv::Error| Error::file(report, e);
    let columns = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| {
        let at = columns.iter().position(|column| column == name);
        at.ok_or_else(|| Error::file(report, format!("there is no column '{name}'")))
    };
    let (grade, id) = (column("grade")?, column("company_id")?);
    let cells = |row: csv::StringRecord| {
        let cell = |at| row.get(at).unwrap_or_default().to_owned();
        (cell(id), cell(grade))
    };
    reader
        .records()
        .map(|row| row.map(cells).map_err(failed))
        .collect()
}
