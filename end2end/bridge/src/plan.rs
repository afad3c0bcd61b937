//! What a world is made of: the database, how many nodes, how many portals.

use crate::{Engine, Sandbox, facts};

/// What a world is made of.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The database.
    pub engine: Engine,
    /// THOTH's nodes on it; several need PostgreSQL.
    pub nodes: usize,
    /// Portals besides the first, each with a business number of its own.
    pub further_portals: usize,
    /// Whether PostgreSQL is a server of the world's own, which it may stop.
    pub own_server: bool,
}

impl Plan {
    /// One node, one portal.
    pub fn of(engine: Engine) -> Self {
        Self {
            engine,
            nodes: 1,
            further_portals: 0,
            own_server: false,
        }
    }

    /// Several nodes on one PostgreSQL.
    pub fn nodes(nodes: usize) -> Self {
        Self {
            nodes,
            ..Self::of(Engine::Postgres)
        }
    }

    /// The same with further portals.
    pub fn with_portals(self, further_portals: usize) -> Self {
        Self {
            further_portals,
            ..self
        }
    }

    /// One node on a PostgreSQL server of its own.
    pub fn own_server() -> Self {
        Self {
            own_server: true,
            ..Self::of(Engine::Postgres)
        }
    }

    fn of_portals(&self, text: &str) -> Vec<String> {
        let numbers = 1..=self.further_portals;
        numbers
            .map(|number| text.replace("{number}", &format!("{number:04}")))
            .collect()
    }

    /// The sandbox's setup; `{thoth}` is still to be filled in.
    pub fn sandbox(&self) -> String {
        let further = self.of_portals(facts::SANDBOX_PORTAL);
        [facts::SANDBOX.to_string(), further.concat()].concat()
    }

    /// THOTH's setup that fits the sandbox.
    pub fn setup(&self, sandbox: &Sandbox) -> String {
        let first = facts::SETUP.replace("{portal}", &sandbox.portal);
        let further = self.of_portals(facts::SETUP_PORTAL);
        let further = further.into_iter().zip(sandbox.portals.iter().skip(1));
        let further = further.map(|(text, portal)| text.replace("{portal}", portal));
        let whole: String = std::iter::once(first).chain(further).collect();
        whole.replace("{oauth}", &sandbox.oauth)
    }
}
