//! Two amounts that share a sign or a unit: "50 to 60 percent", "between $300 and 400 billion".

use super::{Amount, Scan};
use crate::document::Label;
use crate::vocabulary::amounts::AFTER_BARE_AMOUNT;

/// Too few in any set to be counted: set below all others.
const RANGE: u16 = 800;

/// Gives bare numbers the kind of the amount that they make a range with.
pub(super) fn settle(scan: &Scan<'_, '_>, amounts: &mut [Amount]) {
    for i in 1..amounts.len() {
        let (before, after) = amounts.split_at_mut(i);
        let (Some(first), [second, ..]) = (before.last_mut(), after) else {
            continue;
        };
        if !joined(scan, first.tokens.start, first.tokens.end, second.tokens.start) {
            continue;
        }
        match (first.label, second.label) {
            (Label::Cardinal, Label::Percent | Label::Quantity) => take(first, second),
            // "20 to 30 dollars", but not "two for $5": a sign stands for its own number alone.
            (Label::Cardinal, Label::Money) if second.reason == "currency named" => {
                take(first, second);
            }
            (Label::Money, Label::Cardinal) if ends(scan, second) => take(second, first),
            _ => {}
        }
    }
}

fn take(bare: &mut Amount, full: &Amount) {
    bare.label = full.label;
    bare.confidence = RANGE;
    bare.reason = "range";
}

/// Only "to", "or" or a dash stands between; "and" with "between" before.
fn joined(scan: &Scan<'_, '_>, start: usize, end: usize, next: usize) -> bool {
    if next != end + 1 {
        return false;
    }
    let before = start.checked_sub(1).map(|b| scan.low(b));
    let before = before.unwrap_or_default();
    // "about", "some" and the like may stand between "between" and its number.
    let between =
        before == "between" || start.checked_sub(2).is_some_and(|b| scan.low(b) == "between");
    match scan.low(end).as_str() {
        "to" | "or" => true,
        "and" => between,
        _ => scan.dash(end),
    }
}

/// The number counts nothing that follows: it is scaled, or a mark or a small word comes next.
fn ends(scan: &Scan<'_, '_>, number: &Amount) -> bool {
    let after = scan.low(number.tokens.end);
    number.tokens.len() > 1
        || !after.starts_with(char::is_alphabetic)
        || AFTER_BARE_AMOUNT.contains(&after)
}
