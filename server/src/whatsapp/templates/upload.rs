//! Samples for headers with media: Meta's resumable upload.

use secrecy::SecretString;

use crate::outside::{Call, loose};
use crate::whatsapp::{GraphClient, GraphTrouble};

impl GraphClient {
    /// Uploads a sample under a Meta app and gives the handle that a new template names in `header_handle`.
    ///
    /// Two calls: the file is announced, then sent whole. An upload that broke off is begun anew.
    /// Source: "Resumable Upload API" of the Graph API.
    pub async fn upload_sample(
        &self,
        token: &SecretString,
        app_id: &str,
        file_name: &str,
        mime: &str,
        bytes: Vec<u8>,
    ) -> Result<String, GraphTrouble> {
        let mut url = self.url(&[app_id, "uploads"])?;
        url.query_pairs_mut().extend_pairs([
            ("file_name", file_name),
            ("file_length", &bytes.len().to_string()),
            ("file_type", mime),
        ]);
        let session = self.ask(Call::post_empty(url).bearer(token)).await?;
        let session = loose::filled(&session, "id").ok_or_else(|| silent("upload"))?;
        // The session's id is a path with a signature behind it, and goes back as it came.
        let (path, signature) = match session.split_once('?') {
            Some((path, signature)) => (path, Some(signature)),
            None => (session.as_str(), None),
        };
        let mut url = self.url(&[path])?;
        url.set_query(signature);
        let call = Call::post_bytes(url, bytes)
            .oauth(token)
            .header("file_offset", "0");
        let done = self.ask(call).await?;
        loose::filled(&done, "h").ok_or_else(|| silent("handle"))
    }
}

fn silent(what: &str) -> GraphTrouble {
    GraphTrouble::Unknown {
        reason: format!("Meta's answer names no {what}"),
    }
}
