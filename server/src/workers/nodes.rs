//! What one node has to tell the others: something waits, something changed. Only on PostgreSQL, where there may be
//! several.

use crate::bus::Word;
use crate::state::AppState;
use crate::store::{Ear, StoreError};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_util::sync::CancellationToken;

/// How long words are gathered before they are said.
const GATHER: Duration = Duration::from_millis(10);

/// Most that fits into one NOTIFY, in bytes, with some room for the node's name.
const MOST: usize = 7000;

/// How long it waits after the database did not answer.
const REST: Duration = Duration::from_secs(1);

/// Works until `stop`; `node` is the name that words of this node carry.
pub async fn run(state: AppState, node: String, stop: CancellationToken) {
    let said = state.bus.words();
    tokio::select! {
        () = say(&state, &node, said) => {}
        () = listen(&state, &node) => {}
        () = stop.cancelled() => {}
    }
}

async fn say(state: &AppState, node: &str, mut said: broadcast::Receiver<Word>) {
    loop {
        let mut words = BTreeSet::new();
        match said.recv().await {
            Ok(word) => words.extend(Some(word)),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
        tokio::time::sleep(GATHER).await;
        while let Ok(word) = said.try_recv() {
            words.insert(word);
        }
        for letter in letters(node, &words) {
            if let Err(error) = state.store.words_say(&letter).await {
                tracing::debug!(%error, "Other nodes are not told: they look by themselves");
            }
        }
    }
}

async fn listen(state: &AppState, node: &str) {
    loop {
        match state.store.words_listen().await {
            Ok(Some(mut ear)) => {
                if let Err(error) = hear(state, node, &mut ear).await {
                    tracing::warn!(%error, "Other nodes are not heard for a moment");
                }
            }
            Ok(None) => std::future::pending().await,
            Err(error) => tracing::warn!(%error, "Other nodes cannot be heard yet"),
        }
        tokio::time::sleep(REST).await;
    }
}

async fn hear(state: &AppState, node: &str, ear: &mut Ear) -> Result<(), StoreError> {
    loop {
        let letter = ear.hear().await?;
        for word in read(node, &letter) {
            state.bus.pass_on(word);
        }
    }
}

/// Words as text, in as many parts as it takes: the node's name, then a word a line.
fn letters(node: &str, words: &BTreeSet<Word>) -> Vec<String> {
    let mut letters = Vec::new();
    let mut letter = node.to_owned();
    for word in words {
        if letter.len() > MOST {
            letters.push(std::mem::replace(&mut letter, node.to_owned()));
        }
        letter.push('\n');
        letter.push_str(&word.to_string());
    }
    if letter.len() > node.len() {
        letters.push(letter);
    }
    letters
}

/// The words of another node; a word this version does not know is left out.
fn read(node: &str, letter: &str) -> Vec<Word> {
    let mut lines = letter.lines();
    if lines.next().is_none_or(|name| name == node) {
        return Vec::new();
    }
    lines.filter_map(|line| line.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bus::{Change, Topic};
    use uuid::Uuid;

    #[test]
    fn words_arrive_whole_and_not_at_home() {
        let words: BTreeSet<Word> = (0..500)
            .map(|number| Word::Delivery(Uuid::from_u128(number)))
            .chain([Word::Receipt, Word::Errand])
            .chain(Topic::ALL.map(|topic| {
                Word::Changed(Change {
                    owner: Uuid::from_u128(7),
                    topic,
                })
            }))
            .chain(Topic::ALL.map(|topic| {
                Word::Told(Change {
                    owner: Uuid::from_u128(7),
                    topic,
                })
            }))
            .collect();
        let letters = letters("one", &words);
        assert!(letters.len() > 1 && letters.iter().all(|letter| letter.len() < 8000));
        let heard = letters.iter().flat_map(|letter| read("two", letter));
        assert_eq!(heard.collect::<BTreeSet<_>>(), words);
        assert!(letters.iter().all(|letter| read("one", letter).is_empty()));
        assert!(read("two", "one\nsomething new").is_empty());
    }
}
