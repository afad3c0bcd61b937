import { api, draw, live, make, soon } from "./base.js";
import { callingCard } from "./calling.js";

const box = document.getElementById("apps");

function appCard(app) {
  const url = make("input", { id: `url-${app.id}`, value: app.callback_url, autocomplete: "off", "aria-describedby": `hint-${app.id}` });
  const token = make("input", { id: `token-${app.id}`, value: app.verify_token, autocomplete: "off" });
  const result = make("p", { class: "result", role: "status" });
  const save = async (verify) => {
    result.className = "result";
    result.textContent = "Asking the callback.";
    try {
      const answer = await api(`/api/apps/${app.id}/callback`, { callback_url: url.value.trim(), verify_token: token.value.trim(), verify });
      result.className = `result ${answer.saved ? "good" : "bad"}`;
      result.textContent = answer.message;
    } catch (error) {
      result.className = "result bad";
      result.textContent = error.message;
    }
  };
  const form = make("form", { class: "card", "aria-labelledby": `title-${app.id}`, onsubmit: (event) => { event.preventDefault(); save(true); } },
    make("h2", { id: `title-${app.id}` }, "Webhook"),
    make("p", { class: "soft" }, `${app.name}, app ${app.id}. To get messages, this app needs a callback URL that answers its challenge.`),
    make("div", { class: "field" }, make("label", { for: `url-${app.id}` }, "Callback URL"), url, make("small", { id: `hint-${app.id}` }, "Where Meta posts webhooks, with the api-key of the user.")),
    make("div", { class: "field" }, make("label", { for: `token-${app.id}` }, "Verify token"), token),
    make("div", { class: "row" }, make("button", { class: "button primary" }, "Verify and save"),
      make("button", { class: "button", type: "button", onclick: () => save(false) }, "Save without a check")),
    result);
  const cards = [basics(app), setup(app), form, subscriptions(app), ...app.wabas.map((waba) => wabaCard(app, waba))];
  return make("section", { class: "app", "aria-label": `App ${app.id}` }, cards);
}

// App settings, Basic, and Facebook Login, Settings.
function basics(app) {
  const uris = make("textarea", { id: `uris-${app.id}`, rows: 2, "aria-describedby": `uris-hint-${app.id}` }, app.redirect_uris.join("\n"));
  const result = make("p", { class: "result", role: "status" });
  const save = async (event) => {
    event.preventDefault();
    const redirect_uris = uris.value.split(/\s+/).filter(Boolean);
    await api(`/api/apps/${app.id}/redirects`, { redirect_uris });
    result.className = "result good";
    result.textContent = "Changes saved.";
  };
  return make("form", { class: "card", "aria-label": "App settings", onsubmit: save },
    make("h2", {}, "App settings"),
    make("dl", { class: "pairs" }, make("dt", {}, "App ID"), make("dd", {}, make("code", {}, app.id)),
      make("dt", {}, "App secret"), make("dd", {}, make("code", {}, app.secret)),
      app.config_id && make("dt", {}, "Configuration ID"), app.config_id && make("dd", {}, make("code", {}, app.config_id))),
    make("div", { class: "field" }, make("label", { for: `uris-${app.id}` }, "Valid OAuth Redirect URIs"), uris,
      make("small", { id: `uris-hint-${app.id}` }, "One in each line, compared exactly.")),
    make("button", { class: "button primary" }, "Save changes"), result);
}

// WhatsApp, API Setup, and the system users of the business.
function setup(app) {
  const shown = make("textarea", { id: `access-${app.id}`, rows: 2, readonly: true });
  const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"].map((scope) =>
    make("label", { class: "switch" }, make("input", { type: "checkbox", checked: true, value: scope }), scope));
  const generate = async (kind) => {
    const chosen = scopes.map((label) => label.firstChild).filter((box) => box.checked).map((box) => box.value);
    shown.value = (await api(`/api/apps/${app.id}/token`, { kind, scopes: chosen })).access_token;
  };
  return make("section", { class: "card", "aria-label": "API Setup" },
    make("h2", {}, "API Setup"),
    make("fieldset", {}, make("legend", {}, "Permissions"), scopes),
    make("div", { class: "row" },
      make("button", { class: "button", type: "button", onclick: () => generate("temporary") }, "Generate access token"),
      make("button", { class: "button", type: "button", onclick: () => generate("permanent") }, "Generate permanent token")),
    make("div", { class: "field" }, make("label", { for: `access-${app.id}` }, "Access token"), shown));
}

const FIELDS = ["messages", "message_template_status_update", "message_template_quality_update", "message_template_components_update", "template_category_update", "calls", "account_settings_update"];

// Configuration, "Webhook fields", and the mode at the top of the real dashboard.
function subscriptions(app) {
  const result = make("p", { class: "result", role: "status" });
  const change = async (box, body, words) => {
    try {
      await api(`/api/apps/${app.id}`, body);
      result.className = "result good";
      result.textContent = words;
    } catch (error) {
      box.checked = !box.checked;
      result.className = "result bad";
      result.textContent = error.message;
    }
  };
  const boxes = FIELDS.map((name) => {
    const field = make("input", { type: "checkbox", value: name, checked: app.fields.includes(name), onchange: () => {
      const fields = boxes.filter((box) => box.checked).map((box) => box.value);
      change(field, { fields }, field.checked ? `Subscribed to ${name}.` : `Unsubscribed from ${name}.`);
    } });
    return field;
  });
  const mode = make("input", { type: "checkbox", checked: app.live, onchange: () =>
    change(mode, { live: mode.checked }, mode.checked ? "The app is live." : "The app is in development.") });
  return make("section", { class: "card", "aria-label": "Webhook fields" },
    make("h2", {}, "Webhook fields"),
    make("p", { class: "soft" }, "Only fields that are subscribed to are sent, and only while the app is live."),
    boxes.map((field) => make("div", {}, make("label", { class: "switch" }, field, field.value))),
    make("div", {}, make("label", { class: "switch" }, mode, "App mode: Live")),
    result);
}

let calling = {};

function wabaCard(app, waba) {
  const result = make("p", { class: "result", role: "status" });
  const box = make("input", { type: "checkbox", checked: waba.subscribed, onchange: () => api(`/api/wabas/${waba.id}/subscribed`, { app: app.id, subscribed: box.checked }) });
  return make("section", { class: "card", "aria-label": `WABA ${waba.name}` },
    make("h2", {}, waba.name), make("p", { class: "soft" }, "WhatsApp Business Account ", make("code", {}, waba.id)),
    make("p", {}, make("a", { href: `/meta/templates/${waba.id}` }, "Message templates")),
    make("label", { class: "switch" }, box, "The app is subscribed to this account; without it no webhook is sent"),
    make("table", {}, make("thead", {}, make("tr", {}, make("th", {}, "Name"), make("th", {}, "Number"), make("th", {}, "Phone number ID"), make("th", {}, "Status"))),
      make("tbody", {}, waba.phones.map((phone) => make("tr", {}, make("td", {}, phone.name), make("td", {}, `+${phone.number}`), make("td", {}, make("code", {}, phone.id)), make("td", {}, phone.status))))),
    waba.phones.map((phone) => callingCard(phone, calling[phone.id], result)), result);
}

async function show() {
  const [apps, settings] = await Promise.all([api("/api/apps"), api("/api/calling")]);
  calling = settings;
  draw(box, ...apps.map(appCard));
}

const ask = soon(show);
live((notice) => { if (notice.topic === "all") ask(); });
show();
