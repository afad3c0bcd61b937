//! What a page reads from the server.
//!
//! A [`Reading`] is a resource of Leptos: read while the page is made on the server, sent along with it, and read again
//! when its source changes. Behind it all readings are of one type, so that the browser's program holds the machinery
//! of resources once and not once for every kind of thing that is read: a tenth of its weight.

use std::{
    any::Any,
    convert::Infallible,
    future::{Future, IntoFuture},
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
};

use codee::{Decoder, Encoder};
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::model::{Problem, ProblemCode};

/// A thing of the server's, or why there is none.
pub struct Reading<T> {
    raw: Resource<Raw, PageCodec>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reading<T> {}

/// Reads a thing, and reads it again whenever `source` answers something else.
pub fn reading<S, T, Fut>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Reading<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    Fut: Future<Output = Result<T, Problem>> + Send + 'static,
{
    let source: Box<dyn Fn() -> Key + Send + Sync> = Box::new(move || Key(Arc::new(source())));
    let fetch: Box<dyn Fn(Key) -> Fetched + Send + Sync> = Box::new(move |key| {
        let asked = key.0.any().downcast_ref::<S>().cloned().map(&fetch);
        Box::pin(async move {
            match asked {
                Some(asked) => Raw::of(asked.await),
                None => Raw::of(unreadable::<T>()),
            }
        })
    });
    Reading {
        raw: Resource::new_with_options(source, fetch, false),
        kind: PhantomData,
    }
}

impl<T: DeserializeOwned + Clone + 'static> Reading<T> {
    /// What was read, if it is there yet.
    pub fn get(&self) -> Option<Result<T, Problem>> {
        self.raw.get().map(|raw| raw.open())
    }

    /// Reads it again.
    pub fn refetch(&self) {
        self.raw.refetch();
    }
}

impl<T: DeserializeOwned + Clone + Send + 'static> IntoFuture for Reading<T> {
    type Output = Result<T, Problem>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.raw.await.open() })
    }
}

type Fetched = Pin<Box<dyn Future<Output = Raw> + Send>>;

/// What was read, of whatever type: as it was sent along with the page, or as the server answered.
#[derive(Clone)]
struct Raw {
    json: Arc<str>,
    value: Option<Arc<dyn Any + Send + Sync>>,
}

impl Raw {
    fn of<T: Serialize + Send + Sync + 'static>(read: Result<T, Problem>) -> Self {
        // Only the server sends pages.
        #[cfg(feature = "ssr")]
        let json = serde_json::to_string(&read).unwrap_or_default();
        #[cfg(not(feature = "ssr"))]
        let json = String::new();
        Self {
            json: json.into(),
            value: Some(Arc::new(read)),
        }
    }

    fn open<T: DeserializeOwned + Clone + 'static>(&self) -> Result<T, Problem> {
        let value = self.value.as_ref();
        match value.and_then(|value| value.downcast_ref::<Result<T, Problem>>()) {
            Some(read) => read.clone(),
            // As bytes, like an answer of a server function: one reader of JSON for both.
            None => serde_json::from_slice(self.json.as_bytes()).unwrap_or_else(|_| unreadable()),
        }
    }
}

fn unreadable<T>() -> Result<T, Problem> {
    Err(Problem::new(ProblemCode::Internal))
}

/// What a reading depends on, of whatever type.
#[derive(Clone)]
struct Key(Arc<dyn Same>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(other.0.any())
    }
}

trait Same: Send + Sync {
    fn any(&self) -> &dyn Any;
    fn same(&self, other: &dyn Any) -> bool;
}

impl<S: PartialEq + Send + Sync + 'static> Same for S {
    fn any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<S>() == Some(self)
    }
}

/// Readings as they are sent along with a page.
struct PageCodec;

impl Encoder<Raw> for PageCodec {
    type Error = Infallible;
    type Encoded = String;

    fn encode(raw: &Raw) -> Result<String, Infallible> {
        Ok(raw.json.to_string())
    }
}

impl Decoder<Raw> for PageCodec {
    type Error = Infallible;
    type Encoded = str;

    fn decode(json: &str) -> Result<Raw, Infallible> {
        Ok(Raw {
            json: json.into(),
            value: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_along_is_read_as_it_was() {
        for read in [Ok(7_u32), Err(Problem::new(ProblemCode::NotFound))] {
            let raw = Raw::of(read.clone());
            assert_eq!(raw.open::<u32>(), read);
            let json = serde_json::to_string(&read).unwrap();
            let Ok(sent) = PageCodec::decode(&json);
            assert_eq!(sent.open::<u32>(), read);
        }
        let Ok(broken) = PageCodec::decode("{");
        assert!(broken.open::<u32>().is_err());
    }

    #[test]
    fn keys_are_the_same_when_their_values_are() {
        let key = |value: (&'static str, u32)| Key(Arc::new(value));
        assert!(key(("a", 1)) == key(("a", 1)));
        assert!(key(("a", 1)) != key(("a", 2)));
        assert!(key(("a", 1)) != Key(Arc::new(1_u8)));
    }
}
