//! The article: paragraphs of flat segments. A section draws again only when its `Rc` or its active mark changed.

use std::rc::Rc;

use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_effect_with, use_state,
};

use super::dom;
use super::shared::{Emit, Shared};
use crate::action::{Action, WalkAction};
use crate::sections::Section;
use crate::words;
use galley_engine::document::{AnnotationId, Kind, Status, Zone};
use galley_engine::view::{ParagraphBlock, Segment, SegmentMark};

#[derive(Properties, PartialEq)]
pub(super) struct ArticleProps {
    pub(super) sections: Vec<Shared<Section>>,
    pub(super) text: Shared<str>,
    pub(super) title: Option<AttrValue>,
    pub(super) active: Option<AnnotationId>,
    pub(super) busy: bool,
    pub(super) emit: Emit,
}

/// Sections drawn in the first frame.
const FIRST_FRAME: usize = 2;
/// Sections that a later frame adds at most: doubling without end would make the last frames long.
const LATER_FRAME: usize = 32;

/// The article. What does not fit the first screen is drawn in the frames after it. One listener on the
/// article hears the clicks on all marks.
#[component]
pub(super) fn Article(props: &ArticleProps) -> Html {
    let drawn = use_state(|| FIRST_FRAME);
    use_effect_with((*drawn, props.sections.len()), {
        let drawn = drawn.clone();
        move |&(now, all)| {
            if now < all {
                dom::run_next_frame(move || drawn.set(now + now.min(LATER_FRAME)));
            }
        }
    });
    let onclick = {
        let emit = props.emit.clone();
        Callback::from(move |event: MouseEvent| {
            if !dom::has_selection()
                && let Some(ids) = dom::mark_ids_at(event.target())
            {
                emit.emit(Action::Walk(WalkAction::Point(ids)));
            }
        })
    };
    let active = props.active.as_ref();
    let nowhere = active.is_none_or(|id| !props.sections.iter().any(|s| s.holds(id)));
    html! {
        <article id="article" lang="en" aria-label="Article" tabindex={if nowhere { "0" } else { "-1" }}
            aria-busy={props.busy.then_some("true")} {onclick}>
            for (i, section) in props.sections.iter().take(*drawn).enumerate() {
                <Paragraphs
                    key={i}
                    section={section.clone()}
                    text={props.text.clone()}
                    title={props.title.clone().filter(|_| i == 0)}
                    active={active.filter(|id| section.holds(id)).cloned()}
                />
            }
        </article>
    }
}

#[derive(Properties, PartialEq)]
struct ParagraphsProps {
    section: Shared<Section>,
    text: Shared<str>,
    title: Option<AttrValue>,
    active: Option<AnnotationId>,
}

/// The paragraphs of one section.
#[component]
fn Paragraphs(props: &ParagraphsProps) -> Html {
    props.section.blocks.iter().map(|b| draw_paragraph(b, props)).collect()
}

fn draw_paragraph(block: &Rc<ParagraphBlock>, props: &ParagraphsProps) -> Html {
    let start = block.span.start();
    let active = props.active.as_ref();
    let segments = block.segments.iter().map(|s| draw_segment(s, &props.text, active));
    let headline = props.title.as_ref().is_some_and(|title| {
        let line = props.text.get(block.span.range()).unwrap_or("");
        line.split_whitespace().eq(title.split_whitespace())
    });
    if headline {
        return html! { <h2 key={start} data-start={start.to_string()}>{ for segments }</h2> };
    }
    // What belongs to the page and not to the story is dimmed.
    let zone = matches!(block.zone, Zone::Furniture | Zone::Section).then(|| block.zone.name());
    html! { <p key={start} data-start={start.to_string()} data-zone={zone}>{ for segments }</p> }
}

fn draw_segment(segment: &Segment, text: &str, active: Option<&AnnotationId>) -> Html {
    let words = AttrValue::from(text.get(segment.span.range()).unwrap_or("").to_owned());
    let Some(top) = segment.marks.first() else {
        return html! { { words } };
    };
    let marks = &segment.marks;
    let ids = |wanted: &dyn Fn(&&SegmentMark) -> bool| {
        let ids: Vec<&str> = marks.iter().filter(wanted).map(|m| m.id.0.as_str()).collect();
        (!ids.is_empty()).then(|| AttrValue::from(ids.join(" ")))
    };
    let first = ids(&|m| m.first);
    let is_active = active.is_some_and(|id| marks.iter().any(|m| &m.id == id));
    let is_home = active.is_some_and(|id| marks.iter().any(|m| m.first && &m.id == id));
    let within: Vec<&str> = marks.iter().skip(1).map(|m| words::kind_slug(m.kind)).collect();
    // Glyphs from the outermost to the innermost, so that the innermost is next to its word.
    let glyphs: String =
        marks.iter().rev().filter(|m| m.first).map(|m| words::kind_glyph(m.kind)).collect();
    let end: String = marks.iter().filter(|m| m.last).filter_map(end_sign).collect();
    let some = |s: String| (!s.is_empty()).then(|| AttrValue::from(s));
    let bar = marks.iter().any(|m| m.first && m.kind == Kind::Quote);
    let button = first.is_some();
    html! {
        <mark
            data-ids={ids(&|_| true)}
            data-kind={words::kind_slug(top.kind)}
            data-label={top.label}
            data-status={top.status.name()}
            data-first={first}
            data-in={some(within.join(" "))}
            data-glyph={some(glyphs)}
            data-end={some(end)}
            data-bar={bar.then_some("")}
            data-unsure={top.uncertain.then_some("")}
            data-active={is_active.then_some("")}
            data-opens={top.first.then_some("")}
            data-closes={top.last.then_some("")}
            role={button.then_some("button")}
            aria-roledescription={button.then(|| AttrValue::from(role_description(top)))}
            tabindex={button.then_some(if is_home { "0" } else { "-1" })}
        >{ words }</mark>
    }
}

/// What a screen reader says instead of "button".
fn role_description(mark: &SegmentMark) -> String {
    let what = match mark.kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
        Kind::Date => "date",
        Kind::Quote => "quote",
        Kind::Other => "other mark",
    };
    match (mark.status, mark.uncertain) {
        (Status::Machine, true) => format!("{what}, uncertain"),
        (Status::Machine, false) => what.to_owned(),
        _ => format!("{what}, checked"),
    }
}

/// The sign after an annotation: checked, or uncertain.
fn end_sign(mark: &SegmentMark) -> Option<&'static str> {
    match mark.status {
        Status::Machine => mark.uncertain.then_some("?"),
        _ => Some("✓"),
    }
}
