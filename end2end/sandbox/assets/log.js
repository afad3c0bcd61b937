import { api, draw, exact, make } from "./base.js";

const $ = (id) => document.getElementById(id);

function entryRow(entry) {
  const fine = entry.verdict === "ok";
  return make("tr", {}, make("td", {}, exact(entry.at)), make("td", {}, entry.target), make("td", {}, make("code", {}, entry.what)),
    make("td", { class: fine ? "good" : "bad" }, `${entry.status || "none"} ${entry.verdict} ${entry.code}`.trim(),
      entry.warnings.map((words) => make("span", { class: "warning" }, words))));
}

function deliveryRow(delivery) {
  const state = { taken: "good", "given up": "bad" }[delivery.state] || "";
  const tries = delivery.attempts.map((it) => it.outcome).join(", ");
  return make("tr", {}, make("td", {}, exact(delivery.at)), make("td", {}, delivery.kind), make("td", {}, delivery.label),
    make("td", { class: state }, delivery.state, tries ? ` (${delivery.tries > delivery.attempts.length ? "... " : ""}${tries})` : ""));
}

async function show() {
  if ($("hold").checked || document.visibilityState !== "visible") return;
  const odd = $("odd").checked ? 1 : 0;
  const [log, deliveries, stats] = await Promise.all([
    api(`/api/log?limit=150&odd=${odd}`), api(`/api/deliveries?limit=150&odd=${odd}`), api("/api/stats"),
  ]);
  draw($("entries"), ...log.entries.map(entryRow));
  draw($("deliveries"), ...deliveries.map(deliveryRow));
  const count = (name) => log.counts[name] || 0;
  $("sums").textContent = `Graph ${count("graph.ok")} ok, ${count("graph.refused")} refused. Portal ${count("portal.ok")} ok, ${count("portal.refused")} refused, ${count("portal.warnings")} warnings. `
    + `Webhooks ${count("webhook.taken")} taken of ${count("webhook.queued")}, events ${count("event.taken")} of ${count("event.queued")}. ${stats.waiting} wait.`;
}

$("odd").addEventListener("change", show);
$("forget").addEventListener("click", async () => { await fetch("/api/log", { method: "DELETE" }); show(); });
setInterval(show, 1500);
show();
