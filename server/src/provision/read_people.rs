//! Reads `[[user]]` and `[[waba]]`.

use super::document::Kind;
use super::entries::{Setup, Spot, User, Waba};
use super::fields::Take;
use super::shapes;
use crate::accounts::{Email, Password, Role, webhook_key_check};

pub(super) fn email(take: &mut Take<'_>, key: &str) -> Option<Spot<Email>> {
    take.parsed(key, |words| {
        Email::parse(words).map_err(|error| error.to_string())
    })
}

pub(super) fn user_read(take: &mut Take<'_>, setup: &mut Setup) {
    take.needed(&["email"]);
    let email = email(take, "email");
    let password = take.secret_parsed("password", |secret| {
        Password::given(secret).map_err(|error| error.to_string())
    });
    let role = take.parsed("role", |words| {
        Role::parse(words).ok_or_else(|| "a role is admin or user".to_owned())
    });
    let api_key = take.secret_parsed("api_key", |secret| {
        webhook_key_check(secret)
            .map(|()| secret.clone())
            .map_err(|error| error.to_string())
    });
    let Some(email) = email else {
        setup.declared.nameless.push(Kind::User);
        return;
    };
    let name = email.value.as_str().to_owned();
    if setup.declared.users.contains(&name) {
        take.fault(email.at, "email", format!("\"{name}\" is there twice"));
    }
    setup.declared.users.push(name);
    setup.users.push(User {
        at: take.entry.at,
        email,
        password_given: take.entry.fields.contains_key("password"),
        password,
        role: role.map(|role| role.value),
        api_key,
    });
}

pub(super) fn waba_read(take: &mut Take<'_>, setup: &mut Setup) {
    take.needed(&["owner", "waba_id", "access_token"]);
    let owner = email(take, "owner");
    let name = take.parsed("name", shapes::name);
    let waba_id = take.parsed("waba_id", shapes::foreign_id);
    let access_token = take.token("access_token");
    let verify_token = take.token("verify_token");
    let app_id = take.parsed("app_id", shapes::foreign_id);
    let app_secret = take.token("app_secret");
    let (Some(owner), Some(waba_id)) = (owner, waba_id) else {
        setup.declared.nameless.push(Kind::Waba);
        return;
    };
    let named = (owner.value.as_str().to_owned(), waba_id.value.clone());
    if setup.declared.wabas.contains(&named) {
        let what = format!("\"{}\" is there twice", waba_id.value);
        take.fault(waba_id.at, "waba_id", what);
    }
    setup.declared.wabas.push(named);
    let Some(access_token) = access_token else {
        return;
    };
    setup.wabas.push(Waba {
        owner,
        name: name.map(|name| name.value),
        waba_id,
        access_token: access_token.value,
        verify_token: verify_token.map(|token| token.value),
        app_id: app_id.map(|id| id.value),
        app_secret: app_secret.map(|secret| secret.value),
    });
}
