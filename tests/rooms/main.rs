//! Holds the rooms to the map in ARCHITECTURE.md: who uses whom, and that nobody uses each other in a circle.
//!
//! **What is read.** Every module file below `src` that is compiled without `cfg(test)`; tests, comments and
//! attributes are left out. A *use* is a path that leads to an item of another file: in a `use`, or written
//! out in the code, also inside a macro's tokens. Methods that are called on a value name no path, so they
//! are no use.
//!
//! **Where a path leads.** To the file that defines the item, through all re-exports. So `super::Span` is a
//! use of the parent only if the parent itself defines `Span`; where the parent re-exports it from a sibling,
//! it is a use of that sibling. To import a module is no use, to name something in it is one. `mod child;`
//! and `pub use child::Item;` alone are no use either: they say where things are, and need nothing of them.
//! A parent that calls what its child defines does use it; if the child then uses an item that the parent
//! defines, the two are a circle, and the item belongs in a file of its own.
//!
//! **What is checked.** The column "may use" of the map names exactly the rooms that a room uses. There is no
//! circle between rooms, nor between the files of a crate, but for the uses in `circles.txt`, each with its
//! reason; the test fails as well when one of them is no longer needed.

mod graph;
mod map;
mod modules;
mod panics;

use graph::Graph;
use map::Room;
use modules::{Module, Use};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// The crates by the name that paths begin with, and the file that each begins in.
const CRATES: [(&str, &str); 11] = [
    ("galley", "src/cli/main.rs"),
    ("galley_engine", "src/engine/lib.rs"),
    ("galley_formats", "src/formats/lib.rs"),
    ("galley_intake", "src/intake/lib.rs"),
    ("galley_page", "src/page/lib.rs"),
    ("app", "src/page/bin/app.rs"),
    ("files", "src/page/bin/files.rs"),
    ("worker", "src/page/bin/worker.rs"),
    ("galley_testcases", "src/testcases/lib.rs"),
    ("galley_training", "src/training/main.rs"),
    ("xtask", "src/xtask/lib.rs"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// All that the tests look at.
struct Project {
    modules: Vec<Module>,
    uses: Vec<Use>,
    rooms: Vec<Room>,
}

/// Read once for all tests.
static PROJECT: LazyLock<Project> = LazyLock::new(|| {
    let modules = modules::read_crates(root(), &CRATES);
    let uses = modules::find_uses(&modules);
    Project { modules, uses, rooms: map::parse(&read("ARCHITECTURE.md")) }
});

#[test]
fn every_file_belongs_to_a_crate_and_a_room() {
    let Project { modules, uses, rooms } = &*PROJECT;
    let known: BTreeSet<&str> = modules.iter().map(|module| module.path.as_str()).collect();
    let mut failures = Vec::new();
    for path in modules::rust_files(root(), "src") {
        if !known.contains(path.as_str()) && path != "src/xtask/main.rs" {
            failures.push(format!("{path} is in no crate that this test knows"));
        }
    }
    for (at, module) in modules.iter().enumerate().filter(|(_, module)| !module.is_test) {
        // The front page of a crate only says where things are.
        let uses_something = uses.iter().any(|each| each.from == at);
        let is_front_page = module.path.ends_with("/lib.rs") && !uses_something;
        if map::room_of(rooms, &module.path).is_none() && !is_front_page {
            failures.push(format!("{} is in no room of the map", module.path));
        }
    }
    for room in rooms {
        if !modules.iter().any(|module| room.holds(&module.path)) {
            failures.push(format!("{} is on the map, yet there is no such room", room.path));
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn rooms_use_what_the_map_says() {
    let Project { modules, uses, rooms } = &*PROJECT;
    let mut used: BTreeMap<&str, BTreeMap<&str, &Use>> = BTreeMap::new();
    for each in uses {
        let (from, to) = rooms_of(rooms, modules, each);
        if let (Some(from), Some(to)) = (from, to)
            && from.path != to.path
        {
            used.entry(&from.path).or_default().entry(to.name()).or_insert(each);
        }
    }
    let mut failures = Vec::new();
    for room in rooms {
        let used = used.remove(room.path.as_str()).unwrap_or_default();
        let listed: BTreeSet<&str> = room.may_use.iter().map(String::as_str).collect();
        for (name, example) in &used {
            if !listed.contains(name) {
                let Use { from, written, .. } = example;
                failures.push(format!(
                    "{} uses {name}, which the map does not allow: {written} in {}",
                    room.path, modules[*from].path
                ));
            }
        }
        for name in listed.iter().filter(|name| !used.contains_key(*name)) {
            failures.push(format!("{} does not use {name}, which the map allows", room.path));
        }
        if used.keys().copied().collect::<BTreeSet<_>>() != listed {
            let names: Vec<&str> = used.keys().copied().collect();
            failures.push(format!("    what {} uses: {}", room.path, names.join(", ")));
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

#[test]
fn there_is_no_circle_but_those_that_are_listed() {
    let Project { modules, uses, rooms } = &*PROJECT;
    let listed = map::parse_circles(&read("tests/rooms/circles.txt"));
    let is_listed = |each: &Use, from: &str, to: &str| {
        modules[each.from].path == from && modules[each.to].path == to
    };
    let circles = |skipped: &[&(String, String)]| {
        let kept =
            uses.iter().filter(|each| !skipped.iter().any(|(from, to)| is_listed(each, from, to)));
        find_circles(rooms, modules, kept)
    };
    let all: Vec<_> = listed.iter().collect();
    let mut failures = circles(&all);
    let unlisted = failures.len();
    for entry in &listed {
        let others: Vec<_> = all.iter().copied().filter(|other| *other != entry).collect();
        if circles(&others).len() <= unlisted {
            let (from, to) = entry;
            failures.push(format!("circles.txt lists {from} -> {to}, which is in no circle now"));
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n\n"));
}

/// A description of each circle between rooms, and between the files of a crate.
fn find_circles<'a>(
    rooms: &[Room],
    modules: &[Module],
    uses: impl Iterator<Item = &'a Use>,
) -> Vec<String> {
    let (mut between_rooms, mut between_files) = (Graph::default(), Graph::default());
    for each in uses {
        let (from, to) = (&modules[each.from], &modules[each.to]);
        if from.crate_name == to.crate_name {
            between_files.add(&from.path, &to.path, &each.written);
        }
        if let (Some(a), Some(b)) = rooms_of(rooms, modules, each)
            && a.path != b.path
        {
            let example = format!("{} in {}", each.written, from.path);
            between_rooms.add(&a.path, &b.path, &example);
        }
    }
    let mut circles = between_rooms.circles("rooms");
    circles.extend(between_files.circles("files"));
    circles
}

fn rooms_of<'a>(
    rooms: &'a [Room],
    modules: &[Module],
    each: &Use,
) -> (Option<&'a Room>, Option<&'a Room>) {
    let room = |module: usize| map::room_of(rooms, &modules[module].path);
    (room(each.from), room(each.to))
}
