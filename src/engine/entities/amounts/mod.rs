//! A grammar of amounts: MONEY, PERCENT, QUANTITY, ORDINAL, CARDINAL.
//!
//! The amount alone is marked, without "about" or "more than". Numbers of years, days and clocks
//! are left to the date engine, numbers inside names to the tagger. Cases: `tests/data/entities/amounts.txt`.

mod counts;
mod numerals;
mod ranges;

use std::ops::Range;

use super::Mention;
use crate::document::{Confidence, Label};
use crate::text::TokenizedText;
use crate::vocabulary::amounts::{
    CURRENCIES, CURRENCY_CODES, CURRENCY_SYMBOLS, DOLLAR_PREFIXES, TIME_UNITS, UNIT_SUFFIXES, UNITS,
};
use crate::vocabulary::calendar::{CALENDAR, CalendarKind};
use numerals::{Form, Number};

// How often such an amount is right, per mille. Money: its exact words in the sets that annotate it
// (training's card has the counts). All others: samples of a news archive, read by a person.
const SIGN: u16 = 945;
const CODE: u16 = 905;
const NAMED: u16 = 885;
const PERCENT: u16 = 985;
const UNIT: u16 = 960;
const ORDINAL: u16 = 940;
const NUMBER: u16 = 920;

/// An amount, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Amount {
    label: Label,
    tokens: Range<usize>,
    confidence: u16,
    reason: &'static str,
}

/// Finds all amounts, in text order, none over another.
pub(super) fn find(reading: &TokenizedText<'_>) -> Vec<Mention> {
    let mut out = Vec::new();
    for s in reading.sentences() {
        let scan = Scan { reading, range: s.tokens.clone() };
        let mut found = scan.run();
        ranges::settle(&scan, &mut found);
        out.extend(found.into_iter().filter_map(|a| {
            Some(Mention {
                span: reading.span_of(a.tokens)?,
                label: a.label,
                confidence: Confidence::from_permille(a.confidence),
                reason: Some(a.reason.to_owned()),
            })
        }));
    }
    out
}

struct Scan<'a, 't> {
    reading: &'a TokenizedText<'t>,
    range: Range<usize>,
}

impl Scan<'_, '_> {
    fn run(&self) -> Vec<Amount> {
        let mut out: Vec<Amount> = Vec::new();
        let mut i = self.range.start;
        while i < self.range.end {
            let Some(number) = numerals::at(self.reading, i, self.range.end) else {
                i += 1;
                continue;
            };
            let next = number.end.max(i + 1);
            let Some((label, tokens, confidence, reason)) = self.amount(i, &number) else {
                i = next;
                continue;
            };
            let end = tokens.end;
            if out.last().is_none_or(|a| a.tokens.end <= tokens.start) {
                out.push(Amount { label, tokens, confidence, reason });
            }
            i = end.max(next);
        }
        out.retain(|a| !self.named(a));
        out
    }

    /// A number word in the middle of a name that is written with capitals: "First Avenue", "Big
    /// Four". Where most words have a capital, and at a sentence's begin, that says nothing.
    fn named(&self, a: &Amount) -> bool {
        let capital = |i: usize| {
            self.range.contains(&i) && self.reading.word(i).starts_with(char::is_uppercase)
        };
        let i = a.tokens.start;
        if !matches!(a.label, Label::Ordinal | Label::Cardinal)
            || i <= self.range.start
            || !capital(i)
            || !(capital(i - 1) || capital(a.tokens.end))
        {
            return false;
        }
        let capitals = self.range.clone().filter(|&i| capital(i)).count();
        let small = |i: &usize| self.reading.word(*i).starts_with(char::is_lowercase);
        // A quotation begins with a capital too.
        let before = self.reading.word(i - 1);
        let inside = before == "(" || before.starts_with(char::is_alphanumeric);
        inside && self.range.clone().filter(small).count() > capitals
    }

    fn low(&self, i: usize) -> String {
        if self.range.contains(&i) {
            super::words::lower(self.reading.word(i))
        } else {
            String::new()
        }
    }

    fn glued(&self, i: usize) -> bool {
        self.range.contains(&i) && self.reading.tokens().get(i).is_some_and(|t| !t.spaced)
    }

    fn dash(&self, i: usize) -> bool {
        self.range.contains(&i) && matches!(self.reading.word(i), "-" | "–" | "‑")
    }

    fn digit_at(&self, i: usize) -> bool {
        self.range.contains(&i) && self.reading.word(i).starts_with(|c: char| c.is_ascii_digit())
    }

    /// What the number at `i` is an amount of.
    fn amount(&self, i: usize, n: &Number) -> Option<(Label, Range<usize>, u16, &'static str)> {
        let mut end = n.end;
        let before = i.checked_sub(1).filter(|b| self.range.contains(b));
        let word_before = before.map_or(String::new(), |b| self.low(b));
        let symbol = before.filter(|&b| CURRENCY_SYMBOLS.contains(self.reading.word(b)));

        // "2021-07-23", "555-0100-22", "9/11", "24/7": no amounts.
        let joint = |k: usize| {
            self.glued(k)
                && self.glued(k + 1)
                && (self.dash(k) || matches!(self.reading.word(k), "/" | ":" | "."))
        };
        if symbol.is_none() && n.digits && joint(end) && self.digit_at(end + 1) {
            if self.reading.word(end) == "/" || (joint(end + 2) && self.digit_at(end + 3)) {
                return None;
            }
            // A range or a score: "2-1", "10–15".
            if let Some(second) = numerals::at(self.reading, end + 1, self.range.end) {
                if numerals::like_year(self.reading.word(i)) || second.form != Form::Plain {
                    return None;
                }
                end = second.end;
            }
        }
        if let Some(b) = before
            && self.glued(i)
            && n.digits
            && symbol.is_none()
        {
            // "COVID-19", "F-16", the rest of "9/11".
            let mark = self.reading.word(b);
            let tied = b > self.range.start && self.glued(b);
            if (self.dash(b) || mark == "/" || mark == ".") && tied {
                return None;
            }
        }
        if let Some(b) = symbol {
            let mut start = b;
            if self.glued(b) && b > self.range.start && DOLLAR_PREFIXES.contains(&self.low(b - 1)) {
                start = b - 1;
            }
            // "$5-10 million"
            if self.dash(end)
                && self.glued(end)
                && self.glued(end + 1)
                && let Some(second) = numerals::at(self.reading, end + 1, self.range.end)
                && second.digits
            {
                end = second.end;
            }
            let adjective =
                matches!(self.low(end).as_str(), "us" | "u.s.") && self.currency(end + 1);
            if adjective {
                end += 2;
            }
            return Some((Label::Money, start..end, SIGN, "currency sign"));
        }
        if let Some(b) = before
            && CURRENCY_CODES.contains(self.reading.word(b))
        {
            return Some((Label::Money, b..end, CODE, "currency code"));
        }
        if matches!(n.form, Form::Ordinal) {
            return self.ordinal(i, n, &word_before);
        }
        // After a hyphen ("200-rand", "20-mile") as after a space.
        let hyphen = self.dash(end) && self.glued(end) && self.glued(end + 1);
        let unit = if hyphen { end + 1 } else { end };
        let after = self.low(unit);
        if self.low(end) == "%" {
            return Some((Label::Percent, i..end + 1, PERCENT, "percent sign"));
        }
        match after.as_str() {
            "percent" | "pct" | "percents" => {
                return Some((Label::Percent, i..unit + 1, PERCENT, "percent"));
            }
            "per" if self.low(unit + 1) == "cent" => {
                return Some((Label::Percent, i..unit + 2, PERCENT, "percent"));
            }
            "percentage" if self.low(unit + 1).starts_with("point") => {
                return Some((Label::Percent, i..unit + 2, PERCENT, "percentage points"));
            }
            _ => {}
        }
        if let Some(z) = self.money_after(unit) {
            let weight = after.starts_with("pound") && self.weighs(i, z);
            return Some(if weight {
                (Label::Quantity, i..z, UNIT, "unit of measure")
            } else {
                (Label::Money, i..z, NAMED, "currency named")
            });
        }
        if let Some(z) = self.unit_after(unit) {
            return Some((Label::Quantity, i..self.more(z), UNIT, "unit of measure"));
        }
        if let Some(unit) = n.suffix
            && UNIT_SUFFIXES.contains(unit)
        {
            return Some((Label::Quantity, i..end, UNIT, "unit of measure"));
        }
        if n.suffix.is_some() && n.form != Form::Scaled {
            return None;
        }
        // Times and dates are not ours.
        let following =
            if self.low(unit) == "more" || self.low(unit) == "full" { unit + 1 } else { unit };
        if TIME_UNITS.contains(&self.low(following)) || is_month(&after) {
            return None;
        }
        if n.digits && is_month(word_before.trim_end_matches(',')) && n.form == Form::Plain {
            return None;
        }
        self.cardinal(i, end, n, &word_before)
    }

    fn currency(&self, i: usize) -> bool {
        self.range.contains(&i)
            && (CURRENCIES.contains(&self.low(i)) || CURRENCY_CODES.contains(self.reading.word(i)))
    }

    /// End of a currency at `i`, with an adjective of one or two words ("US", "Hong Kong").
    fn money_after(&self, i: usize) -> Option<usize> {
        // "two real friends": Brazil's real only after its adjective.
        if self.currency(i) && self.low(i) != "real" {
            let sterling = self.low(i).starts_with("pound") && self.low(i + 1) == "sterling";
            return Some(i + 1 + usize::from(sterling));
        }
        let capital = |j: usize| {
            self.range.contains(&j) && self.reading.word(j).starts_with(char::is_uppercase)
        };
        (1..=2)
            .take_while(|&k| capital(i + k - 1))
            .find(|&k| self.currency(i + k) && !capital(i + k))
            .map(|k| i + k + 1)
            .or_else(|| (capital(i) && self.currency(i + 1)).then_some(i + 2))
    }

    /// Pounds of weight: after "weigh", before "of", or beside kilograms ("95 kg (209 pounds)").
    fn weighs(&self, i: usize, z: usize) -> bool {
        let near = |reach: usize, is: &dyn Fn(&str) -> bool| {
            (i.saturating_sub(reach).max(self.range.start)..i).any(|j| is(&self.low(j)))
        };
        let kilograms = |w: &str| {
            matches!(w, "kg" | "kgs" | "tons" | "tonnes")
                || w.starts_with("kilo")
                || (w.ends_with("kg") && w.starts_with(|c: char| c.is_ascii_digit()))
        };
        let after = self.low(z);
        near(5, &|w| w.starts_with("weigh"))
            || after == "of"
            || near(3, &kilograms)
            || (after == "(" && (z + 1..=z + 3).any(|j| kilograms(&self.low(j))))
    }

    fn unit_after(&self, i: usize) -> Option<usize> {
        let mut at = i;
        if matches!(self.low(at).as_str(), "square" | "cubic" | "metric" | "nautical" | "sq") {
            at += 1;
        }
        let word = self.low(at);
        if matches!(word.as_str(), "°" | "°c" | "°f") {
            return Some(at + 1);
        }
        if at == i && word == "magnitude" && self.dash(i.wrapping_sub(1)) {
            return Some(at + 1);
        }
        if !UNITS.contains(&word) {
            return None;
        }
        at += 1;
        if word.starts_with("degree")
            && matches!(self.low(at).as_str(), "celsius" | "fahrenheit" | "centigrade")
        {
            at += 1;
        }
        if self.low(at) == "/" && matches!(self.low(at + 1).as_str(), "h" | "hr" | "s") {
            at += 2;
        }
        if self.low(at) == "per" && matches!(self.low(at + 1).as_str(), "hour" | "second") {
            at += 2;
        }
        Some(at)
    }

    /// "5 feet 8 inches" goes on.
    fn more(&self, end: usize) -> usize {
        numerals::at(self.reading, end, self.range.end)
            .filter(|n| n.form == Form::Plain)
            .and_then(|n| self.unit_after(n.end))
            .unwrap_or(end)
    }
}

/// Is it a month's name, or its short form with a full stop? In lowercase.
fn is_month(word: &str) -> bool {
    let bare = word.strip_suffix('.');
    CALENDAR
        .get(bare.unwrap_or(word))
        .is_some_and(|entry| entry.kind == CalendarKind::Month && entry.short == bare.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    #[test]
    fn amounts_are_found() {
        let cases = galley_testcases::check("tests/data/entities/amounts.txt", |case| {
            let source = SourceText::new(&case.input).unwrap();
            let reading = TokenizedText::new(&source);
            let found: Vec<String> = find(&reading)
                .iter()
                .map(|m| format!("{}/{}", reading.slice(m.span), m.label.name()))
                .collect();
            found.join("\n")
        });
        assert!(cases > 60, "{cases} cases");
    }
}
