//! A sandbox, a THOTH and a database that belong together.

use crate::{
    Database, Engine, Plan, Proxy, Ran, Sandbox, Thoth, facts, places, signature, until_within,
};
use reqwest::StatusCode;
use tempfile::TempDir;

/// How much of THOTH's log a failed test prints.
const LOG_LINES: usize = 120;

/// Everything one test needs. The processes end when it is dropped.
pub struct World {
    pub engine: Engine,
    /// Where others reach THOTH: a node, or the proxy before several.
    pub url: String,
    /// The node, or the first of several.
    pub thoth: Thoth,
    /// Further nodes on the same database.
    pub others: Vec<Thoth>,
    /// What stands before several nodes.
    pub proxy: Option<Proxy>,
    pub sandbox: Sandbox,
    pub database: Database,
    pub http: reqwest::Client,
    folder: TempDir,
}

impl World {
    /// A sandbox and a THOTH that know each other, both ready.
    pub async fn begin(engine: Engine) -> Self {
        Self::begin_as(&Plan::of(engine)).await
    }

    /// The same, with more portals or nodes.
    pub async fn begin_as(plan: &Plan) -> Self {
        let engine = plan.engine;
        let folder = tempfile::tempdir().expect("a folder for the test");
        let port = places::port();
        let url = format!("http://127.0.0.1:{port}");
        let sandbox = Sandbox::start(folder.path(), &plan.sandbox().replace("{thoth}", &url)).await;
        let database = Database::make(plan, folder.path()).await;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        let ports: Vec<u16> = match plan.nodes {
            1 => vec![port],
            nodes => (0..nodes).map(|_| places::port()).collect(),
        };
        let node = |number: usize, port: u16| {
            let folder = match number {
                0 => folder.path().to_owned(),
                other => folder.path().join(format!("node-{other}")),
            };
            std::fs::create_dir_all(&folder).expect("a folder for a node");
            let mut thoth = Thoth::new(port, &folder, http.clone());
            thoth.set("DATABASE_URL", &database.url);
            thoth.set("THOTH_GRAPH_URL", &sandbox.graph);
            thoth.set("THOTH_BITRIX_OAUTH_URL", &sandbox.oauth);
            if plan.nodes > 1 {
                thoth.set("THOTH_PUBLIC_URL", &url);
                thoth.set("THOTH_VAULT_KEY", facts::VAULT_KEY);
                thoth.set("THOTH_LEASE", facts::LEASE);
            }
            thoth
        };
        let mut nodes = ports
            .iter()
            .enumerate()
            .map(|(number, port)| node(number, *port));
        let thoth = nodes.next().expect("there is a node");
        let others = nodes.collect();
        let proxy = match plan.nodes {
            1 => None,
            _ => Some(Proxy::start(port, ports.clone()).await),
        };
        let mut world = Self {
            engine,
            url,
            thoth,
            others,
            proxy,
            sandbox,
            database,
            http,
            folder,
        };
        let Ran { good, said } = world.thoth.provision(&plan.setup(&world.sandbox)).await;
        assert!(good, "provisioning failed: {said}");
        world.thoth.serve().await;
        for other in &mut world.others {
            other.serve().await;
        }
        world.templates_read().await;
        world
    }

    /// All nodes, the first first.
    pub fn nodes(&mut self) -> Vec<&mut Thoth> {
        std::iter::once(&mut self.thoth)
            .chain(&mut self.others)
            .collect()
    }

    /// Sets a variable of every node and starts all of them again.
    pub async fn restart_with(&mut self, name: &str, value: &str) {
        for node in self.nodes() {
            node.set(name, value);
            node.restart().await;
        }
    }

    /// Waits until the templates of every WABA were read, so that no test meets these calls in its midst.
    async fn templates_read(&self) {
        until_within(90, "the templates to be read", async || {
            let sql = "SELECT name FROM waba WHERE templates_at IS NULL";
            let open = self.database.texts(sql).await;
            if open.is_empty() {
                Ok(())
            } else {
                Err(format!("not yet of {open:?}"))
            }
        })
        .await;
    }

    /// Prints the log of a failed test and takes the database away.
    pub async fn end(mut self, failed: bool) {
        let logs: Vec<String> = self.nodes().iter().map(|node| node.log()).collect();
        let log = logs.join("\nThe next node:\n");
        self.keep(&log);
        if failed {
            let lines: Vec<&str> = log.lines().collect();
            let shown = lines
                .get(lines.len().saturating_sub(LOG_LINES)..)
                .unwrap_or_default();
            eprintln!(
                "The end of THOTH's log ({:?}):\n{}",
                self.engine,
                shown.join("\n")
            );
            eprintln!("What is open:\n{}", self.state().await.join("\n"));
        }
        for node in self.nodes() {
            node.kill_9();
        }
        self.database.drop_it().await;
        drop(self.folder);
    }

    /// Where things stand, for the message of a failed test.
    async fn state(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for sql in [
            "SELECT 'receipts ' || source || ' ' || state || ' ' || CAST(COUNT(*) AS TEXT) FROM receipt GROUP BY source, state",
            "SELECT 'deliveries ' || kind || ' ' || state || ' ' || COALESCE(error_code, '-') || ' ' || CAST(COUNT(*) AS TEXT) \
             FROM delivery GROUP BY kind, state, error_code",
            "SELECT 'destination ' || kind || ' lease of ' || COALESCE(lease_owner, '-') || ' until ' || CAST(lease_until AS TEXT) \
             || ' paused until ' || CAST(paused_until AS TEXT) || ' ' || COALESCE(pause_reason, '-') FROM destination",
        ] {
            lines.extend(self.database.texts(sql).await);
        }
        lines.push(format!("sandbox {}", self.sandbox.get("/api/stats").await));
        lines
    }

    /// Keeps the whole log where THOTH_TEST_KEEP names a folder.
    fn keep(&self, log: &str) {
        if let Some(folder) = std::env::var_os("THOTH_TEST_KEEP") {
            let name = std::thread::current()
                .name()
                .unwrap_or("test")
                .replace("::", "-");
            std::fs::write(std::path::Path::new(&folder).join(name), log)
                .expect("THOTH_TEST_KEEP can be written");
        }
    }

    /// The setup file that fits the sandbox.
    pub fn setup(&self) -> String {
        Plan::of(self.engine).setup(&self.sandbox)
    }

    /// Waits until nothing is left to do: the sandbox has posted everything, every receipt is read
    /// and every delivery has come to an end.
    pub async fn settled(&self) {
        self.settled_within(90).await;
    }

    /// The same, with another patience in seconds.
    pub async fn settled_within(&self, seconds: u64) {
        until_within(seconds, "all to be posted, read and delivered", async || {
            let stats = self.sandbox.get("/api/stats").await;
            if stats["busy_conversations"] != 0 {
                return Err(format!("the sandbox is posting: {stats}"));
            }
            let open = "SELECT kind || ' ' || state || ' ' || COALESCE(error_code, '-') FROM delivery \
                        WHERE state IN ('waiting', 'sending', 'unknown') \
                        UNION ALL SELECT 'receipt' FROM receipt WHERE state = 'new'";
            let open = self.database.texts(open).await;
            let shown = open.get(..open.len().min(10)).unwrap_or_default();
            if open.is_empty() {
                Ok(())
            } else {
                Err(format!("{} open, among them {shown:?}", open.len()))
            }
        })
        .await;
    }

    /// Meta's door with the right key.
    pub fn meta_door(&self) -> String {
        format!("{}/api/waba/?api-key={}", self.url, facts::API_KEY)
    }

    /// Bitrix24's door.
    pub fn bitrix_door(&self) -> String {
        format!("{}/api/bitrix/", self.url)
    }

    /// Posts a webhook, signed by the app.
    pub async fn webhook(&self, body: &[u8]) -> StatusCode {
        self.webhook_signed(body, &signature(facts::APP_SECRET, body))
            .await
    }

    /// Posts a webhook with this signature.
    pub async fn webhook_signed(&self, body: &[u8], signature: &str) -> StatusCode {
        let request = self
            .http
            .post(self.meta_door())
            .header("content-type", "application/json");
        let request = request
            .header("x-hub-signature-256", signature)
            .body(body.to_vec());
        request.send().await.expect("THOTH answers").status()
    }

    /// Posts a form to Bitrix24's door.
    pub async fn event(&self, form: &[(&str, &str)]) -> StatusCode {
        self.http
            .post(self.bitrix_door())
            .form(form)
            .send()
            .await
            .expect("THOTH answers")
            .status()
    }
}
