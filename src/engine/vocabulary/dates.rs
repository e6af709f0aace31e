//! Words of dates, in lowercase.

use super::{WordMap, WordSet};

/// Words that dates are made of, each with its class as the file spells it.
pub static DATE_WORDS: WordMap<&'static str> =
    WordMap::new(include_str!("dates/date_words.txt"), Some);

/// Holidays, each with the rule for its day as the file spells it.
pub static HOLIDAYS: WordMap<&'static str> = WordMap::new(include_str!("dates/holidays.txt"), Some);

/// Words that show the tense of a clause without a form of the past.
pub static VERB_CUES: WordMap<VerbCue> =
    WordMap::new(include_str!("dates/verb_cues.txt"), VerbCue::parse);

/// Time zones by name.
pub static TIME_ZONES: WordMap<Zone> =
    WordMap::new(include_str!("dates/time_zones.txt"), Zone::parse);

/// What bears a holiday's name and is none: "Easter Island".
pub static NAMED_FOR_HOLIDAYS: WordSet = WordSet::new(include_str!("dates/named_for_holidays.txt"));

/// Papers and programmes that bear a weekday's name: "the Sunday Times".
pub static NAMED_FOR_WEEKDAYS: WordSet = WordSet::new(include_str!("dates/named_for_weekdays.txt"));

/// Words after "May" that make it a verb or a person's name.
pub static AFTER_MODAL_MAY: WordSet = WordSet::new(include_str!("dates/after_modal_may.txt"));

/// Events that bear the month's name: "the May election".
pub static EVENTS_OF_MAY: WordSet = WordSet::new(include_str!("dates/events_of_may.txt"));

/// Words after "May Day" that make it a cry for help.
pub static MAYDAY_CALLS: WordSet = WordSet::new(include_str!("dates/mayday_calls.txt"));

/// Words after "am" that make it no half of the day: "5 am radio".
pub static AFTER_VERB_AM: WordSet = WordSet::new(include_str!("dates/after_verb_am.txt"));

/// Words for streets: a number before "Elm Street" is a house's.
pub static STREETS: WordSet = WordSet::new(include_str!("dates/streets.txt"));

/// Words with a capital before the number of a door: "Apt. 1999".
pub static BEFORE_DOOR_NUMBER: WordSet = WordSet::new(include_str!("dates/before_door_number.txt"));

/// Words before "over" that make it "more than".
pub static BEFORE_LONGER_LENGTH: WordSet =
    WordSet::new(include_str!("dates/before_longer_length.txt"));

/// Words with a capital before a weekday that is a name with it: "Super Tuesday".
pub static BEFORE_NAMED_WEEKDAY: WordSet =
    WordSet::new(include_str!("dates/before_named_weekday.txt"));

/// Verbs whose "to", "for" or "until" leads to a day ahead, in whatever tense they stand.
pub static SCHEDULING_VERBS: WordSet = WordSet::new(include_str!("dates/scheduling_verbs.txt"));

/// Words before a weekday that tie it to a noun or to what is over.
pub static COMPARED_OR_GONE: WordSet = WordSet::new(include_str!("dates/compared_or_gone.txt"));

/// What runs from one year into the next, and is named by both: "the 2021-22 season".
pub static SEASON_NOUNS: WordSet = WordSet::new(include_str!("dates/season_nouns.txt"));

/// Words that end the name of such a season: what stands behind them is something else.
pub static AFTER_SEASON_YEARS: WordSet = WordSet::new(include_str!("dates/after_season_years.txt"));

/// Words of games, whose quarters are no quarters of a year.
pub static GAME_WORDS: WordSet = WordSet::new(include_str!("dates/game_words.txt"));

/// Words of reports on business, whose quarters are of the year.
pub static BUSINESS_WORDS: WordSet = WordSet::new(include_str!("dates/business_words.txt"));

/// Possessive pronouns.
pub static POSSESSIVES: WordSet = WordSet::new(include_str!("dates/possessives.txt"));

/// Adjectives between a number and a unit of time: "three trading days".
pub static LENGTH_ADJECTIVES: WordSet = WordSet::new(include_str!("dates/length_adjectives.txt"));

/// Nouns after "minute" that make it an adjective: "a minute amount".
pub static AFTER_ADJECTIVE_MINUTE: WordSet =
    WordSet::new(include_str!("dates/after_adjective_minute.txt"));

/// Words before "last" that make it a verb: "it would last two years".
pub static BEFORE_VERB_LAST: WordSet = WordSet::new(include_str!("dates/before_verb_last.txt"));

/// Words after a number that show that it ends there: "May 3 and 4 were".
pub static AFTER_COUNTED_DAY: WordSet = WordSet::new(include_str!("dates/after_counted_day.txt"));

/// What is counted in a speed: "157 miles per hour".
pub static SPEED_UNITS: WordSet = WordSet::new(include_str!("dates/speed_units.txt"));

/// Words before "a year" that make it a length and no rate: "took a year".
pub static BEFORE_SINGLE_UNIT: WordSet = WordSet::new(include_str!("dates/before_single_unit.txt"));

/// Words after a four-digit number that make it a count and no year.
pub static AFTER_COUNT: WordSet = WordSet::new(include_str!("dates/after_count.txt"));

/// Events that are named with their year: "Film Festival 2014".
pub static YEARLY_EVENTS: WordSet = WordSet::new(include_str!("dates/yearly_events.txt"));

/// Words before a four-digit number that make it a count or a name and no year.
pub static BEFORE_COUNT: WordSet = WordSet::new(include_str!("dates/before_count.txt"));

/// Words after which a date lies ahead.
pub static BEFORE_COMING_DATE: WordSet = WordSet::new(include_str!("dates/before_coming_date.txt"));

/// Words whose "until" or "to" lies ahead, in whatever tense they stand.
pub static POSTPONING_VERBS: WordSet = WordSet::new(include_str!("dates/postponing_verbs.txt"));

/// Words that open a noun phrase: a participle after them belongs to a noun.
pub static DETERMINERS: WordSet = WordSet::new(include_str!("dates/determiners.txt"));

/// Past forms and participles that do not end in -ed.
pub static IRREGULAR_PAST_FORMS: WordSet =
    WordSet::new(include_str!("dates/irregular_past_forms.txt"));

/// Words after which a verb stands in its plain form.
pub static BEFORE_INFINITIVE: WordSet = WordSet::new(include_str!("dates/before_infinitive.txt"));

/// What somebody "is …ing" on a day to come; without the ending.
pub static PLANNED_ACTIVITIES: WordSet = WordSet::new(include_str!("dates/planned_activities.txt"));

/// Words in -ed that are no verbs, or tell nothing.
pub static NO_PAST_FORMS: WordSet = WordSet::new(include_str!("dates/no_past_forms.txt"));

/// Participles of what was tried: "could not be reached for comment" lies back.
pub static SOUGHT_IN_VAIN: WordSet = WordSet::new(include_str!("dates/sought_in_vain.txt"));

/// What a word shows of its clause's tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbCue {
    /// "will": to come.
    Will,
    /// "scheduled": to come.
    Scheduled,
    /// "set to", "set for": to come.
    Set,
    /// "predicted to": to come.
    Predicted,
    /// "expected by": to come.
    Expected,
    /// "planned for": to come.
    Planned,
    /// "planning a": to come.
    Planning,
    /// "hopes to": to come.
    Intends,
    /// "is".
    Be,
    /// "'re".
    ShortBe,
    /// "does".
    Do,
    /// "has": what has happened lies back.
    Have,
    /// "would".
    Would,
    /// "could".
    Could,
    /// "may".
    Modal,
    /// "opens on Friday": to come, of a plan.
    Opens,
    /// "polls open on Friday": the same behind a plural.
    Open,
    /// "holds its vote on Friday": to come, of a plan.
    Holds,
    /// "says".
    Present,
    /// "cut": past and plain form are spelled alike.
    OneForm,
}

impl VerbCue {
    fn parse(name: &'static str) -> Option<VerbCue> {
        Some(match name {
            "will" => VerbCue::Will,
            "scheduled" => VerbCue::Scheduled,
            "set" => VerbCue::Set,
            "predicted" => VerbCue::Predicted,
            "expected" => VerbCue::Expected,
            "planned" => VerbCue::Planned,
            "planning" => VerbCue::Planning,
            "intends" => VerbCue::Intends,
            "be" => VerbCue::Be,
            "short-be" => VerbCue::ShortBe,
            "do" => VerbCue::Do,
            "have" => VerbCue::Have,
            "would" => VerbCue::Would,
            "could" => VerbCue::Could,
            "modal" => VerbCue::Modal,
            "opens" => VerbCue::Opens,
            "open" => VerbCue::Open,
            "holds" => VerbCue::Holds,
            "present" => VerbCue::Present,
            "one-form" => VerbCue::OneForm,
            _ => return None,
        })
    }
}

/// What a time zone's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// It is one in any sentence, not only in a line that is a date.
    pub anywhere: bool,
    /// Minutes ahead of UTC; `None` where the name stands for several zones.
    pub minutes: Option<i16>,
}

impl Zone {
    /// Reads a zone as the word list spells it: `anywhere -300`.
    fn parse(text: &str) -> Option<Zone> {
        let (place, minutes) = match text.split_once(' ') {
            Some((place, minutes)) => (place, Some(minutes.parse().ok()?)),
            None => (text, None),
        };
        let anywhere = match place {
            "anywhere" => true,
            "line" => false,
            _ => return None,
        };
        Some(Zone { anywhere, minutes })
    }
}
