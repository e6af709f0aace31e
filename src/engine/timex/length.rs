//! Durations: `P3M`, `PT1H30M`, `PXW`.

use std::fmt;

use super::{amount::Amount, unit::Unit};

/// A length of time: amounts of units, longest first as a rule. Without any it is `PXX`, "some time".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Length {
    parts: Vec<(Amount, Unit)>,
}

impl Length {
    /// `PXX`: how long is not given.
    pub const UNSPECIFIED: Length = Length { parts: Vec::new() };

    /// So many units. A fortnight is two weeks, exact decades and longer units are years, and halves
    /// and quarters of an hour, a minute or a year are whole numbers of the next smaller unit.
    /// `None` when the number is too large.
    pub fn of(amount: Amount, unit: Unit) -> Option<Length> {
        let Amount::Exact(hundredths) = amount else {
            return Some(match unit {
                Unit::Period => Length::UNSPECIFIED,
                Unit::Fortnight => Length { parts: vec![(amount, Unit::Week)] },
                unit => Length { parts: vec![(amount, unit)] },
            });
        };
        let (unit, times) = match unit {
            Unit::Period => return Some(Length::UNSPECIFIED),
            Unit::Fortnight => (Unit::Week, 2),
            Unit::Decade => (Unit::Year, 10),
            Unit::Century => (Unit::Year, 100),
            Unit::Millennium => (Unit::Year, 1000),
            unit => (unit, 1),
        };
        let hundredths = hundredths.checked_mul(times)?;
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let smaller = match unit {
            _ if part == 0 || times != 1 => None,
            Unit::Minute => Some((60, Unit::Second)),
            Unit::Hour => Some((60, Unit::Minute)),
            Unit::Year => Some((12, Unit::Month)),
            _ => None,
        };
        let parts = match smaller {
            Some((count, smaller)) if part * count % 100 == 0 => {
                let rest = (Amount::Exact(part * count), smaller);
                if whole == 0 { vec![rest] } else { vec![(Amount::Exact(whole * 100), unit), rest] }
            }
            _ => vec![(Amount::Exact(hundredths), unit)],
        };
        Some(Length { parts })
    }

    /// This length and another after it; `None` when the other is of longer units that TIMEX3 spells
    /// before those of this one.
    pub fn and(mut self, other: Length) -> Option<Length> {
        let within_a_day = |length: &Length| {
            let last = length.parts.last();
            last.is_some_and(|(_, unit)| unit.is_within_a_day())
        };
        if within_a_day(&self) && !within_a_day(&other) {
            return None;
        }
        self.parts.extend(other.parts);
        Some(self)
    }

    /// Its amounts of units; none where it is unspecified.
    pub fn parts(&self) -> &[(Amount, Unit)] {
        &self.parts
    }

    /// Reads a duration, and spellings of it that are not this type's own (`P03M`, `PXXY`).
    pub(super) fn read(text: &str) -> Option<Length> {
        if text == "PXX" {
            return Some(Length::UNSPECIFIED);
        }
        let mut rest = text.strip_prefix('P')?;
        let mut within_a_day = false;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('T') {
                within_a_day = true;
                rest = after;
            }
            let digits =
                rest.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'X')).count();
            let (amount, after) = rest.split_at_checked(digits)?;
            let letters =
                after.bytes().take_while(|b| b.is_ascii_uppercase() && *b != b'T').count();
            let (code, after) = after.split_at_checked(letters)?;
            parts.push((Amount::parse(amount)?, Unit::from_code(code, within_a_day)?));
            rest = after;
        }
        (!parts.is_empty()).then_some(Length { parts })
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.parts.is_empty() {
            return f.write_str("PXX");
        }
        f.write_str("P")?;
        let mut within_a_day = false;
        for (amount, unit) in &self.parts {
            if unit.is_within_a_day() && !within_a_day {
                f.write_str("T")?;
                within_a_day = true;
            }
            write!(f, "{amount}{}", unit.code())?;
        }
        Ok(())
    }
}
