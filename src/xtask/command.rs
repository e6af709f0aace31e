//! Running other programs: printed first, with an environment that does not leak ours.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where things are.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The project at `root`; cargo's target folder is told by where this program itself lies.
    pub(crate) fn here(root: &Path) -> Result<Project, String> {
        let program = std::env::current_exe().map_err(|e| format!("where am I? {e}"))?;
        let target = program
            .parent()
            .and_then(Path::parent)
            .ok_or("this program must lie in cargo's target folder")?;
        Ok(Project { root: root.to_owned(), target: target.to_owned() })
    }

    /// The project's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The native engine's fingerprints, which the wasm tests compare theirs with.
    pub(crate) fn agreement(&self) -> PathBuf {
        self.target.join("agreement.txt")
    }

    /// The built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.target.join("dist")
    }
}

/// A program to run, shown before it runs.
pub(crate) struct Run {
    command: Command,
    /// Program and arguments, as one would type them.
    words: String,
    /// Variables and their values, as one would type them, each once; the newest is last.
    variables: Vec<(String, String)>,
}

/// What `cargo run` sets for this program and what would mislead a cargo started by it.
const CARGO_VARIABLES: [&str; 8] = [
    "CARGO",
    "CARGO_BIN_NAME",
    "CARGO_CRATE_NAME",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_LINKS",
    "CARGO_MANIFEST_PATH",
    "CARGO_PRIMARY_PACKAGE",
    "OUT_DIR",
];

impl Run {
    /// `program`, without what cargo has put into our environment.
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Run {
        let mut command = Command::new(program.as_ref());
        for name in CARGO_VARIABLES {
            command.env_remove(name);
        }
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        Run { command, words: quote_for_shell(program.as_ref()), variables: Vec::new() }
    }

    /// Adds arguments.
    pub(crate) fn args<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(mut self, arguments: I) -> Run {
        for argument in arguments {
            self.words.push(' ');
            self.words.push_str(&quote_for_shell(argument.as_ref()));
            self.command.arg(argument);
        }
        self
    }

    /// Adds the words of `arguments`, which hold no spaces of their own.
    pub(crate) fn words(self, arguments: &str) -> Run {
        self.args(arguments.split_whitespace())
    }

    /// Sets a variable.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Run {
        self.remember_variable(name, quote_for_shell(value.as_ref()));
        self.command.env(name, value);
        self
    }

    fn remember_variable(&mut self, name: &str, value: String) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value));
    }

    /// Unsets a variable.
    pub(crate) fn env_remove(mut self, name: &str) -> Run {
        self.command.env_remove(name);
        self
    }

    /// Puts folders before those on the PATH.
    pub(crate) fn path_first(mut self, folders: &[PathBuf]) -> Run {
        if !folders.is_empty() {
            self.command.env("PATH", path_with(folders));
            let shown: Vec<String> = folders.iter().map(|f| f.display().to_string()).collect();
            self.remember_variable("PATH", format!("{}:$PATH", shown.join(":")));
        }
        self
    }

    /// Runs in `folder`.
    pub(crate) fn within(mut self, folder: &Path) -> Run {
        self.command.current_dir(folder);
        self
    }

    /// The command as one would type it.
    pub(crate) fn shown(&self) -> String {
        let newest_first = self.variables.iter().rev();
        let variables = newest_first.map(|(name, value)| format!("{name}={value} "));
        variables.collect::<String>() + &self.words
    }

    /// Prints, runs with our own output, and is an error unless it succeeds.
    pub(crate) fn run(mut self) -> Result<(), String> {
        let shown = self.shown();
        println!("$ {shown}");
        match self.command.stdin(Stdio::null()).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{shown}` failed: {status}")),
            Err(e) => Err(format!("`{shown}` cannot be run: {e}")),
        }
    }

    /// Runs without a word and gives back what it printed, if it succeeded.
    pub(crate) fn read_output(mut self) -> Option<String> {
        let output = self.command.stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        output.status.success().then(|| text.trim().to_owned())
    }

    /// The bare command, for a caller that reads its output as it comes.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }
}

/// The PATH with `folders` first.
fn path_with(folders: &[PathBuf]) -> OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).unwrap_or(old)
}

/// `word` as a shell would need it.
fn quote_for_shell(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+%$".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// The first file `name` on the PATH.
pub(crate) fn find_on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
