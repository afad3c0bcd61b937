//! How long somebody waits for Meta.

use crate::whatsapp::GraphTrouble;
use std::time::Duration;
use tokio::time::Instant;

/// A moment after which nobody waits any more; shared by all calls of one request.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    until: Instant,
}

impl Patience {
    /// As long as a person waits for a page.
    pub fn of_a_person() -> Self {
        Self::lasting(Duration::from_secs(6))
    }

    /// As long as an errand may take.
    pub fn of_an_errand() -> Self {
        Self::lasting(Duration::from_secs(60))
    }

    /// So long from now.
    pub fn lasting(time: Duration) -> Self {
        Self {
            until: Instant::now() + time,
        }
    }

    /// The answer, or silence when it takes too long.
    pub async fn with<T>(
        self,
        call: impl Future<Output = Result<T, GraphTrouble>>,
    ) -> Result<T, GraphTrouble> {
        tokio::time::timeout_at(self.until, call)
            .await
            .unwrap_or_else(|_| {
                Err(GraphTrouble::Unknown {
                    reason: "the answer took too long".to_owned(),
                })
            })
    }
}
