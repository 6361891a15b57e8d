//! Names in their own script agree with their usual romanisations, and not with their neighbours'.

use tamis_names::{Domain, NameForm, agree};

/// How alike two single words are, in ten-thousandths; 0 where they do not agree.
fn alike(one: &str, two: &str) -> u16 {
    let form = |text| NameForm::new(text, Domain::Person);
    let (one, two) = (form(one), form(two));
    match (one.tokens.as_slice(), two.tokens.as_slice()) {
        ([a], [b]) => agree(a, b).map_or(0, |(_, similarity)| similarity),
        _ => 0,
    }
}

/// The score at which a name of one word alerts by default.
const ALERTS: u16 = 8_000;

/// Each row is `native latin latin …`. Every Latin spelling must agree with its own native word; with the native
/// words of the other rows nearly none may.
fn check(script: &str, rows: &str) {
    let rows: Vec<Vec<&str>> = rows
        .lines()
        .map(|line| line.split_whitespace().collect())
        .filter(|row: &Vec<&str>| !row.is_empty())
        .collect();
    let pairs = |row: &Vec<&str>| row[1..].len();
    assert!(
        rows.iter().map(pairs).sum::<usize>() >= 40,
        "{script}: too few pairs"
    );
    let mut missed = Vec::new();
    let (mut strangers, mut mistaken) = (0, Vec::new());
    for (at, row) in rows.iter().enumerate() {
        for latin in &row[1..] {
            if alike(row[0], latin) < ALERTS {
                missed.push((row[0], *latin));
            }
            for (other_at, other) in rows.iter().enumerate().filter(|(other_at, _)| *other_at != at) {
                strangers += 1;
                if alike(other[0], latin) >= ALERTS {
                    mistaken.push((rows[other_at][0], *latin));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{script} missed: {missed:?}");
    assert!(
        mistaken.len() * 200 <= strangers,
        "{script} mistaken: {mistaken:?}"
    );
}

#[test]
fn russian_and_foreign_names_in_russian() {
    check(
        "Russian",
        "Горбачёв Gorbachyov Gorbachov Gorbachev Gorbatschow Gorbatchev
         Хрущёв Khrushchev Khrushchov Chruschtschow Khrouchtchev Chruszczow Hruščëv
         Щербаков Shcherbakov Schtscherbakow Chtcherbakov Szczerbakow Ščerbakov
         Жуковский Zhukovsky Zhukovskiy Joukovski Schukowski Żukowski
         Юрьев Yuryev Yurev Iouriev Jurjew Iurev
         Соловьёв Solovyov Solovyev Solovev Solowjow
         Цветаева Tsvetaeva Tsvetayeva Zwetajewa Cwietajewa
         Уильямс Williams
         Уэллс Wells
         Макдональд Macdonald McDonald
         Бодуэн Baudouin
         Мольер Moliere
         Лефевр Lefèvre
         Бодлер Baudelaire
         Делакруа Delacroix
         Бодри Baudry Beaudry
         Шредингер Schrödinger Schroedinger
         Штейнберг Steinberg
         Гейне Heine
         Хусейнов Huseynov Khuseynov
         Гамбург Hamburg
         Гамлет Hamlet
         Микеланджело Michelangelo
         Боккаччо Boccaccio
         Хорхе Jorge
         Хименес Jiménez
         Кастильо Castillo
         Надзири Naziri
         Хосидзаки Hoshizaki
         Итидзё Ichijo
         Цзиньпин Jinping
         Сяопин Xiaoping
         Чжао Zhao
         Мицкевич Mickiewicz
         Пшибышевский Przybyszewski
         Сегеди Szegedi",
    );
}

#[test]
fn other_cyrillic_languages() {
    check(
        "Cyrillic",
        "Зеленський Zelenskyi Zelenskiy Zelensky Zelenskyy
         Григоренко Hryhorenko Grigorenko
         Гончаренко Honcharenko Goncharenko
         Їжак Yizhak Izhak
         Євтушенко Yevtushenko Evtushenko
         Каралёў Karalyow Karaliou Karalev
         Лукашэнка Lukashenka
         Гълъбов Galabov Gulubov
         Първанов Parvanov Purvanov
         Щерев Shterev
         Христов Hristov Khristov
         Милошевић Milosevic Milošević Miloshevich
         Ђоковић Djokovic Đoković Dokovic
         Љубичић Ljubicic Ljubičić
         Његош Njegos Njegoš
         Џемаили Dzemaili Džemaili
         Ѓорѓиев Gjorgjiev Gorgiev
         Тоқаев Toqaev Tokayev Tokaev
         Назарбаев Nazarbayev Nazarbaev
         Жұмабаев Zhumabayev Jumabaev
         Ўткир Utkir Otkir
         Шавкат Shavkat
         Раҳмон Rahmon Rakhmon
         Ҷумъа Juma
         Өмүрбек Omurbek
         Баттулга Battulga
         Әлиев Aliev Aliyev",
    );
}

#[test]
fn greek() {
    check(
        "Greek",
        "Παπαδόπουλος Papadopoulos Papadopulos
         Γεώργιος Georgios Yeorgios
         Γιώργος Giorgos Yiorgos Yorgos
         Γιάννης Giannis Yiannis Yannis
         Τσίπρας Tsipras
         Μητσοτάκης Mitsotakis
         Νικόλαος Nikolaos
         Μπακογιάννη Bakoyanni Bakogianni
         Ευάγγελος Evangelos Evaggelos
         Παύλος Pavlos Paulos
         Βενιζέλος Venizelos
         Καραμανλής Karamanlis
         Ντόρα Dora Ntora
         Γκίκας Gikas Gkikas
         Αντώνης Antonis
         Χριστόδουλος Christodoulos Khristodoulos Hristodoulos
         Θεοδωράκης Theodorakis
         Ξενάκης Xenakis Ksenakis
         Ψαράς Psaras
         Φίλιππος Filippos Philippos
         Βασίλειος Vasileios Vassilios Basileios
         Ελευθέριος Eleftherios
         Αικατερίνη Aikaterini Ekaterini
         Στέφανος Stefanos Stephanos
         Κυριάκος Kyriakos Kiriakos
         Χαράλαμπος Charalampos Charalambos Haralambos
         Λεμπέσης Lempesis Lebesis
         Αναστασιάδης Anastasiadis",
    );
}

#[test]
fn armenian() {
    check(
        "Armenian",
        "Սարգսյան Sargsyan Sarkissian
         Փաշինյան Pashinyan Pashinian
         Քոչարյան Kocharyan Kocharian
         Պետրոսյան Petrosyan Petrosian Bedrossian
         Հակոբյան Hakobyan Hagopian
         Կարապետյան Karapetyan Garabedian
         Գրիգորյան Grigoryan Krikorian
         Խաչատրյան Khachatryan Khachatrian
         Մկրտչյան Mkrtchyan Mkrtchian
         Ղազարյան Ghazaryan Ghazarian
         Աբրահամյան Abrahamyan
         Ծատուրյան Tsaturyan
         Ջուղայան Jughayan
         Երևան Yerevan Erevan
         Ոսկանյան Voskanyan Voskanian
         Թորոսյան Torosyan
         Արմեն Armen
         Վարդան Vardan Vartan
         Հովհաննես Hovhannes
         Լևոն Levon
         Շահինյան Shahinyan
         Չարենց Charents
         Ժամկոչյան Zhamkochyan
         Ձիթողցյան Dzitoghtsyan
         Ճենտերեջյան Chenterejyan
         Գևորգյան Gevorgyan Kevorkian
         Ռուբեն Ruben Rouben",
    );
}

#[test]
fn georgian() {
    check(
        "Georgian",
        "სააკაშვილი Saakashvili
         ივანიშვილი Ivanishvili Ivanichvili
         შევარდნაძე Shevardnadze Schewardnadse
         მარგველაშვილი Margvelashvili
         ზურაბიშვილი Zurabishvili Zourabichvili
         ღარიბაშვილი Gharibashvili Garibashvili
         კვირიკაშვილი Kvirikashvili
         ბურჯანაძე Burjanadze
         ჟვანია Zhvania
         გამსახურდია Gamsakhurdia Gamsachurdia
         ხიდაშელი Khidasheli
         ჭიჭინაძე Chichinadze
         წერეთელი Tsereteli
         ძიძიგური Dzidziguri
         ყაველაშვილი Kavelashvili Qavelashvili
         კობახიძე Kobakhidze Kobahidze
         ჯუღაშვილი Jughashvili Dzhugashvili Djugashvili
         ჩხეიძე Chkheidze
         ფირცხალავა Pirtskhalava
         ჰარუთინოვი Harutinovi
         გიორგი Giorgi
         ნინო Nino
         თამარ Tamar
         მიხეილ Mikheil Micheil
         ზვიად Zviad
         ვახტანგ Vakhtang Vachtang
         რუსთაველი Rustaveli
         ქუთათელაძე Kutateladze
         ლომიძე Lomidze
         ბენდუქიძე Bendukidze",
    );
}

#[test]
fn indic() {
    check(
        "Indic",
        "नरेन्द्र Narendra
         नरेंद्र Narendra
         मोदी Modi
         राहुल Rahul
         रजनीकांत Rajinikanth Rajnikant
         अमिताभ Amitabh Amitab
         सोनिया Sonia Soniya
         श्रीवास्तव Srivastava Shrivastav
         कृष्णमूर्ति Krishnamurthy Krishnamurti
         विजय Vijay
         ज़ाकिर Zakir
         सिंह Singh
         लक्ष्मी Lakshmi Laxmi
         हसीना Haseena Hasina
         চট্টোপাধ্যায় Chattopadhyay
         রহমান Rahman Rehman
         হাসিনা Hasina
         মুজিবুর Mujibur
         ਮਨਮੋਹਨ Manmohan
         ਗੁਰਪ੍ਰੀਤ Gurpreet Gurprit
         પટેલ Patel
         ગાંધી Gandhi
         ନବୀନ Naveen Nabin
         பிரபாகரன் Prabhakaran Pirabakaran
         ஸ்டாலின் Stalin
         கருணாநிதி Karunanidhi
         జగన్మోహన్ Jaganmohan
         చంద్రబాబు Chandrababu
         ಸಿದ್ದರಾಮಯ್ಯ Siddaramaiah
         ಯಡಿಯೂರಪ್ಪ Yediyurappa
         പിണറായി Pinarayi
         വിജയൻ Vijayan
         රාජපක්ෂ Rajapaksa Rajapaksha
         මහින්ද Mahinda
         ගෝඨාභය Gotabhaya Gotabaya",
    );
}

#[test]
fn southeast_asian() {
    check(
        "Thai and Burmese",
        "ทักษิณ Thaksin
         ชินวัตร Shinawatra Chinnawat
         ประยุทธ์ Prayut Prayuth
         อภิสิทธิ์ Abhisit Aphisit
         สมชาย Somchai
         สมัคร Samak
         อนุทิน Anutin
         เศรษฐา Srettha
         พิธา Pita Phitha
         ธนาธร Thanathorn
         บุญมี Bunmi Bounmi
         สมศักดิ์ Somsak
         กิตติ Kitti
         วีระ Wira Weera
         มานะ Mana
         ပိုင်စိုး Paingsoe
         အောင် Aung
         လှိုင် Hlaing
         သန်း Than
         သိန်းစိန် Theinsein
         ကျော် Kyaw
         ဇော် Zaw
         မင်း Min
         ထွန်း Htun
         နိုင် Naing
         ဝင်း Win
         စိုး So
         ခင် Khin
         မောင် Maung
         မြင့် Myint Myin
         သူရ Thura
         မြတ် Myat
         ထက် Htet",
    );
}

#[test]
fn unsegmented_names_are_written_together() {
    let joined = |native: &str, latin: &str| {
        let form = |text| NameForm::new(text, Domain::Person);
        tamis_names::agree_joined(&form(latin).tokens, &form(native).tokens[0]).is_some()
    };
    assert!(joined("မင်းအောင်လှိုင်", "Min Aung Hlaing"));
    assert!(joined("သိန်းစိန်", "Thein Sein"));
    assert!(!joined("သိန်းစိန်", "Than Shwe"));
}

#[test]
fn no_letter_of_any_script_is_lost() {
    let mut lost = Vec::new();
    for block in [
        0x370..0x590,
        0x900..0xf00,
        0x1000..0x1100,
        0x1780..0x17e0,
        0x10a0..0x1100,
        0x13a0..0x1400,
    ] {
        for c in block
            .filter_map(char::from_u32)
            .filter(|c| c.is_alphabetic() && !is_mark(*c))
        {
            let form = NameForm::new(&format!("{c}{c}{c}"), Domain::Person);
            if form.tokens.is_empty() {
                lost.push(c);
            }
        }
    }
    let silent = "\u{374}ϏϗЬьҌҍԦԧՙऽॱॽঀঽੲੳੴઽଽఽಽഽฯๅๆຯໆဢჸჺჾអឣៗៜ";
    lost.retain(|&c| !silent.contains(c));
    assert!(lost.is_empty(), "{lost:?}");
}

/// Vowel signs and other marks, which are no words by themselves.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}
