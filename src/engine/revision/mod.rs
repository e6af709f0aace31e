//! Two versions of one text: where each stretch of the old one stands in the new one.
//!
//! Owns the comparison of texts. Must not know annotations (what becomes of them is `edits`').
//!
//! Words and marks are aligned by a diff. What was taken elsewhere is found again by its words and
//! the words around it (quote and context anchoring). Space is O(n) in the texts.

mod align;

use imara_diff::Interner;

use crate::text::{SourceText, Span};

/// What became of a stretch of the old text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// The same words in the same order of the text; white space may differ.
    Same(Span),
    /// The same words, elsewhere.
    Moved(Span),
    /// Other words in its place, near enough to be meant.
    Changed(Span),
    /// It is not there any more.
    Lost,
}

impl Carried {
    /// Where it is now.
    pub fn span(self) -> Option<Span> {
        match self {
            Carried::Same(span) | Carried::Moved(span) | Carried::Changed(span) => Some(span),
            Carried::Lost => None,
        }
    }
}

/// An old and a new text, aligned.
#[derive(Debug)]
pub struct Alignment<'t> {
    old: Side<'t>,
    new: Side<'t>,
    /// For each piece of the old text its place in the new one; ascending.
    to: Vec<Option<usize>>,
    /// Pieces of the new text that stand against none of the old, sorted by what they are.
    loose: Vec<(u32, usize)>,
}

/// A text in pieces: words, and single marks.
#[derive(Debug)]
struct Side<'t> {
    text: &'t SourceText,
    pieces: Vec<Span>,
    /// Equal numbers are equal pieces.
    ids: Vec<u32>,
}

/// How many places are tried for words that were moved.
const MAX_CANDIDATE_PLACES: usize = 64;
/// How many pieces of context are compared on either side.
const MAX_CONTEXT_PIECES: usize = 8;

impl<'t> Alignment<'t> {
    /// Aligns the two.
    pub fn new(old: &'t SourceText, new: &'t SourceText) -> Alignment<'t> {
        let (old_pieces, new_pieces) = (split_into_pieces(old), split_into_pieces(new));
        let mut interner = Interner::new(old_pieces.len());
        let old = Side::new(old, old_pieces, &mut interner);
        let new = Side::new(new, new_pieces, &mut interner);
        let to = align::align(&old.ids, &new.ids, interner.num_tokens());
        let mut matched = vec![false; new.ids.len()];
        for &n in to.iter().flatten() {
            if let Some(slot) = matched.get_mut(n) {
                *slot = true;
            }
        }
        let all = new.ids.iter().zip(0..);
        let loose = all.filter(|&(_, n)| matched.get(n) == Some(&false));
        let mut loose: Vec<(u32, usize)> = loose.map(|(&id, n)| (id, n)).collect();
        loose.sort();
        Alignment { old, new, to, loose }
    }

    /// Where `span` of the old text stands in the new one.
    pub fn carry(&self, span: Span) -> Carried {
        let i = self.old.pieces.partition_point(|p| p.end() <= span.start());
        let j = self.old.pieces.partition_point(|p| p.start() < span.end());
        if i >= j {
            return self.carry_white_space(i, span).map_or(Carried::Lost, Carried::Same);
        }
        let Some(to) = self.to.get(i..j) else {
            return Carried::Lost;
        };
        let first = to.first().copied().flatten();
        if let Some(first) = first
            && to.iter().enumerate().all(|(n, &t)| t == Some(first + n))
        {
            let whole = self.with_old_edges(span, i, j, first, first + to.len());
            return whole.map_or(Carried::Lost, Carried::Same);
        }
        let moved = || self.same_words_elsewhere(span, i, j).map(Carried::Moved);
        let changed = || self.changed_in_place(i, j).map(Carried::Changed);
        // Half of its words in their place go before all of them elsewhere.
        let here = to.iter().flatten().count() * 2 >= to.len();
        let found = match here {
            true => changed().or_else(moved),
            false => moved().or_else(|| self.similar_in_place(i, j).map(Carried::Changed)),
        };
        found.unwrap_or(Carried::Lost)
    }

    /// White space between piece `i` and the one before it, where both stay neighbours.
    fn carry_white_space(&self, i: usize, span: Span) -> Option<Span> {
        let before = match i.checked_sub(1) {
            Some(p) => Some(self.to.get(p).copied().flatten()?),
            None => None,
        };
        let after = match self.to.get(i) {
            Some(&n) => n?,
            None => self.new.ids.len(),
        };
        if before.map_or(0, |b| b + 1) != after {
            return None;
        }
        let (old, new) = (self.old.white_space_before(i), self.new.white_space_before(after));
        (self.old.text.slice(old) == self.new.text.slice(new)).then_some(())?;
        let shift = |at: usize| new.start() + (at - old.start());
        self.new.text.span(shift(span.start()), shift(span.end()))
    }

    /// The new span of pieces `i..j` that stand at `a..z`; with as much of the white space (and of
    /// cut words) at its ends as the old one had, where the new text has it too.
    fn with_old_edges(&self, span: Span, i: usize, j: usize, a: usize, z: usize) -> Option<Span> {
        let (first, last) = (self.old.pieces.get(i)?, self.old.pieces.get(j - 1)?);
        let (to_first, to_last) = (self.new.pieces.get(a)?, self.new.pieces.get(z - 1)?);
        let start = if span.start() >= first.start() {
            to_first.start() + (span.start() - first.start())
        } else {
            let room = self.old.text.span(span.start(), first.start())?;
            let new = self.new.text.as_str().get(..to_first.start())?;
            let same = new.ends_with(self.old.text.slice(room));
            to_first.start() - if same { room.len() } else { 0 }
        };
        let end = if span.end() <= last.end() {
            to_last.end() - (last.end() - span.end())
        } else {
            let room = self.old.text.span(last.end(), span.end())?;
            let new = self.new.text.as_str().get(to_last.end()..)?;
            let same = new.starts_with(self.old.text.slice(room));
            to_last.end() + if same { room.len() } else { 0 }
        };
        self.new.text.span(start, end).filter(|s| !s.is_empty())
    }

    /// Pieces `i..j`, at least half of which have kept their places: with what took the place of
    /// the others.
    fn changed_in_place(&self, i: usize, j: usize) -> Option<Span> {
        let (m0, a) = (i..j).find_map(|n| Some((n, (*self.to.get(n)?)?)))?;
        let (m1, z) = (i..j).rev().find_map(|n| Some((n, (*self.to.get(n)?)?)))?;
        // Where the change reaches over an edge, as many pieces are taken as there were.
        let clear = |n: usize| self.to.get(n).copied().flatten();
        let start = match i.checked_sub(1).map(clear) {
            _ if m0 == i => a,
            None => 0,
            Some(Some(before)) => before + 1,
            Some(None) => a.saturating_sub(m0 - i),
        };
        let end = match self.to.get(j) {
            _ if m1 + 1 == j => z + 1,
            None => self.new.ids.len(),
            Some(&Some(after)) => after,
            Some(None) => (z + j - m1).min(self.new.ids.len()),
        };
        let grown = end.checked_sub(start)? > 2 * (j - i) + 2;
        (!grown).then(|| self.new.hull(start, end)).flatten()
    }

    /// Pieces `i..j`, none or few of which are left: what looks like them in their place.
    fn similar_in_place(&self, i: usize, j: usize) -> Option<Span> {
        /// How far away the nearest aligned pieces may be, in pieces.
        const MAX_ANCHOR_PIECES: usize = 24;
        let matched = |n: &usize| self.to.get(*n).is_some_and(Option::is_some);
        let near = |n: usize| self.to.get(n).copied().flatten();
        let before = (i.saturating_sub(MAX_ANCHOR_PIECES)..i).rev().find(matched);
        let after = (j..(j + MAX_ANCHOR_PIECES).min(self.to.len())).find(matched);
        let from = match before.and_then(near) {
            Some(n) => n + 1,
            None if i < MAX_ANCHOR_PIECES => 0,
            None => return None,
        };
        let to = match after.and_then(near) {
            Some(n) => n,
            None if j + MAX_ANCHOR_PIECES >= self.to.len() => self.new.ids.len(),
            None => return None,
        };
        let words = self.old.text.slice(self.old.hull(i, j)?);
        let mut best: Option<(usize, Span)> = None;
        for start in from..to.min(from + 2 * MAX_ANCHOR_PIECES) {
            for len in [j - i, j - i + 1, (j - i).saturating_sub(1)] {
                if len == 0 || start + len > to {
                    continue;
                }
                let Some(span) = self.new.hull(start, start + len) else {
                    continue;
                };
                if let Some(far) = align::edit_distance(words, self.new.text.slice(span))
                    && best.is_none_or(|(least, _)| far < least)
                {
                    best = Some((far, span));
                }
            }
        }
        best.map(|(_, span)| span)
    }

    /// The same pieces elsewhere, among those that are new there: the place with the most of the
    /// old words around it. A single word needs some of them.
    fn same_words_elsewhere(&self, span: Span, i: usize, j: usize) -> Option<Span> {
        let wanted = self.old.ids.get(i..j)?;
        let &first = wanted.first()?;
        let from = self.loose.partition_point(|&(id, _)| id < first);
        let places = self.loose.get(from..)?.iter();
        let places = places.take_while(|&&(id, _)| id == first);
        let mut best: Option<(usize, usize)> = None;
        for &(_, at) in places.take(MAX_CANDIDATE_PLACES) {
            if self.new.ids.get(at..at + wanted.len()) != Some(wanted) {
                continue;
            }
            let back = |side: &Side<'_>, from: usize, n: usize| {
                from.checked_sub(n + 1).and_then(|k| side.ids.get(k).copied())
            };
            let on = |side: &Side<'_>, from: usize, n: usize| side.ids.get(from + n).copied();
            let end = at + wanted.len();
            let same = |n: &usize| back(&self.old, i, *n) == back(&self.new, at, *n);
            let left = (0..MAX_CONTEXT_PIECES).take_while(same).count();
            let same = |n: &usize| on(&self.old, j, *n) == on(&self.new, end, *n);
            let right = (0..MAX_CONTEXT_PIECES).take_while(same).count();
            let score = left + right;
            if score + wanted.len() > 3 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, at));
            }
        }
        let (_, at) = best?;
        self.with_old_edges(span, i, j, at, at + wanted.len())
    }
}

impl<'t> Side<'t> {
    fn new(text: &'t SourceText, pieces: Vec<Span>, interner: &mut Interner<&'t str>) -> Side<'t> {
        let ids = pieces.iter().map(|&piece| interner.intern(text.slice(piece)).0).collect();
        Side { text, pieces, ids }
    }

    /// The white space before piece `i`.
    fn white_space_before(&self, i: usize) -> Span {
        let before = i.checked_sub(1).and_then(|p| self.pieces.get(p));
        let start = before.map_or(0, |p| p.end());
        let end = self.pieces.get(i).map_or(self.text.len(), |p| p.start());
        self.text.span(start, end).unwrap_or(self.text.whole())
    }

    /// From the first of pieces `a..z` to the last.
    fn hull(&self, a: usize, z: usize) -> Option<Span> {
        let pieces = self.pieces.get(a..z)?;
        Some(pieces.first()?.hull(*pieces.last()?))
    }
}

/// Runs of letters and digits, and every other character but white space by itself.
fn split_into_pieces(text: &SourceText) -> Vec<Span> {
    let mut out = Vec::new();
    let mut word: Option<usize> = None;
    for (at, c) in text.as_str().char_indices() {
        if c.is_alphanumeric() {
            word.get_or_insert(at);
            continue;
        }
        out.extend(word.take().and_then(|from| text.span(from, at)));
        if !c.is_whitespace() {
            out.extend(text.span(at, at + c.len_utf8()));
        }
    }
    out.extend(word.and_then(|from| text.span(from, text.len())));
    out
}

#[cfg(test)]
mod tests;
