use tamis_model::IdentifierKind::{self, *};

/// Where an item of OFAC's remarks, or an `id` of its XML, belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Birth,
    Established,
    BirthPlace,
    Nationality,
    Citizenship,
    /// The country of registration.
    Registered,
    /// A flag other than the present one; the words of the item say which.
    OtherFlag,
    Gender,
    LinkedTo,
    Operator,
    /// A title or post; the whole item is its text.
    Position,
    /// A wallet; the currency stands before the address.
    Wallet,
    /// A Legal Entity Identifier if it is 20 characters long, else a registration number.
    LegalEntity,
    Id(IdentifierKind),
}

const fn id(kind: IdentifierKind) -> Field {
    Field::Id(kind)
}

/// The labels that are understood. Documents: OFAC's list of id types, with the spellings that its remarks
/// use beside; the others as counted in the remarks of the SDN lists of January 2022 and August 2026.
/// What is not here (sanctions information, kinship, rare posts) goes to the notes on purpose.
const LABELS: &[(&str, Field)] = &[
    ("DOB", Field::Birth),
    ("POB", Field::BirthPlace),
    ("nationality", Field::Nationality),
    ("citizen", Field::Citizenship),
    ("Nationality of Registration", Field::Registered),
    ("Former Vessel Flag", Field::OtherFlag),
    ("Other Vessel Flag", Field::OtherFlag),
    ("Gender", Field::Gender),
    ("Linked To", Field::LinkedTo),
    ("Aircraft Operator", Field::Operator),
    ("Member of the", Field::Position),
    ("Minister of", Field::Position),
    ("Deputy Minister", Field::Position),
    ("Former Minister", Field::Position),
    ("Director of", Field::Position),
    ("Managing Director", Field::Position),
    ("President of", Field::Position),
    ("Chairman of", Field::Position),
    ("Head of", Field::Position),
    ("Commander of", Field::Position),
    ("Chief of", Field::Position),
    ("Brigadier General", Field::Position),
    ("Major General", Field::Position),
    ("Lieutenant General", Field::Position),
    ("Colonel", Field::Position),
    ("Scientific Studies and Research Center Employee", Field::Position),
    ("Organization Established Date", Field::Established),
    ("Digital Currency Address -", Field::Wallet),
    ("Legal Entity Number", Field::LegalEntity),
    ("Passport", id(Passport)),
    ("Diplomatic Passport", id(Passport)),
    ("British National Overseas Passport", id(Passport)),
    ("Stateless Person Passport", id(Passport)),
    ("Travel Document Number", id(Passport)),
    ("U.S.A. Passport", id(Passport)),
    ("National ID", id(NationalId)),
    ("National Foreign ID Number", id(NationalId)),
    ("Identification Number", id(NationalId)),
    ("Cedula", id(NationalId)),
    ("C.U.R.P.", id(NationalId)),
    ("D.N.I.", id(NationalId)),
    ("C.U.I.", id(NationalId)),
    ("C.U.I.P.", id(NationalId)),
    ("C.I.N.", id(NationalId)),
    ("N.I.E.", id(NationalId)),
    ("SSN", id(NationalId)),
    ("Personal ID Card", id(NationalId)),
    ("Citizen's Card Number", id(NationalId)),
    ("Numero de Identidad", id(NationalId)),
    ("Turkish Identification Number", id(NationalId)),
    ("UAE Identification", id(NationalId)),
    ("Kenyan ID", id(NationalId)),
    ("Bosnian Personal ID", id(NationalId)),
    ("Moroccan Personal ID", id(NationalId)),
    ("Tazkira National ID Card", id(NationalId)),
    ("Stateless Person ID Card", id(NationalId)),
    ("Refugee ID Card", id(NationalId)),
    ("Credencial electoral", id(NationalId)),
    ("Electoral Registry", id(NationalId)),
    ("I.F.E.", id(NationalId)),
    ("LE Number", id(NationalId)),
    ("CNP (Personal Numerical Code)", id(NationalId)),
    ("Cartilla de Servicio Militar Nacional", id(NationalId)),
    ("Tax ID", id(TaxId)),
    ("NIT", id(TaxId)),
    ("RUC", id(TaxId)),
    ("R.F.C.", id(TaxId)),
    ("RFC", id(TaxId)),
    ("RIF", id(TaxId)),
    ("RTN", id(TaxId)),
    ("C.U.I.T.", id(TaxId)),
    ("C.I.F.", id(TaxId)),
    ("N.I.F.", id(TaxId)),
    ("V.A.T. Number", id(TaxId)),
    ("US FEIN", id(TaxId)),
    ("Fiscal Code", id(TaxId)),
    ("Italian Fiscal Code", id(TaxId)),
    ("Paraguayan tax identification number", id(TaxId)),
    ("Romanian Tax Registration", id(TaxId)),
    ("Numero Unico de Identificacao Tributaria (NUIT)", id(TaxId)),
    ("Registration Number", id(Registration)),
    ("Registration ID", id(Registration)),
    ("Registration Certificate Number (Dubai)", id(Registration)),
    ("Business Registration Number", id(Registration)),
    ("Business Registration Document", id(Registration)),
    ("Business Number", id(Registration)),
    ("Public Registration Number", id(Registration)),
    ("Company Number", id(Registration)),
    ("UK Company Number", id(Registration)),
    ("Commercial Registry Number", id(Registration)),
    ("C.R. No.", id(Registration)),
    ("Romanian C.R.", id(Registration)),
    ("Trade License", id(Registration)),
    ("Folio Mercantil", id(Registration)),
    ("Matricula Mercantil", id(Registration)),
    ("Unified Social Credit Code (USCC)", id(Registration)),
    ("United Social Credit Code Certificate (USCCC)", id(Registration)),
    ("Economic Register Number (CBLS)", id(Registration)),
    ("Chamber of Commerce Number", id(Registration)),
    ("Istanbul Chamber of Comm.", id(Registration)),
    ("Dubai Chamber of Commerce Membership", id(Registration)),
    ("Central Registration System Number", id(Registration)),
    ("Enterprise Number", id(Registration)),
    ("Branch Unit Number", id(Registration)),
    ("Certificate of Incorporation Number", id(Registration)),
    ("Registered Charity", id(Registration)),
    ("Organization Code", id(Registration)),
    ("RSIN", id(Registration)),
    ("MSB Registration Number", id(Registration)),
    ("Vessel Registration Identification", id(Registration)),
    ("Vessel Registration Identification IMO", id(Imo)),
    ("Vessel Registration Number IMO", id(Imo)),
    ("Identification Number IMO", id(Imo)),
    ("International Maritime Organization", id(Imo)),
    ("IMO", id(Imo)),
    (
        "Russian State Individual Business Registration Number Pattern (OGRNIP)",
        id(Registration),
    ),
    ("MMSI", id(Mmsi)),
    ("Other Vessel Call Sign", id(CallSign)),
    ("Aircraft Tail Number", id(TailNumber)),
    ("Previous Aircraft Tail Number", id(TailNumber)),
    (
        "Aircraft Construction Number (also called L/N or S/N or F/N)",
        id(AircraftSerial),
    ),
    ("Aircraft Manufacturer's Serial Number (MSN)", id(AircraftSerial)),
    ("Aircraft Serial Identification", id(AircraftSerial)),
    ("SWIFT/BIC", id(Bic)),
    ("D-U-N-S Number", id(Duns)),
    ("Email", id(Email)),
    ("E-mail", id(Email)),
    ("Email Address", id(Email)),
    ("Website", id(Website)),
    ("Phone", id(Phone)),
    ("Telephone", id(Phone)),
    ("Fax", id(Phone)),
    ("Afghan Money Service Provider License Number", id(Other)),
    ("Aircraft Mode S Transponder Code", id(Other)),
    ("BIK (RU)", id(Other)),
    ("Birth Certificate Number", id(Other)),
    ("Chinese Commercial Code", id(Other)),
    ("Driver's License", id(Other)),
    ("Equity Ticker", id(Other)),
    ("File Number", id(Other)),
    ("Government Gazette Number", id(Other)),
    ("ISIN", id(Other)),
    ("Identification Number ISIN", id(Other)),
    ("Immigration", id(Other)),
    ("License", id(Other)),
    ("Military Registration Number", id(Other)),
    ("Permit Number", id(Other)),
    ("Pilot License Number", id(Other)),
    ("Public Security and Immigration", id(Other)),
    ("Residency Number", id(Other)),
    ("Romanian Permanent Resident", id(Other)),
    ("SRE Permit", id(Other)),
    ("Seafarer's Identification Document", id(Other)),
    ("Serial No.", id(Other)),
    ("Tourism License", id(Other)),
    ("Trademark number", id(Other)),
    ("VisaNumberID", id(Other)),
];

/// A label found at the start of an item.
#[derive(Debug)]
pub(crate) struct Labelled<'a> {
    pub field: &'static Field,
    /// The label as written, with the words that only join it to the value (`No.`, `#`, `:`), without `alt.`.
    pub label: &'a str,
    pub value: &'a str,
}

/// Finds the longest label that `item` starts with, whatever its case, past `alt.`.
pub(crate) fn find(item: &str) -> Option<Labelled<'_>> {
    let item = strip_word(item, "alt.").map_or(item, str::trim_start);
    let (length, field) = LABELS
        .iter()
        .filter(|(label, _)| strip_word(item, label).is_some())
        .map(|(label, field)| (label.len(), field))
        .max_by_key(|(length, _)| *length)?;
    let value = skip_joiners(item.get(length..)?, field);
    let label = item.get(..item.len() - value.len())?.trim_end();
    Some(Labelled { field, label, value })
}

/// What follows `word` in `text`, if `text` starts with it and it ends there (not `IMO` in `IMOGEN`).
pub(crate) fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    let rest = text.get(word.len()..)?;
    let ends = word.ends_with(|c: char| !c.is_alphanumeric()) || !rest.starts_with(char::is_alphanumeric);
    (start.eq_ignore_ascii_case(word) && ends).then_some(rest)
}

/// Skips what only joins a label to its value: `No.`, `Number`, `Address`, `#`, `:`. Only the colon outside of
/// documents: `Linked To: NO LIMIT LLC` links to a company called `NO LIMIT LLC`.
fn skip_joiners<'a>(text: &'a str, field: &Field) -> &'a str {
    const JOINERS: [&str; 6] = [":", "#", "No.", "No", "Number", "Address"];
    let joiners = if matches!(field, Field::Id(_)) {
        &JOINERS[..]
    } else {
        &JOINERS[..1]
    };
    let mut rest = text.trim_start();
    while let Some(after) = joiners.iter().find_map(|joiner| strip_word(rest, joiner)) {
        rest = after.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(item: &str) -> Option<(&Field, &str, &str)> {
        find(item).map(|found| (found.field, found.label, found.value))
    }

    #[test]
    fn the_longest_label_wins() {
        assert_eq!(
            parts("Identification Number IMO 9187629"),
            Some((&id(Imo), "Identification Number IMO", "9187629"))
        );
        assert_eq!(
            parts("Vessel Registration Identification 12 (Panama)"),
            Some((
                &id(Registration),
                "Vessel Registration Identification",
                "12 (Panama)"
            ))
        );
    }

    #[test]
    fn a_label_is_a_whole_word_in_any_case_and_alt_is_skipped() {
        assert_eq!(parts("alt. Passport A1"), Some((&id(Passport), "Passport", "A1")));
        assert_eq!(parts("Alt. DOB: 1969"), Some((&Field::Birth, "DOB:", "1969")));
        assert_eq!(parts("citizenship unknown"), None);
        assert_eq!(parts("IMOGEN"), None);
        assert_eq!(parts("été"), None);
        assert_eq!(parts(""), None);
    }

    #[test]
    fn joining_words_belong_to_the_label() {
        assert_eq!(
            parts("Tax ID No. 77 (Russia)"),
            Some((&id(TaxId), "Tax ID No.", "77 (Russia)"))
        );
        assert_eq!(parts("NIT # 80-1"), Some((&id(TaxId), "NIT #", "80-1")));
        assert_eq!(parts("Linked To: X"), Some((&Field::LinkedTo, "Linked To:", "X")));
        assert_eq!(
            parts("Email:a@b.example"),
            Some((&id(Email), "Email:", "a@b.example"))
        );
        assert_eq!(
            parts("Passport No.: 03"),
            Some((&id(Passport), "Passport No.:", "03"))
        );
        assert_eq!(
            parts("Linked To: NO LIMIT LLC"),
            Some((&Field::LinkedTo, "Linked To:", "NO LIMIT LLC"))
        );
        assert_eq!(parts("POB Norilsk"), Some((&Field::BirthPlace, "POB", "Norilsk")));
    }

    #[test]
    fn no_label_stands_in_the_table_twice() {
        let mut labels: Vec<String> = LABELS.iter().map(|(label, _)| label.to_lowercase()).collect();
        labels.sort();
        let count = labels.len();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }
}
