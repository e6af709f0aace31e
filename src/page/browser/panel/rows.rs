//! What the lists of the panel share: props, rows, a picker of names.

use yew::{Html, Properties, html};

use crate::action::{FilterAction, NameList, PanelAction, Tab, WalkAction};
use crate::browser::shared::{Emit, Shared, dispatch};
use crate::filter::Filter;
use crate::words;
use galley_engine::document::{Annotation, AnnotationId, Document, Entity, Kind};
use galley_engine::view::axis::TimeRange;

/// Rows of a list that are drawn. Working through them brings up the others.
pub(super) const MAX_ROWS: usize = 250;
/// Names that a picker offers.
const MAX_NAMES: usize = 60;

#[derive(Properties, PartialEq)]
pub(in crate::browser) struct PanelProps {
    pub(in crate::browser) document: Shared<Document>,
    pub(in crate::browser) tab: Tab,
    pub(in crate::browser) sheet: bool,
    pub(in crate::browser) filter: Filter,
    pub(in crate::browser) found: Option<Shared<Vec<bool>>>,
    pub(in crate::browser) pick: Option<NameList>,
    pub(in crate::browser) time: Option<TimeRange>,
    pub(in crate::browser) sure: u16,
    pub(in crate::browser) reviewing: bool,
    pub(in crate::browser) active: Option<AnnotationId>,
    pub(in crate::browser) busy: bool,
    pub(in crate::browser) emit: Emit,
}

/// A button that goes to an annotation.
pub(super) fn annotation_row(
    props: &PanelProps,
    a: &Annotation,
    open: bool,
    facts: String,
) -> Html {
    let here = props.active.as_ref() == Some(&a.id);
    let text = words::quoted(props.document.text.slice(a.span), 90);
    html! {
        <button class="go" data-go={a.id.0.clone()} data-kind={words::kind_slug(a.kind())} data-status={a.status.name()}
            aria-current={here.then_some("true")} onclick={dispatch(&props.emit, WalkAction::Go(a.id.clone(), open))}>
            <span class="glyph" aria-hidden="true">{ words::glyph(a) }</span>
            <span class="text">{ text }</span>
            <span class="facts">{ facts }</span>
        </button>
    }
}

/// Says why a list has no rows: still reading, nothing found, all filtered out, else `words`.
pub(super) fn empty_message(props: &PanelProps, words: &str) -> Html {
    let found = props.found.is_some();
    let (words, filtered) = match props.busy {
        true => ("Reading…", false),
        false if found => ("Nothing in this list matches your search.", false),
        false if props.filter != Filter::default() => {
            ("Nothing in this list matches the filter.", true)
        }
        false => (words, false),
    };
    html! {
        <p class="empty">
            { words }
            if filtered {
                <button class="quiet" onclick={dispatch(&props.emit, FilterAction::ShowAll)}>{ "Show all" }</button>
            }
        </p>
    }
}

/// A list of names to pick one from: "Same as", "Speaker".
pub(super) fn name_picker(
    props: &PanelProps,
    title: &'static str,
    list: Vec<&Entity>,
    ask: impl Fn(&Entity) -> PanelAction,
    nobody: Option<PanelAction>,
) -> Html {
    let name = |key: &str, kind, name: &str, ask: PanelAction| {
        html! {
            <li key={key.to_owned()}>
                <button data-kind={words::kind_slug(kind)} data-name={name.to_owned()} onclick={dispatch(&props.emit, ask)}>
                    <span class="glyph" aria-hidden="true">{ words::kind_glyph(kind) }</span>{ name }
                </button>
            </li>
        }
    };
    let nobody = nobody.map(|ask| name("", Kind::Other, "No speaker", ask));
    let all = list.into_iter().take(MAX_NAMES);
    let all = all.map(|e| name(&e.id.0, e.label.kind(), &e.name, ask(e)));
    html! {
        <ul id="names" class="list" tabindex="-1" aria-label={title}>
            { for all }
            { for nobody }
            <li key="cancel"><button class="quiet" onclick={dispatch(&props.emit, PanelAction::ListNames(None))}>{ "Cancel" }</button></li>
        </ul>
    }
}
