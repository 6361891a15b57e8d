use super::*;

fn number(kind: IdentifierKind, label: &str, country: &str, value: &str) -> Number {
    let mut identifier = Identifier::new(kind, value);
    identifier.label = Some(label.to_owned()).filter(|l| !l.is_empty());
    identifier.country = Some(country.to_owned()).filter(|c| !c.is_empty());
    identifier.number()
}

/// A number of each scheme, in print: from the standard or the office that issues it where it publishes an
/// example, else one in common use in the documentation of libraries.
const PRINTED: &[(&str, &str)] = &[
    ("LEI", "5493001KJTIIGC8Y1R12"),
    ("LEI", "5493000IBP32UQZ0KL24"),
    ("IBAN", "GB82 WEST 1234 5698 7654 32"),
    ("IBAN", "DE89370400440532013000"),
    ("IMO number", "9074729"),
    ("INN", "7707083893"),
    ("INN", "500100732259"),
    ("OGRN", "1027700132195"),
    ("OGRNIP", "304500116000157"),
    ("SNILS", "112-233-445 95"),
    ("OKPO", "00032537"),
    ("EDRPOU", "32855961"),
    ("RNOKPP", "1759013776"),
    ("UNP", "200988541"),
    ("Codice fiscale", "RCCMNL83S18D969H"),
    ("Partita IVA", "00743110157"),
    ("NIF", "12345678Z"),
    ("NIF", "X-5253868-R"),
    ("NIF", "A58818501"),
    ("NIP", "8567346215"),
    ("PESEL", "44051401359"),
    ("REGON", "192598184"),
    ("REGON", "12345678512347"),
    ("EGN", "7523169263"),
    ("EIK", "175074752"),
    ("JMBG", "0101006500006"),
    ("CNP", "1630615123457"),
    ("SIREN", "552008443"),
    ("SIRET", "73282932000074"),
    ("BSN/RSIN", "111222333"),
    ("TC kimlik", "17291716060"),
    ("VKN", "4540536920"),
    ("USCC", "91110000600037341L"),
    ("Resident ID", "11010519491231002X"),
    ("Iranian national ID", "0499370899"),
    ("Iranian company ID", "10380284790"),
    ("CNPJ", "11.222.333/0001-81"),
    ("CNPJ", "12.ABC.345/01DE-35"),
    ("CPF", "111.444.777-35"),
    ("CUIT", "20-05536168-2"),
    ("RUC", "20512333797"),
    ("NIT", "213.123.432-1"),
    ("RIF", "V-11470283-4"),
    ("CURP", "BOXW310820HNERXN09"),
];

fn scheme(name: &str) -> &'static Scheme {
    let mut all = scheme::BY_KIND
        .iter()
        .chain(scheme::NATIONAL)
        .chain([&scheme::IBAN]);
    all.find(|scheme| scheme.name == name).unwrap()
}

#[test]
fn printed_numbers_hold() {
    for (name, value) in PRINTED {
        let fit = scheme(name).fit(value);
        assert!(fit.is_some_and(|fit| fit.holds), "{name} {value}");
    }
}

#[test]
fn every_scheme_with_check_digits_has_a_printed_number() {
    for scheme in scheme::BY_KIND
        .iter()
        .chain(scheme::NATIONAL)
        .filter(|scheme| scheme.checked)
    {
        let printed = PRINTED.iter().any(|(name, _)| *name == scheme.name);
        assert!(printed, "{}", scheme.name);
    }
}

/// What check digits are for: one wrong digit is seen. Rests of 10 modulo 11 let a few through, and an IMO number,
/// whose sum is taken modulo 10 with even weights, more.
#[test]
fn one_wrong_digit_is_seen() {
    for (name, value) in PRINTED {
        let good = scheme(name).fit(value).unwrap().text;
        let (mut seen, mut all) = (0, 0);
        for (at, digit) in good.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
            for other in (b'0'..=b'9').filter(|&other| other != digit) {
                let mut bytes = good.clone().into_bytes();
                bytes[at] = other;
                let wrong = String::from_utf8(bytes).unwrap();
                all += 1;
                seen += usize::from(!(scheme(name).holds)(&wrong));
            }
        }
        assert!(seen * 100 >= all * 75, "{name}: {seen} of {all}");
    }
}

#[test]
fn signs_words_zeros_and_misread_digits_are_undone() {
    for (kind, label, value, text) in [
        (IdentifierKind::TaxId, "инн", "ИНН 7707083893", "7707083893"),
        (IdentifierKind::TaxId, "inn", "77O7O83893", "7707083893"),
        (IdentifierKind::TaxId, "inn", "7707083893.0", "7707083893"),
        (IdentifierKind::TaxId, "inn", "７７０７０８３８９３", "7707083893"),
        (IdentifierKind::Imo, "", "IMO-9074729", "9074729"),
        (
            IdentifierKind::NationalId,
            "code melli",
            "499370899",
            "0499370899",
        ),
        (IdentifierKind::Passport, "", "No. АВ-123 456", "AB123456"),
        (
            IdentifierKind::Lei,
            "",
            "lei: 5493 001k jtii gc8y 1r12",
            "5493001KJTIIGC8Y1R12",
        ),
        (
            IdentifierKind::Account,
            "iban",
            "IBAN NO93 8601 1117 947",
            "NO9386011117947",
        ),
    ] {
        let number = number(kind, label, "", value);
        assert_eq!(number.text, text, "{value}");
        assert_ne!(number.check, CheckDigits::Fail, "{value}");
    }
}

#[test]
fn a_label_states_a_scheme_and_a_country_implies_one_that_checks() {
    let name = |number: Number| number.scheme.map(|scheme| scheme.name);
    let tax = |label, country, value| number(IdentifierKind::TaxId, label, country, value);
    assert_eq!(name(tax("Tax ID No.", "Russia", "7707083893")), Some("INN"));
    // An implied scheme that does not check is a wrong guess, not a wrong number.
    let other = tax("Tax ID No.", "Russia", "7707083892");
    assert_eq!((other.check, other.scheme), (CheckDigits::None, None));
    let wrong = tax("INN", "", "7707083892");
    assert_eq!((wrong.check, name(wrong)), (CheckDigits::Fail, Some("INN")));
    assert_eq!(tax("inn", "", "77070838").check, CheckDigits::Fail, "too short");
    assert_eq!(name(tax("", "", "7707083893")), None);
    assert_eq!(
        name(number(
            IdentifierKind::NationalId,
            "C.U.R.P.",
            "Mexico",
            "BOXW310820HNERXN09"
        )),
        Some("CURP")
    );
    assert_eq!(
        name(tax("inn", "Poland", "123")),
        None,
        "INN is not a Polish scheme"
    );
    let iban = number(IdentifierKind::Account, "", "", "DE89 3704 0044 0532 0130 00");
    assert_eq!(
        (name(iban.clone()), iban.country),
        (Some("IBAN"), CountryCode::new("DE"))
    );
    assert_eq!(number(IdentifierKind::Account, "", "", "12-3456").scheme, None);
}

#[test]
fn wallets_are_checked_by_their_form() {
    use CheckDigits::{Fail, Hold, None};
    for (value, check) in [
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Hold),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", Fail),
        ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Hold),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", Fail),
        (
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            Hold,
        ),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", Hold),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", Fail),
        ("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", None),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", Hold),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv9", Fail),
        ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", Hold),
        ("", None),
        ("0x", None),
        ("é", None),
    ] {
        assert_eq!(
            number(IdentifierKind::Wallet, "", "", value).check,
            check,
            "{value}"
        );
    }
    let one = number(
        IdentifierKind::Wallet,
        "",
        "",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    );
    let two = number(
        IdentifierKind::Wallet,
        "",
        "",
        "0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED",
    );
    assert_eq!(one.key(), two.key());
}

#[test]
fn keys_do_without_lost_zeros_and_branches() {
    let key = |kind, value| number(kind, "", "", value).key().to_owned();
    assert_eq!(
        key(IdentifierKind::Passport, "002680351"),
        key(IdentifierKind::Passport, "2680351")
    );
    assert_ne!(
        key(IdentifierKind::Passport, "A002680351"),
        key(IdentifierKind::Passport, "A2680351")
    );
    assert_eq!(
        key(IdentifierKind::Bic, "DEUTDEFFXXX"),
        key(IdentifierKind::Bic, "DEUTDEFF500")
    );
    assert_ne!(
        key(IdentifierKind::Bic, "DEUTDEFF"),
        key(IdentifierKind::Bic, "DEUTDEBB")
    );
    assert_eq!(
        number(IdentifierKind::Bic, "", "", "DEUTQQFF").check,
        CheckDigits::Fail
    );
}

#[test]
fn no_text_makes_reading_fail() {
    use IdentifierKind::{Account, Bic, Imo, Lei, NationalId, Passport, Wallet};
    for kind in [Account, Bic, Imo, Lei, NationalId, Passport, Wallet] {
        for value in [
            "", " ", "é", "№", "ß", "İ", "bc1q", "0xé", "\u{0}", "OOOOO", "日本", "ﬁ-12", "a.0", ".0", "ЯБ",
        ] {
            for country in ["", "RU", "ES", "CN", "GB", "VE", "IT", "nowhere"] {
                let _ = number(kind.clone(), "inn ogrn cnpj uscc curp iban", country, value).key();
                let _ = number(kind.clone(), "", country, &value.repeat(11));
            }
        }
    }
}
