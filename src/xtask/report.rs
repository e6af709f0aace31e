//! What checks have found: counted, and printed with the time that each step took.
//! Must not know what the steps do.

use crate::command::Run;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Passed and failed checks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// What failed, for people.
    pub(crate) failures: Vec<String>,
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
            Err(failure) => {
                self.failed += 1;
                self.failures.push(failure);
            }
        }
    }
}

/// The steps so far, a line each.
#[derive(Default)]
pub(crate) struct Report {
    passed: u64,
    failed: u64,
    lines: Vec<String>,
}

impl Report {
    /// Runs one step: prints its name, takes its time, counts what it reports. Whether nothing failed.
    pub(crate) fn run_step(&mut self, name: &str, work: impl FnOnce() -> Counts) -> bool {
        println!("\n==== {name}");
        let (start, cpu_before) = (Instant::now(), cpu_time());
        let counts = work();
        self.passed += counts.passed;
        self.failed += counts.failed;
        for failure in &counts.failures {
            println!("FAILED: {failure}");
        }
        let line = format!(
            "{:<26} {:>4} passed {:>3} failed {:>12} {:>16}",
            name,
            counts.passed,
            counts.failed,
            readable_time(start.elapsed()),
            cpu_before
                .zip(cpu_time())
                .map(|(before, after)| format!("CPU {}", readable_time(after - before)))
                .unwrap_or_default()
        );
        println!("---- {line}");
        self.lines.push(line);
        // A step's output must not be overtaken by the next one's.
        let _ = std::io::stdout().flush();
        counts.failed == 0
    }

    /// Prints all steps and, as the last line, the sums. Whether all passed.
    pub(crate) fn close(self, time: Duration) -> bool {
        println!("\n==== all, in {}", readable_time(time));
        for line in &self.lines {
            println!("{line}");
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}

/// Runs a test command, its output passed on, and counts its "test result:" lines.
pub(crate) fn count_tests(run: Run) -> Counts {
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
            if let Some((passed, failed)) = parse_result_line(&text) {
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
        Ok(_) if counts.failed > 0 => counts.failures.push(format!("`{shown}`")),
        Ok(status) => counts.add(Err(format!("`{shown}` failed: {status}"))),
        Err(e) => counts.add(Err(format!("`{shown}`: {e}"))),
    }
    counts
}

/// Passed and failed of a line such as `test result: ok. 14 passed; 0 failed; …`.
fn parse_result_line(line: &str) -> Option<(u64, u64)> {
    let (_, after) = line.trim_end().split_once("test result: ")?;
    let count = |word: &str| {
        after.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
    };
    Some((count("passed")?, count("failed")?))
}

/// The time on a processor that all programs have taken that this one started and that have ended; what a step
/// costs where other work goes on beside it. Linux alone tells it in a file.
fn cpu_time() -> Option<Duration> {
    const TICKS_A_SECOND: u64 = 100;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, the program's name in brackets, may hold anything; user and system time of children
    // are the fields 16 and 17.
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ').skip(13);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks()? + ticks()?) * 1000 / TICKS_A_SECOND))
}

/// A time for people: 850 ms, 12.3 s, 4 min 05 s.
fn readable_time(time: Duration) -> String {
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
mod tests {
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
            assert_eq!(parse_result_line(line), expected, "{line}");
        }
    }

    #[test]
    fn times_are_for_people() {
        assert_eq!(readable_time(Duration::from_millis(850)), "850 ms");
        assert_eq!(readable_time(Duration::from_millis(12_345)), "12.3 s");
        assert_eq!(readable_time(Duration::from_millis(245_000)), "4 min 05 s");
    }

    #[test]
    fn a_command_that_fails_or_runs_nothing_counts_as_failed() {
        let sh = |script: &str| count_tests(Run::new("sh").args(["-c", script]));
        let result = "echo 'test result: ok. 2 passed; 0 failed; 0 ignored'";
        assert_eq!(sh(result).passed, 2);
        assert_eq!(sh(result).failed, 0);
        assert_eq!(sh(&format!("{result}; exit 3")).failed, 1);
        assert_eq!(sh("exit 0").failed, 1);
        assert_eq!(sh("echo 'test result: FAILED. 1 passed; 2 failed'; exit 101").failed, 2);
    }
}
