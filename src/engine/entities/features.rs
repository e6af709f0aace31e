//! Features of a token: one hash each, drawn from the words around it and the whole text.
//!
//! A feature is a template (its number is part of the hash) over a value. Training and tagging
//! run this same code; [`FEATURES`] names the set, and a model made with another is refused.

use super::context::Context;
use super::words::{Shape, Type, Words};
use crate::lexicon::flag;

/// Names the feature set: change it with any change of what is computed here, in `words`, in
/// `context` or in the tokenizer.
pub const FEATURES: u64 = crate::asset::fnv(b"galley entities features 1");

/// Features are hashed to so many bits.
pub const BITS: u32 = 28;

const NONE: u64 = 0x6e6f_6e65;

/// Everything that the templates read.
pub struct Page<'a> {
    pub words: &'a Words,
    pub context: &'a Context,
    /// Per token: set when it follows the token before without a space.
    pub glued: &'a [bool],
}

fn feature(template: u64, value: u64) -> u32 {
    let h =
        (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    ((h ^ (h >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> (64 - BITS)) as u32
}

fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x2545_f491_4f6c_dd1d) ^ (a >> 17)
}

/// Appends the features of token `i`; `from..to` is its sequence: neighbours beyond are unseen.
pub fn extract(page: &Page<'_>, i: usize, from: usize, to: usize, out: &mut Vec<u32>) {
    let Some(t) = page.words.get(i) else { return };
    let near = |k: isize| -> Option<&Type> {
        let j = i.checked_add_signed(k)?;
        (j >= from && j < to).then(|| page.words.get(j)).flatten()
    };
    let (p2, p1, n1, n2) = (near(-2), near(-1), near(1), near(2));
    let low = |t: Option<&Type>| t.map_or(NONE, |t| t.lower);
    let fine = |t: Option<&Type>| t.map_or(9999, |t| u64::from(t.word.clusters[2]));
    let mid = |t: Option<&Type>| t.map_or(9999, |t| u64::from(t.word.clusters[1]));
    let wide = |t: Option<&Type>| t.map_or(9999, |t| u64::from(t.word.clusters[0]));
    let shape = |t: Option<&Type>| t.map_or(99, |t| t.shape as u64);
    let pattern = |t: Option<&Type>| t.map_or(NONE, |t| t.pattern);
    let mut f = |template: u64, value: u64| out.push(feature(template, value));

    f(0, 0);
    f(1, t.lower);
    f(2, low(p1));
    f(3, low(n1));
    f(4, fine(Some(t)));
    f(5, mid(Some(t)));
    f(6, wide(Some(t)));
    let quiet = |t: Option<&Type>| {
        t.is_none_or(|t| matches!(t.shape, Shape::Lower | Shape::Mark | Shape::Number))
    };
    if quiet(Some(t)) && quiet(p1) && quiet(n1) {
        f(7, pair(low(p1), t.lower));
        f(8, pair(t.lower, low(n1)));
        f(9, t.suffixes[2]);
        f(10, pair(mid(p1), mid(n1)));
        f(11, pair(shape(Some(t)), low(p2)));
        f(12, u64::from(t.word.flags) | u64::from(t.word.rank) << 32);
        return;
    }

    // Words and clusters around.
    f(13, t.surface);
    f(14, low(p2));
    f(15, low(n2));
    f(16, fine(p1));
    f(17, fine(n1));
    f(18, mid(p1));
    f(19, mid(n1));
    f(20, wide(p1));
    f(21, wide(n1));
    f(22, mid(p2));
    f(23, mid(n2));
    f(24, pair(low(p1), t.lower));
    f(25, pair(t.lower, low(n1)));
    f(26, pair(low(p2), low(p1)));
    f(27, pair(low(n1), low(n2)));
    f(28, pair(low(p1), low(n1)));
    f(29, pair(mid(p1), mid(Some(t))));
    f(30, pair(mid(Some(t)), mid(n1)));
    f(31, pair(pair(wide(p1), wide(Some(t))), wide(n1)));
    f(32, pair(mid(p1), mid(n1)));

    // Spelling.
    for (n, &h) in t.prefixes.iter().enumerate() {
        if h != 0 {
            f(33 + n as u64, h);
        }
    }
    for (n, &h) in t.suffixes.iter().enumerate() {
        if h != 0 {
            f(37 + n as u64, h);
        }
    }
    let own = t.pattern;
    f(41, own);
    f(42, pattern(p1));
    f(43, pattern(n1));
    f(44, pair(own, pattern(n1)));
    f(45, pair(pattern(p1), own));
    f(46, pair(pair(pattern(p1), own), pattern(n1)));
    f(47, pair(low(p1), shape(Some(t))));
    f(48, pair(low(n1), shape(Some(t))));
    f(49, pair(mid(p1), own));
    f(50, pair(mid(n1), own));
    f(51, p1.map_or(NONE, |t| t.suffixes[2]));
    f(52, n1.map_or(NONE, |t| t.suffixes[2]));
    f(53, pair(pair(shape(p2), shape(p1)), pair(shape(Some(t)), pair(shape(n1), shape(n2)))));
    f(54, pair(t.suffixes[2], shape(n1)));

    // Where it stands.
    let case = page
        .context
        .paragraph
        .get(i)
        .and_then(|&p| page.words.cases.get(p as usize))
        .map_or(0, |c| *c as u64);
    let initial = page.context.initial.get(i).copied().unwrap_or(false);
    let written = page.words.shapes.get(i).map_or(99, |s| *s as u64);
    let glued = |j: usize| page.glued.get(j).copied().unwrap_or(false);
    let place = case | u64::from(initial) << 4;
    f(55, pair(place, shape(Some(t))));
    f(56, pair(place, pair(written, u64::from(t.word.rank))));
    f(57, pair(u64::from(initial), t.lower));
    f(58, pair(u64::from(glued(i)) | u64::from(glued(i + 1)) << 1, pair(shape(p1), shape(n1))));
    f(59, u64::from(t.len) | shape(Some(t)) << 8);
    f(60, pair(case, pair(low(p1), own)));

    // Word lists.
    for (template, t) in [(61, p2), (62, p1), (63, Some(t)), (64, n1), (65, n2)] {
        let flags = t.map_or(0, |t| t.word.flags);
        let mut rest = flags;
        while rest != 0 {
            f(template, u64::from(rest & rest.wrapping_neg()));
            rest &= rest - 1;
        }
    }
    let names = flag::FEMALE | flag::MALE | flag::SURNAME | flag::RARE_SURNAME;
    let kin = |t: Option<&Type>| {
        t.map_or(7, |t| {
            let f = t.word.flags & names;
            u64::from(f & 3 != 0) | u64::from(f & 4 != 0) << 1 | u64::from(f & 8 != 0) << 2
        })
    };
    let at = |k: isize| {
        i.checked_add_signed(k)
            .filter(|&j| j >= from && j < to)
            .and_then(|j| page.context.places.get(j).copied().flatten())
            .map_or(0, |(p, part)| p as u64 | u64::from(part) << 8)
    };
    f(66, pair(pair(kin(p1), shape(p1)), pair(kin(Some(t)), shape(Some(t)))));
    f(67, pair(pair(kin(Some(t)), shape(Some(t))), pair(kin(n1), shape(n1))));
    f(68, at(0));
    f(69, at(-1));
    f(70, at(1));
    f(71, pair(at(0), pair(low(p1), 1)));
    f(72, pair(at(0), pair(low(n1), 2)));
    f(73, pair(at(0), kin(Some(t)) | u64::from(t.word.rank) << 8));

    let Some(run) = page.context.run(i) else {
        return;
    };
    run_features(page, i, run, &mut f);
    document_features(page, i, t, &mut f);
}

/// The stretch of capitals that the token stands in.
fn run_features(page: &Page<'_>, i: usize, run: super::context::Run, f: &mut impl FnMut(u64, u64)) {
    let get = |j: usize| page.words.get(j);
    let (start, end) = (run.start as usize, run.end as usize);
    let (before, after) = ((i - start).min(4) as u64, (end - 1 - i).min(4) as u64);
    let len = (end - start).min(5) as u64;
    f(80, before | after << 8);
    let low = |t: Option<&Type>| t.map_or(NONE, |t| t.lower);
    let mid = |t: Option<&Type>| t.map_or(9999, |t| u64::from(t.word.clusters[1]));
    let fine = |t: Option<&Type>| t.map_or(9999, |t| u64::from(t.word.clusters[2]));
    let (first, last) = (get(start), get(end - 1));
    let left = start.checked_sub(1).and_then(get);
    let right = get(end);
    let spot = u64::from(i == start) | u64::from(i + 1 == end) << 1;
    if len > 1 {
        f(81, pair(low(first), spot));
        f(82, pair(low(last), spot));
        f(83, pair(mid(first), spot));
        f(84, pair(mid(last), spot));
        f(85, pair(u64::from(first.map_or(0, |t| t.word.flags)), spot));
        f(86, pair(u64::from(last.map_or(0, |t| t.word.flags)), spot));
        f(87, pair(low(left), spot));
        f(88, pair(low(right), spot));
        f(89, pair(fine(left), spot));
        f(90, pair(fine(right), spot));
        let heads =
            flag::ORG_HEAD | flag::PLACE_HEAD | flag::FAC_HEAD | flag::EVENT_HEAD | flag::LAW_HEAD;
        let mut union = 0;
        for j in start..end.min(start + 12) {
            union |= get(j).map_or(0, |t| t.word.flags & heads);
        }
        f(91, pair(u64::from(union), spot));
    }
    f(92, pair(mid(left), pair(mid(right), len)));
    f(93, pair(low(left), len));
    f(94, pair(low(right), len));
    // The nearest word in lower case on both sides that says something.
    let quiet = |t: &&Type| t.shape == Shape::Lower && t.word.rank > 1;
    let behind = (start.saturating_sub(4)..start).rev().filter_map(get).find(quiet);
    let ahead = (end..end + 4).filter_map(get).find(quiet);
    f(95, low(behind));
    f(96, low(ahead));
    f(97, mid(behind));
    f(98, mid(ahead));
}

/// Other mentions of the word in the text.
fn document_features(page: &Page<'_>, i: usize, t: &Type, f: &mut impl FnMut(u64, u64)) {
    let c = page.context;
    let key = t.key as usize;
    let flag_at = |v: &Vec<bool>| u64::from(v.get(key).copied().unwrap_or(false));
    let initial = u64::from(c.initial.get(i).copied().unwrap_or(false));
    f(100, flag_at(&c.lower) | flag_at(&c.capital) << 1 | initial << 2 | (t.shape as u64) << 4);
    let get = |j: usize| page.words.get(j);
    let own = c.run_of.get(i).copied().unwrap_or(0);
    let low = |t: Option<&Type>| t.map_or(NONE, |t| t.lower);
    let mid = |t: Option<&Type>| t.map_or(9999, |t| u64::from(t.word.clusters[1]));
    let mut seen = [0u64; 40];
    let mut n = 0;
    let mut once = |f: &mut dyn FnMut(u64, u64), template: u64, value: u64| {
        let h = value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if n < seen.len() && !seen[..n].contains(&h) {
            seen[n] = h;
            n += 1;
            f(template, value);
        }
    };
    for &j in c.mentions.get(key).map_or(&[][..], |v| v) {
        let j = j as usize;
        if j == i {
            continue;
        }
        let Some(run) = c.run(j) else { continue };
        let (start, end) = (run.start as usize, run.end as usize);
        let before = j.checked_sub(1).and_then(get);
        let after = get(j + 1);
        once(f, 101, low(before));
        once(f, 102, low(after));
        once(f, 103, mid(before));
        once(f, 104, mid(after));
        if end - start > 1 {
            once(f, 105, u64::from(j == start) | u64::from(j + 1 == end) << 1);
        }
    }
    if let Some(run) = c
        .longest
        .get(key)
        .and_then(|&r| (r != own).then(|| c.runs.get((r as usize).checked_sub(1)?)).flatten())
    {
        let (start, end) = (run.start as usize, run.end as usize);
        if end - start > 1 {
            let at = (start..end).find(|&j| get(j).is_some_and(|u| u.key == t.key));
            let spot = at.map_or(0, |j| u64::from(j == start) | u64::from(j + 1 == end) << 1);
            let (first, last) = (get(start), get(end - 1));
            f(110, pair(u64::from(first.map_or(0, |t| t.word.flags)), spot));
            f(111, pair(u64::from(last.map_or(0, |t| t.word.flags)), spot));
            f(112, pair(mid(first), spot));
            f(113, pair(mid(last), spot));
            f(114, pair(low(start.checked_sub(1).and_then(get)), spot));
            f(115, pair(low(get(end)), spot));
            f(116, pair(low(last), spot));
            f(117, pair(low(first), spot));
        }
    }
    if let Some(run) =
        c.expansion.get(&t.key).and_then(|&r| c.runs.get((r as usize).checked_sub(1)?))
    {
        let last = get((run.end as usize).saturating_sub(1));
        f(120, 0);
        f(121, low(last));
        f(122, u64::from(last.map_or(0, |t| t.word.flags)));
        f(123, mid(last));
    }
}
