import { api, draw, live, make, soon } from "./base.js";

const box = document.getElementById("calls");
const { member } = document.getElementById("crm").dataset;
const KINDS = { 1: "Outgoing", 2: "Incoming", 3: "Incoming, redirected", 4: "Callback", 5: "Information" };

function row(call) {
  const state = call.finished ? call.status : call.shown ? "on the screen" : "registered";
  return make("tr", {}, make("td", {}, KINDS[call.kind]), make("td", {}, call.number), make("td", {}, call.line),
    make("td", {}, String(call.user)), make("td", { class: call.status === "200" ? "good" : call.finished ? "bad" : "" }, state), make("td", {}, call.finished ? `${call.duration} s` : ""));
}

async function show() {
  const calls = await api(`/api/portal-calls/${member}`);
  draw(box, make("table", {},
    make("thead", {}, make("tr", {}, ["Direction", "Number", "Line", "User", "Status", "Duration"].map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, calls.slice().reverse().map(row))));
}

const ask = soon(show);
live((notice) => {
  if (notice.topic === "all" || (notice.portal === member && notice.topic === "calls")) ask();
});
show();
