//! Who uses whom, and the circles in it.

use std::collections::{BTreeMap, BTreeSet};

/// Names, and for each the names that it uses with an example.
#[derive(Default)]
pub(crate) struct Graph(BTreeMap<String, BTreeMap<String, String>>);

impl Graph {
    /// `from` uses `to`, as `example` shows.
    pub(crate) fn add(&mut self, from: &str, to: &str, example: &str) {
        self.0.entry(to.to_owned()).or_default();
        let used = self.0.entry(from.to_owned()).or_default();
        used.entry(to.to_owned()).or_insert_with(|| example.to_owned());
    }

    /// A text for each group of names that all reach one another.
    pub(crate) fn circles(&self, what: &str) -> Vec<String> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.0.keys().map(|name| (name.as_str(), self.reachable_from(name))).collect();
        let mut circles = Vec::new();
        let mut told = BTreeSet::new();
        for (name, names) in &reached {
            if !names.contains(name) || told.contains(name) {
                continue;
            }
            let circle: Vec<&str> =
                names.iter().copied().filter(|other| reached[other].contains(name)).collect();
            told.extend(circle.iter().copied());
            circles.push(self.describe(what, &circle));
        }
        circles
    }

    fn reachable_from(&self, name: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            for used in self.0[name].keys() {
                if reached.insert(used.as_str()) {
                    open.push(used);
                }
            }
        }
        reached
    }

    fn describe(&self, what: &str, circle: &[&str]) -> String {
        let mut lines = vec![format!("a circle of {} {what}:", circle.len())];
        for from in circle {
            for (to, example) in &self.0[*from] {
                if circle.contains(&to.as_str()) && to != from {
                    lines.push(format!("    {from} -> {to}: {example}"));
                }
            }
        }
        lines.join("\n")
    }
}

#[test]
fn circles_are_found() {
    let mut graph = Graph::default();
    for (from, to) in [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("e", "a")] {
        graph.add(from, to, "an example");
    }
    let circles = graph.circles("files");
    assert_eq!(circles.len(), 1);
    assert!(circles[0].starts_with("a circle of 2 files:\n    b -> c: an example"), "{circles:?}");
}
