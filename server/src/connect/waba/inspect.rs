//! Inspecting a token: what it is, whose, what it may do and which WABA it reaches.

use super::{MetaApp, Patience};
use crate::whatsapp::{GraphClient, GraphTrouble, PhoneNumber, TokenFacts, app_token};
use secrecy::SecretString;

/// What somebody gave.
pub struct Given<'a> {
    /// The access token.
    pub token: &'a SecretString,
    /// The WABA id; empty = to be found.
    pub waba_id: &'a str,
    /// The app it was made for; empty = not said.
    pub app_id: &'a str,
    /// The app's secret.
    pub app_secret: Option<&'a SecretString>,
}

/// What Meta says.
#[derive(Debug, Default)]
pub struct Seen {
    /// Of the token; none where Meta does not tell.
    pub facts: Option<TokenFacts>,
    /// The WABA id; empty where it could not be found out.
    pub waba_id: String,
    /// The WABA's name at Meta.
    pub name: Option<String>,
    /// The WABA's numbers.
    pub numbers: Option<Vec<PhoneNumber>>,
    /// Why not everything could be asked.
    pub silence: Option<String>,
}

/// What is wrong with what was given; the words are Meta's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Meta does not take the token.
    TokenRefused(String),
    /// The token has expired; unix seconds where Meta says when.
    TokenExpired(Option<i64>),
    /// It was made for this other app.
    WrongApp(String),
    /// These permissions are missing.
    ScopeMissing(String),
    /// App id and secret do not belong together.
    SecretRefused(String),
    /// The token does not reach the WABA.
    WabaUnreachable(String),
    /// No id was given and the token reaches none, or several: their ids.
    WabaUnclear(Vec<String>),
}

/// Why inspecting ended early.
enum Stop {
    Fault(Fault),
    Silence(String),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Asks Meta about a token, as long as `patience` lasts. Silence is no fault: what was seen till then comes back.
pub async fn inspect(
    graph: &GraphClient,
    app: Option<&MetaApp>,
    given: &Given<'_>,
    patience: Patience,
) -> Result<Seen, Fault> {
    let mut seen = Seen {
        waba_id: given.waba_id.to_owned(),
        ..Seen::default()
    };
    let inspector = Inspector {
        graph,
        app,
        given,
        patience,
    };
    match inspector.run(&mut seen).await {
        Ok(()) => Ok(seen),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Silence(reason)) => {
            seen.silence = Some(reason);
            Ok(seen)
        }
    }
}

struct Inspector<'a> {
    graph: &'a GraphClient,
    app: Option<&'a MetaApp>,
    given: &'a Given<'a>,
    patience: Patience,
}

impl Inspector<'_> {
    async fn run(&self, seen: &mut Seen) -> Result<(), Stop> {
        seen.facts = self.facts().await?;
        if let Some(facts) = &seen.facts {
            self.judge(facts)?;
        }
        if seen.waba_id.is_empty() {
            seen.waba_id = self.find(seen.facts.as_ref()).await?;
        }
        let token = self.given.token;
        let account = self.patience.with(self.graph.account(token, &seen.waba_id));
        let account = account
            .await
            .map_err(|trouble| self.out_of_reach(trouble))?;
        seen.name = account.name;
        let numbers = self.graph.phone_numbers(token, &seen.waba_id);
        let numbers = self.patience.with(numbers).await;
        seen.numbers = Some(numbers.map_err(|trouble| self.out_of_reach(trouble))?);
        Ok(())
    }

    /// What Meta knows about the token, asked by whoever may ask.
    async fn facts(&self) -> Result<Option<TokenFacts>, Stop> {
        let given = self.given;
        if let Some(secret) = given.app_secret {
            let mut app_id = given.app_id.to_owned();
            if app_id.is_empty() {
                let own = self.own_facts().await?.and_then(|facts| facts.app_id);
                let Some(found) = own else { return Ok(None) };
                app_id = found;
            }
            return self.facts_by_app(&app_id, secret).await.map(Some);
        }
        let ours = self
            .app
            .filter(|app| given.app_id.is_empty() || given.app_id == app.app_id);
        if let Some(app) = ours {
            let asked = self.ask(&app_token(&app.app_id, &app.app_secret)).await;
            match asked {
                Ok(facts) => return Ok(Some(facts)),
                Err(trouble) if trouble.is_silence() => return Err(silence(&trouble)),
                // It is another app's token: it speaks for itself.
                Err(_) => {}
            }
        }
        self.own_facts().await
    }

    /// Asked with app id and secret that somebody gave: they are on trial too.
    async fn facts_by_app(&self, app_id: &str, secret: &SecretString) -> Result<TokenFacts, Stop> {
        match self.ask(&app_token(app_id, secret)).await {
            Ok(facts) => Ok(facts),
            Err(trouble) if trouble.is_silence() => Err(silence(&trouble)),
            Err(trouble) if trouble.code() == Some(100) => {
                let own = self.own_facts().await?.and_then(|facts| facts.app_id);
                Err(Fault::WrongApp(own.unwrap_or_else(|| "?".to_owned())).into())
            }
            Err(trouble) => Err(Fault::SecretRefused(trouble.words()).into()),
        }
    }

    /// Asked with the token itself, which Meta allows for some kinds only.
    async fn own_facts(&self) -> Result<Option<TokenFacts>, Stop> {
        match self.ask(self.given.token).await {
            Ok(facts) => Ok(Some(facts)),
            Err(trouble) if trouble.is_silence() => Err(silence(&trouble)),
            Err(trouble) if is_dead(&trouble) => Err(dead(&trouble).into()),
            Err(_) => Ok(None),
        }
    }

    async fn ask(&self, asker: &SecretString) -> Result<TokenFacts, GraphTrouble> {
        let call = self.graph.debug_token(asker, self.given.token);
        self.patience.with(call).await
    }

    fn judge(&self, facts: &TokenFacts) -> Result<(), Fault> {
        if !facts.is_valid {
            let error = facts.error.as_ref();
            if error.and_then(|error| error.subcode) == Some(463) {
                return Err(Fault::TokenExpired(facts.expires_at));
            }
            let words = error.and_then(|error| error.own_words());
            return Err(Fault::TokenRefused(words.map(sentence).unwrap_or_default()));
        }
        match &facts.app_id {
            Some(app) if !self.given.app_id.is_empty() && *app != self.given.app_id => {
                return Err(Fault::WrongApp(app.clone()));
            }
            Some(_) | None => {}
        }
        let missing = facts.missing_scopes();
        if !missing.is_empty() {
            return Err(Fault::ScopeMissing(missing.join(", ")));
        }
        match &facts.targets {
            Some(ids)
                if !self.given.waba_id.is_empty()
                    && !ids.iter().any(|id| id == self.given.waba_id) =>
            {
                tracing::info!(?ids, "A token was made for other WABAs");
                Err(Fault::WabaUnreachable(String::new()))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The one WABA the token reaches.
    async fn find(&self, facts: Option<&TokenFacts>) -> Result<String, Stop> {
        let ids: Vec<String> = match facts.and_then(|facts| facts.targets.clone()) {
            Some(targets) => targets,
            None => {
                let call = self.graph.accounts(self.given.token);
                match self.patience.with(call).await {
                    Ok(found) => found.into_iter().map(|account| account.id).collect(),
                    Err(trouble) if trouble.is_silence() => return Err(silence(&trouble)),
                    Err(trouble) if is_dead(&trouble) => return Err(dead(&trouble).into()),
                    Err(_) => Vec::new(),
                }
            }
        };
        match ids.as_slice() {
            [only] => Ok(only.clone()),
            _ => Err(Fault::WabaUnclear(ids).into()),
        }
    }

    fn out_of_reach(&self, trouble: GraphTrouble) -> Stop {
        if trouble.is_silence() {
            return silence(&trouble);
        }
        if is_dead(&trouble) {
            return dead(&trouble).into();
        }
        match trouble.code() {
            Some(10 | 200..=299) => {
                Fault::ScopeMissing(crate::whatsapp::MANAGEMENT.to_owned()).into()
            }
            Some(_) | None => Fault::WabaUnreachable(trouble.words()).into(),
        }
    }
}

fn silence(trouble: &GraphTrouble) -> Stop {
    Stop::Silence(trouble.said())
}

fn is_dead(trouble: &GraphTrouble) -> bool {
    matches!(trouble.code(), Some(0 | 102 | 190))
}

fn dead(trouble: &GraphTrouble) -> Fault {
    match trouble {
        GraphTrouble::Refused { error, .. } if error.subcode == Some(463) => {
            Fault::TokenExpired(None)
        }
        other => Fault::TokenRefused(other.words()),
    }
}

fn sentence(words: &str) -> String {
    format!("{}.", words.trim().trim_end_matches('.'))
}
