//! The backup: everything into one file, and back.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, TargetCast, html};

use super::dom;
use super::shared::{Emit, dispatch, grouped};
use crate::action::BackupAction;
use crate::library::backup::{BackupState, RestoreReport};
use crate::state::State;
use crate::words::counted;

/// Lines of a list that are drawn; a note says how many more there are.
const MAX_LINES: usize = 50;

pub(super) fn backup_page(state: &State, emit: &Emit) -> Html {
    let busy = state.backup.is_busy();
    let documents = counted(state.kept_documents.len(), "document");
    let to = emit.clone();
    let picked = Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        if let Some(file) = dom::list_files(field.files()).into_iter().next() {
            let to = to.clone();
            spawn_local(async move {
                if let Some(bytes) = dom::read_file(&file).await {
                    to.emit(BackupAction::Restore(file.name(), bytes).into());
                }
            });
        }
        // Otherwise choosing the same file again would be no change.
        field.set_value("");
    });
    html! {
        <div id="backup" class="page">
            <p>{ "One zip file with everything that this browser keeps: every document as it was read, all of your edits, collections, your word list with patterns and labels, and what you joined. Keep it where you keep other files of value." }</p>
            <div class="row">
                <button id="make-backup" class="main" disabled={busy} onclick={dispatch(emit, BackupAction::Begin)}>{ format!("Download a backup of {documents}") }</button>
                <span class="file">
                    <input id="backup-file" class="unseen" type="file" accept=".zip" disabled={busy} onchange={picked} />
                    <label class="button" for="backup-file">{ "Bring one back…" }</label>
                </span>
            </div>
            <p class="note">{ "What is brought back is added to what is here. Nothing is overwritten: where a document is here in another state, both are kept." }</p>
            { progress(state) }
        </div>
    }
}

fn progress(state: &State) -> Html {
    match &state.backup {
        BackupState::Idle => Html::default(),
        BackupState::Writing { left, total, .. } => {
            bar("Putting together", total - left.len().min(*total), *total)
        }
        BackupState::Restoring { total, report } => bar("Bringing back", report.done(), *total),
        BackupState::Restored(report) => restored(report),
        BackupState::Failed(why) => html! { <p class="error" role="alert">{ why }</p> },
    }
}

fn bar(what: &str, done: usize, all: usize) -> Html {
    html! {
        <div class="row" role="region" aria-label={what.to_owned()}>
            <progress aria-label={what.to_owned()} max={all.max(1).to_string()} value={done.to_string()}></progress>
            <span>{ format!("{what} {} of {}", grouped(done), grouped(all)) }</span>
        </div>
    }
}

fn lines(title: &str, all: &[String]) -> Html {
    if all.is_empty() {
        return Html::default();
    }
    let rest = all.len().saturating_sub(MAX_LINES);
    html! {
        <>
            <h3>{ title }</h3>
            <ul class="lines">
                for line in all.iter().take(MAX_LINES) {
                    <li><bdi>{ line }</bdi></li>
                }
                if rest > 0 {
                    <li>{ format!("and {rest} more") }</li>
                }
            </ul>
        </>
    }
}

fn restored(report: &RestoreReport) -> Html {
    html! {
        <div id="restored" class="page">
            <p><strong>{ &report.file }</strong>{ ": " }{ report.summary() }{ "." }</p>
            { lines("Kept beside yours, as they differ", &report.both) }
            { lines("On your word list in another way, which stays", &report.other_words) }
            { lines("Damaged", &report.damaged) }
        </div>
    }
}
