//! What a courier asks of whoever knows how to call a destination.

use super::outcome::Landing;
use super::pace::Pace;
use crate::store::Head;

/// Knows how to call one destination. Touches deliveries in no way but by what it answers.
#[async_trait::async_trait]
pub trait Carrier: Send + Sync {
    /// How many calls may be under way at once.
    fn wings(&self) -> usize;

    /// How fast the destination may be called.
    fn pace(&self) -> Pace;

    /// How many heads one call can take.
    fn load(&self) -> usize;

    /// Sorts heads into flights: each is one call.
    fn flights(&self, heads: Vec<Head>) -> Vec<Vec<Head>>;

    /// Makes the call and answers an outcome for every head.
    ///
    /// What must not happen twice is not begun at `until` or later, in milliseconds: a machine that slept since the
    /// heads left may have lost its lease, and another node may have sent them.
    async fn fly(&self, heads: &[Head], until: i64) -> Landing;
}
