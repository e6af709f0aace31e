//! Set-up, build, serve and test: `cargo xtask help`.

#![allow(
    clippy::disallowed_methods,
    reason = "a shell: what it does takes time, and it says how long"
)]

mod bench;
mod browser;
mod command;
pub mod offline;
mod release;
mod report;
pub mod serve;
pub mod sha256;
pub mod sources;
mod system;
mod test;
mod tools;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND [OPTIONS]

  serve          set up, build the release page, serve it on this machine alone
  test [STEP…]   set up, then every check (or only these steps: fmt clippy native wasm
                 build browser); words after -- select tests by name
  build          set up, build the release page into target/dist
  bench          set up, then the engine's speed, native and in Chromium, and their ratio
  setup          find or install what the other commands need
  help           this text

  --port N       serve: the port on 127.0.0.1 (default 8080; 0: any free one)
  --tools DIR    where tools are kept, by name and version
                 (default: $XDG_CACHE_HOME/galley, or ~/.cache/galley)

Every command that is run is printed first, after a $.";

/// The folder of the workspace, two above this crate's.
fn workspace_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

/// What the command line asked for.
struct Arguments {
    command: String,
    port: u16,
    tools: Option<PathBuf>,
    steps: Vec<String>,
    filter: Vec<String>,
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments {
        command: words.next().unwrap_or_else(|| "help".to_owned()),
        port: 8080,
        tools: None,
        steps: Vec::new(),
        filter: Vec::new(),
    };
    while let Some(word) = words.next() {
        if word == "--" {
            arguments.filter.extend(words.by_ref());
            break;
        }
        if arguments.command == "test" && !word.starts_with('-') {
            arguments.steps.push(word);
            continue;
        }
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        let mut value =
            || inline.clone().or_else(|| words.next()).ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--port" => {
                let given = value()?;
                arguments.port = given
                    .parse()
                    .map_err(|_| format!("--port takes a number from 0 to 65535, not {given:?}"))?;
            }
            "--tools" => arguments.tools = Some(PathBuf::from(value()?)),
            "-h" | "--help" => "help".clone_into(&mut arguments.command),
            other => return Err(format!("unknown option {other}; see cargo xtask help")),
        }
    }
    Ok(arguments)
}

fn run(arguments: Arguments) -> Result<bool, String> {
    if matches!(arguments.command.as_str(), "help" | "-h" | "--help") {
        println!("{HELP}");
        return Ok(true);
    }
    let project = command::Project::here(&workspace_root())?;
    let folder = tools::ToolFolder::open(arguments.tools.as_deref())?;
    match arguments.command.as_str() {
        "setup" => {
            tools::BuildTools::find(&project, &folder)?;
            tools::BrowserTools::find(&folder)?;
            println!("Set up. Tools are in {}.", folder.path().display());
            Ok(true)
        }
        "build" => {
            let tools = tools::BuildTools::find(&project, &folder)?;
            release::build_page(&project, &tools)?;
            println!("The page is in {}.", project.dist().display());
            Ok(true)
        }
        "bench" => {
            let tools = tools::BuildTools::find(&project, &folder)?;
            let chromium = tools::BrowserTools::find(&folder)?;
            bench::run(&project, &tools, &chromium, &folder.chrono()?).map(|()| true)
        }
        "serve" => {
            let tools = tools::BuildTools::find(&project, &folder)?;
            release::build_page_if_changed(&project, &tools)?;
            let server = serve::Server::bind(&project.dist(), arguments.port)?.fresh();
            println!("\nGalley is at http://{}/", server.address());
            println!(
                "Served to this machine alone; nothing you paste leaves the page. Ctrl+C stops it."
            );
            server.run().map(|()| true)
        }
        "test" => {
            let options = test::TestOptions { steps: arguments.steps, filter: arguments.filter };
            test::run(&project, &folder, &options)
        }
        other => Err(format!("unknown command {other}; see cargo xtask help")),
    }
}

/// Runs the command that the program was started with.
pub fn main() -> ExitCode {
    match parse(std::env::args().skip(1)).and_then(run) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
