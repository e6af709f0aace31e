//! Counts of units in words: lengths, sets, and what is counted from the publication date.

use super::plain::Reader;
use crate::calendar::{month_number, weekday_number};
use crate::dates::expression::DateValue;
use crate::dates::vocabulary::{LexemeKind, class_of};
use crate::timex::{
    Amount, Length, OpenDate, OpenFields, Period, TimeOfDay, TimexType, TimexValue, Unit,
};
use crate::vocabulary::amounts::{NUMBER_VALUES, Numeral};

impl Reader<'_, '_> {
    /// "every Friday", "every two weeks", "daily".
    pub(super) fn read_set(&mut self) -> Option<DateValue> {
        let value = self.read_repeated()?;
        Some(DateValue::new(TimexType::Set, value))
    }

    fn read_repeated(&mut self) -> Option<TimexValue> {
        let adverb = self.cursor.take(|p| match class_of(p.text) {
            LexemeKind::Every(unit) => Some(unit),
            _ => None,
        });
        if let Some(unit) = adverb {
            return Length::of(Amount::ONE, unit).map(TimexValue::from);
        }
        if self.skip_word("weekends") {
            return Some(OpenFields::AnyWeekend.into());
        }
        if self.skip_word("weekdays") {
            return Some(OpenFields::AnyWorkday.into());
        }
        // "twice a week"
        if self.skip_phrase(&["once", "a"]) || self.skip_phrase(&["twice", "a"]) {
            return self.read_length(true).map(TimexValue::from);
        }
        if !self.skip_word("every") && !self.skip_word("each") {
            return None;
        }
        let weekday = self.cursor.take(|p| weekday_number(p.text));
        let part = self.read_day_part();
        let fields = match weekday {
            Some(weekday) => OpenFields::Weekday(weekday),
            None if part.is_some() => OpenFields::AnyDay,
            None if self.skip_word("weekend") => OpenFields::AnyWeekend,
            None if self.skip_word("weekday") => OpenFields::AnyWorkday,
            None => match self.cursor.take(|p| month_number(p.text)) {
                Some(month) => OpenFields::Month(month),
                None => match self.read_season() {
                    Some(season) => OpenFields::Season(season),
                    None => return self.read_length(true).map(TimexValue::from),
                },
            },
        };
        let time = part.map(TimeOfDay::Part);
        Some(TimexValue::Open(OpenDate { fields, time }))
    }

    /// A unit, singular or plural.
    fn read_unit(&mut self) -> Option<Unit> {
        self.cursor.take(|p| match class_of(p.text) {
            LexemeKind::Unit(unit) | LexemeKind::Units(unit) if is_counted(unit) => Some(unit),
            // The grammar has it as an ordinal.
            LexemeKind::Ordinal(2, false) if p.is(Unit::Second.name()) => Some(Unit::Second),
            _ => None,
        })
    }

    fn read_amount(&mut self) -> Option<Amount> {
        self.cursor.take(|p| {
            if let Some(n) = p.number() {
                return Amount::whole(n);
            }
            if ["a", "an"].iter().any(|w| p.is(w)) {
                return Some(Amount::ONE);
            }
            if ["several", "some", "few"].iter().any(|w| p.is(w)) {
                return Some(Amount::Vague);
            }
            match NUMBER_VALUES.get_any_case(p.text)? {
                (Numeral::Unit | Numeral::Tens, n) => Amount::whole(*n),
                _ => None,
            }
        })
    }

    /// "three months", "a year and six months"; `bare`: "month" is one month.
    pub(super) fn read_length(&mut self, bare: bool) -> Option<Length> {
        let start = self.cursor;
        let mut length: Option<Length> = None;
        loop {
            let before = self.cursor;
            if length.is_some() && !self.skip_word("and") && !self.skip_word(",") {
                break;
            }
            let amount = self.read_amount();
            let unit = self.read_unit();
            // "every month" has no number.
            let amount =
                if length.is_none() && bare { amount.or(Some(Amount::ONE)) } else { amount };
            let (Some(amount), Some(unit)) = (amount, unit) else {
                self.cursor = before;
                break;
            };
            let part = Length::of(amount, unit);
            let whole = match length {
                None => part,
                Some(length) => part.and_then(|part| length.and(part)),
            };
            if whole.is_none() {
                self.cursor = start;
                return None;
            }
            length = whole;
        }
        length
    }

    /// "last week", "this year", "two months ago", "three days from now".
    pub(super) fn read_counted_from_today(&mut self) -> Option<Period> {
        let start = self.cursor;
        let (unit, n) = match self.read_unit_and_count() {
            Some((
                unit @ (Unit::Day
                | Unit::Week
                | Unit::Weekend
                | Unit::Month
                | Unit::Quarter
                | Unit::Year),
                n,
            )) => (unit, n),
            _ => {
                self.cursor = start;
                return None;
            }
        };
        let today = self.publication_day()?;
        let months = |n| today.plus_months(n);
        match unit {
            Unit::Day => today.plus_days(n).map(Period::Day),
            Unit::Month => months(n).map(|d| Period::Month(d.year(), d.month())),
            Unit::Quarter => {
                months(n.checked_mul(3)?).map(|d| Period::Quarter(d.year(), d.month().div_ceil(3)))
            }
            Unit::Year => months(n.checked_mul(12)?).map(|d| Period::Year(d.year())),
            _ => {
                let (year, week) = today.plus_days(n.checked_mul(7)?)?.iso_week();
                Some(match unit {
                    Unit::Weekend => Period::Weekend(year, week),
                    _ => Period::Week(year, week),
                })
            }
        }
    }

    /// A unit, and how many of it after (−: before) today.
    fn read_unit_and_count(&mut self) -> Option<(Unit, i64)> {
        let which = [("last", -1), ("this", 0), ("next", 1)];
        if let Some(&(_, n)) = which.iter().find(|(word, _)| self.skip_word(word)) {
            let unit =
                if self.skip_word("weekend") { Some(Unit::Weekend) } else { self.read_unit() };
            return Some((unit?, n));
        }
        let amount = self.read_amount();
        let unit = self.read_unit();
        let sign =
            if self.skip_word("ago") { -1 } else { i64::from(self.skip_phrase(&["from", "now"])) };
        match amount? {
            Amount::Exact(hundredths) if sign != 0 => {
                Some((unit?, sign * i64::from(hundredths / 100)))
            }
            _ => None,
        }
    }
}

/// Units that people type lengths in.
fn is_counted(unit: Unit) -> bool {
    !matches!(unit, Unit::Weekend | Unit::Season | Unit::Period | Unit::Millennium)
}
