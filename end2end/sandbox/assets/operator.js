import { api, clock, draw, escape, initials, keepEnd, live, make, soon, tint } from "./base.js";

const $ = (id) => document.getElementById(id);
const desk = $("desk");
const member = desk.dataset.member;
const seen = new Map();
let current = Number(new URLSearchParams(location.search).get("chat")) || 0;

const tickNames = { undelivered: "Not delivered", delivered: "Delivered", read: "Read" };
const tickShapes = {
  undelivered: '<svg viewBox="0 0 17 12"><circle cx="8.5" cy="6" r="4.8"/><path d="M8.5 3.3V6l1.8 1.1"/></svg>',
  delivered: '<svg viewBox="0 0 17 12"><path d="M3 6.5l3.2 3.2L13 2.5"/></svg>',
  read: '<svg viewBox="0 0 17 12"><path d="M1 6.5l3.2 3.2L11 2.5M7 8.7l1 1 7-7.2"/></svg>',
};

// Bitrix24's BB codes, made into elements; everything else is shown as it was written.
function bb(text) {
  let html = escape(text);
  const pair = (tag, open, close) => { html = html.replace(new RegExp(`\\[${tag}\\]([\\s\\S]*?)\\[/${tag}\\]`, "gi"), `${open}$1${close}`); };
  pair("code", "<code>", "</code>");
  pair("b", "<b>", "</b>");
  pair("i", "<i>", "</i>");
  pair("u", "<u>", "</u>");
  pair("s", "<s>", "</s>");
  html = html.replace(/\[color=(#[0-9a-f]{3,8}|[a-z]+)\]([\s\S]*?)\[\/color\]/gi, (_, color, inner) =>
    /^(#f00|#ff0000|red)$/i.test(color) ? `<span class="red">${inner}</span>` : `<span style="color:${color}">${inner}</span>`);
  html = html.replace(/\[url=(https?:\/\/[^\]\s]+)\]([\s\S]*?)\[\/url\]/gi, '<a href="$1" rel="noreferrer noopener" target="_blank">$2</a>');
  html = html.replace(/\[url\](https?:\/\/[^\[\s]+)\[\/url\]/gi, '<a href="$1" rel="noreferrer noopener" target="_blank">$1</a>');
  return html.replace(/\[br\]/gi, "<br>").replace(/\[size=\d+\]([\s\S]*?)\[\/size\]/gi, "$1");
}

function trouble(message) {
  if (message.direction !== "out" || !message.event || message.event === "ok") return null;
  if (message.event === "waiting") return message.status === "undelivered" ? make("span", { class: "meta" }, "sending") : null;
  return make("span", { class: "trouble" }, `The event did not reach the app (${message.event}). Bitrix24 does not repeat it.`);
}

function bubble(message) {
  const kind = message.direction === "system" ? " system" : message.direction === "out" ? " own" : "";
  const tick = message.direction === "out" && tickNames[message.status]
    ? make("span", { class: `tick ${message.status}`, role: "img", "aria-label": tickNames[message.status], title: tickNames[message.status], html: tickShapes[message.status] }) : null;
  const files = (message.files || []).map((file) => make("a", { href: file.url, rel: "noreferrer noopener", target: "_blank" }, file.name || "file"));
  return make("article", { class: `bubble${kind}${message.deleted ? " gone" : ""}`, "aria-label": message.direction === "in" ? message.author : message.direction === "out" ? `${message.author}, operator` : "System", "data-id": message.id },
    message.direction === "system" ? null : make("span", { class: "author" }, message.author),
    make("span", { class: "text", html: bb(message.text) }), files,
    make("span", { class: "meta" }, make("span", {}, clock(message.at)), message.direction === "out" && message.status === "undelivered" && message.event !== "waiting" ? make("span", {}, "not delivered") : null, tick), trouble(message));
}

function chatRow(chat) {
  const last = chat.messages[0];
  if (!seen.has(chat.id)) seen.set(chat.id, chat.id === current ? chat.count : 0);
  if (chat.id === current) seen.set(chat.id, chat.count);
  const fresh = chat.count - seen.get(chat.id);
  return make("li", {}, make("button", { type: "button", "aria-current": chat.id === current ? "true" : null, onclick: () => open(chat.id) },
    make("span", { class: "avatar", "aria-hidden": "true", style: `background:${tint(chat.name)}` }, initials(chat.name)),
    make("span", {}, make("strong", {}, chat.name), make("span", { class: "last" }, last ? last.text.replace(/\[\/?\w+(=[^\]]*)?\]/g, " ") : "no messages")),
    make("span", { class: "right" }, last ? clock(last.at) : "", fresh > 0 ? make("span", { class: "badge", "aria-label": `${fresh} new` }, String(fresh)) : null)));
}

async function showList() {
  const [portals, chats] = await Promise.all([api("/api/portals"), api(`/api/chats?portal=${member}&brief=1`)]);
  const portal = portals.find((it) => it.member_id === member);
  if (!portal) return;
  $("notice").hidden = portal.installed;
  $("notice").textContent = "The app is uninstalled. The portal keeps the chats, but nothing leaves any more.";
  const sections = portal.lines.map((line) => {
    const own = chats.filter((chat) => chat.line === line.id)
      .sort((a, b) => (b.messages[0]?.id || b.id) - (a.messages[0]?.id || a.id)).slice(0, 100);
    const on = line.channels.some((channel) => channel.active && channel.configured);
    return make("section", { "aria-label": line.name },
      make("h2", { class: "line" }, line.name, make("span", { class: on ? "" : "off" }, on ? "connected" : "channel off")),
      own.length ? make("ul", {}, own.map(chatRow)) : make("p", { class: "empty" }, "No chats yet."));
  });
  const orphans = chats.filter((chat) => !portal.lines.some((line) => line.id === chat.line));
  if (orphans.length) sections.push(make("section", {}, make("h2", { class: "line" }, "Lines that are gone"), make("ul", {}, orphans.map(chatRow))));
  draw($("lines"), ...sections);
  draw($("admin"), ...portal.lines.map((line) => make("div", { class: "row" }, make("b", {}, line.name),
    line.channels.filter((channel) => channel.active).map((channel) => make("button", { class: "button", type: "button", onclick: () => act(`lines/${line.id}/off`, { connector: channel.connector }, `The channel of ${line.name} is off.`) }, "Switch the channel off")),
    make("button", { class: "button danger", type: "button", onclick: () => act(`lines/${line.id}/delete`, {}, `${line.name} is deleted.`) }, "Delete the line"))));
}

async function showThread() {
  if (!current) return;
  const [chat] = await api(`/api/chats?portal=${member}&chat=${current}`);
  if (!chat) { current = 0; return; }
  desk.classList.add("open");
  $("nothing").hidden = true;
  for (const id of ["head", "messages", "write"]) $(id).hidden = false;
  $("name").textContent = chat.name;
  $("about").textContent = `${chat.external_user_id}, ${chat.connector}, line ${chat.line}`;
  $("avatar").textContent = initials(chat.name);
  $("avatar").style.background = tint(chat.name);
  keepEnd($("messages"), () => draw($("messages"), ...chat.messages.slice(-300).map(bubble)));
}

async function open(id) {
  current = id;
  history.replaceState(null, "", `?chat=${id}`);
  await Promise.all([showThread(), showList()]);
  $("messages").scrollTop = $("messages").scrollHeight;
  $("text").focus();
}

async function act(path, body, words) {
  try {
    await api(`/api/operator/${member}/${path}`, body);
    $("admin-said").textContent = words;
  } catch (error) {
    $("admin-said").textContent = error.message;
  }
}

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  $("said").textContent = "";
  try {
    const texts = $("split").checked ? text.split("\n").filter((line) => line.trim()) : [text];
    $("text").value = "";
    await api(`/api/operator/${member}/chats/${current}/send`, { texts });
    $("messages").scrollTop = $("messages").scrollHeight;
  } catch (error) {
    $("said").textContent = error.message;
  }
});
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !$("split").checked) { event.preventDefault(); $("write").requestSubmit(); }
});
$("back").addEventListener("click", (event) => { event.preventDefault(); current = 0; desk.classList.remove("open"); history.replaceState(null, "", location.pathname); askList(); });
$("uninstall").addEventListener("click", () => act("uninstall", {}, "The app is uninstalled."));
$("rename").addEventListener("click", () => act("rename", {}, "The portal has a new address; the old one answers 302."));
$("my-avatar").textContent = initials(document.querySelector(".me").textContent.trim().replace(/^.\s/, ""));

const askList = soon(showList, 120);
const askThread = soon(showThread);
live((notice) => {
  if (notice.topic === "all") { askList(); askThread(); }
  if (notice.portal !== member) return;
  askList();
  if (notice.chat === current) askThread();
}, true);
await showList();
await showThread();
if (current) $("messages").scrollTop = $("messages").scrollHeight;
