//! Calls for the panel: listed, as a table, and who may be called.

mod ask;
#[cfg(test)]
mod ask_tests;
mod noun;
mod permissions;
mod show;
mod table;
#[cfg(test)]
mod tests;
