//! A portal opens an app's page: what Bitrix24 would post, to be changed and posted by a test.

use crate::{World, facts};
use reqwest::header;

/// The permissions a test's app has.
const SCOPES: [&str; 10] = [
    "imopenlines",
    "imconnector",
    "contact_center",
    "placement",
    "messageservice",
    "im",
    "crm",
    "user",
    "disk",
    "telephony",
];

/// What is posted to an app's page.
#[derive(Clone, Debug)]
pub struct Opening {
    query: String,
    fields: Vec<(String, String)>,
}

impl Opening {
    /// The same with another value, or with one that was not there.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.fields.retain(|(known, _)| known != name);
        other.fields.push((name.to_string(), value.to_string()));
        other
    }

    /// The same, naming another portal in its address.
    pub fn at_domain(&self, domain: &str) -> Self {
        Self {
            query: format!("DOMAIN={domain}&PROTOCOL=0&LANG=en&APP_SID=forged"),
            fields: self.fields.clone(),
        }
    }

    /// A value that is posted.
    pub fn value(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or_else(|| panic!("no {name} is posted"), |(_, value)| value)
    }

    /// The page of an installation says that it is done: other users may open the application from now on.
    pub async fn finish(&self, world: &World) {
        let sid = self
            .query
            .split('&')
            .find_map(|pair| pair.strip_prefix("APP_SID="))
            .expect("a page has an id");
        let url = format!("http://{}/frame/{sid}/finish", world.sandbox.portal);
        let answer = world.http.post(url).send().await;
        let status = answer.expect("the portal answers").status();
        assert!(status.is_success(), "{status}");
        world.settled().await;
    }

    /// Posts it to one of THOTH's doors.
    pub async fn post(&self, world: &World, door: &str) -> reqwest::Response {
        let url = format!("{}{door}?{}", world.thoth.url, self.query);
        let request = world.http.post(url).form(&self.fields);
        request.send().await.expect("THOTH answers")
    }
}

impl World {
    /// Makes a local application with pages in the portal; answers its client id.
    pub async fn app_new(&self, name: &str) -> String {
        let answer = self.devops("new", name).await;
        let location = answer.headers().get(header::LOCATION);
        let location = location.expect("a new app has an address").to_str();
        let path = location.expect("an address is text").trim_end_matches('/');
        path.rsplit('/').next().unwrap_or_default().to_string()
    }

    /// Gives THOTH's own application its pages.
    pub async fn app_with_pages(&self) {
        self.devops(facts::CLIENT, "THOTH").await;
    }

    async fn devops(&self, which: &str, name: &str) -> reqwest::Response {
        let url = format!("http://{}/devops/{which}/", self.sandbox.portal);
        let mut form = vec![
            ("name", name.to_string()),
            ("handler", format!("{}/app-settings/", self.thoth.url)),
            ("install", format!("{}/app-install/", self.thoth.url)),
        ];
        form.extend(SCOPES.map(|scope| ("scope", scope.to_string())));
        let sent = self.http.post(url).form(&form).send().await;
        let answer = sent.expect("the portal answers");
        assert!(answer.status().is_redirection(), "{}", answer.status());
        answer
    }

    /// Opens an application's page as a user of the portal.
    pub async fn open(&self, client: &str, user: u32) -> Opening {
        let url = format!("http://{}/marketplace/app/{client}/", self.sandbox.portal);
        let short: String = facts::MEMBER.chars().take(8).collect();
        let cookie = format!("b24_user_{short}={user}");
        let request = self.http.get(url).header(header::COOKIE, cookie);
        let answer = request.send().await.expect("the portal answers");
        let page = answer.text().await.expect("a whole page");
        let action = attribute(&page, "target=\"app\" action=\"");
        let (_, query) = action.split_once('?').expect("the page is told its portal");
        let inputs = page.split("<input type=\"hidden\" name=\"").skip(1);
        let fields = inputs.filter_map(|input| {
            let (name, rest) = input.split_once('"')?;
            Some((name.to_string(), attribute(rest, "value=\"")))
        });
        Opening {
            query: query.to_string(),
            fields: fields.collect(),
        }
    }
}

/// What stands between a beginning and the next quotation mark.
fn attribute(page: &str, begin: &str) -> String {
    let found = page
        .split_once(begin)
        .and_then(|(_, rest)| rest.split_once('"'));
    let (value, _) = found.unwrap_or_else(|| panic!("{begin} is not in {page}"));
    value
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
