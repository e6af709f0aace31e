//! The tab People & places: entities with their mentions, merged and split by dragging or from a list.

use web_sys::Element;
use yew::{Callback, DragEvent, Html, MouseEvent, TargetCast, html};

use super::rows::{MAX_ROWS, PanelProps, annotation_row, empty_message, name_picker};
use crate::action::{Action, EditAction, NameList, PanelAction};
use crate::browser::shared::{Emit, dispatch, icon};
use crate::lists;
use crate::words;
use galley_engine::document::{Annotation, AnnotationId, Entity, EntityId, Status};
use galley_engine::view::context;

/// Mentions of an entity that are listed.
const MAX_MENTIONS: usize = 60;

pub(super) fn people_list(props: &PanelProps, live: &[&Annotation]) -> Html {
    let list = lists::entities(&props.document, live);
    if list.is_empty() {
        return empty_message(props, "No names were found.");
    }
    let rows = list.iter().take(MAX_ROWS).map(|(e, mentions)| entity_item(props, e, mentions));
    html! {
        <div ondragstart={start_drag} ondragover={drag_over} ondragend={|_| { show_drop_target(None); }} ondrop={on_drop(&props.emit)}>
            <ul class="list" id="people-list">{ for rows }</ul>
            <p class="hint" data-drop="">{ "Drag a name onto another to merge them, a mention onto a name to move it, or here to split it off." }</p>
        </div>
    }
}

fn entity_item(props: &PanelProps, entity: &Entity, mentions: &[&Annotation]) -> Html {
    let emit = &props.emit;
    let ask = |ask: PanelAction| dispatch::<MouseEvent>(emit, ask);
    let id = &entity.id;
    let kind = entity.label.kind();
    let unchecked = mentions.iter().filter(|a| a.status == Status::Machine).count();
    let mut facts = entity.label.title().to_owned();
    if !entity.aliases.is_empty() {
        facts.push_str(" · also ");
        facts.push_str(&entity.aliases.join(", "));
    }
    let many = entity.mentions.len() > 1;
    let lines = mentions.iter().take(MAX_MENTIONS).map(|a| mention_item(props, a, many));
    let jump = |back, name: &'static str, path| {
        html! {
            <button class="tool" aria-label={name} title={name} onclick={ask(PanelAction::JumpToMention(id.clone(), back))}>{ icon(path) }</button>
        }
    };
    let picking = matches!(&props.pick, Some(NameList::SameAs(e)) if e == id);
    html! {
        <li key={id.0.clone()}>
            <details data-entity={id.0.clone()} data-drop={id.0.clone()} data-kind={words::kind_slug(kind)}>
                <summary draggable="true" data-drag={["e", &id.0].concat()} data-about={id.0.clone()}>
                    <span class="glyph" aria-hidden="true">{ words::label_glyph(entity.label) }</span>
                    <span class="text">{ &entity.name }</span>
                    <span class="n" aria-label={format!("{} mentions", mentions.len())}>{ mentions.len() }</span>
                    <span class="facts">{ facts }</span>
                </summary>
                <div class="row acts">
                    { jump(true, "Previous mention", "M12 5l-5 5 5 5") }
                    { jump(false, "Next mention", "M8 5l5 5-5 5") }
                    <button data-do="merge-with" aria-expanded={picking.to_string()}
                        onclick={ask(PanelAction::ListNames((!picking).then(|| NameList::SameAs(id.clone()))))}>{ "Merge with…" }</button>
                    if unchecked > 0 {
                        <button onclick={dispatch(emit, EditAction::AcceptEntity(id.clone()))}>{ format!("Accept all {unchecked}") }</button>
                    }
                </div>
                if picking {
                    { name_picker(props, "Same as", lists::same_as(&props.document, id), |into| PanelAction::Merge(id.clone(), into.id.clone()), None) }
                }
                <ol class="list">{ for lines }</ol>
            </details>
        </li>
    }
}

/// A mention with the words around it. One of several can be split off.
fn mention_item(props: &PanelProps, a: &Annotation, many: bool) -> Html {
    let text = props.document.text.slice(a.span);
    let about = context::words_around(&props.document, a.span, text, 5);
    let apart = PanelAction::SplitMention(a.id.clone());
    html! {
        <li key={a.id.0.clone()} class="mention" draggable="true" data-drag={["m", &a.id.0].concat()}>
            { annotation_row(props, a, false, about) }
            if many {
                <button class="quiet" data-part={a.id.0.clone()} title="Not the same" aria-label={format!("Not the same: {text}")}
                    onclick={dispatch(&props.emit, apart)}>{ icon("M4 10h5M11 10h5M13 6l4 4-4 4M7 6l-4 4 4 4") }</button>
            }
        </li>
    }
}

/// The media type of the page's own drags: other drags are not taken, other programs do not take these.
const DRAG_TYPE: &str = "application/x-galley";

fn start_drag(event: DragEvent) {
    let target = event.target_dyn_into::<Element>();
    let what = target.and_then(|t| t.closest("[data-drag]").ok()??.get_attribute("data-drag"));
    if let (Some(what), Some(data)) = (what, event.data_transfer()) {
        let _ = data.set_data(DRAG_TYPE, &what);
        data.set_effect_allowed("move");
    }
}

/// The element under the pointer that takes what is dragged.
fn drop_target(event: &DragEvent) -> Option<Element> {
    let target = event.target_dyn_into::<Element>()?;
    target.closest("[data-drop]").ok()?
}

fn drag_over(event: DragEvent) {
    show_drop_target(drop_target(&event));
}

/// Marks the element that would take what is dragged, by an attribute that Yew does not manage.
fn show_drop_target(place: Option<Element>) -> Option<()> {
    let panel = crate::browser::dom::document()?.get_element_by_id("panel")?;
    if let Some(before) = panel.query_selector("[data-over]").ok()? {
        before.remove_attribute("data-over").ok()?;
    }
    place?.set_attribute("data-over", "").ok()
}

fn on_drop(emit: &Emit) -> Callback<DragEvent> {
    let emit = emit.clone();
    Callback::from(move |event: DragEvent| {
        show_drop_target(None);
        let what = event.data_transfer().and_then(|d| d.get_data(DRAG_TYPE).ok());
        let place = drop_target(&event).and_then(|p| p.get_attribute("data-drop"));
        let (Some(what), Some(place)) = (what, place) else {
            return;
        };
        let onto = (!place.is_empty()).then_some(EntityId(place));
        let ask = match (what.split_at_checked(1), onto) {
            (Some(("e", id)), Some(onto)) => PanelAction::Merge(EntityId(id.to_owned()), onto),
            (Some(("m", id)), Some(onto)) => {
                PanelAction::MoveMention(AnnotationId(id.to_owned()), onto)
            }
            (Some(("m", id)), None) => PanelAction::SplitMention(AnnotationId(id.to_owned())),
            _ => return,
        };
        emit.emit(Action::Panel(ask));
    })
}
