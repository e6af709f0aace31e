//! What a test does with its page.

use super::{Outcome, environment_variable};
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;
use xtask::serve::Log;

/// How long to wait for what a test says must come: longer than a busy machine takes.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look.
const PACE: Duration = Duration::from_millis(15);

/// The page in its browser. Clones are the same page.
#[derive(Clone)]
pub(crate) struct Page {
    /// thirtyfour's driver.
    pub(crate) driver: WebDriver,
    origin: String,
    log: Log,
    downloads: PathBuf,
    errors_expected: Rc<Cell<bool>>,
}

#[allow(dead_code, reason = "a harness offers more than each test uses")]
impl Page {
    pub(super) fn new(driver: WebDriver, origin: String, log: Log, downloads: PathBuf) -> Page {
        Page { driver, origin, log, downloads, errors_expected: Rc::default() }
    }

    /// Goes to the page and waits until it has loaded all that it links to and has drawn something.
    pub(crate) async fn open(&self) -> Outcome {
        self.driver.goto(format!("{}/", self.origin)).await?;
        self.until_js(
            "the page has started",
            "return document.readyState === 'complete'
                && document.querySelector('script[data-wasm]') !== null
                && performance.getEntriesByType('resource').some(e => e.name.endsWith('.wasm'))",
        )
        .await
    }

    /// The first element that `selector` finds, once there is one.
    pub(crate) async fn css(&self, selector: &str) -> WebDriverResult<WebElement> {
        self.found(By::Css(selector), selector).await
    }

    /// The first element that the XPath finds, once there is one; `what` says what that is.
    pub(crate) async fn xpath(&self, path: &str, what: &str) -> WebDriverResult<WebElement> {
        self.found(By::XPath(path), what).await
    }

    /// Every element that `selector` finds now.
    pub(crate) async fn all(&self, selector: &str) -> WebDriverResult<Vec<WebElement>> {
        self.driver.find_all(By::Css(selector)).await
    }

    /// The button (or tab, or link drawn as one) of this name, once there is one.
    pub(crate) async fn button(&self, name: &str) -> WebDriverResult<WebElement> {
        let path = format!(
            "//*[self::button or @role='button' or @role='tab' or @role='menuitem' or self::label or self::summary]\
             [@aria-label={0} or (not(@aria-label) and normalize-space()={0})]",
            xpath_text(name)
        );
        self.xpath(&path, name).await
    }

    async fn found(&self, by: By, what: &str) -> WebDriverResult<WebElement> {
        let start = Instant::now();
        loop {
            match self.driver.find(by.clone()).await {
                Ok(element) => return Ok(element),
                Err(e) if !is_missing(&e) => return Err(e),
                Err(_) if start.elapsed() > PATIENCE => panic!("never came: {what}"),
                Err(_) => tokio::time::sleep(PACE).await,
            }
        }
    }

    /// Waits until `condition` holds; `what` says what that is.
    pub(crate) async fn until(
        &self,
        what: &str,
        mut condition: impl AsyncFnMut() -> WebDriverResult<bool>,
    ) -> Outcome {
        let start = Instant::now();
        while !condition().await? {
            assert!(start.elapsed() < PATIENCE, "never came true: {what}");
            tokio::time::sleep(PACE).await;
        }
        Ok(())
    }

    /// Waits until the script, which returns a truth value, returns a true one.
    pub(crate) async fn until_js(&self, what: &str, script: &str) -> Outcome {
        self.until(what, async || Ok(self.eval(script).await?.as_bool().unwrap_or(false))).await
    }

    /// What `script` returns.
    pub(crate) async fn eval(&self, script: &str) -> WebDriverResult<Value> {
        let returned = self.driver.execute(script, Vec::<Value>::new()).await?;
        Ok(returned.json().clone())
    }

    /// What `script` returns, which may `await`.
    pub(crate) async fn eval_async(&self, script: &str) -> WebDriverResult<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(done, (e) => done('threw: ' + e));"
        );
        let returned = self.driver.execute_async(&*script, Vec::<Value>::new()).await?;
        Ok(returned.json().clone())
    }

    /// The text that a person sees in the first element that `selector` finds.
    pub(crate) async fn text(&self, selector: &str) -> WebDriverResult<String> {
        let start = Instant::now();
        loop {
            match self.css(selector).await?.text().await {
                // It was drawn anew in between.
                Err(e) if is_passing(&e) && start.elapsed() < PATIENCE => {}
                read => return read,
            }
        }
    }

    /// Clicks the first element that `selector` finds, once it is there and nothing (a list that is drawn anew, a toast)
    /// is in the way. What lies under a heading that stays in sight is scrolled clear of it first, as a person would.
    pub(crate) async fn click(&self, selector: &str) -> Outcome {
        let start = Instant::now();
        loop {
            match self.css(selector).await?.click().await {
                Err(e) if is_passing(&e) && start.elapsed() < PATIENCE => {
                    let found = json!(selector);
                    let script =
                        "document.querySelector(arguments[0])?.scrollIntoView({ block: 'center' })";
                    self.driver.execute(script, vec![found]).await?;
                    tokio::time::sleep(PACE).await;
                }
                clicked => return clicked,
            }
        }
    }

    /// Presses keys in whatever has the focus, for example `Key::Control + "z"` or `"j"`. Ctrl, Shift
    /// and Alt are held to the end.
    pub(crate) async fn keys(&self, keys: impl Into<TypingData>) -> Outcome {
        let mut chain = self.driver.action_chain();
        let mut held = Vec::new();
        for key in keys.into().as_vec() {
            chain = chain.key_down(key);
            if [Key::Control, Key::Shift, Key::Alt].iter().any(|m| m.value() == key) {
                held.push(key);
            } else {
                chain = chain.key_up(key);
            }
        }
        for key in held {
            chain = chain.key_up(key);
        }
        chain.perform().await
    }

    /// Sets the size of the viewport, in CSS pixels.
    pub(crate) async fn size(&self, width: u32, height: u32) -> Outcome {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await
    }

    /// Has the system prefer `scheme`: "light" or "dark".
    pub(crate) async fn colour_scheme(&self, scheme: &str) -> Outcome {
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
        )
        .await
    }

    /// Cuts or mends the browser's network.
    pub(crate) async fn offline(&self, cut: bool) -> Outcome {
        self.devtools(
            "Network.emulateNetworkConditions",
            json!({ "offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 }),
        )
        .await
    }

    /// Sends one command of the DevTools protocol.
    pub(crate) async fn devtools(&self, method: &str, parameters: Value) -> Outcome {
        self.driver.cdp().send_raw(method, parameters).await.map(drop)
    }

    /// Saves what is seen to `target/screenshots/NAME.png`.
    pub(crate) async fn screenshot(&self, name: &str) -> Outcome {
        let folder = PathBuf::from(environment_variable("GALLEY_SCREENSHOTS"));
        std::fs::create_dir_all(&folder)?;
        self.driver.screenshot(&folder.join(format!("{name}.png"))).await
    }

    /// What axe-core finds wrong, a line each: rule, help, the elements. Empty is good.
    pub(crate) async fn violations(&self) -> WebDriverResult<Vec<String>> {
        let axe = std::fs::read_to_string(environment_variable("GALLEY_AXE"))?;
        self.driver.execute(format!("{axe}; window.axe = axe;"), Vec::<Value>::new()).await?;
        let found = self
            .eval_async(
                "const { violations } = await axe.run(document, { resultTypes: ['violations'] });
                 return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);",
            )
            .await?;
        match serde_json::from_value(found.clone()) {
            Ok(lines) => Ok(lines),
            Err(_) => panic!("axe-core gave no list: {found}"),
        }
    }

    /// Every request of the page so far, the worker's too: `GET /path`, or with another
    /// host's address, which was refused.
    pub(crate) fn requests(&self) -> Vec<String> {
        let mut lines = self.log.read();
        lines.retain(|line| !is_chromiums_own(line));
        lines
    }

    /// Where the browser saves downloads.
    pub(crate) fn downloads(&self) -> &Path {
        &self.downloads
    }

    /// The bytes of the downloaded file `name`, once it is there whole.
    pub(crate) async fn downloaded(&self, name: &str) -> WebDriverResult<Vec<u8>> {
        let path = self.downloads.join(name);
        // Chromium writes to another name first and renames when all is there.
        self.until(&format!("{name} is downloaded"), async || Ok(path.is_file())).await?;
        Ok(std::fs::read(path)?)
    }

    /// The console's lines since this was last asked: level and text.
    pub(crate) async fn console(&self) -> WebDriverResult<Vec<String>> {
        let lines = self.driver.browser_log().await?;
        Ok(lines.iter().map(|line| format!("{} {}", line.level, line.message)).collect())
    }

    /// This test provokes errors; they do not fail it.
    pub(crate) fn expect_console_errors(&self) {
        self.errors_expected.set(true);
    }

    /// Fails when the page wrote an error to the console.
    pub(super) async fn check_console(&self) -> Outcome {
        let lines = self.driver.browser_log().await?;
        let errors: Vec<String> = lines
            .iter()
            .filter(|line| line.level == "SEVERE")
            .map(|line| line.message.clone())
            .collect();
        assert!(
            errors.is_empty() || self.errors_expected.get(),
            "errors in the console: {errors:#?}"
        );
        Ok(())
    }
}

/// Whether Chromium asked this for itself (updates, the time, its sign-in), as it does on any page.
fn is_chromiums_own(line: &str) -> bool {
    let target = line.split(' ').nth(1).unwrap_or_default();
    let rest = target.split_once("://").map_or(target, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    [".google.com", ".googleapis.com", ".gvt1.com"].iter().any(|domain| host.ends_with(domain))
}

/// Whether the next try may do better: the element was drawn anew, or something lies over it.
fn is_passing(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
    )
}

fn is_missing(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::NoSuchElement(_) | WebDriverErrorInner::StaleElementReference(_)
    )
}

/// `text` as an XPath expression, whichever quotes are in it.
fn xpath_text(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(", '\"', "))
}
