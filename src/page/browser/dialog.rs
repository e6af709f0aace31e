//! The dialogs: the menu, the reader's own words, the text, downloads, comparing annotations.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, MouseEvent, SubmitEvent, TargetCast, html};

use super::shared::{Emit, dispatch, icon};
use super::{backup_view, dom, elsewhere_view, learned, leaving_view};
use crate::action::{Action, DialogAction, EditAction, KeyboardAction, LearnAction, PageAction};
use crate::dialog::{Comparison, Dialog, Preview};
use crate::protocol::Offer;
use crate::state::{Open, State};
use crate::words;
use galley_engine::agreement::{AgreementRow, Difference};
use galley_engine::document::{AnnotationId, Document, Label};
use galley_engine::text::lowercase;
use galley_engine::user_words::{LABEL_COLOURS, WordRule};

/// Rows of a list that are drawn; a note says how many more there are.
const MAX_ROWS: usize = 200;

fn dispatch_dialog(emit: &Emit, deed: DialogAction) -> Callback<MouseEvent> {
    dispatch(emit, deed)
}

fn dialog_button(words: &str, name: Option<String>, emit: &Emit, deed: DialogAction) -> Html {
    html! { <button type="button" aria-label={name} onclick={dispatch_dialog(emit, deed)}>{ words }</button> }
}

pub(super) fn open_dialog(state: &State, emit: &Emit) -> Html {
    let (title, body) = match (&state.dialog, &state.open) {
        (None, _) => return Html::default(),
        (Some(Dialog::Words { trouble, .. }), open) => {
            ("Your word list", own_words(state, open.is_some(), trouble, emit))
        }
        (Some(Dialog::Leaving(leaving)), _) => {
            let page = leaving_view::leaving_page(state, leaving.as_deref(), emit);
            (leaving_view::title(leaving.as_deref()), page)
        }
        (Some(Dialog::Elsewhere), _) => {
            ("In other articles", elsewhere_view::elsewhere_page(state, emit))
        }
        (Some(Dialog::Backup), _) => {
            ("Backup of everything", backup_view::backup_page(state, emit))
        }
        (Some(Dialog::Learned), _) => ("What Galley learned", learned::learned_page(state, emit)),
        (Some(Dialog::Text(preview)), Some(open)) => {
            ("Edit the text", text_editor(open, preview.as_ref(), emit))
        }
        (Some(Dialog::Compare), Some(open)) => ("Compare", comparison(open, emit)),
        (Some(Dialog::Files { offers, .. }), Some(_)) => {
            ("Download", format_list(offers.as_deref(), emit))
        }
        (Some(_), _) => ("More", menu_list(state, emit)),
    };
    // A title that changes with what is counted belongs to the same dialog.
    let key = match &state.dialog {
        Some(Dialog::Leaving(_)) => "leaving",
        Some(_) | None => title,
    };
    html! {
        <dialog id="dialog" key={key} aria-labelledby="dialog-title" tabindex="-1">
            <div class="head">
                <h2 id="dialog-title">{ title }</h2>
                <button class="quiet" aria-label="Close" onclick={dispatch_dialog(emit, DialogAction::Close)}>{ icon("M5 5l10 10M15 5L5 15") }</button>
            </div>
            { body }
            <p id="dialog-said" class="note" role="status">{ &state.announced.text }</p>
        </dialog>
    }
}

/// The menu. It lists keys and colours too, because the top bar of a small screen has no room for them.
fn menu_list(state: &State, emit: &Emit) -> Html {
    let colours = format!("Colours: {}", state.scheme.title());
    let about_document = ["text", "compare"];
    let rows = [
        (
            Action::Dialog(DialogAction::OpenWords),
            "words",
            "Your word list",
            "Names that are always or never marked, patterns, and your own labels",
        ),
        (
            Action::Learn(LearnAction::Open),
            "learned",
            "What Galley learned",
            "From your corrections: what it would save, a switch, and “reviewed” for this article",
        ),
        (
            Action::Dialog(DialogAction::OpenText),
            "text",
            "Edit the text",
            "Fix a typo, or paste a revised version: annotations are carried over",
        ),
        (
            Action::Dialog(DialogAction::OpenComparison),
            "compare",
            "Compare",
            "See someone else's annotations of this article beside yours",
        ),
        (
            Action::Dialog(DialogAction::OpenBackup),
            "backup",
            "Backup of everything",
            "All documents with their edits and your word list in one file; bring one back",
        ),
        (
            Action::Dialog(DialogAction::OpenLeaving),
            "leaving",
            "What leaves this page: nothing",
            "Every request counted, the policy, how to check it yourself, what this browser keeps",
        ),
        (
            Action::Keyboard(KeyboardAction::ToggleHelp),
            "keys",
            "Keys",
            "What each key does; change keys or switch them off",
        ),
        (
            Action::Page(PageAction::NextScheme),
            "colours",
            &colours,
            "Light, dark, or the same as the system",
        ),
    ];
    let is_shown = |word: &str| state.open.is_some() || !about_document.contains(&word);
    let rows = rows.into_iter().filter(|row| is_shown(row.1));
    let rows = rows.map(|(action, word, name, what)| {
        html! {
            <li key={word}>
                <button class="kept" data-open={word} onclick={dispatch(emit, action)}>
                    <b>{ name }</b><span class="facts">{ what }</span>
                </button>
            </li>
        }
    });
    html! { <ul class="menu">{ for rows }</ul> }
}

/// The formats to download, each with what it leaves out.
fn format_list(offers: Option<&[Offer]>, emit: &Emit) -> Html {
    let row = |at: Option<u32>, name: &str, about: &str, lost: &str| {
        let (whole, carries) = match lost {
            "" => (Some(""), "Nothing is left out".to_owned()),
            lost => (None, format!("Leaves out {lost}")),
        };
        html! {
            <li key={name}>
                <button class="kept" data-format={name.to_owned()} data-whole={whole} onclick={dispatch_dialog(emit, DialogAction::Download(at))}>
                    <b>{ name }</b><span class="facts">{ about }</span><span class="lost">{ carries }</span>
                </button>
            </li>
        }
    };
    let rows = offers.unwrap_or_default().iter().zip(0..);
    let rows = rows.map(|(o, at)| row(Some(at), &o.name, &o.about, &o.lost));
    let more = match offers {
        Some([]) => "The other formats are not available now. Close this and try again.",
        Some(_) => "",
        None => "Preparing the other formats…",
    };
    html! {
        <>
            <ul class="menu files">
                { row(None, "Galley JSON", "Everything; open it here to go on where you left off. Ctrl+S", "") }
                { for rows }
            </ul>
            if !more.is_empty() {
                <p class="note">{ more }</p>
            }
        </>
    }
}

/// Dispatches each picked file: its name and its text.
fn on_file_picked(emit: &Emit, deed: fn(String, String) -> DialogAction) -> Callback<Event> {
    let emit = emit.clone();
    Callback::from(move |event: Event| {
        let field = event.target_unchecked_into::<HtmlInputElement>();
        for file in dom::list_files(field.files()) {
            let emit = emit.clone();
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok();
                let text = text.and_then(|t| t.as_string()).unwrap_or_default();
                emit.emit(Action::Dialog(deed(file.name(), text)));
            });
        }
        // Otherwise picking the same file again would be no change.
        field.set_value("");
    })
}

fn file_field(
    id: &'static str,
    words: &'static str,
    accept: &'static str,
    onchange: Callback<Event>,
) -> Html {
    html! {
        <span class="file">
            <input {id} class="unseen" type="file" multiple=true {accept} {onchange} />
            <label class="button" for={id}>{ words }</label>
        </span>
    }
}

/// Dispatches a form's fields as one line of a word list file.
fn on_list_line(emit: &Emit, line: fn() -> String) -> Callback<SubmitEvent> {
    let emit = emit.clone();
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        emit.emit(Action::Dialog(DialogAction::AddLines(line())));
    })
}

fn own_words(state: &State, open: bool, trouble: &[String], emit: &Emit) -> Html {
    let book = &state.words.list;
    let customs = book.labels.iter().map(|own| own.label);
    let labels: Vec<Label> =
        Label::ALL.iter().map(|row| row.0).filter(|l| l.is_name()).chain(customs).collect();
    // Yew inserts nodes from last to first, and a select keeps the option that was inserted first: so one is
    // selected explicitly.
    let options = |what: &'static str, before: &'static str, first: Option<Label>| {
        labels.iter().map(move |label| {
            let value = format!("{what}\t{}", label.name());
            let selected = first == Some(*label);
            html! { <option key={value.clone()} {value} {selected}>{ format!("{before}: {}", label.title()) }</option> }
        })
    };
    let rows = book.entries.iter().take(MAX_ROWS).enumerate().map(|(i, entry)| {
        let said = match entry.rule {
            WordRule::Always(label) => format!("always: {}", label.title()),
            WordRule::Never(None) => "never marked".to_owned(),
            WordRule::Never(Some(label)) => format!("never: {}", label.title()),
        };
        let case = if entry.any_case { ", upper or lower case" } else { "" };
        list_row(
            i,
            &entry.name,
            format!("{said}{case}"),
            None,
            (DialogAction::EditEntry(i), DialogAction::RemoveEntry(i)),
            emit,
        )
    });
    let own_labels = book.labels.iter().enumerate().map(|(i, own)| {
        let key = own.key.map_or(String::new(), |k| format!(", key {k}"));
        let facts = format!("{}{key}", own.colour);
        list_row(
            i,
            own.label.name(),
            facts,
            Some(own.label.name()),
            (DialogAction::EditLabel(i), DialogAction::RemoveLabel(i)),
            emit,
        )
    });
    let add = on_list_line(emit, || {
        let of = dom::field_value;
        format!("{}\t{}\t{}", of("word-rule"), of("word-name").replace('\t', " "), of("word-case"))
    });
    let add_label = on_list_line(emit, || {
        let of = dom::field_value;
        format!(
            "label\t{}\t{}\t{}",
            of("label-name").replace('\t', " "),
            of("label-colour"),
            lowercase(&of("label-key"))
        )
    });
    let import = on_file_picked(emit, |_, text| DialogAction::AddLines(format!("{text}\n")));
    html! {
        <>
            <p class="note">{ "Names on this list overrule what Galley finds, in every article from now on. The list stays in this browser." }</p>
            <form class="line" onsubmit={add}>
                <label for="word-name">{ "Name" }</label>
                <input id="word-name" type="text" autocomplete="off" spellcheck="false" required=true />
                <div class="row">
                    <select id="word-rule" aria-label="What happens to it">
                        { for options("always", "Always", labels.first().copied()) }
                        <option value={"never\t*"}>{ "Never mark it" }</option>
                        { for options("never", "Never", None) }
                    </select>
                    <select id="word-case" aria-label="Upper or lower case">
                        <option value="" selected=true>{ "only as written (US, not us)" }</option>
                        <option value="any case">{ "in upper or lower case" }</option>
                    </select>
                    <button class="main" type="submit">{ "Add to the list" }</button>
                </div>
            </form>
            if !trouble.is_empty() {
                <ul class="error" role="alert">
                    for why in trouble {
                        <li key={why.clone()}>{ why }</li>
                    }
                </ul>
            }
            if book.entries.is_empty() {
                <p class="empty">{ "No names yet." }</p>
            }
            <ul id="words" class="rows" aria-label="Names">{ for rows }</ul>
            if book.entries.len() > MAX_ROWS {
                <p class="note">{ format!("and {} more: export the list to see them", book.entries.len() - MAX_ROWS) }</p>
            }
            <h3>{ "Your own labels" }</h3>
            <form class="line" onsubmit={add_label}>
                <label for="label-name">{ "Label" }</label>
                <input id="label-name" type="text" maxlength="40" autocomplete="off" spellcheck="false" required=true />
                <div class="row">
                    <select id="label-colour" aria-label="Colour">
                        for colour in LABEL_COLOURS {
                            <option key={colour} value={colour} selected={colour == LABEL_COLOURS[0]}>{ colour }</option>
                        }
                    </select>
                    <input id="label-key" type="text" maxlength="1" size="2" autocomplete="off" aria-label="Key" placeholder="Key" />
                    <button type="submit">{ "Save the label" }</button>
                </div>
            </form>
            <ul id="labels" class="rows" aria-label="Labels">{ for own_labels }</ul>
            { learned::patterns(state, &labels, emit) }
            <div class="foot">
                { file_field("words-file", "Import…", ".tsv,.txt,.galley", import) }
                { dialog_button("Export", None, emit, DialogAction::ExportWords) }
                <button type="button" onclick={dispatch(emit, LearnAction::Open)}>{ "What Galley learned" }</button>
                if open {
                    { dialog_button("Read this article again", None, emit, DialogAction::ReadAgain) }
                }
            </div>
        </>
    }
}

/// A row of a list with its buttons.
fn list_row(
    i: usize,
    name: &str,
    facts: String,
    label: Option<&'static str>,
    (edit, drop): (DialogAction, DialogAction),
    emit: &Emit,
) -> Html {
    html! {
        <li key={i} data-label={label}>
            <span class="text">{ name }</span>
            <span class="facts">{ facts }</span>
            { dialog_button("Edit", Some(format!("Edit {name}")), emit, edit) }
            { dialog_button("Remove", Some(format!("Remove {name}")), emit, drop) }
        </li>
    }
}

fn text_editor(open: &Open, preview: Option<&Preview>, emit: &Emit) -> Html {
    let send = {
        let emit = emit.clone();
        Callback::from(move |_: MouseEvent| {
            emit.emit(Action::Dialog(DialogAction::Revise(dom::field_value("revised"))))
        })
    };
    html! {
        <>
            <label class="note" for="revised">{ "Edit the text here, or paste the revised article over it. Annotations move with their words." }</label>
            <textarea id="revised" rows="14" defaultvalue={open.text.to_string()} />
            if let Some(p) = preview {
                <div id="preview">
                    <p><b>{ format!("{} stay. ", p.same) }</b>{ format!("{} change, {} go.", p.changed.len(), p.lost.len()) }</p>
                    <ul class="rows">
                        for (i, (was, now)) in p.changed.iter().take(MAX_ROWS).enumerate() {
                            <li key={i}><del>{ was }</del><ins>{ now }</ins></li>
                        }
                        for (i, (what, was)) in p.lost.iter().take(MAX_ROWS).enumerate() {
                            <li key={i}><del>{ was }</del><span class="facts">{ format!("{what}, no longer there") }</span></li>
                        }
                    </ul>
                </div>
            }
            <div class="foot">
                <button id="revise" class="main" onclick={send}>
                    { if preview.is_some() { "Use this text" } else { "See what changes" } }
                </button>
            </div>
        </>
    }
}

fn comparison(open: &Open, emit: &Emit) -> Html {
    let pick = file_field(
        "other-file",
        if open.comparisons.is_empty() { "Open their files…" } else { "Another file…" },
        ".json",
        on_file_picked(emit, DialogAction::OpenTheirs),
    );
    let Some(other) = open.comparison() else {
        return html! {
            <>
                <p>{ "Open Galley JSON files in which others have corrected this article. You see how far you agree with each of them and every difference, and choose which version stays." }</p>
                <div class="foot">{ pick }</div>
            </>
        };
    };
    let others = open.comparisons.iter().enumerate().map(|(i, other)| {
        let all = other.agreement.rows.last().and_then(|all| all.f1(all.exact));
        html! {
            <button key={i} aria-pressed={(i == open.comparison_index).to_string()} onclick={dispatch_dialog(emit, DialogAction::ShowComparison(i))}>
                { format!("{} · F1 {}", other.name, score(all)) }
            </button>
        }
    });
    let count = other.unsettled().count();
    let title = match count {
        0 => "No differences left".to_owned(),
        1 => "1 difference".to_owned(),
        n => format!("{n} differences"),
    };
    let lines = other.unsettled().take(MAX_ROWS).enumerate();
    let lines = lines.map(|(i, d)| difference_item(open, other, i, d, emit));
    html! {
        <>
            if open.comparisons.len() > 1 {
                <div class="row kinds" role="group" aria-label="Compare with">{ for others }</div>
            }
            <p class="note">
                { format!("Yours and {}", other.name) }
                if other.lost > 0 {
                    { format!(". Their text differs: {} of their annotations have no place in yours", other.lost) }
                }
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="Agreement">
                <table>
                    <thead>
                        <tr>
                            for title in ["Kind", "Yours", "Theirs", "F1 exact", "F1 overlap", "Kappa"] {
                                <th key={title} scope="col">{ title }</th>
                            }
                        </tr>
                    </thead>
                    <tbody>{ for other.agreement.rows.iter().map(agreement_row) }</tbody>
                </table>
            </div>
            <h3 id="differences" tabindex="-1">{ title }</h3>
            <ol class="differences">{ for lines }</ol>
            if count > MAX_ROWS {
                <p class="note">{ format!("and {} more", count - MAX_ROWS) }</p>
            }
            <div class="foot">
                { pick }
                <button onclick={dispatch(emit, EditAction::Undo)}>{ "Undo" }</button>
            </div>
        </>
    }
}

/// Thousandths as a decimal with two places.
fn score(n: Option<i32>) -> String {
    n.map_or("–".to_owned(), |n| {
        let sign = if n < 0 { "−" } else { "" };
        format!("{sign}{}.{:02}", n.abs() / 1000, (n.abs() % 1000) / 10)
    })
}

fn agreement_row(row: &AgreementRow) -> Html {
    let cells = [
        row.mine.to_string(),
        row.theirs.to_string(),
        score(row.f1(row.exact)),
        score(row.f1(row.overlap)),
        score(row.kappa),
    ];
    let name = row.kind.map_or("All", words::kind_plural);
    html! {
        <tr key={name}>
            <th scope="row">{ name }</th>
            for (i, cell) in cells.iter().enumerate() {
                <td key={i}>{ cell }</td>
            }
        </tr>
    }
}

fn difference_item(open: &Open, other: &Comparison, i: usize, d: &Difference, emit: &Emit) -> Html {
    let said = |document: &Document, id: &Option<AnnotationId>| {
        let a = id.as_ref().and_then(|id| document.annotation(id));
        a.map_or("nothing".to_owned(), |a| words::describe(document, a))
    };
    let what = match d.points.is_empty() {
        true if d.mine.is_some() => "only yours".to_owned(),
        true => "only theirs".to_owned(),
        false => d.points.join(", "),
    };
    let name = |verb: &str| Some(format!("{verb}: difference {}", i + 1));
    html! {
        <li key={i}>
            <p class="facts">{ what }</p>
            <div class="sides">
                <p><b>{ "Yours " }</b>{ said(&open.shown, &d.mine) }</p>
                <p><b>{ "Theirs " }</b>{ said(&other.theirs, &d.theirs) }</p>
            </div>
            <div class="row">
                { dialog_button("Keep mine", name("Keep mine"), emit, DialogAction::KeepOurs(i)) }
                { dialog_button("Take theirs", name("Take theirs"), emit, DialogAction::TakeTheirs(i)) }
                { dialog_button("Show", name("Show"), emit, DialogAction::ShowDifference(i)) }
            </div>
        </li>
    }
}

/// Buttons that put a mention's words on the reader's word list.
pub(super) fn word_list_buttons(emit: &Emit) -> Html {
    html! {
        <div class="row" role="group" aria-label="Your word list">
            <button data-do="always" onclick={dispatch_dialog(emit, DialogAction::ListActiveMention { always: true })}>{ "Always" }</button>
            <button data-do="never" onclick={dispatch_dialog(emit, DialogAction::ListActiveMention { always: false })}>{ "Never" }</button>
            <span class="note">{ "in every article from now on" }</span>
        </div>
    }
}
