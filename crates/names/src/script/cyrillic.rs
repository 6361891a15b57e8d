//! Cyrillic.

use crate::reading;

pub(super) fn latinize(word: &str) -> String {
    let ukrainian = word.contains(['і', 'ї', 'є', 'ґ']);
    let mut latin = String::with_capacity(word.len());
    for c in word.chars() {
        latin.push_str(&letter(c, ukrainian).to_ascii_lowercase());
    }
    latin
}

pub(super) fn readings(_word: &str, latin: &str) -> Vec<String> {
    reading::readings(latin, None)
}

/// BGN/PCGN romanisation without its soft and hard signs; `ё` as passports write it. Source: BGN/PCGN 1947
/// (Russian), 2019 (Ukrainian), 1979 (Belarusian), and the usual forms of the other letters.
fn letter(c: char, ukrainian: bool) -> &'static str {
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' if ukrainian => "h",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' => "e",
        'ё' => "e",
        'є' => "ye",
        'ж' => "zh",
        'з' => "z",
        'и' if ukrainian => "y",
        'и' | 'і' => "i",
        'ї' => "yi",
        'й' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'э' => "e",
        'ю' => "yu",
        'я' => "ya",
        // Serbian and Macedonian
        'ђ' => "dj",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        'ѓ' => "gj",
        'ќ' => "kj",
        'ѕ' => "dz",
        // Kazakh, Kyrgyz, Tatar, Mongolian, Tajik, Chechen
        'ә' => "a",
        'ғ' => "g",
        'қ' => "k",
        'ң' => "n",
        'ө' => "o",
        'ү' | 'ұ' => "u",
        'һ' | 'ҳ' => "h",
        'ҷ' => "j",
        'ӣ' => "i",
        'ӯ' => "u",
        'җ' => "j",
        'ӏ' => "",
        _ => any_ascii::any_ascii_char(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanises_cyrillic_of_several_languages() {
        for (native, latin) in [
            ("борщев", "borshchev"),
            ("юрьевич", "yurevich"),
            ("андрій", "andriy"),
            ("зеленський", "zelenskiy"),
            ("лукашэнка", "lukashenka"),
            ("ђоковић", "djokovic"),
            ("тоқаев", "tokaev"),
        ] {
            assert_eq!(latinize(native), latin);
        }
    }
}
