//! Calls for the panel: listed, as a table, and who may be called.

mod ask;
mod noun;
mod permissions;
mod show;
mod table;
#[cfg(test)]
mod tests;
