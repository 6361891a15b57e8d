//! The forms of a name in every domain.

use crate::form::{Domain, NameForm};
use std::borrow::Cow;
use std::cell::OnceCell;

/// Every form in which a name is compared, by the rules of each domain; see [`Reader::forms`](crate::Reader::forms).
#[derive(Debug)]
pub struct Forms(Kind);

#[derive(Debug)]
enum Kind {
    Alike(Box<Alike>),
    Own([Vec<NameForm>; 3]),
}

/// A name that each domain reads in one form, which differ in the rarity of their words only, and in given names of
/// persons, which stand for others.
#[derive(Debug)]
struct Alike {
    persons: NameForm,
    /// The bits of each token in each domain.
    bits: Vec<[u16; 3]>,
    /// The forms of organisations and objects, made when one is asked for.
    others: OnceCell<[NameForm; 2]>,
}

impl Forms {
    /// The forms of a name that all domains read as that of persons, but for these bits.
    pub(crate) fn alike(persons: NameForm, bits: Vec<[u16; 3]>) -> Forms {
        Forms(Kind::Alike(Box::new(Alike {
            persons,
            bits,
            others: OnceCell::new(),
        })))
    }

    /// The forms that each domain has by its own rules, in the order of [`Domain`].
    pub(crate) const fn own(forms: [Vec<NameForm>; 3]) -> Forms {
        Forms(Kind::Own(forms))
    }

    /// The forms by the rules of `domain`, as [`NameForm::all`].
    pub fn of(&self, domain: Domain) -> &[NameForm] {
        match &self.0 {
            Kind::Own(forms) => &forms[domain as usize],
            Kind::Alike(alike) => std::slice::from_ref(alike.of(domain)),
        }
    }

    /// The form of persons, where all domains have one form that differs from it in no more than the rarity of words and
    /// what given names stand for, with the most bits that each token has in any domain.
    ///
    /// # Example
    /// ```
    /// use tamis_names::{Domain, Reader};
    /// let forms = Reader::default().forms("Igor Chekunov");
    /// let (form, bits) = forms.shared().unwrap();
    /// assert_eq!(form, &forms.of(Domain::Person)[0]);
    /// assert!(bits.zip(&form.tokens).all(|(most, token)| most >= token.bits));
    /// ```
    pub fn shared(&self) -> Option<(&NameForm, impl Iterator<Item = u16>)> {
        match &self.0 {
            Kind::Own(_) => None,
            Kind::Alike(alike) => {
                let most = |bits: &[u16; 3]| bits.iter().copied().max().unwrap_or_default();
                Some((&alike.persons, alike.bits.iter().map(most)))
            }
        }
    }
}

impl Alike {
    fn of(&self, domain: Domain) -> &NameForm {
        let others = || {
            self.others
                .get_or_init(|| [Domain::Organization, Domain::Object].map(|domain| self.read_in(domain)))
        };
        match domain {
            Domain::Person => &self.persons,
            Domain::Organization => &others()[0],
            Domain::Object => &others()[1],
        }
    }

    fn read_in(&self, domain: Domain) -> NameForm {
        let mut form = self.persons.clone();
        for (token, bits) in form.tokens.iter_mut().zip(&self.bits) {
            token.bits = bits[domain as usize];
            token.meaning = Cow::Borrowed("");
        }
        form
    }
}
