//! The words that dates are made of, each with its class. A new word is one line of [`WORDS`].

use crate::timex::{DayPart, Season, Unit};

/// What a piece of text can be in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing to do with time.
    Other,
    /// Digits: value and how many digits.
    Number(u32, u8),
    /// `2.5`: hundredths.
    Decimal(u32),
    /// "two": value.
    Cardinal(u32),
    /// "hundred", "thousand".
    Multiple(u32),
    /// "third", "3rd": value and whether in digits.
    Ordinal(u32, bool),
    Month(u8),
    Weekday(u8),
    /// "Fridays".
    Weekdays(u8),
    Unit(Unit),
    /// "days".
    Units(Unit),
    /// "24hrs", "3yr" in one token.
    NumberUnit(u32, Unit),
    Season(Season),
    Seasons(Season),
    Part(DayPart),
    Parts(DayPart),
    /// "1990s": first year.
    Decade(i32),
    /// "nineties": tens.
    Nineties(u8),
    /// Clock time in one token: hour, minute, second (255: not told), 0 as written, 1 am, 2 pm.
    Clock(u8, u8, u8, u8),
    /// `23T19:27:00`.
    DayClock(u8, u8, u8, u8),
    /// `23.07.2021` in one token.
    Dotted,
    /// `Q3`, `3Q`.
    Quarter(u8),
    /// `H1`, `1H`.
    Half(u8),
    /// `FY2019`.
    FiscalYear(i32),
    /// am (false), pm (true).
    AmPm(bool),
    /// A zone, in minutes from UTC.
    Zone,
    /// May begin a holiday's name.
    Holiday,
    /// A repeating adverb: "daily".
    Every(Unit),
    /// Punctuation; every dash inside a range is `-`, a long dash `—`.
    Mark(char),
    /// A word of the grammar.
    Word(Word),
}

/// Words of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[rustfmt::skip]
pub(super) enum Word {
    Poss,
    A, About, After, Ago, Ahead, All, Almost, Already, And, Another, Approximately, At, Back, Bc,
    Ad, Before, Beginning, Between, Beyond, By, Calendar, Coming, Couple, Current, Currently,
    Dozen, Dozens, During, Each, Earlier, Early, End, Eve, Every, Exactly, Few, Final, Fiscal,
    Following, For, From, Full, Future, Half, Hence, Hundreds, In, It, Just, Last, Late, Later,
    Latest, Least, Less, Long, Many, Mid, Middle, More, Most, Nearly, Next, No, Noon, Midnight,
    Not, Now, OClock, Of, Off, Old, On, Once, Only, Or, Other, Over, Past, Per, Present, Previous,
    Previously, Prior, Recent, Recently, Right, Roughly, Running, Same, Several, Since, So, Some,
    Post, Pre, Start, Straight, Subsequent, Than, That, The, Then, These, This, Those, Thousands,
    Through, Throughout, Time, Times, To, Today, Tomorrow, Tonight, Toward, Twice, Under, Until,
    Up, Weekdays, Whole, Within, Yesterday, YearEnd, Yet, Age, Overnight, Nowadays, Additional,
    Consecutive, Latter, Ending, Ended, Lately, Formerly, Shortly, Entire, Upcoming, Shy,
    Possible,
}

use Kind::{
    AmPm, Cardinal, Every, Holiday, Month, Multiple, Nineties, Ordinal, Parts, Seasons, Units,
    Weekday, Weekdays, Zone,
};
use Unit as U;
use Word as W;

const fn w(word: Word) -> Kind {
    Kind::Word(word)
}
const fn u(unit: Unit) -> Kind {
    Kind::Unit(unit)
}
const fn p(part: DayPart) -> Kind {
    Kind::Part(part)
}
const fn s(season: Season) -> Kind {
    Kind::Season(season)
}
const fn o(n: u32) -> Kind {
    Ordinal(n, false)
}

/// Sorted by word; lower case, without a final full stop.
#[rustfmt::skip]
pub(super) static WORDS: &[(&str, Kind)] = &[
    ("a", w(W::A)), ("a.d", w(W::Ad)), ("a.m", AmPm(false)), ("about", w(W::About)),
    ("ad", w(W::Ad)), ("additional", w(W::Additional)), ("advent", Holiday), ("aedt", Zone),
    ("aest", Zone), ("after", w(W::After)), ("afternoon", p(DayPart::Afternoon)),
    ("afternoons", Parts(DayPart::Afternoon)), ("age", w(W::Age)), ("aged", w(W::Age)),
    ("ago", w(W::Ago)), ("ahead", w(W::Ahead)), ("all", w(W::All)), ("almost", w(W::Almost)),
    ("already", w(W::Already)), ("am", AmPm(false)), ("an", w(W::A)), ("and", w(W::And)),
    ("annual", Every(U::Year)), ("annually", Every(U::Year)), ("another", w(W::Another)),
    ("anzac", Holiday), ("approximately", w(W::Approximately)), ("apr", Month(4)),
    ("april", Month(4)), ("armistice", Holiday), ("around", w(W::About)), ("ascension", Holiday), ("ash", Holiday),
    ("at", w(W::At)), ("aug", Month(8)), ("august", Month(8)), ("australia", Holiday),
    ("autumn", s(Season::Autumn)), ("autumns", Seasons(Season::Autumn)),
    ("b.c", w(W::Bc)), ("b.c.e", w(W::Bc)), ("back", w(W::Back)), ("bastille", Holiday),
    ("bc", w(W::Bc)), ("bce", w(W::Bc)), ("before", w(W::Before)), ("beginning", w(W::Beginning)),
    ("between", w(W::Between)), ("beyond", w(W::Beyond)), ("billion", Kind::Other),
    ("black", Holiday), ("bonfire", Holiday), ("boxing", Holiday), ("bst", Zone),
    ("by", w(W::By)),
    ("c.e", w(W::Ad)), ("ca", w(W::About)), ("calendar", w(W::Calendar)), ("canada", Holiday),
    ("cdt", Zone), ("ce", w(W::Ad)), ("centuries", Units(U::Century)), ("century", u(U::Century)),
    ("cest", Zone), ("cet", Zone), ("chinese", Holiday), ("christmas", Holiday),
    ("cinco", Holiday), ("circa", w(W::About)), ("columbus", Holiday), ("coming", w(W::Coming)),
    ("consecutive", w(W::Consecutive)), ("couple", w(W::Couple)), ("cst", Zone),
    ("current", w(W::Current)), ("currently", w(W::Currently)), ("cyber", Holiday),
    ("daily", Every(U::Day)), ("dawn", p(DayPart::Morning)), ("day", u(U::Day)),
    ("daylight", p(DayPart::Daytime)), ("days", Units(U::Day)), ("daytime", p(DayPart::Daytime)),
    ("dec", Month(12)), ("decade", u(U::Decade)), ("decades", Units(U::Decade)),
    ("december", Month(12)), ("dozen", w(W::Dozen)), ("dozens", w(W::Dozens)),
    ("during", w(W::During)), ("dusk", p(DayPart::Evening)),
    ("each", w(W::Each)), ("earlier", w(W::Earlier)), ("early", w(W::Early)), ("earth", Holiday),
    ("easter", Holiday), ("edt", Zone), ("eight", Cardinal(8)), ("eighteen", Cardinal(18)),
    ("eighteenth", o(18)), ("eighth", o(8)), ("eighties", Nineties(80)), ("eighty", Cardinal(80)),
    ("election", Holiday), ("eleven", Cardinal(11)), ("eleventh", o(11)), ("end", w(W::End)),
    ("ended", w(W::Ended)), ("ending", w(W::Ending)), ("entire", w(W::Entire)),
    ("epiphany", Holiday), ("est", Zone), ("et", Zone), ("eve", w(W::Eve)),
    ("evening", p(DayPart::Evening)), ("evenings", Parts(DayPart::Evening)), ("every", w(W::Every)),
    ("everyday", Every(U::Day)), ("exactly", w(W::Exactly)),
    ("fall", s(Season::Autumn)), ("father", Holiday), ("feb", Month(2)), ("february", Month(2)),
    ("few", w(W::Few)), ("fifteen", Cardinal(15)), ("fifteenth", o(15)), ("fifth", o(5)),
    ("fifties", Nineties(50)), ("fifty", Cardinal(50)), ("final", w(W::Final)), ("first", o(1)),
    ("fiscal", w(W::Fiscal)), ("five", Cardinal(5)), ("following", w(W::Following)),
    ("for", w(W::For)), ("former", Kind::Other), ("formerly", w(W::Formerly)),
    ("forties", Nineties(40)), ("fortnight", u(U::Fortnight)),
    ("fortnightly", Every(U::Fortnight)), ("fortnights", Units(U::Fortnight)),
    ("forty", Cardinal(40)), ("four", Cardinal(4)), ("fourteen", Cardinal(14)),
    ("fourteenth", o(14)), ("fourth", o(4)), ("fri", Weekday(4)), ("friday", Weekday(4)),
    ("fridays", Weekdays(4)), ("from", w(W::From)), ("full", w(W::Full)),
    ("future", w(W::Future)), ("fy", w(W::Fiscal)),
    ("gmt", Zone), ("good", Holiday), ("groundhog", Holiday), ("guy", Holiday),
    ("half", w(W::Half)), ("halloween", Holiday), ("hence", w(W::Hence)), ("hour", u(U::Hour)),
    ("hourly", Every(U::Hour)), ("hours", Units(U::Hour)), ("hr", u(U::Hour)),
    ("hrs", Units(U::Hour)), ("hundred", Multiple(100)), ("hundreds", w(W::Hundreds)),
    ("in", w(W::In)), ("inauguration", Holiday), ("independence", Holiday), ("ist", Zone),
    ("it", w(W::It)),
    ("jan", Month(1)), ("january", Month(1)), ("jul", Month(7)), ("july", Month(7)),
    ("jun", Month(6)), ("june", Month(6)), ("juneteenth", Holiday), ("just", w(W::Just)),
    ("labor", Holiday), ("labour", Holiday), ("last", w(W::Last)), ("late", w(W::Late)),
    ("lately", w(W::Lately)), ("later", w(W::Later)), ("latest", w(W::Latest)),
    ("latter", w(W::Latter)), ("least", w(W::Least)), ("less", w(W::Less)), ("long", w(W::Long)),
    ("lunchtime", p(DayPart::Midday)),
    ("many", w(W::Many)), ("mar", Month(3)), ("march", Month(3)), ("mardi", Holiday),
    ("martin", Holiday), ("maundy", Holiday), ("may", Month(5)), ("mdt", Zone),
    ("memorial", Holiday), ("mid", w(W::Mid)), ("midafternoon", p(DayPart::Afternoon)),
    ("midday", w(W::Noon)), ("middle", w(W::Middle)), ("midmorning", p(DayPart::Morning)),
    ("midnight", w(W::Midnight)), ("midsummer", s(Season::Summer)),
    ("midwinter", s(Season::Winter)), ("millennia", Units(U::Millennium)),
    ("millennium", u(U::Millennium)), ("millenniums", Units(U::Millennium)),
    ("min", u(U::Minute)), ("mins", Units(U::Minute)), ("minute", u(U::Minute)),
    ("minutes", Units(U::Minute)), ("mon", Weekday(0)), ("monday", Weekday(0)),
    ("mondays", Weekdays(0)), ("month", u(U::Month)), ("monthly", Every(U::Month)),
    ("months", Units(U::Month)), ("more", w(W::More)), ("morning", p(DayPart::Morning)),
    ("mornings", Parts(DayPart::Morning)), ("most", w(W::Most)), ("mother", Holiday), ("mst", Zone),
    ("national", Holiday), ("nearly", w(W::Nearly)), ("new", Holiday), ("next", w(W::Next)),
    ("night", p(DayPart::Night)), ("nightfall", p(DayPart::Evening)), ("nightly", Every(U::Day)),
    ("nights", Parts(DayPart::Night)), ("nine", Cardinal(9)), ("nineteen", Cardinal(19)),
    ("nineteenth", o(19)), ("nineties", Nineties(90)), ("ninety", Cardinal(90)), ("ninth", o(9)),
    ("no", w(W::No)), ("noon", w(W::Noon)), ("not", w(W::Not)), ("nov", Month(11)),
    ("november", Month(11)), ("now", w(W::Now)), ("nowadays", w(W::Nowadays)),
    ("o'clock", w(W::OClock)), ("oct", Month(10)), ("october", Month(10)), ("of", w(W::Of)),
    ("off", w(W::Off)), ("old", w(W::Old)), ("on", w(W::On)), ("once", w(W::Once)),
    ("one", Cardinal(1)), ("only", w(W::Only)), ("or", w(W::Or)), ("other", w(W::Other)),
    ("over", w(W::Over)), ("overnight", w(W::Overnight)), ("o’clock", w(W::OClock)),
    ("p.m", AmPm(true)), ("palm", Holiday), ("pancake", Holiday), ("past", w(W::Past)),
    ("patriot", Holiday), ("pdt", Zone), ("pentecost", Holiday), ("per", w(W::Per)), ("period", u(U::Period)),
    ("pm", AmPm(true)), ("possible", w(W::Possible)), ("post", w(W::Post)), ("pre", w(W::Pre)),
    ("present", w(W::Present)), ("president", Holiday), ("presidents", Holiday),
    ("previous", w(W::Previous)), ("previously", w(W::Previously)), ("prior", w(W::Prior)),
    ("pst", Zone), ("pt", Zone),
    ("qtr", u(U::Quarter)), ("quarter", u(U::Quarter)), ("quarterly", Every(U::Quarter)), ("quarters", Units(U::Quarter)),
    ("recent", w(W::Recent)), ("recently", w(W::Recently)), ("remembrance", Holiday),
    ("right", w(W::Right)), ("roughly", w(W::Roughly)), ("running", w(W::Running)),
    ("same", w(W::Same)), ("sat", Weekday(5)), ("saturday", Weekday(5)),
    ("saturdays", Weekdays(5)), ("season", Kind::Other), ("second", o(2)),
    ("seconds", Units(U::Second)), ("sep", Month(9)), ("sept", Month(9)), ("september", Month(9)),
    ("seven", Cardinal(7)), ("seventeen", Cardinal(17)), ("seventeenth", o(17)),
    ("seventh", o(7)), ("seventies", Nineties(70)), ("seventy", Cardinal(70)),
    ("several", w(W::Several)), ("shortly", w(W::Shortly)), ("shrove", Holiday),
    ("shy", w(W::Shy)), ("since", w(W::Since)), ("six", Cardinal(6)), ("sixteen", Cardinal(16)),
    ("sixteenth", o(16)), ("sixth", o(6)), ("sixties", Nineties(60)), ("sixty", Cardinal(60)),
    ("so", w(W::So)), ("some", w(W::Some)), ("spring", s(Season::Spring)),
    ("springs", Seasons(Season::Spring)), ("st", Holiday), ("start", w(W::Start)),
    ("straight", w(W::Straight)), ("subsequent", w(W::Subsequent)), ("summer", s(Season::Summer)),
    ("summers", Seasons(Season::Summer)), ("sun", Weekday(6)), ("sunday", Weekday(6)),
    ("sundays", Weekdays(6)), ("super", Holiday),
    ("ten", Cardinal(10)), ("tenth", o(10)), ("than", w(W::Than)), ("thanksgiving", Holiday),
    ("that", w(W::That)), ("the", w(W::The)), ("then", w(W::Then)), ("these", w(W::These)),
    ("third", o(3)), ("thirteen", Cardinal(13)), ("thirteenth", o(13)),
    ("thirties", Nineties(30)), ("thirtieth", o(30)), ("thirty", Cardinal(30)),
    ("this", w(W::This)), ("those", w(W::Those)), ("thousand", Multiple(1000)),
    ("thousands", w(W::Thousands)), ("three", Cardinal(3)), ("through", w(W::Through)),
    ("throughout", w(W::Throughout)), ("thu", Weekday(3)), ("thur", Weekday(3)),
    ("thurs", Weekday(3)), ("thursday", Weekday(3)), ("thursdays", Weekdays(3)),
    ("time", w(W::Time)), ("times", w(W::Times)), ("to", w(W::To)), ("today", w(W::Today)),
    ("tomorrow", w(W::Tomorrow)), ("tonight", w(W::Tonight)), ("toward", w(W::Toward)),
    ("towards", w(W::Toward)), ("tue", Weekday(1)), ("tues", Weekday(1)), ("tuesday", Weekday(1)),
    ("tuesdays", Weekdays(1)), ("twelfth", o(12)), ("twelve", Cardinal(12)),
    ("twenties", Nineties(20)), ("twentieth", o(20)), ("twenty", Cardinal(20)),
    ("twice", w(W::Twice)), ("two", Cardinal(2)),
    ("under", w(W::Under)), ("until", w(W::Until)), ("up", w(W::Up)),
    ("upcoming", w(W::Upcoming)), ("utc", Zone),
    ("valentine", Holiday), ("ve", Holiday), ("veterans", Holiday),
    ("wed", Weekday(2)), ("wednesday", Weekday(2)), ("wednesdays", Weekdays(2)),
    ("weds", Weekday(2)), ("week", u(U::Week)), ("weekday", Kind::Other),
    ("weekdays", w(W::Weekdays)), ("weekend", u(U::Weekend)), ("weekends", Units(U::Weekend)),
    ("weekly", Every(U::Week)), ("weeknights", w(W::Weekdays)), ("weeks", Units(U::Week)),
    ("whit", Holiday), ("whole", w(W::Whole)), ("winter", s(Season::Winter)),
    ("winters", Seasons(Season::Winter)), ("within", w(W::Within)),
    ("xmas", Holiday),
    ("year", u(U::Year)), ("year-end", w(W::YearEnd)), ("yearend", w(W::YearEnd)),
    ("yearly", Every(U::Year)), ("years", Units(U::Year)), ("yesterday", w(W::Yesterday)),
    ("yet", w(W::Yet)), ("yom", Holiday), ("yr", u(U::Year)), ("yrs", Units(U::Year)),
];

/// Where in [`WORDS`] each first letter begins; one past the end for the letter after `z`.
static FIRST: [u16; 27] = {
    let mut first = [0u16; 27];
    let (mut letter, mut i) = (0usize, 0usize);
    while letter < 27 {
        while i < WORDS.len() && ((WORDS[i].0.as_bytes()[0] - b'a') as usize) < letter {
            i += 1;
        }
        first[letter] = i as u16;
        letter += 1;
    }
    first
};

/// For each first letter the second letters, the last letters and the lengths of its words, as bits:
/// most words of a text are told from dates without a search.
static MASKS: [[u32; 3]; 26] = {
    let mut masks = [[0u32; 3]; 26];
    let mut i = 0;
    while i < WORDS.len() {
        let word = WORDS[i].0.as_bytes();
        let mask = &mut masks[(word[0] - b'a') as usize];
        mask[0] |= letter_bit(if word.len() > 1 { word[1] } else { 0 });
        mask[1] |= letter_bit(word[word.len() - 1]);
        mask[2] |= 1 << word.len();
        i += 1;
    }
    masks
};

/// A bit for each letter, one for everything else.
const fn letter_bit(byte: u8) -> u32 {
    match byte | 0x20 {
        letter @ b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 1 << 26,
    }
}

/// The longest word in bytes.
const LONGEST: usize = 14;

/// The class of a word in any case; a final full stop is ignored.
pub(super) fn class(word: &str) -> Kind {
    let bytes = word.strip_suffix('.').unwrap_or(word).as_bytes();
    if bytes.is_empty() || bytes.len() > LONGEST {
        return Kind::Other;
    }
    let letter = usize::from((bytes[0] | 0x20).wrapping_sub(b'a'));
    let second = bytes.get(1).copied().unwrap_or(0);
    let last = bytes.last().copied().unwrap_or(0);
    if !MASKS.get(letter).is_some_and(|mask| {
        mask[0] & letter_bit(second) != 0
            && mask[1] & letter_bit(last) != 0
            && mask[2] & (1 << bytes.len()) != 0
    }) {
        return Kind::Other;
    }
    let mut lower = [0u8; LONGEST];
    for (to, from) in lower.iter_mut().zip(bytes) {
        *to = from.to_ascii_lowercase();
    }
    let lower = &lower[..bytes.len()];
    let (Some(&from), Some(&to)) = (FIRST.get(letter), FIRST.get(letter + 1)) else {
        return Kind::Other;
    };
    let bucket = WORDS.get(usize::from(from)..usize::from(to)).unwrap_or_default();
    match bucket.binary_search_by(|(w, _)| w.as_bytes().cmp(lower)) {
        Ok(i) => bucket[i].1,
        Err(_) => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_word_is_found() {
        for pair in WORDS.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
        for (word, kind) in WORDS {
            assert!(word.len() <= LONGEST, "{word}");
            assert_eq!(class(&word.to_uppercase()), *kind);
        }
        assert_eq!(class("Nov."), Kind::Month(11));
        for other in ["", ".", "zzz", "{", "é", "mayhem", "supercalifragilistic"] {
            assert_eq!(class(other), Kind::Other);
        }
    }
}
