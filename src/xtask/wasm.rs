//! A compiler for wasm32: rustup's target where it can be had, else Debian's rustc that builds std itself;
//! and what makes the release's two programs small.

use crate::command::{Project, Run};
use crate::system;
use std::path::{Path, PathBuf};

const TARGET: &str = "wasm32-unknown-unknown";

/// Where cargo looks for the target's flags.
const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Debian's packages for the second way.
const DEBIAN: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];

/// Where they put the sources of std.
const DEBIAN_STD: &str = "/usr/lib/rustlib/src/rust/library";

/// How std is built anew with either compiler: in its smaller variant of sorting, searching and formatting.
const STD: &str = "std,panic_abort";
const SMALL_STD: &str = "optimize_for_size";
/// The 128-bit vectors that every browser has had since spring 2023: the networks' sums take a
/// quarter of the time.
const SIMD: &str = "-Ctarget-feature=+simd128";
/// SHA-256 as a loop: every round written out takes eight times the bytes, and texts are short.
const SMALL_SHA: &str = "--cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\"";
/// How readily the worker's functions are written into one another: at a third of the usual, it is a
/// tenth smaller and as quick. The page's own profile goes further by itself.
const LESS_INLINING: &str = "-Cllvm-args=-inline-threshold=75";
/// What a release leaves out: a panic is a bare trap (www/boot.js and the page's worker client tell
/// of it), so neither messages nor places of panics are in the program; nothing there prints `{:?}`.
const LEAN: &str =
    "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

/// Which way the person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The own toolchain with rustup's target.
    Rustup,
    /// Debian's.
    Debian,
}

/// How wasm is compiled here.
#[derive(Debug, Clone)]
pub(crate) enum Compiler {
    /// The toolchain that runs us has the target's std.
    Own,
    /// Debian's toolchain, with std built from its sources.
    Debian {
        /// The folder that holds cargo and nothing that shadows another tool.
        bin: PathBuf,
        /// `wasm-ld-NN`.
        linker: PathBuf,
    },
}

impl Compiler {
    /// Finds one or installs one. `shelf` is the tools' folder.
    pub(crate) fn find(shelf: &Path, wish: Option<Wish>) -> Result<Compiler, String> {
        if wish != Some(Wish::Debian) {
            if own_std() {
                return Ok(Compiler::Own);
            }
            if wish.is_none()
                && let Some(compiler) = debian(shelf)?
            {
                return Ok(compiler);
            }
            if rustup_adds() {
                return Ok(Compiler::Own);
            }
            if wish == Some(Wish::Rustup) {
                return Err(format!("rustup could not add {TARGET}"));
            }
        } else if let Some(compiler) = debian(shelf)? {
            return Ok(compiler);
        }
        system::install(
            &DEBIAN,
            &format!(
                "A compiler for {TARGET} (`rustup target add {TARGET}`, or Debian's packages) is"
            ),
        )?;
        debian(shelf)?.ok_or_else(|| {
            format!(
                "Debian's packages {} are installed, yet rustc, cargo, their sources or wasm-ld \
                 are not where they should be",
                DEBIAN.join(" ")
            )
        })
    }

    /// Gives `run` the environment to compile for wasm.
    pub(crate) fn apply(&self, run: Run, project: &Project) -> Run {
        // The flags would be passed over for those of the variables that are taken away.
        let run = run
            .env("CARGO_TARGET_DIR", project.wasm_target())
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env(FLAGS, SIMD);
        match self {
            Compiler::Own => run,
            Compiler::Debian { bin, linker } => run
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("LD_LIBRARY_PATH")
                .env_remove("RUSTC_WRAPPER")
                .env("CARGO", bin.join("cargo"))
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTDOC", "/usr/bin/rustdoc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", STD)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker),
        }
    }

    /// Gives `run` the environment to compile the release's programs: as [`Compiler::apply`] does, and
    /// without what a release leaves out. The toolchain must have std's sources for that.
    pub(crate) fn apply_lean(&self, run: Run, project: &Project) -> Run {
        let run = self.apply(run, project);
        if matches!(self, Compiler::Own) && std_sources().is_none() {
            return run;
        }
        run.env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", STD)
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", SMALL_STD)
            .env(FLAGS, format!("{SIMD} {SMALL_SHA} {LEAN}"))
            .env("CARGO_UNSTABLE_PROFILE_RUSTFLAGS", "true")
            .env("CARGO_PROFILE_WORKER_RUSTFLAGS", LESS_INLINING)
    }

    /// Brings everything that a release is compiled from, so that trunk works without a network;
    /// that includes what std itself depends on, which the project's own fetch leaves out.
    pub(crate) fn fetch(&self, project: &Project) -> Result<(), String> {
        let run = Run::new("cargo").args(["fetch", "--locked"]);
        run.within(project.root()).run()?;
        let sources = match self {
            Compiler::Own => std_sources(),
            Compiler::Debian { .. } => Some(PathBuf::from(DEBIAN_STD)),
        };
        match sources {
            Some(sources) => self
                .cargo(project)
                .args(["fetch", "--locked", "--target", TARGET, "--manifest-path"])
                .args([sources.join("Cargo.toml")])
                .env("RUSTC_BOOTSTRAP", "1")
                .run(),
            None => Ok(()),
        }
    }

    /// Brings std's sources, which a lean build needs; without them the build goes on, larger.
    pub(crate) fn fetch_std(&self) {
        if !matches!(self, Compiler::Own) || std_sources().is_some() {
            return;
        }
        println!("No sources of std yet: by rustup, so that the page can be built small.");
        let run = Run::new("rustup").args(["component", "add", "rust-src"]);
        let by_hand = run.shown();
        match run.run() {
            Ok(()) if std_sources().is_some() => return,
            Ok(()) => println!("rustup was content, yet std's sources are not there."),
            Err(e) => println!("{e}"),
        }
        println!(
            "The page is built with the std that the toolchain brings: it works the same and is a \
             tenth larger, which its size budget may not allow. `{by_hand}` changes that."
        );
    }

    /// Folders that must come first on the PATH.
    pub(crate) fn path(&self) -> Vec<PathBuf> {
        match self {
            Compiler::Own => Vec::new(),
            Compiler::Debian { bin, .. } => vec![bin.clone()],
        }
    }

    /// `cargo` for wasm.
    pub(crate) fn cargo(&self, project: &Project) -> Run {
        let program = match self {
            Compiler::Own => PathBuf::from("cargo"),
            Compiler::Debian { bin, .. } => bin.join("cargo"),
        };
        let run = self.apply(Run::new(program), project);
        run.path_first(&self.path()).within(project.root())
    }

    /// `cargo clippy` for wasm. Cargo would look for rustup's clippy first, so Debian's is called itself.
    pub(crate) fn clippy(&self, project: &Project) -> Run {
        match self {
            Compiler::Own => self.cargo(project).args(["clippy"]),
            Compiler::Debian { bin, .. } => self
                .apply(Run::new(bin.join("cargo-clippy")), project)
                .path_first(&self.path())
                .within(project.root())
                .args(["clippy"]),
        }
    }
}

/// Whether `rustup target add` brings the target's std.
fn rustup_adds() -> bool {
    println!("No std for {TARGET} yet: by rustup first, else Debian's compiler.");
    match Run::new("rustup").args(["target", "add", TARGET]).run() {
        Ok(()) if own_std() => return true,
        Ok(()) => println!("rustup was content, yet the target's std is not there."),
        Err(e) => println!("{e}"),
    }
    false
}

/// Where the toolchain on the PATH keeps its libraries.
fn rustlib() -> Option<PathBuf> {
    let sysroot = Run::new("rustc").args(["--print", "sysroot"]).read()?;
    Some(Path::new(&sysroot).join("lib/rustlib"))
}

/// The folder of std's sources, when the toolchain on the PATH has them.
fn std_sources() -> Option<PathBuf> {
    let library = rustlib()?.join("src/rust/library");
    library.join("std/Cargo.toml").is_file().then_some(library)
}

/// Whether the toolchain on the PATH has the target's std.
fn own_std() -> bool {
    let Some(rustlib) = rustlib() else {
        return false;
    };
    let folder = rustlib.join(TARGET).join("lib");
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}

/// Debian's toolchain, when all of it is in place.
fn debian(shelf: &Path) -> Result<Option<Compiler>, String> {
    let whole =
        ["/usr/bin/rustc", "/usr/bin/cargo", "/usr/bin/cargo-clippy", "/usr/bin/clippy-driver"];
    let source = Path::new(DEBIAN_STD).join("std/Cargo.toml");
    let (true, true, Some(linker)) = (
        whole.iter().all(|file| Path::new(file).is_file()),
        source.is_file(),
        system::wasm_linker(),
    ) else {
        return Ok(None);
    };
    let bin = shelf.join("debian-rust");
    std::fs::create_dir_all(&bin).map_err(|e| format!("{}: {e}", bin.display()))?;
    for file in whole {
        let file = Path::new(file);
        let link = bin.join(file.file_name().unwrap_or_default());
        if std::fs::read_link(&link).ok().as_deref() != Some(file) {
            let _ = std::fs::remove_file(&link);
            link_to(file, &link).map_err(|e| format!("{}: {e}", link.display()))?;
        }
    }
    Ok(Some(Compiler::Debian { bin, linker }))
}

#[cfg(unix)]
fn link_to(file: &Path, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(file, link)
}

#[cfg(not(unix))]
fn link_to(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::ErrorKind::Unsupported.into())
}
