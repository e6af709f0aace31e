//! A person's actions in real Chromium, against the built page. Run by `cargo xtask test browser`,
//! or one of them: `cargo xtask test browser -- NAME`. None asserts a time;
//! `speed.rs` measures when `cargo xtask bench browser` runs it. How to write one: `harness/mod.rs`.

#![allow(clippy::disallowed_methods, reason = "waiting for a browser needs a clock")]

mod actions;
mod backup;
mod collections;
mod desk;
mod dialogs;
mod editor;
mod files;
mod harness;
mod hostile;
mod keyboard;
mod learning;
mod leaving;
mod long_text;
mod looks;
mod looks_all;
mod looks_panels;
mod mouse;
mod panels;
mod payloads;
mod safety;
mod smoke;
mod soak;
mod speed;
mod steps;
mod suggestions;

#[path = "../support/notes.rs"]
mod notes;
