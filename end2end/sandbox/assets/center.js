// Shows the tiles anew when something about a connector or a line changes.
const source = new EventSource("/api/live");
source.onmessage = (event) => {
  const { topic } = JSON.parse(event.data);
  if (topic === "portal" || topic === "all") location.reload();
};
// A page that is being left is not read again.
addEventListener("submit", () => source.close());
addEventListener("pagehide", () => source.close());
