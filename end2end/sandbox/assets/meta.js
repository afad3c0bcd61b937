import { api, live, make, soon } from "./base.js";

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
  return [form, ...app.wabas.map(wabaCard)];
}

function wabaCard(waba) {
  const box = make("input", { type: "checkbox", checked: waba.subscribed, onchange: () => api(`/api/wabas/${waba.id}/subscribed`, { subscribed: box.checked }) });
  return make("section", { class: "card", "aria-label": `WABA ${waba.name}` },
    make("h2", {}, waba.name), make("p", { class: "soft" }, "WhatsApp Business Account ", make("code", {}, waba.id)),
    make("label", { class: "switch" }, box, "The app is subscribed to this account; without it no webhook is sent"),
    make("table", {}, make("thead", {}, make("tr", {}, make("th", {}, "Name"), make("th", {}, "Number"), make("th", {}, "Phone number ID"))),
      make("tbody", {}, waba.phones.map((phone) => make("tr", {}, make("td", {}, phone.name), make("td", {}, `+${phone.number}`), make("td", {}, make("code", {}, phone.id)))))));
}

async function show() {
  box.replaceChildren(...(await api("/api/apps")).flatMap(appCard));
}

const ask = soon(show);
live((notice) => { if (notice.topic === "all") ask(); });
show();
