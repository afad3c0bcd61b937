//! Templates as they are in the world: read, shown, and sent by the ready code their page offers. Those of the sandbox
//! always; real ones where THOTH_FIXTURES names a folder with them.

use super::{chat, line};
use bridge::facts::WABA;
use bridge::{Panel, World, on_both_engines, until};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

on_both_engines!(every_ready_code_sends_its_template);

/// All files with templates below the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder can be read").path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files(&path));
        } else if name.contains("message_template") && name.ends_with(".json") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Real templates, one of each name and language, as the sandbox takes them.
fn real() -> Vec<Value> {
    let Some(root) = std::env::var_os("THOTH_FIXTURES") else {
        return Vec::new();
    };
    let mut found = BTreeMap::new();
    for path in files(&Path::new(&root).join("graph")) {
        let body = std::fs::read(&path).expect("a file can be read");
        let value: Value = serde_json::from_slice(&body).expect("a file holds JSON");
        let items = match value.get("data") {
            Some(Value::Array(items)) => items.clone(),
            Some(_) | None => vec![value],
        };
        for item in items {
            let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_string);
            let (Some(name), Some(language), Some(parts)) =
                (text("name"), text("language"), item.get("components"))
            else {
                continue;
            };
            // Documentation has places for names, and the text of a one-time code's template is Meta's own: a wish
            // for one is none yet.
            let category = text("category").unwrap_or_else(|| "UTILITY".to_string());
            let is_wish = item.get("id").is_none();
            if name.contains('<') || !parts.is_array() || (is_wish && category == "AUTHENTICATION")
            {
                continue;
            }
            let planted = json!({ "name": name, "language": language, "components": parts,
                "category": category.to_uppercase().replace("TRANSACTIONAL", "UTILITY"),
                "parameter_format": text("parameter_format").unwrap_or_else(|| "POSITIONAL".to_string()).to_uppercase() });
            found.insert((name, language), planted);
        }
    }
    found.into_values().collect()
}

/// The printed ids of this kind on a page.
fn ids(page: &str, kind: &str) -> BTreeSet<String> {
    let start = format!("/{kind}");
    let parts = page.split(&start).skip(1);
    let digits = parts.map(|rest| rest.chars().take_while(char::is_ascii_hexdigit).collect());
    let whole = digits.filter(|digits: &String| digits.len() == 32);
    let prefix = kind.rsplit('/').next().unwrap_or_default();
    whole.map(|digits| format!("{prefix}{digits}")).collect()
}

/// The details of every template that Meta has approved.
async fn approved(panel: &Panel) -> Vec<Value> {
    let wabas = ids(&panel.page("/wabas").await.body, "wabas/waba_");
    let waba = wabas.first().expect("a WABA");
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for number in 1.. {
        let page = format!("/wabas/{waba}/templates?status=approved&page={number}");
        let ids = ids(&panel.page(&page).await.body, "templates/tpl_");
        // Beyond the last page there is nothing new.
        if ids.is_subset(&seen) {
            break;
        }
        for id in ids {
            let detail = panel.ask("template", &json!({ "id": id })).await;
            found.push(serde_json::from_str(&detail.body).expect("a template"));
            seen.insert(id);
        }
    }
    found
}

async fn every_ready_code_sends_its_template(world: &mut World) {
    let planted = real();
    let mut names = BTreeSet::new();
    for template in &planted {
        // What is there already stays as it is.
        let at = format!("/api/templates?waba={WABA}");
        let known = world.sandbox.get(&at).await;
        let is_known = known.as_array().is_some_and(|known| {
            known
                .iter()
                .any(|it| it["name"] == template["name"] && it["language"] == template["language"])
        });
        if !is_known {
            let body = json!({ "waba": WABA, "template": template });
            world.sandbox.post("/api/templates", body).await;
            names.insert(template["name"].as_str().unwrap_or_default().to_string());
        }
    }
    let panel = Panel::sign_in(world).await;
    let wabas = ids(&panel.page("/wabas").await.body, "wabas/waba_");
    let waba = wabas.first().expect("a WABA").clone();
    panel
        .form("template_sync", &[("waba", waba.as_str())])
        .await;
    until("all templates to be read", async || {
        let known = world.database.texts("SELECT name FROM template").await;
        let missing: Vec<_> = names.iter().filter(|name| !known.contains(name)).collect();
        if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("{missing:?}"))
        }
    })
    .await;

    let chat = chat(world).await;
    let (mut sent, mut refused) = (0, Vec::new());
    for template in approved(&panel).await {
        let name = template["row"]["name"].as_str().unwrap_or_default();
        let Some(code) = template["codes"][0].as_str() else {
            assert!(template["row"]["unreadable"].is_string(), "{template}");
            continue;
        };
        assert!(template["preview"].is_object(), "{template}");
        let before = world.sandbox.telephone_whole("aigerim").await.len();
        world.sandbox.answers(chat.id, &[code]).await;
        world.settled().await;
        let heard = world.sandbox.telephone_whole("aigerim").await;
        if heard.len() > before {
            let last = heard.last().cloned().unwrap_or_default();
            assert_eq!(last["template"]["name"], name, "{code}: {last}");
            sent += 1;
        } else {
            // Products and parts nobody knows cannot be sent by a code, and the chat says so.
            let why = line(world, "[color=#ff0000]").await;
            refused.push(format!("{name}: {}", why.text));
        }
    }
    assert!(sent > 25, "{sent} sent, refused: {refused:#?}");
    assert_eq!(
        world.sandbox.oddities().await,
        Vec::<String>::new(),
        "{refused:#?}"
    );
    let failed = world.database.deliveries("outbound_content").await;
    assert!(
        failed.iter().all(|state| state == "delivered -"),
        "{failed:?}"
    );
    assert!(refused.len() < 6, "{refused:#?}");
}
