// Shows the tiles anew when something about a connector or a line changes.
const source = new EventSource("/api/live");
source.onmessage = (event) => {
  const { topic } = JSON.parse(event.data);
  if (topic === "portal" || topic === "all") location.reload();
};
const tiles = (page) => [...page.querySelectorAll(".tile")].map((tile) => tile.textContent).join("\n");
// What changed between the page and the first notice was told to nobody.
source.onopen = async () => {
  const page = await fetch(location.href).then((answer) => answer.text()).catch(() => null);
  if (page !== null && tiles(new DOMParser().parseFromString(page, "text/html")) !== tiles(document)) location.reload();
};
// A page that is being left is not read again.
addEventListener("submit", () => source.close());
addEventListener("pagehide", () => source.close());
