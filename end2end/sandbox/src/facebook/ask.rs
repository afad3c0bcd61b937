//! What the app asked for in the address of the dialog.

use crate::state::Shared;
use crate::words::text_of;
use crate::world::App;
use serde_json::Value;

/// A login that may go on.
pub struct Ask {
    pub app: App,
    pub redirect_uri: String,
    pub state: String,
    /// The token shall belong to a system user, as the configuration says.
    pub configured: bool,
    pub scopes: Vec<String>,
}

/// A heading and a sentence for the person; Facebook never sends these back to the app.
pub type Blocked = (&'static str, String);

/// What WhatsApp needs, in the order the dialog shows it.
const ALL: [&str; 3] = [
    "business_management",
    "whatsapp_business_management",
    "whatsapp_business_messaging",
];

/// Reads the dialog's parameters.
pub fn read(shared: &Shared, input: &Value) -> Result<Ask, Blocked> {
    let get = |name: &str| text_of(input.get(name)).filter(|text| !text.is_empty());
    let wrong = "Sorry, something went wrong.";
    let app = get("client_id").and_then(|id| shared.world(|world| world.app(&id).cloned()));
    let app = app.ok_or((
        "Invalid App ID",
        "The provided app ID does not look like a valid app ID.".to_string(),
    ))?;
    let redirect_uri = get("redirect_uri")
        .ok_or((wrong, "The parameter redirect_uri is required.".to_string()))?;
    if !app.redirect_uris.contains(&redirect_uri) {
        let words = "This redirect failed because the redirect URI is not white-listed in the app's client OAuth settings. Make sure that the client and web OAuth logins are on and add all your app domains as valid OAuth redirect URIs.";
        return Err(("URL blocked", words.to_string()));
    }
    if get("response_type").as_deref() != Some("code") {
        let words = "The parameter response_type must be code.".to_string();
        return Err((wrong, words));
    }
    let state = get("state").ok_or((wrong, "The parameter state is required.".to_string()))?;
    let scopes = match (get("config_id"), get("scope")) {
        (Some(config), _) => {
            if config != app.config_id {
                let words = "The configuration does not belong to this app.".to_string();
                return Err(("Invalid configuration ID", words));
            }
            if get("override_default_response_type").as_deref() != Some("true") {
                let words = "With a configuration, override_default_response_type must be true to get a code.";
                return Err((wrong, words.to_string()));
            }
            ALL.map(str::to_string).to_vec()
        }
        (None, Some(scope)) => {
            let wanted = scope.split([',', ' ']).filter(|it| !it.is_empty());
            let wanted: Vec<String> = wanted.map(str::to_string).collect();
            if let Some(unknown) = wanted.iter().find(|it| !ALL.contains(&it.as_str())) {
                let words = format!("This content isn't available. Invalid Scopes: {unknown}.");
                return Err(("Invalid Scopes", words));
            }
            wanted
        }
        (None, None) => Vec::new(),
    };
    Ok(Ask {
        configured: get("config_id").is_some(),
        app,
        redirect_uri,
        state,
        scopes,
    })
}
