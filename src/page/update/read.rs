//! Taking a text in, the worker's answers, and what the browser keeps.

use std::rc::Rc;

use super::{dialog, files, info, say, trouble};
use crate::action::{Effect, NotSaved, Taken, Target};
use crate::intake::{self, Intake};
use crate::language;
use crate::protocol::{self, File, FromWorker, ToFiles, ToWorker};
use crate::sample;
use crate::saved::{self, Entry, Stored};
use crate::state::{Engine, Job, Open, Purpose, Saving, State, bare};
use galley_engine::calendar::Stamp;
use galley_engine::document::Document;
use galley_engine::edits::{Edit, EditLog};
use galley_engine::text::SourceText;
use galley_formats::galley_json;

/// Bytes of a first screenful, for texts of three times that and more.
const FIRST: u32 = 8_000;
/// Starts of the worker in a row without a hello, after which the page goes on without it.
const STARTS: u8 = 3;

pub(super) fn take(state: &mut State, taken: Taken, out: &mut Vec<Effect>) {
    state.notice = None;
    match &taken.intake {
        Intake::Html(_) => out.push(Effect::ReduceHtml(taken)),
        Intake::Galley(json) => match galley_json::read(json) {
            Ok(document) => {
                let mut open = Open::new(taken.key, EditLog::new(document));
                open.name = taken.name;
                show(state, open, out);
                say(state, "Opened where it was left");
            }
            // What of it holds, the worker of files finds out.
            Err(_) => {
                let file =
                    File { name: taken.name.unwrap_or_default(), bytes: json.clone().into_bytes() };
                files::begin(state, taken.key, vec![file], out);
            }
        },
        Intake::Foreign(files) => {
            let files = files.clone();
            files::begin(state, taken.key, files, out);
        }
        Intake::Text(text) => {
            let text: Rc<str> = Rc::from(text.as_str());
            if let Some(remark) = intake::remark(&text) {
                info(state, &remark);
            }
            let published = taken.published.as_deref().and_then(Stamp::parse);
            let (key, name) = (taken.key, taken.name);
            begin(state, Purpose::Open { key, name }, text, published, out);
        }
    }
}

pub(super) fn sample(state: &mut State, key: String, out: &mut Vec<Effect>) {
    let taken =
        Taken { key, intake: Intake::Text(sample::TEXT.to_owned()), name: None, published: None };
    take(state, taken, out);
}

/// Gives the worker something to read; what it was reading is dropped.
pub(super) fn begin(
    state: &mut State,
    purpose: Purpose,
    text: Rc<str>,
    published: Option<Stamp>,
    out: &mut Vec<Effect>,
) {
    if state.job.as_ref().is_some_and(|j| j.posted) {
        out.push(Effect::RestartWorker);
        state.engine = Engine::default();
    }
    state.jobs += 1;
    let job = Job {
        number: state.jobs,
        purpose,
        text,
        published,
        posted: false,
        deaths: 0,
        estimate: None,
        late: false,
    };
    out.push(Effect::Wait(job.number));
    if let Engine::Gone(why) = &state.engine
        && !matches!(job.purpose, Purpose::Import(..))
    {
        let why = why.clone();
        trouble(state, &why);
        give_up(state, job, out);
        return;
    }
    state.job = Some(job);
    post(state, out);
}

/// A while has gone by since job `number` began.
pub(super) fn late(state: &mut State, number: u32) {
    if let Some(job) = state.job.as_mut().filter(|job| job.number == number) {
        job.late = true;
        say(state, "Reading");
    }
}

/// Posts the waiting job when the worker can be spoken to.
pub(super) fn post(state: &mut State, out: &mut Vec<Effect>) {
    let Some(job) = state.job.as_mut().filter(|j| !j.posted) else {
        return;
    };
    if let Purpose::Import(_, files) = &job.purpose {
        if state.files {
            job.posted = true;
            let (job, files) = (job.number, files.to_vec());
            out.push(Effect::PostFiles(ToFiles::Open { job, files }));
        }
    } else if state.engine == Engine::Ready {
        job.posted = true;
        let (id, first) = match &job.purpose {
            Purpose::Open { name, .. } => (name.clone(), FIRST),
            _ => (None, 0),
        };
        out.push(Effect::Post(ToWorker::Analyze {
            job: job.number,
            text: job.text.to_string(),
            id: id.map(|n| stem(&n).to_owned()),
            published: job.published.map(|s| s.to_string()),
            first,
            words: state.own.kept.clone(),
        }));
    }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

pub(super) fn worker(state: &mut State, message: FromWorker, out: &mut Vec<Effect>) {
    match message {
        FromWorker::Hello { protocol, build, trouble: why, sample } => {
            match protocol::objection(protocol, &build) {
                Some(why) => gone(state, why, out),
                None => {
                    state.engine = Engine::Ready;
                    if let Some(why) = why {
                        trouble(state, &why);
                    }
                    post(state, out);
                    if state.open.is_none() && state.job.is_none() {
                        out.push(Effect::Rehearse(sample));
                    }
                    files::start(state, out);
                }
            }
        }
        FromWorker::Document { job, partial, json, millis } => {
            let Some(current) = state.job.as_ref().filter(|j| j.number == job) else {
                return;
            };
            let text = std::str::from_utf8(&json).unwrap_or_default();
            match galley_json::read(text) {
                Ok(document) if partial => first(state, document, millis),
                Ok(document) => {
                    let job = current.clone();
                    state.job = None;
                    whole(state, job, document, millis, out);
                }
                Err(_) if partial => {}
                Err(why) => {
                    let job = current.clone();
                    state.job = None;
                    trouble(state, &format!("The reader's answer could not be used: {why}."));
                    give_up(state, job, out);
                }
            }
        }
        FromWorker::Failed { job, message } => {
            if state.job.as_ref().is_some_and(|j| j.number == job) {
                state.job = None;
                trouble(state, &format!("The text could not be read: {message}."));
            }
        }
    }
}

/// The first screenful: the whole text is shown, its beginning marked.
fn first(state: &mut State, mut document: Document, millis: u32) {
    let Some(Job { purpose: Purpose::Open { key, name }, text, estimate, .. }) = &mut state.job
    else {
        return;
    };
    let Ok(whole) = SourceText::new(text) else {
        return;
    };
    if whole.as_str().starts_with(document.text.as_str()) {
        let part = document.text.len().max(1) as u64;
        let all = u64::from(millis.max(1)) * whole.len() as u64 / part;
        *estimate = u32::try_from(all).ok();
        document.text = whole;
        let mut open = Open::new(key.clone(), EditLog::new(document));
        open.name = name.clone();
        open.partial = true;
        state.open = Some(open);
    }
}

fn whole(state: &mut State, job: Job, document: Document, millis: u32, out: &mut Vec<Effect>) {
    match job.purpose {
        Purpose::Open { key, name } => {
            let mut open = Open::new(key, EditLog::new(document));
            open.name = name;
            open.millis = Some(millis);
            // What the person already looked at while it filled in stays as it was.
            let mut fresh = true;
            if let Some(before) = state.open.take().filter(|o| o.partial && o.key == open.key) {
                fresh = false;
                open.tab = before.tab;
                open.sheet = before.sheet;
                open.filter = before.filter;
                open.drawn = before.drawn;
                open.redraw();
            }
            let found = open.shown.annotations.len();
            if state.notice.is_none() && !language::looks_english(&open.text) {
                info(
                    state,
                    "This does not look like English, the one language that Galley reads: what it found may be wrong. Select words to mark them by hand.",
                );
            }
            if fresh {
                show(state, open, out);
            } else {
                keep(state, open, out);
            }
            say(state, &format!("{found} found. J and K go through them, ? lists the keys."));
        }
        Purpose::Revise(key) => dialog::revised(state, &key, &job.text, Some(document), out),
        Purpose::Import(..) => {}
        Purpose::Reread | Purpose::Again => {
            let again = job.purpose == Purpose::Again;
            let Some(open) = &mut state.open else { return };
            let published = document.published;
            match open.log.apply(Edit::Reread(Box::new(document))) {
                Ok(()) => {
                    open.refresh();
                    let found = open.shown.annotations.len();
                    let day = published.map_or("unknown".to_owned(), |p| p.day.to_string());
                    let said = match again {
                        true => format!("Read again: {found} found"),
                        false => format!("Publication date: {day}. Relative dates follow it."),
                    };
                    say(state, &said);
                    save(state, out);
                }
                Err(why) => trouble(state, &format!("Nothing was changed: {why}.")),
            }
        }
    }
}

/// Shows a document as the person's own: remembered, saved, with the focus in its text.
pub(super) fn show(state: &mut State, open: Open, out: &mut Vec<Effect>) {
    keep(state, open, out);
    out.push(Effect::Focus(Target::Article));
}

fn keep(state: &mut State, open: Open, out: &mut Vec<Effect>) {
    out.push(Effect::Remember(Some(open.key.clone())));
    state.open = Some(open);
    save_with_base(state, out);
}

pub(super) fn died(state: &mut State, out: &mut Vec<Effect>) {
    let deaths = match state.engine {
        Engine::Gone(_) => return,
        Engine::Starting { deaths } => deaths + 1,
        Engine::Ready => 0,
    };
    state.engine = Engine::Starting { deaths };
    if let Some(job) = &mut state.job
        && job.posted
    {
        job.posted = false;
        job.deaths += 1;
        if job.deaths >= 2 {
            let job = state.job.take();
            trouble(
                state,
                "The reader stopped twice over this text and was started again. Your edits are kept; the text can be annotated by hand.",
            );
            if let Some(job) = job {
                give_up(state, job, out);
            }
        } else {
            info(state, "The reader stopped and was started again. Your edits are kept.");
        }
    }
    if deaths >= STARTS {
        gone(
            state,
            "The reader does not start in this browser. Reload the page; your edits are kept. Texts can be annotated by hand.".to_owned(),
            out,
        );
    } else {
        out.push(Effect::RestartWorker);
    }
}

fn gone(state: &mut State, why: String, out: &mut Vec<Effect>) {
    trouble(state, &why);
    state.engine = Engine::Gone(why);
    files::start(state, out);
    if let Some(job) = state.job.take() {
        give_up(state, job, out);
    }
}

/// No reader for this job: the text is opened to be annotated by hand, a new date is set as it is.
fn give_up(state: &mut State, job: Job, out: &mut Vec<Effect>) {
    match job.purpose {
        Purpose::Open { key, name } => {
            let mut document = bare(&job.text);
            document.published = job.published;
            let mut open = Open::new(key, EditLog::new(document));
            open.name = name;
            show(state, open, out);
        }
        Purpose::Revise(key) => dialog::revised(state, &key, &job.text, None, out),
        Purpose::Again => dialog::unread(state),
        // What is wrong is said already.
        Purpose::Import(..) => {}
        Purpose::Reread => {
            if let Some(open) = &mut state.open
                && open.log.apply(Edit::SetPublished(job.published)).is_ok()
            {
                open.refresh();
                save(state, out);
            }
        }
    }
}

pub(super) fn cancel(state: &mut State, out: &mut Vec<Effect>) {
    let Some(job) = state.job.take() else { return };
    if job.posted {
        out.push(Effect::RestartWorker);
        state.engine = Engine::default();
    }
    say(state, "Reading was cancelled");
    if let Some(open) = &mut state.open
        && open.partial
    {
        open.partial = false;
        info(
            state,
            "Reading was cancelled: only the beginning is marked. The rest can be annotated by hand.",
        );
        save_with_base(state, out);
    }
}

pub(super) fn close(state: &mut State, out: &mut Vec<Effect>) {
    if state.job.is_some() {
        cancel(state, out);
    }
    state.open = None;
    state.notice = None;
    out.extend([Effect::Remember(None), Effect::LoadShelf, Effect::Focus(Target::Id("paste"))]);
}

pub(super) fn kept(
    state: &mut State,
    key: &str,
    stored: Option<Box<Stored>>,
    out: &mut Vec<Effect>,
) {
    let Some(stored) = stored else {
        out.push(Effect::Remember(None));
        return;
    };
    match saved::open(&stored) {
        Ok((log, lost)) => {
            let mut open = Open::new(key.to_owned(), log);
            open.revision = stored.entry.revision;
            out.push(Effect::Remember(Some(open.key.clone())));
            state.open = Some(open);
            state.notice = None;
            say(state, "Opened where it was left");
            if lost > 0 {
                trouble(
                    state,
                    &format!(
                        "{lost} of your edits could not be read again; the rest is as you left it."
                    ),
                );
            }
            out.push(Effect::Focus(Target::Article));
        }
        Err(why) => {
            out.push(Effect::Remember(None));
            trouble(
                state,
                &format!(
                    "“{}” is damaged in this browser's storage: {why}. It stays in the list; open your downloaded copy if you have one.",
                    stored.entry.title
                ),
            );
        }
    }
}

/// Saves the edits (the reading they began with is already there).
pub(super) fn save(state: &mut State, out: &mut Vec<Effect>) {
    ask(state, false, out);
}

fn save_with_base(state: &mut State, out: &mut Vec<Effect>) {
    ask(state, true, out);
}

fn ask(state: &mut State, base: bool, out: &mut Vec<Effect>) {
    let Some(open) = state.open.as_mut().filter(|o| !o.partial) else {
        return;
    };
    if let Saving::Saving { again } = &mut open.saving {
        *again = true;
        return;
    }
    // A document that is not yet in storage (revision 0) is saved whole.
    match saving(open, base || open.revision == 0) {
        Ok(save) => {
            open.saving = Saving::Saving { again: false };
            out.push(save);
        }
        Err(why) => open.saving = Saving::Failed(why.to_string()),
    }
}

/// What saves a document: its line, its edits, and the reading before them where that is asked for.
pub(super) fn saving(open: &Open, base: bool) -> Result<Effect, galley_formats::FormatError> {
    let base = base.then(|| galley_json::write(open.log.base(), false)).transpose()?;
    let words = open.shown.text.as_str().split_whitespace().count();
    Ok(Effect::Save {
        entry: Entry {
            key: open.key.clone(),
            title: open.title(),
            updated: 0,
            revision: open.revision,
            words: u32::try_from(words).unwrap_or(u32::MAX),
            edits: u32::try_from(open.log.cursor()).unwrap_or(u32::MAX),
        },
        base,
        edits: saved::write_edits(&open.log),
    })
}

pub(super) fn saved(state: &mut State, key: &str, revision: u32, out: &mut Vec<Effect>) {
    let Some(open) = state.open.as_mut().filter(|o| o.key == key) else {
        return;
    };
    let again = open.saving == Saving::Saving { again: true };
    open.revision = revision;
    open.saving = Saving::Saved;
    if again {
        save(state, out);
    }
}

pub(super) fn not_saved(state: &mut State, key: &str, why: NotSaved, out: &mut Vec<Effect>) {
    let Some(open) = state.open.as_mut().filter(|o| o.key == key) else {
        return;
    };
    match why {
        NotSaved::Conflict(fresh) => {
            open.key = fresh;
            open.copy = true;
            open.revision = 0;
            open.saving = Saving::Saved;
            out.push(Effect::Remember(Some(open.key.clone())));
            info(
                state,
                "This document was changed in another tab. Nothing was overwritten: this tab goes on with a copy of its own.",
            );
            save_with_base(state, out);
        }
        NotSaved::Refused(why) => {
            open.saving = Saving::Failed(why.clone());
            trouble(
                state,
                &format!(
                    "Your edits are not kept in this browser: {why} Download the document now."
                ),
            );
        }
    }
}

pub(super) fn forget(state: &mut State, key: String, out: &mut Vec<Effect>) {
    if state.open.as_ref().is_some_and(|o| o.key == key) {
        close(state, out);
    }
    out.insert(0, Effect::Forget(key));
}

/// The browser has deleted it: not before that is it said, as the tab may be closed at any moment.
pub(super) fn forgotten(state: &mut State, key: &str) {
    state.shelf.retain(|e| e.key != key);
    say(state, "Forgotten");
}
