//! Values that a person types: ISO 8601, EDTF, TIMEX3 and plain words.

mod code;
mod counted;
mod error;
mod plain;

pub use error::ValueError;

use code::read_code;
use plain::Reader;

use super::expression::DateValue;
use crate::calendar::Stamp;
use crate::calendar::pieces::{Cursor, cut_pieces};

/// Longer input is no date.
const LONGEST: usize = 80;

/// Reads what a person typed: ISO 8601 (`2021-05-03`, `2021-W18`, `P3M`), EDTF (`2021~`,
/// `2021-05/2021-07`, `2021-21`, `198X`, `../2021`), TIMEX3 (`2021-07-21TNI`, `XXXX-WXX-5`,
/// `PAST_REF`) and plain words ("3 May 2021", "Wednesday night", "early May", "three months",
/// "every Friday"). Words that count from a day count from `published`.
///
/// # Errors
/// [`ValueError`], in words for people.
pub fn parse_value(typed: &str, published: Option<Stamp>) -> Result<DateValue, ValueError> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(ValueError::Empty);
    }
    let unknown = || ValueError::Unknown(text.chars().take(40).collect());
    if text.len() > LONGEST {
        return Err(unknown());
    }
    if let Some(value) = read_code(text)? {
        return Ok(value);
    }
    let pieces = cut_pieces(text);
    let last_year = pieces.last().filter(|p| p.text.len() == 4);
    let mut reader = Reader {
        cursor: Cursor::new(&pieces, 0),
        published,
        last_year: last_year.and_then(|p| p.number()).map(|n| n as i32),
        error: None,
    };
    let value = reader.read_value();
    match (reader.error, value, reader.cursor.peek()) {
        (Some(error), ..) => Err(error),
        (None, Some(value), None) => Ok(value),
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Day;
    use crate::timex::{DayPart, Period, Season, TimexType};

    #[test]
    fn typed_values() {
        let published = Stamp::parse("2021-07-23T19:27:00");
        galley_testcases::check("tests/data/dates/typed.txt", |case| {
            match parse_value(&case.input, published) {
                Ok(v) => {
                    let kind = match v.kind {
                        TimexType::Date => "",
                        TimexType::Time => "TIME ",
                        TimexType::Duration => "DURATION ",
                        TimexType::Set => "SET ",
                    };
                    let modifier = v.modifier.map(|m| format!(" {m}")).unwrap_or_default();
                    format!("{kind}{}{modifier}", v.value)
                }
                Err(error) => format!("error: {error}"),
            }
        });
        assert_eq!(parse_value("Friday", None), Err(ValueError::NeedsPublished));
        assert_eq!(parse_value("3 May", None), Err(ValueError::NeedsYear));
    }

    proptest::proptest! {
        #[test]
        fn anything_may_be_typed(text in "\\PC{0,40}|[0-9XPTWQ:/. -]{0,24}") {
            for published in [None, Stamp::parse("2021-07-23")] {
                if let Ok(value) = parse_value(&text, published) {
                    assert!(!value.in_words().is_empty());
                }
            }
        }

        #[test]
        fn what_is_read_out_can_be_typed(n in -700_000i64..700_000) {
            let day = Day::from_number(n).unwrap();
            if (1000..2999).contains(&day.year()) {
                let (y, w) = day.iso_week();
                for period in [
                    Period::Day(day), Period::Part(day, DayPart::Night), Period::Month(day.year(), day.month()),
                    Period::Year(day.year()), Period::Quarter(day.year(), day.month().div_ceil(3)),
                    Period::Season(day.year(), Season::Autumn), Period::Week(y, w), Period::Weekend(y, w),
                ] {
                    let typed = DateValue::new(period.timex_type(), period);
                    let words = typed.in_words();
                    if y >= 1000 {
                        assert_eq!(parse_value(&words, None), Ok(typed.clone()), "{}", words);
                    }
                    assert_eq!(parse_value(&typed.value.to_string(), None), Ok(typed));
                }
            }
        }
    }
}
