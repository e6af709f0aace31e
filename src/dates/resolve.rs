//! From what an expression says to the day it means, by the publication date, the last date told
//! and the tense around it.

use super::holidays::{Rule as HolidayRule, easter_sunday, nth_weekday};
use super::meaning::{
    Amount, Base, Found, Meaning, Modifier, Often, Partial, Ref, Sub, Time, Which, YearRef,
};
use super::period::{Clock, Part, Period, Season, year_text};
use super::tense::Tense;
use super::vocabulary::Unit;
use crate::calendar::{Day, Stamp};
use crate::document::TimexType;

/// What a relative expression hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hung {
    Nothing,
    Published,
    Told,
}

/// A value before it is dressed as an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: TimexType,
    pub(super) value: String,
    pub(super) modifier: Option<Modifier>,
    pub(super) hung: Hung,
    /// Other values, likeliest first.
    pub(super) others: Vec<String>,
    /// In words for people.
    pub(super) reason: &'static str,
    /// The period, where the value is one.
    pub(super) period: Option<Period>,
    /// Per mille, before the document's own doubts.
    pub(super) sure: u16,
}

/// What was told so far, and what the text is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
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
    /// The last quarter told.
    pub(super) quarter: Option<(i32, u32)>,
    pub(super) tense: Tense,
    /// "by", "until", "since" …: the word before.
    pub(super) cue: Cue,
}

/// The word before an expression, where it tells of time's direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    None,
    /// by, until, due
    Ahead,
    /// as early as
    Surely,
    /// since
    Behind,
}

impl Scene {
    /// The day that bare and relative dates hang on.
    fn anchor(&self) -> Option<(Day, Hung)> {
        let told = self.told_anchor().map(|d| (d, Hung::Told));
        let published = self.published.map(|s| (s.day, Hung::Published));
        if self.narrative {
            told.or(published)
        } else {
            published.or(told)
        }
    }

    /// First day of what was told last.
    fn told_anchor(&self) -> Option<Day> {
        self.told.and_then(Period::days).map(|(from, _)| from)
    }

    /// What "today" and "last week" count from; in a story days are counted from publication still.
    fn base_of(&self, base: Base, unit: Unit) -> Option<(Day, Hung)> {
        match (base, self.published) {
            (Base::Published, Some(stamp)) if unit <= Unit::Week => {
                Some((stamp.day, Hung::Published))
            }
            _ => self.base(base),
        }
    }

    fn base(&self, base: Base) -> Option<(Day, Hung)> {
        let published = self.published.map(|s| (s.day, Hung::Published));
        match base {
            Base::Published if self.narrative => self.anchor(),
            Base::Published => published,
            Base::Told => self
                .told_day
                .or_else(|| self.told_anchor())
                .map(|d| (d, Hung::Told))
                .or(published),
        }
    }

    fn year(&self, year: YearRef) -> Option<(i32, Hung)> {
        match year {
            YearRef::Known(y) => Some((y, Hung::Nothing)),
            YearRef::Published(n) => {
                let (day, hung) = self.anchor()?;
                Some((day.year() + n, hung))
            }
            YearRef::Told(n) => {
                let told = self.told_anchor().map(|d| (d, Hung::Told));
                let (day, hung) = told.or_else(|| self.anchor())?;
                Some((day.year() + n, hung))
            }
            YearRef::Open => None,
        }
    }

    fn looks_ahead(&self) -> bool {
        self.tense == Tense::Future
            || self.cue == Cue::Surely
            || (self.ahead && self.tense != Tense::Past)
            || (self.cue == Cue::Ahead && self.tense != Tense::Past)
    }

    fn looks_back(&self) -> bool {
        self.tense == Tense::Past || self.cue == Cue::Behind
    }
}

fn plain(period: Period, hung: Hung, reason: &'static str, sure: u16) -> Resolved {
    let kind = match period {
        Period::Part(..) | Period::Clock(..) => TimexType::Time,
        _ => TimexType::Date,
    };
    Resolved {
        kind,
        value: period.to_string(),
        modifier: None,
        hung,
        others: Vec::new(),
        reason,
        period: Some(period),
        sure,
    }
}

fn open(kind: TimexType, value: impl Into<String>, reason: &'static str, sure: u16) -> Resolved {
    Resolved {
        kind,
        value: value.into(),
        modifier: None,
        hung: Hung::Nothing,
        others: Vec::new(),
        reason,
        period: None,
        sure,
    }
}

const UNKNOWN: &str = "no publication date is known to count from";

/// Resolves `found`; `None` for days that do not exist and for what turns out to be no date.
pub(super) fn resolve(found: &Found, scene: &Scene) -> Option<Resolved> {
    let mut resolved = heart(found, scene)?;
    if let Some(time) = found.time {
        resolved = with_time(resolved, time, found, scene)?;
    }
    resolved.modifier = found.modifier.or(resolved.modifier);
    Some(resolved)
}

fn heart(found: &Found, scene: &Scene) -> Option<Resolved> {
    match found.meaning {
        Meaning::TimeOnly => match scene
            .told_past
            .filter(|(_, p)| *p + 2 > scene.paragraph || scene.narrative)
            .map(|(day, _)| (day, Hung::Told))
            .or_else(|| scene.base(Base::Published))
        {
            Some((day, hung)) => Some(plain(Period::Day(day), hung, "the day told of", 600)),
            None => Some(open(TimexType::Date, "XXXX-XX-XX", UNKNOWN, 500)),
        },
        Meaning::Partial(partial) => dated(partial, scene),
        Meaning::Either(us, uk) => {
            let mut first = dated(us, scene);
            let second = dated(uk, scene);
            match (&mut first, second) {
                (Some(first), Some(second)) => {
                    first.others.push(second.value);
                    first.reason =
                        "month first, as American papers write; the other reading is kept";
                    first.sure = 600;
                }
                (None, second) => first = second,
                _ => {}
            }
            first
        }
        Meaning::Decade(first, _) => Some(plain(
            Period::Decade(first.div_euclid(10)),
            Hung::Nothing,
            "the decade is written out",
            920,
        )),
        Meaning::Century(c) if c >= 0 => Some(plain(
            Period::Century(c),
            Hung::Nothing,
            "the century is written out",
            920,
        )),
        Meaning::Century(c) => Some(open(
            TimexType::Date,
            format!("BC{:02}", -c - 1),
            "the century is written out",
            800,
        )),
        Meaning::Shift(unit, n, base) => Some(shifted(unit, n, base, scene)),
        Meaning::Near(which, partial) => near(which, partial, found.rule == "told", scene),
        Meaning::Offset(amount, unit, sign, base) => offset(amount, unit, sign, base, scene),
        Meaning::Around(amount, unit, sign, partial) => around(amount, unit, sign, partial, scene),
        Meaning::FiscalQuarter(n, year) => quarter(n, year, scene),
        Meaning::SamePeriod(n) => same_period(n, scene),
        Meaning::Same(unit) => same(unit, scene),
        Meaning::The(unit) => {
            let here = scene.narrative
                || scene.told_in == scene.paragraph && scene.told.is_some()
                || unit == Unit::Quarter && scene.quarter.is_some();
            if here {
                return same(unit, scene);
            }
            let scene = Scene {
                told: None,
                told_day: None,
                ..*scene
            };
            same(unit, &scene)
        }
        Meaning::Then => scene
            .told
            .map(|period| plain(period, Hung::Told, "the time told of", 700)),
        Meaning::Length(amount, unit) => Some(open(
            TimexType::Duration,
            length(amount, unit)?,
            "a length of time",
            870,
        )),
        Meaning::Lengths(a, u, b, v) => {
            let (one, two) = (length(a, u)?, length(b, v)?);
            let joined = match (one.strip_prefix("PT"), two.strip_prefix("PT")) {
                (Some(_), Some(tail)) => format!("{one}{tail}"),
                (None, Some(tail)) => format!("{one}T{tail}"),
                (None, None) => format!("{one}{}", &two[1..]),
                (Some(_), None) => return None,
            };
            Some(open(TimexType::Duration, joined, "a length of time", 900))
        }
        Meaning::Set(often) => Some(open(
            TimexType::Set,
            set(often, found.time)?,
            "it happens again and again",
            800,
        )),
        Meaning::Ref(Ref::Past) => Some(open(
            TimexType::Date,
            "PAST_REF",
            "a past that is not told more closely",
            720,
        )),
        Meaning::Ref(Ref::Present) => Some(open(
            TimexType::Date,
            "PRESENT_REF",
            "the time of writing",
            850,
        )),
        Meaning::Ref(Ref::Future) => Some(open(
            TimexType::Date,
            "FUTURE_REF",
            "a future that is not told more closely",
            850,
        )),
    }
}

fn with_time(day: Resolved, time: Time, found: &Found, scene: &Scene) -> Option<Resolved> {
    if day.kind == TimexType::Set {
        return Some(day);
    }
    let suffix = match time {
        Time::Clock(clock, _) => {
            let minute = clock.minute.unwrap_or(0);
            match clock.second {
                Some(s) => format!("T{:02}:{minute:02}:{s:02}", clock.hour),
                None => format!("T{:02}:{minute:02}", clock.hour),
            }
        }
        Time::Part(part) => format!("T{}", part.code()),
    };
    let Some(Period::Day(base)) = day.period else {
        // "the morning of an unknown day"
        let head = if day.value.len() == 10 {
            day.value.as_str()
        } else {
            "XXXX-XX-XX"
        };
        return Some(Resolved {
            kind: TimexType::Time,
            value: format!("{head}{suffix}"),
            period: None,
            ..day
        });
    };
    if matches!(found.meaning, Meaning::TimeOnly)
        && matches!(time, Time::Part(Part::Night | Part::Daytime))
    {
        // "at night": any night.
        return Some(open(
            TimexType::Time,
            format!("XXXX-XX-XX{suffix}"),
            "no day is meant",
            700,
        ));
    }
    let period = match time {
        Time::Clock(clock, _) => Period::Clock(
            base,
            Clock {
                minute: Some(clock.minute.unwrap_or(0)),
                ..clock
            },
        ),
        Time::Part(part) => Period::Part(base, part),
    };
    let _ = scene;
    Some(Resolved {
        kind: TimexType::Time,
        value: period.to_string(),
        period: Some(period),
        others: day.others.iter().map(|o| format!("{o}{suffix}")).collect(),
        ..day
    })
}

/// A date with the fields that are written.
fn dated(partial: Partial, scene: &Scene) -> Option<Resolved> {
    if partial.year != YearRef::Open {
        let (year, hung) = match scene.year(partial.year) {
            Some(known) => known,
            None => return Some(without_year(partial)),
        };
        let period = in_year(partial, year)?;
        let reason = match partial.year {
            YearRef::Known(_) => "it is written out",
            YearRef::Published(_) => "counted from the publication year",
            _ => "counted from the year told of",
        };
        let sure = if matches!(partial.year, YearRef::Known(_)) {
            970
        } else {
            900
        };
        return Some(plain(period, hung, reason, sure));
    }
    let Some((anchor, hung)) = scene.anchor() else {
        in_year(partial, 2000)?;
        return Some(without_year(partial));
    };
    if let (Some(weekday), None, None, None) =
        (partial.weekday, partial.month, partial.day, partial.sub)
    {
        return weekday_near(anchor, hung, u32::from(weekday), scene);
    }
    if let (None, Some(day)) = (partial.month, partial.day) {
        return day_of_told_month(partial.weekday, day, scene);
    }
    if let (Some(weekday), Some(_)) = (partial.weekday, partial.day)
        && let Some(period) = on_weekday(partial, anchor.year(), weekday)
    {
        return Some(plain(
            period,
            hung,
            "the nearest year in which the weekday fits",
            930,
        ));
    }
    in_open_year(partial, anchor, hung, scene)
}

/// The date in the nearest year that puts it on its weekday, this year first.
fn on_weekday(partial: Partial, year: i32, weekday: u8) -> Option<Period> {
    [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6]
        .into_iter()
        .filter_map(|n| in_year(partial, year + n))
        .find(|p| matches!(p, Period::Day(d) if d.weekday() == u32::from(weekday)))
}

/// The period that the fields name in a year; `None` when there is no such day.
fn in_year(partial: Partial, year: i32) -> Option<Period> {
    match (partial.sub, partial.month, partial.day) {
        (Some(Sub::Season(s)), ..) => Some(Period::Season(year, s)),
        (Some(Sub::Quarter(q)), ..) => Some(Period::Quarter(year, u32::from(q))),
        (Some(Sub::Half(h)), ..) => Some(Period::Half(year, u32::from(h))),
        (Some(Sub::Holiday(holiday)), ..) => match holiday.rule {
            HolidayRule::EasterWeek => {
                let (y, w) = easter_sunday(year)?.plus_days(-6)?.iso_week();
                Some(Period::Week(y, w))
            }
            _ => holiday.day(year).map(Period::Day),
        },
        (Some(Sub::NthWeek(which, end)), Some(month), _) => {
            // Weeks are counted by their Mondays, the last by its Sunday.
            let monday = if which < 0 {
                nth_weekday(year, month, -1, 6)?.plus_days(-6)?
            } else {
                nth_weekday(year, month, which, 0)?
            };
            let (y, w) = monday.iso_week();
            Some(if end {
                Period::Weekend(y, w)
            } else {
                Period::Week(y, w)
            })
        }
        (Some(Sub::LastDay), Some(month), _) => {
            let last = crate::calendar::days_in_month(year, u32::from(month));
            Day::new(year, u32::from(month), last).map(Period::Day)
        }
        (Some(Sub::NthWeekday(which, weekday)), Some(month), _) => {
            nth_weekday(year, month, which, weekday).map(Period::Day)
        }
        (_, Some(month), Some(day)) => {
            Day::new(year, u32::from(month), u32::from(day)).map(Period::Day)
        }
        (_, Some(month), None) => Some(Period::Month(year, u32::from(month))),
        _ => Some(Period::Year(year)),
    }
}

/// As much as is known without a year.
fn without_year(partial: Partial) -> Resolved {
    let value = match (partial.sub, partial.month, partial.day, partial.weekday) {
        (Some(Sub::Season(s)), ..) => format!("XXXX-{}", s.code()),
        (Some(Sub::Quarter(q)), ..) => format!("XXXX-Q{q}"),
        (Some(Sub::Half(h)), ..) => format!("XXXX-H{h}"),
        (Some(Sub::Holiday(holiday)), ..) => match holiday.rule {
            HolidayRule::On(m, d) => format!("XXXX-{m:02}-{d:02}"),
            _ => "XXXX-XX-XX".to_owned(),
        },
        (_, Some(m), Some(d), _) => format!("XXXX-{m:02}-{d:02}"),
        (_, Some(m), None, _) => format!("XXXX-{m:02}"),
        (_, None, Some(d), _) => format!("XXXX-XX-{d:02}"),
        (_, None, None, Some(w)) => format!("XXXX-WXX-{}", w + 1),
        _ => "XXXX".to_owned(),
    };
    open(TimexType::Date, value, UNKNOWN, 600)
}

/// A bare weekday.
fn weekday_near(anchor: Day, hung: Hung, weekday: u32, scene: &Scene) -> Option<Resolved> {
    let back = i64::from((anchor.weekday() + 7 - weekday) % 7);
    if hung == Hung::Told {
        let day = anchor.plus_days((7 - back) % 7)?;
        return Some(plain(
            Period::Day(day),
            hung,
            "the first such day from the date told",
            600,
        ));
    }
    let latest = anchor.plus_days(-back)?;
    let next = anchor.plus_days(if back == 0 { 7 } else { 7 - back })?;
    let (day, other, reason, sure) = if scene.looks_ahead() && back != 0 {
        (
            next,
            latest,
            "the next such day after the publication date: the sentence looks ahead",
            850,
        )
    } else if back == 0 {
        (latest, next, "the day of publication itself", 980)
    } else if scene.tense == Tense::Past {
        (
            latest,
            next,
            "the latest such day up to the publication date",
            970,
        )
    } else {
        (
            latest,
            next,
            "the latest such day up to the publication date",
            900,
        )
    };
    let mut resolved = plain(Period::Day(day), hung, reason, sure);
    resolved.others.push(other.to_string());
    Some(resolved)
}

/// "the 20th", "Friday the 13th".
fn day_of_told_month(weekday: Option<u8>, day: u8, scene: &Scene) -> Option<Resolved> {
    let told = scene.told_anchor().map(|d| (d, Hung::Told));
    let (anchor, hung) = told.or_else(|| scene.anchor())?;
    let mut month = Day::new(anchor.year(), anchor.month(), 1)?;
    if let Some(weekday) = weekday {
        // Up to fourteen months hold one of each weekday.
        for n in 0..14 {
            let there = month.plus_months(n)?;
            if let Some(d) = Day::new(there.year(), there.month(), u32::from(day))
                && d.weekday() == u32::from(weekday)
            {
                month = there;
                break;
            }
        }
    }
    let day = Day::new(month.year(), month.month(), u32::from(day))?;
    Some(plain(
        Period::Day(day),
        hung,
        "a day of the month told of",
        700,
    ))
}

/// Month, day of a month, season, holiday without a year.
fn in_open_year(partial: Partial, anchor: Day, hung: Hung, scene: &Scene) -> Option<Resolved> {
    let year = anchor.year();
    if hung == Hung::Told {
        return in_told_year(partial, year, scene);
    }
    let here = in_year(partial, year);
    // 29 February: the nearest leap year is not asked for.
    let (from, to) = here.and_then(Period::days)?;
    let others = |n: i32| in_year(partial, year + n);
    if from <= anchor && anchor <= to {
        let mut resolved = plain(here?, hung, "it is the time of publication", 940);
        resolved.others.extend(others(-1).map(|p| p.to_string()));
        return Some(resolved);
    }
    if from > anchor {
        // Not yet come this year.
        let months =
            (from.year() - anchor.year()) * 12 + from.month() as i32 - anchor.month() as i32;
        // A date some weeks ahead is this year's whatever the tense ("extended to Nov. 20"): one
        // eleven months back would be written with its year.
        let back = months > 2
            && scene.cue != Cue::Ahead
            && (scene.looks_back()
                || months > 6
                    && scene.tense != Tense::Future
                    // A day without any verb: a diary's, a notice's.
                    && (scene.tense != Tense::Unknown || partial.day.is_none()));
        if back && let Some(last) = others(-1) {
            let mut resolved = plain(last, hung, "last year's: the sentence looks back", 930);
            resolved.others.push(here?.to_string());
            return Some(resolved);
        }
        let mut resolved = plain(here?, hung, "still to come in the year of publication", 910);
        resolved.others.extend(others(-1).map(|p| p.to_string()));
        return Some(resolved);
    }
    // Gone by this year.
    let months = anchor.month() as i32 - from.month() as i32;
    let ahead = scene.tense == Tense::Future && months > 0 && scene.cue != Cue::Behind
        || scene.cue == Cue::Ahead && scene.tense == Tense::Future
        || months >= 10 && !scene.looks_back() && partial.day.is_none()
        || scene.cue == Cue::Ahead && months > 3 && (months > 6 || scene.tense != Tense::Past);
    if ahead && let Some(next) = others(1) {
        let mut resolved = plain(next, hung, "next year's: the sentence looks ahead", 800);
        resolved.others.push(here?.to_string());
        return Some(resolved);
    }
    let mut resolved = plain(here?, hung, "the latest up to the publication date", 930);
    resolved.others.extend(others(1).map(|p| p.to_string()));
    Some(resolved)
}

fn in_told_year(partial: Partial, year: i32, scene: &Scene) -> Option<Resolved> {
    if let Some(aside) = scene.aside {
        return Some(plain(
            in_year(partial, aside)?,
            Hung::Told,
            "in the year told of",
            750,
        ));
    }
    if let Some((year, month)) = scene.story {
        // A story goes on: the nearest such time, three months back at most.
        let here = in_year(partial, year)?;
        let period = match (month, here.days()) {
            (1.., Some((from, _))) => {
                let ahead = from.month() as i32 - month as i32;
                if ahead < -6 && !matches!(partial.sub, Some(Sub::Season(_))) {
                    in_year(partial, year + 1)?
                } else if ahead > 8 {
                    in_year(partial, year - 1)?
                } else {
                    here
                }
            }
            _ => here,
        };
        return Some(plain(period, Hung::Told, "in the year told of", 800));
    }
    let mut period = in_year(partial, year)?;
    // A story goes on: January after December is the next year's.
    if let (Some((from, _)), Some(told)) = (period.days(), scene.told_anchor())
        && told.month() >= 11
        && from.month() <= 2
        && !matches!(scene.told, Some(Period::Year(_)))
        && let Some(next) = in_year(partial, year + 1)
    {
        period = next;
    }
    Some(plain(period, Hung::Told, "in the year told of", 780))
}

/// "last Friday", "next May", "this summer".
fn near(which: Which, partial: Partial, told: bool, scene: &Scene) -> Option<Resolved> {
    let base = if told { Base::Told } else { Base::Published };
    let Some((anchor, hung)) = scene.base(base) else {
        return Some(without_year(partial));
    };
    if let (Some(weekday), None) = (partial.weekday, partial.month) {
        let back = i64::from((anchor.weekday() + 7 - u32::from(weekday)) % 7);
        let (day, reason) = match which {
            Which::Last => (
                anchor.plus_days(if back == 0 { -7 } else { -back })?,
                "the last such day before",
            ),
            Which::Next => (anchor.plus_days(7 - back)?, "the next such day after"),
            Which::This if scene.tense == Tense::Past => {
                (anchor.plus_days(-back)?, "the latest such day")
            }
            Which::This => (anchor.plus_days((7 - back) % 7)?, "the coming such day"),
        };
        return Some(plain(Period::Day(day), hung, reason, 920));
    }
    let year = anchor.year();
    // A period that begins in December spans the turn of the year.
    let order = |p: Period| p.days();
    let candidates = (-1..=1).filter_map(|n| in_year(partial, year + n));
    let mut last = None;
    let mut this = None;
    let mut next = None;
    let by_month = partial.day.is_none() && partial.sub.is_none();
    for period in candidates {
        let (from, to) = order(period)?;
        if to < anchor {
            last = Some(period);
        } else if from <= anchor {
            this = Some(period);
        } else if next.is_none() {
            next = Some(period);
        }
    }
    let (period, reason) = match which {
        Which::Last => (last?, "the last one before"),
        Which::Next => (next?, "the next one after"),
        Which::This => {
            let own = in_year(partial, year)?;
            let winter = matches!(partial.sub, Some(Sub::Season(Season::Winter)));
            let own = if winter && anchor.month() <= 4 {
                in_year(partial, year - 1)?
            } else {
                own
            };
            (
                if by_month { own } else { this.unwrap_or(own) },
                "this year's",
            )
        }
    };
    Some(plain(period, hung, reason, 900))
}

/// Whole units from the base.
fn shifted(unit: Unit, n: i32, base: Base, scene: &Scene) -> Resolved {
    let Some((anchor, hung)) = scene.base_of(base, unit) else {
        let value = match unit {
            Unit::Day => "XXXX-XX-XX",
            Unit::Week => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            _ => "XXXX",
        };
        return open(TimexType::Date, value, UNKNOWN, 500);
    };
    let told_as = scene.told;
    let period = match unit {
        Unit::Day => anchor.plus_days(i64::from(n)).map(Period::Day),
        Unit::Week => anchor.plus_days(7 * i64::from(n)).map(week_of),
        Unit::Weekend => return weekend(anchor, hung, n, scene),
        Unit::Month => anchor
            .plus_months(i64::from(n))
            .map(|d| Period::Month(d.year(), d.month())),
        Unit::Quarter => anchor
            .plus_months(3 * i64::from(n))
            .map(|d| Period::Quarter(d.year(), d.month().div_ceil(3))),
        Unit::Year => Some(Period::Year(anchor.year() + n)),
        Unit::Decade => Some(Period::Decade(anchor.year().div_euclid(10) + n)),
        Unit::Century => Some(Period::Century(anchor.year().div_euclid(100) + n)),
        _ => None,
    };
    // "the next day" after a month that was told is not known to the day.
    let vague = hung == Hung::Told
        && unit == Unit::Day
        && base == Base::Told
        && scene.told_day.is_none()
        && matches!(told_as, Some(Period::Year(_)));
    let reason = match (hung, n) {
        (Hung::Told, _) => "counted from the date told",
        (_, 0) => "the time of publication",
        _ => "counted from the publication date",
    };
    let sure = match (hung, unit) {
        (Hung::Told, _) => 750,
        (_, Unit::Day) => 950,
        _ => 900,
    };
    match period {
        Some(period) if !vague => plain(period, hung, reason, sure),
        _ => open(
            TimexType::Date,
            "XXXX-XX-XX",
            "the day told of is not known",
            400,
        ),
    }
}

fn week_of(day: Day) -> Period {
    let (year, week) = day.iso_week();
    Period::Week(year, week)
}

fn weekend(anchor: Day, hung: Hung, n: i32, scene: &Scene) -> Resolved {
    let weekday = anchor.weekday();
    // On Monday to Thursday the weekend that is past, unless the sentence looks ahead.
    let mut weeks = i64::from(n);
    if n == 0 && weekday < 5 && hung == Hung::Published {
        let ahead = scene.tense == Tense::Future
            || scene.tense != Tense::Past && weekday >= 3 && scene.cue != Cue::Behind;
        weeks = if ahead { 0 } else { -1 };
    }
    match anchor.plus_days(7 * weeks).map(Day::iso_week) {
        Some((y, w)) => plain(
            Period::Weekend(y, w),
            hung,
            "the weekend nearest to the publication date",
            800,
        ),
        None => open(TimexType::Date, "XXXX-WXX-WE", UNKNOWN, 400),
    }
}

/// "two weeks ago", "three days later".
fn offset(amount: Amount, unit: Unit, sign: i32, base: Base, scene: &Scene) -> Option<Resolved> {
    let vague =
        |value: &'static str| Some(open(TimexType::Date, value, "how long is not told", 600));
    let reference = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
    let Amount::Exact(hundredths) = amount else {
        return vague(reference);
    };
    // In a company's report "a year ago" is the same quarter a year before.
    if unit == Unit::Year
        && hundredths == 100
        && sign < 0
        && scene.report
        && let Some((year, quarter)) = scene.quarter
    {
        return Some(plain(
            Period::Quarter(year - 1, quarter),
            Hung::Told,
            "the same quarter a year before, as company reports say it",
            680,
        ));
    }
    let Some((anchor, hung)) = scene.base(base) else {
        return vague(reference);
    };
    let n = i64::from(sign) * i64::from(hundredths);
    let whole = n / 100;
    let year = |years: i64| i32::try_from(i64::from(anchor.year()) + years).ok();
    let period = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let stamp = scene.published.filter(|_| hung == Hung::Published);
            let per = match unit {
                Unit::Hour => 3600,
                Unit::Minute => 60,
                _ => 1,
            };
            match stamp.and_then(|s| s.time) {
                Some((h, m, s)) => {
                    let seconds =
                        i64::from(h) * 3600 + i64::from(m) * 60 + i64::from(s) + n * per / 100;
                    let day = anchor.plus_days(seconds.div_euclid(86_400))?;
                    let rest = seconds.rem_euclid(86_400) as u32;
                    let clock = Clock::new(rest / 3600, Some(rest / 60 % 60), None)?;
                    Some(Period::Clock(day, clock))
                }
                None => return vague(reference),
            }
        }
        Unit::Day => anchor.plus_days(whole).map(Period::Day),
        Unit::Weekend | Unit::Week => anchor.plus_days(7 * whole).map(week_of),
        Unit::Fortnight => anchor.plus_days(14 * whole).map(week_of),
        Unit::Month => anchor
            .plus_months(whole)
            .map(|d| Period::Month(d.year(), d.month())),
        Unit::Quarter => anchor
            .plus_months(3 * whole)
            .map(|d| Period::Quarter(d.year(), d.month().div_ceil(3))),
        Unit::Year if n % 100 != 0 => anchor
            .plus_months(n * 12 / 100)
            .map(|d| Period::Month(d.year(), d.month())),
        Unit::Year => year(whole).map(Period::Year),
        Unit::Decade => year(n / 10).map(Period::Year),
        Unit::Century => year(n).map(Period::Year),
        Unit::Millennium => year(n * 10).map(Period::Year),
        Unit::Season | Unit::Period => return vague(reference),
    };
    let reason = if hung == Hung::Published {
        "counted from the publication date"
    } else {
        "counted from the date told"
    };
    let sure = if hung == Hung::Published { 850 } else { 700 };
    match period.filter(|p| p.days().is_some()) {
        Some(period) => Some(plain(period, hung, reason, sure)),
        None => vague(reference),
    }
}

/// "two days before Christmas", "the week of March 6".
fn around(
    amount: Amount,
    unit: Unit,
    sign: i32,
    partial: Partial,
    scene: &Scene,
) -> Option<Resolved> {
    let day = dated(partial, scene)?;
    let Some(Period::Day(base)) = day.period else {
        return None;
    };
    if sign == 0 {
        return Some(Resolved {
            value: week_of(base).to_string(),
            period: Some(week_of(base)),
            others: Vec::new(),
            ..day
        });
    }
    let Amount::Exact(hundredths) = amount else {
        return None;
    };
    let n = i64::from(sign) * i64::from(hundredths) / 100;
    let there = match unit {
        Unit::Day => base.plus_days(n)?,
        Unit::Week => base.plus_days(7 * n)?,
        Unit::Fortnight => base.plus_days(14 * n)?,
        Unit::Month => base.plus_months(n)?,
        Unit::Year => base.plus_months(12 * n)?,
        _ => return None,
    };
    Some(Resolved {
        value: Period::Day(there).to_string(),
        period: Some(Period::Day(there)),
        others: Vec::new(),
        ..day
    })
}

/// Quarters as companies count them; without a number the last one that was told, or that ended.
fn quarter(n: u8, year: YearRef, scene: &Scene) -> Option<Resolved> {
    let known = scene.year(year);
    let said = (n > 0).then_some(u32::from(n));
    let Some((anchor, hung)) = scene.anchor() else {
        let quarter = said.map_or("X".to_owned(), |q| q.to_string());
        let year = known.map_or("XXXX".to_owned(), |(y, _)| year_text(y));
        return Some(open(
            TimexType::Date,
            format!("{year}-Q{quarter}"),
            UNKNOWN,
            500,
        ));
    };
    let current = anchor.month().div_ceil(3);
    let (last_year, last) = if current == 1 {
        (anchor.year() - 1, 4)
    } else {
        (anchor.year(), current - 1)
    };
    if let Some((year, hung)) = known {
        let q = said.or(scene.quarter.map(|(_, q)| q)).unwrap_or(last);
        return Some(plain(
            Period::Quarter(year, q),
            hung,
            "the year is told",
            850,
        ));
    }
    match said {
        Some(q) => {
            let mut year = anchor.year();
            if q > current && scene.looks_back() {
                year -= 1;
                // A report in January tells of the last quarter; in November the fiscal fourth is this year's.
                if q - current < 3 {
                    year += 1;
                }
            } else if q < current && scene.tense == Tense::Future && current - q > 1 {
                year += 1;
            }
            Some(plain(
                Period::Quarter(year, q),
                hung,
                "the quarter nearest to the publication date",
                930,
            ))
        }
        None => {
            let (year, q) = scene.quarter.unwrap_or((last_year, last));
            let hung = if scene.quarter.is_some() {
                Hung::Told
            } else {
                hung
            };
            Some(plain(
                Period::Quarter(year, q),
                hung,
                "the quarter that is reported",
                750,
            ))
        }
    }
}

fn same_period(n: i32, scene: &Scene) -> Option<Resolved> {
    if let Some((year, q)) = scene.quarter {
        return Some(plain(
            Period::Quarter(year + n, q),
            Hung::Told,
            "the same quarter of the year before",
            690,
        ));
    }
    match scene.anchor() {
        Some((anchor, hung)) => Some(plain(
            Period::Year(anchor.year() + n),
            hung,
            "the year before",
            650,
        )),
        None => Some(open(TimexType::Date, "XXXX", UNKNOWN, 400)),
    }
}

/// "that year", "the month": what was told, at this grain.
fn same(unit: Unit, scene: &Scene) -> Option<Resolved> {
    let quarter = scene.quarter.filter(|_| unit == Unit::Quarter);
    if let Some((year, q)) = quarter {
        return Some(plain(
            Period::Quarter(year, q),
            Hung::Told,
            "the quarter told of",
            750,
        ));
    }
    let (day, hung) = scene.base(Base::Told)?;
    if unit == Unit::Day && scene.told_day.is_none() && scene.told.is_some() {
        // "that day", and none was told: any day of which something holds.
        return None;
    }
    let period = match unit {
        Unit::Day => Period::Day(day),
        Unit::Week => week_of(day),
        Unit::Weekend => {
            let (y, w) = day.iso_week();
            Period::Weekend(y, w)
        }
        Unit::Month => Period::Month(day.year(), day.month()),
        Unit::Quarter => Period::Quarter(day.year(), day.month().div_ceil(3)),
        Unit::Year => Period::Year(day.year()),
        Unit::Decade => Period::Decade(day.year().div_euclid(10)),
        Unit::Century => Period::Century(day.year().div_euclid(100)),
        _ => return None,
    };
    Some(plain(period, hung, "the one told of", 750))
}

/// `P3M`, `PT30M`, `PXY`.
pub(super) fn length(amount: Amount, unit: Unit) -> Option<String> {
    let (time, code, times) = match unit {
        Unit::Second => ("T", "S", 1),
        Unit::Minute => ("T", "M", 1),
        Unit::Hour => ("T", "H", 1),
        Unit::Day => ("", "D", 1),
        Unit::Weekend => ("", "WE", 1),
        Unit::Week => ("", "W", 1),
        Unit::Fortnight => ("", "W", 2),
        Unit::Month => ("", "M", 1),
        Unit::Season => ("", "SE", 1),
        Unit::Quarter => ("", "Q", 1),
        Unit::Year => ("", "Y", 1),
        Unit::Decade => ("", "Y", 10),
        Unit::Century => ("", "Y", 100),
        Unit::Millennium => ("", "Y", 1000),
        Unit::Period => return Some("PXX".to_owned()),
    };
    let Amount::Exact(hundredths) = amount else {
        let code = match unit {
            Unit::Decade => "DE",
            Unit::Century => "CE",
            Unit::Millennium => "ML",
            _ => code,
        };
        return Some(format!("P{time}X{code}"));
    };
    let hundredths = hundredths.checked_mul(times)?;
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if part == 0 {
        return Some(format!("P{time}{whole}{code}"));
    }
    // Halves and quarters in the next smaller unit.
    let smaller = match unit {
        Unit::Minute => Some((60, "S")),
        Unit::Hour => Some((60, "M")),
        Unit::Year => Some((12, "M")),
        _ => None,
    };
    match smaller {
        Some((count, small)) if part * count % 100 == 0 => {
            let rest = part * count / 100;
            Some(if whole == 0 {
                format!("P{time}{rest}{small}")
            } else {
                format!("P{time}{whole}{code}{rest}{small}")
            })
        }
        _ => {
            let decimal = format!("{part:02}");
            Some(format!(
                "P{time}{whole}.{}{code}",
                decimal.trim_end_matches('0')
            ))
        }
    }
}

fn set(often: Often, time: Option<Time>) -> Option<String> {
    let part = match time {
        Some(Time::Part(part)) => format!("T{}", part.code()),
        _ => String::new(),
    };
    Some(match often {
        Often::Units(amount, unit) => length(amount, unit)?,
        Often::Weekday(day) => format!("XXXX-WXX-{}{part}", day + 1),
        Often::Weekdays => "XXXX-WXX-WD".to_owned(),
        Often::Weekends => "XXXX-WXX-WE".to_owned(),
        Often::Month(month) => format!("XXXX-{month:02}"),
        Often::Season(season) => format!("XXXX-{}", season.code()),
        Often::Part(part) => format!("XXXX-XX-XXT{}", part.code()),
        Often::Holiday(holiday) => match holiday.rule {
            HolidayRule::On(m, d) => format!("XXXX-{m:02}-{d:02}"),
            _ => "XXXX-XX-XX".to_owned(),
        },
    })
}
