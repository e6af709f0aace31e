//! The start view: paste a text, open a file, try the sample, go on with a stored document.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::{Callback, Event, Html, MouseEvent, SubmitEvent, html};

use super::import::{import_files, import_text};
use super::shared::{Emit, dispatch, icon};
use super::{dom, over_all_view, queue_files, shelf_view};
use crate::action::{Action, DialogAction, ReadAction};
use crate::state::State;

pub(super) fn start_view(state: &State, emit: &Emit) -> Html {
    let to = emit.clone();
    let read = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let typed = dom::document()
            .and_then(|d| d.get_element_by_id("paste"))
            .and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok())
            .map(|field| field.value());
        to.emit(import_text(&typed.unwrap_or_default(), None));
    });
    let to = emit.clone();
    let open = Callback::from(move |event: Event| {
        let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            import_files(field.files(), &to);
            // Otherwise opening the same file again would be no change.
            field.set_value("");
        }
    });
    let to = emit.clone();
    let open_folder = Callback::from(move |event: Event| {
        let field = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            let files = dom::list_files(field.files());
            if !files.is_empty() {
                queue_files::enqueue_seen(files, &to);
            }
            field.set_value("");
        }
    });
    let to = emit.clone();
    let sample = Callback::from(move |_: MouseEvent| {
        to.emit(Action::Read(ReadAction::TakeSample(dom::fresh_key())))
    });
    html! {
        <main class="start" data-view="start" data-kept={(!state.kept_documents.is_empty()).then_some("")}>
            <div class="hero">
                <h1>{ "Who is named, who said what, and when." }</h1>
                <p class="lead">{ "Galley reads a news article like a careful desk editor, marks it up, and lets you correct every mark." }</p>
            </div>
            <form class="take" onsubmit={read}>
                <label for="paste">{ "Paste an article" }</label>
                <textarea id="paste" rows="9" spellcheck="false" autocomplete="off"
                    placeholder="Paste an article: Galley reads it at once. Or drop files or folders anywhere on this page." />
                <div class="row">
                    <button id="read" class="main" type="submit">{ "Read it" }</button>
                    <label class="button" for="file">{ icon("M3 6v10h14V7.5H9.5L8 5H3z") }{ "Open files" }</label>
                    <input id="file" class="unseen" type="file" multiple=true accept=".txt,.html,.htm,.mhtml,.mht,.md,.pdf,.docx,.odt,.fodt,.rtf,.eml,.mbox,.csv,.tsv,.json,.jsonl,.jsonld,.ndjson,.ann,.conll,.iob,.bio,.xml,.tei,.zip" aria-label="Open files: a text, a web page, PDF, Word, LibreOffice, RTF, mail, a table of articles, Galley JSON, W3C, Label Studio, spaCy, Prodigy, doccano, CoNLL, TEI or brat" onchange={open} />
                    <label class="button" for="folder">{ "Open a folder" }</label>
                    <input id="folder" class="unseen" type="file" multiple=true webkitdirectory=true aria-label="Open all files of a folder" onchange={open_folder} />
                    <button id="sample" type="button" onclick={sample}>{ "Try a sample" }</button>
                </div>
                <p class="promise">{ icon("M6 9V6.5a4 4 0 0 1 8 0V9M4.5 9h11v8h-11z") }{ "Nothing you paste leaves this page. " }
                    <button id="how-to-check" type="button" class="link" onclick={dispatch(emit, DialogAction::OpenLeaving)}>{ "See for yourself" }</button>
                </p>
            </form>
            { shelf_view::shelf(state, emit) }
            { shelf_view::undo_offer(state, emit) }
            { over_all_view::change_offer(state, emit) }
        </main>
    }
}
