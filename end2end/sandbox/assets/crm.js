import { api, clock, draw, live, make, soon } from "./base.js";
import "./crm-calls.js";

const $ = (id) => document.getElementById(id);
const { member, user, language } = $("crm").dataset;

// A sender's name is a text, or texts by language.
const named = (name) => (typeof name === "string" ? name : name[language] || name.en || Object.values(name)[0]);

const STATES = { queued: "Queued", sent: "Sent", delivered: "Delivered", undelivered: "Not delivered", failed: "Failed" };

function senders(list) {
  $("none").hidden = list.length > 0;
  for (const id of ["sms-sender", "robot-sender"]) {
    const chosen = $(id).value;
    draw($(id), ...list.map((it) => make("option", { value: it.code, selected: it.code === chosen }, named(it.name))));
  }
}

function row(message) {
  const state = message.state ? STATES[message.state] : "No report yet";
  const [status, body] = message.answer || [0, "no answer yet"];
  const bad = message.state === "failed" || message.state === "undelivered" || status !== 200;
  return make("li", {}, make("article", { "aria-label": `SMS to ${message.to}` },
    make("strong", {}, message.to), " ", make("span", { class: "soft" }, `${clock(message.at)}, ${message.module === "crm" ? "by hand" : "by a robot"}, ${message.sender}`),
    make("p", {}, message.body),
    make("span", { class: bad ? "bad" : "good" }, state), " ",
    make("span", { class: "soft" }, `The handler answered ${status || body}. Reported: ${message.reported.join(", ") || "nothing"}.`)));
}

async function show() {
  const [list, messages] = await Promise.all([api(`/api/senders/${member}`), api(`/api/sms/${member}`)]);
  senders(list);
  draw($("messages"), ...messages.toReversed().map(row));
}

async function send(path, body) {
  const answer = $("answer");
  answer.hidden = false;
  try {
    const { status, body: words } = await api(path, body);
    answer.className = `card ${status === 200 ? "good" : "bad"}`;
    answer.textContent = status ? `The handler answered ${status}: ${words || "nothing"}` : `The handler did not answer: ${words}`;
  } catch (error) {
    answer.className = "card bad";
    answer.textContent = error.message;
  }
}

const read = (form) => ({ sender: $(`${form}-sender`).value, to: $(`${form}-to`).value, text: $(`${form}-text`).value });

$("sms").addEventListener("submit", (event) => {
  event.preventDefault();
  send(`/api/sms/${member}`, { ...read("sms"), user: Number(user) });
});
$("robot").addEventListener("submit", (event) => {
  event.preventDefault();
  send(`/api/robot/${member}`, { ...read("robot"), auth: $("robot-tokens").checked ? "whole" : "bare" });
});

const ask = soon(show);
live((notice) => {
  if (notice.topic === "all" || (notice.portal === member && (notice.topic === "sms" || notice.topic === "portal"))) ask();
});
show();
