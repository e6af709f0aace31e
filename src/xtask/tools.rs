//! The tools and where they are kept: one folder each by name and version, so that a new clone finds them.

use crate::command::{Project, Run, find_on_path};
use crate::system;
use crate::wasm;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// The bundler.
const TRUNK: &str = "0.21.14";
/// The npm package that carries wasm-opt, and the oldest wasm-opt that knows the flags in index.html.
const BINARYEN: &str = "132.0.0";
const OLDEST_WASM_OPT: u32 = 122;
/// What makes wasm-bindgen's scripts small, an npm package.
const ESBUILD: &str = "0.28.2";
/// The accessibility checker, an npm package.
const AXE: &str = "4.14.1";

/// The date finder that the engine's speed is held against, an npm package.
const CHRONO: &str = "2.10.3";

/// The folder that keeps the tools.
pub(crate) struct ToolFolder {
    path: PathBuf,
}

impl ToolFolder {
    /// `given`, or galley's folder in the user's cache. Made if it is not there.
    pub(crate) fn open(given: Option<&Path>) -> Result<ToolFolder, String> {
        let folder = match given {
            Some(folder) => std::path::absolute(folder)
                .map_err(|e| format!("--tools {}: {e}", folder.display()))?,
            None => user_cache()?.join("galley"),
        };
        fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        Ok(ToolFolder { path: folder })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until no other xtask sets up in the same folder; the lock goes with the file.
    fn lock(&self) -> Result<File, String> {
        let path = self.path.join(".lock");
        let fail = |e: std::io::Error| format!("{}: {e}", path.display());
        let file = File::create(&path).map_err(fail)?;
        if file.try_lock().is_err() {
            println!("Another set-up is at work in {}; waiting.", self.path.display());
            file.lock().map_err(fail)?;
        }
        Ok(file)
    }

    /// The folder `name-version`, filled by `fill` if it is not there. What `fill` leaves behind
    /// when it fails does not count: a folder gets its name only when it is whole.
    fn install_once(
        &self,
        name: &str,
        version: &str,
        fill: impl FnOnce(&Path) -> Result<(), String>,
    ) -> Result<PathBuf, String> {
        let done = self.path.join(format!("{name}-{version}"));
        if done.is_dir() {
            return Ok(done);
        }
        let partial = self.path.join(format!(".partial-{name}-{version}"));
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(|e| format!("{}: {e}", partial.display()))?;
        }
        fs::create_dir_all(&partial).map_err(|e| format!("{}: {e}", partial.display()))?;
        println!("Setting up {name} {version} in {}.", done.display());
        let filled = fill(&partial).and_then(|()| {
            fs::rename(&partial, &done).map_err(|e| format!("{}: {e}", done.display()))
        });
        if filled.is_err() {
            let _ = fs::remove_dir_all(&partial);
        }
        filled.map(|()| done)
    }

    /// The folder that holds `program` at `version`: one on the PATH that says that version, else
    /// ours. Where cargo-binstall is there it brings the program as its authors compiled it; otherwise
    /// `cargo install` compiles it without optimising, which saves minutes.
    fn cargo_program(&self, program: &CargoProgram) -> Result<PathBuf, String> {
        let CargoProgram { package, name, version, options } = program;
        if let Some(found) = find_on_path(name)
            && has_version(&found, version)
            && let Some(folder) = found.parent()
        {
            return Ok(folder.to_owned());
        }
        let folder = self.install_once(package, version, |folder| {
            if find_on_path("cargo-binstall").is_some() {
                let brought = Run::new("cargo")
                    .words(
                        "binstall --no-confirm --disable-strategies quick-install,compile --root",
                    )
                    .args([folder])
                    .args([format!("{package}@{version}")])
                    .within(&self.path)
                    .run();
                match brought {
                    Ok(()) if has_version(&folder.join("bin").join(name), version) => return Ok(()),
                    Ok(()) => println!("cargo-binstall brought another version."),
                    Err(e) => println!("{e}"),
                }
            }
            println!("This is compiled once and takes a few minutes.");
            Run::new("cargo")
                .args(["install", "--force", package, "--version", version, "--root"])
                .args([folder])
                .words(options)
                .env("CARGO_TARGET_DIR", self.build_folder())
                .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
                .env("CARGO_PROFILE_RELEASE_LTO", "off")
                .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
                .env("CARGO_PROFILE_RELEASE_PANIC", "abort")
                .within(&self.path)
                .run()
                .map_err(|e| {
                    format!(
                        "{e}\n{package} {version} is needed. With a network, run by hand:\n  \
                         cargo install {package} --version {version} {options}"
                    )
                })
        })?;
        Ok(folder.join("bin"))
    }

    /// Where `cargo install` compiles all programs, so that they share what they are made of.
    fn build_folder(&self) -> PathBuf {
        self.path.join(".build")
    }

    fn remove_build_folder(&self) -> Result<(), String> {
        let folder = self.build_folder();
        match fs::remove_dir_all(&folder) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                Err(format!("{}: {e}", folder.display()))
            }
            _ => Ok(()),
        }
    }

    /// The folder of the npm package `name` at `version`.
    fn npm_package(&self, name: &str, version: &str) -> Result<PathBuf, String> {
        let folder = self.install_once(name, version, |folder| {
            if find_on_path("npm").is_none() || find_on_path("node").is_none() {
                let why = format!("npm, which brings {name}, is");
                system::install(&["nodejs", "npm"], &why)?;
            }
            Run::new("npm")
                .words("install --no-save --no-audit --no-fund --ignore-scripts --prefix")
                .args([folder])
                .args([format!("{name}@{version}")])
                .within(folder)
                .run()
                .map_err(|e| {
                    format!(
                        "{e}\n{name} {version} is needed. With a network, run by hand:\n  \
                         npm install --prefix {}/{name}-{version} {name}@{version}",
                        self.path.display()
                    )
                })
        })?;
        Ok(folder.join("node_modules").join(name))
    }

    /// The folder of a `wasm-opt` that knows the compiler's features.
    fn wasm_opt(&self) -> Result<PathBuf, String> {
        if let Some(found) = find_on_path("wasm-opt")
            && let Some(said) = Run::new(&found).args(["--version"]).read_output()
            && let Some(version) = said.split_whitespace().nth(2)
            && version.parse::<u32>().is_ok_and(|v| v >= OLDEST_WASM_OPT)
            && let Some(folder) = found.parent()
        {
            return Ok(folder.to_owned());
        }
        self.npm_programs("binaryen", BINARYEN)
    }

    /// The folder of an npm package's programs.
    fn npm_programs(&self, name: &str, version: &str) -> Result<PathBuf, String> {
        let package = self.npm_package(name, version)?;
        let modules = package.parent().ok_or("npm's folder has no parent")?;
        Ok(modules.join(".bin"))
    }

    /// The folder of chrono-node, which the benchmark runs beside the date engine.
    pub(crate) fn chrono(&self) -> Result<PathBuf, String> {
        let _lock = self.lock()?;
        self.npm_package("chrono-node", CHRONO)
    }
}

/// The user's cache folder.
fn user_cache() -> Result<PathBuf, String> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from);
    variable("XDG_CACHE_HOME")
        .filter(|folder| folder.is_absolute())
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .or_else(|| variable("LOCALAPPDATA"))
        .ok_or_else(|| "neither XDG_CACHE_HOME nor HOME is set; give --tools DIR".to_owned())
}

/// Whether a program says that it is of this version.
fn has_version(program: &Path, version: &str) -> bool {
    let said = Run::new(program).args(["--version"]).read_output();
    said.is_some_and(|said| said.split_whitespace().nth(1) == Some(version))
}

/// A program that `cargo install` brings.
struct CargoProgram<'a> {
    package: &'a str,
    name: &'a str,
    version: &'a str,
    options: &'a str,
}

/// The tools that a build of the page needs; the target for wasm is there as well.
pub(crate) struct BuildTools {
    /// Folders to put first on the PATH.
    path: Vec<PathBuf>,
}

impl BuildTools {
    /// Finds or installs what the page is built with.
    pub(crate) fn find(project: &Project, folder: &ToolFolder) -> Result<BuildTools, String> {
        let lock = folder.lock()?;
        wasm::require_target()?;
        let bindgen = CargoProgram {
            package: "wasm-bindgen-cli",
            name: "wasm-bindgen",
            version: &locked_version(project, "wasm-bindgen")?,
            options: "--no-default-features --bin wasm-bindgen --bin wasm-bindgen-test-runner",
        };
        let trunk = CargoProgram {
            package: "trunk",
            name: "trunk",
            version: TRUNK,
            options: "--locked --no-default-features",
        };
        let mut path = vec![folder.cargo_program(&bindgen)?, folder.cargo_program(&trunk)?];
        folder.remove_build_folder()?;
        path.push(folder.wasm_opt()?);
        path.push(folder.npm_programs("esbuild", ESBUILD)?);
        drop(lock);
        let mut once: Vec<PathBuf> = Vec::new();
        for folder in path {
            if !once.contains(&folder) {
                once.push(folder);
            }
        }
        Ok(BuildTools { path: once })
    }

    /// `run` with the tools first on its PATH.
    pub(crate) fn equip(&self, run: Run) -> Run {
        run.path_first(&self.path)
    }

    /// The program that runs wasm tests; it comes with wasm-bindgen.
    pub(crate) fn wasm_test_runner(&self) -> Result<PathBuf, String> {
        let name = "wasm-bindgen-test-runner";
        self.path
            .iter()
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
            .ok_or_else(|| format!("{name} is not beside wasm-bindgen"))
    }
}

/// What the tests in a browser need on top.
pub(crate) struct BrowserTools {
    /// Chromium's program.
    pub(crate) chromium: PathBuf,
    /// The driver of the same version.
    pub(crate) driver: PathBuf,
    /// axe-core's script.
    pub(crate) axe: PathBuf,
}

impl BrowserTools {
    /// Finds or installs them.
    pub(crate) fn find(folder: &ToolFolder) -> Result<BrowserTools, String> {
        let lock = folder.lock()?;
        let chromium = || {
            let names = ["chromium", "chromium-browser", "google-chrome"];
            names.iter().find_map(|name| find_on_path(name))
        };
        let pair = || chromium().zip(find_on_path("chromedriver"));
        let (chromium, driver) = match pair() {
            Some(found) => found,
            None => {
                system::install(
                    &["chromium", "chromium-driver", "fonts-liberation"],
                    "A Chromium with its chromedriver is",
                )?;
                pair().ok_or("chromium and chromium-driver are installed, yet not on the PATH")?
            }
        };
        let axe = folder.npm_package("axe-core", AXE)?.join("axe.min.js");
        drop(lock);
        Ok(BrowserTools { chromium, driver, axe })
    }
}

/// The version of `package` in Cargo.lock.
fn locked_version(project: &Project, package: &str) -> Result<String, String> {
    let run = Run::new("cargo").args(["pkgid", "--locked", package]).within(project.root());
    let shown = run.shown();
    // registry+https://github.com/rust-lang/crates.io-index#wasm-bindgen@0.2.130
    let id = run.read_output().ok_or_else(|| format!("`{shown}` failed: is Cargo.lock there?"))?;
    let version = id.rsplit(['@', '#']).next().filter(|version| !version.is_empty());
    version.map(str::to_owned).ok_or_else(|| format!("`{shown}` told no version: {id}"))
}
