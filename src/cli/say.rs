//! What commands print, and how they end.

use std::fmt::Display;
use std::process::ExitCode;

/// How a command ends when it does not end well.
#[derive(Debug)]
pub enum Ending {
    /// Refused, or problems found: exit status 1.
    Refused(String),
    /// Wrong usage: exit status 2.
    Usage(String),
    /// The environment is at fault: exit status 3.
    Environment(String),
}

impl Ending {
    /// The environment is at fault.
    pub fn environment(why: impl Display) -> Ending {
        Ending::Environment(why.to_string())
    }

    /// The exit status.
    pub fn code(&self) -> ExitCode {
        match self {
            Ending::Refused(_) => ExitCode::from(1),
            Ending::Usage(_) => ExitCode::from(2),
            Ending::Environment(_) => ExitCode::from(3),
        }
    }

    /// The sentence for the person.
    pub fn text(&self) -> &str {
        match self {
            Ending::Refused(text) | Ending::Usage(text) | Ending::Environment(text) => text,
        }
    }
}

/// Prints a line for the person who called the command.
#[expect(clippy::print_stdout, reason = "this is the one door to standard output")]
pub fn line(text: impl Display) {
    println!("{text}");
}
