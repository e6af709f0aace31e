//! Set-up, build, serve, test and measure: `cargo xtask help`.
//!
//! Owns the commands of a developer, and the tools that they need. Must not know what the engine or the page do.

#![allow(
    clippy::disallowed_methods,
    reason = "a shell: what it does takes time, and it says how long"
)]

mod bench;
mod browser;
mod command;
mod figures;
pub mod offline;
mod release;
mod report;
mod reproduce;
pub mod serve;
pub mod sources;
mod system;
mod test;
mod tools;
mod wasm;
mod weigh;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the command line asks for.
#[derive(Parser)]
#[command(
    bin_name = "cargo xtask",
    about = "Set up, build, serve, test and measure Galley.",
    after_help = "Every command that is run is printed first, after a $.",
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Where tools are kept, by name and version (default: $XDG_CACHE_HOME/galley, or ~/.cache/galley)
    #[arg(long, global = true, value_name = "DIR")]
    tools: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Set up, build the release page, serve it on this machine alone
    Serve {
        /// The port on 127.0.0.1; 0 takes any free one
        #[arg(long, default_value_t = 8080, value_name = "N")]
        port: u16,
    },
    /// Set up, then every check, or only some steps
    Test {
        /// Only these steps
        #[arg(value_enum)]
        steps: Vec<test::Step>,
        /// Only tests whose names hold this, in the steps native and browser
        #[arg(last = true, value_name = "NAME")]
        filter: Vec<String>,
    },
    /// Set up, build the release page into target/dist
    Build,
    /// Set up, then measure speed, and compare it with the last run
    Bench {
        /// Only these measurements
        #[arg(value_enum)]
        parts: Vec<bench::Part>,
        /// Only measurements in the page whose names hold this
        #[arg(last = true, value_name = "NAME")]
        filter: Vec<String>,
    },
    /// Set up, build the release page, and print what it weighs and what each crate adds to it
    Weigh,
    /// Set up, build what is committed twice, in two folders, and compare: the same files, or an error
    Reproduce,
    /// Find or install what the other commands need
    Setup,
}

/// The folder of the workspace, two above this crate's.
fn workspace_root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

/// Does what was asked for. Whether all went well that was checked.
fn run(arguments: Arguments) -> Result<bool, String> {
    let project = command::Project::here(&workspace_root())?;
    let folder = tools::ToolFolder::open(arguments.tools.as_deref())?;
    match arguments.command {
        Command::Setup => {
            tools::BuildTools::find(&project, &folder)?;
            tools::BrowserTools::find(&folder)?;
            println!("Set up. Tools are in {}.", folder.path().display());
        }
        Command::Build => {
            let tools = tools::BuildTools::find(&project, &folder)?;
            release::build_page(&project, &tools)?;
            println!("The page is in {}.", project.dist().display());
        }
        Command::Bench { parts, filter } => {
            bench::run(&project, &folder, &parts, &filter)?;
        }
        Command::Weigh => {
            let tools = tools::BuildTools::find(&project, &folder)?;
            release::build_page_if_changed(&project, &tools)?;
            weigh::print_weights(&project)?;
        }
        Command::Reproduce => {
            tools::BuildTools::find(&project, &folder)?;
            reproduce::run(&project, folder.path())?;
        }
        Command::Serve { port } => {
            let tools = tools::BuildTools::find(&project, &folder)?;
            release::build_page_if_changed(&project, &tools)?;
            let server = serve::Server::bind(&project.dist(), port)?.fresh();
            println!("\nGalley is at http://{}/", server.address());
            println!(
                "Served to this machine alone; nothing you paste leaves the page. Ctrl+C stops it."
            );
            server.run()?;
        }
        Command::Test { steps, filter } => {
            let options = test::TestOptions { steps, filter };
            return Ok(test::run(&project, &folder, &options));
        }
    }
    Ok(true)
}

/// Runs the command that the program was started with.
pub fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn steps_and_names_are_told_apart() {
        let words = ["xtask", "test", "build", "browser", "--tools", "x", "--", "speed"];
        let arguments = Arguments::try_parse_from(words).unwrap();
        assert_eq!(arguments.tools.as_deref(), Some(Path::new("x")));
        let Command::Test { steps, filter } = arguments.command else { panic!("another command") };
        assert_eq!(steps, [test::Step::Build, test::Step::Browser]);
        assert_eq!(filter, ["speed"]);
        assert!(Arguments::try_parse_from(["xtask", "test", "nothing"]).is_err());
    }
}
