//! Dates on a time axis: which stand together, in which lane, and where.

use super::axis::TimeRange;

/// Something with a place on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineItem {
    /// When.
    pub stretch: TimeRange,
    /// The length of its label in units of the picture.
    pub label: i32,
}

/// What is drawn at one place: an item, or several that would lie on each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineNode {
    /// Places in the list of items; never empty.
    pub members: Vec<usize>,
    /// From the first of them to the last.
    pub stretch: TimeRange,
    /// Its left edge in units of the picture, inside the picture.
    pub x: i32,
    /// Its width; less than [`MIN_BAR_WIDTH`]: it is drawn as a point.
    pub width: i32,
    /// Where its label begins.
    pub label: i32,
    /// The length of its label.
    long: i32,
    /// 0 is nearest to the axis.
    pub lane: usize,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimelineChart {
    /// In the order of time.
    pub nodes: Vec<TimelineNode>,
    /// Lanes that are used.
    pub lanes: usize,
    /// Items before and after what is shown.
    pub outside: (usize, usize),
}

/// What is narrower is a point.
pub const MIN_BAR_WIDTH: i32 = 10;
/// Lanes at most, unless a handful of long items lie on each other.
const MAX_LANES: usize = 9;
/// The label of several together.
const GROUP_LABEL_WIDTH: i32 = 54;
/// Space between neighbours in a lane.
const LANE_GAP: i32 = 8;
/// Tries, from fine to coarse: items whose left edges are this near stand together; long ones only
/// from the second half on.
const GROUPING_STEPS: [(i32, bool); 9] = [
    (0, false),
    (5, false),
    (10, false),
    (20, false),
    (40, false),
    (20, true),
    (60, true),
    (120, true),
    (10_000, true),
];

/// Lays out what `view` shows over `width` units. Items may come in any order.
pub fn layout_timeline(items: &[TimelineItem], view: TimeRange, width: i32) -> TimelineChart {
    let mut inside: Vec<usize> = Vec::with_capacity(items.len());
    let mut chart = TimelineChart::default();
    for (i, item) in items.iter().enumerate() {
        if item.stretch.to <= view.from {
            chart.outside.0 += 1;
        } else if item.stretch.from >= view.to {
            chart.outside.1 += 1;
        } else {
            inside.push(i);
        }
    }
    inside.sort_by_key(|&i| items.get(i).map(|item| item.stretch));
    for (near, long) in GROUPING_STEPS {
        chart.nodes = group_nodes(items, &inside, view, width, near, long);
        chart.lanes = assign_lanes(&mut chart.nodes);
        if chart.lanes <= MAX_LANES {
            break;
        }
    }
    chart
}

/// Items in the order of time, those that are near each other as one.
fn group_nodes(
    items: &[TimelineItem],
    inside: &[usize],
    view: TimeRange,
    width: i32,
    near: i32,
    long: bool,
) -> Vec<TimelineNode> {
    let mut nodes: Vec<TimelineNode> = Vec::new();
    // The last node that takes in others, and the edge that they are measured from.
    let mut open: Option<(usize, i32)> = None;
    for &i in inside {
        let Some(item) = items.get(i) else { continue };
        let (x, wide) = left_and_width(item.stretch, view, width);
        if let Some((at, edge)) = open
            && let Some(node) = nodes.get_mut(at)
        {
            let same = node.stretch == item.stretch;
            if same || near > 0 && x - edge <= near && (long || wide < MIN_BAR_WIDTH) {
                node.members.push(i);
                if !same {
                    node.stretch.to = node.stretch.to.max(item.stretch.to);
                    (node.x, node.width) = left_and_width(node.stretch, view, width);
                    node.long = GROUP_LABEL_WIDTH;
                }
                continue;
            }
        }
        // One of the same time may lie a few nodes back, behind longer ones that began with it.
        if let Some(twin) = nodes.iter_mut().rev().take(8).find(|n| n.stretch == item.stretch) {
            twin.members.push(i);
            continue;
        }
        nodes.push(TimelineNode {
            members: vec![i],
            stretch: item.stretch,
            x,
            width: wide,
            label: 0,
            long: item.label,
            lane: 0,
        });
        if long || wide < MIN_BAR_WIDTH {
            open = Some((nodes.len() - 1, x));
        }
    }
    for node in &mut nodes {
        // The label stands above the left edge, moved in where it would leave the picture.
        node.label = node.x.min(width - node.long.min(width)).max(0);
    }
    nodes
}

/// Left edge and width of what is shown of a stretch.
fn left_and_width(stretch: TimeRange, view: TimeRange, width: i32) -> (i32, i32) {
    let x = view.place(stretch.from, width).clamp(0, width);
    let end = view.place(stretch.to, width).clamp(x, width);
    (x, end - x)
}

/// Gives each node the first lane that is free there; how many lanes that takes.
fn assign_lanes(nodes: &mut [TimelineNode]) -> usize {
    let mut ends: Vec<i32> = Vec::new();
    for node in nodes {
        let start = node.x.min(node.label);
        node.lane = ends.iter().position(|&end| end + LANE_GAP <= start).unwrap_or(ends.len());
        if node.lane == ends.len() {
            ends.push(0);
        }
        if let Some(end) = ends.get_mut(node.lane) {
            *end = (node.x + node.width.max(MIN_BAR_WIDTH)).max(node.label + node.long);
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items of `(from, to)` in days, drawn over 300 units for 30 days.
    fn drawn(items: &[(i64, i64)]) -> TimelineChart {
        let items: Vec<TimelineItem> = items
            .iter()
            .map(|&(from, to)| TimelineItem {
                stretch: TimeRange { from: from * 1440, to: to * 1440 },
                label: 40,
            })
            .collect();
        let view = TimeRange { from: 0, to: 30 * 1440 };
        layout_timeline(&items, view, 300)
    }

    /// `lane:x+width@label members` of each node.
    fn describe(chart: &TimelineChart) -> Vec<String> {
        let node = |n: &TimelineNode| {
            format!("{}:{}+{}@{} {:?}", n.lane, n.x, n.width, n.label, n.members)
        };
        chart.nodes.iter().map(node).collect()
    }

    #[test]
    fn lanes_keep_labels_apart() {
        let chart = drawn(&[(10, 11), (0, 1), (2, 3), (0, 30), (29, 30)]);
        assert_eq!(
            describe(&chart),
            [
                "0:0+10@0 [1]", "1:0+300@0 [3]", "2:20+10@20 [2]", "0:100+10@100 [0]",
                "0:290+10@260 [4]",
            ]
        );
        assert_eq!((chart.lanes, chart.outside), (3, (0, 0)));
    }

    #[test]
    fn the_same_time_is_one_place_and_what_lies_outside_is_counted() {
        let chart = drawn(&[(4, 5), (3, 9), (4, 5), (-3, 0), (30, 31), (40, 50), (3, 9)]);
        assert_eq!(describe(&chart), ["0:30+60@30 [1, 6]", "1:40+10@40 [0, 2]"]);
        assert_eq!(chart.outside, (1, 2));
    }

    #[test]
    fn a_crowd_stands_together() {
        let many: Vec<(i64, i64)> =
            (0..28).flat_map(|d| [(d, d + 1), (d, d + 2), (d, d + 3)]).collect();
        let chart = drawn(&many);
        assert!(chart.lanes <= MAX_LANES, "{}", chart.lanes);
        let mut members: Vec<usize> = chart.nodes.iter().flat_map(|n| n.members.clone()).collect();
        members.sort_unstable();
        assert_eq!(members, (0..many.len()).collect::<Vec<_>>());
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_overlaps(
            items in proptest::collection::vec((-10i64..40, 1i64..20), 0..200),
        ) {
            let items: Vec<(i64, i64)> = items.into_iter().map(|(from, n)| (from, from + n)).collect();
            let chart = drawn(&items);
            let shown: usize = chart.nodes.iter().map(|n| n.members.len()).sum();
            proptest::prop_assert_eq!(shown + chart.outside.0 + chart.outside.1, items.len());
            proptest::prop_assert!(chart.lanes <= MAX_LANES);
            for n in &chart.nodes {
                proptest::prop_assert!(n.x >= 0 && n.x + n.width <= 300 && n.label >= 0);
            }
            for (i, a) in chart.nodes.iter().enumerate() {
                for b in &chart.nodes[i + 1..] {
                    let over = |a: &TimelineNode, b: &TimelineNode| a.label < b.label + b.long && b.label < a.label + a.long;
                    proptest::prop_assert!(a.lane != b.lane || !over(a, b), "{:?} {:?}", a, b);
                }
            }
        }
    }
}
