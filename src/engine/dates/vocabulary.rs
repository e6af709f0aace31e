//! The words that dates are made of, each with its class. A new word is one line of the word list
//! `vocabulary/dates/date_words.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::timex::{DayPart, Season, Unit};
use crate::vocabulary::amounts::{NUMBER_VALUES, Numeral};
use crate::vocabulary::calendar::{CALENDAR, CalendarKind, CalendarWord};
use crate::vocabulary::dates::{DATE_WORDS, TIME_ZONES};

/// What a piece of text can be in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LexemeKind {
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
    /// Clock time in one token: hour, minute, second (255: not given), 0 as written, 1 am, 2 pm.
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
    /// A zone, in minutes ahead of UTC where they are known.
    Zone(Option<i16>),
    /// May begin a holiday's name.
    Holiday,
    /// A repeating adverb: "daily".
    Every(Unit),
    /// Punctuation; every dash inside a range is `-`, a long dash `—`.
    Mark(char),
    /// A word of the grammar.
    Word(Word),
}

/// Makes the enum, and reads its variants by name as the word list spells them.
macro_rules! words {
    ($($word:ident),+ $(,)?) => {
        /// Words of the grammar.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Word {
            $($word),+
        }

        impl Word {
            fn parse(name: &str) -> Option<Word> {
                match name {
                    $(stringify!($word) => Some(Word::$word),)+
                    _ => None,
                }
            }
        }
    };
}

#[rustfmt::skip]
words! {
    Poss, A, About, After, Ago, Ahead, All, Almost, Already, And, Another, Approximately, At,
    Back, Bc, Ad, Before, Beginning, Between, Beyond, By, Calendar, Coming, Couple, Current,
    Currently, Dozen, Dozens, During, Each, Earlier, Early, End, Eve, Every, Exactly, Few, Final,
    Fiscal, Following, For, From, Full, Future, Half, Hence, Hundreds, In, It, Just, Last, Late,
    Later, Latest, Least, Less, Long, Many, Mid, Middle, More, Most, Nearly, Next, No, Noon,
    Midnight, Not, Now, OClock, Of, Off, Old, On, Once, Only, Or, Other, Over, Past, Per,
    Present, Previous, Previously, Prior, Recent, Recently, Right, Roughly, Running, Same,
    Several, Since, So, Some, Post, Pre, Start, Straight, Subsequent, Than, That, The, Then,
    These, This, Those, Thousands, Through, Throughout, Time, Times, To, Today, Tomorrow,
    Tonight, Toward, Twice, Under, Until, Up, Weekdays, Whole, Within, Yesterday, YearEnd, Yet,
    Age, Overnight, Nowadays, Additional, Consecutive, Latter, Ending, Ended, Lately, Formerly,
    Shortly, Entire, Upcoming, Shy, Possible,
}

impl LexemeKind {
    /// Reads a class as the word list spells it: `unit day`, `word About`.
    fn parse(class: &str) -> Option<LexemeKind> {
        let (class, value) = class.split_once(' ').unwrap_or((class, ""));
        Some(match class {
            "word" => LexemeKind::Word(Word::parse(value)?),
            "unit" => LexemeKind::Unit(unit_of(value)?),
            "units" => LexemeKind::Units(unit_of(value)?),
            "every" => LexemeKind::Every(unit_of(value)?),
            "part" => LexemeKind::Part(day_part_of(value)?),
            "parts" => LexemeKind::Parts(day_part_of(value)?),
            "season" => LexemeKind::Season(season_of(value)?),
            "seasons" => LexemeKind::Seasons(season_of(value)?),
            "weekdays" => LexemeKind::Weekdays(value.parse().ok()?),
            "decade" => LexemeKind::Nineties(value.parse().ok()?),
            "ordinal" => LexemeKind::Ordinal(value.parse().ok()?, false),
            "holiday" => LexemeKind::Holiday,
            "am" => LexemeKind::AmPm(false),
            "pm" => LexemeKind::AmPm(true),
            _ => return None,
        })
    }

    fn of_calendar_word(word: CalendarWord) -> Option<LexemeKind> {
        match word.kind {
            CalendarKind::Month => Some(LexemeKind::Month(word.number)),
            CalendarKind::Weekday => Some(LexemeKind::Weekday(word.number)),
            CalendarKind::Day => None,
        }
    }

    /// Numbers that dates are counted in.
    fn of_number_word((kind, value): (Numeral, u32)) -> Option<LexemeKind> {
        match (kind, value) {
            (Numeral::Unit | Numeral::Tens, 1..) => Some(LexemeKind::Cardinal(value)),
            (Numeral::Ordinal, 1..=31) => Some(LexemeKind::Ordinal(value, false)),
            (Numeral::Scale, 100 | 1000) => Some(LexemeKind::Multiple(value)),
            _ => None,
        }
    }
}

fn unit_of(name: &str) -> Option<Unit> {
    Unit::ALL.into_iter().find(|unit| unit.name() == name)
}

fn day_part_of(name: &str) -> Option<DayPart> {
    DayPart::ALL.into_iter().find(|part| part.name() == name)
}

fn season_of(name: &str) -> Option<Season> {
    Season::ALL.into_iter().find(|season| season.name() == name)
}

/// Each word with its class, and a filter that tells most words of a text from dates without a look-up.
struct Classes {
    by_word: FxHashMap<&'static str, LexemeKind>,
    /// For each first letter the second letters, the last letters and the lengths of its words, as
    /// bits.
    masks: [[u32; 3]; 26],
}

static CLASSES: LazyLock<Classes> = LazyLock::new(|| {
    let calendar = CALENDAR
        .iter()
        .filter_map(|(word, kind)| Some((word, LexemeKind::of_calendar_word(kind)?)));
    let numbers = NUMBER_VALUES
        .iter()
        .filter_map(|(word, value)| Some((word, LexemeKind::of_number_word(value)?)));
    let zones = TIME_ZONES
        .iter()
        .filter(|(_, zone)| zone.anywhere)
        .map(|(name, zone)| (name, LexemeKind::Zone(zone.minutes)));
    let words =
        DATE_WORDS.iter().filter_map(|(word, class)| Some((word, LexemeKind::parse(class)?)));
    // What a word is in dates goes before what it is elsewhere.
    let by_word: FxHashMap<_, _> = calendar.chain(numbers).chain(zones).chain(words).collect();
    let mut masks = [[0; 3]; 26];
    for word in by_word.keys() {
        let bytes = word.as_bytes();
        let letter = usize::from(bytes[0].wrapping_sub(b'a'));
        let second = bytes.get(1).copied().unwrap_or(0);
        let last = bytes.last().copied().unwrap_or(0);
        if let Some([seconds, lasts, lengths]) = masks.get_mut(letter) {
            *seconds |= letter_bit(second);
            *lasts |= letter_bit(last);
            *lengths |= 1 << bytes.len().min(31);
        }
    }
    Classes { by_word, masks }
});

/// A bit for each letter, one for everything else.
fn letter_bit(byte: u8) -> u32 {
    match byte | 0x20 {
        letter @ b'a'..=b'z' => 1 << (letter - b'a'),
        _ => 1 << 26,
    }
}

/// Longer words are in no list, in bytes.
const MAX_WORD_BYTES: usize = 14;

/// The class of a word in any case; a final full stop is ignored.
pub(super) fn class_of(word: &str) -> LexemeKind {
    let word = word.strip_suffix('.').unwrap_or(word);
    let bytes = word.as_bytes();
    if bytes.is_empty() || bytes.len() > MAX_WORD_BYTES {
        return LexemeKind::Other;
    }
    let letter = usize::from((bytes[0] | 0x20).wrapping_sub(b'a'));
    let second = bytes.get(1).copied().unwrap_or(0);
    let last = bytes.last().copied().unwrap_or(0);
    let classes = &*CLASSES;
    if !classes.masks.get(letter).is_some_and(|[seconds, lasts, lengths]| {
        seconds & letter_bit(second) != 0
            && lasts & letter_bit(last) != 0
            && lengths & (1 << bytes.len()) != 0
    }) {
        return LexemeKind::Other;
    }
    let mut lower = [0u8; MAX_WORD_BYTES];
    let Some(lower) = lower.get_mut(..bytes.len()) else {
        return LexemeKind::Other;
    };
    lower.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    let lower = std::str::from_utf8(lower).unwrap_or("");
    classes.by_word.get(lower).copied().unwrap_or(LexemeKind::Other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found() {
        for (word, class) in DATE_WORDS.iter() {
            assert!(LexemeKind::parse(class).is_some(), "{word}: {class}");
            assert_eq!(LexemeKind::parse(class), Some(class_of(word)), "{word}");
        }
        for (word, kind) in &CLASSES.by_word {
            assert!(word.len() <= MAX_WORD_BYTES, "{word}");
            assert_eq!(class_of(&word.to_uppercase()), *kind);
        }
        assert_eq!(class_of("Nov."), LexemeKind::Month(11));
        for other in ["", ".", "zzz", "{", "é", "mayhem", "supercalifragilistic"] {
            assert_eq!(class_of(other), LexemeKind::Other);
        }
    }
}
