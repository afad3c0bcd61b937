//! The way back from Facebook: a code becomes a token, and the token tells what was shared.

use super::{Found, FoundNumber, FoundWaba, LoginError, Trouble, redirect_uri};
use crate::accounts::webhook_key_generate;
use crate::connect::waba::{MetaApp, Patience, meta_app};
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::entities::facebook_login;
use crate::vault::Place;
use crate::whatsapp::{CodeExchange, GraphTrouble, PhoneNumber, app_token};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// How long a person may take to pick, in milliseconds.
const TIME: i64 = 30 * 60 * 1000;

/// What Facebook sent along.
#[derive(Debug, Default)]
pub struct Answer {
    /// The state of the login.
    pub state: String,
    /// What can be exchanged for a token.
    pub code: Option<SecretString>,
    /// `access_denied` and others.
    pub error: Option<String>,
    /// Facebook's words; a stranger's until proven otherwise.
    pub words: Option<String>,
}

/// How a login went that was found: its id, and why it failed if it did.
pub struct Finished {
    /// The login.
    pub login: Uuid,
    /// Why it failed.
    pub trouble: Option<Trouble>,
}

/// Takes the answer of Facebook's dialog. An error without a login is [`LoginError::Stale`].
pub async fn finish(
    state: &AppState,
    person: Uuid,
    session: &str,
    answer: Answer,
) -> Result<Finished, LoginError> {
    let now = state.clock.now();
    let spent = webhook_key_generate();
    let store = &state.store;
    let login = store
        .facebook_login_take(
            &state.vault.hash(&answer.state),
            &state.vault.hash(spent.expose_secret()),
            now,
        )
        .await?;
    let login = login
        .filter(|login| {
            login.person_id == person && login.session_hash == state.vault.hash(session)
        })
        .ok_or(LoginError::Stale)?;
    let patience = Patience::of_a_person();
    let (token, found) = match token(state, answer, patience).await? {
        Ok((app, token)) => {
            let found = look(state, &app, &token, patience).await;
            (Some(token), found)
        }
        Err(trouble) => (None, Found::failed(trouble)),
    };
    let id = login.id;
    let row = facebook_login::Model {
        token: token.map(|token| state.vault.seal(Place::FacebookToken, id, &token)),
        found: Some(found.words()?),
        expires_at: now + TIME,
        ..login
    };
    // The state's hash was replaced when it was taken; it must stay so.
    let row = facebook_login::Model {
        state_hash: state.vault.hash(spent.expose_secret()),
        ..row
    };
    store.facebook_login_keep(row).await?;
    Ok(Finished {
        login: id,
        trouble: found.trouble,
    })
}

/// Looks anew at what a login's token reaches, for what could not be read before.
pub async fn read_again(state: &AppState, login: facebook_login::Model) -> Result<(), LoginError> {
    let app = meta_app(state).await?.ok_or(LoginError::NoApp)?;
    let sealed = login.token.as_deref().ok_or(LoginError::Stale)?;
    let token = state
        .vault
        .open(Place::FacebookToken, login.id, sealed)
        .map_err(|error| {
            tracing::error!(%error, "The token of a login cannot be opened");
            LoginError::Stale
        })?;
    let found = look(state, &app, &token, Patience::of_a_person()).await;
    let row = facebook_login::Model {
        found: Some(found.words()?),
        ..login
    };
    Ok(state.store.facebook_login_keep(row).await?)
}

/// The token, or why there is none.
async fn token(
    state: &AppState,
    answer: Answer,
    patience: Patience,
) -> Result<Result<(MetaApp, SecretString), Trouble>, StoreError> {
    let words = answer.words.unwrap_or_default();
    match answer.error.as_deref() {
        Some("access_denied") => return Ok(Err(Trouble::Denied(words))),
        Some(error) => {
            let said = if words.is_empty() { error } else { &words };
            return Ok(Err(Trouble::Refused(sentence(said))));
        }
        None => {}
    }
    let Some(code) = answer.code else {
        tracing::warn!("Facebook's answer to a login has no code");
        return Ok(Err(Trouble::Refused(String::new())));
    };
    let Some(app) = meta_app(state).await? else {
        tracing::warn!("The Meta app was removed while somebody logged in with Facebook");
        return Ok(Err(Trouble::Refused(String::new())));
    };
    let redirect = redirect_uri(&state.config);
    let exchange = CodeExchange {
        app_id: &app.app_id,
        app_secret: &app.app_secret,
        redirect_uri: &redirect,
        code: &code,
    };
    let token = patience.with(state.remotes.graph.code_exchange(&exchange));
    Ok(match token.await {
        Ok(token) => Ok((app, token)),
        Err(trouble) => Err(told(&trouble)),
    })
}

/// What the token is and reaches. What cannot be read is said beside its name.
async fn look(state: &AppState, app: &MetaApp, token: &SecretString, patience: Patience) -> Found {
    let graph = &state.remotes.graph;
    let asker = app_token(&app.app_id, &app.app_secret);
    let facts = match patience.with(graph.debug_token(&asker, token)).await {
        Ok(facts) => facts,
        Err(trouble) => return Found::failed(told(&trouble)),
    };
    if !facts.is_valid || facts.app_id.as_deref() != Some(&app.app_id) {
        tracing::warn!("The token of a login with Facebook is not a good one of the Meta app");
        return Found::failed(Trouble::Refused(String::new()));
    }
    let missing = facts.missing_scopes();
    if !missing.is_empty() {
        return Found::failed(Trouble::ScopeMissing(missing.join(", ")));
    }
    let ids = match facts.targets {
        Some(ids) => ids,
        None => match patience.with(graph.accounts(token)).await {
            Ok(found) => found.into_iter().map(|account| account.id).collect(),
            Err(trouble) => return Found::failed(told(&trouble)),
        },
    };
    let reads = ids.into_iter().map(async |id| {
        let account = patience.with(graph.account(token, &id)).await;
        let numbers = match &account {
            Ok(_) => patience.with(graph.phone_numbers(token, &id)).await,
            Err(trouble) => Err(trouble.clone()),
        };
        FoundWaba {
            waba_id: id,
            name: account.ok().and_then(|account| account.name),
            trouble: numbers.as_ref().err().map(GraphTrouble::words),
            numbers: numbers.unwrap_or_default().iter().map(number).collect(),
        }
    });
    Found {
        kind: facts.kind,
        expires_at: facts.expires_at.map(|at| at.saturating_mul(1000)),
        wabas: futures::future::join_all(reads).await,
        trouble: None,
    }
}

fn number(number: &PhoneNumber) -> FoundNumber {
    FoundNumber {
        phone_id: number.id.clone(),
        phone: number.digits(),
        name: number.verified_name.clone(),
        needs_registering: number.needs_registering(),
    }
}

fn told(trouble: &GraphTrouble) -> Trouble {
    if trouble.is_silence() {
        Trouble::Silent(trouble.said())
    } else {
        Trouble::Refused(trouble.words())
    }
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches('.'))
}
