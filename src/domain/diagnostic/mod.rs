//! What the compiler has to say about a file. Every code has a file in `codes/` that explains it in three languages,
//! with examples that are tests; `codes/README.md` tells its form. To add a code: emit it, and write its file.

mod level;
mod place;
mod remark;
mod source;
mod list;
mod print;
mod report;
mod nearest;
pub mod codes;

pub use codes::Code;
pub use level::Level;
pub use list::Diagnostics;
pub use nearest::nearest;
pub use place::Place;
pub use print::{Ink, Print};
pub use remark::{Diagnostic, Related};
pub use report::Report;
pub use source::Source;
