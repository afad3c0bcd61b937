//! News from the server: names of lists that changed, so that an open page reads them again.
//!
//! While the pointer or the focus is inside a list nothing in it moves; what came meanwhile
//! is read when it leaves.

use leptos::prelude::*;

/// The things a page can be told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The overview.
    Overview,
    /// The WABAs.
    Wabas,
    /// The phones.
    Phones,
    /// The portals.
    Portals,
    /// The templates.
    Templates,
    /// The calls, and who may be called.
    Calls,
    /// The people who may sign in.
    People,
    /// The deliveries.
    Deliveries,
}

/// Whether news come at all. The server only ever knows the first.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not connected yet.
    Opening,
    /// News arrive.
    Open,
    /// The connection is lost and being made again.
    Lost,
}

/// The news of one page, shared by context.
#[derive(Clone, Copy)]
pub struct Live {
    overview: RwSignal<u32>,
    wabas: RwSignal<u32>,
    phones: RwSignal<u32>,
    portals: RwSignal<u32>,
    templates: RwSignal<u32>,
    calls: RwSignal<u32>,
    people: RwSignal<u32>,
    deliveries: RwSignal<u32>,
    connection: RwSignal<Connection>,
    held: RwSignal<bool>,
}

impl Live {
    fn new() -> Self {
        Self {
            overview: RwSignal::new(0),
            wabas: RwSignal::new(0),
            phones: RwSignal::new(0),
            portals: RwSignal::new(0),
            templates: RwSignal::new(0),
            calls: RwSignal::new(0),
            people: RwSignal::new(0),
            deliveries: RwSignal::new(0),
            connection: RwSignal::new(Connection::Opening),
            held: RwSignal::new(false),
        }
    }

    fn counter(self, topic: Topic) -> RwSignal<u32> {
        match topic {
            Topic::Overview => self.overview,
            Topic::Wabas => self.wabas,
            Topic::Phones => self.phones,
            Topic::Portals => self.portals,
            Topic::Templates => self.templates,
            Topic::Calls => self.calls,
            Topic::People => self.people,
            Topic::Deliveries => self.deliveries,
        }
    }

    /// A number that changes when the topic shall be read again.
    pub fn version(self, topic: Topic) -> Memo<u32> {
        let counter = self.counter(topic);
        Memo::new(move |before: Option<&u32>| match before {
            Some(before) if self.held.get() => {
                counter.track();
                *before
            }
            _ => counter.get(),
        })
    }

    /// Keeps what is on the page where it is, or lets it move again.
    pub fn hold(self, held: bool) {
        if self.held.try_get_untracked().is_some_and(|is| is != held) {
            self.held.try_set(held);
        }
    }

    /// How the connection stands.
    pub fn connection(self) -> Connection {
        self.connection.get()
    }

    #[cfg(feature = "hydrate")]
    fn news(self, topic: Topic) {
        self.counter(topic)
            .update(|count| *count = count.wrapping_add(1));
    }
}

/// Starts listening, once for a page with a frame.
pub fn provide_live() -> Live {
    let live = Live::new();
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| browser::listen(live));
    live
}

/// The news of this page.
pub fn use_live() -> Live {
    use_context::<Live>().unwrap_or_else(Live::new)
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Event, EventSource};

    use super::{Connection, Live, Topic};

    /// The events' names, as the server has them.
    const TOPICS: [(&str, Topic); 8] = [
        ("overview", Topic::Overview),
        ("wabas", Topic::Wabas),
        ("phones", Topic::Phones),
        ("portals", Topic::Portals),
        ("templates", Topic::Templates),
        ("calls", Topic::Calls),
        ("people", Topic::People),
        ("deliveries", Topic::Deliveries),
    ];

    /// How long to wait before a stream that was refused is asked for again.
    const PAUSE: Duration = Duration::from_secs(15);

    /// Opens the stream. The browser itself connects again when it breaks, but not when it is refused,
    /// as it is after the session's end: then it is asked for again after a while.
    pub fn listen(live: Live) {
        let held = StoredValue::new_local(None::<EventSource>);
        on_cleanup(move || {
            held.try_update_value(|source| source.take().map(|source| source.close()));
        });
        open(live, held);
    }

    fn open(live: Live, held: StoredValue<Option<EventSource>, LocalStorage>) {
        let Ok(source) = EventSource::new(&crate::base::at("/live")) else {
            live.connection.set(Connection::Lost);
            return;
        };
        for (name, topic) in TOPICS {
            on(&source, name, move || live.news(topic));
        }
        on(&source, "open", move || {
            // What happened while nobody listened is unknown: since the page was made, or
            // since the connection was lost. So everything is read again.
            for (_, topic) in TOPICS {
                live.news(topic);
            }
            live.connection.set(Connection::Open);
        });
        let asked = source.clone();
        on(&source, "error", move || {
            live.connection.try_set(Connection::Lost);
            if asked.ready_state() == EventSource::CLOSED {
                set_timeout(
                    move || {
                        // The page may have gone meanwhile.
                        if held.try_with_value(Option::is_some) == Some(true) {
                            open(live, held);
                        }
                    },
                    PAUSE,
                );
            }
        });
        held.try_set_value(Some(source));
    }

    fn on(source: &EventSource, name: &str, act: impl Fn() + 'static) {
        let listener = Closure::<dyn Fn(Event)>::new(move |_| act());
        let _ = source.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        // The listener lives as long as the page's frame does.
        listener.forget();
    }
}
