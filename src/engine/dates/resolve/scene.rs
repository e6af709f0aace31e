//! What was told so far: what later expressions hang on.

use super::resolved::{Resolved, ResolvedAgainst};
use crate::calendar::{Day, Stamp};
use crate::dates::meaning::{Base, Meaning, Partial, YearRef};
use crate::dates::mention::{Cue, DateMention};
use crate::dates::tense::Tense;
use crate::timex::{Period, Unit};

/// What was told so far, and what the text is.
#[derive(Debug, Clone, Copy)]
pub(in crate::dates) struct Scene {
    pub(super) published: Option<Stamp>,
    /// The text tells of times far from its publication: bare dates follow what was told.
    pub(super) narrative: bool,
    /// The text is a company's report: "a year ago" is the same quarter.
    pub(super) report: bool,
    /// The last calendar date told.
    pub(super) told: Option<Period>,
    /// The last day told, with the sentence that told it.
    pub(super) told_day: Option<Day>,
    /// The last day told that is no later than publication, and its paragraph.
    pub(super) told_past: Option<(Day, usize)>,
    /// The sentence has just told of a day after publication.
    pub(super) ahead: bool,
    /// Of the expression.
    pub(super) paragraph: usize,
    /// Paragraph of the last date told.
    pub(super) told_in: usize,
    /// Year and month that a story has come to; month 0: only the year is known.
    pub(super) story: Option<(i32, u32)>,
    /// A year told in passing in this sentence.
    pub(super) aside: Option<i32>,
    /// The quarter that the report goes on about, and the paragraph that told it.
    quarter: Option<(i32, u32)>,
    /// An earlier quarter that this paragraph looks back on.
    quarter_aside: Option<(i32, u32)>,
    quarter_told_in: usize,
    /// The paragraph whose results are of more than a quarter: "the nine months".
    long_period: Option<usize>,
    /// Index of the expression that told last.
    pub(in crate::dates) told_by: Option<usize>,
    /// The range that the last expression opened: where its other end begins, and its first day.
    opened: Option<(usize, Partial, Day)>,
    /// The first day of the range that this expression closes.
    pub(super) since: Option<Day>,
    /// Of the expression.
    sentence: usize,
    pub(super) tense: Tense,
    /// "by", "until", "since" …: the word before.
    pub(super) cue: Cue,
}

/// Two weekdays, or two months, neither with its year: the ends of one range.
fn are_ends(one: Partial, other: Meaning) -> bool {
    matches!(other, Meaning::Partial(two)
        if one.year == YearRef::Open
            && two.year == YearRef::Open
            && one.month.is_some() == two.month.is_some()
            && one.weekday.is_some() == two.weekday.is_some())
}

/// Paragraphs after which a report's quarter is forgotten.
const QUARTER_HOLDS: usize = 6;

impl Scene {
    /// At the beginning of a text.
    pub(in crate::dates) fn new(published: Option<Stamp>, narrative: bool, report: bool) -> Scene {
        Scene {
            published,
            narrative,
            report,
            told: None,
            told_day: None,
            told_past: None,
            ahead: false,
            paragraph: 0,
            told_in: 0,
            story: None,
            aside: None,
            quarter: None,
            quarter_aside: None,
            quarter_told_in: 0,
            long_period: None,
            told_by: None,
            opened: None,
            since: None,
            sentence: usize::MAX,
            tense: Tense::Unknown,
            cue: Cue::None,
        }
    }

    /// Comes to the next expression.
    pub(in crate::dates) fn enter(&mut self, read: &DateMention) {
        if read.sentence != self.sentence {
            self.aside = None;
            self.ahead = false;
        }
        if read.paragraph != self.paragraph {
            self.quarter_aside = None;
        }
        self.since = self
            .opened
            .take()
            .filter(|(at, ..)| *at == read.found.from && self.sentence == read.sentence)
            .filter(|(_, one, _)| are_ends(*one, read.found.meaning))
            .map(|(.., day)| day);
        self.sentence = read.sentence;
        self.paragraph = read.paragraph;
        self.tense = read.tense;
        self.cue = read.cue;
        if self.long_period.is_some_and(|p| p + 1 < read.paragraph) {
            self.long_period = None;
        }
        if read.paragraph > self.quarter_told_in + QUARTER_HOLDS {
            self.quarter = None;
        }
    }

    /// Keeps what expression `index` told.
    pub(in crate::dates) fn remember(
        &mut self,
        read: &DateMention,
        resolved: &Resolved,
        index: usize,
    ) {
        if read.long_period {
            self.long_period = Some(self.paragraph);
        } else if matches!(read.found.meaning, Meaning::FiscalQuarter(..)) {
            self.long_period = None;
        }
        let Some(period) = resolved.period else {
            return;
        };
        self.opened = match (read.range_to, read.found.meaning, period.days()) {
            (Some(at), Meaning::Partial(one), Some((from, _))) => Some((at, one, from)),
            _ => None,
        };
        match period {
            Period::Century(_) | Period::Decade(_) => return,
            Period::Day(day) | Period::Part(day, _) | Period::Clock(day, _) => {
                self.told_day = Some(day);
                self.ahead = self.published.is_some_and(|s| day > s.day);
                if self.published.is_none_or(|s| day <= s.day) {
                    self.told_past = Some((day, self.paragraph));
                }
                self.told = Some(Period::Day(day));
                self.story = Some((day.year(), day.month()));
            }
            Period::Quarter(year, q) => {
                // "reported a drop in fourth-quarter earnings" in November: a fiscal quarter, and over.
                let reported = self.quarter.is_none() && read.tense == Tense::Past;
                self.remember_quarter(year, q, read.ended || reported, resolved.against);
                if resolved.against == ResolvedAgainst::Antecedent {
                    return;
                }
                self.told_day = None;
                self.told = Some(period);
            }
            _ => {
                self.told_day = None;
                self.told = Some(period);
                match period {
                    Period::Month(year, month) => self.story = Some((year, month)),
                    Period::Year(year) => self.remember_year(year),
                    _ => {}
                }
            }
        }
        self.told_in = self.paragraph;
        self.told_by = Some(index);
    }

    /// A year before the story's own is told in passing, and holds for its sentence.
    fn remember_year(&mut self, year: i32) {
        match self.story {
            Some((y, _)) if year < y || year > y + 8 => self.aside = Some(year),
            Some((y, m)) if year == y && m > 0 => {}
            _ => self.story = Some((year, 0)),
        }
    }

    /// "a year earlier" looks back and "the third quarter of 1990" ahead: neither is what the
    /// report goes on about.
    fn remember_quarter(&mut self, year: i32, q: u32, ended: bool, against: ResolvedAgainst) {
        self.quarter_told_in = self.paragraph;
        let over = || {
            let last = Period::Quarter(year, q).days();
            self.published.is_none_or(|s| last.is_some_and(|(_, to)| to <= s.day))
        };
        let own = against != ResolvedAgainst::Nothing || self.quarter.is_none();
        if !own || !(ended || over()) {
            return;
        }
        match self.quarter {
            Some((y, _)) if year < y => {}
            // "after a flat second quarter"
            Some(now) if (year, q) < now => self.quarter_aside = Some((year, q)),
            _ => {
                self.quarter = Some((year, q));
                self.quarter_aside = None;
            }
        }
    }

    /// The day that bare and relative dates hang on.
    pub(super) fn anchor(&self) -> Option<(Day, ResolvedAgainst)> {
        let published = self.published.map(|s| (s.day, ResolvedAgainst::Published));
        // News that does not tell its date: "on August 10" is no day of the year of birth above.
        let near = self.narrative || published.is_some() || self.told_in == self.paragraph;
        let told = self.told_anchor().filter(|_| near);
        let told = told.map(|d| (d, ResolvedAgainst::Antecedent));
        if self.narrative && self.tense != Tense::Future {
            told.or(published)
        } else {
            published.or(told)
        }
    }

    /// First day of what was told last.
    pub(super) fn told_anchor(&self) -> Option<Day> {
        self.told.and_then(Period::days).map(|(from, _)| from)
    }

    /// Was a day told last, or a week?
    pub(super) fn told_within_a_week(&self) -> bool {
        let days = self.told.and_then(Period::days);
        days.is_some_and(|(from, to)| from.plus_days(6).is_none_or(|end| to <= end))
    }

    /// What "today" and "last week" count from; in a story days are counted from publication still.
    pub(super) fn base_of(&self, base: Base, unit: Unit) -> Option<(Day, ResolvedAgainst)> {
        match (base, self.published) {
            (Base::Published, Some(stamp)) if unit <= Unit::Week => {
                Some((stamp.day, ResolvedAgainst::Published))
            }
            _ => self.base(base),
        }
    }

    pub(super) fn base(&self, base: Base) -> Option<(Day, ResolvedAgainst)> {
        let published = self.published.map(|s| (s.day, ResolvedAgainst::Published));
        match base {
            Base::Published if self.narrative => self.anchor(),
            Base::Published => published,
            Base::Antecedent => self
                .told_day
                .or_else(|| self.told_anchor())
                .map(|d| (d, ResolvedAgainst::Antecedent))
                .or(published),
        }
    }

    pub(super) fn year(&self, year: YearRef) -> Option<(i32, ResolvedAgainst)> {
        match year {
            YearRef::Known(y) => Some((y, ResolvedAgainst::Nothing)),
            YearRef::Published(n) => {
                let (day, against) = self.anchor()?;
                Some((day.year() + n, against))
            }
            YearRef::Antecedent(n) => {
                let told = self.told_anchor().map(|d| (d, ResolvedAgainst::Antecedent));
                let (day, against) = told.or_else(|| self.anchor())?;
                Some((day.year() + n, against))
            }
            YearRef::Open => None,
        }
    }

    /// The quarter whose results are compared; none where they are of a longer time.
    pub(super) fn compared_quarter(&self) -> Option<(i32, u32)> {
        self.told_quarter().filter(|_| self.long_period.is_none())
    }

    /// The quarter that is spoken of.
    pub(super) fn told_quarter(&self) -> Option<(i32, u32)> {
        self.quarter_aside.or(self.quarter)
    }

    /// Results of more than a quarter are told.
    pub(super) fn reports_long_period(&self) -> bool {
        self.report && self.long_period.is_some()
    }

    /// The same, had nothing been told.
    pub(super) fn without_told(self) -> Scene {
        Scene { told: None, told_day: None, ..self }
    }

    pub(super) fn looks_ahead(&self) -> bool {
        self.tense == Tense::Future
            || self.cue == Cue::Surely
            || (self.ahead && self.tense != Tense::Past)
            || (self.cue == Cue::Ahead && self.tense != Tense::Past)
    }

    pub(super) fn looks_back(&self) -> bool {
        self.tense == Tense::Past || self.cue == Cue::Behind
    }
}
