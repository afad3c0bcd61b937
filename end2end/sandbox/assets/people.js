import { api, draw, initials, live, make, soon, tint } from "./base.js";

const list = document.getElementById("list");

async function show() {
  const customers = await api("/api/customers");
  const shown = customers.slice(0, 60);
  draw(list, ...shown.map((customer) => make("li", {},
    make("a", { class: "person", href: `/phone/${encodeURIComponent(customer.id)}` },
      make("span", { class: "avatar", "aria-hidden": "true", style: `background:${tint(customer.name)}` }, initials(customer.name)),
      make("span", {}, customer.name, make("small", {}, customer.number ? `+${customer.number}` : `only ${customer.user_id}`))))));
  if (customers.length > shown.length) list.append(make("li", { class: "soft" }, `and ${customers.length - shown.length} more`));
}

document.getElementById("new").addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = document.getElementById("said");
  try {
    const customer = await api("/api/customers", Object.fromEntries(new FormData(event.target)));
    location.href = `/phone/${encodeURIComponent(customer.id)}`;
  } catch (error) {
    said.className = "bad";
    said.textContent = error.message;
  }
});

live((notice) => { if (["customers", "all"].includes(notice.topic)) ask(); });
const ask = soon(show);
show();
