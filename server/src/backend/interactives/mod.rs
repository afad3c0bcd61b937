//! Interactive messages for the panel.

mod keep;
mod noun;
mod show;

#[cfg(test)]
mod tests;
