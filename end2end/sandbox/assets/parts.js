// Templates and interactive messages on the telephone: header, body, footer, and what can be pressed.
import { dayAndClock, make } from "./base.js";

const sheet = document.getElementById("sheet");
const mediaName = { image: "Image", video: "Video", document: "Document" };

function header(part, marks) {
  if (!part) return null;
  if (part.kind === "text") return make("span", { class: "header", html: marks(part.text) });
  if (part.kind === "location") {
    return [make("span", { class: "picture place", role: "img", "aria-label": "Location" }, part.name),
      make("span", { class: "medium" }, part.address)];
  }
  const where = part.filename || part.link || part.id || "";
  return [make("span", { class: "picture", role: "img", "aria-label": mediaName[part.kind] }, part.kind),
    make("span", { class: "medium" }, where)];
}

// What every message and every card is made of.
function inside(shown, marks) {
  const offer = shown.offer;
  return [
    header(shown.header, marks),
    offer && make("span", { class: "offer" }, offer.text, offer.until ? `, until ${dayAndClock(offer.until / 1000)}` : ""),
    shown.body && make("span", { class: "text", html: marks(shown.body) }),
    shown.footer && make("span", { class: "footer" }, shown.footer),
  ];
}

function open(title, ...inner) {
  sheet.setAttribute("aria-label", title);
  sheet.replaceChildren(make("h3", {}, title), ...inner.flat());
  // At the foot of the telephone, wherever that stands.
  const { left, width, bottom } = document.getElementById("telephone").getBoundingClientRect();
  Object.assign(sheet.style, { left: `${left}px`, width: `${width}px`, bottom: `${innerHeight - bottom}px` });
  sheet.showModal();
}

const choice = (title, act, words) => make("button", { class: "choice", type: "button", "aria-label": title, onclick: () => { sheet.close(); act(); } },
  title, words && make("small", {}, words));

// The rows of a list, as the sheet shows them.
function list(message, tools) {
  const own = message.shown.list;
  const rows = own.sections.flatMap((section) => [
    section.title && make("h4", {}, section.title),
    ...section.rows.map((row) => choice(row.text, () => tools.press(message, row.text), row.description)),
  ]);
  return make("button", { type: "button", onclick: () => open(own.button, rows.filter(Boolean)) }, own.button);
}

// A flow is played as one question.
function form(message, button, tools) {
  const answer = make("textarea", { id: "flow-answer", rows: 3 });
  const send = (event) => {
    event.preventDefault();
    sheet.close();
    tools.press(message, button.text, { response: { answer: answer.value } });
  };
  open(button.text, make("form", { onsubmit: send },
    make("div", { class: "field" }, make("label", { for: "flow-answer" }, "Your answer"), answer),
    make("button", { class: "button primary" }, "Submit")));
}

function permission(message, button, tools) {
  const words = { "Allow": "For seven days", "Always allow": null, "Don't allow": null };
  open(button.text, Object.entries(words).map(([title, more]) => choice(title, () => tools.press(message, title), more)));
}

function pressable(message, button, tools) {
  const act = {
    copy_code: () => tools.say(`Copied: ${button.code}`),
    voice_call: () => tools.say("Calls are not played here."),
    flow: () => form(message, button, tools),
    permission: () => permission(message, button, tools),
  }[button.kind];
  if (button.kind === "url") return make("a", { href: button.url, target: "_blank", rel: "noopener" }, button.text);
  if (button.kind === "phone_number") return make("a", { href: `tel:${button.phone_number}` }, button.text);
  return make("button", { type: "button", onclick: act || (() => tools.press(message, button.text)) }, button.text);
}

const presses = (message, shown, tools) => {
  const all = (shown.buttons || []).map((button) => pressable(message, button, tools));
  if (shown.list) all.push(list(message, tools));
  return all.length ? make("span", { class: "presses" }, all) : null;
};

// The content of a bubble; the time goes before what can be pressed.
export function parts(message, tools) {
  const shown = message.shown;
  const cards = (shown.cards || []).map((card, index) =>
    make("span", { class: "card-part", role: "group", "aria-label": `Card ${index + 1}` }, inside(card, tools.marks), presses(message, card, tools)));
  return {
    before: inside(shown, tools.marks),
    after: [cards.length ? make("span", { class: "cards" }, cards) : null, presses(message, shown, tools)],
  };
}
