//! What app tests are made of: a database of their own, the whole program in process, and a browser that
//! reads its pages as people do. So every such test also shows that the page works without scripts and that
//! its fields have labels.

mod cluster;
mod app;
mod form;
mod page;
mod browser;
mod people;

pub use app::App;
pub use browser::Browser;
pub use cluster::{Database, courses_folder, migrate};
pub use page::Page;
pub use people::PASSWORD;
