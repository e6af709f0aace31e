//! Chromium for the tests: a chromedriver on a free port, and what the test program needs to know.

use crate::command::{Project, Run};
use crate::report::{Counts, count_tests};
use crate::tools::BrowserTools;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

/// A chromedriver that ends when this is dropped.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a free port; what it says goes to `target/chromedriver.log`.
    fn start(project: &Project, tools: &BrowserTools) -> Result<Driver, String> {
        let log = project.target().join("chromedriver.log");
        let mut log = File::create(&log).map_err(|e| format!("{}: {e}", log.display()))?;
        let run = Run::new(&tools.driver).args(["--port=0"]);
        println!("$ {}", run.shown());
        let mut child = run
            .into_command()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("{}: {e}", tools.driver.display()))?;
        let stdout = child.stdout.take().ok_or("chromedriver has no output")?;
        let mut reader = BufReader::new(stdout);
        let mut port = None;
        let mut line = String::new();
        while port.is_none() {
            line.clear();
            if !reader.read_line(&mut line).is_ok_and(|n| n > 0) {
                let _ = child.kill();
                let _ = child.wait();
                return Err("chromedriver ended before it said its port".to_owned());
            }
            port = parse_port(&line);
        }
        // Its pipe must not fill up.
        std::thread::spawn(move || std::io::copy(&mut reader, &mut log));
        let port = port.unwrap_or_default();
        Ok(Driver { child, port })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port in "ChromeDriver was started successfully on port 40123.".
fn parse_port(line: &str) -> Option<u16> {
    let (_, after) = line.split_once("started successfully on port ")?;
    after.trim().trim_end_matches('.').parse().ok()
}

/// Flags that every Chromium of ours is started with: as root no sandbox, and no talk of its own.
const CHROMIUM_FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
];

/// A file with the capabilities for the runner of wasm tests.
pub(crate) fn write_capabilities(
    project: &Project,
    tools: &BrowserTools,
) -> Result<PathBuf, String> {
    let path = project.target().join("webdriver.json");
    let json = serde_json::json!({
        "goog:chromeOptions": { "binary": &tools.chromium, "args": CHROMIUM_FLAGS }
    });
    let json = json.to_string();
    fs::write(&path, json).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(path)
}

/// Runs the browser tests against the built page.
pub(crate) fn run_tests(project: &Project, tools: &BrowserTools, filter: &[String]) -> Counts {
    match Driver::start(project, tools) {
        Ok(driver) => {
            let options = ["--test-threads=2", "--show-output"];
            count_tests(test_program(project, tools, &driver).args(options).args(filter))
        }
        Err(e) => Counts::of(Err(e)),
    }
}

/// The measurements in the built page, one after the other, to be run while [`SpeedRun`] is there.
pub(crate) fn speed_run(
    project: &Project,
    tools: &BrowserTools,
    filter: &[String],
) -> Result<SpeedRun, String> {
    let driver = Driver::start(project, tools)?;
    let options = ["--ignored", "--test-threads=1", "--nocapture"];
    let command = test_program(project, tools, &driver).args(options).args(filter);
    Ok(SpeedRun { command, _driver: driver })
}

/// A command that prints measurements, and the browser's driver that it needs.
pub(crate) struct SpeedRun {
    pub(crate) command: Run,
    _driver: Driver,
}

/// The tests' program, up to its own options.
fn test_program(project: &Project, tools: &BrowserTools, driver: &Driver) -> Run {
    Run::new("cargo")
        .within(project.root())
        .words("test --locked --package galley-browser-tests --test browser --")
        .env("RUST_BACKTRACE", "0")
        .env("GALLEY_DIST", project.dist())
        .env("GALLEY_WEBDRIVER", format!("http://127.0.0.1:{}", driver.port))
        .env("GALLEY_CHROMIUM", &tools.chromium)
        .env("GALLEY_CHROMIUM_FLAGS", CHROMIUM_FLAGS.join(" "))
        .env("GALLEY_AXE", &tools.axe)
        .env("GALLEY_SCREENSHOTS", project.target().join("screenshots"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_chromedriver_says() {
        assert_eq!(
            parse_port("ChromeDriver was started successfully on port 40123.\n"),
            Some(40_123)
        );
        assert_eq!(parse_port("Only local connections are allowed."), None);
    }
}
