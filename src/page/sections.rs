//! The article in sections that share what did not change: a change redraws the paragraphs that it touches
//! and no others.

use std::rc::Rc;

use galley_engine::document::{Annotation, AnnotationId, Document};
use galley_engine::view::{self, ParagraphBlock};

/// Paragraphs in a section.
pub const PARAGRAPHS_PER_SECTION: usize = 24;

/// The article in sections of [`PARAGRAPHS_PER_SECTION`] paragraphs.
#[derive(Debug, Clone, Default)]
pub struct Sections {
    sections: Vec<Rc<Section>>,
}

/// Neighbouring paragraphs. Two sections are the same when they are the same allocation.
#[derive(Debug)]
pub struct Section {
    /// Its paragraphs.
    pub blocks: Vec<Rc<ParagraphBlock>>,
}

impl Sections {
    /// Takes over `document` with the annotations that `shown` selects.
    pub fn redraw(&mut self, document: &Document, shown: impl Fn(&Annotation) -> bool) {
        let mut blocks = view::segment_document(document, shown).into_iter().peekable();
        let mut sections = Vec::with_capacity(self.sections.len());
        while blocks.peek().is_some() {
            let old = self.sections.get(sections.len());
            let mut same = true;
            let mut now: Vec<Rc<ParagraphBlock>> = Vec::with_capacity(PARAGRAPHS_PER_SECTION);
            for block in blocks.by_ref().take(PARAGRAPHS_PER_SECTION) {
                match old.and_then(|s| s.blocks.get(now.len())) {
                    Some(before) if **before == block => now.push(before.clone()),
                    _ => {
                        same = false;
                        now.push(Rc::new(block));
                    }
                }
            }
            sections.push(match old {
                Some(old) if same && old.blocks.len() == now.len() => old.clone(),
                _ => Rc::new(Section { blocks: now }),
            });
        }
        self.sections = sections;
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

impl Section {
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
    use galley_engine::text::SourceText;

    #[test]
    fn unchanged_sections_are_shared() {
        let text: String = (0..100).map(|i| format!("Paragraph {i}.\n")).collect();
        let document = Document { text: SourceText::new(&text).unwrap(), ..Document::default() };
        let mut sections = Sections::default();
        sections.redraw(&document, |_| true);
        let before: Vec<_> = sections.all().to_vec();
        sections.redraw(&document, |_| true);
        assert!(!before.is_empty());
        for (a, b) in before.iter().zip(sections.all()) {
            assert!(Rc::ptr_eq(a, b));
        }
        let total: usize = before.iter().map(|s| s.blocks.len()).sum();
        let (s, b) = sections.locate(text.len() - 3).unwrap();
        assert_eq!(s * PARAGRAPHS_PER_SECTION + b, total - 1);
    }
}
