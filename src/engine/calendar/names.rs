//! Names of months and weekdays, in full and shortened.

/// January first.
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
];

/// Monday first, as [`super::Day::weekday`] counts.
pub const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The month 1–12 that a word names, in full or shortened, in any case, without a full stop.
pub fn month_number(word: &str) -> Option<u32> {
    if word.eq_ignore_ascii_case("sept") {
        return Some(9);
    }
    position_of(&MONTHS, word).map(|i| i + 1)
}

/// The weekday (0 = Monday) that a word names, in full or shortened, without a full stop.
pub fn weekday_number(word: &str) -> Option<u32> {
    let known = ["tues", "thur", "thurs", "weds"];
    if let Some(i) = known.iter().position(|k| word.eq_ignore_ascii_case(k)) {
        return Some([1, 3, 3, 2][i]);
    }
    position_of(&WEEKDAYS, word)
}

/// A name in full, or its first three letters.
fn position_of(names: &[&str], word: &str) -> Option<u32> {
    if word.len() < 3 || !word.is_ascii() {
        return None;
    }
    names
        .iter()
        .position(|name| {
            name.eq_ignore_ascii_case(word)
                || (word.len() == 3 && name.as_bytes()[..3].eq_ignore_ascii_case(word.as_bytes()))
        })
        .map(|i| i as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_full_and_shortened() {
        for (word, want) in [
            ("May", Some(5)),
            ("sept", Some(9)),
            ("SEP", Some(9)),
            ("december", Some(12)),
            ("ma", None),
            ("mars", None),
            ("ἀππ", None),
        ] {
            assert_eq!(month_number(word), want, "{word}");
        }
        for (word, want) in
            [("Thurs", Some(3)), ("tue", Some(1)), ("SUNDAY", Some(6)), ("Sund", None)]
        {
            assert_eq!(weekday_number(word), want, "{word}");
        }
    }
}
