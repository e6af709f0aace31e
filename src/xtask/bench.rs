//! `cargo xtask bench`: the engine's speed, native and in Chromium, chrono-node's dates over the same texts, how
//! long a person waits for the page, and that long texts cost no more than their length.

use crate::browser;
use crate::command::{Project, Run};
use crate::figures::{Figure, LastRun};
use crate::release;
use crate::report::count_tests;
use crate::tools::{BrowserTools, BuildTools, ToolFolder};
use crate::wasm;
use std::path::Path;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Each engine, native and in Chromium, and chrono-node beside the dates, over the same texts
    Engine,
    /// From a paste to the marks, from a click to what it changes
    Browser,
    /// Whether the time for odd long texts grows as their length does
    Linear,
}

/// Measures, prints beside the figures of the last run, and keeps these for the next.
pub(crate) fn run(
    project: &Project,
    folder: &ToolFolder,
    parts: &[Part],
    filter: &[String],
) -> Result<(), String> {
    let wants = |part: Part| parts.is_empty() || parts.contains(&part);
    let kept = project.target().join("bench.json");
    let mut last = LastRun::read(&kept);
    if wants(Part::Linear) {
        measure_growth(project)?;
    }
    if wants(Part::Engine) {
        let tools = BuildTools::find(project, folder)?;
        let browser_tools = BrowserTools::find(folder)?;
        measure_engine(project, &tools, &browser_tools, &folder.chrono()?, &mut last)?;
    }
    if wants(Part::Browser) {
        let tools = BuildTools::find(project, folder)?;
        let browser_tools = BrowserTools::find(folder)?;
        release::build_page_if_changed(project, &tools)?;
        let run = browser::speed_run(project, &browser_tools, filter)?;
        let figures = run_and_read(run.command)?;
        println!("\nThe page in Chromium:");
        last.print_and_replace("page", &figures);
    }
    last.write(&kept)?;
    println!("\nKept in {} for the next run to compare with.", kept.display());
    Ok(())
}

fn measure_engine(
    project: &Project,
    tools: &BuildTools,
    browser_tools: &BrowserTools,
    chrono: &Path,
    last: &mut LastRun,
) -> Result<(), String> {
    let texts = project.target().join("bench.txt");
    let native = run_and_read(
        Run::new("cargo")
            .within(project.root())
            .words("test --locked --release --package galley --test speed -- --ignored --nocapture")
            .env("GALLEY_BENCH", &texts),
    )?;
    let wasm = run_and_read(
        wasm::cargo_command(project)
            .args(["test", "--locked", "--target", wasm::TARGET])
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
    let dates = run_and_read(
        Run::new("node")
            .within(project.root())
            .words("tests/support/chrono.mjs")
            .args([chrono, texts.as_path()]),
    )?;
    println!("\nThe engine on one core, native and in Chromium:");
    last.print_and_replace("native", &native);
    last.print_and_replace("Chromium", &wasm);
    last.print_and_replace("node", &dates);
    for (native, wasm) in native.iter().zip(&wasm).filter(|(n, _)| n.unit.ends_with("/s")) {
        let share = wasm.value / native.value * 100.0;
        println!("  {}: wasm has {share:.0} % of the native speed", native.name);
    }
    Ok(())
}

/// Tests that look at the clock, and fail where a long text takes more than its share.
fn measure_growth(project: &Project) -> Result<(), String> {
    let run = Run::new("cargo")
        .within(project.root())
        .words("test --locked --package galley --package galley-engine -- --ignored linear");
    let counts = count_tests(run);
    match counts.failed {
        0 => Ok(()),
        _ => Err(counts.failures.join("\n")),
    }
}

/// The figures that a program printed.
fn run_and_read(run: Run) -> Result<Vec<Figure>, String> {
    let shown = run.shown();
    println!("$ {shown}");
    let output =
        run.into_command().output().map_err(|e| format!("`{shown}` cannot be run: {e}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let figures = Figure::parse_all(&printed);
    if output.status.success() && !figures.is_empty() {
        return Ok(figures);
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{shown}` failed, or measured nothing:\n{printed}\n{errors}"))
}
