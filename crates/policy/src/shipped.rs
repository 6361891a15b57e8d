//! The policies that come with tamis: examples, no legal advice.

const US: &str = include_str!("../../../data/policies/us.toml");
const EU: &str = include_str!("../../../data/policies/eu.toml");
const UK: &str = include_str!("../../../data/policies/uk.toml");
const STRICT: &str = include_str!("../../../data/policies/strict.toml");

/// The JSON schema of policy files, draft 2020-12.
pub const SCHEMA: &str = include_str!("../../../data/policies/policy.schema.json");

/// The names that [`shipped`] knows.
pub const SHIPPED: [&str; 4] = ["us", "eu", "uk", "strict"];

/// The text of a policy that comes with tamis, as an example; `None` when there is none of this name.
///
/// # Example
/// ```
/// let text = tamis_policy::shipped("us").unwrap();
/// let policy = tamis_policy::Policy::from_toml(text, jiff::civil::date(2026, 11, 23)).unwrap();
/// assert_eq!(policy.regimes, ["us"]);
/// ```
pub fn shipped(name: &str) -> Option<&'static str> {
    match name {
        "us" => Some(US),
        "eu" => Some(EU),
        "uk" => Some(UK),
        "strict" => Some(STRICT),
        _ => None,
    }
}
