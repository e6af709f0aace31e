//! A person's actions in real Chromium, against the built page. Run by `cargo xtask test browser`,
//! or one of them: `cargo xtask test browser -- NAME`. How to write one: `harness/mod.rs`.

#![allow(clippy::disallowed_methods, reason = "waiting for a browser needs a clock")]

mod desk;
mod dialogs;
mod files;
mod harness;
mod hostile;
mod keyboard;
mod looks;
mod looks_all;
mod looks_panels;
#[path = "../../src/bin/xtask/made.rs"]
#[allow(dead_code, reason = "shared with xtask")]
mod made;
mod mouse;
#[path = "../../src/bin/xtask/offline.rs"]
#[allow(dead_code, reason = "shared with xtask")]
mod offline;
mod panels;
mod safety;
#[path = "../../src/bin/xtask/sha256.rs"]
mod sha256;
mod smoke;
mod soak;
mod speed;
mod speed_panels;
mod steps;
