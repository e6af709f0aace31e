//! Patterns of the reader's own, and what corrections teach.

use super::announce::{announce, announce_still_reading};
use super::outcome::Outcome;
use super::saving::save_edits;
use super::{suggest, word_list};
use crate::action::{DialogAction, LearnAction};
use crate::dialog::Dialog;
use crate::effect::{Effect, Target};
use crate::learning::{Trial, TrialPurpose};
use crate::protocol::{KeptDocument, LearnedReport, ToEngine};
use crate::state::{Search, State};
use crate::words::counted;
use galley_engine::document::{Body, Status};
use galley_engine::edits::Edit;
use galley_engine::patterns::shipped_patterns;
use galley_engine::text::Span;
use galley_engine::user_words;

pub(super) fn handle_action(state: &mut State, action: LearnAction, out: &mut Outcome) {
    match action {
        LearnAction::Start => {
            // Another list may hold another share, and other entries to be doubted.
            let same_list = |from: &&(Vec<(String, u32)>, String)| from.1 == state.words.stored;
            let known = state.learning.learned_from.as_ref().filter(same_list);
            out.effect(Effect::GatherCorrected(known.map(|from| from.0.clone())));
        }
        LearnAction::Gathered(None) => {}
        LearnAction::Gathered(Some(documents)) => {
            state.learning.waiting = Some(documents);
            post_lessons(state, out);
        }
        LearnAction::Suggest(action) => suggest::handle_action(state, action, out),
        LearnAction::Learned(report) => take_report(state, report),
        LearnAction::Open => {
            state.dialog = Some(Dialog::Learned);
            state.announced.text.clear();
            out.effect(Effect::Focus(Target::Id("dialog")));
            out.follow_up(LearnAction::Start);
        }
        LearnAction::Switch => switch(state, out),
        LearnAction::RestoreOff => state.learning.off = true,
        LearnAction::MarkReviewed => mark_reviewed(state, out),
        LearnAction::DropEntry(line) => {
            let (file, _) = user_words::parse_word_list(&line);
            for entry in file.entries {
                let at = state.words.list.entries.iter().position(|e| *e == entry);
                if let Some(at) = at {
                    word_list::remove_entry(state, at, out);
                }
            }
            forget_doubt(state, &line);
        }
        LearnAction::KeepEntry(line) => forget_doubt(state, &line),
        LearnAction::DropShare => {
            state.words.list.learned = None;
            word_list::store_list(state, out);
            announce(state, "What a colleague had learned is forgotten");
            out.follow_up(LearnAction::Start);
        }
        LearnAction::Try(purpose, pattern, any_case) => {
            try_pattern(state, purpose, pattern, any_case, out);
        }
        LearnAction::Tried { job, hits, trouble } => take_hits(state, job, hits, trouble, out),
        LearnAction::ShowHit(at) => {
            let hits = state.learning.trial.as_ref().and_then(|t| t.result.as_ref()?.as_ref().ok());
            if let Some(&span) = hits.and_then(|hits| hits.get(at)) {
                state.dialog = None;
                out.effect(Effect::ShowSpan(span));
                out.effect(Effect::Focus(Target::Article));
            }
        }
        LearnAction::ToggleShipped(at) => toggle_shipped(state, at, out),
        LearnAction::RemovePattern(at) => {
            if at < state.words.list.patterns.len() {
                state.words.list.patterns.remove(at);
                word_list::store_list(state, out);
                announce(state, "Pattern removed");
            }
        }
    }
}

/// Sends the corrected documents once the worker takes messages.
fn post_lessons(state: &mut State, out: &mut Outcome) {
    if !state.engine.is_ready() {
        return;
    }
    let Some(documents) = state.learning.waiting.take() else {
        return;
    };
    if documents.is_empty() && state.words.list.learned.is_none() && state.learning.report.is_none()
    {
        return;
    }
    let from = documents.iter().map(|d| (d.key.clone(), d.revision)).collect();
    state.learning.learned_from = Some((from, state.words.stored.clone()));
    state.learning.busy = true;
    let documents: Vec<KeptDocument> = documents;
    let words = state.words.stored.clone();
    out.effect(Effect::PostEngine(ToEngine::Learn { documents, words }));
}

fn take_report(state: &mut State, report: LearnedReport) {
    state.learning.busy = false;
    state.learning.taught = true;
    state.learning.labels.clone_from(&report.labels);
    let nothing = report.articles.is_empty() && report.colleagues == 0;
    state.learning.report = (!nothing).then_some(report);
    if state.dialog == Some(Dialog::Learned) {
        let summary = state.learning.summary();
        announce(state, &summary);
    }
}

fn switch(state: &mut State, out: &mut Outcome) {
    state.learning.off = !state.learning.off;
    let stored = state.learning.off.then(|| "off".to_owned());
    out.effect(Effect::StoreSetting("learned", stored));
    announce(
        state,
        match state.learning.off {
            true => "What was learned is not used, from the next article on",
            false => "What was learned is used where it helps, from the next article on",
        },
    );
}

/// Accepts all names that nobody has checked, as one edit.
fn mark_reviewed(state: &mut State, out: &mut Outcome) {
    if state.open.as_ref().is_some_and(|open| open.partial) {
        return announce_still_reading(state);
    }
    let Some(open) = &mut state.open else { return };
    let unchecked = open.shown.annotations.iter().filter(|a| {
        a.status == Status::Machine && matches!(&a.body, Body::Entity(e) if e.label.is_name())
    });
    let accepts: Vec<Edit> = unchecked.map(|a| Edit::Accept(a.id.clone())).collect();
    let count = accepts.len();
    if count == 0 {
        return announce(state, "Every name of this article has been checked");
    }
    if let Err(why) = open.log.apply(Edit::Batch(accepts)) {
        return announce(state, &format!("This was not done: {why}"));
    }
    open.refresh();
    save_edits(state, out);
    let names = counted(count, "name");
    announce(state, &format!("Marked as reviewed: {names} accepted. Undo takes it back."));
}

fn forget_doubt(state: &mut State, line: &str) {
    if let Some(report) = &mut state.learning.report {
        report.doubtful.retain(|doubt| doubt.0 != line);
    }
}

fn try_pattern(
    state: &mut State,
    purpose: TrialPurpose,
    pattern: String,
    any_case: bool,
    out: &mut Outcome,
) {
    if !state.engine.is_ready() {
        return announce(state, "The reader is not ready yet: try again in a moment");
    }
    state.last_job += 1;
    let job = state.last_job;
    let text = state.open.as_ref().map_or(String::new(), |open| open.text.to_string());
    let message = ToEngine::TryPattern { job, pattern: pattern.clone(), any_case, text };
    state.learning.trial = Some(Trial { job, pattern, any_case, purpose, result: None });
    out.effect(Effect::PostEngine(message));
}

fn take_hits(
    state: &mut State,
    job: u32,
    hits: Vec<(u32, u32)>,
    trouble: Option<String>,
    out: &mut Outcome,
) {
    let Some(trial) = state.learning.trial.as_mut().filter(|trial| trial.job == job) else {
        return;
    };
    let spans = hits.into_iter().map(|(start, end)| Span::new(start as usize, end as usize));
    let spans: Vec<Span> = spans.collect();
    let sentence = match (&trouble, spans.len()) {
        (Some(why), _) => format!("This pattern cannot be used: {why}"),
        (None, _) if state.open.is_none() => "The pattern can be used".to_owned(),
        (None, 0) => "The pattern matches nothing in this article".to_owned(),
        (None, 1) => "1 match in this article".to_owned(),
        (None, n) => format!("{n} matches in this article"),
    };
    let purpose = trial.purpose.clone();
    trial.result = Some(match trouble {
        None => Ok(spans.clone()),
        Some(why) => Err(why),
    });
    let sound = matches!(trial.result, Some(Ok(_)));
    match purpose {
        TrialPurpose::Look => announce(state, &sentence),
        TrialPurpose::Add(line) if sound => {
            out.follow_up(DialogAction::AddLines(line));
            out.effect(Effect::FillField("pattern", String::new()));
        }
        TrialPurpose::Add(_) => announce(state, &sentence),
        TrialPurpose::Find => {
            if let Some(open) = &mut state.open {
                let query = open.search.as_ref().map_or(String::new(), |s| s.query.clone());
                if let Some(&first) = spans.first() {
                    out.effect(Effect::ShowSpan(first));
                }
                let hits = spans.into_iter().take(Search::MAX_HITS).collect();
                open.search =
                    Some(Search { query, hits: std::rc::Rc::new(hits), ..Search::default() });
            }
            announce(state, &sentence);
        }
    }
}

/// Puts a pattern that comes with the program on the list, or takes it off.
fn toggle_shipped(state: &mut State, at: usize, out: &mut Outcome) {
    let Some(shipped) = shipped_patterns().into_iter().nth(at) else {
        return;
    };
    let list = &mut state.words.list.patterns;
    let known = list.iter().position(|p| p.pattern == shipped.rule.pattern);
    let said = match known {
        Some(at) => {
            list.remove(at);
            format!("{}: off", shipped.name)
        }
        None => {
            state.words.list.set_pattern(shipped.rule);
            format!("{}: on, from the next article on", shipped.name)
        }
    };
    word_list::store_list(state, out);
    announce(state, &said);
}
