//! A grammar of amounts: MONEY, PERCENT, QUANTITY, ORDINAL, CARDINAL.
//!
//! The amount alone is marked, without "about" or "more than". Numbers of years, days and clocks
//! are left to the date engine, numbers inside names to the tagger. Cases: `tests/data/entities/amounts.txt`.

mod counts;
mod numerals;
mod ranges;
mod sentence;

use std::ops::Range;

use super::mention::Mention;
use crate::document::{Confidence, Label};
use crate::text::TokenizedText;
use crate::vocabulary::amounts::{
    CURRENCIES, CURRENCY_CODES, CURRENCY_SYMBOLS, DOLLAR_PREFIXES, TIME_UNITS, UNIT_SUFFIXES, UNITS,
};
use numerals::{Form, Number};
use sentence::{
    Amount, AmountScanner, CODE_PERMILLE, NAMED_PERMILLE, PERCENT_PERMILLE, SIGN_PERMILLE,
    UNIT_PERMILLE, is_month,
};

/// Finds all amounts, in text order, none over another.
pub(super) fn find_amounts(tokenized: &TokenizedText<'_>) -> Vec<Mention> {
    let mut out = Vec::new();
    for s in tokenized.sentences() {
        let scan = AmountScanner { tokenized, range: s.tokens.clone() };
        let mut found = scan.find_in_sentence();
        ranges::settle_ranges(&scan, &mut found);
        out.extend(found.into_iter().filter_map(|a| {
            Some(Mention {
                span: tokenized.span_of(a.tokens)?,
                label: a.label,
                confidence: Confidence::from_permille(a.confidence),
                reason: Some(a.reason.to_owned()),
            })
        }));
    }
    out
}

impl AmountScanner<'_, '_> {
    fn find_in_sentence(&self) -> Vec<Amount> {
        let mut out: Vec<Amount> = Vec::new();
        let mut i = self.range.start;
        while i < self.range.end {
            let Some(number) = numerals::number_at(self.tokenized, i, self.range.end) else {
                i += 1;
                continue;
            };
            let next = number.end.max(i + 1);
            let Some((label, tokens, confidence, reason)) = self.amount_at(i, &number) else {
                i = next;
                continue;
            };
            let end = tokens.end;
            if out.last().is_none_or(|a| a.tokens.end <= tokens.start) {
                out.push(Amount { label, tokens, confidence, reason });
            }
            i = end.max(next);
        }
        out.retain(|a| !self.is_in_name(a));
        out
    }

    /// A number word in the middle of a name that is written with capitals: "First Avenue", "Big
    /// Four". Where most words have a capital, and at the start of a sentence, that says nothing.
    fn is_in_name(&self, a: &Amount) -> bool {
        let capital = |i: usize| {
            self.range.contains(&i) && self.tokenized.word(i).starts_with(char::is_uppercase)
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
        let small = |i: &usize| self.tokenized.word(*i).starts_with(char::is_lowercase);
        // A quotation begins with a capital too.
        let before = self.tokenized.word(i - 1);
        let inside = before == "(" || before.starts_with(char::is_alphanumeric);
        inside && self.range.clone().filter(small).count() > capitals
    }

    /// What the number at `i` is an amount of.
    fn amount_at(&self, i: usize, n: &Number) -> Option<(Label, Range<usize>, u16, &'static str)> {
        let mut end = n.end;
        let before = i.checked_sub(1).filter(|b| self.range.contains(b));
        let word_before = before.map_or(String::new(), |b| self.lowercase_at(b));
        let symbol = before.filter(|&b| CURRENCY_SYMBOLS.contains(self.tokenized.word(b)));

        // "2021-07-23", "555-0100-22", "9/11", "24/7": no amounts.
        let joint = |k: usize| {
            self.is_glued(k)
                && self.is_glued(k + 1)
                && (self.is_dash(k) || matches!(self.tokenized.word(k), "/" | ":" | "."))
        };
        if symbol.is_none() && n.digits && joint(end) && self.begins_with_digit(end + 1) {
            if self.tokenized.word(end) == "/"
                || (joint(end + 2) && self.begins_with_digit(end + 3))
            {
                return None;
            }
            // A range or a score: "2-1", "10–15".
            if let Some(second) = numerals::number_at(self.tokenized, end + 1, self.range.end) {
                if numerals::is_like_year(self.tokenized.word(i)) || second.form != Form::Plain {
                    return None;
                }
                end = second.end;
            }
        }
        if let Some(b) = before
            && self.is_glued(i)
            && n.digits
            && symbol.is_none()
        {
            // "COVID-19", "F-16", the rest of "9/11".
            let mark = self.tokenized.word(b);
            let tied = b > self.range.start && self.is_glued(b);
            if (self.is_dash(b) || mark == "/" || mark == ".") && tied {
                return None;
            }
        }
        if let Some(b) = symbol {
            let mut start = b;
            if self.is_glued(b)
                && b > self.range.start
                && DOLLAR_PREFIXES.contains(&self.lowercase_at(b - 1))
            {
                start = b - 1;
            }
            // "$5-10 million"
            if self.is_dash(end)
                && self.is_glued(end)
                && self.is_glued(end + 1)
                && let Some(second) = numerals::number_at(self.tokenized, end + 1, self.range.end)
                && second.digits
            {
                end = second.end;
            }
            let adjective = matches!(self.lowercase_at(end).as_str(), "us" | "u.s.")
                && self.is_currency(end + 1);
            if adjective {
                end += 2;
            }
            return Some((Label::Money, start..end, SIGN_PERMILLE, "currency sign"));
        }
        if let Some(b) = before
            && CURRENCY_CODES.contains(self.tokenized.word(b))
        {
            return Some((Label::Money, b..end, CODE_PERMILLE, "currency code"));
        }
        if matches!(n.form, Form::Ordinal) {
            return self.ordinal_amount(i, n, &word_before);
        }
        // After a hyphen ("200-rand", "20-mile") as after a space.
        let hyphen = self.is_dash(end) && self.is_glued(end) && self.is_glued(end + 1);
        let unit = if hyphen { end + 1 } else { end };
        let after = self.lowercase_at(unit);
        if self.lowercase_at(end) == "%" {
            return Some((Label::Percent, i..end + 1, PERCENT_PERMILLE, "percent sign"));
        }
        match after.as_str() {
            "percent" | "pct" | "percents" => {
                return Some((Label::Percent, i..unit + 1, PERCENT_PERMILLE, "percent"));
            }
            "per" if self.lowercase_at(unit + 1) == "cent" => {
                return Some((Label::Percent, i..unit + 2, PERCENT_PERMILLE, "percent"));
            }
            "percentage" if self.lowercase_at(unit + 1).starts_with("point") => {
                return Some((Label::Percent, i..unit + 2, PERCENT_PERMILLE, "percentage points"));
            }
            _ => {}
        }
        if let Some(z) = self.currency_end(unit) {
            let weight = after.starts_with("pound") && self.is_weight(i, z);
            return Some(if weight {
                (Label::Quantity, i..z, UNIT_PERMILLE, "unit of measure")
            } else {
                (Label::Money, i..z, NAMED_PERMILLE, "currency named")
            });
        }
        if let Some(z) = self.unit_end(unit) {
            return Some((
                Label::Quantity,
                i..self.second_measure_end(z),
                UNIT_PERMILLE,
                "unit of measure",
            ));
        }
        if let Some(unit) = n.suffix
            && UNIT_SUFFIXES.contains(unit)
        {
            return Some((Label::Quantity, i..end, UNIT_PERMILLE, "unit of measure"));
        }
        if n.suffix.is_some() && n.form != Form::Scaled {
            return None;
        }
        // Times and dates are not ours.
        let following = if self.lowercase_at(unit) == "more" || self.lowercase_at(unit) == "full" {
            unit + 1
        } else {
            unit
        };
        if TIME_UNITS.contains(&self.lowercase_at(following)) || is_month(&after) {
            return None;
        }
        if n.digits && is_month(word_before.trim_end_matches(',')) && n.form == Form::Plain {
            return None;
        }
        self.cardinal_amount(i, end, n, &word_before)
    }

    fn is_currency(&self, i: usize) -> bool {
        self.range.contains(&i)
            && (CURRENCIES.contains(&self.lowercase_at(i))
                || CURRENCY_CODES.contains(self.tokenized.word(i)))
    }

    /// End of a currency at `i`, with an adjective of one or two words ("US", "Hong Kong").
    fn currency_end(&self, i: usize) -> Option<usize> {
        // "two real friends": Brazil's real only after its adjective.
        if self.is_currency(i) && self.lowercase_at(i) != "real" {
            let sterling =
                self.lowercase_at(i).starts_with("pound") && self.lowercase_at(i + 1) == "sterling";
            return Some(i + 1 + usize::from(sterling));
        }
        let capital = |j: usize| {
            self.range.contains(&j) && self.tokenized.word(j).starts_with(char::is_uppercase)
        };
        (1..=2)
            .take_while(|&k| capital(i + k - 1))
            .find(|&k| self.is_currency(i + k) && !capital(i + k))
            .map(|k| i + k + 1)
            .or_else(|| (capital(i) && self.is_currency(i + 1)).then_some(i + 2))
    }

    /// Pounds of weight: after "weigh", before "of", or beside kilograms ("95 kg (209 pounds)").
    fn is_weight(&self, i: usize, z: usize) -> bool {
        let near = |reach: usize, is: &dyn Fn(&str) -> bool| {
            (i.saturating_sub(reach).max(self.range.start)..i).any(|j| is(&self.lowercase_at(j)))
        };
        let kilograms = |w: &str| {
            matches!(w, "kg" | "kgs" | "tons" | "tonnes")
                || w.starts_with("kilo")
                || (w.ends_with("kg") && w.starts_with(|c: char| c.is_ascii_digit()))
        };
        let after = self.lowercase_at(z);
        near(5, &|w| w.starts_with("weigh"))
            || after == "of"
            || near(3, &kilograms)
            || (after == "(" && (z + 1..=z + 3).any(|j| kilograms(&self.lowercase_at(j))))
    }

    fn unit_end(&self, i: usize) -> Option<usize> {
        let mut at = i;
        if matches!(
            self.lowercase_at(at).as_str(),
            "square" | "cubic" | "metric" | "nautical" | "sq"
        ) {
            at += 1;
        }
        let word = self.lowercase_at(at);
        if matches!(word.as_str(), "°" | "°c" | "°f") {
            return Some(at + 1);
        }
        if at == i && word == "magnitude" && self.is_dash(i.wrapping_sub(1)) {
            return Some(at + 1);
        }
        if !UNITS.contains(&word) {
            return None;
        }
        at += 1;
        if word.starts_with("degree")
            && matches!(self.lowercase_at(at).as_str(), "celsius" | "fahrenheit" | "centigrade")
        {
            at += 1;
        }
        if self.lowercase_at(at) == "/"
            && matches!(self.lowercase_at(at + 1).as_str(), "h" | "hr" | "s")
        {
            at += 2;
        }
        if self.lowercase_at(at) == "per"
            && matches!(self.lowercase_at(at + 1).as_str(), "hour" | "second")
        {
            at += 2;
        }
        Some(at)
    }

    /// "5 feet 8 inches" goes on.
    fn second_measure_end(&self, end: usize) -> usize {
        numerals::number_at(self.tokenized, end, self.range.end)
            .filter(|n| n.form == Form::Plain)
            .and_then(|n| self.unit_end(n.end))
            .unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    #[test]
    fn amounts_are_found() {
        let cases = galley_testcases::check("tests/data/entities/amounts.txt", |case| {
            let source = SourceText::new(&case.input).unwrap();
            let tokenized = TokenizedText::new(&source);
            let found: Vec<String> = find_amounts(&tokenized)
                .iter()
                .map(|m| format!("{}/{}", tokenized.slice(m.span), m.label.name()))
                .collect();
            found.join("\n")
        });
        assert!(cases > 60, "{cases} cases");
    }
}
