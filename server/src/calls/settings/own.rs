//! Which of Meta's servers and passwords are ours: one for each app, and ours is that of our token's app.

use crate::whatsapp::calling::{Calling, Server, SipPassword};
use secrecy::SecretString;

/// By what ours is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own<'a> {
    /// The app of our token, where it is known.
    pub app: Option<&'a str>,
    /// The server that was saved here, where one was.
    pub host: Option<&'a str>,
}

impl<'a> Own<'a> {
    /// Our server among Meta's.
    pub fn server(self, calling: &Calling) -> Option<&Server> {
        let servers = calling.sip.as_ref()?.servers.as_slice();
        self.find(servers, |server| (server.app.as_deref(), &server.host))
    }

    /// The same, also where Meta has another name for it than the one that was saved.
    pub fn server_renamed(self, calling: &Calling) -> Option<&Server> {
        let unnamed = Self { host: None, ..self };
        self.server(calling).or_else(|| unnamed.server(calling))
    }

    /// Our password.
    pub fn password(self, found: &[SipPassword]) -> Option<&SecretString> {
        let ours = self.find(found, |one| (one.app.as_deref(), &one.host));
        ours.map(|one| &one.password)
    }

    /// By the app; where either side does not say which, by the name of the server; where no name is known
    /// either, the only one there is.
    fn find<T>(self, items: &[T], told: impl Fn(&T) -> (Option<&str>, &str)) -> Option<&T> {
        let by_app = items
            .iter()
            .find(|item| self.app.is_some() && told(item).0 == self.app);
        let may_be = |item: &&T| self.app.is_none() || told(item).0.is_none();
        by_app.or_else(|| match self.host {
            Some(host) => items
                .iter()
                .filter(may_be)
                .find(|item| told(item).1.eq_ignore_ascii_case(host)),
            None => match items {
                [only] if may_be(&only) => Some(only),
                _ => None,
            },
        })
    }
}
