//! What stands around every page of the portal: the menu on the left and who is looking.

use crate::pages::{document, escape};
use crate::world::{Portal, User};
use axum::response::Html;
use std::fmt::Write as _;

/// A whole page. `path` is where the page itself is, for the way back.
pub fn page(portal: &Portal, me: &User, path: &str, title: &str, main: &str) -> Html<String> {
    named("desk", portal, me, path, title, main)
}

/// A page that follows what happens to connectors and lines.
pub fn center(portal: &Portal, me: &User, path: &str, title: &str, main: &str) -> Html<String> {
    named("center", portal, me, path, title, main)
}

/// A page with the script that keeps a frame.
pub fn framed(portal: &Portal, me: &User, path: &str, title: &str, main: &str) -> Html<String> {
    named("frame", portal, me, path, title, main)
}

/// A contact's card, whose script sends text messages.
pub fn card(portal: &Portal, me: &User, path: &str, title: &str, main: &str) -> Html<String> {
    named("crm", portal, me, path, title, main)
}

fn named(
    name: &str,
    portal: &Portal,
    me: &User,
    path: &str,
    title: &str,
    main: &str,
) -> Html<String> {
    let mut menu = String::new();
    let mut item = |href: &str, words: &str| {
        let current = if path.starts_with(href) {
            " aria-current=\"page\""
        } else {
            ""
        };
        let _ = write!(
            menu,
            "<a href=\"{}\"{current}>{}</a>",
            escape(href),
            escape(words)
        );
    };
    item("/contact_center/", "Contact Center");
    item("/crm/", "CRM");
    if me.admin {
        item("/devops/", "Developer resources");
    }
    for app in portal.apps.iter().filter(|app| !app.api_only) {
        item(&format!("/marketplace/app/{}/", app.client_id), &app.name);
    }
    let mut people = String::new();
    for user in &portal.users {
        let chosen = if user.id == me.id { " selected" } else { "" };
        let _ = write!(
            people,
            "<option value=\"{}\"{chosen}>{} {}{}</option>",
            user.id,
            escape(&user.name),
            escape(&user.last_name),
            if user.admin { ", admin" } else { "" }
        );
    }
    let body = format!(
        "<div class=\"desk\"><nav class=\"side\" aria-label=\"Portal\"><strong>{}</strong>{menu}<a href=\"/\">Open Lines chats</a>\
         <form method=\"post\" action=\"/who\"><input type=\"hidden\" name=\"back\" value=\"{}\">\
         <label>Who am I <select name=\"user\">{people}</select></label><button class=\"button\">Be this user</button></form></nav>\
         <main class=\"room\"><h1>{}</h1>{main}</main></div>",
        escape(&portal.name),
        escape(path),
        escape(title)
    );
    document(name, title, &body)
}
