//! Who the token belongs to, and what the app is.

use super::{Call, Fail};
use crate::world::User;
use http::StatusCode;
use serde_json::{Value, json};

fn me(call: &Call<'_>) -> Result<User, Fail> {
    let found = call.portal.user(call.user).cloned();
    found.ok_or_else(|| {
        Fail::new(
            StatusCode::UNAUTHORIZED,
            "authorization_error",
            "Unable to authorize user",
        )
    })
}

/// `profile`
pub fn profile(call: &Call<'_>) -> Result<Value, Fail> {
    let user = me(call)?;
    Ok(json!({
        "ID": user.id.to_string(),
        "ADMIN": call.admin(),
        "NAME": user.name,
        "LAST_NAME": user.last_name,
        "PERSONAL_GENDER": "",
        "TIME_ZONE": "",
        "TIME_ZONE_OFFSET": 0,
    }))
}

/// `user.current`
pub fn current(call: &Call<'_>) -> Result<Value, Fail> {
    let user = me(call)?;
    Ok(json!({
        "ID": user.id.to_string(),
        "ACTIVE": true,
        "NAME": user.name,
        "LAST_NAME": user.last_name,
        "EMAIL": format!("user{}@portal.example", user.id),
        "USER_TYPE": "employee",
    }))
}

/// `user.admin`
pub fn admin(call: &Call<'_>) -> Value {
    json!(call.admin())
}

/// `app.info` on the portal itself.
pub fn app_info(call: &Call<'_>) -> Value {
    json!({
        "ID": 7,
        "CODE": call.app.client_id,
        "VERSION": 1,
        "STATUS": "L",
        "INSTALLED": call.app.installed,
        "PAYMENT_EXPIRED": "N",
        "DAYS": null,
        "LANGUAGE_ID": "en",
        "LICENSE": "en_std",
        "LICENSE_TYPE": "std",
        "LICENSE_FAMILY": "std",
    })
}
