//! What one page is told: changes of things it may show, gathered so that a busy server
//! does not make it read the same list a hundred times a second.

use crate::bus::{Change, Topic};
use crate::store::Scope;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, timeout_at};

/// How long changes are gathered after the first of them.
const GATHER: Duration = Duration::from_millis(500);

/// The changes one page hears.
pub(super) struct News {
    changes: Receiver<Change>,
    scope: Scope,
}

/// Which lists changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Topics {
    overview: bool,
    wabas: bool,
    phones: bool,
    portals: bool,
    templates: bool,
    calls: bool,
    people: bool,
    deliveries: bool,
}

impl Topics {
    const ALL: Self = Self {
        overview: true,
        wabas: true,
        phones: true,
        portals: true,
        templates: true,
        calls: true,
        people: true,
        deliveries: true,
    };

    fn add(&mut self, topic: Topic) {
        match topic {
            Topic::Deliveries => self.deliveries = true,
            Topic::Wabas => self.wabas = true,
            Topic::Phones => self.phones = true,
            Topic::Portals => self.portals = true,
            Topic::Templates => self.templates = true,
            Topic::Calls => self.calls = true,
            Topic::People => self.people = true,
            Topic::Overview => {}
        }
        // The overview counts all of them.
        self.overview = true;
    }

    fn any(self) -> bool {
        self != Self::default()
    }

    /// The events' names.
    pub fn names(self) -> Vec<&'static str> {
        [
            ("overview", self.overview),
            ("wabas", self.wabas),
            ("phones", self.phones),
            ("portals", self.portals),
            ("templates", self.templates),
            ("calls", self.calls),
            ("people", self.people),
            ("deliveries", self.deliveries),
        ]
        .into_iter()
        .filter_map(|(name, changed)| changed.then_some(name))
        .collect()
    }
}

impl News {
    /// The changes of this scope from now on.
    pub fn new(changes: Receiver<Change>, scope: Scope) -> Self {
        Self { changes, scope }
    }

    /// Takes the next change in; false when there will be none.
    async fn take(&mut self, topics: &mut Topics) -> bool {
        match self.changes.recv().await {
            Ok(change) if self.scope.covers(change.owner) => topics.add(change.topic),
            Ok(_) => {}
            // Too many to keep: everything may have changed.
            Err(RecvError::Lagged(_)) => *topics = Topics::ALL,
            Err(RecvError::Closed) => return false,
        }
        true
    }
}

/// Waits for a change, gathers those that follow at once, and tells which lists they touch.
pub(super) async fn next(mut news: News) -> Option<(Topics, News)> {
    let mut topics = Topics::default();
    while !topics.any() {
        if !news.take(&mut topics).await {
            return None;
        }
    }
    let until = Instant::now() + GATHER;
    while let Ok(more) = timeout_at(until, news.take(&mut topics)).await {
        if !more {
            break;
        }
    }
    Some((topics, news))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::Bus;
    use uuid::Uuid;

    #[tokio::test]
    async fn a_user_hears_only_of_their_own() {
        let (bus, mine, other) = (Bus::default(), Uuid::from_u128(1), Uuid::from_u128(2));
        let news = News::new(bus.listen(), Scope::Owner(mine));
        bus.changed(other, Topic::Phones);
        bus.changed(mine, Topic::Deliveries);
        drop(bus);
        let (topics, _) = next(news).await.unwrap();
        assert_eq!(topics.names(), ["overview", "deliveries"]);
    }

    #[tokio::test]
    async fn an_admin_hears_of_all_and_once_of_many() {
        let bus = Bus::default();
        let news = News::new(bus.listen(), Scope::All);
        for owner in 0..100 {
            bus.changed(Uuid::from_u128(owner), Topic::Phones);
        }
        drop(bus);
        let (topics, news) = next(news).await.unwrap();
        assert_eq!(topics.names(), ["overview", "phones"]);
        assert!(next(news).await.is_none());
    }

    #[tokio::test]
    async fn who_missed_changes_reads_everything() {
        let bus = Bus::default();
        let news = News::new(bus.listen(), Scope::All);
        for _ in 0..1000 {
            bus.changed(Uuid::from_u128(1), Topic::Phones);
        }
        let (topics, _) = next(news).await.unwrap();
        assert_eq!(topics, Topics::ALL);
    }
}
