//! What every page is made of: frame, faults, forms, cookies, headers, assets, probes.

pub mod assets;
pub mod lattice;
pub mod cover;
pub mod hero;
pub mod sign;
pub mod metrics;
pub mod site;
pub mod posted;
pub mod problems;
pub mod problem;
pub mod fault;
mod read_form;
pub mod lang;
pub mod shell;
pub mod page;
mod fault_pages;
mod guard;
mod routes;

pub use fault::{Answer, Fault};
pub use fault_pages::draw_faults;
pub use guard::{guard, observe};
pub use lang::Lang;
pub use page::{Cache, Page, inside, see_other, see_other_saying};
pub use posted::Posted;
pub use problems::{FormView, Problems};
pub use routes::routes;
pub use shell::Shell;
pub use site::Site;
