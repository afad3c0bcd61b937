// Shows the tiles anew when something about a connector or a line changes.
const source = new EventSource("/api/live");
let held = false, changed = false, leaving = false;

// A page that is being left is not read again, and one on which a button is held down waits: a click belongs to it.
function again() {
  changed = true;
  if (!held && !leaving) location.reload();
}
addEventListener("pointerdown", () => { held = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => { held = false; if (changed) again(); }), true);
for (const end of ["submit", "pagehide"]) addEventListener(end, () => { leaving = true; source.close(); });

source.onmessage = (event) => {
  if (["portal", "all"].includes(JSON.parse(event.data).topic)) again();
};
const tiles = (page) => [...page.querySelectorAll(".tile")].map((tile) => tile.textContent).join("\n");
// What changed between the page and the first notice was told to nobody.
source.onopen = async () => {
  const page = await fetch(location.href).then((answer) => answer.text()).catch(() => null);
  if (page !== null && tiles(new DOMParser().parseFromString(page, "text/html")) !== tiles(document)) again();
};
