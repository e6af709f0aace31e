//! `cargo xtask test`: every check in its order, the rest going on after a failure, one closing line.
//! No check asserts a time: `cargo xtask bench` measures.

use crate::browser;
use crate::command::{Project, Run};
use crate::release;
use crate::report::{Counts, Report, count_tests};
use crate::tools::{BrowserTools, BuildTools, ToolFolder};
use crate::wasm;
use std::fs;
use std::time::Instant;

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Step {
    /// Formatting
    Fmt,
    /// Lints, native and for wasm; warnings are errors
    Clippy,
    /// Unit, integration and documentation tests
    Native,
    /// In Chromium, the engine makes the documents that it makes natively
    Wasm,
    /// The release page, its sizes and its policy
    Build,
    /// A person's actions in Chromium
    Browser,
}

/// What the tests are asked to do.
pub(crate) struct TestOptions {
    /// Only these steps; all when empty.
    pub(crate) steps: Vec<Step>,
    /// Only tests whose names hold this, in the steps native and browser.
    pub(crate) filter: Vec<String>,
}

/// Runs the tests. Whether all passed.
pub(crate) fn run(project: &Project, folder: &ToolFolder, options: &TestOptions) -> bool {
    let start = Instant::now();
    let wants = |step: Step| options.steps.is_empty() || options.steps.contains(&step);
    let mut report = Report::default();

    let mut tools = Err("not needed".to_owned());
    let mut browser_tools = Err("not needed".to_owned());
    if [Step::Clippy, Step::Wasm, Step::Build, Step::Browser].into_iter().any(wants) {
        report.run_step("set-up for wasm", || {
            tools = BuildTools::find(project, folder);
            Counts::of(tools.as_ref().map(drop).map_err(Clone::clone))
        });
    }
    if wants(Step::Wasm) || wants(Step::Browser) {
        report.run_step("set-up for browser tests", || {
            browser_tools = BrowserTools::find(folder);
            Counts::of(browser_tools.as_ref().map(drop).map_err(Clone::clone))
        });
    }
    let tools = tools.as_ref().map_err(|_| "left out: the set-up for wasm failed".to_owned());
    let browser_tools = browser_tools
        .as_ref()
        .map_err(|_| "left out: the set-up for browser tests failed".to_owned());

    if wants(Step::Fmt) {
        report.run_step("formatting", || {
            Counts::of(native_cargo(project).args(["fmt", "--check"]).run())
        });
    }
    if wants(Step::Clippy) {
        report.run_step("clippy, native", || {
            Counts::of(
                native_cargo(project)
                    .words("clippy --locked --workspace --all-targets -- -D warnings")
                    .run(),
            )
        });
        report.run_step("clippy, wasm", || {
            Counts::of(tools.clone().and_then(|_| clippy_for_wasm(project)))
        });
    }
    let mut agreement_is_fresh = false;
    if wants(Step::Native) {
        let passed = report.run_step("native tests", || {
            count_tests(
                native_cargo(project)
                    .words("test --locked --workspace --exclude galley-browser-tests --exclude galley-wasm-tests --no-fail-fast --")
                    .args(&options.filter)
                    // Written by the same run that tests everything: the wasm tests compare theirs with it.
                    .env("GALLEY_AGREEMENT", project.agreement()),
            )
        });
        agreement_is_fresh = passed && options.filter.is_empty();
    }
    if wants(Step::Wasm) {
        report.run_step("wasm tests in Chromium", || match (&tools, &browser_tools) {
            (Ok(tools), Ok(browser_tools)) => {
                wasm_tests(project, tools, browser_tools, agreement_is_fresh)
            }
            (Err(e), _) | (_, Err(e)) => Counts::of(Err(e.clone())),
        });
    }
    let mut built = Ok(());
    if wants(Step::Build) || wants(Step::Browser) {
        report.run_step("release page", || {
            built = tools.clone().and_then(|tools| release::build_page(project, tools));
            Counts::of(built.clone())
        });
    }
    if wants(Step::Build) {
        report.run_step("size limits", || match &built {
            Ok(()) => release::check_page(project),
            Err(_) => Counts::of(Err("left out: the page was not built".to_owned())),
        });
    }
    if wants(Step::Browser) {
        report.run_step("browser tests", || match (&built, &browser_tools) {
            (Err(_), _) => Counts::of(Err("left out: the page was not built".to_owned())),
            (_, Err(e)) => Counts::of(Err(e.clone())),
            (Ok(()), Ok(browser_tools)) => {
                browser::run_tests(project, browser_tools, &options.filter)
            }
        });
    }
    report.close(start.elapsed())
}

/// The native `cargo`, in the project.
fn native_cargo(project: &Project) -> Run {
    Run::new("cargo").within(project.root())
}

/// One run for the page, its workers and the tests in a browser.
fn clippy_for_wasm(project: &Project) -> Result<(), String> {
    // The tests include what native runs write, and clippy does not look inside.
    let empty = project.target().join("empty.txt");
    for path in [empty.clone(), empty.with_extension("txt.articles")] {
        fs::write(&path, "").map_err(|e| format!("{}: {e}", path.display()))?;
    }
    wasm::cargo_command(project)
        .args(["clippy", "--locked", "--target", wasm::TARGET])
        .words("--package galley-page --bins --package galley-wasm-tests --test agreement --test speed")
        .words("-- -D warnings")
        .env("GALLEY_AGREEMENT", &empty)
        .env("GALLEY_BENCH", &empty)
        .run()
}

/// The native engine's fingerprints, written by their own run so that no old ones are compared with.
fn write_agreement(project: &Project) -> Result<(), String> {
    native_cargo(project)
        .words("test --locked --quiet --package galley --test agreement")
        .env("GALLEY_AGREEMENT", project.agreement())
        .run()
}

/// `agreement_is_fresh`: whether the native tests of this run have written the fingerprints.
fn wasm_tests(
    project: &Project,
    tools: &BuildTools,
    browser_tools: &BrowserTools,
    agreement_is_fresh: bool,
) -> Counts {
    let prepared = if agreement_is_fresh { Ok(()) } else { write_agreement(project) };
    let prepared = prepared
        .and_then(|()| tools.wasm_test_runner())
        .and_then(|runner| Ok((runner, browser::write_capabilities(project, browser_tools)?)));
    let (runner, capabilities) = match prepared {
        Ok(both) => both,
        Err(e) => return Counts::of(Err(e)),
    };
    count_tests(
        wasm::cargo_command(project)
            .args(["test", "--locked", "--target", wasm::TARGET])
            .words("--profile wasm-test --package galley-wasm-tests --test agreement")
            .env("GALLEY_AGREEMENT", project.agreement())
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", &browser_tools.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}
