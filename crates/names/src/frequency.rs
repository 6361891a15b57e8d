//! How common a name is among people, and a word among organisations.
//!
//! Levels count doublings: a person's name of level 1 has about 25,000 bearers in the world, one of level 2 twice as
//! many, and so on; level 0 is a rare name, or an unknown one. Estimates, good to a level or two.

use crate::tables::Facts;

/// How common a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Levels {
    /// As a person's name.
    pub(crate) name: u8,
    /// In the names of organisations, beyond the generic words.
    pub(crate) company: u8,
}

impl Levels {
    /// The highest levels of a word's Latin letters, of which `facts` tell, and of its readings, so that the spelling in
    /// which a common name is written does not make it rare.
    pub(crate) fn of(facts: &Facts, readings: &[String]) -> Levels {
        let spelt = Levels {
            name: facts.name,
            company: facts.company,
        };
        readings.iter().fold(spelt, |levels, reading| {
            let read = Facts::of(reading);
            Levels {
                name: levels.name.max(read.name_read),
                company: levels.company.max(read.company_read),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Domain, NameForm};
    use crate::spelt;
    use crate::texts::{NAME_FREQUENCIES, WORD_FREQUENCIES, rows};

    fn levels(name: &str) -> Levels {
        let form = NameForm::new(name, Domain::Person);
        let token = &form.tokens[0];
        Levels::of(&Facts::of(&token.latin), &token.keys)
    }

    fn of(name: &str) -> u8 {
        levels(name).name
    }

    #[test]
    fn every_row_is_normalised_sorted_unique_and_in_range() {
        for table in [NAME_FREQUENCIES, WORD_FREQUENCIES] {
            let rows: Vec<[String; 2]> = rows(table).collect();
            assert!(rows.len() > 100);
            assert!(rows.is_sorted_by(|a, b| a[0] < b[0]));
            for [word, level] in rows {
                let words = spelt::words(&word);
                assert_eq!(words.len(), 1, "{word}");
                assert_eq!(words[0].latin, word);
                assert!(word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase()));
                assert!((1..=14).contains(&level.parse::<u8>().unwrap()), "{word}");
            }
        }
    }

    #[test]
    fn common_names_stand_above_rare_ones() {
        for (common, rare) in [
            ("ivanov", "borshchev"),
            ("wang", "zhuge"),
            ("mohammed", "anton"),
            ("nguyen", "ivanov"),
            ("ivanov", "astrakhan"),
            ("anton", "astrakhan"),
            ("smith", "kaspersky"),
            ("maria", "margarita"),
            ("kim", "namgung"),
            ("garcia", "tikhonov"),
        ] {
            assert!(
                of(common) > of(rare),
                "{common} {} {rare} {}",
                of(common),
                of(rare)
            );
        }
    }

    #[test]
    fn the_spellings_of_a_common_name_are_about_as_common() {
        for spellings in [
            "mohammed muhammad mohamed mohammad mohamad muhammed mukhammad muhamed mehmet мухаммад",
            "ahmed ahmad ahmet akhmed achmed akhmad ахмед",
            "hussein hussain husayn hossein huseyin khusein husain хусейн",
            "yusuf youssef yousef yousuf yusif юсуф",
            "abdullah abdallah abdulla abdoulaye abdullakh",
            "omar umar omer oumar умар",
            "khalid khaled halid kalid",
            "said saeed sayed said",
            "ibrahim ebrahim ibragim ibraheem ибрагим",
            "ismail ismael esmail исмаил",
            "aleksandr alexander alexandr aleksander oleksandr александр",
            "sergey sergei serguei sergej serhiy sergej сергей",
            "dmitry dmitri dmitriy dmitrij dimitri dmytro дмитрий",
            "evgeny yevgeny evgeniy evgenij jewgeni yevhen евгений",
            "yuri yury iurii juri jurij youri юрий",
            "ivan iwan иван",
            "mikhail mikhailo michail mihail михаил",
            "vladimir wladimir volodymyr владимир",
            "nikolay nikolai nikolaj mykola николай",
            "ivanov iwanow ivanoff иванов",
            "petrov petrow petroff петров",
            "tatiana tatyana tatjana татьяна",
            "natalia natalya nataliya natalja наталья",
            "ekaterina yekaterina jekaterina екатерина",
            "zhang chang",
            "liu lau",
            "park pak bak",
            "choi choe",
            "sharma sarma",
            "chaudhary choudhury chowdhury chaudhry",
        ] {
            let levels: Vec<u8> = spellings.split(' ').map(of).collect();
            let (least, most) = (levels.iter().min().unwrap(), levels.iter().max().unwrap());
            assert!(most - least <= 2, "{spellings}: {levels:?}");
        }
    }

    #[test]
    fn rare_names_stay_rare_in_every_spelling() {
        for name in [
            "borshchev",
            "borchtchev",
            "chekunov",
            "tschekunow",
            "dukhvalov",
            "kaspersky",
            "astrakhan",
            "kulashova",
        ] {
            assert!(of(name) <= 1, "{name} {}", of(name));
        }
        assert_eq!(Levels::of(&Facts::of(""), &[]), Levels::default());
    }

    #[test]
    fn words_of_organisations_have_levels_too() {
        let word = |text: &str| levels(text).company;
        assert!(word("star") > word("lazurit"));
        assert!(word("альфа") > word("kaspersky"));
        assert_eq!(word("kaspersky"), 0);
    }
}
