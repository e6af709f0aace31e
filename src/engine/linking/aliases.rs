//! Names that are the same without any likeness of letters: one row each, in folded words.

use crate::document::Label;

/// Countries, cities and institutions: the first of a row stands for all. A new one is one row.
const PLACES: [&[&str]; 46] = [
    &["united states", "us", "usa", "united states of america", "america", "u s", "u s a"],
    &["united kingdom", "uk", "britain", "great britain", "u k"],
    &["united arab emirates", "uae", "emirates"],
    &[
        "democratic republic of congo",
        "democratic republic of the congo",
        "dr congo",
        "drc",
        "congo kinshasa",
        "zaire",
    ],
    &["republic of congo", "republic of the congo", "congo brazzaville"],
    &["north korea", "dprk", "democratic people republic of korea"],
    &["south korea", "republic of korea", "rok"],
    &["china", "people republic of china", "prc", "mainland china"],
    &["taiwan", "republic of china"],
    &["netherlands", "holland"],
    &["myanmar", "burma"],
    &["czech republic", "czechia"],
    &["ivory coast", "cote divoire"],
    &["eswatini", "swaziland"],
    &["timor leste", "east timor"],
    &["turkey", "turkiye", "republic of turkey"],
    &["kyiv", "kiev"],
    &["kharkiv", "kharkov"],
    &["odesa", "odessa"],
    &["vatican", "vatican city", "holy see"],
    &["new york city", "nyc"],
    &["los angeles", "la"],
    &["washington dc", "washington d c", "district of columbia", "dc", "d c"],
    &["soviet union", "ussr", "u s s r"],
    &["north macedonia", "macedonia"],
    &["cape verde", "cabo verde"],
    &["bosnia and herzegovina", "bosnia", "bosnia herzegovina"],
    &["russia", "russian federation"],
    &["iran", "islamic republic of iran"],
    &["syria", "syrian arab republic"],
    &["ireland", "republic of ireland"],
    &["papua new guinea", "png"],
    &["central african republic", "car"],
    &["mumbai", "bombay"],
    &["kolkata", "calcutta"],
    &["chennai", "madras"],
    &["beijing", "peking"],
    &["yangon", "rangoon"],
    &["ho chi minh city", "saigon"],
    &["hong kong", "hong kong sar"],
    &["saudi arabia", "kingdom of saudi arabia", "ksa"],
    &["new zealand", "aotearoa", "nz"],
    &["east germany", "german democratic republic", "gdr"],
    &["west germany", "federal republic of germany"],
    &["st petersburg", "saint petersburg"],
    &["gaza", "gaza strip"],
];

/// Organisations whose short names their full names do not give.
const ORGANISATIONS: [&[&str]; 13] = [
    &[
        "islamic state",
        "isis",
        "isil",
        "daesh",
        "islamic state of iraq and syria",
        "islamic state of iraq and the levant",
        "islamic state group",
    ],
    &["al qaeda", "al qaida", "alqaeda", "alqaida"],
    &["hezbollah", "hizbollah", "hizbullah", "hezbullah"],
    &["republican party", "gop"],
    &["associated press", "ap"],
    &["agence france presse", "afp"],
    &["united nations children fund", "unicef"],
    &["world wide fund for nature", "wwf"],
    &["kurdistan workers party", "pkk"],
    &["doctors without borders", "medecins sans frontieres", "msf"],
    &["federal reserve", "fed", "us federal reserve"],
    &["deutsche presse agentur", "dpa"],
    &["national rifle association", "nra"],
];

/// Peoples, faiths and parties: nouns beside their adjectives.
const PEOPLES: [&[&str]; 26] = [
    &["british", "briton", "brit"],
    &["spanish", "spaniard"],
    &["swedish", "swede"],
    &["danish", "dane"],
    &["finnish", "finn"],
    &["polish", "pole"],
    &["turkish", "turk"],
    &["scottish", "scot"],
    &["french", "frenchman", "frenchmen", "frenchwoman"],
    &["dutch", "dutchman", "dutchmen"],
    &["irish", "irishman", "irishmen"],
    &["english", "englishman", "englishmen"],
    &["welsh", "welshman"],
    &["jewish", "jew"],
    &["kurdish", "kurd"],
    &["serbian", "serb"],
    &["croatian", "croat"],
    &["bosnian", "bosniak"],
    &["democrat", "democratic"],
    &["afghan", "afghani"],
    &["filipino", "philippine", "filipina"],
    &["argentine", "argentinian"],
    &["icelandic", "icelander"],
    &["catholic", "roman catholic"],
    &["shiite", "shia"],
    &["uighur", "uyghur"],
];

/// Endings of companies' names that papers leave out after the first time.
const LEGAL: [&str; 22] = [
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp",
    "plc", "ag", "sa", "gmbh", "nv", "bv", "spa", "se", "pty", "bhd", "oyj", "asa",
];

/// Families of labels whose names are compared with one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    Organisation,
    Place,
    People,
    Other(Label),
}

/// The key of a name: its words by which it is the same as another.
pub(super) fn key(family: Family, mut words: Vec<String>) -> Vec<String> {
    let rows: &[&[&str]] = match family {
        Family::Place => {
            strip_state(&mut words);
            &PLACES
        }
        Family::Organisation => {
            while words.len() > 1 && words.last().is_some_and(|w| LEGAL.contains(&w.as_str())) {
                words.pop();
            }
            turn_round(&mut words);
            &ORGANISATIONS
        }
        Family::People => {
            if let [.., last] = words.as_mut_slice() {
                singular(last);
            }
            &PEOPLES
        }
        Family::Other(_) => &[],
    };
    let joined = words.join(" ");
    match rows.iter().find(|row| row.contains(&joined.as_str())) {
        Some([first, ..]) => first.split(' ').map(str::to_owned).collect(),
        _ => words,
    }
}

/// Is it one of the table's places?
pub(super) fn is_place(folded: &str) -> bool {
    PLACES.iter().any(|row| row.contains(&folded))
}

/// "Republic of Estonia" is Estonia; the Congos, Koreas and Chinas are in the table.
fn strip_state(words: &mut Vec<String>) {
    let is =
        |i: usize, list: &[&str]| words.get(i).is_some_and(|w: &String| list.contains(&w.as_str()));
    let kinds = ["republic", "kingdom", "state", "commonwealth", "principality"];
    let manners = ["islamic", "federal", "hashemite", "arab", "oriental", "bolivarian"];
    let start = if is(0, &kinds) && is(1, &["of"]) {
        2
    } else if is(0, &manners) && is(1, &kinds) && is(2, &["of"]) {
        3
    } else {
        return;
    };
    let twins = ["congo", "korea", "china", "ireland", "the"];
    if words.len() > start && !is(start, &twins) {
        words.drain(..start);
    }
}

/// "Ministry of Defence" and "Defence Ministry" are one.
fn turn_round(words: &mut Vec<String>) {
    const HEADS: [&str; 8] = [
        "ministry", "department", "embassy", "parliament", "university", "office", "bureau",
        "agency",
    ];
    let at = words.iter().position(|w| w == "of");
    if let Some(at) = at
        && at > 0
        && at + 1 < words.len()
        && at + 4 >= words.len()
        && words.get(at - 1).is_some_and(|w| HEADS.contains(&w.as_str()))
        && !words.iter().any(|w| w == "and")
    {
        let head = words.remove(at - 1);
        words.remove(at - 1);
        if words.get(at - 1).is_some_and(|w| w == "the") && words.len() > at {
            words.remove(at - 1);
        }
        words.push(head);
    }
    for word in words {
        if word == "defence" {
            *word = "defense".to_owned();
        }
    }
}

/// "Afghans" is the plural of "Afghan".
fn singular(word: &mut String) {
    let plural = word.len() > 4 && word.ends_with('s') && !word.ends_with("ss");
    if plural && !word.ends_with("is")
        || matches!(
            word.as_str(),
            "iraqis"
                | "israelis"
                | "pakistanis"
                | "saudis"
                | "nazis"
                | "yazidis"
                | "houthis"
                | "yemenis"
                | "omanis"
                | "qataris"
                | "kuwaitis"
                | "bangladeshis"
                | "kashmiris"
        )
    {
        word.pop();
    }
}
