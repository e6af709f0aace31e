//! The page that tells what corrections taught, and the part of the word list that holds patterns.

use yew::{Callback, Html, MouseEvent, SubmitEvent, html};

use super::dom;
use super::shared::{Emit, dispatch};
use crate::action::{Action, DialogAction, EditAction, LearnAction, StorageAction, SuggestAction};
use crate::learning::{Trial, TrialPurpose, context_around, describe_label};
use crate::protocol::LabelRow;
use crate::state::{Open, State};
use crate::words::counted;
use galley_engine::document::{Body, Label, Status};
use galley_engine::patterns::shipped_patterns;
use galley_engine::user_words::{WordRule, parse_word_list};

/// Hits of a tried pattern that are listed.
const MAX_HITS: usize = 20;
/// Characters of the text before and after a hit.
const CONTEXT: usize = 30;

/// What was learned, from what, and what it changed.
pub(super) fn learned_page(state: &State, emit: &Emit) -> Html {
    let learning = &state.learning;
    let unchecked = state.open.as_ref().map(|open| {
        let names = open.shown.annotations.iter().filter(|a| {
            a.status == Status::Machine && matches!(&a.body, Body::Entity(e) if e.label.is_name())
        });
        names.count()
    });
    let report = learning.report.clone().unwrap_or_default();
    let lessons = report.articles.iter().enumerate().map(|(i, article)| {
        let facts = match i {
            0 => format!("{} corrections", article.without),
            _ => format!("{} corrections, with what was learned before {}", article.without, article.with),
        };
        html! { <li key={i}><span class="text">{ &article.title }</span><span class="facts">{ facts }</span></li> }
    });
    let changes = report.changes.iter().enumerate().map(|(i, (words, before, now, places))| {
        let times = if *places > 1 { format!(", {places} places") } else { String::new() };
        html! {
            <li key={i}>
                <span class="text">{ words }</span>
                <span class="facts">{ format!("{before} → {now}{times}") }</span>
            </li>
        }
    });
    let doubtful = report
        .doubtful
        .iter()
        .map(|(line, agreed, against)| doubtful_row(line, *agreed, *against, emit));
    html! {
        <>
            <p id="learned-said">{ learning.summary() }</p>
            <p class="note">{ "Galley counts in each corrected article what it would have needed with and without what it had learned before. Only what is sure to save corrections is used, in the articles that are read from now on; marks that changed through it say so. All is learned anew from the articles that this browser keeps: an article that is forgotten has taught nothing." }</p>
            <div class="row">
                <button id="learned-switch" role="switch" aria-checked={(!learning.off).to_string()} onclick={dispatch(emit, LearnAction::Switch)}>
                    { if learning.off { "Off: use what was learned" } else { "On where it helps: switch off" } }
                </button>
                if let Some(count) = unchecked {
                    <button id="reviewed" disabled={count == 0} onclick={dispatch(emit, LearnAction::MarkReviewed)}>
                        { match count {
                            0 => "This article is reviewed".to_owned(),
                            1 => "Mark this article as reviewed (accept 1 name)".to_owned(),
                            n => format!("Mark this article as reviewed (accept {n} names)"),
                        } }
                    </button>
                    <button onclick={dispatch(emit, EditAction::Undo)}>{ "Undo" }</button>
                }
            </div>
            if !learning.labels.is_empty() {
                <h3>{ "Your own labels" }</h3>
                <ul id="own-learned" class="rows">{ for learning.labels.iter().map(label_line) }</ul>
                if learning.labels.iter().any(|l| l.server.is_some()) {
                    <div class="row">
                        <button id="suggest-everywhere" onclick={dispatch(emit, SuggestAction::Everywhere)}>
                            { match &state.shelf.collection {
                                Some(name) => format!("Suggest from these examples in {name}"),
                                None => "Suggest from these examples in all documents".to_owned(),
                            } }
                        </button>
                    </div>
                }
                if let Some(rows) = &learning.everywhere {
                    <ul id="everywhere" class="rows" aria-label="Documents with suggestions">
                        for row in rows.iter().take(100) {
                            <li key={row.key.clone()}>
                                <button class="kept" onclick={dispatch(emit, StorageAction::Open(row.key.clone()))}>{ &row.title }</button>
                                <span class="facts">{ counted(row.suggestions as usize, "suggestion") }</span>
                            </li>
                        }
                    </ul>
                    if rows.is_empty() {
                        <p class="note">{ "Nothing is suggested in them." }</p>
                    }
                }
            }
            if !report.doubtful.is_empty() {
                <h3>{ "Your articles contradict your list" }</h3>
                <ul id="doubtful" class="rows">{ for doubtful }</ul>
            }
            if !report.articles.is_empty() {
                <h3>{ "Learned from" }</h3>
                <ul id="lessons" class="rows">{ for lessons }</ul>
            }
            if !report.changes.is_empty() {
                <h3>{ "Read differently in these articles" }</h3>
                <ul id="changes" class="rows">{ for changes }</ul>
            }
            <div class="foot">
                { export_button("Export for colleagues", emit) }
                if report.colleagues > 0 {
                    <button id="drop-share" onclick={dispatch(emit, LearnAction::DropShare)}>{ "Forget what a colleague learned" }</button>
                }
                <button onclick={dispatch(emit, DialogAction::OpenWords)}>{ "Import or edit your list…" }</button>
            </div>
        </>
    }
}

/// What one label of the reader's own has learned.
fn label_line(row: &LabelRow) -> Html {
    html! {
        <li key={row.label.clone()}>
            <span class="text">{ &row.label }</span>
            <span class="facts">{ describe_label(row) }</span>
        </li>
    }
}

/// An entry that the articles contradict, with what to do about it.
fn doubtful_row(line: &str, agreed: u32, against: u32, emit: &Emit) -> Html {
    let entry = parse_word_list(line).0.entries.into_iter().next();
    let said = entry.map_or(line.to_owned(), |entry| match entry.rule {
        WordRule::Always(label) => format!("{}, always: {}", entry.name, label.title()),
        WordRule::Never(None) => format!("{}, never marked", entry.name),
        WordRule::Never(Some(label)) => format!("{}, never: {}", entry.name, label.title()),
    });
    html! {
        <li key={line.to_owned()}>
            <span class="text">{ &said }</span>
            <span class="facts">{ format!("you decided otherwise in {against} places, so in {agreed}") }</span>
            <button aria-label={format!("Remove from your list: {said}")} onclick={dispatch(emit, LearnAction::DropEntry(line.to_owned()))}>{ "Remove" }</button>
            <button aria-label={format!("Keep on your list: {said}")} onclick={dispatch(emit, LearnAction::KeepEntry(line.to_owned()))}>{ "Keep" }</button>
        </li>
    }
}

/// A button that downloads lists, patterns, labels and what was learned as one file.
fn export_button(name: &'static str, emit: &Emit) -> Html {
    html! { <button onclick={dispatch(emit, DialogAction::ExportWords)}>{ name }</button> }
}

/// A form's pattern, and whether case does not matter.
fn typed_pattern() -> (String, bool) {
    let pattern = dom::field_value("pattern").replace('\t', "\\t");
    (pattern, dom::field_value("pattern-case") == "any case")
}

/// The patterns of the reader's own, a form that tries one, and those that come with the program.
pub(super) fn patterns(state: &State, labels: &[Label], emit: &Emit) -> Html {
    let list = &state.words.list.patterns;
    let open = state.open.as_ref();
    let add = {
        let emit = emit.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (pattern, any_case) = typed_pattern();
            let own = dom::field_value("pattern-label");
            let label = own.trim();
            let case = if any_case { "any case" } else { "" };
            let line = format!("pattern\t{}\t{pattern}\t{case}", label.replace('\t', " "));
            let action = LearnAction::Try(TrialPurpose::Add(line), pattern, any_case);
            emit.emit(Action::Learn(action));
        })
    };
    let look = {
        let emit = emit.clone();
        Callback::from(move |_: MouseEvent| {
            let (pattern, any_case) = typed_pattern();
            emit.emit(Action::Learn(LearnAction::Try(TrialPurpose::Look, pattern, any_case)));
        })
    };
    let rows = list.iter().enumerate().map(|(i, rule)| {
        let case = if rule.any_case { ", upper or lower case" } else { "" };
        html! {
            <li key={i}>
                <code class="text">{ &rule.pattern }</code>
                <span class="facts">{ format!("{}{case}", rule.label.title()) }</span>
                <button aria-label={format!("Remove {}", rule.pattern)} onclick={dispatch(emit, LearnAction::RemovePattern(i))}>{ "Remove" }</button>
            </li>
        }
    });
    let shipped = shipped_patterns().into_iter().enumerate().map(|(i, shipped)| {
        let on = list.iter().any(|rule| rule.pattern == shipped.rule.pattern);
        html! {
            <li key={i}>
                <span class="text">{ shipped.name }</span>
                <span class="facts">{ shipped.example }</span>
                <button role="switch" aria-checked={on.to_string()} aria-label={shipped.name} onclick={dispatch(emit, LearnAction::ToggleShipped(i))}>
                    { if on { "On" } else { "Off" } }
                </button>
            </li>
        }
    });
    html! {
        <>
            <h3>{ "Patterns" }</h3>
            <form class="line" onsubmit={add}>
                <label for="pattern">{ "A regular expression; what it matches is marked, or its named groups: (?<it>…)" }</label>
                <input id="pattern" type="text" autocomplete="off" spellcheck="false" required=true placeholder={r"No\. \d+-\d+"} />
                <div class="row">
                    <input id="pattern-label" type="text" list="pattern-labels" maxlength="40" autocomplete="off" required=true aria-label="Label" placeholder="Label" />
                    <datalist id="pattern-labels">
                        for label in labels {
                            <option key={label.name()} value={label.name()}>{ label.title() }</option>
                        }
                    </datalist>
                    <select id="pattern-case" aria-label="Upper or lower case of the pattern">
                        <option value="" selected=true>{ "only as written" }</option>
                        <option value="any case">{ "in upper or lower case" }</option>
                    </select>
                    if open.is_some() {
                        <button id="try-pattern" type="button" onclick={look}>{ "Try it on this article" }</button>
                    }
                    <button type="submit">{ "Add the pattern" }</button>
                </div>
            </form>
            if let Some(trial) = &state.learning.trial {
                { trial_result(trial, open, emit) }
            }
            <ul id="patterns" class="rows" aria-label="Patterns">{ for rows }</ul>
            <details>
                <summary>{ "Patterns that come with Galley" }</summary>
                <ul id="shipped" class="rows" aria-label="Patterns that come with Galley">{ for shipped }</ul>
            </details>
        </>
    }
}

/// What a tried pattern matches in the open article, or what is wrong with it.
fn trial_result(trial: &Trial, open: Option<&Open>, emit: &Emit) -> Html {
    let hits = match (&trial.result, &trial.purpose) {
        (None, _) | (_, TrialPurpose::Find) => return Html::default(),
        (Some(Err(why)), _) => {
            return html! { <p id="hits" class="error" role="alert">{ format!("This pattern cannot be used: {why}.") }</p> };
        }
        (Some(Ok(hits)), _) => hits,
    };
    let Some(open) = open else {
        return Html::default();
    };
    let said = match hits.len() {
        0 => "It matches nothing in this article.".to_owned(),
        1 => "1 match in this article".to_owned(),
        n => format!("{n} matches in this article"),
    };
    let rows = hits.iter().take(MAX_HITS).enumerate().map(|(i, &span)| {
        let (before, after) = context_around(&open.shown.text, span, CONTEXT);
        html! {
            <li key={i}>
                <button class="kept" onclick={dispatch(emit, LearnAction::ShowHit(i))}>
                    { before }<b>{ open.shown.text.slice(span) }</b>{ after }
                </button>
            </li>
        }
    });
    html! {
        <div id="hits">
            <p class="note">{ said }</p>
            <ul class="rows" aria-label="Matches">{ for rows }</ul>
        </div>
    }
}
