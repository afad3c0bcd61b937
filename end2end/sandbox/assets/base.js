// What every page needs: calling the control API, hearing of changes, making elements, writing times.

export async function api(path, body) {
  const options = body === undefined
    ? {}
    : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(path, options);
  const text = await response.text();
  let value = text;
  try { value = JSON.parse(text); } catch { /* plain words */ }
  if (!response.ok) throw new Error(value.error || text || `The sandbox answered ${response.status}`);
  return value;
}

// Calls back with each notice; with {topic: "all"} after a break, and where it is asked for when listening begins: what
// changed meanwhile was told to nobody, so the page reads everything again. A page with a form keeps what is typed.
export function live(heard, fromTheStart = false) {
  const source = new EventSource("/api/live");
  let again = fromTheStart;
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onopen = () => { if (again) heard({ topic: "all" }); again = true; };
}

// While a mouse button is held down the page stays as it is: a click belongs to the element that was pressed.
let held = false;
const postponed = new Map();
addEventListener("pointerdown", () => { held = true; }, true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => setTimeout(() => {
    held = false;
    for (const change of postponed.values()) change();
    postponed.clear();
  }), true);
}

// Shows these elements in the box, and no others.
export function draw(box, ...children) {
  const change = () => box.replaceChildren(...children);
  if (held) postponed.set(box, change);
  else change();
}

// Runs the work soon, and once, however often it is asked for.
export function soon(work, pause = 80) {
  let timer = null, again = false, running = false;
  const run = async () => {
    timer = null; running = true;
    try { await work(); } finally { running = false; if (again) { again = false; ask(); } }
  };
  const ask = () => { if (running) { again = true; } else if (timer === null) { timer = setTimeout(run, pause); } };
  return ask;
}

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "html") node.innerHTML = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const escape = (text) => text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]);

export const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const dayAndClock = (seconds) => new Date(seconds * 1000).toLocaleString([], { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export const exact = (milliseconds) => new Date(milliseconds).toLocaleTimeString([], { hour12: false }) + "." + String(milliseconds % 1000).padStart(3, "0");

export const initials = (name) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("") || "?";

export function tint(text) {
  let sum = 0;
  for (const c of text) sum = (sum * 31 + c.codePointAt(0)) % 360;
  return `hsl(${sum} 45% 33%)`;
}

// Keeps a list at its end when it was there, and leaves it alone when a person scrolled up.
export function keepEnd(box, change) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  change();
  if (atEnd) box.scrollTop = box.scrollHeight;
}
