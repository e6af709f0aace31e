//! Chromium, a server and helpers for tests of a person's actions.
//!
//! # How to write a test
//! ```ignore
//! #[test]
//! fn a_click_opens_the_popover() {
//!     run("popover", async |page| {             // fresh Chromium, fresh profile, fresh server
//!         page.open().await?;                   // returns once the page has started
//!         page.button("Try a sample").await?.click().await?;
//!         page.css("#article mark").await?.click().await?;
//!         page.css("[role=dialog]").await?;     // waits until it is there, or fails saying so
//!         page.screenshot("popover").await?;    // target/screenshots/popover.png
//!         assert!(page.violations().await?.is_empty());
//!         Ok(())
//!     });
//! }
//! ```
//! - Never sleep: [`Page::css`], [`Page::button`] and [`Page::until`] wait for what they name and
//!   fail after a minute, which a busy machine may need. Chromium may still be drawing when a click returns, so wait for what
//!   the click should bring before looking at it.
//! - A test fails when the page wrote an error to the console; one that provokes errors says
//!   [`Page::expect_console_errors`].
//! - All traffic of the browser, the worker's too, goes through the test's own server:
//!   [`Page::requests`] is everything that was asked for. Other hosts are refused.
//! - `page.driver` is thirtyfour's `WebDriver`, for keys, actions and all else.
//! - A failed test leaves `target/screenshots/failed-NAME.png`.

mod page;

pub(crate) use page::Page;

use std::path::{Path, PathBuf};
use thirtyfour::prelude::*;

/// A test's body gives this back, so that `?` works on the driver's results.
pub(crate) type Outcome = WebDriverResult<()>;

/// What `cargo xtask test browser` sets in the environment.
fn environment_variable(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run these by `cargo xtask test browser`"))
}

/// Runs `body` with a fresh browser on the built page, and always ends the browser.
pub(crate) fn run<F>(name: &'static str, body: F)
where
    F: AsyncFnOnce(Page) -> Outcome + 'static,
{
    run_in(PathBuf::from(environment_variable("GALLEY_DIST")), Host::NothingCached, name, body);
}

/// [`run`] on a host that says nothing about caching.
pub(crate) fn run_on_plain_host<F>(name: &'static str, body: F)
where
    F: AsyncFnOnce(Page) -> Outcome + 'static,
{
    run_in(PathBuf::from(environment_variable("GALLEY_DIST")), Host::Plain, name, body);
}

/// What the page's server says about caching.
#[derive(Clone, Copy)]
enum Host {
    /// That nothing is to be kept.
    NothingCached,
    /// Nothing.
    Plain,
}

/// [`run`] on a page whose server has lost one of its files.
pub(crate) fn run_without<F>(lost: &str, name: &'static str, body: F)
where
    F: AsyncFnOnce(Page) -> Outcome + 'static,
{
    run_in(copy(name, lost), Host::NothingCached, name, body);
}

/// [`run`] on a copy of the page, whose folder the test can change.
pub(crate) fn run_on_copy<F>(name: &'static str, body: F)
where
    F: AsyncFnOnce(Page, PathBuf) -> Outcome + 'static,
{
    let folder = copy(name, "");
    let dist = folder.clone();
    run_in(folder, Host::NothingCached, name, async |page| body(page, dist).await);
}

/// A copy of the built page without the file `lost`.
fn copy(name: &str, lost: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("galley-{}-{name}-page", std::process::id()));
    let dist = PathBuf::from(environment_variable("GALLEY_DIST"));
    for file in xtask::sources::list_files(&dist).expect("the built page") {
        if Path::new(&file).file_name().is_none_or(|own| own != lost) {
            let to = folder.join(&file);
            std::fs::create_dir_all(to.parent().unwrap_or(&folder)).expect("a folder for the page");
            std::fs::copy(dist.join(&file), to).expect("a copy of the page");
        }
    }
    folder
}

fn run_in<F>(dist: PathBuf, host: Host, name: &'static str, body: F)
where
    F: AsyncFnOnce(Page) -> Outcome + 'static,
{
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async move {
        let page = start(dist, host, name).await.expect("a browser");
        let inner = page.clone();
        // A task of its own, so that a failed assertion does not leave the browser behind.
        let done = tokio::task::spawn_local(async move {
            let page = inner.clone();
            body(inner).await?;
            page.check_console().await
        })
        .await;
        if !matches!(done, Ok(Ok(()))) {
            let _ = page.screenshot(&format!("failed-{name}")).await;
            if let Ok(lines) = page.console().await {
                eprintln!("console of {name}: {lines:#?}");
            }
        }
        let downloads = page.downloads().to_owned();
        let _ = page.driver.quit().await;
        let _ = std::fs::remove_dir_all(downloads);
        match done {
            Ok(Ok(())) => {}
            Ok(Err(e)) => panic!("{name}: {e}"),
            Err(e) => std::panic::resume_unwind(e.into_panic()),
        }
    });
}

/// Runs `round` several times over the same profile, and kills the browser at the end of each, as when the
/// machine loses its power: `round` is told which time it is.
pub(crate) fn run_with_kills<F>(rounds: usize, name: &'static str, mut round: F)
where
    F: AsyncFnMut(Page, usize) -> Outcome,
{
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async move {
        let dist = PathBuf::from(environment_variable("GALLEY_DIST"));
        let (origin, log) = serve(&dist, Host::NothingCached);
        let profile =
            std::env::temp_dir().join(format!("galley-{}-{name}-profile", std::process::id()));
        for n in 0..rounds {
            // Left by the one that was killed.
            for file in ["SingletonLock", "SingletonSocket", "SingletonCookie"] {
                let _ = std::fs::remove_file(profile.join(file));
            }
            let page = browse(&origin, log.clone(), name, Some(&profile)).await.expect("a browser");
            let done = round(page.clone(), n).await;
            kill(&profile);
            let _ = page.driver.quit().await;
            done.unwrap_or_else(|e| panic!("{name}, round {n}: {e}"));
        }
        let _ = std::fs::remove_dir_all(profile);
    });
}

/// Kills the browser of this profile: its lock is a link to the host's name and the process.
fn kill(profile: &Path) {
    let lock = std::fs::read_link(profile.join("SingletonLock")).expect("the browser's lock");
    let process = lock.to_string_lossy().rsplit('-').next().unwrap_or_default().to_owned();
    let killed = std::process::Command::new("kill").args(["-9", &process]).status();
    assert!(killed.is_ok_and(|status| status.success()), "the browser is killed");
}

/// Serves the page; its address.
fn serve(dist: &Path, host: Host) -> (String, xtask::serve::Log) {
    let log = xtask::serve::Log::default();
    let server =
        xtask::serve::Server::bind(dist, 0).expect("the built page is served").logging(log.clone());
    let server = match host {
        Host::NothingCached => server,
        Host::Plain => server.plain(),
    };
    let origin = format!("http://{}", server.address());
    std::thread::spawn(move || server.run());
    (origin, log)
}

/// A browser of its own with a server of its own.
async fn start(dist: PathBuf, host: Host, name: &str) -> WebDriverResult<Page> {
    let (origin, log) = serve(&dist, host);
    browse(&origin, log, name, None).await
}

/// A browser on a page that is served; without a profile, a fresh one.
async fn browse(
    origin: &str,
    log: xtask::serve::Log,
    name: &str,
    profile: Option<&Path>,
) -> WebDriverResult<Page> {
    let downloads = std::env::temp_dir().join(format!("galley-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&downloads).expect("a folder for downloads");

    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&environment_variable("GALLEY_CHROMIUM"))?;
    for flag in environment_variable("GALLEY_CHROMIUM_FLAGS").split_whitespace() {
        capabilities.add_arg(flag)?;
    }
    capabilities.add_arg(&format!("--proxy-server={origin}"))?;
    capabilities.add_arg("--proxy-bypass-list=<-loopback>")?;
    if let Some(profile) = profile {
        capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    }
    capabilities.add_arg("--window-size=1280,900")?;
    capabilities.add_arg("--lang=en-GB")?;
    capabilities.add_experimental_option(
        "prefs",
        serde_json::json!({
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
        }),
    )?;
    capabilities.set("goog:loggingPrefs", serde_json::json!({ "browser": "ALL" }))?;
    let driver = WebDriver::new(environment_variable("GALLEY_WEBDRIVER"), capabilities).await?;
    let page = Page::new(driver, origin.to_owned(), log, downloads);
    page.size(1280, 900).await?;
    Ok(page)
}
