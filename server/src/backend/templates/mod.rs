//! Message templates for the panel: shown as phones show them, made, chosen and deleted.

mod change;
mod components;
mod create;
mod languages;
mod noun;
mod preview;
mod refused;
mod sample;
mod show;

#[cfg(test)]
mod tests;
