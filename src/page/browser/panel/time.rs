//! The timeline: an axis that zooms, and the same dates as a list.

use std::cell::Cell;

use yew::{Callback, Html, KeyboardEvent, MouseEvent, WheelEvent, html};

use super::{MOST, PanelProps, empty, row};
use crate::action::{Action, Ask};
use crate::browser::dom;
use crate::browser::shared::{Emit, dispatch, icon};
use crate::lists::{self, Timeline};
use crate::state::shorten;
use crate::words;
use galley_engine::document::{Annotation, Body, Document};
use galley_engine::view::axis::{Stretch, Zoom, ticks};
use galley_engine::view::timeline::{Chart, Item, Node, SHORT, chart};

/// The picture's width in its own units; its letters are about six wide.
const WIDTH: i32 = 320;
const LETTER: i32 = 6;
/// Letters of a label.
const LABEL: usize = 18;
/// Height of the axis and of a lane.
const AXIS: i32 = 24;
const LANE: i32 = 27;
/// Lengths of time that are drawn.
const LENGTHS: usize = 6;

pub(super) fn view(props: &PanelProps, live: &[&Annotation]) -> Html {
    let dates = lists::timeline(live);
    if dates.placed.is_empty() && dates.lengths.is_empty() && dates.vague.is_empty() {
        return empty(props, "No dates were found.");
    }
    let line = |a: &Annotation| {
        html! { <li key={a.id.0.clone()}>{ row(props, a, true, value(a)) }</li> }
    };
    let apart = |title: &'static str, rows: Vec<Html>| {
        if rows.is_empty() {
            return Html::default();
        }
        html! {
            <>
                <h2>{ title }</h2>
                <ol class="list">{ for rows }</ol>
            </>
        }
    };
    let lengths = dates.lengths.iter().take(MOST).map(|(_, a)| line(a)).collect();
    let vague = dates.vague.iter().take(MOST).map(|a| line(a)).collect();
    html! {
        <>
            if !dates.placed.is_empty() || !dates.lengths.is_empty() {
                { axis(props, &dates) }
            }
            <ol class="list" id="timeline-list">{ for dates.placed.iter().take(MOST).map(|(_, a)| line(a)) }</ol>
            { apart("Lengths of time", lengths) }
            { apart("Without a place in the calendar", vague) }
        </>
    }
}

fn words_of(document: &Document, a: &Annotation) -> String {
    shorten(document.text.slice(a.span), LABEL)
}

fn axis(props: &PanelProps, dates: &Timeline<'_>) -> Html {
    let document = &*props.document;
    let view = dates.view(props.time);
    let items: Vec<Item> = dates
        .placed
        .iter()
        .map(|&(stretch, a)| Item {
            stretch,
            label: words_of(document, a).chars().count() as i32 * LETTER,
        })
        .collect();
    let chart = chart(&items, view, WIDTH);
    let below = AXIS + chart.lanes as i32 * LANE;
    let lengths = dates.lengths.len().min(LENGTHS) as i32;
    let height = below + 6 + lengths * LANE;
    let range = view.in_words();
    html! {
        <div class="time">
            { tools(&chart, &range, &props.emit) }
            <svg id="time" viewBox={format!("0 0 {WIDTH} {height}")} role="group" tabindex="0" data-kind="date"
                aria-label={format!("Time axis, {range}. Plus and minus zoom, arrows move, 0 shows all. The same dates follow as a list.")}
                onwheel={wheel(&props.emit)} onkeydown={keys(&props.emit)}>
                for tick in ticks(view, WIDTH, 58) {
                    <g key={tick.x} class="tick">
                        <path d={format!("M{} 0V{height}", tick.x)} />
                        <text x={(tick.x + 4).to_string()} y="12">{ tick.label }</text>
                    </g>
                }
                <path class="base" d={format!("M0 18H{WIDTH}")} />
                { published(document, view, below) }
                { for chart.nodes.iter().map(|n| node(props, dates, n)) }
                { for dates.lengths.iter().take(LENGTHS).enumerate().map(|(i, (n, a))| length(props, a, view.place(view.from + n, WIDTH), below + 6 + i as i32 * LANE)) }
            </svg>
        </div>
    }
}

fn tools(chart: &Chart, range: &str, emit: &Emit) -> Html {
    let tool = |id: &'static str, name: &str, path, zoom| {
        html! {
            <button {id} class="tool" aria-label={name.to_owned()} title={name.to_owned()} onclick={dispatch(emit, Action::Panel(Ask::Time(zoom)))}>{ icon(path) }</button>
        }
    };
    let (before, after) = chart.outside;
    html! {
        <div class="row tools" role="group" aria-label="Time axis">
            { tool("time-back", &format!("Earlier ({before} dates)"), "M12 5l-5 5 5 5", Zoom::Move(false)) }
            <span class="n">{ before }</span>
            <span id="time-range">{ range }</span>
            <span class="n">{ after }</span>
            { tool("time-on", &format!("Later ({after} dates)"), "M8 5l5 5-5 5", Zoom::Move(true)) }
            { tool("time-in", "Zoom in", "M10 4v12M4 10h12", Zoom::At(500, true)) }
            { tool("time-out", "Zoom out", "M4 10h12", Zoom::At(500, false)) }
            { tool("time-all", "Show all dates", "M3 4v12M17 4v12M6 10h8M8 7.5L5.5 10 8 12.5M12 7.5l2.5 2.5-2.5 2.5", Zoom::Whole) }
        </div>
    }
}

/// The day of publication, as a line.
fn published(document: &Document, view: Stretch, below: i32) -> Html {
    let Some(stamp) = document.published else {
        return Html::default();
    };
    let x = view.place(stamp.day.number() * 1440 + 720, WIDTH);
    if !(0..=WIDTH).contains(&x) {
        return Html::default();
    }
    html! { <path class="published" d={format!("M{x} 18V{below}")}><title>{ "Published" }</title></path> }
}

fn node(props: &PanelProps, dates: &Timeline<'_>, node: &Node) -> Html {
    let members = || node.members.iter().filter_map(|&i| dates.placed.get(i));
    let Some((first, a)) = members().next() else {
        return Html::default();
    };
    let n = node.members.len();
    let together = members().any(|(stretch, _)| stretch != first);
    let ids: Vec<_> = members().map(|(_, a)| a.id.clone()).collect();
    let (label, name, action) = if together {
        let name = format!("{n} dates, {}: zoom in", node.stretch.in_words());
        (format!("{n} dates"), name, Action::Panel(Ask::Time(Zoom::To(node.stretch))))
    } else {
        let mut label = words_of(&props.document, a);
        if n > 1 {
            label.push_str(" ×");
            label.push_str(&n.to_string());
        }
        let name = named(&label, a);
        (label, name, Action::Point(ids.clone()))
    };
    let here = props.active.as_ref().is_some_and(|id| ids.contains(id));
    let y = AXIS + node.lane as i32 * LANE;
    let shape = if node.width < SHORT {
        let (x, y) = ((node.x + node.width / 2).clamp(5, WIDTH - 5), y + 14);
        format!("M{x} {y}l5 5-5 5-5-5z")
    } else {
        bar(node.x, node.width, y)
    };
    let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    let onclick = dispatch(&props.emit, action);
    mark(&ids.join(" "), name, label, (node.label, y), shape, here, onclick)
}

/// A mark's label with the date in words.
fn named(label: &str, a: &Annotation) -> String {
    [label, &value(a)].join(": ")
}

fn value(a: &Annotation) -> String {
    match &a.body {
        Body::Date(d) => words::date(&d.timex),
        _ => String::new(),
    }
}

fn bar(x: i32, width: i32, y: i32) -> String {
    format!("M{x} {}h{width}v5H{x}z", y + 17)
}

/// A length of time without a place: as long as it is on this axis.
fn length(props: &PanelProps, a: &Annotation, width: i32, y: i32) -> Html {
    let here = props.active.as_ref() == Some(&a.id);
    let shape = bar(0, width.clamp(2, WIDTH), y);
    let label = words_of(&props.document, a);
    let name = named(&label, a);
    let onclick = dispatch(&props.emit, Action::Go(a.id.clone(), true));
    mark(&a.id.0, name, label, (0, y), shape, here, onclick)
}

fn mark(
    ids: &str,
    name: String,
    label: String,
    (x, y): (i32, i32),
    shape: String,
    here: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <g key={ids.to_owned()} class="node" role="button" tabindex="-1" aria-label={name} data-ids={ids.to_owned()}
            aria-current={here.then_some("true")} {onclick}>
            <rect class="area" x={x.to_string()} y={y.to_string()} width={(label.chars().count() as i32 * LETTER).to_string()} height="24" />
            <text x={x.to_string()} y={(y + 12).to_string()}>{ label }</text>
            <path d={shape} />
        </g>
    }
}

thread_local! {
    /// What the wheel has turned since the last step: trackpads turn it by little.
    static TURNED: Cell<f64> = const { Cell::new(0.0) };
}

/// The wheel zooms where the pointer is.
fn wheel(emit: &Emit) -> Callback<WheelEvent> {
    let emit = emit.clone();
    Callback::from(move |event: WheelEvent| {
        event.prevent_default();
        let turned = TURNED.get() + event.delta_y();
        if turned.abs() < 40.0 {
            return TURNED.set(turned);
        }
        TURNED.set(0.0);
        let at = dom::share_of("time", f64::from(event.client_x()));
        emit.emit(Action::Panel(Ask::Time(Zoom::At(at, turned < 0.0))));
    })
}

fn keys(emit: &Emit) -> Callback<KeyboardEvent> {
    let emit = emit.clone();
    Callback::from(move |event: KeyboardEvent| {
        let zoom = match event.key().as_str() {
            "+" | "=" => Zoom::At(500, true),
            "-" | "_" => Zoom::At(500, false),
            "ArrowLeft" => Zoom::Move(false),
            "ArrowRight" => Zoom::Move(true),
            "0" | "Home" => Zoom::Whole,
            _ => return,
        };
        if !event.ctrl_key() && !event.meta_key() {
            event.prevent_default();
            emit.emit(Action::Panel(Ask::Time(zoom)));
        }
    })
}
