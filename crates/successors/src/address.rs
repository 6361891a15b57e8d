//! Addresses in the form in which they are compared: numbers by what they count, words by how they sound.
//!
//! A listed address is `39A Leningradskoe Highway, Building 2, Moscow, 125212`, a register writes `125212, г. Москва,
//! Ленинградское ш., д. 39А, стр. 2, офис 5`. Words are compared by their coarse keys and places by their meaning, both
//! of `names`, so that scripts and spellings do not matter.

use crate::tables::{AddressRole, address_role};
use foldhash::{HashMap, HashSet};
use tamis_model::{Address, country_code};
use tamis_names::{Class, Domain, NameForm, coarse_key};

/// Digits of a number that can be a postal code. Shorter ones cannot be told from the number of a house.
const POSTCODE: std::ops::RangeInclusive<usize> = 5..=6;

/// Words of places that a thread remembers before it starts anew; some megabytes.
const REMEMBERED: usize = 1 << 16;

/// Place words that must agree where a postal code does too, and where none does.
const PLACES_WITH_POSTCODE: usize = 1;
const PLACES_WITHOUT: usize = 2;

/// An address, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AddressForm {
    postcode: Option<String>,
    house: Vec<String>,
    block: Vec<String>,
    unit: Vec<String>,
    places: Vec<Vec<u8>>,
}

/// How words of places sound, remembered.
#[derive(Debug, Default)]
pub(crate) struct Places(HashMap<String, Vec<u8>>);

impl Places {
    fn key(&mut self, word: &str) -> Vec<u8> {
        if let Some(key) = self.0.get(word) {
            return key.clone();
        }
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        let key = sound(word);
        self.0.insert(word.to_owned(), key.clone());
        key
    }
}

/// A place by its meaning, where the tables know it, else a word by its coarse key.
fn sound(word: &str) -> Vec<u8> {
    let form = NameForm::new(word, Domain::Organization);
    let Some(token) = form.tokens.first() else {
        return word.as_bytes().to_vec();
    };
    let coarse = token.keys.first().map(|key| coarse_key(key)).unwrap_or_default();
    match token.class {
        Class::Geographic | Class::Generic => token.meaning.as_bytes().to_vec(),
        _ if coarse.len() > 1 => coarse,
        _ => token.latin.as_bytes().to_vec(),
    }
}

/// A piece of an address.
enum Piece {
    /// A number with the letters that belong to it, in Latin capitals.
    Number(String),
    /// A word, in lower case.
    Word(String),
}

/// How two addresses agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Same {
    /// The same building.
    Building,
    /// The same room or floor, too.
    Unit,
}

impl AddressForm {
    /// An address that a list has taken apart, wholly or in part.
    pub(crate) fn listed(address: &Address, places: &mut Places) -> AddressForm {
        let parts = address.lines.iter().chain(&address.city).chain(&address.region);
        let text = parts.map(String::as_str).collect::<Vec<_>>().join(", ");
        let mut form = AddressForm::read(&text, places);
        if let Some(code) = &address.postal_code {
            form.postcode = Some(plain(code));
        }
        form
    }

    /// An address in one line. Takes time linear in the text.
    pub(crate) fn read(text: &str, places: &mut Places) -> AddressForm {
        let mut form = AddressForm::default();
        let segments = text
            .split([',', ';', '\n'])
            .filter(|segment| country_code(segment).is_none());
        for segment in segments {
            form.add(&form.without_postcode(segment), places);
        }
        for part in [&mut form.house, &mut form.block, &mut form.unit] {
            part.sort_unstable();
            part.dedup();
        }
        form.places.sort_unstable();
        form.places.dedup();
        form
    }

    /// A segment, with a British postal code (`W2 6BD`) taken as one number.
    fn without_postcode(&self, segment: &str) -> Vec<Piece> {
        let words: Vec<&str> = segment.split_whitespace().collect();
        let british = |pair: &[&str]| matches!(pair, [out, back] if is_outward(out) && is_inward(back));
        match words.windows(2).position(british) {
            Some(at) => {
                let code = plain(&words.get(at..at + 2).unwrap_or_default().concat());
                let rest: Vec<&str> = words
                    .iter()
                    .take(at)
                    .chain(words.iter().skip(at + 2))
                    .copied()
                    .collect();
                let mut pieces = pieces(&rest.join(" "));
                pieces.push(Piece::Number(code));
                pieces
            }
            None => pieces(segment),
        }
    }

    fn add(&mut self, pieces: &[Piece], places: &mut Places) {
        let mut before: Option<AddressRole> = None;
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Number(number) => {
                    let floor =
                        before.is_none() && is_unit(pieces.get(at + 1)) && !is_number(pieces.get(at + 2));
                    self.add_number(number, if floor { Some(AddressRole::Unit) } else { before });
                    before = None;
                }
                Piece::Word(word) => {
                    before = address_role(word);
                    if before.is_none() && word.chars().count() > 1 {
                        self.places.push(places.key(word));
                    }
                }
            }
        }
    }

    fn add_number(&mut self, number: &str, role: Option<AddressRole>) {
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        let is_code = digits && POSTCODE.contains(&number.len()) || is_british(number);
        let into = match role {
            Some(AddressRole::Block) => &mut self.block,
            Some(AddressRole::Unit) => &mut self.unit,
            _ if is_code => {
                self.postcode = Some(number.to_owned());
                return;
            }
            _ => &mut self.house,
        };
        into.push(number.to_owned());
    }

    /// Whether there is a house and a place to compare; a city alone is shared by millions.
    pub(crate) fn is_exact(&self) -> bool {
        !self.house.is_empty() && !self.places.is_empty()
    }

    /// How this address agrees with another; symmetric.
    ///
    /// Postal codes, houses and blocks must not contradict each other; a house and one word of the place must agree, or
    /// two words where no postal code does.
    pub(crate) fn compare(&self, other: &AddressForm) -> Option<Same> {
        let postcode = match (&self.postcode, &other.postcode) {
            (Some(one), Some(two)) if one != two => return None,
            (Some(_), Some(_)) => true,
            _ => false,
        };
        let blocks = self.block.is_empty() || other.block.is_empty() || shared(&self.block, &other.block) > 0;
        let needed = if postcode {
            PLACES_WITH_POSTCODE
        } else {
            PLACES_WITHOUT
        };
        let same =
            blocks && within(&self.house, &other.house) && shared(&self.places, &other.places) >= needed;
        let unit = shared(&self.unit, &other.unit) > 0;
        same.then_some(if unit { Same::Unit } else { Same::Building })
    }

    /// What an address is looked up by: each house with each word of the place.
    fn pairs(&self) -> impl Iterator<Item = u64> {
        self.house.iter().flat_map(|house| {
            self.places.iter().map(move |place| {
                let bytes = [house.as_bytes(), b"\n", place.as_slice()].concat();
                xxhash_rust::xxh3::xxh3_64(&bytes)
            })
        })
    }

    /// What companies at this address are counted by.
    pub(crate) fn key(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?}",
            self.postcode, self.house, self.block, self.places
        )
    }
}

fn is_unit(piece: Option<&Piece>) -> bool {
    matches!(piece, Some(Piece::Word(word)) if address_role(word) == Some(AddressRole::Unit))
}

fn is_number(piece: Option<&Piece>) -> bool {
    matches!(piece, Some(Piece::Number(_)))
}

fn shared<T: PartialEq>(one: &[T], two: &[T]) -> usize {
    one.iter().filter(|item| two.contains(item)).count()
}

/// Whether all numbers of the one are numbers of the other: `12, 1010` and `14, 1010` are two houses.
fn within(one: &[String], two: &[String]) -> bool {
    let least = one.len().min(two.len());
    least > 0 && shared(one, two) == least
}

fn plain(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

fn is_outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digit = word.as_bytes().get(letters).is_some_and(u8::is_ascii_digit);
    (1..=2).contains(&letters) && (2..=4).contains(&word.len()) && digit
}

fn is_inward(word: &str) -> bool {
    matches!(word.as_bytes(), [digit, one, two] if digit.is_ascii_digit() && one.is_ascii_alphabetic() && two.is_ascii_alphabetic())
}

fn is_british(number: &str) -> bool {
    let cut = number.len().saturating_sub(3);
    number.is_ascii()
        && number
            .split_at_checked(cut)
            .is_some_and(|(out, back)| is_outward(out) && is_inward(back))
}

/// Words and numbers in their order; a letter behind a number belongs to it (`39 А`).
fn pieces(text: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let lower = word.to_lowercase();
        let letter = lower.chars().count() == 1 && !lower.chars().any(char::is_numeric);
        match found.last_mut() {
            _ if lower.chars().any(|c| c.is_ascii_digit()) => found.push(Piece::Number(capitals(&lower))),
            Some(Piece::Number(number))
                if letter && address_role(&lower).is_none() && ends_in_digit(number) =>
            {
                number.push_str(&capitals(&lower));
            }
            _ => found.push(Piece::Word(lower)),
        }
    }
    found
}

fn ends_in_digit(number: &str) -> bool {
    number.bytes().next_back().is_some_and(|b| b.is_ascii_digit())
}

/// Digits and letters, the letters in Latin capitals.
fn capitals(word: &str) -> String {
    word.chars().map(latin).collect()
}

fn latin(c: char) -> String {
    if c.is_ascii() || !c.is_alphabetic() {
        return c.to_ascii_uppercase().to_string();
    }
    let form = NameForm::new(&c.to_string(), Domain::Object);
    // A letter that stands for a number stays one letter: the digits of a house are those that are written.
    let letters = form.tokens.iter().flat_map(|token| token.latin.chars());
    letters
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

/// Addresses of listed parties, to be found by others.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    forms: Vec<AddressForm>,
    /// The digits with which their houses begin: most addresses have none of these, and need not be taken apart.
    digits: HashSet<String>,
    by_pair: HashMap<u64, Vec<u32>>,
}

impl Addresses {
    /// Adds an address and gives its number; `None` where it is not exact enough to be compared.
    pub(crate) fn add(&mut self, form: AddressForm) -> Option<usize> {
        let at = u32::try_from(self.forms.len()).ok().filter(|_| form.is_exact())?;
        self.digits
            .extend(form.house.iter().map(|house| leading_digits(house)));
        for pair in form.pairs() {
            let list = self.by_pair.entry(pair).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        self.forms.push(form);
        usize::try_from(at).ok()
    }

    pub(crate) fn form(&self, at: usize) -> Option<&AddressForm> {
        self.forms.get(at)
    }

    /// The addresses that agree with `text`, by number and in order.
    pub(crate) fn find(&self, text: &str, places: &mut Places) -> Vec<(usize, Same)> {
        if !self.may_hold(text) {
            return Vec::new();
        }
        let form = AddressForm::read(text, places);
        let mut near: Vec<u32> = form
            .pairs()
            .filter_map(|pair| self.by_pair.get(&pair))
            .flatten()
            .copied()
            .collect();
        near.sort_unstable();
        near.dedup();
        let near = near.into_iter().filter_map(|at| usize::try_from(at).ok());
        near.filter_map(|at| Some((at, self.forms.get(at)?.compare(&form)?)))
            .collect()
    }

    fn may_hold(&self, text: &str) -> bool {
        let numbers = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|digits| !digits.is_empty());
        // What is no plain letter may be read as a digit (`３９`), or as nothing, so that digits beside it are one number.
        let is_plain = |c: char| c.is_ascii() || (c.is_alphabetic() && c < '\u{3000}');
        let mut read_apart = numbers.into_iter().map(|digits| self.digits.contains(digits));
        !self.digits.is_empty() && (read_apart.any(|held| held) || !text.chars().all(is_plain))
    }
}

fn leading_digits(house: &str) -> String {
    let start = house.trim_start_matches(|c: char| !c.is_ascii_digit());
    start.chars().take_while(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(one: &str, two: &str) -> Option<Same> {
        let mut places = Places::default();
        let (one, two) = (
            AddressForm::read(one, &mut places),
            AddressForm::read(two, &mut places),
        );
        assert_eq!(one.compare(&two), two.compare(&one), "symmetric");
        one.compare(&two)
    }

    const OFFICE: &str =
        "39A Leningradskoe Highway, Business Center Olimpiya Park, Building 2, Moscow, 125212, Russia";

    #[test]
    fn one_building_is_found_however_it_is_written() {
        for other in [
            "125212, г. Москва, Ленинградское шоссе, д. 39А, стр. 2, офис 5",
            "Ленінградське шосе, 39 А, будівля 2, м. Москва, 125212",
            "Leningradskoye sh. 39-A, bldg. 2, Moscow",
            "Leningradskoe Highway 39A, 125212 Moscow, Russian Federation",
        ] {
            assert_eq!(compare(OFFICE, other), Some(Same::Building), "{other}");
        }
        let london = "2 Kingdom Street, Paddington Basin, London, England, W2 6BD";
        assert_eq!(
            compare(london, "Kingdom St 2, London W2 6BD, 3rd floor"),
            Some(Same::Building)
        );
        assert_eq!(
            compare("Main Street 5, office 12, Riga", "Riga, Main St. 5, off. 12"),
            Some(Same::Unit)
        );
    }

    #[test]
    fn another_house_block_code_or_street_is_another_address() {
        for other in [
            "125212, Москва, Ленинградское шоссе, д. 41, стр. 2",
            "125212, Москва, Ленинградское шоссе, д. 39А, стр. 3",
            "125047, Москва, Ленинградское шоссе, д. 39А, стр. 2",
            "Moscow, Tverskaya street 39A",
            "Moscow, Russia",
            "39A",
            "",
        ] {
            assert_eq!(compare(OFFICE, other), None, "{other}");
        }
    }

    #[test]
    fn what_compares_is_found() {
        let mut places = Places::default();
        let mut addresses = Addresses::default();
        let at = addresses.add(AddressForm::read(OFFICE, &mut places));
        assert_eq!(at, Some(0));
        assert_eq!(
            addresses.add(AddressForm::read("Moscow, Russia", &mut places)),
            None
        );
        let found = addresses.find("Москва, Ленинградское ш., 39а, стр 2, оф 7", &mut places);
        assert_eq!(found, [(0, Same::Building)]);
        assert!(addresses.find("Main Street 1, Riga", &mut places).is_empty());
    }

    #[test]
    fn digits_that_only_reading_tells_are_found() {
        for text in ["0𒒀0𜽐a𝕀 aﯓ", "３９ Leningradskoe, Moscow"] {
            let mut places = Places::default();
            let form = AddressForm::read(text, &mut places);
            let mut addresses = Addresses::default();
            let added = addresses.add(form);
            assert_eq!(
                addresses.find(text, &mut places).len(),
                usize::from(added.is_some()),
                "{text}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_it_and_every_exact_address_is_its_own(text in "\\PC{0,80}") {
            let mut places = Places::default();
            let form = AddressForm::read(&text, &mut places);
            if form.is_exact() && form.places.len() >= PLACES_WITHOUT {
                proptest::prop_assert!(form.compare(&form).is_some());
                let mut addresses = Addresses::default();
                addresses.add(form);
                proptest::prop_assert_eq!(addresses.find(&text, &mut places).len(), 1);
            }
        }
    }
}
