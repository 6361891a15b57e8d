//! The elements that the XML formats are known to have, and the refusal of any other: an element that is not
//! known could hold the aliases.

use crate::xml::Node;
use crate::{Error, ErrorKind, File};

/// Which elements may stand in which; an element that is not named on the left holds text only.
pub(crate) type Known = [(&'static str, &'static [&'static str])];

/// OFAC's schema has them all; the files of March 2025 and January 2026 have no others.
pub(crate) const OFAC: &Known = &[
    ("publshInformation", &["Publish_Date", "Record_Count"]),
    (
        "sdnEntry",
        &[
            "uid",
            "firstName",
            "lastName",
            "title",
            "sdnType",
            "remarks",
            "programList",
            "idList",
            "akaList",
            "addressList",
            "nationalityList",
            "citizenshipList",
            "dateOfBirthList",
            "placeOfBirthList",
            "vesselInfo",
        ],
    ),
    ("programList", &["program"]),
    ("idList", &["id"]),
    (
        "id",
        &[
            "uid",
            "idType",
            "idNumber",
            "idCountry",
            "issueDate",
            "expirationDate",
        ],
    ),
    ("akaList", &["aka"]),
    ("aka", &["uid", "type", "category", "lastName", "firstName"]),
    ("addressList", &["address"]),
    (
        "address",
        &[
            "uid",
            "address1",
            "address2",
            "address3",
            "city",
            "stateOrProvince",
            "postalCode",
            "country",
            "region",
        ],
    ),
    ("nationalityList", &["nationality"]),
    ("nationality", &["uid", "country", "mainEntry"]),
    ("citizenshipList", &["citizenship"]),
    ("citizenship", &["uid", "country", "mainEntry"]),
    ("dateOfBirthList", &["dateOfBirthItem"]),
    ("dateOfBirthItem", &["uid", "dateOfBirth", "mainEntry"]),
    ("placeOfBirthList", &["placeOfBirthItem"]),
    ("placeOfBirthItem", &["uid", "placeOfBirth", "mainEntry"]),
    (
        "vesselInfo",
        &[
            "callSign",
            "vesselType",
            "vesselFlag",
            "vesselOwner",
            "tonnage",
            "grossRegisteredTonnage",
        ],
    ),
];

/// Both schemas of the UN, and what only the files of February and August 2026 have: `HAS_INTERPOL_LINK`,
/// `INTERPOL_LINK`, `DATE_OF_EXPIRY`.
pub(crate) const UN: &Known = &[
    (
        "INDIVIDUAL",
        &[
            "DATAID",
            "VERSIONNUM",
            "FIRST_NAME",
            "SECOND_NAME",
            "THIRD_NAME",
            "FOURTH_NAME",
            "UN_LIST_TYPE",
            "REFERENCE_NUMBER",
            "LISTED_ON",
            "GENDER",
            "SUBMITTED_BY",
            "NAME_ORIGINAL_SCRIPT",
            "COMMENTS1",
            "NATIONALITY2",
            "TITLE",
            "DESIGNATION",
            "NATIONALITY",
            "LIST_TYPE",
            "LAST_DAY_UPDATED",
            "INDIVIDUAL_ALIAS",
            "INDIVIDUAL_ADDRESS",
            "INDIVIDUAL_DATE_OF_BIRTH",
            "INDIVIDUAL_PLACE_OF_BIRTH",
            "INDIVIDUAL_DOCUMENT",
            "SORT_KEY",
            "SORT_KEY_LAST_MOD",
            "DELISTED_ON",
            "HAS_INTERPOL_LINK",
            "INTERPOL_LINK",
        ],
    ),
    (
        "ENTITY",
        &[
            "DATAID",
            "VERSIONNUM",
            "FIRST_NAME",
            "UN_LIST_TYPE",
            "REFERENCE_NUMBER",
            "LISTED_ON",
            "SUBMITTED_ON",
            "NAME_ORIGINAL_SCRIPT",
            "COMMENTS1",
            "LIST_TYPE",
            "LAST_DAY_UPDATED",
            "ENTITY_ALIAS",
            "ENTITY_ADDRESS",
            "SORT_KEY",
            "SORT_KEY_LAST_MOD",
            "DELISTED_ON",
            "HAS_INTERPOL_LINK",
            "INTERPOL_LINK",
        ],
    ),
    ("TITLE", &["VALUE"]),
    ("DESIGNATION", &["VALUE"]),
    ("NATIONALITY", &["VALUE"]),
    ("LIST_TYPE", &["VALUE"]),
    ("LAST_DAY_UPDATED", &["VALUE"]),
    (
        "INDIVIDUAL_ALIAS",
        &[
            "QUALITY",
            "ALIAS_NAME",
            "DATE_OF_BIRTH",
            "CITY_OF_BIRTH",
            "COUNTRY_OF_BIRTH",
            "NOTE",
        ],
    ),
    ("ENTITY_ALIAS", &["QUALITY", "ALIAS_NAME", "NOTE"]),
    ("INDIVIDUAL_ADDRESS", UN_ADDRESS),
    ("ENTITY_ADDRESS", UN_ADDRESS),
    (
        "INDIVIDUAL_DATE_OF_BIRTH",
        &["TYPE_OF_DATE", "DATE", "FROM_YEAR", "TO_YEAR", "YEAR", "NOTE"],
    ),
    (
        "INDIVIDUAL_PLACE_OF_BIRTH",
        &["STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"],
    ),
    (
        "INDIVIDUAL_DOCUMENT",
        &[
            "TYPE_OF_DOCUMENT",
            "TYPE_OF_DOCUMENT2",
            "NOTE",
            "NUMBER",
            "ISSUING_COUNTRY",
            "DATE_OF_ISSUE",
            "DATE_OF_EXPIRY",
            "CITY_OF_ISSUE",
            "COUNTRY_OF_ISSUE",
        ],
    ),
];

const UN_ADDRESS: &[&str] = &["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"];

/// Refuses the first element of `node`, at any depth, that is not known.
pub(crate) fn check(file: &File, node: &Node, known: &Known) -> Result<(), Error> {
    let row = known.iter().find(|(name, _)| *name == node.name);
    let names = row.map_or(&[][..], |(_, names)| *names);
    for child in &node.children {
        if !names.contains(&child.name.as_str()) {
            let element = child.name.clone();
            let parent = node.name.clone();
            let kind = ErrorKind::UnknownElement { element, parent };
            return Err(Error::at(file.name.as_str(), child.line, kind));
        }
        check(file, child, known)?;
    }
    Ok(())
}
