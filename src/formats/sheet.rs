//! What every format is written from: a document's text with its marks, in the fields of Galley JSON.
//!
//! Owns what formats have in common: labels for programs that know nothing but labels, tokens, segments,
//! and what a format cannot carry. Must not know how any of them is spelled. It is made from Galley JSON
//! rather than from a [`Document`](galley_engine::document::Document), so that the worker, which gets JSON from
//! the page, needs no reader of documents.

use super::FormatError;
use super::json::{self, Value};
use galley_engine::document::{Kind, Label};
use galley_engine::text::{OffsetMap, SourceText, TokenizedText};

/// A document, ready to be written.
pub struct Sheet {
    /// All of the Galley JSON.
    pub(super) tree: Value,
    pub(super) source: SourceText,
    pub(super) units: OffsetMap,
    /// Without the rejected ones, in the document's order.
    pub(super) marks: Vec<Mark>,
    rejected: usize,
}

/// An annotation.
pub(super) struct Mark {
    /// Its place among the document's annotations.
    at: usize,
    /// Code points.
    pub(super) points: [usize; 2],
    /// Bytes.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    pub(super) label: String,
}

/// A piece of the text between two boundaries of marks.
pub(super) struct Segment {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The marks over it, the outermost first, by their places in [`Sheet::marks`].
    pub(super) stack: Vec<usize>,
}

/// A token, cut where marks begin and end; or the white space between two.
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is a word or a sign, not what stands between them.
    pub(super) solid: bool,
    /// A blank after it belongs to it.
    pub(super) spaced: bool,
    /// It begins a sentence.
    pub(super) first: bool,
}

/// What a document can have and a format can lack, a bit each.
pub(super) mod has {
    pub(crate) const NAMES: u16 = 1;
    pub(crate) const DATES: u16 = 1 << 1;
    pub(crate) const QUOTES: u16 = 1 << 2;
    /// Marks within and across each other.
    pub(crate) const NESTED: u16 = 1 << 3;
    pub(crate) const VALUES: u16 = 1 << 4;
    pub(crate) const SPEAKERS: u16 = 1 << 5;
    /// Which mentions are one person.
    pub(crate) const ENTITIES: u16 = 1 << 6;
    /// What was accepted and corrected, and how sure the machine is.
    pub(crate) const REVIEW: u16 = 1 << 7;
    /// Title, publication date.
    pub(crate) const ABOUT: u16 = 1 << 8;
    pub(crate) const REJECTED: u16 = 1 << 9;
    /// All that an annotation has.
    pub(crate) const MARKS: u16 = NAMES | DATES | QUOTES | NESTED;
    pub(crate) const ALL: u16 = u16::MAX;
}

impl Sheet {
    /// Of a document in Galley JSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn new(galley: &str) -> Result<Sheet, FormatError> {
        let tree = json::parse(galley)?;
        let source = SourceText::new(tree.get("document").get("text").text())
            .map_err(|why| FormatError(why.to_string()))?;
        let units = OffsetMap::new(&source);
        let mut marks = Vec::new();
        let mut rejected = 0;
        for (at, fields) in tree.get("annotations").items().iter().enumerate() {
            if fields.get("status").text() == "rejected" {
                rejected += 1;
                continue;
            }
            let point = |name| fields.get(name).number().unwrap_or_default() as usize;
            let points = [point("start"), point("end")];
            let label = label_of(fields);
            marks.push(Mark {
                at,
                points,
                start: units.byte_of_point(points[0]),
                end: units.byte_of_point(points[1]),
                kind: match fields.get("kind").text() {
                    "date" => Kind::Date,
                    "quote" => Kind::Quote,
                    _ => Label::parse(label).map_or(Kind::Other, Label::kind),
                },
                label: label.to_owned(),
            });
        }
        Ok(Sheet { tree, source, units, marks, rejected })
    }

    pub(super) fn text(&self) -> &str {
        self.source.as_str()
    }

    pub(super) fn about(&self, name: &str) -> &str {
        self.tree.get("document").get(name).text()
    }

    /// What is said of the document as a whole.
    pub(super) fn head(&self) -> Value {
        let mut head = Value::Null;
        for name in ["generator", "document", "entities"] {
            head.set(name, self.tree.get(name).clone());
        }
        head
    }

    /// The document's name for itself, as a file can bear it.
    pub(super) fn stem(&self) -> String {
        stem(self.about("id"))
    }

    /// The fields of a mark.
    pub(super) fn fields(&self, mark: &Mark) -> &Value {
        let all = self.tree.get("annotations").items();
        all.get(mark.at).unwrap_or(&self.tree)
    }

    /// The words of a mark.
    pub(super) fn words(&self, mark: &Mark) -> &str {
        self.slice(mark.start, mark.end)
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.text().get(start..end).unwrap_or_default()
    }

    /// The words of a list of ranges in code points, parted by "…".
    pub(super) fn ranges(&self, ranges: &Value) -> String {
        let mut out = String::new();
        for range in ranges.items() {
            if !out.is_empty() {
                out.push_str(" … ");
            }
            let byte = |i: usize| {
                let point = range.items().get(i).and_then(Value::number);
                self.units.byte_of_point(point.unwrap_or_default() as usize)
            };
            out.push_str(self.slice(byte(0), byte(1)));
        }
        out
    }

    /// The quoted words, without the marks where that is known.
    pub(super) fn quoted(&self, mark: &Mark) -> String {
        match self.fields(mark).get("parts") {
            parts if parts.items().is_empty() => self.words(mark).to_owned(),
            parts => self.ranges(parts),
        }
    }

    /// The name of an entity.
    pub(super) fn name_of(&self, id: &Value) -> &str {
        let all = self.tree.get("entities").items();
        let found = all.iter().find(|e| !id.is_null() && e.get("id") == id);
        found.map_or("", |e| e.get("name").text())
    }

    /// Who speaks a quote: the entity's name, the speaker's, the words that name the speaker.
    pub(super) fn speaker(&self, mark: &Mark) -> String {
        let speaker = self.fields(mark).get("speaker");
        for name in [self.name_of(speaker.get("entity")), speaker.get("name").text()] {
            if !name.is_empty() {
                return name.to_owned();
            }
        }
        self.ranges(speaker.get("mention"))
    }

    /// The mark that covers the words which name a quote's speaker, by its place.
    pub(super) fn speaker_mark(&self, quote: &Mark) -> Option<usize> {
        let first = self.fields(quote).get("speaker").get("mention").items().first()?;
        let [start, end] = first.items() else {
            return None;
        };
        let points = [start.number()? as usize, end.number()? as usize];
        let named = |m: &Mark| m.points == points && !matches!(m.kind, Kind::Quote | Kind::Date);
        self.marks.iter().position(named)
    }

    /// The text from one byte to another, cut at every boundary of a mark. One sweep: the marks are in
    /// order, `next` is the first that has not begun, and those that go on are kept in `open`.
    pub(super) fn segments(&self, sweep: &mut Sweep, start: usize, end: usize) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut at = start;
        while at < end {
            while let Some(mark) = self.marks.get(sweep.next).filter(|m| m.start <= at) {
                if mark.end > at {
                    sweep.open.push(sweep.next);
                }
                sweep.next += 1;
            }
            sweep.open.retain(|&i| self.marks[i].end > at);
            let ends = sweep.open.iter().map(|&i| self.marks[i].end);
            let begins = self.marks.get(sweep.next).map(|m| m.start);
            let to = ends.chain(begins).chain([end]).min().unwrap_or(end);
            segments.push(Segment { start: at, end: to, stack: sweep.open.clone() });
            at = to;
        }
        segments
    }

    /// A mark's bytes without white space at its ends; empty when it is nothing but that.
    pub(super) fn trimmed(&self, mark: &Mark) -> (usize, usize) {
        let words = self.words(mark);
        let start = mark.start + (words.len() - words.trim_start().len());
        (start, start + words.trim().len())
    }

    /// The whole text in tokens. No boundary of a trimmed mark lies inside one.
    pub(super) fn tokens(&self) -> Vec<Token> {
        let reading = TokenizedText::new(&self.source);
        let mut cuts = Vec::with_capacity(self.marks.len() * 2 + reading.tokens().len());
        for mark in &self.marks {
            let (start, end) = self.trimmed(mark);
            cuts.extend([start, end]);
        }
        let mut firsts = reading.sentences().iter().map(|s| s.span.start()).peekable();
        cuts.sort_unstable();
        let mut cuts = cuts.into_iter().peekable();
        let mut out: Vec<Token> = Vec::new();
        let spans = reading.tokens().iter().map(|t| (t.span.start(), t.span.end()));
        let len = self.text().len();
        let mut at = 0;
        for (start, end) in spans.chain([(len, len)]) {
            // What stands before the token, then the token.
            for (from, to, solid) in [(at, start, false), (start, end, true)] {
                let mut from = from;
                if !solid
                    && self.slice(from, to).starts_with(' ')
                    && let Some(before) = out.last_mut().filter(|t| t.solid)
                {
                    before.spaced = true;
                    from += 1;
                }
                while from < to {
                    while cuts.next_if(|&cut| cut <= from).is_some() {}
                    let cut = cuts.peek().copied().unwrap_or(to).min(to);
                    let first = solid && firsts.next_if(|&first| first <= from).is_some();
                    out.push(Token { start: from, end: cut, solid, spaced: false, first });
                    from = cut;
                }
            }
            at = end;
        }
        out
    }

    /// The marks that stand beside each other: of two that share a token the longer one.
    pub(super) fn flat(&self, carries: u16) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        let mut end = 0;
        for (i, mark) in self.marks.iter().enumerate() {
            let (from, to) = self.trimmed(mark);
            if carries & has_of(mark.kind) != 0 && from >= end && from < to {
                kept.push(i);
                end = to;
            }
        }
        kept
    }

    /// What a format that carries these cannot carry of this document, for people; empty: nothing.
    pub(super) fn lost(&self, carries: u16) -> String {
        let count = |test: &dyn Fn(&Mark) -> bool| self.marks.iter().filter(|m| test(m)).count();
        let of = |bit| count(&|m| has_of(m.kind) == bit);
        let kept = of(has::NAMES) * usize::from(carries & has::NAMES != 0)
            + of(has::DATES) * usize::from(carries & has::DATES != 0)
            + of(has::QUOTES) * usize::from(carries & has::QUOTES != 0);
        let spoken = |m: &Mark| !self.fields(m).get("speaker").is_null();
        let checked = |m: &Mark| self.fields(m).get("status").text() != "machine";
        let about = [self.about("title"), self.about("published")];
        let counts = [
            (has::NAMES, of(has::NAMES), "name", "names"),
            (has::DATES, of(has::DATES), "date", "dates"),
            (has::QUOTES, of(has::QUOTES), "quote", "quotes"),
            (
                has::NESTED,
                kept.saturating_sub(self.flat(carries).len()),
                "nested span",
                "nested spans",
            ),
            (has::VALUES, of(has::DATES), "date value", "date values"),
            (has::SPEAKERS, count(&spoken), "speaker", "speakers"),
            (
                has::ENTITIES,
                self.tree.get("entities").items().len(),
                "entity with its mentions",
                "entities with their mentions",
            ),
            (has::REVIEW, count(&checked), "decision", "decisions"),
            (has::REJECTED, self.rejected, "rejected mark", "rejected marks"),
            (
                has::ABOUT,
                usize::from(about.iter().any(|a| !a.is_empty())),
                "title and publication date",
                "",
            ),
        ];
        let mut out = String::new();
        for (bit, n, one, many) in counts {
            if carries & bit == 0 && n > 0 {
                if !out.is_empty() {
                    out.push_str(", ");
                }
                if !many.is_empty() {
                    out.push_str(&n.to_string());
                    out.push(' ');
                }
                out.push_str(if n == 1 { one } else { many });
            }
        }
        out
    }
}

/// Where a walk through the text stands.
#[derive(Default)]
pub(super) struct Sweep {
    next: usize,
    open: Vec<usize>,
}

fn has_of(kind: Kind) -> u16 {
    match kind {
        Kind::Date => has::DATES,
        Kind::Quote => has::QUOTES,
        _ => has::NAMES,
    }
}

/// What an annotation is called where there are only labels.
pub(super) fn label_of(fields: &Value) -> &str {
    match fields.get("kind").text() {
        "date" => fields.get("timex").get("type").text(),
        "quote" => "QUOTE",
        _ => fields.get("label").text(),
    }
}

/// A file's name without what some system cannot have in one.
pub fn stem(name: &str) -> String {
    let fit = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }
    };
    let stem: String = name.chars().take(80).map(fit).collect();
    let stem = stem.trim_matches(['-', '.']);
    if stem.is_empty() { "article" } else { stem }.to_owned()
}
