//! Column names -> fields.

use std::collections::HashMap;
use std::sync::OnceLock;
use tamis_model::{CountryRelation, IdentifierKind, RelatedRole};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Name,
    Given,
    Middle,
    Family,
    Alias,
    Kind,
    BirthDate,
    BirthPlace,
    BirthCountry,
    Gender,
    Country(CountryRelation),
    Identifier(IdentifierKind),
    /// Which country issued the passport or identity card.
    IssuingCountry,
    /// What is to be done with the party.
    Activity,
    /// The jurisdictions that bind the deal.
    Jurisdiction,
    /// Who owns, leads or signs for the party.
    Related(RelatedRole),
    /// The caller's type of customer, which may be the kind as well.
    CustomerType,
    Query,
    Candidate,
    Label,
    FormerName,
    Officer,
    OfficerBorn,
    OfficerRole,
    Owner,
    OwnerBorn,
    OwnerShare,
    Address,
    Product,
    Founded,
    Dissolved,
    Remark,
}

impl Field {
    /// Whether it holds a name or a part of one: what cannot be read in it cannot be done without.
    pub fn is_name(&self) -> bool {
        use Field::{Alias, Candidate, FormerName, Name, Officer, Owner, Query, Related};
        self.is_part()
            || matches!(
                self,
                Name | Alias | Query | Candidate | FormerName | Officer | Owner | Related(_)
            )
    }

    /// Whether it holds a part of a name.
    pub fn is_part(&self) -> bool {
        matches!(self, Field::Given | Field::Middle | Field::Family)
    }
}

/// A field with its name and the column names that mean it.
pub(crate) struct Spec {
    pub field: Field,
    /// The name used in `--map` and in messages.
    pub name: &'static str,
    /// Whether several columns can feed it.
    pub many: bool,
    /// Column names, compared without case, spaces and punctuation. From the upload formats that screening
    /// vendors publish (`interface_ref`, `external_identifier`) and, from general knowledge, those usual in
    /// English, German, French, Spanish, Russian and Ukrainian exports.
    pub columns: &'static [&'static str],
}

const fn one(field: Field, name: &'static str, columns: &'static [&'static str]) -> Spec {
    Spec {
        field,
        name,
        many: false,
        columns,
    }
}

const fn many(field: Field, name: &'static str, columns: &'static [&'static str]) -> Spec {
    Spec {
        field,
        name,
        many: true,
        columns,
    }
}

const fn country(relation: CountryRelation, name: &'static str, columns: &'static [&'static str]) -> Spec {
    many(Field::Country(relation), name, columns)
}

const fn related(role: RelatedRole, name: &'static str, columns: &'static [&'static str]) -> Spec {
    many(Field::Related(role), name, columns)
}

const fn id(kind: IdentifierKind, columns: &'static [&'static str]) -> Spec {
    let name = kind.as_str();
    many(Field::Identifier(kind), name, columns)
}

/// The fields of a customer record.
#[rustfmt::skip]
pub(crate) static SUBJECT: &[Spec] = &[
    one(Field::Id, "id", &[
        "id", "customer_id", "client_id", "client_ref", "customer_ref", "customer_reference",
        "client_reference", "customer_number", "customer_no", "client_number", "client_no",
        "customer_key", "external_identifier", "external_id", "interface_ref",
        "interface_reference", "reference", "ref", "record_id", "row_id", "party_id", "entity_id",
        "counterparty_id", "subject_id", "person_id", "user_id", "member_id", "cif", "cif_number",
        "uid", "uuid", "key", "kundennummer", "kunden_nr", "kunden_id", "id_client",
        "numero_client", "id_cliente", "numero_cliente", "код", "код клиента", "номер клиента",
        "ид", "ид клиента",
    ]),
    many(Field::Name, "name", &[
        "name", "full_name", "fullname", "customer_name", "client_name", "entity_name",
        "party_name", "counterparty", "counterparty_name", "company", "company_name",
        "business_name", "legal_name", "organization", "organisation", "organization_name",
        "organisation_name", "account_name", "account_holder", "account_holder_name", "beneficiary",
        "beneficiary_name", "holder_name", "person_name", "subject_name", "individual_name",
        "contact_name", "member_name", "supplier", "supplier_name", "vendor_name", "display_name",
        "primary_name", "registered_name", "vessel_name", "ship_name", "name_of_customer",
        "name_original_script", "native_name", "kunde", "kundenname", "vollständiger_name", "firma",
        "firmenname", "nom", "nom_complet", "nom_du_client", "raison_sociale", "dénomination",
        "denomination_sociale", "nombre_completo", "nombre_del_cliente", "razón_social",
        "razon_social", "фио", "ф.и.о.", "полное имя", "наименование", "название",
        "полное наименование", "наименование клиента", "клиент", "піб", "назва",
    ]),
    one(Field::Given, "first_name", &[
        "first_name", "firstname", "given_name", "given_names", "forename", "forenames", "fname",
        "first", "first_names", "christian_name", "vorname", "vornamen", "prénom", "prenom",
        "prénoms", "prenoms", "nombre", "nombres", "primer_nombre", "имя", "ім'я", "ім’я",
    ]),
    one(Field::Middle, "middle_name", &[
        "middle_name", "middle_names", "middlename", "middle", "mname", "second_name", "patronymic",
        "patronymic_name", "father_name", "fathers_name", "vatersname", "zweiter_vorname",
        "deuxième_prénom", "deuxieme_prenom", "segundo_nombre", "отчество", "по батькові",
    ]),
    one(Field::Family, "last_name", &[
        "last_name", "lastname", "surname", "surnames", "family_name", "familyname", "lname",
        "last", "nachname", "familienname", "zuname", "nom_de_famille", "apellido", "apellidos",
        "primer_apellido", "фамилия", "прізвище",
    ]),
    many(Field::Alias, "alias", &[
        "alias", "aliases", "aka", "a.k.a.", "akas", "also_known_as", "other_name", "other_names",
        "alternative_name", "alternative_names", "alternate_name", "alternate_names", "alt_name",
        "alt_names", "former_name", "former_names", "previous_name", "previous_names", "fka",
        "formerly_known_as", "maiden_name", "birth_name", "trading_name", "trade_name",
        "trading_as", "dba", "doing_business_as", "nickname", "geburtsname", "mädchenname",
        "nom_de_jeune_fille", "nom_de_naissance", "псевдоним", "псевдонимы", "другие имена",
        "девичья фамилия",
    ]),
    one(Field::Kind, "kind", &[
        "kind", "type", "entity_type", "party_type", "subject_type", "record_type", "person_type",
        "legal_type", "schema", "tipo", "тип",
    ]),
    one(Field::CustomerType, "customer_type", &[
        "customer_type", "client_type", "kundentyp", "type_de_client", "tipo_de_cliente",
        "тип клиента",
    ]),
    one(Field::Activity, "activity", &[
        "activity", "deal_activity", "transaction_activity",
    ]),
    // Not `jurisdiction`: registers write the country of registration in it, which says nothing of whose law binds the
    // deal, and taken for that it would silence every other regime.
    one(Field::Jurisdiction, "deal_jurisdiction", &[
        "deal_jurisdiction", "binding_jurisdiction", "binding_regimes", "applicable_regimes",
        "sanctions_regimes",
    ]),
    related(RelatedRole::Owner, "owner", &[
        "owner", "owners", "shareholder", "shareholders", "owned_by", "parent_company", "gesellschafter", "actionnaire",
        "actionnaires", "accionista", "accionistas", "учредитель", "учредители", "акционер", "акционеры", "засновник",
    ]),
    related(RelatedRole::BeneficialOwner, "beneficial_owner", &[
        "beneficial_owner", "beneficial_owners", "ubo", "ubos", "ultimate_beneficial_owner", "ultimate_beneficial_owners",
        "wirtschaftlich_berechtigter", "bénéficiaire_effectif", "beneficiaire_effectif", "бенефициар", "бенефициары",
    ]),
    related(RelatedRole::Director, "director", &[
        "director", "directors", "board_member", "board_members", "managing_director", "geschäftsführer",
        "geschaeftsfuehrer", "administrateur", "administrateurs", "директор", "директора", "генеральный директор",
    ]),
    related(RelatedRole::Officer, "officer", &[
        "officer", "officers", "executive", "executives", "ceo", "chief_executive_officer",
    ]),
    related(RelatedRole::Signatory, "signatory", &[
        "signatory", "signatories", "authorised_signatory", "authorized_signatory", "authorised_signatories",
        "authorized_signatories", "representative", "representatives", "legal_representative", "legal_representatives",
        "zeichnungsberechtigter", "représentant_légal", "representante_legal", "подписант", "представитель",
    ]),
    many(Field::BirthDate, "birth_date", &[
        "birth_date", "birthdate", "dob", "d.o.b.", "date_of_birth", "birthday", "birth_day",
        "born", "birth_dt", "date_birth", "birth", "year_of_birth", "birth_year", "yob",
        "geburtsdatum", "geboren", "geboren_am", "geburtstag", "date_de_naissance", "né_le",
        "fecha_de_nacimiento", "fecha_nacimiento", "дата рождения", "д.р.", "год рождения",
        "дата народження",
    ]),
    one(Field::BirthPlace, "birth_place", &[
        "birth_place", "birthplace", "pob", "p.o.b.", "place_of_birth", "birth_city",
        "city_of_birth", "born_in", "geburtsort", "lieu_de_naissance", "lugar_de_nacimiento",
        "место рождения", "місце народження",
    ]),
    one(Field::BirthCountry, "birth_country", &[
        "birth_country", "country_of_birth", "geburtsland", "pays_de_naissance",
        "país_de_nacimiento", "pais_de_nacimiento", "страна рождения",
    ]),
    one(Field::Gender, "gender", &[
        "gender", "sex", "geschlecht", "sexe", "genre", "sexo", "género", "genero", "пол", "стать",
    ]),
    country(CountryRelation::Unspecified, "country", &[
        "country", "countries", "country_code", "country_name", "country_iso", "iso_country",
        "ctry", "land", "pays", "país", "pais", "страна", "код страны", "країна",
    ]),
    country(CountryRelation::Nationality, "nationality", &[
        "nationality", "nationalities", "nationality_code", "national_of", "nationalität",
        "nationalitaet", "staatsangehörigkeit", "staatsangehoerigkeit", "nationalité",
        "nationalite", "nacionalidad", "национальность",
    ]),
    country(CountryRelation::Citizenship, "citizenship", &[
        "citizenship", "citizenships", "citizen_of", "country_of_citizenship",
        "citizenship_country", "staatsbürgerschaft", "staatsbuergerschaft", "citoyenneté",
        "citoyennete", "ciudadanía", "ciudadania", "гражданство", "громадянство",
    ]),
    country(CountryRelation::Residence, "residence", &[
        "residence", "residency", "country_of_residence", "residence_country", "residency_country",
        "country_residence", "resident_country", "domicile", "country_of_domicile", "wohnsitzland",
        "pays_de_résidence", "pays_de_residence", "país_de_residencia", "pais_de_residencia",
        "страна проживания", "страна резидентства",
    ]),
    country(CountryRelation::Registration, "registration_country", &[
        "registration_country", "country_of_registration", "incorporation_country",
        "country_of_incorporation", "country_of_establishment", "registered_country",
        "jurisdiction", "jurisdiction_of_incorporation", "sitzland", "pays_d'immatriculation",
        "страна регистрации",
    ]),
    country(CountryRelation::Address, "address_country", &[
        "address_country", "country_of_address", "addr_country", "mailing_country", "страна адреса",
    ]),
    country(CountryRelation::Flag, "flag", &[
        "flag", "flag_country", "vessel_flag", "flag_state",
    ]),
    one(Field::IssuingCountry, "issuing_country", &[
        "issuing_country", "country_of_issue", "issue_country", "passport_country",
        "passport_issuing_country", "passport_country_of_issue", "document_country",
        "document_issuing_country", "id_country", "ausstellungsland", "pays_de_délivrance",
        "страна выдачи",
    ]),
    id(IdentifierKind::Passport, &[
        "passport", "passport_number", "passport_no", "passport_num", "passport_id", "reisepass",
        "reisepassnummer", "passnummer", "passeport", "numéro_de_passeport", "pasaporte", "паспорт",
        "номер паспорта", "серия и номер паспорта",
    ]),
    id(IdentifierKind::NationalId, &[
        "national_id", "national_id_number", "national_identity_number",
        "national_identification_number", "national_number", "id_number", "id_no", "id_card",
        "id_card_number", "identity_number", "identity_card", "identity_card_number",
        "identification_number", "personal_id", "personal_code", "personal_number", "ssn",
        "social_security_number", "nin", "pesel", "cpr", "dni", "nie", "cedula", "cédula", "curp",
        "snils", "egn", "егн", "jmbg", "cnp", "tckn", "tc_kimlik", "bsn",
        "ausweisnummer", "personalausweis", "carte_d'identité", "снилс", "номер документа",
    ]),
    id(IdentifierKind::TaxId, &[
        "tax_id", "tax_number", "tax_no", "tax_code", "tax_identification_number", "taxpayer_id",
        "inn", "tin", "vat", "vat_id", "vat_number", "vat_no", "ein", "fein", "nif", "cif_nif",
        "rfc", "nip", "cpf", "cnpj", "rif", "cuit", "cuil", "vkn", "unp", "унп", "rnokpp", "рнокпп",
        "codice_fiscale", "partita_iva", "steuernummer", "steuer_id", "ust_id", "numéro_fiscal", "инн", "іпн",
    ]),
    id(IdentifierKind::Registration, &[
        "registration", "registration_number", "registration_no", "registration_id", "reg_number",
        "reg_no", "company_number", "company_no", "company_registration_number", "company_reg_no",
        "crn", "uscc", "unified_social_credit_code", "eik", "bulstat", "rsin", "okpo", "окпо", "ogrn", "ogrnip", "edrpou", "siren", "siret", "krs", "regon",
        "handelsregisternummer", "hrb", "огрн", "огрнип", "едрпоу", "єдрпоу",
        "регистрационный номер",
    ]),
    id(IdentifierKind::Lei, &[
        "lei", "lei_code", "legal_entity_identifier",
    ]),
    id(IdentifierKind::Bic, &[
        "bic", "bic_code", "swift", "swift_code", "swift_bic", "bic_swift", "бик swift",
    ]),
    id(IdentifierKind::Imo, &[
        "imo", "imo_number", "imo_no",
    ]),
    id(IdentifierKind::Mmsi, &[
        "mmsi", "mmsi_number",
    ]),
    id(IdentifierKind::CallSign, &[
        "call_sign", "callsign",
    ]),
    id(IdentifierKind::TailNumber, &[
        "tail_number", "tail_no", "aircraft_registration",
    ]),
    id(IdentifierKind::AircraftSerial, &[
        "aircraft_serial", "aircraft_serial_number", "msn",
    ]),
    id(IdentifierKind::Account, &[
        "account", "account_number", "account_no", "iban", "bank_account", "kontonummer",
        "numéro_de_compte", "cuenta", "счет", "счёт", "номер счета", "номер счёта",
    ]),
    id(IdentifierKind::Duns, &[
        "duns", "duns_number", "d-u-n-s",
    ]),
    id(IdentifierKind::Wallet, &[
        "wallet", "wallet_address", "crypto_address", "crypto_wallet", "digital_currency_address",
        "btc_address", "eth_address", "xbt", "btc",
    ]),
    id(IdentifierKind::Email, &[
        "email", "e_mail", "email_address", "mail", "courriel", "correo", "почта", "эл. почта",
    ]),
    id(IdentifierKind::Website, &[
        "website", "web", "web_site", "url", "homepage", "domain", "webseite", "сайт",
    ]),
    id(IdentifierKind::Phone, &[
        "phone", "phone_number", "telephone", "telephone_number", "tel", "mobile", "mobile_number",
        "mobile_phone", "cell", "fax", "telefon", "telefonnummer", "téléphone", "teléfono",
        "телефон",
    ]),
];

/// The fields of a pair to score.
#[rustfmt::skip]
pub(crate) static PAIR: &[Spec] = &[
    one(Field::Query, "query", &[
        "query", "name1", "name_1", "name_a", "a", "left", "left_name", "customer", "customer_name",
        "subject", "input", "input_name", "source_name",
    ]),
    one(Field::Candidate, "candidate", &[
        "candidate", "name2", "name_2", "name_b", "b", "right", "right_name", "entry", "list_name",
        "listed_name", "target", "target_name", "candidate_name",
    ]),
    one(Field::Kind, "kind", &[
        "kind", "type", "entity_type",
    ]),
    one(Field::Label, "is_match", &[
        "is_match", "match", "label", "is_same", "same", "true_match", "is_true_match", "duplicate", "is_duplicate",
        "gold", "expected", "ground_truth",
    ]),
];

/// The fields of a record of a company register.
#[rustfmt::skip]
pub(crate) static COMPANY: &[Spec] = &[
    one(Field::Id, "id", &[
        "id", "company_id", "entity_id", "register_id", "record_id", "uid", "key", "код", "ид",
    ]),
    many(Field::Name, "name", &[
        "name", "company", "company_name", "legal_name", "full_name", "short_name", "entity_name", "name_original_script",
        "firma", "raison_sociale", "razon_social", "наименование", "полное наименование", "название", "назва",
    ]),
    many(Field::FormerName, "former_names", &[
        "former_names", "former_name", "previous_names", "previous_name", "formerly", "fka", "прежнее наименование",
    ]),
    many(Field::Officer, "officers", &[
        "officers", "officer", "officer_name", "officer_names", "directors", "director", "director_name", "management",
        "geschäftsführer", "dirigeants", "руководитель", "директор", "керівник",
    ]),
    many(Field::OfficerBorn, "officer_births", &[
        "officer_births", "officer_birth", "officer_birth_date", "officer_birth_dates", "officer_dob", "director_birth_date",
        "director_dob", "officer_date_of_birth",
    ]),
    many(Field::OfficerRole, "officer_roles", &[
        "officer_roles", "officer_role", "officer_position", "director_role", "должность",
    ]),
    many(Field::Owner, "owners", &[
        "owners", "owner", "owner_name", "shareholders", "shareholder", "shareholder_name", "members", "psc", "psc_name",
        "beneficial_owner", "beneficial_owners", "gesellschafter", "associés", "учредитель", "учредители", "участники", "засновники",
    ]),
    many(Field::OwnerBorn, "owner_births", &[
        "owner_births", "owner_birth", "owner_birth_date", "owner_birth_dates", "owner_dob", "shareholder_birth_date", "psc_birth_date",
    ]),
    many(Field::OwnerShare, "owner_shares", &[
        "owner_shares", "owner_share", "share", "shares", "shareholding", "ownership", "ownership_percent", "доля",
    ]),
    many(Field::Address, "addresses", &[
        "addresses", "address", "registered_address", "registered_office", "office_address", "legal_address",
        "anschrift", "adresse", "dirección", "адрес", "юридический адрес", "адреса",
    ]),
    many(Field::Product, "products", &[
        "products", "product", "trade_names", "trade_name", "trading_name", "trading_names", "brands", "brand", "trademarks", "dba",
    ]),
    one(Field::Founded, "founded", &[
        "founded", "founded_on", "founding_date", "incorporated", "incorporated_on", "incorporation_date", "date_of_incorporation",
        "registered_on", "registration_date", "date_of_registration", "gründungsdatum", "дата регистрации", "дата реєстрації",
    ]),
    one(Field::Dissolved, "dissolved", &[
        "dissolved", "dissolved_on", "dissolution_date", "date_of_dissolution", "struck_off_on", "дата ликвидации", "дата прекращения",
    ]),
    country(CountryRelation::Registration, "country", &[
        "country", "country_code", "registration_country", "country_of_registration", "country_of_incorporation", "jurisdiction",
        "land", "pays", "страна", "країна",
    ]),
    many(Field::Remark, "remarks", &[
        "remarks", "remark", "notes", "note", "description", "history", "activity", "примечание",
    ]),
    id(IdentifierKind::Registration, &[
        "registration", "registration_number", "registration_no", "reg_number", "reg_no", "company_number", "company_no", "crn",
        "ogrn", "edrpou", "siren", "siret", "krs", "regon", "hrb", "огрн", "едрпоу", "єдрпоу",
    ]),
    id(IdentifierKind::TaxId, &[
        "tax_id", "tax_number", "inn", "vat", "vat_number", "nip", "ein", "инн", "іпн",
    ]),
    id(IdentifierKind::Lei, &["lei", "lei_code"]),
    id(IdentifierKind::Website, &[
        "website", "websites", "web", "url", "homepage", "domain", "domains", "сайт",
    ]),
    id(IdentifierKind::Email, &[
        "email", "emails", "e_mail", "email_address", "mail", "почта",
    ]),
    id(IdentifierKind::Phone, &[
        "phone", "phones", "phone_number", "telephone", "tel", "fax", "телефон",
    ]),
];

/// The keys of an object that stands for a person or company in a record of a register, and the fields they hold.
pub(crate) fn keys_of(field: &Field) -> Option<&'static [(&'static str, Field)]> {
    match field {
        Field::Officer => Some(&[
            ("name", Field::Officer),
            ("born", Field::OfficerBorn),
            ("role", Field::OfficerRole),
        ]),
        Field::Owner => Some(&[
            ("name", Field::Owner),
            ("born", Field::OwnerBorn),
            ("share", Field::OwnerShare),
        ]),
        _ => None,
    }
}

/// The field that a column name means by itself: the whole name; without a remark in parentheses, as in
/// `Date of birth (dd/mm/yyyy)`; without a number behind it, as in `nationality_2`.
pub(crate) fn recognise(specs: &'static [Spec], column: &str) -> Option<&'static Spec> {
    let short = column.split(['(', '[']).next().unwrap_or_default();
    let (whole, short) = (fold(column), fold(short));
    let bare = short.trim_end_matches(|c: char| c.is_ascii_digit());
    [whole.as_str(), short.as_str(), bare]
        .into_iter()
        .filter(|key| !key.is_empty())
        .find_map(|key| by_column(specs).get(key).copied())
}

/// Folded column names -> fields, made once: a header can have thousands of columns.
fn by_column(specs: &'static [Spec]) -> &'static HashMap<String, &'static Spec> {
    static SUBJECTS: OnceLock<HashMap<String, &'static Spec>> = OnceLock::new();
    static PAIRS: OnceLock<HashMap<String, &'static Spec>> = OnceLock::new();
    static COMPANIES: OnceLock<HashMap<String, &'static Spec>> = OnceLock::new();
    let has = |field| specs.iter().any(|spec| spec.field == field);
    let made = match (has(Field::Query), has(Field::Founded)) {
        (true, _) => &PAIRS,
        (_, true) => &COMPANIES,
        _ => &SUBJECTS,
    };
    made.get_or_init(|| {
        let names = specs
            .iter()
            .flat_map(|spec| spec.columns.iter().map(move |column| (fold(column), spec)));
        names.collect()
    })
}

/// The field of this name.
pub(crate) fn named(specs: &'static [Spec], name: &str) -> Option<&'static Spec> {
    let key = fold(name);
    specs.iter().find(|spec| fold(spec.name) == key)
}

/// Letters and digits of a column name, in lower case.
pub(crate) fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn no_column_name_means_two_fields() {
        for specs in [SUBJECT, PAIR, COMPANY] {
            let mut seen = BTreeMap::new();
            for spec in specs {
                let forms: std::collections::BTreeSet<String> =
                    spec.columns.iter().map(|c| fold(c)).collect();
                for form in forms {
                    assert!(!form.is_empty());
                    assert_eq!(
                        seen.insert(form.clone(), spec.name),
                        None,
                        "{form} of {}",
                        spec.name
                    );
                }
            }
        }
    }

    #[test]
    fn every_field_is_recognised_by_its_own_name() {
        for specs in [SUBJECT, PAIR, COMPANY] {
            for spec in specs {
                for column in [
                    spec.name.to_owned(),
                    spec.name.to_uppercase(),
                    spec.name.replace('_', " "),
                ] {
                    assert_eq!(
                        recognise(specs, &column).map(|s| s.name),
                        Some(spec.name),
                        "{column}"
                    );
                }
            }
        }
    }

    #[test]
    fn headers_of_real_files_are_recognised() {
        for (column, field) in [
            ("Customer-ID", Some("id")),
            ("external_identifier", Some("id")),
            ("Interface Ref", Some("id")),
            ("ФИО", Some("name")),
            ("Фамилия", Some("last_name")),
            ("Имя", Some("first_name")),
            ("Отчество", Some("middle_name")),
            ("Дата рождения", Some("birth_date")),
            ("Nachname", Some("last_name")),
            ("Vorname", Some("first_name")),
            ("GEBURTSDATUM", Some("birth_date")),
            ("Prénom", Some("first_name")),
            ("Pre\u{301}nom", Some("first_name")),
            ("Date of Birth (DD/MM/YYYY)", Some("birth_date")),
            ("nationality_2", Some("nationality")),
            ("INN", Some("tax_id")),
            ("BIC/SWIFT", Some("bic")),
            ("notes", None),
            ("", None),
            ("2", None),
        ] {
            assert_eq!(recognise(SUBJECT, column).map(|s| s.name), field, "{column}");
        }
    }
}
