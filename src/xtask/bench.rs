//! `cargo xtask bench`: `tests/speed.rs` native and in Chromium, and chrono-node's dates, over the same
//! texts in one run.

use crate::browser;
use crate::command::{Project, Run};
use crate::tools::{BrowserTools, BuildTools};
use crate::wasm;
use std::path::Path;

const MEASURED: &str = "measured: ";

/// Runs both and prints them side by side.
pub(crate) fn run(
    project: &Project,
    tools: &BuildTools,
    browser_tools: &BrowserTools,
    chrono: &Path,
) -> Result<(), String> {
    let texts = project.target().join("bench.txt");
    let native = figures(
        Run::new("cargo")
            .within(project.root())
            .words("test --locked --release --package galley --test speed -- --ignored --nocapture")
            .env("GALLEY_BENCH", &texts),
    )?;
    let wasm = figures(
        wasm::cargo(project)
            .words("test --locked --target wasm32-unknown-unknown")
            .words("--profile worker --package galley-wasm-tests --test speed -- --nocapture")
            .env("GALLEY_BENCH", &texts)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools.wasm_test_runner()?)
            .env("CHROMEDRIVER", &browser_tools.driver)
            .env(
                "WASM_BINDGEN_TEST_WEBDRIVER_JSON",
                browser::write_capabilities(project, browser_tools)?,
            )
            .env("WASM_BINDGEN_TEST_TIMEOUT", "600"),
    )?;
    let dates = figures(
        Run::new("node")
            .within(project.root())
            .words("tests/support/chrono.mjs")
            .args([chrono, texts.as_path()]),
    )?;
    println!("\nThe engine on one core, native and in Chromium:");
    for (native, wasm) in native.iter().zip(&wasm) {
        println!("  native  {native}\n  wasm    {wasm}");
        if let (Some(n), Some(w)) = (speed(native), speed(wasm)) {
            println!("          wasm has {:.0} % of the native speed", w / n * 100.0);
        }
    }
    for line in &dates {
        println!("  node    {line}");
    }
    Ok(())
}

/// The lines that a run measured.
fn figures(run: Run) -> Result<Vec<String>, String> {
    let shown = run.shown();
    println!("$ {shown}");
    let output =
        run.into_command().output().map_err(|e| format!("`{shown}` cannot be run: {e}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<String> = said
        .lines()
        .filter_map(|line| line.split_once(MEASURED))
        .map(|(_, figure)| figure.to_owned())
        .collect();
    if output.status.success() && !lines.is_empty() {
        return Ok(lines);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{shown}` measured nothing:\n{said}\n{errors}"))
}

/// The words a second in "all: 54000 words/s, …".
fn speed(line: &str) -> Option<f64> {
    let (before, _) = line.split_once(" words/s")?;
    before.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_a_second_are_read() {
        assert_eq!(speed("all: 54000 words/s, 324000 characters/s"), Some(54_000.0));
        assert_eq!(speed("models opened in 60 ms"), None);
    }
}
