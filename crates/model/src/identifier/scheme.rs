//! The systems of numbers that are known: whose they are, what they are called, how they are checked.

use super::checksum as check;
use crate::IdentifierKind::{self, *};

/// How many parties one number stands for, and how many such numbers one party has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// One party, which has one number: another number is another party.
    One,
    /// One party, which may have several numbers.
    Several,
    /// Several parties share a number.
    Shared,
}

/// A system of numbers, such as the Russian INN or the LEI.
#[derive(Debug)]
pub struct Scheme {
    /// What it is called: `INN`, `LEI`.
    pub name: &'static str,
    /// Who holds a number.
    pub holder: Holder,
    /// The ISO code of its country; empty for the whole world.
    pub country: &'static str,
    /// Labels that say a number is of this scheme, in lower case, without signs.
    pub(super) words: &'static [&'static str],
    /// Kinds under which numbers of this scheme stand when nothing but the country is said.
    pub(super) kinds: &'static [IdentifierKind],
    pub(super) lengths: &'static [usize],
    /// Zeros that spreadsheets drop from its beginning.
    pub(super) lost_zeros: usize,
    /// Whether it has digits only, so that a letter O is a zero.
    pub(super) digits: bool,
    /// Whether check digits, or where there are none the form, are right.
    pub(super) holds: fn(&str) -> bool,
    /// Whether it has check digits.
    pub checked: bool,
}

/// A scheme is its name.
impl PartialEq for Scheme {
    fn eq(&self, other: &Scheme) -> bool {
        self.name == other.name
    }
}

impl Eq for Scheme {}

const fn digits(
    name: &'static str,
    country: &'static str,
    words: &'static [&'static str],
    kinds: &'static [IdentifierKind],
    lengths: &'static [usize],
    holds: fn(&str) -> bool,
) -> Scheme {
    Scheme {
        name,
        holder: Holder::One,
        country,
        words,
        kinds,
        lengths,
        lost_zeros: 1,
        digits: true,
        holds,
        checked: true,
    }
}

const fn letters(
    name: &'static str,
    country: &'static str,
    words: &'static [&'static str],
    kinds: &'static [IdentifierKind],
    lengths: &'static [usize],
    holds: fn(&str) -> bool,
) -> Scheme {
    Scheme {
        digits: false,
        lost_zeros: 0,
        ..digits(name, country, words, kinds, lengths, holds)
    }
}

/// Only the form is known.
const fn form(holder: Holder, scheme: Scheme) -> Scheme {
    Scheme {
        holder,
        checked: false,
        ..scheme
    }
}

const fn zeros(lost_zeros: usize, scheme: Scheme) -> Scheme {
    Scheme { lost_zeros, ..scheme }
}

const fn held(holder: Holder, scheme: Scheme) -> Scheme {
    Scheme { holder, ..scheme }
}

/// Schemes of kinds that have one scheme only; `kinds` says which.
pub(super) static BY_KIND: &[Scheme] = &[
    letters("LEI", "", &["lei"], &[Lei], &[20], check::mod_97),
    form(
        Holder::Several,
        letters("BIC", "", &[], &[Bic], &[8, 11], check::bic),
    ),
    digits("IMO number", "", &["imo"], &[Imo], &[7], check::imo),
    // A ship that changes its flag gets another.
    form(
        Holder::Several,
        digits("MMSI", "", &["mmsi"], &[Mmsi], &[9], check::any),
    ),
    form(
        Holder::Several,
        digits("D-U-N-S", "", &["duns"], &[Duns], &[9], check::any),
    ),
];

/// An account number that is no IBAN is no error.
pub(super) static IBAN: Scheme = held(
    Holder::Several,
    letters(
        "IBAN",
        "",
        &["iban"],
        &[Account],
        &[
            15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34,
        ],
        check::iban,
    ),
);

const BUSINESS: &[IdentifierKind] = &[TaxId, Registration];
const ANY: &[IdentifierKind] = &[TaxId, Registration, NationalId];

/// National numbers. A label names the scheme; without one the kind and the country do, where the check digits
/// agree. The rules and their sources stand in `checksum.rs`.
#[rustfmt::skip]
pub(super) static NATIONAL: &[Scheme] = &[
    digits("INN", "RU", &["inn", "инн"], ANY, &[10, 12], check::inn),
    digits("OGRN", "RU", &["ogrn", "огрн"], ANY, &[13], check::ogrn),
    digits("OGRNIP", "RU", &["ogrnip", "огрнип"], ANY, &[15], check::ogrnip),
    zeros(2, digits("SNILS", "RU", &["snils", "снилс"], &[NationalId], &[11], check::snils)),
    zeros(2, digits("OKPO", "RU", &["okpo", "окпо", "government gazette"], &[], &[8, 10], check::okpo)),
    form(Holder::Shared, letters("KPP", "RU", &["kpp", "кпп"], &[], &[9], check::kpp)),
    zeros(3, digits("EDRPOU", "UA", &["edrpou", "едрпоу", "єдрпоу"], BUSINESS, &[8], check::edrpou)),
    digits("RNOKPP", "UA", &["rnokpp", "рнокпп", "іпн"], ANY, &[10], check::rnokpp),
    digits("UNP", "BY", &["unp", "унп"], ANY, &[9], check::unp),
    form(Holder::Several, letters("UK company number", "GB", &["uk company", "companies house"], &[Registration], &[8], check::uk_company)),
    // DNI, NIE and NIF are words of other countries too.
    letters("NIF", "ES", &[], ANY, &[9], check::nif),
    letters("Codice fiscale", "IT", &["codice fiscale", "fiscal code"], ANY, &[16], check::codice_fiscale),
    digits("Partita IVA", "IT", &["partita iva", "piva"], BUSINESS, &[11], check::luhn),
    digits("NIP", "PL", &["nip"], BUSINESS, &[10], check::nip),
    zeros(3, digits("PESEL", "PL", &["pesel"], &[NationalId, TaxId], &[11], check::pesel)),
    digits("REGON", "PL", &["regon"], BUSINESS, &[9, 14], check::regon),
    digits("EGN", "BG", &["egn", "егн"], &[NationalId], &[10], check::egn),
    digits("EIK", "BG", &["eik", "bulstat", "еик", "government gazette"], BUSINESS, &[9], check::eik),
    digits("JMBG", "", &["jmbg", "embg", "јмбг"], &[], &[13], check::jmbg),
    digits("CNP", "RO", &["cnp"], &[NationalId], &[13], check::cnp),
    digits("SIREN", "FR", &["siren"], BUSINESS, &[9], check::luhn),
    held(Holder::Several, digits("SIRET", "FR", &["siret"], BUSINESS, &[14], check::luhn)),
    digits("BSN/RSIN", "NL", &["bsn", "rsin"], ANY, &[9], check::bsn),
    digits("TC kimlik", "TR", &["tckn", "tc kimlik", "turkish identification"], &[NationalId], &[11], check::tckn),
    digits("VKN", "TR", &["vkn"], BUSINESS, &[10], check::vkn),
    letters("USCC", "CN", &["uscc", "usccc", "unified social credit"], BUSINESS, &[18], check::uscc),
    letters("Resident ID", "CN", &["resident id"], &[NationalId], &[18], check::resident_id),
    zeros(2, digits("Iranian national ID", "IR", &["code melli"], &[NationalId], &[10], check::iranian_person)),
    digits("Iranian company ID", "IR", &["shenase melli"], ANY, &[11], check::iranian_company),
    zeros(2, letters("CNPJ", "BR", &["cnpj"], BUSINESS, &[14], check::cnpj)),
    zeros(3, digits("CPF", "BR", &["cpf"], ANY, &[11], check::cpf)),
    digits("CUIT", "AR", &["cuit", "cuil"], ANY, &[11], check::cuit),
    digits("RUC", "PE", &[], &[TaxId], &[11], check::cuit),
    held(Holder::Several, digits("NIT", "CO", &[], &[TaxId], &[10], check::nit)),
    letters("RIF", "VE", &["rif"], BUSINESS, &[10], check::rif),
    letters("CURP", "MX", &["curp"], &[NationalId], &[18], check::curp),
    form(Holder::Several, digits("EIN", "US", &["ein", "fein"], &[], &[9], check::any)),
    form(Holder::One, zeros(2, digits("SSN", "US", &["ssn"], &[], &[9], check::ssn))),
];
