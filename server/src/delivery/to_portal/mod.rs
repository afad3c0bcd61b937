//! Carries to a Bitrix24 portal: customers' messages, ticks, red lines, what became of SMS,
//! calls.
//!
//! What waits for one channel travels in one call; what is unknown is looked up before it
//! travels again.

mod call_teller;
mod calls;
mod carrier;
mod flight;
mod lines;
mod link;
mod look_up;
mod place;
mod sms;
mod ticks;
mod trouble;

pub(super) use carrier::PortalCarrier;
