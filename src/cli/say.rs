//! What commands print, and how they end.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
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

/// Shows how far long work is: a bar on a terminal, lines elsewhere.
pub fn progress(what: &str, percent: usize) {
    let mut errors = std::io::stderr();
    let told = if errors.is_terminal() {
        let bar: String = (0..25).map(|part| if part * 4 < percent { '█' } else { '░' }).collect();
        write!(errors, "\r\x1b[2K{bar} {percent:>3} %  {what}")
    } else {
        writeln!(errors, "{percent:>3} % {what}")
    };
    // Where it cannot be shown, the work goes on all the same.
    let _ = told.and_then(|()| errors.flush());
}

/// Ends what `progress` showed.
pub fn progress_done() {
    if std::io::stderr().is_terminal() {
        let _ = write!(std::io::stderr(), "\r\x1b[2K");
    }
}
