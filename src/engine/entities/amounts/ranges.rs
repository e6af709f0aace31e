//! Two amounts that share a sign or a unit: "50 to 60 percent", "between $300 and 400 billion".

use super::sentence::{Amount, AmountScanner};
use crate::document::Label;
use crate::vocabulary::amounts::AFTER_BARE_AMOUNT;

/// Too few in any set to be counted: set below all others.
const RANGE_PERMILLE: u16 = 800;

/// Gives bare numbers the kind of the amount that they make a range with.
pub(super) fn settle_ranges(scan: &AmountScanner<'_, '_>, amounts: &mut [Amount]) {
    for i in 1..amounts.len() {
        let (before, after) = amounts.split_at_mut(i);
        let (Some(first), [second, ..]) = (before.last_mut(), after) else {
            continue;
        };
        if !are_joined(scan, first.tokens.start, first.tokens.end, second.tokens.start) {
            continue;
        }
        match (first.label, second.label) {
            (Label::Cardinal, Label::Percent | Label::Quantity) => take_kind_of(first, second),
            // "20 to 30 dollars", but not "two for $5": a sign stands for its own number alone.
            (Label::Cardinal, Label::Money) if second.reason == "currency named" => {
                take_kind_of(first, second);
            }
            (Label::Money, Label::Cardinal) if counts_nothing(scan, second) => {
                take_kind_of(second, first)
            }
            _ => {}
        }
    }
}

fn take_kind_of(bare: &mut Amount, full: &Amount) {
    bare.label = full.label;
    bare.confidence = RANGE_PERMILLE;
    bare.reason = "range";
}

/// Only "to", "or" or a dash stands between; "and" with "between" before.
fn are_joined(scan: &AmountScanner<'_, '_>, start: usize, end: usize, next: usize) -> bool {
    if next != end + 1 {
        return false;
    }
    let before = start.checked_sub(1).map(|b| scan.lowercase_at(b));
    let before = before.unwrap_or_default();
    // "about", "some" and the like may stand between "between" and its number.
    let between = before == "between"
        || start.checked_sub(2).is_some_and(|b| scan.lowercase_at(b) == "between");
    match scan.lowercase_at(end).as_str() {
        "to" | "or" => true,
        "and" => between,
        _ => scan.is_dash(end),
    }
}

/// The number counts nothing that follows: it is scaled, or a mark or a small word comes next.
fn counts_nothing(scan: &AmountScanner<'_, '_>, number: &Amount) -> bool {
    let after = scan.lowercase_at(number.tokens.end);
    number.tokens.len() > 1
        || !after.starts_with(char::is_alphabetic)
        || AFTER_BARE_AMOUNT.contains(&after)
}
