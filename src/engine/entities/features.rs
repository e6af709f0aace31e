//! Features of a token: one hash each, drawn from the words around it and the whole text.
//!
//! A feature is a template (its number is part of the hash) over a value. Training and tagging
//! run this same code; [`FEATURES`] names the set, and a model made with another is refused.

use super::context::Context;
use super::template;
use super::words::{Shape, WordType, Words};
use crate::lexicon::flag;

/// Names the feature set: change it with any change of what is computed here, in `words`, in
/// `context` or in the tokenizer.
pub const FEATURES: u64 = crate::asset::fnv(b"galley entities features 2");

/// Features are hashed to so many bits.
pub const BITS: u32 = 28;

const NONE: u64 = 0x6e6f_6e65;

/// Everything that the templates read.
pub struct FeatureInput<'a> {
    pub words: &'a Words,
    pub context: &'a Context,
    /// Per token: set when it follows the token before without a space.
    pub glued: &'a [bool],
}

fn hash_feature(template: u64, value: u64) -> u32 {
    let h =
        (value ^ template.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    ((h ^ (h >> 32)).wrapping_mul(0xc4ce_b9fe_1a85_ec53) >> (64 - BITS)) as u32
}

fn combine(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x2545_f491_4f6c_dd1d) ^ (a >> 17)
}

/// Appends the features of token `i`; `from..to` is its sequence: neighbours beyond are unseen.
pub fn extract_features(
    input: &FeatureInput<'_>,
    i: usize,
    from: usize,
    to: usize,
    out: &mut Vec<u32>,
) {
    let Some(t) = input.words.get(i) else { return };
    let near = |k: isize| -> Option<&WordType> {
        let j = i.checked_add_signed(k)?;
        (j >= from && j < to).then(|| input.words.get(j)).flatten()
    };
    let (p2, p1, n1, n2) = (near(-2), near(-1), near(1), near(2));
    let low = |t: Option<&WordType>| t.map_or(NONE, |t| t.lower);
    let fine = |t: Option<&WordType>| t.map_or(9999, |t| u64::from(t.word.clusters[2]));
    let mid = |t: Option<&WordType>| t.map_or(9999, |t| u64::from(t.word.clusters[1]));
    let wide = |t: Option<&WordType>| t.map_or(9999, |t| u64::from(t.word.clusters[0]));
    let shape = |t: Option<&WordType>| t.map_or(99, |t| t.shape as u64);
    let pattern = |t: Option<&WordType>| t.map_or(NONE, |t| t.pattern);
    let mut f = |template: u64, value: u64| out.push(hash_feature(template, value));

    f(template::BIAS, 0);
    f(template::WORD, t.lower);
    f(template::WORD_BEFORE, low(p1));
    f(template::WORD_AFTER, low(n1));
    f(template::FINE_CLUSTER, fine(Some(t)));
    f(template::MIDDLE_CLUSTER, mid(Some(t)));
    f(template::COARSE_CLUSTER, wide(Some(t)));
    let quiet = |t: Option<&WordType>| {
        t.is_none_or(|t| matches!(t.shape, Shape::Lower | Shape::Mark | Shape::Number))
    };
    if quiet(Some(t)) && quiet(p1) && quiet(n1) {
        f(template::QUIET_WORDS_BEFORE, combine(low(p1), t.lower));
        f(template::QUIET_WORDS_AFTER, combine(t.lower, low(n1)));
        f(template::QUIET_SUFFIX, t.suffixes[2]);
        f(template::QUIET_CLUSTERS_AROUND, combine(mid(p1), mid(n1)));
        f(template::QUIET_SHAPE_AND_SECOND_BEFORE, combine(shape(Some(t)), low(p2)));
        f(template::QUIET_FLAGS, u64::from(t.word.flags) | u64::from(t.word.rank) << 32);
        return;
    }

    // Words and clusters around.
    f(template::SURFACE, t.surface);
    f(template::SECOND_BEFORE, low(p2));
    f(template::SECOND_AFTER, low(n2));
    f(template::FINE_BEFORE, fine(p1));
    f(template::FINE_AFTER, fine(n1));
    f(template::MIDDLE_BEFORE, mid(p1));
    f(template::MIDDLE_AFTER, mid(n1));
    f(template::COARSE_BEFORE, wide(p1));
    f(template::COARSE_AFTER, wide(n1));
    f(template::MIDDLE_SECOND_BEFORE, mid(p2));
    f(template::MIDDLE_SECOND_AFTER, mid(n2));
    f(template::WORDS_BEFORE, combine(low(p1), t.lower));
    f(template::WORDS_AFTER, combine(t.lower, low(n1)));
    f(template::TWO_BEFORE, combine(low(p2), low(p1)));
    f(template::TWO_AFTER, combine(low(n1), low(n2)));
    f(template::WORDS_AROUND, combine(low(p1), low(n1)));
    f(template::CLUSTERS_BEFORE, combine(mid(p1), mid(Some(t))));
    f(template::CLUSTERS_AFTER, combine(mid(Some(t)), mid(n1)));
    f(template::COARSE_CLUSTERS, combine(combine(wide(p1), wide(Some(t))), wide(n1)));
    f(template::CLUSTERS_AROUND, combine(mid(p1), mid(n1)));

    // Spelling.
    for (n, &h) in t.prefixes.iter().enumerate() {
        if h != 0 {
            f(template::PREFIX + n as u64, h);
        }
    }
    for (n, &h) in t.suffixes.iter().enumerate() {
        if h != 0 {
            f(template::SUFFIX + n as u64, h);
        }
    }
    let own = t.pattern;
    f(template::PATTERN, own);
    f(template::PATTERN_BEFORE, pattern(p1));
    f(template::PATTERN_AFTER, pattern(n1));
    f(template::PATTERNS_AFTER, combine(own, pattern(n1)));
    f(template::PATTERNS_BEFORE, combine(pattern(p1), own));
    f(template::PATTERNS_AROUND, combine(combine(pattern(p1), own), pattern(n1)));
    f(template::WORD_BEFORE_AND_SHAPE, combine(low(p1), shape(Some(t))));
    f(template::WORD_AFTER_AND_SHAPE, combine(low(n1), shape(Some(t))));
    f(template::CLUSTER_BEFORE_AND_PATTERN, combine(mid(p1), own));
    f(template::CLUSTER_AFTER_AND_PATTERN, combine(mid(n1), own));
    f(template::SUFFIX_BEFORE, p1.map_or(NONE, |t| t.suffixes[2]));
    f(template::SUFFIX_AFTER, n1.map_or(NONE, |t| t.suffixes[2]));
    f(
        template::SHAPES_AROUND,
        combine(
            combine(shape(p2), shape(p1)),
            combine(shape(Some(t)), combine(shape(n1), shape(n2))),
        ),
    );
    f(template::SUFFIX_AND_SHAPE_AFTER, combine(t.suffixes[2], shape(n1)));

    // Where it stands.
    let case = input
        .context
        .paragraph
        .get(i)
        .and_then(|&p| input.words.cases.get(p as usize))
        .map_or(0, |c| *c as u64);
    let initial = input.context.initial.get(i).copied().unwrap_or(false);
    let written = input.words.shapes.get(i).map_or(99, |s| *s as u64);
    let glued = |j: usize| input.glued.get(j).copied().unwrap_or(false);
    let place = case | u64::from(initial) << 4;
    f(template::PLACE_AND_SHAPE, combine(place, shape(Some(t))));
    f(template::PLACE_AND_RANK, combine(place, combine(written, u64::from(t.word.rank))));
    f(template::INITIAL_WORD, combine(u64::from(initial), t.lower));
    f(
        template::GLUE,
        combine(u64::from(glued(i)) | u64::from(glued(i + 1)) << 1, combine(shape(p1), shape(n1))),
    );
    f(template::LENGTH, u64::from(t.len) | shape(Some(t)) << 8);
    f(template::CASE_AND_WORD_BEFORE, combine(case, combine(low(p1), own)));

    // Word lists.
    for (number, t) in [
        (template::FLAG_SECOND_BEFORE, p2),
        (template::FLAG_BEFORE, p1),
        (template::FLAG, Some(t)),
        (template::FLAG_AFTER, n1),
        (template::FLAG_SECOND_AFTER, n2),
    ] {
        let flags = t.map_or(0, |t| t.word.flags);
        let mut rest = flags;
        while rest != 0 {
            f(number, u64::from(rest & rest.wrapping_neg()));
            rest &= rest - 1;
        }
    }
    let names = flag::FEMALE | flag::MALE | flag::SURNAME | flag::RARE_SURNAME;
    let kin = |t: Option<&WordType>| {
        t.map_or(7, |t| {
            let f = t.word.flags & names;
            u64::from(f & 3 != 0) | u64::from(f & 4 != 0) << 1 | u64::from(f & 8 != 0) << 2
        })
    };
    let at = |k: isize| {
        i.checked_add_signed(k)
            .filter(|&j| j >= from && j < to)
            .and_then(|j| input.context.places.get(j).copied().flatten())
            .map_or(0, |(p, part)| p as u64 | u64::from(part) << 8)
    };
    f(
        template::NAMES_BEFORE,
        combine(combine(kin(p1), shape(p1)), combine(kin(Some(t)), shape(Some(t)))),
    );
    f(
        template::NAMES_AFTER,
        combine(combine(kin(Some(t)), shape(Some(t))), combine(kin(n1), shape(n1))),
    );
    f(template::GAZETTEER, at(0));
    f(template::GAZETTEER_BEFORE, at(-1));
    f(template::GAZETTEER_AFTER, at(1));
    f(template::GAZETTEER_AND_WORD_BEFORE, combine(at(0), combine(low(p1), 1)));
    f(template::GAZETTEER_AND_WORD_AFTER, combine(at(0), combine(low(n1), 2)));
    f(template::GAZETTEER_AND_NAME, combine(at(0), kin(Some(t)) | u64::from(t.word.rank) << 8));

    let Some(run) = input.context.run_at(i) else {
        return;
    };
    run_features(input, i, run, &mut f);
    document_features(input, i, t, &mut f);
}

/// The run of capitalized words that the token stands in.
fn run_features(
    input: &FeatureInput<'_>,
    i: usize,
    run: super::context::Run,
    f: &mut impl FnMut(u64, u64),
) {
    let get = |j: usize| input.words.get(j);
    let (start, end) = (run.start as usize, run.end as usize);
    let (before, after) = ((i - start).min(4) as u64, (end - 1 - i).min(4) as u64);
    let len = (end - start).min(5) as u64;
    f(template::RUN_POSITION, before | after << 8);
    let low = |t: Option<&WordType>| t.map_or(NONE, |t| t.lower);
    let mid = |t: Option<&WordType>| t.map_or(9999, |t| u64::from(t.word.clusters[1]));
    let fine = |t: Option<&WordType>| t.map_or(9999, |t| u64::from(t.word.clusters[2]));
    let (first, last) = (get(start), get(end - 1));
    let left = start.checked_sub(1).and_then(get);
    let right = get(end);
    let spot = u64::from(i == start) | u64::from(i + 1 == end) << 1;
    if len > 1 {
        f(template::RUN_FIRST_WORD, combine(low(first), spot));
        f(template::RUN_LAST_WORD, combine(low(last), spot));
        f(template::RUN_FIRST_CLUSTER, combine(mid(first), spot));
        f(template::RUN_LAST_CLUSTER, combine(mid(last), spot));
        f(template::RUN_FIRST_FLAGS, combine(u64::from(first.map_or(0, |t| t.word.flags)), spot));
        f(template::RUN_LAST_FLAGS, combine(u64::from(last.map_or(0, |t| t.word.flags)), spot));
        f(template::WORD_BEFORE_RUN, combine(low(left), spot));
        f(template::WORD_AFTER_RUN, combine(low(right), spot));
        f(template::CLUSTER_BEFORE_RUN, combine(fine(left), spot));
        f(template::CLUSTER_AFTER_RUN, combine(fine(right), spot));
        let heads =
            flag::ORG_HEAD | flag::PLACE_HEAD | flag::FAC_HEAD | flag::EVENT_HEAD | flag::LAW_HEAD;
        let mut union = 0;
        for j in start..end.min(start + 12) {
            union |= get(j).map_or(0, |t| t.word.flags & heads);
        }
        f(template::RUN_HEADS, combine(u64::from(union), spot));
    }
    f(template::CLUSTERS_AROUND_RUN, combine(mid(left), combine(mid(right), len)));
    f(template::WORD_BEFORE_RUN_AND_LENGTH, combine(low(left), len));
    f(template::WORD_AFTER_RUN_AND_LENGTH, combine(low(right), len));
    // The nearest word in lowercase on both sides that says something.
    let quiet = |t: &&WordType| t.shape == Shape::Lower && t.word.rank > 1;
    let behind = (start.saturating_sub(4)..start).rev().filter_map(get).find(quiet);
    let ahead = (end..end + 4).filter_map(get).find(quiet);
    f(template::CONTENT_WORD_BEFORE, low(behind));
    f(template::CONTENT_WORD_AFTER, low(ahead));
    f(template::CONTENT_CLUSTER_BEFORE, mid(behind));
    f(template::CONTENT_CLUSTER_AFTER, mid(ahead));
}

/// Other mentions of the word in the text.
fn document_features(
    input: &FeatureInput<'_>,
    i: usize,
    t: &WordType,
    f: &mut impl FnMut(u64, u64),
) {
    let c = input.context;
    let key = t.key as usize;
    let flag_at = |v: &Vec<bool>| u64::from(v.get(key).copied().unwrap_or(false));
    let initial = u64::from(c.initial.get(i).copied().unwrap_or(false));
    f(
        template::CASE_ELSEWHERE,
        flag_at(&c.lower) | flag_at(&c.capital) << 1 | initial << 2 | (t.shape as u64) << 4,
    );
    let get = |j: usize| input.words.get(j);
    let own = c.run_of.get(i).copied().unwrap_or(0);
    let low = |t: Option<&WordType>| t.map_or(NONE, |t| t.lower);
    let mid = |t: Option<&WordType>| t.map_or(9999, |t| u64::from(t.word.clusters[1]));
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
        let Some(run) = c.run_at(j) else { continue };
        let (start, end) = (run.start as usize, run.end as usize);
        let before = j.checked_sub(1).and_then(get);
        let after = get(j + 1);
        once(f, template::ELSEWHERE_WORD_BEFORE, low(before));
        once(f, template::ELSEWHERE_WORD_AFTER, low(after));
        once(f, template::ELSEWHERE_CLUSTER_BEFORE, mid(before));
        once(f, template::ELSEWHERE_CLUSTER_AFTER, mid(after));
        if end - start > 1 {
            once(
                f,
                template::ELSEWHERE_POSITION,
                u64::from(j == start) | u64::from(j + 1 == end) << 1,
            );
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
            f(
                template::LONGEST_FIRST_FLAGS,
                combine(u64::from(first.map_or(0, |t| t.word.flags)), spot),
            );
            f(
                template::LONGEST_LAST_FLAGS,
                combine(u64::from(last.map_or(0, |t| t.word.flags)), spot),
            );
            f(template::LONGEST_FIRST_CLUSTER, combine(mid(first), spot));
            f(template::LONGEST_LAST_CLUSTER, combine(mid(last), spot));
            f(
                template::WORD_BEFORE_LONGEST,
                combine(low(start.checked_sub(1).and_then(get)), spot),
            );
            f(template::WORD_AFTER_LONGEST, combine(low(get(end)), spot));
            f(template::LONGEST_LAST_WORD, combine(low(last), spot));
            f(template::LONGEST_FIRST_WORD, combine(low(first), spot));
        }
    }
    if let Some(run) =
        c.expansion.get(&t.key).and_then(|&r| c.runs.get((r as usize).checked_sub(1)?))
    {
        let last = get((run.end as usize).saturating_sub(1));
        f(template::EXPANDED, 0);
        f(template::EXPANSION_LAST_WORD, low(last));
        f(template::EXPANSION_LAST_FLAGS, u64::from(last.map_or(0, |t| t.word.flags)));
        f(template::EXPANSION_LAST_CLUSTER, mid(last));
    }
}
