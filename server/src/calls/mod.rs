//! Calls of customers on their way to the company's own telephone server.
//! Owns what is said of calling to people and to Meta; the settings are kept by `store`.

pub mod settings;
