//! Reads `[[portal]]`.

use super::document::Kind;
use super::entries::{Portal, Setup, Spot, Tokens};
use super::fields::Take;
use super::read_people::email;
use super::shapes;
use crate::config::Config;

pub(super) fn portal_read(take: &mut Take<'_>, setup: &mut Setup, config: &Config) {
    let private = config.allow_private_targets;
    take.needed(&[
        "owner",
        "domain",
        "member_id",
        "client_id",
        "client_secret",
        "application_token",
    ]);
    let owner = email(take, "owner");
    let protocol = take.parsed("protocol", |words| shapes::protocol(words, private));
    let domain = take.parsed("domain", |words| shapes::domain(words, private));
    let member_id = take.parsed("member_id", shapes::foreign_id);
    let client_id = take.parsed("client_id", shapes::foreign_id);
    let client_secret = take.token("client_secret");
    let application_token = take.token("application_token");
    let tokens = tokens_read(take);
    let oauth = config.bitrix_oauth_url.as_ref();
    let endpoint = |words: &str| shapes::server_endpoint(words, oauth, private);
    let server_endpoint = if take.entry.fields.contains_key("server_endpoint") {
        take.parsed("server_endpoint", endpoint)
    } else {
        endpoint(shapes::OAUTH_DEFAULT).ok().map(|value| Spot {
            at: take.entry.at,
            value,
        })
    };
    let (Some(owner), Some(member_id)) = (owner, member_id) else {
        setup.declared.nameless.push(Kind::Portal);
        return;
    };
    let twice = setup
        .declared
        .portals
        .iter()
        .any(|(_, member)| *member == member_id.value);
    if twice {
        let what = format!("\"{}\" is there twice", member_id.value);
        take.fault(member_id.at, "member_id", what);
    }
    let named = (owner.value.as_str().to_owned(), member_id.value.clone());
    setup.declared.portals.push(named);
    let (Some(domain), Some(client_id), Some(client_secret), Some(application_token)) =
        (domain, client_id, client_secret, application_token)
    else {
        return;
    };
    let Some(server_endpoint) = server_endpoint else {
        return;
    };
    setup.portals.push(Portal {
        owner,
        protocol: protocol.map_or("https", |protocol| protocol.value),
        domain: domain.value,
        member_id,
        client_id: client_id.value,
        client_secret: client_secret.value,
        application_token: application_token.value,
        tokens,
        server_endpoint: server_endpoint.value,
    });
}

/// Both tokens or none: one is of no use without the other.
fn tokens_read(take: &mut Take<'_>) -> Option<Tokens> {
    let access = take.token("access_token");
    let refresh = take.token("refresh_token");
    for (key, other) in [
        ("access_token", "refresh_token"),
        ("refresh_token", "access_token"),
    ] {
        if let (Some(field), None) = (take.entry.fields.get(key), take.entry.fields.get(other)) {
            take.fault(field.at, key, format!("comes together with {other}"));
        }
    }
    Some(Tokens {
        access: access?.value,
        refresh: refresh?.value,
    })
}
