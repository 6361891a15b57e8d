//! Whether two ids come from one system of numbers, so that they say "two parties".

/// From how many digits on a number stands for itself in its system, so that its length says which system it is: an INN has ten or
/// twelve, an OGRN thirteen. Shorter ones are running numbers, which grow longer.
const REGISTERED: usize = 8;

/// The length of a legal entity identifier (ISO 17442).
const LEI: usize = 20;

/// Whether two ids are numbers of one system: the same list, letters only, or letters and signs that are equal once digits are taken as digits. Two
/// different ids of one system are two parties. An id that looks otherwise comes from elsewhere, and says nothing of the other.
pub(crate) fn one_system(one: &str, two: &str) -> bool {
    system(one) == system(two)
}

fn system(id: &str) -> String {
    let id = id.trim().to_uppercase();
    if let Some((list, _)) = id.split_once(':') {
        return format!("{list}:");
    }
    let digits = id.chars().filter(char::is_ascii_digit).count();
    let is_plain = id.chars().all(|c| c.is_ascii_alphanumeric());
    match id.len() {
        LEI if is_plain && id.chars().rev().take(2).all(|c| c.is_ascii_digit()) => "LEI".to_owned(),
        length if length == digits && digits >= REGISTERED => format!("{digits} digits"),
        _ if digits == 0 && is_plain => "letters".to_owned(),
        _ => shape(&id),
    }
}

/// The letters and signs, with a zero for each run of digits.
fn shape(id: &str) -> String {
    let mut shape = String::new();
    for c in id.chars() {
        match c.is_ascii_digit() {
            true if shape.ends_with('0') => {}
            true => shape.push('0'),
            false => shape.push(c),
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_system_look_alike() {
        for (one, two, is) in [
            ("C-17", "C-9", true),
            ("c-17", "C-9", true),
            ("7", "1204", true),
            ("A", "B", true),
            ("C-17", "REG-99", false),
            ("7707083893", "1027700132195", false),
            ("7707083893", "7736207543", true),
            ("12", "7736207543", false),
            ("reg:1", "reg:AB-7", true),
            ("kaspersky:45849", "kaspersky:ao-kaspersky-lab", true),
            ("kaspersky:45849", "ofac-sdn:45849", false),
            ("HRB 1234", "HRB 99", true),
            ("5493001KJTIIGC8Y1R12", "529900T8BM49AURSDO55", true),
            ("SC123456", "01234567", false),
        ] {
            assert_eq!(one_system(one, two), is, "{one} {two}");
            assert_eq!(one_system(two, one), is, "{two} {one}");
        }
    }
}
