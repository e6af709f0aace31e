//! The article: paragraphs of flat segments. A section draws again only when its `Rc` or its active mark changed.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::{
    AttrValue, Callback, Html, MouseEvent, Properties, component, html, use_effect_with,
    use_node_ref, use_state,
};

use super::grips::byte_under;
use super::shared::{Emit, Shared};
use super::{dom, hover, position};
use crate::action::{Action, PopoverAction, SuggestAction, WalkAction};
use crate::sections::Section;
use crate::stacks;
use crate::words;
use galley_engine::document::{AnnotationId, Kind, Label, Status, Zone};
use galley_engine::text::OffsetMap;
use galley_engine::view::{ParagraphBlock, Segment, SegmentMark};

#[derive(Properties, PartialEq)]
pub(super) struct ArticleProps {
    pub(super) sections: Vec<Shared<Section>>,
    pub(super) text: Shared<str>,
    pub(super) title: Option<AttrValue>,
    pub(super) active: Option<AnnotationId>,
    /// The first section over which the active annotation reaches, and the one after the last.
    pub(super) active_sections: (usize, usize),
    pub(super) busy: bool,
    /// A click on a word sets the nearer edge of the annotation whose popover is open; without this only with Alt.
    pub(super) edge: bool,
    /// Some of its words are suggested to be marked: a click on them shows why.
    pub(super) suggests: bool,
    pub(super) offsets: Shared<OffsetMap>,
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
        let (offsets, edge) = (props.offsets.0.clone(), props.edge);
        let suggests = props.suggests;
        Callback::from(move |event: MouseEvent| {
            if (edge || event.alt_key())
                && let Some(at) = byte_under(event.client_x(), event.client_y(), &offsets)
            {
                event.prevent_default();
                dom::clear_selection();
                emit.emit(Action::Popover(PopoverAction::SetEdge(at)));
            } else if !dom::has_selection()
                && let Some(ids) = dom::mark_ids_at(event.target())
            {
                emit.emit(Action::Walk(WalkAction::Point(ids)));
            } else if suggests
                && !dom::has_selection()
                && let Some(at) = byte_under(event.client_x(), event.client_y(), &offsets)
            {
                emit.emit(SuggestAction::PointAt(at).into());
            }
        })
    };
    let onmousedown = Callback::from(|event: MouseEvent| dom::let_selection_begin(event.target()));
    let onmouseover = {
        let emit = props.emit.clone();
        Callback::from(move |event: MouseEvent| {
            let ids = dom::mark_ids_at(event.target());
            hover::rest_on(ids.and_then(|ids| ids.into_iter().next()), &emit);
        })
    };
    // Others need not be searched: a long text has thousands.
    let (first, end) = props.active_sections;
    let active = |i: usize, section: &Section| {
        let near = props.active.as_ref().filter(|_| (first..end).contains(&i));
        near.filter(|id| section.holds(id)).cloned()
    };
    let mut near = props.sections.iter().enumerate().take(end).skip(first);
    let nowhere = !near.any(|(i, section)| active(i, section).is_some());
    html! {
        <article id="article" lang="en" aria-label="Article" tabindex={if nowhere { "0" } else { "-1" }}
            aria-busy={props.busy.then_some("true")} {onclick} {onmousedown} {onmouseover}>
            for (i, section) in props.sections.iter().take(*drawn).enumerate() {
                <Paragraphs
                    key={i}
                    section={section.clone()}
                    text={props.text.clone()}
                    title={props.title.clone().filter(|_| i == 0)}
                    active={active(i, section)}
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

/// The paragraphs of one section. What is not near the screen the browser neither styles nor lays out.
#[component]
fn Paragraphs(props: &ParagraphsProps) -> Html {
    let element = use_node_ref();
    use_effect_with(props.section.height_in_tenths_of_lines(), {
        let element = element.clone();
        move |&height| {
            if let Some(element) = element.cast::<HtmlElement>() {
                position::set_expected_height(&element, height);
            }
        }
    });
    html! {
        <div class="section" ref={element}>
            { for props.section.blocks.iter().map(|b| draw_paragraph(b, props)) }
        </div>
    }
}

fn draw_paragraph(block: &Rc<ParagraphBlock>, props: &ParagraphsProps) -> Html {
    let start = block.span.start();
    let active = props.active.as_ref();
    let segments = block.segments.iter().map(|s| draw_segment(s, &props.text, active));
    let headline = props.title.as_ref().is_some_and(|title| {
        let line = props.text.get(block.span.range()).unwrap_or("");
        line.split_whitespace().eq(title.split_whitespace())
    });
    if headline || block.zone == Zone::Title {
        return html! { <h2 dir="auto" key={start} data-start={start.to_string()}>{ for segments }</h2> };
    }
    // What belongs to the page and not to the story is dimmed.
    let zone = matches!(block.zone, Zone::Furniture | Zone::Section).then(|| block.zone.name());
    html! { <p key={start} dir="auto" data-start={start.to_string()} data-zone={zone}>{ for segments }</p> }
}

fn draw_segment(segment: &Segment, text: &str, active: Option<&AnnotationId>) -> Html {
    let words = text.get(segment.span.range()).unwrap_or("");
    let words = match stacks::pieces(words) {
        None => html! { { AttrValue::from(words.to_owned()) } },
        Some(pieces) => pieces
            .into_iter()
            .map(|piece| html! { <span class="stack">{ piece.to_owned() }</span> })
            .collect(),
    };
    let Some(top) = segment.marks.first() else {
        return words;
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
    let glyphs: String = marks.iter().rev().filter(|m| m.first).map(mark_glyph).collect();
    // Of a quote it stands at its own end, after all that is in it.
    let ending = marks.iter().filter(|m| m.last && m.kind != Kind::Quote);
    let end: String = ending.filter_map(end_sign).collect();
    let tails = marks.iter().filter(|m| m.last && m.kind == Kind::Quote);
    let tails: Vec<Html> = tails.map(quote_tail).collect();
    let some = |s: String| (!s.is_empty()).then(|| AttrValue::from(s));
    let bar = marks.iter().any(|m| m.first && m.kind == Kind::Quote);
    let button = first.is_some();
    html! {
        <><mark
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
            tabindex={(button && is_home).then_some("0")}
        >{ words }</mark>{ for tails }</>
    }
}

/// The end of a quote: a bar with the speaker's name, and whether it is checked or uncertain. It holds no text: what is
/// drawn is the style sheet's, so that offsets and copies are the article's own.
fn quote_tail(mark: &SegmentMark) -> Html {
    let name = mark.speaker.as_deref().map(|name| words::shorten(name, 28));
    html! {
        <span
            class="tail" key={format!("tail-{}", mark.id.0)} aria-hidden="true"
            data-ids={mark.id.0.clone()} data-kind="quote"
            data-who={name.unwrap_or_else(|| "?".to_owned())} data-nobody={mark.speaker.is_none().then_some("")}
            data-end={end_sign(mark)}
        ></span>
    }
}

/// The glyph before a mark.
fn mark_glyph(mark: &SegmentMark) -> &'static str {
    match mark.kind {
        Kind::Date | Kind::Quote => words::kind_glyph(mark.kind),
        Kind::Person | Kind::Organisation | Kind::Place | Kind::Other => {
            Label::parse(mark.label).map_or(words::kind_glyph(mark.kind), words::label_glyph)
        }
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
