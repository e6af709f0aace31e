//! Compiling for wasm32: the toolchain that is there, with the std that rustup brings for the target. The
//! target's flags are in `.cargo/config.toml`, so that cargo compiles the same without xtask.

use crate::command::{Project, Run};
use std::path::Path;

/// What the page and its workers are compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that the toolchain can compile for wasm: by rustup, or the error says how.
pub(crate) fn require_target() -> Result<(), String> {
    if std_is_there() {
        return Ok(());
    }
    println!("The toolchain has no standard library for {TARGET} yet.");
    let add = Run::new("rustup").args(["target", "add", TARGET]);
    let by_hand = add.shown();
    let trouble = match add.run() {
        Ok(()) if std_is_there() => return Ok(()),
        Ok(()) => format!("`{by_hand}` succeeded for another toolchain than the rustc on the PATH"),
        Err(e) => e,
    };
    Err(format!(
        "{trouble}\nThe page is compiled for {TARGET}, whose standard library comes with Rust by rustup \
         (https://rustup.rs). Run this by hand, then start again:\n  {by_hand}"
    ))
}

/// Brings all crates that a build is made of, as trunk then works without a network.
pub(crate) fn fetch_crates(project: &Project) -> Result<(), String> {
    Run::new("cargo").args(["fetch", "--locked"]).within(project.root()).run()
}

/// `run`, with the target's flags as the project sets them: a `RUSTFLAGS` of the caller would replace them.
pub(crate) fn with_project_flags(run: Run) -> Run {
    run.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS")
}

/// `cargo` for wasm, in the project.
pub(crate) fn cargo_command(project: &Project) -> Run {
    with_project_flags(Run::new("cargo")).within(project.root())
}

/// Whether the toolchain on the PATH has the target's std.
fn std_is_there() -> bool {
    let Some(sysroot) = Run::new("rustc").args(["--print", "sysroot"]).read_output() else {
        return false;
    };
    let folder = Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib");
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}
