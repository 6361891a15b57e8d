use crate::{BirthDate, CountryLink, Identifier};
use serde::{Deserialize, Serialize};

/// A share of a company in hundredths of a per cent, as far as a register gives it.
///
/// # Example
/// ```
/// use tamis_model::Share;
/// assert_eq!(Share::parse("62,5 %").map(|share| (share.least, share.most)), Some((6_250, 6_250)));
/// assert_eq!(Share::parse("25-50").map(|share| (share.least, share.most)), Some((2_500, 5_000)));
/// assert_eq!(Share::parse("a lot"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The least it can be.
    pub least: u16,
    /// The most it can be.
    pub most: u16,
    /// The text as written.
    pub text: String,
}

impl Share {
    /// Reads `50`, `62.5`, `62,5 %` and bands such as `25-50`. `None` when the text is no share between 0 and 100.
    pub fn parse(text: &str) -> Option<Share> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '%').collect();
        let (least, most) = plain.split_once(['-', '–']).unwrap_or((&plain, &plain));
        let (least, most) = (hundredths(least)?, hundredths(most)?);
        (least <= most && most <= 10_000).then(|| Share {
            least,
            most,
            text: text.trim().to_owned(),
        })
    }
}

/// A decimal number of per cent in hundredths; digits after the second are cut, so that 49.999 is no 50.
fn hundredths(text: &str) -> Option<u16> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let padded = format!("{part}00");
    let whole: u16 = whole.parse().ok()?;
    let part: u16 = padded.get(..2)?.parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)
}

/// Somebody who leads a company, as its register has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Officer {
    /// The name as written.
    pub name: String,
    /// The office, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The birth date, where the register gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<BirthDate>,
}

/// A person or company that owns a share of a company, as its register has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The name as written.
    pub name: String,
    /// The share; `None` is unknown, never nought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// The birth date, where the register gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<BirthDate>,
}

/// A company as a company register has it.
///
/// # Example
/// ```
/// use tamis_model::Company;
/// let company = Company::named("77-1", "Severny Veter LLC");
/// assert!(company.officers.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// The register's own key.
    pub id: String,
    /// Its names today; the first is the one shown.
    pub names: Vec<String>,
    /// Names that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<String>,
    /// Who leads it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub officers: Vec<Officer>,
    /// Who owns it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// Its addresses, each in one line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// Numbers of the register and of the tax office, websites, e-mail addresses, telephones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identifiers: Vec<Identifier>,
    /// Its products and trade names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// When it was founded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub founded: Option<BirthDate>,
    /// When it was dissolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissolved: Option<BirthDate>,
    /// Where it is registered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<CountryLink>,
    /// What else the register says of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Fields that were not understood and so not used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unused: Vec<String>,
}

impl Company {
    /// A company with nothing but a key and a name.
    pub fn named(id: impl Into<String>, name: impl Into<String>) -> Company {
        Company {
            id: id.into(),
            names: vec![name.into()],
            ..Company::default()
        }
    }

    /// The name that is shown; empty where a record has none.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// Adds what another record of the same company says. Values that stand in both are kept once.
    pub fn merge(&mut self, other: Company) {
        add(&mut self.names, other.names);
        add(&mut self.former_names, other.former_names);
        add(&mut self.officers, other.officers);
        add(&mut self.owners, other.owners);
        add(&mut self.addresses, other.addresses);
        add(&mut self.identifiers, other.identifiers);
        add(&mut self.products, other.products);
        add(&mut self.countries, other.countries);
        add(&mut self.remarks, other.remarks);
        add(&mut self.unused, other.unused);
        self.unused
            .extend(first(&mut self.founded, other.founded, "founded"));
        self.unused
            .extend(first(&mut self.dissolved, other.dissolved, "dissolved"));
    }
}

/// Keeps the first date, and says so where there is another.
fn first(kept: &mut Option<BirthDate>, other: Option<BirthDate>, field: &str) -> Option<String> {
    let other = other?;
    match kept {
        Some(date) if *date == other => None,
        Some(date) => Some(format!(
            "{field} is {} and {}: the first is used",
            date.text, other.text
        )),
        None => {
            *kept = Some(other);
            None
        }
    }
}

fn add<T: PartialEq>(into: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !into.contains(&one) {
            into.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact() {
        for (text, expected) in [
            ("50", Some((5_000, 5_000))),
            ("49.999 %", Some((4_999, 4_999))),
            ("100", Some((10_000, 10_000))),
            ("25–50 %", Some((2_500, 5_000))),
            ("101", None),
            ("50-25", None),
            ("", None),
            ("-5", None),
            ("1e2", None),
            ("99999999", None),
        ] {
            let share = Share::parse(text).map(|share| (share.least, share.most));
            assert_eq!(share, expected, "{text}");
        }
    }

    #[test]
    fn records_of_one_company_are_put_together() {
        let mut company = Company::named("1", "One");
        company.addresses.push("Here 1".to_owned());
        let mut more = Company::named("1", "One");
        more.addresses = vec!["Here 1".to_owned(), "There 2".to_owned()];
        more.founded = BirthDate::parse("2024");
        company.merge(more);
        assert_eq!(company.names, ["One"]);
        assert_eq!(company.addresses, ["Here 1", "There 2"]);
        assert!(company.founded.is_some());
    }
}
