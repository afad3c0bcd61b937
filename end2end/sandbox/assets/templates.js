import { api, live, make, soon } from "./base.js";

const waba = document.getElementById("templates").dataset.waba;
const rows = document.getElementById("rows");
const said = document.getElementById("said");
const search = document.getElementById("search");
const open = new Set();
const CATEGORIES = ["UTILITY", "MARKETING", "AUTHENTICATION"];
const REASONS = ["INVALID_FORMAT", "ABUSIVE_CONTENT", "INCORRECT_CATEGORY", "PROMOTIONAL", "SCAM", "TAG_CONTENT_MISMATCH"];
const SCORES = ["GREEN", "YELLOW", "RED", "UNKNOWN"];

// Says how it ended once the page shows it.
async function tell(work, words) {
  said.textContent = "";
  try {
    await work();
    await show();
    said.className = "result good";
    said.textContent = words;
  } catch (error) {
    said.className = "result bad";
    said.textContent = error.message;
  }
}

const choose = (id, label, words, now) => [
  make("label", { for: id }, label),
  make("select", { id }, words.map((word) => make("option", { selected: word === now }, word))),
];

function work(template) {
  const id = template.id;
  const name = `${template.name} ${template.language}`;
  const value = (part) => document.getElementById(`${part}-${id}`).value;
  const act = (title, what, body, words) => make("button", { class: "button", type: "button", onclick: () =>
    tell(() => api(`/api/templates/${id}/${what}`, body()), `${name}: ${words}`) }, title);
  const event = (title, event, words) => act(title, "review", () => ({ event }), words);
  const body = (template.components.find((part) => part.type.toUpperCase() === "BODY") || {}).text || "";
  return make("div", { class: "work" },
    make("pre", { tabindex: 0, "aria-label": "Components" }, JSON.stringify(template.components, null, 1)),
    make("div", { class: "inline" }, event("Approve", "APPROVED", "approved."), event("Pause", "PAUSED", "paused."),
      event("Disable", "DISABLED", "disabled."), event("Put under appeal", "IN_APPEAL", "under appeal."), event("Delete", "DELETED", "deleted.")),
    make("div", { class: "inline" }, choose(`reason-${id}`, "Reason", REASONS, template.rejected_reason),
      act("Reject", "review", () => ({ event: "REJECTED", reason: value("reason") }), "rejected.")),
    make("div", { class: "inline" }, choose(`category-${id}`, "Category", CATEGORIES, template.category),
      act("Announce the category", "category", () => ({ category: value("category"), announce: true }), "the category is announced."),
      act("Change the category", "category", () => ({ category: value("category") }), "the category is changed.")),
    make("div", { class: "inline" }, choose(`score-${id}`, "Quality", SCORES, template.quality),
      act("Set the quality", "quality", () => ({ score: value("score") }), "the quality is set.")),
    make("div", { class: "field" }, make("label", { for: `body-${id}` }, "Text of the body"), make("textarea", { id: `body-${id}`, rows: 3 }, body)),
    make("div", { class: "inline" }, act("Change the text", "components", () => ({ body: value("body") }), "the text is changed.")));
}

// Rows as they stand; one that did not change is left alone, with what a person has typed into it.
const drawn = new Map();

function rowOf(template) {
  const now = JSON.stringify(template);
  const before = drawn.get(template.id);
  if (before && before.now === now) return before.row;
  const fresh = row(template);
  drawn.set(template.id, { now, row: fresh });
  return fresh;
}

function row(template) {
  const good = template.status === "APPROVED" ? "good" : template.status === "PENDING" ? "soft" : "bad";
  const details = make("details", { class: "template", open: open.has(template.id), role: "group", "aria-label": `${template.name} ${template.language}`,
    ontoggle: () => { if (details.open) open.add(template.id); else open.delete(template.id); } },
    make("summary", {}, make("strong", {}, template.name), make("span", {}, template.language), make("span", {}, template.category),
      make("span", { class: good }, template.status), make("span", { class: "soft" }, template.quality)),
    work(template));
  return details;
}

function marketing(own) {
  const change = (box, key, words) => tell(() => api(`/api/wabas/${waba}`, { [key]: box.checked }), words(box.checked));
  const onboarded = make("input", { type: "checkbox", checked: own.marketing, onchange: () =>
    change(onboarded, "marketing", (on) => (on ? "The account is onboarded." : "The account is not onboarded.")) });
  const only = make("input", { type: "checkbox", checked: own.marketing_only, onchange: () =>
    change(only, "marketing_only", (on) => (on ? "Marketing templates go only through the Marketing Messages API." : "Marketing templates go through both.")) });
  return [make("h2", {}, "Marketing Messages API"),
    make("div", {}, make("label", { class: "switch" }, onboarded, "The account is onboarded")),
    make("div", {}, make("label", { class: "switch" }, only, "Marketing templates are disabled on Cloud API"))];
}

async function show() {
  const [templates, apps] = await Promise.all([api(`/api/templates?waba=${waba}`), api("/api/apps")]);
  const wanted = search.value.trim().toLowerCase();
  const wantedRows = templates.filter((it) => it.name.includes(wanted)).map(rowOf);
  const same = wantedRows.length === rows.children.length && wantedRows.every((it, index) => it === rows.children[index]);
  if (!same) rows.replaceChildren(...wantedRows);
  const own = apps.flatMap((app) => app.wabas).find((it) => it.id === waba);
  document.getElementById("marketing").replaceChildren(...(own ? marketing(own) : []));
}

const ask = soon(show);
search.addEventListener("input", ask);
live((notice) => { if (notice.topic === "all" || notice.topic === "templates") ask(); });
show();
