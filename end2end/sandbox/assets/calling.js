import { api, make } from "./base.js";

const RESTRICTION = "RESTRICTED_USER_INITIATED_CALLING";
const LIMITS = ["TIER_250", "TIER_1K", "TIER_2K", "TIER_10K", "TIER_UNLIMITED"];

// What Meta has for a number's calls, and what Meta may do to it.
export function callingCard(phone, calling, result) {
  const change = async (body, words) => {
    try {
      await api(`/api/calling/${phone.id}`, body);
      result.className = "result good";
      result.textContent = words;
    } catch (error) {
      result.className = "result bad";
      result.textContent = error.message;
    }
  };
  const { sip } = calling;
  const limit = make("select", { id: `limit-${phone.id}`, onchange: () => change({ limit: limit.value }, "The messaging limit is changed.") },
    LIMITS.map((name) => make("option", { value: name, selected: name === calling.limit }, name)));
  const host = make("input", { id: `other-${phone.id}`, value: "sip.other.example", autocomplete: "off" });
  const restricted = Boolean(calling.restrictions);
  const button = (words, body, done) => make("button", { class: "button", type: "button", onclick: () => change(body(), done) }, words);
  return make("fieldset", {}, make("legend", {}, `Calling of +${phone.number}`),
    make("dl", { class: "pairs" },
      make("dt", {}, "Calling"), make("dd", {}, calling.status),
      make("dt", {}, "SIP"), make("dd", {}, sip.status),
      make("dt", {}, "SRTP"), make("dd", {}, calling.srtp_key_exchange_protocol || "never set"),
      make("dt", {}, "Servers"), make("dd", {}, sip.servers.map((it) => `${it.hostname}:${it.port} (app ${it.app_id})`).join(", ") || "none"),
      make("dt", {}, "Passwords"), make("dd", {}, Object.entries(calling.passwords).map(([app, password]) => make("div", {}, `app ${app}: `, make("code", {}, password)))),
      make("dt", {}, "Restrictions"), make("dd", {}, restricted ? calling.restrictions.restrictions_list.map((it) => it.type).join(", ") : "none")),
    make("div", { class: "field" }, make("label", { for: `limit-${phone.id}` }, "Messaging limit"), limit),
    make("div", { class: "field" }, make("label", { for: `other-${phone.id}` }, "Server of another provider"), host),
    make("div", { class: "row" },
      button("Add the other server", () => ({ server: { app: "777000777000777", hostname: host.value.trim(), port: 5061 } }), "The other provider's server is there."),
      button("Remove the other server", () => ({ server_gone: "777000777000777" }), "The other provider's server is gone."),
      button("Restrict calling", () => ({ restriction: { kind: RESTRICTION, reason: "negative feedback" } }), "Calling is restricted for a week."),
      button("Lift restrictions", () => ({ restriction: { kind: "" } }), "Restrictions are lifted."),
      button("Switch calling off", () => ({ on: false }), "Calling is off."),
      button("Switch SIP off", () => ({ sip: false }), "SIP is off."),
      button("Put SRTP to DTLS", () => ({ srtp: "DTLS" }), "SRTP is DTLS.")));
}
