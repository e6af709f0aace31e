//! The tab Timeline: an axis that zooms, and the same dates as a list.

use std::cell::Cell;

use yew::{Callback, Html, KeyboardEvent, MouseEvent, WheelEvent, html};

use super::rows::{MAX_ROWS, PanelProps, annotation_row, empty_message};
use crate::action::{Action, PanelAction, WalkAction};
use crate::browser::dom;
use crate::browser::shared::{Emit, dispatch, icon};
use crate::lists::{self, Timeline};
use crate::words;
use crate::words::shorten;
use galley_engine::document::{Annotation, Body, Document};
use galley_engine::view::axis::{TimeRange, Zoom, ticks};
use galley_engine::view::timeline::{
    MIN_BAR_WIDTH, TimelineChart, TimelineItem, TimelineNode, layout_timeline,
};

/// Width of the chart in its own units; a letter is about six wide.
const CHART_WIDTH: i32 = 320;
const LETTER_WIDTH: i32 = 6;
/// Letters of a label at most.
const MAX_LABEL_CHARS: usize = 18;
/// Heights of the axis and of a lane.
const AXIS_HEIGHT: i32 = 24;
const LANE_HEIGHT: i32 = 27;
/// Durations that are drawn below the axis.
const MAX_DURATIONS: usize = 6;

pub(super) fn timeline(props: &PanelProps, live: &[&Annotation]) -> Html {
    let dates = lists::timeline(live);
    if dates.placed.is_empty() && dates.lengths.is_empty() && dates.vague.is_empty() {
        return empty_message(props, "No dates were found.");
    }
    let line = |a: &Annotation| {
        html! { <li key={a.id.0.clone()}>{ annotation_row(props, a, true, date_in_words(a)) }</li> }
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
    let lengths = dates.lengths.iter().take(MAX_ROWS).map(|(_, a)| line(a)).collect();
    let vague = dates.vague.iter().take(MAX_ROWS).map(|a| line(a)).collect();
    html! {
        <>
            if !dates.placed.is_empty() || !dates.lengths.is_empty() {
                { time_axis(props, &dates) }
            }
            <ol class="list" id="timeline-list">{ for dates.placed.iter().take(MAX_ROWS).map(|(_, a)| line(a)) }</ol>
            { apart("Durations", lengths) }
            { apart("Without a fixed date", vague) }
        </>
    }
}

fn short_text(document: &Document, a: &Annotation) -> String {
    shorten(document.text.slice(a.span), MAX_LABEL_CHARS)
}

fn time_axis(props: &PanelProps, dates: &Timeline<'_>) -> Html {
    let document = &*props.document;
    let view = dates.view(props.time);
    let items: Vec<TimelineItem> = dates
        .placed
        .iter()
        .map(|&(stretch, a)| TimelineItem {
            stretch,
            label: short_text(document, a).chars().count() as i32 * LETTER_WIDTH,
        })
        .collect();
    let chart = layout_timeline(&items, view, CHART_WIDTH);
    let below = AXIS_HEIGHT + chart.lanes as i32 * LANE_HEIGHT;
    let lengths = dates.lengths.len().min(MAX_DURATIONS) as i32;
    let height = below + 6 + lengths * LANE_HEIGHT;
    let range = view.in_words();
    html! {
        <div class="time">
            { axis_tools(&chart, &range, &props.emit) }
            <svg id="time" viewBox={format!("0 0 {CHART_WIDTH} {height}")} role="group" tabindex="0" data-kind="date"
                aria-label={format!("Time axis, {range}. Plus and minus zoom, arrows move, 0 shows all. The same dates are listed below.")}
                onwheel={on_wheel(&props.emit)} onkeydown={on_key(&props.emit)}>
                for tick in ticks(view, CHART_WIDTH, 58) {
                    <g key={tick.x} class="tick">
                        <path d={format!("M{} 0V{height}", tick.x)} />
                        <text x={(tick.x + 4).to_string()} y="12">{ tick.label }</text>
                    </g>
                }
                <path class="base" d={format!("M0 18H{CHART_WIDTH}")} />
                { publication_line(document, view, below) }
                { for chart.nodes.iter().map(|n| axis_node(props, dates, n)) }
                { for dates.lengths.iter().take(MAX_DURATIONS).enumerate().map(|(i, (n, a))| duration_bar(props, a, view.place(view.from + n, CHART_WIDTH), below + 6 + i as i32 * LANE_HEIGHT)) }
            </svg>
        </div>
    }
}

fn axis_tools(chart: &TimelineChart, range: &str, emit: &Emit) -> Html {
    let tool = |id: &'static str, name: &str, path, zoom| {
        html! {
            <button {id} class="tool" aria-label={name.to_owned()} title={name.to_owned()} onclick={dispatch(emit, PanelAction::ZoomTimeline(zoom))}>{ icon(path) }</button>
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

/// The publication date as a line.
fn publication_line(document: &Document, view: TimeRange, below: i32) -> Html {
    let Some(stamp) = document.published else {
        return Html::default();
    };
    let x = view.place(stamp.day.number() * 1440 + 720, CHART_WIDTH);
    if !(0..=CHART_WIDTH).contains(&x) {
        return Html::default();
    }
    html! { <path class="published" d={format!("M{x} 18V{below}")}><title>{ "Published" }</title></path> }
}

fn axis_node(props: &PanelProps, dates: &Timeline<'_>, node: &TimelineNode) -> Html {
    let members = || node.members.iter().filter_map(|&i| dates.placed.get(i));
    let Some((first, a)) = members().next() else {
        return Html::default();
    };
    let n = node.members.len();
    let together = members().any(|(stretch, _)| stretch != first);
    let ids: Vec<_> = members().map(|(_, a)| a.id.clone()).collect();
    let (label, name, action) = if together {
        let name = format!("{n} dates, {}: zoom in", node.stretch.in_words());
        (
            format!("{n} dates"),
            name,
            Action::Panel(PanelAction::ZoomTimeline(Zoom::To(node.stretch))),
        )
    } else {
        let mut label = short_text(&props.document, a);
        if n > 1 {
            label.push_str(" ×");
            label.push_str(&n.to_string());
        }
        let name = accessible_name(&label, a);
        (label, name, Action::Walk(WalkAction::Point(ids.clone())))
    };
    let here = props.active.as_ref().is_some_and(|id| ids.contains(id));
    let y = AXIS_HEIGHT + node.lane as i32 * LANE_HEIGHT;
    let shape = if node.width < MIN_BAR_WIDTH {
        let (x, y) = ((node.x + node.width / 2).clamp(5, CHART_WIDTH - 5), y + 14);
        format!("M{x} {y}l5 5-5 5-5-5z")
    } else {
        bar_path(node.x, node.width, y)
    };
    let ids: Vec<&str> = ids.iter().map(|id| id.0.as_str()).collect();
    let onclick = dispatch(&props.emit, action);
    axis_mark(&ids.join(" "), name, label, (node.label, y), shape, here, onclick)
}

/// The label of a date with its value in words.
fn accessible_name(label: &str, a: &Annotation) -> String {
    [label, &date_in_words(a)].join(": ")
}

fn date_in_words(a: &Annotation) -> String {
    match &a.body {
        Body::Date(d) => words::date_in_words(&d.timex),
        _ => String::new(),
    }
}

fn bar_path(x: i32, width: i32, y: i32) -> String {
    format!("M{x} {}h{width}v5H{x}z", y + 17)
}

/// A duration without a place in the calendar, as a bar to the scale of the axis.
fn duration_bar(props: &PanelProps, a: &Annotation, width: i32, y: i32) -> Html {
    let here = props.active.as_ref() == Some(&a.id);
    let shape = bar_path(0, width.clamp(2, CHART_WIDTH), y);
    let label = short_text(&props.document, a);
    let name = accessible_name(&label, a);
    let onclick = dispatch(&props.emit, WalkAction::Go(a.id.clone(), true));
    axis_mark(&a.id.0, name, label, (0, y), shape, here, onclick)
}

fn axis_mark(
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
            <rect class="area" x={x.to_string()} y={y.to_string()} width={(label.chars().count() as i32 * LETTER_WIDTH).to_string()} height="24" />
            <text x={x.to_string()} y={(y + 12).to_string()}>{ label }</text>
            <path d={shape} />
        </g>
    }
}

thread_local! {
    /// How far the wheel has turned since the last zoom: trackpads send many small turns.
    static WHEEL_TURNED: Cell<f64> = const { Cell::new(0.0) };
}

/// The wheel zooms at the pointer.
fn on_wheel(emit: &Emit) -> Callback<WheelEvent> {
    let emit = emit.clone();
    Callback::from(move |event: WheelEvent| {
        event.prevent_default();
        let turned = WHEEL_TURNED.get() + event.delta_y();
        if turned.abs() < 40.0 {
            return WHEEL_TURNED.set(turned);
        }
        WHEEL_TURNED.set(0.0);
        let at = dom::thousandths_across("time", f64::from(event.client_x()));
        emit.emit(Action::Panel(PanelAction::ZoomTimeline(Zoom::At(at, turned < 0.0))));
    })
}

fn on_key(emit: &Emit) -> Callback<KeyboardEvent> {
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
            emit.emit(Action::Panel(PanelAction::ZoomTimeline(zoom)));
        }
    })
}
