//! What the UK's lists say of a party, by the titles of columns and the names of elements. The three files differ
//! in case, spaces and plurals only, so that titles are compared by their letters and digits.

/// A column or an element that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The id of the UK Sanctions List, `AFG0001`.
    UniqueId,
    /// The id of the old consolidated list of OFSI, a number.
    GroupId,
    UnReference,
    /// Part 1 to 6 of a name; part 6 is the family name, or the whole name of a company.
    NamePart(u8),
    NameType,
    AliasStrength,
    Title,
    NonLatinName,
    NonLatinType,
    NonLatinLanguage,
    Regime,
    Kind,
    DesignationSource,
    Sanctions,
    OtherInformation,
    Reasons,
    /// Line 1 to 6 of an address.
    AddressLine(u8),
    PostalCode,
    AddressCountry,
    Phone,
    Website,
    Email,
    DateDesignated,
    ListedOn,
    LastUpdated,
    BirthDate,
    Nationality,
    NationalId,
    NationalIdInfo,
    Passport,
    PassportInfo,
    Position,
    Gender,
    BirthTown,
    BirthCountry,
    EntityType,
    Subsidiaries,
    ParentCompany,
    BusinessNumber,
    Imo,
    CurrentOwner,
    PreviousOwner,
    Flag,
    PreviousFlags,
    ShipType,
    Tonnage,
    Length,
    YearBuilt,
    Hull,
}

/// The letters and digits of a title in lower case.
pub(crate) fn fold(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// The field that a column or an element holds.
pub(crate) fn field(title: &str) -> Option<Field> {
    let folded = fold(title);
    Some(match folded.as_str() {
        "uniqueid" => Field::UniqueId,
        "groupid" | "ofsigroupid" => Field::GroupId,
        "unreferencenumber" => Field::UnReference,
        "nametype" | "aliastype" => Field::NameType,
        "aliasstrength" | "aliasquality" => Field::AliasStrength,
        "title" => Field::Title,
        "namenonlatinscript" => Field::NonLatinName,
        "nonlatinscripttype" => Field::NonLatinType,
        "nonlatinscriptlanguage" => Field::NonLatinLanguage,
        "regimename" | "regime" => Field::Regime,
        "designationtype" | "individualentityship" | "grouptype" => Field::Kind,
        "designationsource" => Field::DesignationSource,
        "sanctionsimposed" => Field::Sanctions,
        "otherinformation" => Field::OtherInformation,
        "ukstatementofreasons" => Field::Reasons,
        "addresspostalcode" | "postzipcode" => Field::PostalCode,
        "addresscountry" | "country" => Field::AddressCountry,
        "phonenumber" => Field::Phone,
        "website" => Field::Website,
        "emailaddress" => Field::Email,
        "datedesignated" | "uksanctionslistdatedesignated" => Field::DateDesignated,
        "listedon" => Field::ListedOn,
        "lastupdated" => Field::LastUpdated,
        "dob" => Field::BirthDate,
        "nationality" | "nationalityies" => Field::Nationality,
        "nationalidentifiernumber" | "nationalidentificationnumber" => Field::NationalId,
        "nationalidentifieradditionalinformation" | "nationalidentificationdetails" => Field::NationalIdInfo,
        "passportnumber" => Field::Passport,
        "passportadditionalinformation" | "passportdetails" => Field::PassportInfo,
        "position" => Field::Position,
        "gender" => Field::Gender,
        "townofbirth" => Field::BirthTown,
        "countryofbirth" => Field::BirthCountry,
        "typeofentity" => Field::EntityType,
        "subsidiary" | "subsidiaries" => Field::Subsidiaries,
        "parentcompany" => Field::ParentCompany,
        "businessregistrationnumber" | "businessregistrationnumbers" => Field::BusinessNumber,
        "imonumber" => Field::Imo,
        "currentowneroperator" | "currentowneroperators" => Field::CurrentOwner,
        "previousowneroperator" | "previousowneroperators" => Field::PreviousOwner,
        "currentbelievedflagofship" => Field::Flag,
        "previousflag" | "previousflags" => Field::PreviousFlags,
        "typeofship" => Field::ShipType,
        "tonnageofship" => Field::Tonnage,
        "lengthofship" => Field::Length,
        "yearbuilt" => Field::YearBuilt,
        "hullidentificationnumber" | "hullidentificationnumberhin" => Field::Hull,
        numbered => return numbered_field(numbered),
    })
}

/// `name6`, `addressline3`, `address3`.
fn numbered_field(folded: &str) -> Option<Field> {
    let (at, last) = folded.char_indices().next_back()?;
    let number = u8::try_from(last.to_digit(10)?).ok()?;
    let number = Some(number).filter(|number| (1..=6).contains(number))?;
    match folded.get(..at)? {
        "name" => Some(Field::NamePart(number)),
        "addressline" | "address" => Some(Field::AddressLine(number)),
        _ => None,
    }
}

/// What one row, or one element without elements inside its own, says: fields with their texts, never empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    fields: Vec<(Field, String)>,
}

impl Said {
    /// Adds a text, unless it is empty or only says that there is none.
    pub(crate) fn push(&mut self, field: Field, text: &str) {
        let text = text.trim();
        if !text.is_empty() && !["-", "n/a", "N/A"].contains(&text) {
            self.fields.push((field, text.to_owned()));
        }
    }

    pub(crate) fn get(&self, field: Field) -> Option<&str> {
        self.all(field).next()
    }

    pub(crate) fn all(&self, field: Field) -> impl Iterator<Item = &str> {
        let own = self.fields.iter().filter(move |(own, _)| *own == field);
        own.map(|(_, text)| text.as_str())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.fields.iter().map(|(field, text)| (*field, text.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_all_three_files_are_understood() {
        for (titles, expected) in [
            (&["Unique ID", "UniqueID"][..], Field::UniqueId),
            (&["D.O.B", "DOB"], Field::BirthDate),
            (&["Nationality(/ies)", "Nationality"], Field::Nationality),
            (
                &["Business registration number (s)", "BusinessRegistrationNumber"],
                Field::BusinessNumber,
            ),
            (&["Hull identification number (HIN)"], Field::Hull),
            (&["Post/Zip Code", "AddressPostalCode"], Field::PostalCode),
            (
                &["Address 6", "AddressLine6", "Address Line 6"],
                Field::AddressLine(6),
            ),
            (&["Name 1", "Name1"], Field::NamePart(1)),
        ] {
            for title in titles {
                assert_eq!(field(title), Some(expected), "{title}");
            }
        }
        for title in ["", "Name", "Name 7", "Name 0", "Address", "Colour", "6", "é"] {
            assert_eq!(field(title), None, "{title}");
        }
    }

    #[test]
    fn a_text_that_says_nothing_is_nothing() {
        let mut said = Said::default();
        for text in ["", "  ", "-", "N/A"] {
            said.push(Field::Title, text);
        }
        assert_eq!(said.get(Field::Title), None);
        said.push(Field::Title, " Dr ");
        assert_eq!(said.get(Field::Title), Some("Dr"));
    }
}
