//! What every format is written from: a view of a document with offsets, labels and names at hand.
//!
//! Owns what formats have in common: labels for programs that know nothing but labels, tokens, segments,
//! and what a format cannot carry. Must not know how any of them is spelled.

use std::collections::HashMap;

use super::error::FormatError;
use super::galley_json::{AnnotationJson, FileJson, file_to_json};
use galley_engine::document::{
    Annotation, Body, Document, Entity, EntityId, Kind, QuoteBody, Status,
};
use galley_engine::text::{OffsetMap, Span, TokenizedText};
use galley_engine::view::context::find_quote_date;

/// The label of a quote where there are only labels.
pub(super) const QUOTE_LABEL: &str = "QUOTE";

/// A document, ready to be written in any format.
pub struct ExportDocument<'d> {
    pub(super) document: &'d Document,
    /// What Galley JSON says of the document as a whole; its annotations are in [`Self::annotations`].
    pub(super) file: FileJson<'d>,
    pub(super) offsets: OffsetMap,
    /// Without the rejected ones, in the document's order.
    pub(super) annotations: Vec<ExportAnnotation<'d>>,
    /// The rejected ones, which are not written.
    rejected: Vec<AnnotationJson<'d>>,
}

/// An annotation that is written, with what most formats want to know of it.
pub struct ExportAnnotation<'d> {
    /// The annotation itself.
    pub annotation: &'d Annotation,
    /// Its fields in Galley JSON, for formats that carry them along.
    pub(super) json: AnnotationJson<'d>,
    /// The family it is drawn with.
    pub kind: Kind,
    /// Its label where there are only labels: `PERSON`, `DATE`, `QUOTE`.
    pub label: &'d str,
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// Where it begins, in code points.
    pub start_point: usize,
    /// Where it ends, in code points.
    pub end_point: usize,
}

/// A piece of the text between two boundaries of annotations.
pub(super) struct Segment {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The annotations over it, the outermost first, by their places in [`ExportDocument::annotations`].
    pub(super) stack: Vec<usize>,
}

/// A token, cut where annotations begin and end; or the white space between two.
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is white space.
    pub(super) is_space: bool,
    /// One space follows it and belongs to it.
    pub(super) has_space_after: bool,
    pub(super) starts_sentence: bool,
}

/// What a document can have and a format can lack, a bit each.
pub(super) mod content {
    pub(crate) const NAMES: u16 = 1;
    pub(crate) const DATES: u16 = 1 << 1;
    pub(crate) const QUOTES: u16 = 1 << 2;
    /// Annotations within and across each other.
    pub(crate) const NESTED: u16 = 1 << 3;
    pub(crate) const DATE_VALUES: u16 = 1 << 4;
    /// Speakers whose words are annotations.
    pub(crate) const MARKED_SPEAKERS: u16 = 1 << 5;
    /// Which mentions are one entity.
    pub(crate) const ENTITIES: u16 = 1 << 6;
    /// What was accepted and corrected, and the machine's confidence.
    pub(crate) const REVIEW: u16 = 1 << 7;
    /// Title and publication date.
    pub(crate) const METADATA: u16 = 1 << 8;
    pub(crate) const REJECTED: u16 = 1 << 9;
    /// The article's text.
    pub(crate) const TEXT: u16 = 1 << 10;
    /// Its line ends and other white space.
    pub(crate) const SPACING: u16 = 1 << 11;
    /// White space where an annotation begins or ends.
    pub(crate) const EDGES: u16 = 1 << 12;
    /// Speakers whose words are no annotation.
    pub(crate) const UNMARKED_SPEAKERS: u16 = 1 << 13;
    /// The words that introduce quotes.
    pub(crate) const CUES: u16 = 1 << 14;
    pub(crate) const SPEAKERS: u16 = MARKED_SPEAKERS | UNMARKED_SPEAKERS;
    /// Every annotation with its label.
    pub(crate) const ANNOTATIONS: u16 = NAMES | DATES | QUOTES | NESTED | EDGES;
    /// The text, as it is.
    pub(crate) const WHOLE_TEXT: u16 = TEXT | SPACING;
    pub(crate) const ALL: u16 = u16::MAX;
    /// Of the article itself.
    pub(crate) const NOTHING: u16 = 0;
}

impl<'d> ExportAnnotation<'d> {
    pub(super) fn quote(&self) -> Option<&'d QuoteBody> {
        match &self.annotation.body {
            Body::Quote(quote) => Some(quote),
            _ => None,
        }
    }

    /// The TIMEX3 value of a date.
    pub(super) fn date_value(&self) -> Option<&str> {
        self.json.timex.as_ref().map(|timex| timex.value.as_ref())
    }

    /// When a quote was said, where the text tells: a TIMEX3 value.
    pub(super) fn find_quote_date(&self) -> Option<&str> {
        self.json.said.as_deref()
    }

    pub(super) fn id(&self) -> &'d str {
        &self.annotation.id.0
    }

    fn content(&self) -> u16 {
        match self.kind {
            Kind::Date => content::DATES,
            Kind::Quote => content::QUOTES,
            _ => content::NAMES,
        }
    }
}

impl<'d> ExportDocument<'d> {
    /// The document itself: text, title, entities.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// The annotations that are written: without the rejected ones, in the document's order.
    pub fn annotations(&self) -> &[ExportAnnotation<'d>] {
        &self.annotations
    }

    /// Of a document.
    ///
    /// # Errors
    /// When it breaks an invariant: refused with the reason, never written wrong.
    pub fn new(document: &'d Document) -> Result<ExportDocument<'d>, FormatError> {
        let mut file = file_to_json(document)?;
        let offsets = OffsetMap::new(&document.text);
        let mut annotations = Vec::with_capacity(document.annotations.len());
        let mut rejected = Vec::new();
        for (annotation, mut json) in document.annotations.iter().zip(file.annotations.drain(..)) {
            if annotation.status == Status::Rejected {
                rejected.push(json);
                continue;
            }
            let said = find_quote_date(document, annotation).and_then(|date| match &date.body {
                Body::Date(date) => Some(date.timex.value.to_string()),
                _ => None,
            });
            json.said = said.map(Into::into);
            let (start, end) = (annotation.span.start(), annotation.span.end());
            annotations.push(ExportAnnotation {
                annotation,
                json,
                kind: annotation.kind(),
                label: match &annotation.body {
                    Body::Entity(entity) => entity.label.name(),
                    Body::Date(date) => date.timex.kind.name(),
                    Body::Quote(_) => QUOTE_LABEL,
                },
                start,
                end,
                start_point: offsets.point_of_byte(start),
                end_point: offsets.point_of_byte(end),
            });
        }
        Ok(ExportDocument { document, file, offsets, annotations, rejected })
    }

    /// Every annotation in the fields of Galley JSON, the rejected ones last.
    pub(super) fn all_annotations(&self) -> impl Iterator<Item = &AnnotationJson<'d>> {
        self.annotations.iter().map(|a| &a.json).chain(&self.rejected)
    }

    pub(super) fn text(&self) -> &'d str {
        self.document.text.as_str()
    }

    pub(super) fn title(&self) -> Option<&'d str> {
        self.document.title.as_deref().filter(|title| !title.is_empty())
    }

    /// When the article was published, as Galley JSON spells it.
    pub(super) fn published(&self) -> Option<&str> {
        self.file.document.published.as_deref()
    }

    pub(super) fn id(&self) -> &'d str {
        self.document.id.as_deref().unwrap_or_default()
    }

    /// The name of its file, without an extension.
    pub(super) fn file_stem(&self) -> String {
        file_stem(self.id())
    }

    pub(super) fn words(&self, annotation: &ExportAnnotation<'_>) -> &'d str {
        self.document.text.slice(annotation.annotation.span)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'d str {
        self.text().get(start..end).unwrap_or_default()
    }

    /// The words of several spans, with "…" between them.
    pub(super) fn join_spans(&self, spans: &[Span]) -> String {
        join_spans(self.document, spans)
    }

    /// The quoted words, without quotation marks where these are known.
    pub(super) fn quoted_words(&self, quote: &ExportAnnotation<'_>) -> String {
        match quote.quote().map_or(&[][..], |quote| &quote.parts) {
            [] => self.words(quote).to_owned(),
            parts => self.join_spans(parts),
        }
    }

    pub(super) fn entity(&self, id: Option<&EntityId>) -> Option<&'d Entity> {
        self.document.entity(id?)
    }

    /// Who speaks a quote: the entity's name, else the speaker's, else the words that name the speaker.
    pub(super) fn speaker_name(&self, quote: &ExportAnnotation<'_>) -> String {
        let Some(speaker) = quote.quote().and_then(|quote| quote.speaker.as_ref()) else {
            return String::new();
        };
        let entity = self.entity(speaker.entity.as_ref()).map(|entity| entity.name.as_str());
        let mut names = entity.into_iter().chain(speaker.name.as_deref());
        let name = names.find(|name| !name.is_empty());
        name.map_or_else(|| self.join_spans(&speaker.mention), str::to_owned)
    }

    /// The place of the annotation of an entity that names the speaker of a quote.
    pub(super) fn speaker_annotation(&self, quote: &ExportAnnotation<'_>) -> Option<usize> {
        let mention = *quote.quote()?.speaker.as_ref()?.mention.first()?;
        let names_speaker = |a: &ExportAnnotation<'_>| {
            a.annotation.span == mention && matches!(a.annotation.body, Body::Entity(_))
        };
        self.annotations.iter().position(names_speaker)
    }

    /// Quotes with the annotations that name their speakers, by their places.
    pub(super) fn speaker_pairs(&self) -> Vec<(usize, usize)> {
        let mut names: HashMap<Span, usize> = HashMap::new();
        for (i, annotation) in self.annotations.iter().enumerate() {
            if matches!(annotation.annotation.body, Body::Entity(_)) {
                names.entry(annotation.annotation.span).or_insert(i);
            }
        }
        let quotes = self.annotations.iter().enumerate();
        let pairs = quotes.filter_map(|(i, quote)| {
            let mention = quote.quote()?.speaker.as_ref()?.mention.first()?;
            Some((i, *names.get(mention)?))
        });
        pairs.collect()
    }

    /// The text from one byte to another, cut at every boundary of an annotation. One sweep: the annotations are
    /// in order, `next` is the first that has not begun, and those that go on are kept in `open`.
    pub(super) fn segments(&self, sweep: &mut Sweep, start: usize, end: usize) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut at = start;
        while at < end {
            while let Some(next) = self.annotations.get(sweep.next).filter(|a| a.start <= at) {
                if next.end > at {
                    sweep.open.push(sweep.next);
                }
                sweep.next += 1;
            }
            let end_of = |i: &usize| self.annotations.get(*i).map(|a| a.end);
            sweep.open.retain(|i| end_of(i).is_some_and(|end| end > at));
            let ends = sweep.open.iter().filter_map(end_of);
            let begins = self.annotations.get(sweep.next).map(|a| a.start);
            let to = ends.chain(begins).chain([end]).min().unwrap_or(end);
            segments.push(Segment { start: at, end: to, stack: sweep.open.clone() });
            at = to;
        }
        segments
    }

    /// An annotation's bytes without white space at its ends; empty when it is nothing but that.
    pub(super) fn trimmed(&self, annotation: &ExportAnnotation<'_>) -> (usize, usize) {
        let words = self.words(annotation);
        let start = annotation.start + (words.len() - words.trim_start().len());
        (start, start + words.trim().len())
    }

    /// The whole text in tokens. No boundary of a trimmed annotation lies inside one.
    pub(super) fn tokens(&self) -> Vec<Token> {
        let tokenized = TokenizedText::new(&self.document.text);
        let bounds = self.annotations.iter().map(|a| self.trimmed(a));
        let mut cuts: Vec<usize> = bounds.flat_map(|(start, end)| [start, end]).collect();
        cuts.sort_unstable();
        let mut cuts = cuts.into_iter().peekable();
        let mut sentences = tokenized.sentences().iter().map(|s| s.span.start()).peekable();
        let mut out: Vec<Token> = Vec::new();
        let spans = tokenized.tokens().iter().map(|t| (t.span.start(), t.span.end()));
        let len = self.text().len();
        let mut at = 0;
        for (start, end) in spans.chain([(len, len)]) {
            // What stands before the token, then the token.
            for (mut from, to, is_space) in [(at, start, true), (start, end, false)] {
                if is_space
                    && self.slice(from, to).starts_with(' ')
                    && let Some(before) = out.last_mut().filter(|t| !t.is_space)
                {
                    before.has_space_after = true;
                    from += 1;
                }
                while from < to {
                    while cuts.next_if(|&cut| cut <= from).is_some() {}
                    let cut = cuts.peek().copied().unwrap_or(to).min(to);
                    let starts_sentence =
                        !is_space && sentences.next_if(|&start| start <= from).is_some();
                    out.push(Token {
                        start: from,
                        end: cut,
                        is_space,
                        has_space_after: false,
                        starts_sentence,
                    });
                    from = cut;
                }
            }
            at = end;
        }
        out
    }

    /// Annotations side by side, by their places: of two that share a token the one that begins first.
    pub(super) fn without_overlaps(&self, carries: u16) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        let mut end = 0;
        for (i, annotation) in self.annotations.iter().enumerate() {
            let (from, to) = self.trimmed(annotation);
            if carries & annotation.content() != 0 && from >= end && from < to {
                kept.push(i);
                end = to;
            }
        }
        kept
    }

    /// What a format that carries these cannot carry of this document, for people: "3 nested spans, 5
    /// speakers". Empty when it carries all.
    pub(super) fn losses(&self, carries: u16) -> String {
        if carries == content::NOTHING && !self.text().is_empty() {
            return "the text and all marks".to_owned();
        }
        let count = |test: &dyn Fn(&ExportAnnotation<'_>) -> bool| {
            self.annotations.iter().filter(|a| test(a)).count()
        };
        let count_of = |content| count(&|a| a.content() == content);
        let carried = count(&|a| carries & a.content() != 0);
        let has_speaker =
            |a: &ExportAnnotation<'_>| a.quote().is_some_and(|quote| quote.speaker.is_some());
        let has_cue = |a: &ExportAnnotation<'_>| a.quote().is_some_and(|q| !q.cue.is_empty());
        let has_edges = |a: &ExportAnnotation<'_>| {
            let (start, end) = self.trimmed(a);
            start < end && (start, end) != (a.start, a.end)
        };
        let is_blank = |a: &ExportAnnotation<'_>| self.words(a).trim().is_empty();
        let has_text = usize::from(!self.text().is_empty());
        // A format without the text has no place for its white space either.
        let has_spacing = if carries & content::TEXT == 0 { 0 } else { has_text };
        let has_metadata = self.title().is_some() || self.published().is_some();
        let counts = [
            (content::NAMES, count_of(content::NAMES), "name", "names"),
            (content::DATES, count_of(content::DATES), "date", "dates"),
            (content::QUOTES, count_of(content::QUOTES), "quote", "quotes"),
            (
                content::NESTED,
                carried.saturating_sub(self.without_overlaps(carries).len()),
                "nested span",
                "nested spans",
            ),
            (content::DATE_VALUES, count_of(content::DATES), "date value", "date values"),
            (content::MARKED_SPEAKERS, count(&has_speaker), "speaker", "speakers"),
            (content::CUES, count(&has_cue), "cue", "cues"),
            (
                content::UNMARKED_SPEAKERS,
                match carries & content::MARKED_SPEAKERS {
                    0 => 0,
                    _ => count(&|a| has_speaker(a) && self.speaker_annotation(a).is_none()),
                },
                "speaker who is no marked name",
                "speakers who are no marked names",
            ),
            (
                content::ENTITIES,
                self.document.entities.len(),
                "entity with its mentions",
                "entities with their mentions",
            ),
            (
                content::REVIEW,
                count(&|a| a.annotation.status != Status::Machine),
                "decision",
                "decisions",
            ),
            (content::REVIEW, usize::from(!self.annotations.is_empty()), "certainty", ""),
            (content::REJECTED, self.rejected.len(), "rejected mark", "rejected marks"),
            (content::METADATA, usize::from(has_metadata), "title and publication date", ""),
            (content::TEXT, has_text, "the text", ""),
            (content::SPACING, has_spacing, "line ends and blanks of the text", ""),
            (
                content::EDGES,
                count(&|a| carries & a.content() != 0 && has_edges(a)),
                "mark's blanks at its ends",
                "marks' blanks at their ends",
            ),
            (
                content::EDGES,
                count(&|a| carries & a.content() != 0 && is_blank(a)),
                "mark of nothing but blanks",
                "marks of nothing but blanks",
            ),
        ];
        let lost = counts.into_iter().filter(|(content, n, ..)| carries & content == 0 && *n > 0);
        let phrases = lost.map(|(_, n, one, many)| match n {
            _ if many.is_empty() => one.to_owned(),
            1 => format!("1 {one}"),
            n => format!("{n} {many}"),
        });
        phrases.collect::<Vec<String>>().join(", ")
    }
}

/// The words of several spans, with "…" between them.
pub(super) fn join_spans(document: &Document, spans: &[Span]) -> String {
    let words: Vec<&str> = spans.iter().map(|span| document.text.slice(*span)).collect();
    words.join(" … ")
}

/// Where a walk through the text stands.
#[derive(Default)]
pub(super) struct Sweep {
    next: usize,
    open: Vec<usize>,
}

/// A file's name without what some system cannot have in one.
pub fn file_stem(name: &str) -> String {
    let fit = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }
    };
    let stem: String = name.chars().take(80).map(fit).collect();
    let stem = stem.trim_matches(['-', '.']);
    if stem.is_empty() { "article" } else { stem }.to_owned()
}
