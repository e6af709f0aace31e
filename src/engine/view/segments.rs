use super::speaker_name;
use crate::document::{Annotation, AnnotationId, Body, Document, Kind, Status, Zone};
use crate::text::{SourceText, Span};

/// A paragraph of the page: its segments in order, gapless. Concatenated over all blocks, segments
/// give the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParagraphBlock {
    /// The paragraph, with the line ends and blank lines that follow it.
    pub span: Span,
    /// Which part of the page it is.
    pub zone: Zone,
    /// Flat siblings, in order, gapless, none empty.
    pub segments: Vec<Segment>,
}

/// A stretch of text under the same stack of annotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Where.
    pub span: Span,
    /// The annotations that cover it, innermost first; empty for plain text. At most
    /// [`MAX_MARKS_PER_SEGMENT`]: what lies further out is not drawn here.
    pub marks: Vec<SegmentMark>,
}

/// One annotation over a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentMark {
    /// Which.
    pub id: AnnotationId,
    /// The family it is drawn with.
    pub kind: Kind,
    /// Its label in files (`PERSON`, `DATE`, `direct`).
    pub label: &'static str,
    /// Underline lane: 0 is nearest to the text. The same in all segments of an annotation, and
    /// another than that of any annotation that it shares a segment with.
    pub lane: u8,
    /// The segment is its first (the glyph stands here).
    pub first: bool,
    /// The segment is its last (the tick or "?" stands here).
    pub last: bool,
    /// What became of it.
    pub status: Status,
    /// Below the threshold of certainty.
    pub uncertain: bool,
    /// Who speaks, at the last segment of a quote.
    pub speaker: Option<String>,
}

/// As many annotations are drawn over one segment. Articles need three; a file made to harm could
/// ask for any number.
pub const MAX_MARKS_PER_SEGMENT: usize = 16;

/// A machine's annotation below this confidence, in thousandths, is shown as uncertain.
pub const CERTAIN_FROM: u16 = 700;

/// Is it the machine's, unchecked, and below [`CERTAIN_FROM`]?
pub fn is_uncertain(annotation: &Annotation) -> bool {
    annotation.status == Status::Machine && annotation.confidence.permille() < CERTAIN_FROM
}

/// Its label in files: `PERSON`, `DATE`, `direct`.
pub fn label_name(annotation: &Annotation) -> &'static str {
    match &annotation.body {
        Body::Entity(e) => e.label.name(),
        Body::Date(d) => d.timex.kind.name(),
        Body::Quote(q) => q.kind.name(),
    }
}

/// Draws the document by one sweep over the boundaries; `shown` filters (rejected ones are never
/// drawn). O(n log n) in annotations, linear in text. An empty text has no blocks.
pub fn segment_document(
    document: &Document,
    shown: impl Fn(&Annotation) -> bool,
) -> Vec<ParagraphBlock> {
    let mut annotations = drawn_annotations(document, shown);
    if !annotations.is_sorted_by_key(|a| a.sort_key()) {
        annotations.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    }
    segment_paragraphs(document, &annotations, paragraph_lines(&document.text).into_iter())
}

/// The annotations that are drawn of those that `shown` selects, in the document's order.
pub fn drawn_annotations(
    document: &Document,
    shown: impl Fn(&Annotation) -> bool,
) -> Vec<&Annotation> {
    let text = &document.text;
    let live = |a: &&Annotation| {
        a.status != Status::Rejected
            && !a.span.is_empty()
            && text.span(a.span.start(), a.span.end()).is_some()
            && shown(a)
    };
    document.annotations.iter().filter(live).collect()
}

/// The same for some neighbouring paragraphs, whose spans are as [`segment_document`] gave them: `annotations`
/// are those that are drawn there, sorted, and none of them reaches further.
pub fn segment_paragraphs(
    document: &Document,
    annotations: &[&Annotation],
    paragraphs: impl Iterator<Item = Span>,
) -> Vec<ParagraphBlock> {
    let lanes = assign_lanes(annotations);
    let mut sweep =
        SegmentSweep { document, annotations, lanes: &lanes, starting: 0, open: Vec::new() };
    let mut paragraphs = paragraphs.peekable();
    let from = paragraphs.peek().map_or(0, |span| span.start());
    let first = document.parts.partition_point(|part| part.span.start() < from);
    let mut parts = document.parts.get(first..).unwrap_or_default().iter().peekable();
    let block = |span: Span| {
        while parts.next_if(|part| part.span.start() < span.start()).is_some() {}
        let part = parts.next_if(|part| span.contains(part.span));
        let zone = part.map_or(Zone::Body, |part| part.zone);
        ParagraphBlock { span, zone, segments: sweep.segments(span) }
    };
    paragraphs.map(block).collect()
}

/// Paragraphs as whole lines, each with the blank lines that follow it; the first with those
/// before it too.
fn paragraph_lines(text: &SourceText) -> Vec<Span> {
    let line = |at: usize| text.as_str().get(..at)?.rfind('\n').map(|end| end + 1);
    let paragraphs = crate::text::paragraphs(text).into_iter();
    let starts = paragraphs.map(|p| line(p.start()).unwrap_or(0));
    let mut out = Vec::new();
    let mut start = 0;
    for next in starts.skip(1).chain([text.len()]) {
        if start < next {
            out.push(Span::new(start, next));
        }
        start = next;
    }
    out
}

/// A lane for each annotation: further out than all that it covers, and another than that of any
/// it crosses. Annotations are in order.
fn assign_lanes(annotations: &[&Annotation]) -> Vec<u8> {
    let mut lanes = vec![0u8; annotations.len()];
    let mut ends: Vec<(usize, usize)> = Vec::with_capacity(annotations.len());
    ends.extend(annotations.iter().enumerate().map(|(i, a)| (a.span.end(), i)));
    // Of those that end together the inner one, which began later, closes first.
    ends.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut open: Vec<usize> = Vec::new();
    let mut starting = 0;
    for (end, i) in ends {
        while annotations.get(starting).is_some_and(|a| a.span.start() < end) {
            open.push(starting);
            starting += 1;
        }
        if let Ok(at) = open.binary_search(&i) {
            open.remove(at);
        }
        let above = lanes.get(i).copied().unwrap_or(0).saturating_add(1);
        for &other in open.iter().rev().take(MAX_MARKS_PER_SEGMENT) {
            if let Some(lane) = lanes.get_mut(other) {
                *lane = above.max(*lane);
            }
        }
    }
    lanes
}

/// The annotations that are open at a place of the text, while it moves on.
struct SegmentSweep<'d> {
    document: &'d Document,
    annotations: &'d [&'d Annotation],
    lanes: &'d [u8],
    /// The next one to open.
    starting: usize,
    /// By index, ascending: the last is the innermost.
    open: Vec<usize>,
}

impl SegmentSweep<'_> {
    /// The segments of the next block.
    fn segments(&mut self, block: Span) -> Vec<Segment> {
        let mut bounds = Vec::new();
        for &i in &self.open {
            bounds.extend(self.annotations.get(i).map(|a| a.span.end()));
        }
        let coming = self.annotations.get(self.starting..).unwrap_or(&[]);
        for a in coming.iter().take_while(|a| a.span.start() < block.end()) {
            bounds.extend([a.span.start(), a.span.end()]);
        }
        bounds.retain(|&b| block.start() < b && b < block.end());
        bounds.push(block.end());
        bounds.sort_by(usize::cmp);
        bounds.dedup();
        let mut start = block.start();
        let mut segments = Vec::with_capacity(bounds.len());
        for end in bounds {
            let span = Span::new(start, end);
            segments.push(Segment { span, marks: self.marks(span) });
            start = end;
        }
        segments
    }

    fn marks(&mut self, span: Span) -> Vec<SegmentMark> {
        let annotations = self.annotations;
        while annotations.get(self.starting).is_some_and(|a| a.span.start() <= span.start()) {
            self.open.push(self.starting);
            self.starting += 1;
        }
        let innermost = self.open.iter().rev().take(MAX_MARKS_PER_SEGMENT);
        let marks = innermost.filter_map(|&i| {
            let a = annotations.get(i)?;
            Some(SegmentMark {
                id: a.id.clone(),
                kind: a.kind(),
                label: label_name(a),
                lane: self.lanes.get(i).copied().unwrap_or(0),
                first: a.span.start() == span.start(),
                last: a.span.end() == span.end(),
                status: a.status,
                uncertain: is_uncertain(a),
                speaker: speaker_name(self.document, a)
                    .flatten()
                    .filter(|_| a.span.end() == span.end()),
            })
        });
        let marks = marks.collect();
        self.open.retain(|&i| annotations.get(i).is_some_and(|a| a.span.end() > span.end()));
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Confidence, EntityBody, Label};

    /// A text whose annotations are drawn as rows of dashes below it.
    fn drawn(text: &str, rows: &[&str]) -> Document {
        let annotations = rows.iter().enumerate().map(|(i, row)| {
            let start = row.find('-').unwrap();
            Annotation {
                id: AnnotationId(format!("a{}", i + 1)),
                span: Span::new(start, row.trim_end().len()),
                body: Body::Entity(EntityBody { label: Label::Org, entity: None }),
                confidence: Confidence::from_permille(900),
                status: Status::Machine,
                reason: None,
                machine: None,
            }
        });
        let mut document = Document {
            annotations: annotations.collect(),
            text: SourceText::new(text).unwrap(),
            ..Document::default()
        };
        document.sort_annotations();
        document
    }

    /// `text[id+lane …]`, `<` where it is an annotation's first segment, `>` where it is its last.
    fn show(document: &Document) -> Vec<String> {
        let mark = |m: &SegmentMark| {
            let (first, last) = (if m.first { "<" } else { "" }, if m.last { ">" } else { "" });
            format!("{first}{}+{}{last}", m.id, m.lane)
        };
        let segment = |s: &Segment| {
            let marks: Vec<_> = s.marks.iter().map(mark).collect();
            format!("{:?}[{}]", document.text.slice(s.span), marks.join(" "))
        };
        let blocks = segment_document(document, |_| true);
        let block =
            |b: &ParagraphBlock| b.segments.iter().map(segment).collect::<Vec<_>>().join(" ");
        blocks.iter().map(block).collect()
    }

    #[test]
    fn nested_crossed_and_side_by_side() {
        let document = drawn(
            "abcdefghij",
            &[" -------- ", "  --      ", "   ---    ", "        - ", "         -"],
        );
        assert_eq!(
            show(&document),
            ["\"a\"[] \"b\"[<a1+2] \"c\"[<a2+0 a1+2] \"d\"[<a3+1 a2+0> a1+2] \"ef\"[a3+1> a1+2] \
              \"gh\"[a1+2] \"i\"[<a4+0> a1+2>] \"j\"[<a5+0>]"]
        );
    }

    #[test]
    fn paragraphs_know_their_zone() {
        use crate::document::PagePart;

        let text = SourceText::new("Share\n\nThe dam held.\n\nRead more\n").unwrap();
        let mut document = Document { text, ..Document::default() };
        let part = |from, to| PagePart { zone: Zone::Furniture, span: Span::new(from, to) };
        document.set_parts([part(0, 5), part(22, 31)]);
        document.check().unwrap();
        let zones = segment_document(&document, |_| true).into_iter().map(|block| block.zone);
        let zones: Vec<Zone> = zones.collect();
        assert_eq!(zones, [Zone::Furniture, Zone::Body, Zone::Furniture]);
    }

    #[test]
    fn the_same_span_twice() {
        let document = drawn("abc", &["-- ", "-- "]);
        assert_eq!(show(&document), ["\"ab\"[<a2+0> <a1+1>] \"c\"[]"]);
    }

    #[test]
    fn an_annotation_over_paragraphs_is_cut_where_they_are() {
        let document = drawn("ab\n \ncd\nef", &["  ------ ", " --------"]);
        assert_eq!(
            show(&document),
            [
                "\"a\"[] \"b\"[<a2+1] \"\\n \\n\"[<a1+0 a2+1]",
                "\"cd\\n\"[a1+0> a2+1]",
                "\"e\"[a2+1>] \"f\"[]"
            ]
        );
    }

    #[test]
    fn paragraphs_keep_every_character() {
        for (text, want) in [
            ("", vec![]),
            ("\n\n", vec!["\n\n"]),
            ("a", vec!["a"]),
            ("\n\na\n", vec!["\n\na\n"]),
            ("a\nb\n\n  c", vec!["a\n", "b\n\n", "  c"]),
            ("a\n\t\n\u{a0}\nb", vec!["a\n\t\n\u{a0}\n", "b"]),
            // Lines of a column flow together.
            (
                "A Head\n\nOn Wednes-\nday it\nrained.\n\nEnd",
                vec!["A Head\n\n", "On Wednes-\nday it\nrained.\n\n", "End"],
            ),
        ] {
            let text = SourceText::new(text).unwrap();
            let found: Vec<_> = paragraph_lines(&text).iter().map(|&p| text.slice(p)).collect();
            assert_eq!(found, want);
        }
    }

    #[test]
    fn what_is_rejected_or_filtered_is_not_drawn() {
        let mut document = drawn("abc", &["-- ", " --"]);
        document.annotations[0].status = Status::Rejected;
        assert_eq!(show(&document), ["\"a\"[] \"bc\"[<a2+0>]"]);
        assert_eq!(segment_document(&document, |_| false)[0].segments.len(), 1);
    }

    #[test]
    fn a_stack_without_end_is_cut() {
        let text = "x".repeat(3000);
        let rows: Vec<String> = (0..3000).map(|i| " ".repeat(i) + &"-".repeat(3000 - i)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let document = drawn(&text, &rows);
        let blocks = segment_document(&document, |_| true);
        assert_eq!(blocks[0].segments.len(), 3000);
        assert!(blocks[0].segments.iter().all(|s| s.marks.len() <= MAX_MARKS_PER_SEGMENT));
    }
}
