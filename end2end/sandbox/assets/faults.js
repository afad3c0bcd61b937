import { api, draw, live, make, soon } from "./base.js";

const service = {
  down: "Down: connections are closed at once",
  latency_ms: "Wait before each answer, ms",
  answer_late_ms: "Done at once, answered later by, ms",
  fail_every: "Every n-th call fails",
  fail_next: "The next calls fail",
  fail_status: "Status of a failure",
  fail_body: "Body of a failure",
  lose_every: "Every n-th answer is lost",
  lose_next: "The next answers are lost",
  garble_every: "Every n-th answer is cut in half",
  garble_next: "The next answers are cut in half",
  only: "Only where the path contains",
};
const sending = {
  held: "Hold everything back",
  latency_ms: "Wait before each one, ms",
  twice: "Send everything twice",
  reorder: "Let them overtake each other",
};
const targets = {
  graph: ["Meta Graph", service],
  portal: ["Bitrix24 portals", service],
  oauth: ["Bitrix24 OAuth server", service],
  webhooks: ["Meta's webhooks", sending],
  events: ["Bitrix24's events", { ...sending, retry: "Repeat refused events (Bitrix24 never does)", no_token: "They bring no access token" }],
  limits: ["Bitrix24's limits", {
    bucket: "Leaky bucket on", depth: "Depth of the bucket", per_second: "Drained each second",
    refuse_item_every: "Every n-th message item is refused", operating_limit: "Operating limit of a method, s",
    operating_cost: "Cost of a call, s", operating_window: "The count starts anew after, s",
  }],
  calling: ["Calling", {
    refuse_next: "The next write of calling settings is refused with this code", refuse: "Every write of calling settings is refused with this code",
    srtp_reset: "Writing SIP puts SRTP back to DTLS", no_webhook_delivery: "webhook_delivery is a key Meta does not know",
    ignored: "Parts of the settings that stay as they were", too_often: "call_permissions answers 613",
    end_first: "The end of a call is told before its beginning", batched: "Beginning and end come in one webhook", other_event: "A call begins with an unknown event",
  }],
  refuse: ["Refused, or answered differently", {
    all_assets: "Facebook tokens name no WABAs: all assets", client_id_hidden: "app.info does not name the app",
    not_admin: "Nobody is an admin of the portal", register: "imconnector.register refuses", activate: "imconnector.activate refuses",
    status_error: "imconnector.status says ERROR", line_add: "New lines are refused: no right", line_limit: "Lines the plan allows",
    dialog: "Facebook's dialog fails with this code", register_number: "Graph's register refuses with this code",
    rest: "The portals' REST refuses with this code", oauth: "The OAuth server refuses with this code",
    crm_unknown: "The CRM knows no number", page_token: "Frames are opened without APPLICATION_TOKEN", options: "Frames are opened with PLACEMENT_OPTIONS undefined",
  }],
};
const bodies = { own: "its own error", limit: "too many calls", graph: "Graph error", bitrix: "Bitrix24 error", html: "a proxy's page", empty: "nothing" };
const box = document.getElementById("targets");
const said = document.getElementById("said");
let normal = null;

async function apply(target, key, value) {
  try {
    await api("/api/faults", { [target]: { [key]: value } });
    said.textContent = `Set at ${new Date().toLocaleTimeString()}.`;
  } catch (error) {
    said.textContent = error.message;
  }
}

function control(target, key, value) {
  const id = `${target}-${key}`;
  if (typeof value === "boolean") {
    return make("input", { id, type: "checkbox", checked: value, onchange: (event) => apply(target, key, event.target.checked) });
  }
  if (key === "fail_body") {
    return make("select", { id, onchange: (event) => apply(target, key, event.target.value) },
      Object.entries(bodies).map(([name, words]) => make("option", { value: name, selected: name === value }, words)));
  }
  if (typeof value === "number") {
    return make("input", { id, type: "number", min: 0, step: "any", value, onchange: (event) => apply(target, key, Number(event.target.value)) });
  }
  return make("input", { id, value, placeholder: "anything", onchange: (event) => apply(target, key, event.target.value) });
}

async function show() {
  const faults = await api("/api/faults");
  normal ??= { fail_status: 500, fail_body: "own", only: "", srtp_reset: true, ignored: "", depth: 50, per_second: 2, operating_cost: 0.02, operating_window: 600 };
  const focused = document.activeElement?.id;
  draw(box, ...Object.entries(targets).map(([target, [title, names]]) => {
    const values = faults[target];
    const active = Object.entries(values).some(([key, value]) => !(key in normal) && value !== 0 && value !== false);
    return make("fieldset", { class: active ? "active" : "" }, make("legend", {}, title, active ? " (on)" : ""),
      Object.entries(names).map(([key, words]) => make("div", { class: "item" },
        make("label", { for: `${target}-${key}` }, words), control(target, key, values[key]))));
  }));
  if (focused) document.getElementById(focused)?.focus();
}

const button = (id, path, body, words) => document.getElementById(id).addEventListener("click", async () => {
  try { await api(path, body); said.textContent = words; } catch (error) { said.textContent = error.message; }
});
button("clear", "/api/faults/clear", {}, "Everything is back to normal.");
button("expire", "/api/tokens/expire", {}, "Every Bitrix24 access token is expired; the refresh tokens live.");
button("expire-meta", "/api/tokens/expire", { portal: "meta" }, "Graph answers 190 from now on.");
button("restore-meta", "/api/tokens/expire", { portal: "meta", restore: true }, "The Graph token is good again.");
button("retry", "/api/webhook/retry", {}, "Whoever waited tries now.");

const ask = soon(show);
live((notice) => { if (notice.topic === "all" || notice.topic === "faults") ask(); });
show();
