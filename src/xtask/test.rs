//! `cargo xtask test`: every check in its order, the rest going on after a failure, one closing line.

use crate::browser;
use crate::command::{Project, Run};
use crate::release;
use crate::tools::{Browser, Kit, Shelf};
use crate::wasm::Wish;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// The steps by their names on the command line, in their order.
pub(crate) const STEPS: [(&str, &str); 6] = [
    ("fmt", "formatting"),
    ("clippy", "lints, native and wasm"),
    ("native", "unit, integration and documentation tests"),
    ("wasm", "the engine in Chromium agrees with the native one"),
    ("build", "the release page and its size budgets"),
    ("browser", "a person's actions in Chromium"),
];

/// What the tests are asked to do.
pub(crate) struct Wishes {
    /// Only these steps; all when empty.
    pub(crate) steps: Vec<String>,
    /// Only tests whose names hold this, in the steps native and browser.
    pub(crate) filter: Vec<String>,
    /// Which wasm compiler.
    pub(crate) compiler: Option<Wish>,
}

/// What has been counted.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    lines: Vec<String>,
}

impl Tally {
    /// Runs one step: says its name, takes its time, counts what it reports.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Counts) {
        println!("\n==== {name}");
        let start = Instant::now();
        let counts = work();
        self.passed += counts.passed;
        self.failed += counts.failed;
        for trouble in &counts.troubles {
            println!("FAILED: {trouble}");
        }
        let line = format!(
            "{:<34} {:>4} passed {:>3} failed {:>8}",
            name,
            counts.passed,
            counts.failed,
            shown(start.elapsed())
        );
        println!("---- {line}");
        self.lines.push(line);
        // A step's output must not be overtaken by the next one's.
        let _ = std::io::stdout().flush();
    }
}

/// What one step found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) troubles: Vec<String>,
}

impl Counts {
    /// One check that passed or failed.
    pub(crate) fn of(result: Result<(), String>) -> Counts {
        let mut counts = Counts::default();
        counts.add(result);
        counts
    }

    /// One check more.
    pub(crate) fn add(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(trouble) => {
                self.failed += 1;
                self.troubles.push(trouble);
            }
        }
    }
}

/// Runs the tests. Whether all passed.
pub(crate) fn run(project: &Project, shelf: &Shelf, wishes: &Wishes) -> Result<bool, String> {
    if let Some(unknown) =
        wishes.steps.iter().find(|step| STEPS.iter().all(|(name, _)| name != step))
    {
        let names: Vec<&str> = STEPS.iter().map(|(name, _)| *name).collect();
        return Err(format!("no step {unknown}; the steps are {}", names.join(", ")));
    }
    let start = Instant::now();
    let wanted =
        |step: &str| wishes.steps.is_empty() || wishes.steps.iter().any(|wish| wish == step);
    let mut tally = Tally::default();

    let mut kit = Err("not needed".to_owned());
    let mut chromium = Err("not needed".to_owned());
    if ["clippy", "wasm", "build", "browser"].into_iter().any(wanted) {
        tally.step("set-up for wasm", || {
            kit = Kit::for_build(project, shelf, wishes.compiler);
            Counts::of(kit.as_ref().map(drop).map_err(Clone::clone))
        });
    }
    if wanted("wasm") || wanted("browser") {
        tally.step("set-up for browser tests", || {
            chromium = Browser::find(shelf);
            Counts::of(chromium.as_ref().map(drop).map_err(Clone::clone))
        });
    }
    let kit = kit.as_ref().map_err(|_| "left out: the set-up for wasm failed".to_owned());
    let chromium =
        chromium.as_ref().map_err(|_| "left out: the set-up for browser tests failed".to_owned());

    if wanted("fmt") {
        tally.step("formatting", || Counts::of(native(project).args(["fmt", "--check"]).run()));
    }
    if wanted("clippy") {
        tally.step("clippy, native", || {
            Counts::of(
                native(project)
                    .words("clippy --locked --workspace --all-targets -- -D warnings")
                    .run(),
            )
        });
        tally.step("clippy, wasm", || {
            Counts::of(kit.clone().and_then(|kit| {
                agreement_file(project)?;
                for targets in ["-p galley-page --bins", "-p galley-wasm-tests --test agreement"] {
                    kit.compiler
                        .clippy(project)
                        .words("--locked --target wasm32-unknown-unknown")
                        .words(targets)
                        .words("-- -D warnings")
                        .env("GALLEY_AGREEMENT", project.agreement())
                        .run()?;
                }
                Ok(())
            }))
        });
    }
    if wanted("native") {
        tally.step("native tests", || {
            tests(
                native(project)
                    .words("test --locked --workspace --exclude galley-browser-tests --exclude galley-wasm-tests --no-fail-fast --")
                    .args(&wishes.filter),
            )
        });
    }
    if wanted("wasm") {
        tally.step("wasm tests in Chromium", || match (&kit, &chromium) {
            (Ok(kit), Ok(chromium)) => wasm_tests(project, kit, chromium),
            (Err(e), _) | (_, Err(e)) => Counts::of(Err(e.clone())),
        });
    }
    let mut built = Ok(());
    if wanted("build") || wanted("browser") {
        tally.step("release page", || {
            built = kit.clone().and_then(|kit| release::page(project, kit));
            Counts::of(built.clone())
        });
    }
    if wanted("build") {
        tally.step("budgets", || match &built {
            Ok(()) => release::check(project),
            Err(_) => Counts::of(Err("left out: the page was not built".to_owned())),
        });
    }
    if wanted("browser") {
        tally.step("browser tests", || match (&built, &chromium) {
            (Err(_), _) => Counts::of(Err("left out: the page was not built".to_owned())),
            (_, Err(e)) => Counts::of(Err(e.clone())),
            (Ok(()), Ok(chromium)) => browser::tests(project, chromium, &wishes.filter),
        });
    }

    println!("\n==== all, in {}", shown(start.elapsed()));
    for line in &tally.lines {
        println!("{line}");
    }
    println!("\n{} passed, {} failed", tally.passed, tally.failed);
    Ok(tally.failed == 0)
}

/// The native `cargo`, in the project.
pub(crate) fn native(project: &Project) -> Run {
    Run::new("cargo").within(project.root())
}

/// The native engine's fingerprints, written by its own run so that no old one is compared with.
fn agreement_file(project: &Project) -> Result<(), String> {
    native(project)
        .words("test --locked --quiet --package galley --test agreement")
        .env("GALLEY_AGREEMENT", project.agreement())
        .run()
}

fn wasm_tests(project: &Project, kit: &Kit, chromium: &Browser) -> Counts {
    let prepared = agreement_file(project)
        .and_then(|()| kit.wasm_test_runner())
        .and_then(|runner| Ok((runner, browser::capabilities(project, chromium)?)));
    let (runner, capabilities) = match prepared {
        Ok(both) => both,
        Err(e) => return Counts::of(Err(e)),
    };
    tests(
        kit.compiler
            .cargo(project)
            .words("test --locked --target wasm32-unknown-unknown")
            .words("--profile quick --package galley-wasm-tests --test agreement")
            .env("GALLEY_AGREEMENT", project.agreement())
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
            .env("CHROMEDRIVER", &chromium.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}

/// Runs a test command, its output passed on, and counts its "test result:" lines.
pub(crate) fn tests(run: Run) -> Counts {
    let shown = run.shown();
    println!("$ {shown}");
    let mut command = run.into_command();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(e) => return Counts::of(Err(format!("`{shown}` cannot be run: {e}"))),
    };
    let mut counts = Counts::default();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let text = String::from_utf8_lossy(&line);
            // Not straight to stdout: what our own tests run must not be counted by whoever runs them.
            print!("{text}");
            let _ = std::io::stdout().flush();
            if let Some((passed, failed)) = result_line(&text) {
                counts.passed += passed;
                counts.failed += failed;
            }
            line.clear();
        }
    }
    match child.wait() {
        Ok(status) if status.success() && counts.passed + counts.failed == 0 => {
            counts.add(Err(format!("`{shown}` ran no test")));
        }
        Ok(status) if status.success() => {}
        // The failed tests are counted already; anything else that failed counts once.
        Ok(_) if counts.failed > 0 => counts.troubles.push(format!("`{shown}`")),
        Ok(status) => counts.add(Err(format!("`{shown}` failed: {status}"))),
        Err(e) => counts.add(Err(format!("`{shown}`: {e}"))),
    }
    counts
}

/// Passed and failed of a line such as `test result: ok. 14 passed; 0 failed; …`.
fn result_line(line: &str) -> Option<(u64, u64)> {
    let (_, after) = line.trim_end().split_once("test result: ")?;
    let count = |word: &str| {
        after.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
    };
    Some((count("passed")?, count("failed")?))
}

/// A time for people: 850 ms, 12.3 s, 4 min 05 s.
fn shown(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds >= 60 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else if seconds >= 1 {
        format!("{seconds}.{} s", time.subsec_millis() / 100)
    } else {
        format!("{} ms", time.subsec_millis())
    }
}

#[cfg(test)]
mod tests_of_counting {
    use super::*;

    #[test]
    fn result_lines_are_read() {
        let cases = [
            (
                "test result: ok. 14 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n",
                Some((14, 0)),
            ),
            ("test result: FAILED. 3 passed; 2 failed; 1 ignored; 0 filtered out\n", Some((3, 2))),
            ("    test result: ok. 1 passed; 0 failed", Some((1, 0))),
            ("running 14 tests", None),
            ("test result: unclear", None),
        ];
        for (line, expected) in cases {
            assert_eq!(result_line(line), expected, "{line}");
        }
    }

    #[test]
    fn times_are_for_people() {
        assert_eq!(shown(Duration::from_millis(850)), "850 ms");
        assert_eq!(shown(Duration::from_millis(12_345)), "12.3 s");
        assert_eq!(shown(Duration::from_millis(245_000)), "4 min 05 s");
    }

    #[test]
    fn a_command_that_fails_or_runs_nothing_counts_as_failed() {
        let sh = |script: &str| tests(Run::new("sh").args(["-c", script]));
        let result = "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'";
        assert_eq!(sh(result).passed, 2);
        assert_eq!(sh(result).failed, 0);
        assert_eq!(sh(&format!("{result}; exit 3")).failed, 1);
        assert_eq!(sh("exit 0").failed, 1);
        assert_eq!(sh("echo 'test result: FAILED. 1 passed; 2 failed'; exit 101").failed, 2);
    }
}
