//! The generated configuration of Kamailio, run by the real Kamailio: `thoth calling config` writes it, Kamailio reads
//! it, and the tests are Meta on one side and the telephone server on the other.
//!
//! Asterisk and FreeSWITCH are no packages of the system this runs on: their files are parsed and compared in the
//! unit tests of `server/src/calls/setup`.

mod certificates;
mod from_meta;
mod from_pbx;
mod kamailio;
mod lines;
mod message;
mod written;
