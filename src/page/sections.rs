//! The article in sections that share what did not change: a change cuts and draws the paragraphs that it touches
//! and no others, however long the text is.

use std::ops::Range;
use std::rc::Rc;

use super::filter::Filter;
use galley_engine::document::{Annotation, AnnotationId, Document};
use galley_engine::text::Span;
use galley_engine::view::{self, ParagraphBlock};

/// Paragraphs in a section.
pub const PARAGRAPHS_PER_SECTION: usize = 24;

/// The article in sections of [`PARAGRAPHS_PER_SECTION`] paragraphs.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    sections: Vec<Rc<Section>>,
    /// What they show.
    drawn: Option<(Rc<Document>, Filter)>,
    cuts: usize,
}

/// Neighbouring paragraphs. Two sections are the same when they are the same allocation.
#[derive(Debug)]
pub struct Section {
    /// Its paragraphs.
    pub blocks: Vec<Rc<ParagraphBlock>>,
}

impl Sections {
    /// Takes over `document` with the annotations that `filter` shows.
    pub fn redraw(&mut self, document: &Rc<Document>, filter: &Filter) {
        match self.changed_stretches(document, filter) {
            Some(stretches) => self.redraw_stretches(document, filter, &stretches),
            None => self.redraw_all(document, filter),
        }
        self.drawn = Some((document.clone(), filter.clone()));
    }

    fn redraw_all(&mut self, document: &Document, filter: &Filter) {
        let blocks = view::segment_document(document, |a| filter.is_visible(document, a));
        self.cuts += blocks.len();
        let mut blocks = blocks.into_iter().peekable();
        let mut sections = Vec::with_capacity(self.sections.len());
        while blocks.peek().is_some() {
            let old = self.sections.get(sections.len());
            let now = blocks.by_ref().take(PARAGRAPHS_PER_SECTION).enumerate();
            let now = now.map(|(i, block)| keep(old.and_then(|s| s.blocks.get(i)), block));
            sections.push(Section::sharing(old, now.collect()));
        }
        self.sections = sections;
    }

    /// Where the drawing may differ from the last one, cut so that no annotation reaches out of a stretch; `None`:
    /// all of it may.
    fn changed_stretches(&self, document: &Document, filter: &Filter) -> Option<Vec<Span>> {
        let (old, old_filter) = self.drawn.as_ref()?;
        if old_filter != filter || old.text != document.text || old.parts != document.parts {
            return None;
        }
        let before = view::drawn_annotations(old, |a| filter.is_visible(old, a));
        let now = view::drawn_annotations(document, |a| filter.is_visible(document, a));
        let is_sorted = |list: &[&Annotation]| list.is_sorted_by_key(|a| a.sort_key());
        if !is_sorted(&before) || !is_sorted(&now) {
            return None;
        }
        let islands = islands(&before, &now);
        // A new reading: cutting the whole text once costs less than cutting most of it in pieces.
        if islands.iter().filter(|island| island.changed).count() * 2 > islands.len() {
            return None;
        }
        let mut stretches: Vec<Span> = Vec::new();
        for (i, island) in islands.iter().enumerate().filter(|(_, island)| island.changed) {
            if stretches.last().is_none_or(|last| last.end() <= island.span.start()) {
                stretches.push(self.whole_paragraphs(&islands, i));
            }
        }
        Some(stretches)
    }

    /// An island's paragraphs, with those of all islands that reach into them.
    fn whole_paragraphs(&self, islands: &[Island], at: usize) -> Span {
        let (mut first, mut last) = (at, at);
        let mut stretch = self.paragraphs_around(islands, first, last);
        loop {
            let is_in = |island: &Island| island.span.overlaps(stretch);
            let before = first.checked_sub(1).filter(|i| islands.get(*i).is_some_and(is_in));
            let after = Some(last + 1).filter(|i| islands.get(*i).is_some_and(is_in));
            if before.is_none() && after.is_none() {
                return stretch;
            }
            (first, last) = (before.unwrap_or(first), after.unwrap_or(last));
            stretch = self.paragraphs_around(islands, first, last);
        }
    }

    fn paragraphs_around(&self, islands: &[Island], first: usize, last: usize) -> Span {
        let start = islands.get(first).map_or(0, |island| island.span.start());
        let end = islands.get(last).map_or(start, |island| island.span.end());
        let block = |offset: usize| {
            let (section, block) = self.locate(offset)?;
            self.sections.get(section)?.blocks.get(block).map(|block| block.span)
        };
        let from = block(start).map_or(start, |span| span.start());
        let to = block(end.saturating_sub(1)).map_or(end, |span| span.end());
        Span::new(from, to.max(from))
    }

    fn redraw_stretches(&mut self, document: &Document, filter: &Filter, stretches: &[Span]) {
        let annotations = view::drawn_annotations(document, |a| filter.is_visible(document, a));
        for stretch in stretches {
            let from = annotations.partition_point(|a| a.span.start() < stretch.start());
            let to = annotations.partition_point(|a| a.span.start() < stretch.end());
            let there = annotations.get(from..to).unwrap_or_default();
            let places = self.places_in(*stretch);
            let spans =
                places.iter().filter_map(|&(s, b)| Some(self.sections.get(s)?.blocks.get(b)?.span));
            let spans: Vec<Span> = spans.collect();
            self.cuts += spans.len();
            let blocks = view::segment_paragraphs(document, there, spans.into_iter());
            let mut blocks = places.iter().map(|(s, _)| *s).zip(blocks).peekable();
            while let Some(&(at, _)) = blocks.peek() {
                let Some(old) = self.sections.get(at).cloned() else { break };
                let mut now = old.blocks.clone();
                while let Some((_, block)) = blocks.next_if(|(section, _)| *section == at) {
                    let place = now.iter_mut().find(|before| before.span == block.span);
                    if let Some(place) = place {
                        *place = keep(Some(&*place), block);
                    }
                }
                if let Some(section) = self.sections.get_mut(at) {
                    *section = Section::sharing(Some(&old), now);
                }
            }
        }
    }

    /// Section and paragraph of all paragraphs that begin in a stretch.
    fn places_in(&self, stretch: Span) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        let Some((first, _)) = self.locate(stretch.start()) else { return places };
        for (s, section) in self.sections.iter().enumerate().skip(first) {
            if section.start() >= stretch.end() {
                break;
            }
            let inside = |block: &ParagraphBlock| {
                (stretch.start()..stretch.end()).contains(&block.span.start())
            };
            let blocks = section.blocks.iter().enumerate().filter(|(_, block)| inside(block));
            places.extend(blocks.map(|(b, _)| (s, b)));
        }
        places
    }

    /// How many paragraphs were cut into segments, in all drawings together.
    pub fn cuts(&self) -> usize {
        self.cuts
    }

    /// The sections over which a span reaches.
    pub fn sections_of(&self, span: Span) -> Range<usize> {
        let section = |offset| self.locate(offset).map_or(0, |(section, _)| section);
        section(span.start())..section(span.end().saturating_sub(1)) + 1
    }

    /// All sections, in order.
    pub fn all(&self) -> &[Rc<Section>] {
        &self.sections
    }

    /// The section and paragraph that hold the byte at `offset`.
    pub fn locate(&self, offset: usize) -> Option<(usize, usize)> {
        let s = self.sections.partition_point(|s| s.start() <= offset).checked_sub(1)?;
        let blocks = &self.sections.get(s)?.blocks;
        let b = blocks.partition_point(|b| b.span.start() <= offset).checked_sub(1)?;
        Some((s, b))
    }
}

/// A stretch under annotations that overlap each other: no annotation reaches out of it.
struct Island {
    span: Span,
    /// Not the same in both drawings.
    changed: bool,
}

/// The islands of two drawings together. Both lists are sorted.
fn islands(before: &[&Annotation], now: &[&Annotation]) -> Vec<Island> {
    let mut islands: Vec<Island> = Vec::new();
    let mut add = |span: Span, changed: bool| match islands.last_mut() {
        Some(last) if span.start() < last.span.end() => {
            last.span = last.span.hull(span);
            last.changed |= changed;
        }
        _ => islands.push(Island { span, changed }),
    };
    let (mut before, mut now) = (before.iter().peekable(), now.iter().peekable());
    loop {
        match (before.peek(), now.peek()) {
            (Some(a), Some(b)) if a == b => {
                add(a.span, false);
                before.next();
                now.next();
            }
            (Some(a), Some(b)) if a.sort_key() <= b.sort_key() => {
                add(a.span, true);
                before.next();
            }
            (_, Some(b)) => {
                add(b.span, true);
                now.next();
            }
            (Some(a), None) => {
                add(a.span, true);
                before.next();
            }
            (None, None) => return islands,
        }
    }
}

/// A paragraph, or the one before if that is the same.
fn keep(before: Option<&Rc<ParagraphBlock>>, block: ParagraphBlock) -> Rc<ParagraphBlock> {
    match before {
        Some(before) if **before == block => before.clone(),
        _ => Rc::new(block),
    }
}

impl Section {
    /// A section of these paragraphs, or the one before if all of them are its own.
    fn sharing(before: Option<&Rc<Section>>, blocks: Vec<Rc<ParagraphBlock>>) -> Rc<Section> {
        let same = |before: &&Rc<Section>| {
            let pairs = before.blocks.iter().zip(&blocks);
            before.blocks.len() == blocks.len() && pairs.into_iter().all(|(a, b)| Rc::ptr_eq(a, b))
        };
        before.filter(same).cloned().unwrap_or_else(|| Rc::new(Section { blocks }))
    }

    /// About how high it is drawn, in tenths of a line and its gaps: what the browser takes until it draws it.
    pub fn height_in_tenths_of_lines(&self) -> usize {
        /// Letters that a line holds.
        const LINE: usize = 72;
        /// The gap after a paragraph.
        const GAP: usize = 6;
        self.blocks.iter().map(|block| block.span.len().div_ceil(LINE).max(1) * 10 + GAP).sum()
    }

    /// True when an annotation is drawn somewhere in it.
    pub fn holds(&self, id: &AnnotationId) -> bool {
        let segments = self.blocks.iter().flat_map(|b| &b.segments);
        segments.flat_map(|s| &s.marks).any(|m| &m.id == id)
    }

    /// First byte of its first paragraph.
    pub fn start(&self) -> usize {
        self.blocks.first().map_or(0, |b| b.span.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use galley_engine::document::{Body, Confidence, EntityBody, Label, Status};
    use galley_engine::text::SourceText;

    fn document(text: &str) -> Document {
        Document { text: SourceText::new(text).unwrap(), ..Document::default() }
    }

    #[test]
    fn unchanged_sections_are_shared() {
        let text: String = (0..100).map(|i| format!("Paragraph {i}.\n")).collect();
        let document = Rc::new(document(&text));
        let mut sections = Sections::default();
        sections.redraw(&document, &Filter::default());
        let before: Vec<_> = sections.all().to_vec();
        sections.redraw(&document, &Filter::default());
        assert!(!before.is_empty());
        for (a, b) in before.iter().zip(sections.all()) {
            assert!(Rc::ptr_eq(a, b));
        }
        let total: usize = before.iter().map(|s| s.blocks.len()).sum();
        let (s, b) = sections.locate(text.len() - 3).unwrap();
        assert_eq!(s * PARAGRAPHS_PER_SECTION + b, total - 1);
    }

    fn mark(n: usize, start: usize, end: usize) -> Annotation {
        Annotation {
            id: AnnotationId(format!("a{n}")),
            span: Span::new(start, end),
            body: Body::Entity(EntityBody { label: Label::Org, entity: None }),
            confidence: Confidence::from_permille(900),
            status: Status::Machine,
            reason: None,
            machine: None,
        }
    }

    /// Numbers that only look like chance.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (self.0 >> 33) as usize % n.max(1)
        }
    }

    /// Annotations that lie in each other, cross and reach over paragraphs: added, moved, rejected and taken away.
    #[test]
    fn what_is_redrawn_in_part_is_as_if_all_were() {
        let text: String = (0..90).map(|i| format!("Line {i} of it.\n\n")).collect();
        let mut chance = Chance(5);
        let mut document = document(&text);
        let mut sections = Sections::default();
        for step in 0..400 {
            let from = chance.below(text.len() - 1);
            let long = if chance.below(9) == 0 { 200 } else { 30 };
            let to = (from + 1 + chance.below(long)).min(text.len());
            let known = chance.below(document.annotations.len());
            match (chance.below(6), document.annotations.get_mut(known)) {
                (0, Some(_)) => drop(document.annotations.remove(known)),
                (1, Some(a)) => a.span = Span::new(from, to),
                (2, Some(a)) => a.status = Status::Rejected,
                (3, Some(a)) => a.confidence = Confidence::from_permille(300),
                _ => document.annotations.push(mark(step, from, to)),
            }
            document.sort_annotations();
            let now = Rc::new(document.clone());
            sections.redraw(&now, &Filter::default());
            let mut whole = Sections::default();
            whole.redraw(&now, &Filter::default());
            for (part, all) in sections.all().iter().zip(whole.all()) {
                assert_eq!(part.blocks, all.blocks, "step {step}");
            }
            assert_eq!(sections.all().len(), whole.all().len());
        }
    }

    /// What one changed mark costs does not depend on the length of the text.
    #[test]
    fn an_edit_cuts_as_many_paragraphs_in_a_long_text_as_in_a_short_one() {
        let cuts_of_an_edit = |lines: usize| {
            let text = "Ann Lee met.\n".repeat(lines);
            let mut document = document(&text);
            document.annotations = (0..lines).map(|n| mark(n, n * 13, n * 13 + 7)).collect();
            let mut sections = Sections::default();
            sections.redraw(&Rc::new(document.clone()), &Filter::default());
            let all = sections.cuts();
            if let Some(a) = document.annotations.get_mut(lines / 2) {
                a.status = Status::Accepted;
            }
            sections.redraw(&Rc::new(document), &Filter::default());
            (all, sections.cuts() - all)
        };
        let [short, middle, long] = [800, 8_000, 80_000].map(cuts_of_an_edit);
        assert_eq!((short.0, middle.0, long.0), (800, 8_000, 80_000));
        assert_eq!((short.1, middle.1, long.1), (1, 1, 1));
    }
}
