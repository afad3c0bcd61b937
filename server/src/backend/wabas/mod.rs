//! WABAs for the panel: shown, typed in, and picked from a login with Facebook.

mod faults;
mod form;
mod login;
mod noun;
mod show;

#[cfg(test)]
mod tests;
