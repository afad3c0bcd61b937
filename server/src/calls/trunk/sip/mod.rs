//! As much of SIP (RFC 3261) as a probe needs: requests written, responses read. Pure, and never panics whatever a
//! server sends.

mod read;
mod reader;
mod write;

pub use read::Response;
pub use reader::{Got, Heap, listen};
pub use write::{Dialog, Method, request, sdp};
