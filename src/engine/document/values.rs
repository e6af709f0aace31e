use std::fmt;

use crate::timex::{Interval, Modifier, TimexType, TimexValue};

/// Name of an annotation, stable within its document: `a12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(pub String);

/// Name of an entity, stable within its document: `e4`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub String);

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for EntityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How sure, in thousandths: whole numbers, so that native and wasm agree to the bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Confidence(u16);

impl Confidence {
    /// Certain: a person said so.
    pub const CERTAIN: Confidence = Confidence(1000);

    /// Held to 0–1000.
    pub fn from_permille(n: u16) -> Confidence {
        Confidence(n.min(1000))
    }

    /// 0–1000.
    pub fn permille(self) -> u16 {
        self.0
    }
}

/// What became of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "the words of the file format")]
pub enum Status {
    #[default]
    Machine,
    Accepted,
    Corrected,
    Added,
    Rejected,
}

/// What a relative expression was resolved against.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Anchor {
    /// Nothing: it stands by itself, or could not be resolved.
    #[default]
    None,
    /// The publication date.
    Published,
    /// Another annotation of this document.
    Annotation(AnnotationId),
}

/// A TIMEX3 value (ISO-TimeML).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Timex {
    /// DATE, TIME, DURATION, SET.
    pub kind: TimexType,
    /// `2021-07-22`, `2021-07-21TNI`, `P3M`, `XXXX-WXX-5`, `PAST_REF` …
    pub value: TimexValue,
    /// `APPROX`, `START`, `BEFORE` …
    pub modifier: Option<Modifier>,
    /// What it was resolved against.
    pub anchor: Anchor,
}

/// Another way to read a date ("04/03").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DateReading {
    /// The value.
    pub timex: Timex,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// How words are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the file format")]
pub enum QuoteKind {
    Direct,
    Mixed,
    Indirect,
}

/// What kind of attribution it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs, reason = "the words of the file format")]
pub enum Strength {
    #[default]
    Speech,
    Document,
    Attitude,
}
