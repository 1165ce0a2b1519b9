//! The agreements of the house, as tests. Each check is a function from sources to complaints; it is run on
//! the real tree, which must give none, and on a small tree with a planted mistake, which must give one.

mod imports;
mod routes;
mod shape;
mod sources;
mod tables;
mod vocabulary;
mod words;
