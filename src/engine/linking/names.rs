//! How names are compared: folded, cut into words, without titles, possessives and endings.

use crate::text::{Span, TokenizedText};

/// So many tokens before a name are searched for what brings it in ("his wife, the painter …").
const KIN_WITHIN: usize = 10;

/// Longer names are compared by their first words only.
const MOST_WORDS: usize = 16;

/// The words of a name for comparison: small letters without diacritics, full stops or
/// possessive; "the" at the start is gone. Hyphens divide ("US-led") unless `join_hyphens`.
pub(super) fn words(name: &str, join_hyphens: bool) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut hyphen = false;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let word = out.last_mut().map_or("", |w| w.as_str());
        let particle = PARTICLES.contains(&word);
        match c {
            '\'' | '’' | '‘' | '`' | '.' => {
                // "Biden's", "the Greens'": a possessive, not a part of the name.
                let last = chars.peek().is_none_or(|n| !n.is_alphanumeric());
                let s = matches!(chars.peek(), Some('s' | 'S')) && c != '.';
                if s && !last {
                    let mut ahead = chars.clone();
                    ahead.next();
                    if ahead.next().is_none_or(|n| !n.is_alphanumeric()) {
                        chars.next();
                    }
                }
                // "J.R." is two initials, "U.S." and "D.C." one word: told apart by the caller.
            }
            '-' | '‐' | '‑' | '–' if join_hyphens && !particle => hyphen = true,
            _ if c.is_alphanumeric() => {
                fold(c, |f| {
                    if let Some(word) = out.last_mut() {
                        word.push(f);
                    }
                });
                hyphen = false;
            }
            '\u{300}'..='\u{36f}' => {}
            _ => {
                if !hyphen && out.last().is_some_and(|w| !w.is_empty()) {
                    if out.len() == MOST_WORDS {
                        break;
                    }
                    out.push(String::new());
                }
            }
        }
    }
    out.retain(|w| !w.is_empty());
    if out.len() > 1 && out.first().is_some_and(|w| w == "the") {
        out.remove(0);
    }
    out
}

/// The small letter without its diacritics ("ß" gives two).
fn fold(c: char, mut push: impl FnMut(char)) {
    for c in c.to_lowercase() {
        let plain = match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ậ' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
            'ď' | 'đ' | 'ð' => "d",
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ẽ' => "e",
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
            'ĥ' | 'ħ' => "h",
            'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
            'ĵ' => "j",
            'ķ' => "k",
            'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
            'ñ' | 'ń' | 'ņ' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ố' | 'ồ' | 'ộ' => "o",
            'œ' => "oe",
            'ŕ' | 'ŗ' | 'ř' => "r",
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
            'ß' => "ss",
            'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
            'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' => "u",
            'ŵ' => "w",
            'ý' | 'ÿ' | 'ŷ' => "y",
            'þ' => "th",
            'ź' | 'ż' | 'ž' => "z",
            '\u{300}'..='\u{36f}' => "",
            other => {
                push(other);
                continue;
            }
        };
        plain.chars().for_each(&mut push);
    }
}

/// Small words inside people's names.
pub(super) const PARTICLES: [&str; 26] = [
    "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der",
    "den", "ter", "ten", "bin", "bint", "ibn", "al", "el", "ul", "abu", "af", "zu",
];

/// Endings of people's names that tell generations apart and nothing else.
const GENERATIONS: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "vi", "vii", "viii"];

/// Man or woman, as far as a text's titles and first names tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

/// A person's name as one mention writes it.
#[derive(Debug, Clone, Default)]
pub(super) struct PersonName {
    /// Its words without titles and generation.
    pub(super) words: Vec<String>,
    /// Titles inside or right before the mention, in small letters.
    pub(super) titles: Vec<String>,
    /// What they and the first name tell.
    pub(super) gender: Option<Gender>,
    /// Brought in as somebody's relative: "his wife, the painter Michelle Obama".
    pub(super) relative: bool,
    /// The same, with the word right before the name: "his wife Michelle Obama".
    pub(super) close_relative: bool,
    /// Bytes of the mention that are titles, at its start.
    pub(super) title_bytes: usize,
}

impl PersonName {
    /// Reads the mention at `span`, and the words before it.
    pub(super) fn new(reading: &TokenizedText<'_>, span: Span) -> PersonName {
        let text = reading.slice(span);
        let mut name = PersonName { words: words(text, true), ..PersonName::default() };
        name.cut_titles(text);
        let before = reading.tokens_in(span).start;
        let inside = name.titles.len();
        // Another name stands between: the kin is that one.
        let mut crossed = false;
        for back in 1..=KIN_WITHIN {
            let Some(at) = before.checked_sub(back) else {
                break;
            };
            let word = reading.word(at);
            if matches!(word, "." | "?" | "!" | ";" | "\"" | "”") {
                break;
            }
            let word = word.trim_end_matches('.').to_lowercase();
            // Titles stand right before the name, "Prime Minister" and "Vice President" too.
            let adjacent = back == name.titles.len() - inside + 1;
            if adjacent && TITLES.iter().any(|(t, _)| *t == word) {
                name.titles.push(word.clone());
            }
            // "The father of George Doe" brings in the father.
            let kin = RELATIVES.contains(&word.as_str()) && (!crossed || word == "family");
            if kin && reading.word(at + 1) != "of" {
                name.relative = true;
                name.close_relative |= back <= 3;
            }
            let title = TITLES.iter().any(|(t, _)| *t == word);
            crossed |= !title && reading.word(at).starts_with(char::is_uppercase);
        }
        name.gender =
            name.titles.iter().find_map(|t| TITLES.iter().find(|(title, _)| title == t)?.1);
        if name.gender.is_none() && name.given_words() >= 2 {
            name.gender = name.words.first().and_then(|w| gender_of(w));
        }
        name
    }

    fn cut_titles(&mut self, text: &str) {
        while self.words.len() > 1
            && let Some(first) = self.words.first()
            && TITLES.iter().any(|(t, _)| t == first)
        {
            self.titles.push(self.words.remove(0));
        }
        while self.words.len() > 1
            && self.words.last().is_some_and(|w| GENERATIONS.contains(&w.as_str()))
        {
            self.words.pop();
        }
        if !self.titles.is_empty() {
            // The first word of the text that is no title begins the name.
            let first = self.words.first().map_or("", String::as_str);
            let start = text.split_inclusive(char::is_whitespace).scan(0, |at, part| {
                let start = *at;
                *at += part.len();
                Some((start, part))
            });
            let mut start =
                start.filter(|(_, part)| words(part, true).first().is_some_and(|w| w == first));
            self.title_bytes = start.next().map_or(0, |(at, _)| at);
        }
    }

    /// How many words are not particles.
    pub(super) fn given_words(&self) -> usize {
        self.words.iter().filter(|w| !PARTICLES.contains(&w.as_str())).count()
    }

    /// The surname's last word: the last one.
    pub(super) fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// Is it a crowned or ordained person's, who goes by the first name?
    pub(super) fn is_regal(&self) -> bool {
        self.titles.iter().any(|t| REGAL.contains(&t.as_str()))
    }
}

/// Titles that stand before people's names, and what they tell.
const TITLES: [(&str, Option<Gender>); 88] = {
    use Gender::{Female, Male};
    [
        ("mr", Some(Male)),
        ("mister", Some(Male)),
        ("sir", Some(Male)),
        ("lord", Some(Male)),
        ("king", Some(Male)),
        ("prince", Some(Male)),
        ("emperor", Some(Male)),
        ("pope", Some(Male)),
        ("messrs", Some(Male)),
        ("don", None),
        ("father", Some(Male)),
        ("congressman", Some(Male)),
        ("mrs", Some(Female)),
        ("ms", Some(Female)),
        ("miss", Some(Female)),
        ("lady", Some(Female)),
        ("queen", Some(Female)),
        ("princess", Some(Female)),
        ("dame", Some(Female)),
        ("madam", Some(Female)),
        ("mme", Some(Female)),
        ("baroness", Some(Female)),
        ("sister", Some(Female)),
        ("congresswoman", Some(Female)),
        ("mx", None),
        ("dr", None),
        ("prof", None),
        ("professor", None),
        ("gen", None),
        ("general", None),
        ("col", None),
        ("colonel", None),
        ("lt", None),
        ("lieutenant", None),
        ("sgt", None),
        ("sergeant", None),
        ("capt", None),
        ("captain", None),
        ("cmdr", None),
        ("commander", None),
        ("maj", None),
        ("major", None),
        ("adm", None),
        ("admiral", None),
        ("rev", None),
        ("reverend", None),
        ("sen", None),
        ("senator", None),
        ("rep", None),
        ("representative", None),
        ("gov", None),
        ("governor", None),
        ("president", None),
        ("minister", None),
        ("chancellor", None),
        ("secretary", None),
        ("judge", None),
        ("justice", None),
        ("ambassador", None),
        ("mayor", None),
        ("sheikh", Some(Male)),
        ("sultan", Some(Male)),
        ("imam", Some(Male)),
        ("ayatollah", Some(Male)),
        ("st", None),
        ("saint", None),
        ("speaker", None),
        ("pres", None),
        ("premier", None),
        ("chairman", Some(Male)),
        ("chairwoman", Some(Female)),
        ("deputy", None),
        ("vice", None),
        ("chief", None),
        ("archbishop", None),
        ("bishop", None),
        ("cardinal", None),
        ("rabbi", None),
        ("pastor", None),
        ("sheriff", None),
        ("detective", None),
        ("inspector", None),
        ("officer", None),
        ("coach", None),
        ("councillor", None),
        ("commissioner", None),
        ("director", None),
        ("crown", None),
    ]
};

/// Titles of people who go by their first names.
const REGAL: [&str; 12] = [
    "king", "queen", "prince", "princess", "pope", "emperor", "sultan", "st", "saint", "sister",
    "father", "lady",
];

/// Words that bring somebody in as another one's relative.
const RELATIVES: [&str; 23] = [
    "wife", "husband", "daughter", "son", "brother", "sister", "mother", "father", "widow",
    "widower", "cousin", "nephew", "niece", "uncle", "aunt", "grandson", "granddaughter",
    "stepson", "stepdaughter", "fiancee", "spouse", "lady", "family",
];

/// What a common first name tells.
fn gender_of(given: &str) -> Option<Gender> {
    let among = |list: &str| list.split_ascii_whitespace().any(|n| n == given);
    if among(FEMALE) {
        Some(Gender::Female)
    } else if among(MALE) {
        Some(Gender::Male)
    } else {
        None
    }
}

/// First names that nearly always are women's; enough to tell couples apart.
const FEMALE: &str = "aisha alexandra alice amanda amy ana andrea angela anita ann anna anne asma \
    barbara beatrice benazir bella betty brigitte camilla carla carmen carol caroline catherine \
    charlotte chelsea christina christine cindy clara claudia condoleezza cristina deborah diana \
    dilma donna dorothy elena eleanor elisabeth elizabeth ellen emily emma erika eva evelyn \
    fatima fiona florence frances gabriela gloria grace greta hannah heather helen hillary \
    huma imelda indira ingrid irene isabel isabella ivana ivanka jane janet jennifer jessica jill \
    joan judith julia julie kamala karen kate katherine kathleen kelly kirsten kristina laura \
    laurene leila leonie linda lisa louise lucia lucy magdalena malala margaret maria marie \
    marine marta martha mary maryam megan meghan melania melinda mette michelle miriam monica \
    nadia nancy naomi natalia nicola olga olivia pamela patricia paula priya rachel rania \
    rebecca rita rosa ruth sandra sara sarah serena shakira sheikha sheryl silvia simone sofia \
    sonia sophia sophie stephanie susan sylvia tamara teresa theresa tina ursula valerie vanessa \
    venus vera veronica victoria virginia whitney yulia zainab";

/// First names that nearly always are men's.
const MALE: &str = "aaron abdul abdullah adam adolf ahmed alan albert alexander alfred ali \
    alfonso andrew andre angus anthony antonio arnold arthur barack benjamin bernard bernie bill \
    bob boris brad brian bruce carl carlos charles chris christopher daniel david dennis dmitry \
    donald douglas ed edward elon emmanuel eric ernest felipe fidel francis francisco francois \
    frank franklin fred frederick gary george gerald gerhard gordon greg gregory guy hamid hans \
    harold harry hassan heinrich helmut henry herbert hosni howard hugh hugo hussein ibrahim igor \
    imran ivan jack jacob jacques jair james jan jared jason jay jeb jeff jeffrey jeremy jerry \
    jim jimmy joe joel john johnny jonathan jose joseph juan justin karl keith kenneth kevin \
    khalid kofi larry lars leo leonard louis luis lula malcolm manuel marc mario mark martin \
    matthew maurice michael miguel mike mitt mohamed mohammad mohammed muhammad narendra nawaz \
    neil nelson nicholas nick nicolas oliver omar oscar osama otto patrick paul pedro peter phil \
    philip pierre rafael ralph ray recep rene ricardo richard rick robert roberto rodrigo roger \
    roman ron ronald roy rudolf rudy rupert russell ryan samuel saddam scott sean sergei shehbaz \
    silvio simon stanley stephen steve steven stuart tariq ted terry thomas tim timothy todd tom \
    tony vaclav viktor vincent vladimir volodymyr walter warren wayne william winston yasser";

/// Short forms of first names: all in one row are one name.
const NICKNAMES: [&[&str]; 44] = [
    &["joe", "joseph", "joey"],
    &["bill", "william", "will", "billy", "willie"],
    &["mike", "michael", "mick", "mikhail"],
    &["bob", "robert", "rob", "bobby", "robbie"],
    &["jim", "james", "jimmy", "jamie"],
    &["tom", "thomas", "tommy"],
    &["dick", "richard", "rick", "ricky", "rich"],
    &["tony", "anthony", "antony", "antonio"],
    &["ben", "benjamin", "benny", "bibi"],
    &["dan", "daniel", "danny"],
    &["ed", "edward", "eddie", "ted", "edmund"],
    &["steve", "stephen", "steven", "stefan"],
    &["chris", "christopher", "christine", "christian", "christina"],
    &["kate", "katherine", "catherine", "kathy", "cathy", "kathleen"],
    &["liz", "elizabeth", "beth", "betty", "eliza"],
    &["sue", "susan", "suzanne", "susie"],
    &["nick", "nicholas", "nicolas", "nicola"],
    &["alex", "alexander", "alexandra", "alexandria", "alejandro", "alexis"],
    &["sam", "samuel", "samantha", "sammy"],
    &["dave", "david", "davy"],
    &["andy", "andrew", "andrei"],
    &["matt", "matthew"],
    &["greg", "gregory"],
    &["pete", "peter"],
    &["jeff", "jeffrey", "geoff", "geoffrey"],
    &["tim", "timothy"],
    &["ron", "ronald", "ronnie"],
    &["don", "donald", "donny"],
    &["ken", "kenneth", "kenny"],
    &["larry", "lawrence", "laurence"],
    &["bernie", "bernard"],
    &["charlie", "charles", "chuck", "carlos"],
    &["jack", "john", "johnny", "jon", "jonathan"],
    &["harry", "henry", "harold", "hal"],
    &["jerry", "gerald", "jerome"],
    &["meg", "margaret", "maggie", "peggy"],
    &["phil", "philip", "phillip"],
    &["rudy", "rudolph", "rudolf"],
    &["vic", "victor", "viktor"],
    &["fred", "frederick", "alfred"],
    &["mohammed", "mohamed", "mohammad", "muhammad", "mohamad"],
    &["doug", "douglas"],
    &["ray", "raymond"],
    &["patty", "patricia", "pat", "patrick"],
];

/// May these two first (or middle) names be one person's: equal, short forms, an initial?
pub(super) fn same_given(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    a == b
        || initial(a, b)
        || initial(b, a)
        || NICKNAMES.iter().any(|row| row.contains(&a) && row.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded() {
        let folded = |name, join| words(name, join).join(" ");
        assert_eq!(folded("the U.S.", false), "us");
        assert_eq!(folded("Biden's", false), "biden");
        assert_eq!(folded("the Greens’", false), "greens");
        assert_eq!(folded("São Tomé", false), "sao tome");
        assert_eq!(folded("Bashar al-Assad", true), "bashar al assad");
        assert_eq!(folded("Ocasio-Cortez", true), "ocasiocortez");
        assert_eq!(folded("O'Brien", false), "obrien");
        assert_eq!(folded("Macy's Inc.", false), "macy inc");
        assert_eq!(folded("e\u{301}a", false), "ea");
        assert_eq!(folded("...", false), "");
    }
}
