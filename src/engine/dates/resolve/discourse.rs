//! The dates that the text has given so far: what later expressions are resolved against.

use super::resolved::{Resolved, ResolvedAgainst};
use crate::calendar::{Day, Stamp};
use crate::dates::meaning::{CountedFrom, Meaning, PartialDate, YearRef};
use crate::dates::mention::{Cue, DateMention};
use crate::dates::tense::Tense;
use crate::timex::{Period, Unit};

/// The dates that the text has given so far, and what kind of text it is.
#[derive(Debug, Clone, Copy)]
pub(in crate::dates) struct Discourse {
    pub(super) published: Option<Stamp>,
    /// The text tells of times far from its publication: bare dates are resolved against the antecedent.
    pub(super) narrative: bool,
    /// The text is a company's report: "a year ago" is the same quarter.
    pub(super) report: bool,
    /// The last calendar date, against which relative ones are resolved.
    pub(super) antecedent: Option<Period>,
    /// The last date, when it is a day.
    pub(super) antecedent_day: Option<Day>,
    /// The last day that is no later than publication, and its paragraph.
    pub(super) past_day: Option<(Day, usize)>,
    /// The last day of this sentence lies after publication.
    pub(super) told_of_future: bool,
    /// The last day that was told, with its sentence and paragraph.
    last_day: Option<(Day, usize, usize)>,
    /// The first day of a month or day that was told with a year other than the publication's, and
    /// where it stands: what follows it there goes on in that time.
    told: Option<ToldDay>,
    /// The paragraph of the current expression.
    pub(super) paragraph: usize,
    /// The paragraph of the antecedent.
    pub(super) antecedent_paragraph: usize,
    /// Year and month that a story has come to; month 0: only the year is known.
    pub(super) story_month: Option<(i32, u32)>,
    /// A year that this sentence mentions in passing.
    pub(super) passing_year: Option<i32>,
    /// The quarter that the report is about.
    quarter: Option<(i32, u32)>,
    /// An earlier quarter that this paragraph looks back on.
    quarter_aside: Option<(i32, u32)>,
    /// The paragraph that last named a quarter.
    quarter_paragraph: usize,
    /// The paragraph whose results are of more than a quarter: "the nine months".
    long_period: Option<usize>,
    /// The index of the antecedent's expression.
    pub(in crate::dates) antecedent_index: Option<usize>,
    /// The range that the last expression opened: where its other end begins, and its first day.
    open_range: Option<(usize, PartialDate, Day)>,
    /// The first day of the range that this expression closes.
    pub(super) range_start: Option<Day>,
    /// The sentence of the current expression.
    sentence: usize,
    pub(super) tense: Tense,
    /// "by", "until", "since" …: the word before.
    pub(super) cue: Cue,
}

/// A day that a story told of.
#[derive(Debug, Clone, Copy)]
struct ToldDay {
    day: Day,
    sentence: usize,
    paragraph: usize,
    /// It took its own year from the story.
    goes_on: bool,
}

/// Two weekdays, or two months, neither with its year: the ends of one range.
fn are_ends(one: PartialDate, other: Meaning) -> bool {
    matches!(other, Meaning::Partial(two)
        if one.year == YearRef::Open
            && two.year == YearRef::Open
            && one.month.is_some() == two.month.is_some()
            && one.weekday.is_some() == two.weekday.is_some())
}

/// Paragraphs after which a report's quarter is forgotten.
const QUARTER_HOLDS: usize = 6;

impl Discourse {
    /// At the beginning of a text.
    pub(in crate::dates) fn new(
        published: Option<Stamp>,
        narrative: bool,
        report: bool,
    ) -> Discourse {
        Discourse {
            published,
            narrative,
            report,
            antecedent: None,
            antecedent_day: None,
            past_day: None,
            told_of_future: false,
            last_day: None,
            told: None,
            paragraph: 0,
            antecedent_paragraph: 0,
            story_month: None,
            passing_year: None,
            quarter: None,
            quarter_aside: None,
            quarter_paragraph: 0,
            long_period: None,
            antecedent_index: None,
            open_range: None,
            range_start: None,
            sentence: usize::MAX,
            tense: Tense::Unknown,
            cue: Cue::None,
        }
    }

    /// Comes to the next expression.
    pub(in crate::dates) fn enter_mention(&mut self, read: &DateMention) {
        if read.sentence != self.sentence {
            self.passing_year = None;
            self.told_of_future = false;
        }
        if read.paragraph != self.paragraph {
            self.quarter_aside = None;
        }
        self.range_start = self
            .open_range
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
        if read.paragraph > self.quarter_paragraph + QUARTER_HOLDS {
            self.quarter = None;
        }
    }

    /// Makes expression `index` the antecedent, where it can be one.
    pub(in crate::dates) fn remember_mention(
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
        self.remember_told(read, resolved, period);
        self.open_range = match (read.range_to, read.found.meaning, period.days()) {
            (Some(at), Meaning::Partial(one), Some((from, _))) => Some((at, one, from)),
            _ => None,
        };
        match period {
            Period::Century(_) | Period::Decade(_) => return,
            Period::Day(day) | Period::Part(day, _) | Period::Clock(day, _) => {
                self.antecedent_day = Some(day);
                self.last_day = Some((day, self.sentence, self.paragraph));
                self.told_of_future = self.published.is_some_and(|s| day > s.day);
                if self.published.is_none_or(|s| day <= s.day) {
                    self.past_day = Some((day, self.paragraph));
                }
                self.antecedent = Some(Period::Day(day));
                self.story_month = Some((day.year(), day.month()));
            }
            Period::Quarter(year, q) => {
                // "reported a drop in fourth-quarter earnings" in November: a fiscal quarter, and over.
                let reported = self.quarter.is_none() && read.tense == Tense::Past;
                self.remember_quarter(year, q, read.ended || reported, resolved.against);
                if resolved.against == ResolvedAgainst::Antecedent {
                    return;
                }
                self.antecedent_day = None;
                self.antecedent = Some(period);
            }
            _ => {
                self.antecedent_day = None;
                self.antecedent = Some(period);
                match period {
                    Period::Month(year, month) => self.story_month = Some((year, month)),
                    Period::Year(year) => self.remember_year(year),
                    _ => {}
                }
            }
        }
        self.antecedent_paragraph = self.paragraph;
        self.antecedent_index = Some(index);
    }

    /// A month or day with a year of its own opens a story, which dates of the publication's own time
    /// end.
    fn remember_told(&mut self, read: &DateMention, resolved: &Resolved, period: Period) {
        let Some(stamp) = self.published else {
            return;
        };
        let (Meaning::Partial(partial), Some((from, _))) = (read.found.meaning, period.days())
        else {
            self.told = self.told.filter(|_| resolved.against != ResolvedAgainst::Published);
            return;
        };
        let goes_on =
            partial.year == YearRef::Open && resolved.against == ResolvedAgainst::Antecedent;
        if partial.month.is_none() {
            if resolved.against == ResolvedAgainst::Published {
                self.told = None;
            }
        } else if goes_on || matches!(partial.year, YearRef::Known(y) if y != stamp.day.year()) {
            let (sentence, paragraph) = (self.sentence, self.paragraph);
            self.told = Some(ToldDay { day: from, sentence, paragraph, goes_on });
        } else {
            self.told = None;
        }
    }

    /// The time that a story in this paragraph has come to, where the sentence does not look ahead.
    pub(super) fn told_day(&self) -> Option<Day> {
        let ahead = matches!(self.tense, Tense::Future | Tense::Possible);
        let told = self.told.filter(|told| told.paragraph == self.paragraph)?;
        // The sentence that gives the year may look back from elsewhere; the next one goes on.
        let near = told.sentence + 1 == self.sentence || told.goes_on;
        (near && !ahead && !self.looks_ahead()).then_some(told.day)
    }

    /// The day that a time of day without one belongs to.
    pub(super) fn day_of_time(&self) -> Option<(Day, ResolvedAgainst)> {
        let published = self.published.map(|stamp| stamp.day);
        let last = self.last_day.filter(|&(day, sentence, paragraph)| {
            // "It is set for Tuesday. Doors open at 6 p.m."
            let coming = published.is_some_and(|today| day > today)
                && paragraph == self.paragraph
                && sentence + 1 == self.sentence
                && !matches!(self.tense, Tense::Past | Tense::Unknown);
            sentence == self.sentence || coming
        });
        let past = self.past_day.filter(|(_, p)| *p + 2 > self.paragraph || self.narrative);
        last.map(|(day, ..)| day)
            .or(past.map(|(day, _)| day))
            .map(|day| (day, ResolvedAgainst::Antecedent))
            .or_else(|| self.base_day(CountedFrom::Published))
    }

    /// A year before the story's own is mentioned in passing, and holds for its sentence.
    fn remember_year(&mut self, year: i32) {
        match self.story_month {
            Some((y, _)) if year < y || year > y + 8 => self.passing_year = Some(year),
            Some((y, m)) if year == y && m > 0 => {}
            _ => self.story_month = Some((year, 0)),
        }
    }

    /// "a year earlier" looks back and "the third quarter of 1990" ahead: neither is what the
    /// report goes on about.
    fn remember_quarter(&mut self, year: i32, q: u32, ended: bool, against: ResolvedAgainst) {
        self.quarter_paragraph = self.paragraph;
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

    /// The day that bare and relative dates are resolved against.
    pub(super) fn anchor_day(&self) -> Option<(Day, ResolvedAgainst)> {
        let published = self.published.map(|s| (s.day, ResolvedAgainst::Published));
        // News that does not tell its date: "on August 10" is no day of the year of birth above.
        let near =
            self.narrative || published.is_some() || self.antecedent_paragraph == self.paragraph;
        let antecedent = self.antecedent_start().filter(|_| near);
        let antecedent = antecedent.map(|d| (d, ResolvedAgainst::Antecedent));
        if self.narrative && self.tense != Tense::Future {
            antecedent.or(published)
        } else {
            published.or(antecedent)
        }
    }

    /// The first day of the antecedent.
    pub(super) fn antecedent_start(&self) -> Option<Day> {
        self.antecedent.and_then(Period::days).map(|(from, _)| from)
    }

    /// The antecedent is a day, or a week.
    pub(super) fn antecedent_fits_a_week(&self) -> bool {
        let days = self.antecedent.and_then(Period::days);
        days.is_some_and(|(from, to)| from.plus_days(6).is_none_or(|end| to <= end))
    }

    /// What "today" and "last week" count from; in a story days are counted from publication still.
    pub(super) fn base_day_for_unit(
        &self,
        base: CountedFrom,
        unit: Unit,
    ) -> Option<(Day, ResolvedAgainst)> {
        match (base, self.published) {
            (CountedFrom::Published, Some(stamp)) if unit <= Unit::Week => {
                Some((stamp.day, ResolvedAgainst::Published))
            }
            _ => self.base_day(base),
        }
    }

    pub(super) fn base_day(&self, base: CountedFrom) -> Option<(Day, ResolvedAgainst)> {
        let published = self.published.map(|s| (s.day, ResolvedAgainst::Published));
        match base {
            CountedFrom::Published if self.narrative => self.anchor_day(),
            CountedFrom::Published => published,
            CountedFrom::Antecedent => self
                .antecedent_day
                .or_else(|| self.antecedent_start())
                .map(|d| (d, ResolvedAgainst::Antecedent))
                .or(published),
        }
    }

    pub(super) fn resolve_year(&self, year: YearRef) -> Option<(i32, ResolvedAgainst)> {
        match year {
            YearRef::Known(y) => Some((y, ResolvedAgainst::Nothing)),
            YearRef::Published(n) => {
                let (day, against) = self.anchor_day()?;
                Some((day.year() + n, against))
            }
            YearRef::Antecedent(n) => {
                let antecedent = self.antecedent_start().map(|d| (d, ResolvedAgainst::Antecedent));
                let (day, against) = antecedent.or_else(|| self.anchor_day())?;
                Some((day.year() + n, against))
            }
            YearRef::Open => None,
        }
    }

    /// The quarter whose results are compared; none where they are of a longer time.
    pub(super) fn compared_quarter(&self) -> Option<(i32, u32)> {
        self.reported_quarter().filter(|_| self.long_period.is_none())
    }

    /// The quarter that is spoken of.
    pub(super) fn reported_quarter(&self) -> Option<(i32, u32)> {
        self.quarter_aside.or(self.quarter)
    }

    /// The results are of more than a quarter.
    pub(super) fn reports_long_period(&self) -> bool {
        self.report && self.long_period.is_some()
    }

    /// The same without an antecedent.
    pub(super) fn without_antecedent(self) -> Discourse {
        Discourse { antecedent: None, antecedent_day: None, ..self }
    }

    pub(super) fn looks_ahead(&self) -> bool {
        self.tense == Tense::Future
            || self.cue == Cue::Surely
            || (self.told_of_future && self.tense != Tense::Past)
            || (self.cue == Cue::Ahead && self.tense != Tense::Past)
    }

    pub(super) fn looks_back(&self) -> bool {
        self.tense == Tense::Past || self.cue == Cue::Behind
    }
}
