use crate::country_code;

/// Member states of the European Union, by ISO 3166 code (Article 52 TEU, without the United Kingdom since 2020).
const EU_MEMBERS: [&str; 27] = [
    "at", "be", "bg", "cy", "cz", "de", "dk", "ee", "es", "fi", "fr", "gr", "hr", "hu", "ie", "it", "lt",
    "lu", "lv", "mt", "nl", "pl", "pt", "ro", "se", "si", "sk",
];

/// The regime of a jurisdiction: `eu`, `un`, or that of a country by its name or code (`us`, `pl`, `uk`); `None` when
/// the text names none.
///
/// # Example
/// ```
/// use tamis_model::jurisdiction;
/// assert_eq!(jurisdiction("Poland").as_deref(), Some("pl"));
/// assert_eq!(jurisdiction("GB").as_deref(), Some("uk"));
/// assert_eq!(jurisdiction("Atlantis"), None);
/// ```
pub fn jurisdiction(text: &str) -> Option<String> {
    let word = text.trim().to_lowercase();
    match word.as_str() {
        "eu" | "european union" => Some("eu".to_owned()),
        "un" | "united nations" => Some("un".to_owned()),
        _ => country_code(text.trim()).map(|code| regime_of(&code.to_string().to_lowercase())),
    }
}

/// The code of the United Kingdom is `GB`, its regime is called `uk` everywhere.
fn regime_of(country: &str) -> String {
    if country == "gb" { "uk" } else { country }.to_owned()
}

/// Whether measures of `regime` bind a deal under `jurisdiction`, both as [`jurisdiction`](jurisdiction()) gives them.
///
/// The regime of the jurisdiction itself does, that of the Union does in its members, and that of the United Nations
/// everywhere. A regime that is no state's, such as a private list, binds everywhere too: nobody's law sets it aside.
///
/// # Example
/// ```
/// use tamis_model::binds;
/// assert!(binds("eu", "pl") && binds("un", "pl") && binds("private", "pl"));
/// assert!(!binds("us", "pl") && !binds("pl", "eu"));
/// ```
pub fn binds(regime: &str, jurisdiction: &str) -> bool {
    match regime {
        "un" => true,
        "eu" => jurisdiction == "eu" || EU_MEMBERS.contains(&jurisdiction),
        _ if regime == jurisdiction => true,
        _ => self::jurisdiction(regime).is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_of_the_union_is_a_jurisdiction() {
        for member in EU_MEMBERS {
            assert_eq!(jurisdiction(member).as_deref(), Some(member));
            assert!(binds("eu", member) && !binds("uk", member));
        }
        assert!(!binds("eu", "uk"));
    }
}
