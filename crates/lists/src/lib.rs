//! Readers for sanctions lists: the bytes of a list in, a [`tamis_model::List`] out.
//!
//! Each format has a file of its own. A reader drops nothing: what it cannot put into a field of
//! [`Entity`](tamis_model::Entity) it keeps, word for word, in the entity's notes, and what concerns no entity
//! becomes a [`Remark`](tamis_model::Remark). What it cannot read whole it refuses with an [`Error`] that names
//! file, line and remedy; a remark on something that is lost or may be (a file that is missing, an alias without
//! its entry) begins with `WARNING: `. This crate knows nothing of `tamis-names` and reads no file, clock or environment.
//!
//! # Example
//! ```
//! use tamis_lists::{File, Format, detect, load};
//!
//! let xml = r#"<sdnList xmlns="urn:any">
//!   <publshInformation><Publish_Date>08/20/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>
//!   <sdnEntry>
//!     <uid>7</uid><firstName>Jan</firstName><lastName>PRZYKLADOWY</lastName><sdnType>Individual</sdnType>
//!     <programList><program>SDGT</program></programList>
//!   </sdnEntry>
//! </sdnList>"#;
//! let files = [File { name: "sdn.xml".into(), bytes: xml.into() }];
//! assert_eq!(detect(&files)?, Format::OfacXml);
//! let list = load(&files)?;
//! assert_eq!(list.entities[0].id(), "ofac-sdn:7");
//! assert_eq!(list.entities[0].primary_name(), "PRZYKLADOWY, Jan");
//! assert_eq!(list.meta.published.unwrap().to_string(), "2026-08-20");
//! # Ok::<(), tamis_lists::Error>(())
//! ```

mod advanced_dates;
mod advanced_party;
mod advanced_tables;
mod archive;
mod au_xlsx;
mod beside;
mod births;
mod builtin;
mod ca_xml;
mod ch_names;
mod ch_xml;
mod columns;
mod contents;
mod csv_rows;
mod detect;
mod effects;
mod error;
mod eu_annexes;
mod eu_csv;
mod eu_entity;
mod eu_programmes;
mod eu_text;
mod eu_xml;
mod file;
mod guess;
mod json;
mod json_file;
mod kinds;
mod labels;
mod names_json;
mod ofac_advanced;
mod ofac_csv;
mod ofac_rows;
mod ofac_whole;
mod ofac_xml;
mod os_csv;
mod os_json;
mod os_links;
mod os_measures;
mod os_party;
mod os_record;
mod private_csv;
mod private_entry;
mod private_toml;
mod programmes;
mod quality;
mod remarks;
mod sheet_fields;
mod tables;
mod ua_xlsx;
mod uk_csv;
mod uk_fields;
mod uk_measures;
mod uk_party;
mod uk_xml;
mod un_alias;
mod un_xml;
mod unfolding;
mod us_csl;
mod us_lists;
mod us_record;
mod xlsx;
mod xml;
mod xml_elements;

pub use builtin::{BUILTIN_IDS, BuiltinError, Problem, builtin, read_builtin};
pub use detect::{Format, detect, load, read, read_every};
pub use error::{Error, ErrorKind};
pub use file::File;
pub use quality::{QualityCheck, QualityNote, quality, scripts};
