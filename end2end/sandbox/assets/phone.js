import { api, clock, dayAndClock, draw, escape, initials, keepEnd, live, make, soon, tint } from "./base.js";
import { calls } from "./calls.js";
import { parts } from "./parts.js";

const $ = (id) => document.getElementById(id);
const telephone = $("telephone");
const customer = telephone.dataset.customer;
const phone = telephone.dataset.phone;
const home = `/phone/${encodeURIComponent(customer)}`;
let business = [];
let messages = [];

const tickShape = {
  accepted: '<svg viewBox="0 0 16 12"><circle cx="8" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="1.3"/><path d="M8 3.5V6l1.6 1" fill="none" stroke="currentColor" stroke-width="1.3"/></svg>',
  sent: '<svg viewBox="0 0 16 12"><path d="M3 6.5l3 3 6.5-7" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>',
  delivered: '<svg viewBox="0 0 16 12"><path d="M.8 6.5l3 3 6.5-7M6.6 8.6l.9.9 6.7-7" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>',
};
tickShape.read = tickShape.delivered;
const tickName = { accepted: "Waiting", sent: "Sent", delivered: "Delivered", read: "Read", failed: "Failed" };

// WhatsApp's own marks: *bold*, _italic_, ~struck~, ```code```.
function marks(text) {
  return escape(text)
    .replace(/```([\s\S]+?)```/g, "<code>$1</code>")
    .replace(/(^|[\s(])\*(\S(?:[^*\n]*\S)?)\*(?=$|[\s.,;:)?])/gm, "$1<b>$2</b>")
    .replace(/(^|[\s(])_(\S(?:[^_\n]*\S)?)_(?=$|[\s.,;:)?])/gm, "$1<i>$2</i>")
    .replace(/(^|[\s(])~(\S(?:[^~\n]*\S)?)~(?=$|[\s.,;:)?])/gm, "$1<s>$2</s>");
}

function content(message) {
  if (message.shown) return parts(message, { marks, press, say: (words) => { $("said").textContent = words; } });
  const words = message.text.replace(/^\[\w+\]\s*/, "");
  if (message.type === "image") return [make("span", { class: "picture", role: "img", "aria-label": "Image" }, "image"), words];
  if (message.type === "location") return [make("span", { class: "picture place", role: "img", "aria-label": "Location" }, "location"), words];
  if (message.type === "text" || message.type === "reaction") return [make("span", { class: "text", html: marks(message.text) })];
  return [make("span", { class: "text kind" }, message.text)];
}

function bubble(message, before) {
  const own = message.from === "customer";
  const first = !before || before.from !== message.from;
  const quoted = message.quotes && messages.find((it) => it.wamid === message.quotes);
  const tick = own ? make("span", { class: `tick ${message.tick}`, role: "img", "aria-label": tickName[message.tick], html: tickShape[message.tick] || "" }) : null;
  const inner = content(message);
  return make("article", { class: `bubble${own ? " own" : ""}${first ? " first" : ""}${message.shown ? " parts" : ""}`, "aria-label": own ? "You" : "Business", "data-wamid": message.wamid },
    quoted ? make("span", { class: "quote" }, quoted.text.slice(0, 120)) : null,
    inner.before || inner,
    make("span", { class: "meta" }, clock(message.at), tick),
    inner.after || null);
}

function chatRow(number, talk) {
  const visible = talk ? talk.messages.filter(arrived) : [];
  const last = visible.at(-1);
  const unread = visible.filter((it) => it.from === "business" && it.tick === "delivered").length;
  return make("li", {}, make("a", { href: `${home}/${number.id}` },
    make("span", { class: "avatar", "aria-hidden": "true", style: `background:${tint(number.name)}` }, initials(number.name)),
    make("span", {}, make("strong", {}, number.name), make("span", { class: "last" }, last ? last.text : `+${number.number}`)),
    make("span", { class: "right" }, last ? clock(last.at) : "", unread ? make("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)) : null)));
}

// What the business sent is on this telephone once it was delivered.
const arrived = (message) => message.from === "customer" || message.tick === "delivered" || message.tick === "read";

async function show() {
  const [people, talks] = await Promise.all([
    api("/api/customers"),
    api(`/api/phone?customer=${encodeURIComponent(customer)}`),
  ]);
  const me = people.find((it) => it.id === customer);
  if (!me) { location.href = "/phone"; return; }
  $("identity").textContent = me.number ? `+${me.number}, ${me.user_id}` : `no number, ${me.user_id}`;
  $("offline").checked = me.offline;
  if (!phone) {
    $("chats-screen").hidden = false;
    draw($("chats"), ...business.map((number) => chatRow(number, talks.find((it) => it.phone_id === number.id))));
    return;
  }
  $("chat-screen").hidden = false;
  const talk = talks.find((it) => it.phone_id === phone);
  const open = Boolean(talk && talk.window_open);
  $("window").textContent = open ? `The business may write freely until ${dayAndClock(talk.window_until)}.` : "The 24-hour window is closed: the business may send only templates until the customer writes.";
  $("close-window").hidden = !open;
  messages = talk ? talk.messages.filter(arrived).slice(-300) : [];
  keepEnd($("messages"), () => {
    draw($("messages"), make("div", { class: "day" }, "Today"), ...messages.map((message, index) => bubble(message, messages[index - 1])));
  });
  await calls(customer, phone, (words) => { $("said").textContent = words; });
  if (document.visibilityState === "visible" && messages.some((it) => it.from === "business" && it.tick === "delivered")) {
    await api(`/api/customers/${encodeURIComponent(customer)}/read`, { phone_id: phone });
  }
}

// What the customer presses in a message; the sandbox knows what their telephone sends then.
function press(message, title, more = {}) {
  return post("press", { wamid: message.wamid, title, ...more });
}

const send = (body) => post("send", body);

async function post(what, body) {
  $("said").textContent = "";
  try {
    await api(`/api/customers/${encodeURIComponent(customer)}/${what}`, { to_phone_id: phone, ...body });
    $("messages").scrollTop = $("messages").scrollHeight;
  } catch (error) {
    $("said").textContent = error.message;
  }
}

const digest = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
const mediaId = () => String(Math.floor(Math.random() * 9e15) + 1e15);
const lastFromBusiness = () => messages.filter((it) => it.from === "business").at(-1);
const kinds = [
  ["Image", () => ({ type: "image", image: { id: mediaId(), mime_type: "image/jpeg", sha256: digest(), caption: $("text").value.trim() || undefined } })],
  ["Location", () => ({ type: "location", location: { latitude: 43.238949, longitude: 76.889709, name: "Almaty" } })],
  ["Sticker", () => ({ type: "sticker", sticker: { id: mediaId(), mime_type: "image/webp", sha256: digest(), animated: false } })],
  ["Reaction \u{1F44D}", () => ({ type: "reaction", reaction: { message_id: (lastFromBusiness() || {}).wamid || "wamid.none", emoji: "\u{1F44D}" } })],
  ["Reply to the last", () => ({ type: "text", text: { body: $("text").value.trim() || "Yes" }, context: lastFromBusiness() ? { from: business.find((it) => it.id === phone).number, id: lastFromBusiness().wamid } : undefined })],
  ["Unsupported", () => ({ type: "unsupported", unsupported: { type: "poll_creation" }, errors: [{ code: 131051, title: "Message type unknown", message: "Message type unknown", error_data: { details: "Message type is currently not supported." } }] })],
  ["A type of the future", () => ({ type: "hologram", hologram: { id: mediaId(), depth: 3 } })],
];

function menu(open) {
  $("menu").hidden = !open;
  $("attach").setAttribute("aria-expanded", String(open));
  if (open) $("menu").querySelector("button").focus();
}

draw($("menu"), ...kinds.map(([name, build]) => make("button", { type: "button", role: "menuitem", onclick: async () => {
  const message = JSON.parse(JSON.stringify(build()));
  menu(false);
  $("text").value = "";
  await send({ message });
  $("text").focus();
} }, name)));
$("attach").addEventListener("click", () => menu($("menu").hidden));
$("menu").addEventListener("keydown", (event) => { if (event.key === "Escape") { menu(false); $("attach").focus(); } });
$("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  $("text").value = "";
  send({ text });
});
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("write").requestSubmit(); }
});
$("offline").addEventListener("change", () => api(`/api/customers/${encodeURIComponent(customer)}`, { offline: $("offline").checked }));
$("close-window").addEventListener("click", () => api(`/api/customers/${encodeURIComponent(customer)}/window`, { phone_id: phone, seconds: 0 }));

const apps = await api("/api/apps");
business = apps.flatMap((app) => app.wabas).flatMap((waba) => waba.phones);
if (phone) {
  const number = business.find((it) => it.id === phone);
  if (!number) location.href = home;
  $("business").textContent = number.name;
  $("business-number").textContent = `+${number.number}`;
  $("avatar").textContent = initials(number.name);
  $("avatar").style.background = tint(number.name);
  $("back").href = home;
}
const ask = soon(show);
live((notice) => {
  if (notice.topic === "all" || notice.topic === "customers" || notice.topic === "apps" || (notice.topic === "talk" && notice.customer === customer)) ask();
}, true);
document.addEventListener("visibilitychange", ask);
await show();
if (phone) { $("messages").scrollTop = $("messages").scrollHeight; $("text").focus(); }
