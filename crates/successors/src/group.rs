use crate::examine::Entry;
use foldhash::{HashSet, HashSetExt};
use tamis_model::Company;
use xxhash_rust::xxh3::xxh3_64;

/// Puts records of a register together that are one company: those with one id that follow one another.
///
/// Holds the company that is being read, and a hash of each id before it (8 bytes, 16 with the table). An id that comes
/// back later is refused, since its first records were examined without the later ones.
///
/// # Example
/// ```
/// use tamis_model::Company;
/// use tamis_successors::Groups;
/// let mut groups = Groups::default();
/// assert_eq!(groups.push(2, Company::named("1", "One")), Ok(None));
/// assert_eq!(groups.push(3, Company::named("1", "Uno")), Ok(None));
/// let one = groups.push(4, Company::named("2", "Two")).unwrap().unwrap();
/// assert_eq!((one.line, one.company.names.len()), (2, 2));
/// assert!(groups.push(5, Company::named("1", "One")).unwrap_err().contains("sort"));
/// assert_eq!(groups.finish().unwrap().company.id, "2");
/// ```
#[derive(Debug, Default)]
pub struct Groups {
    open: Option<Entry>,
    closed: Ids,
}

#[derive(Debug)]
struct Ids(HashSet<u64>);

impl Default for Ids {
    fn default() -> Ids {
        Ids(HashSet::new())
    }
}

impl Groups {
    /// Takes the next record; gives the company before it, where that is whole now.
    ///
    /// # Errors
    /// Why the record cannot be used: its company was closed before.
    pub fn push(&mut self, line: u64, company: Company) -> Result<Option<Entry>, String> {
        if let Some(open) = self.open.as_mut().filter(|open| open.company.id == company.id) {
            open.company.merge(company);
            return Ok(None);
        }
        if self.closed.0.contains(&hash(&company.id)) {
            return Err(format!(
                "the id '{}' stands on earlier lines, with other companies between: sort the register by id",
                company.id
            ));
        }
        let before = self.open.replace(Entry { line, company });
        self.close(before.as_ref());
        Ok(before)
    }

    /// The last company.
    pub fn finish(&mut self) -> Option<Entry> {
        let last = self.open.take();
        self.close(last.as_ref());
        last
    }

    fn close(&mut self, entry: Option<&Entry>) {
        self.closed.0.extend(entry.map(|entry| hash(&entry.company.id)));
    }
}

fn hash(id: &str) -> u64 {
    xxh3_64(id.as_bytes())
}
