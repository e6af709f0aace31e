//! `galley completions` and `galley man`: what shells and `man` want to know of the command line.

use clap_complete::Shell;
use clap_mangen::Man;

use crate::args;
use crate::outcome::{Outcome, complain, print, write_outcome};

/// Prints the completions of a shell.
pub(crate) fn print_completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::clap_command(), "galley", &mut script);
    print(&script)
}

/// Prints the manual page of a command, or of the whole.
pub(crate) fn print_page(command: Option<&str>) -> Outcome {
    let mut whole = args::clap_command();
    // Commands get their full names and the version.
    whole.build();
    let page = match command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                complain(format_args!("there is no command '{name}'\nTry 'galley --help'."));
                return Outcome::Failed;
            }
        },
    };
    let mut roff = Vec::new();
    let rendered = Man::new(page).render(&mut roff);
    write_outcome(rendered).max(print(&roff))
}
