import { api, clock, draw, make } from "./base.js";

const $ = (id) => document.getElementById(id);
const ENDS = [["answered", "Answered 12 s"], ["missed", "Nobody answers"], ["declined", "Declined"], ["failed", "Failed"]];
const WORDS = { answered: "Answered", missed: "Missed call", declined: "Declined", failed: "Failed call" };

// The day and the minutes of the day in the business's time zone.
function there(zone) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, weekday: "long", hour: "2-digit", minute: "2-digit", year: "numeric", month: "2-digit", day: "2-digit", hourCycle: "h23" }).formatToParts(new Date());
  const get = (type) => parts.find((part) => part.type === type).value;
  return { day: get("weekday").toUpperCase(), date: `${get("year")}-${get("month")}-${get("day")}`, clock: get("hour") + get("minute") };
}

function isOpen(hours) {
  if (!hours || hours.status !== "ENABLED") return true;
  const now = there(hours.timezone_id);
  const inside = (from, to) => now.clock >= from && now.clock < to;
  const holiday = (hours.holiday_schedule || []).find((it) => it.date === now.date);
  if (holiday && inside(holiday.start_time, holiday.end_time)) return false;
  return hours.weekly_operating_hours.some((it) => it.day_of_week === now.day && inside(it.open_time, it.close_time));
}

// The button in the bar of a chat, and the dialog of a call that rings.
export async function calls(customer, phone, say) {
  const [settings, all] = await Promise.all([
    api(`/api/calling/${phone}`),
    api(`/api/calls?customer=${encodeURIComponent(customer)}&phone=${phone}`),
  ]);
  const open = isOpen(settings.call_hours);
  $("call").hidden = settings.status !== "ENABLED" || settings.call_icon_visibility !== "DEFAULT";
  $("call").disabled = !open;
  $("call-hours").hidden = $("call").hidden || open;
  $("call").onclick = () => start(customer, phone, say);
  draw($("calls"), ...all.slice(-5).filter((it) => it.end).map((it) =>
    make("li", {}, `${it.caller === "customer" ? "Outgoing" : "Incoming"}: ${WORDS[it.end]}${it.seconds ? `, ${it.seconds} s` : ""} `, make("small", {}, clock(it.at)))));
  const ringing = all.find((it) => !it.end);
  if (ringing) ring(ringing, say);
  else if ($("ringing").open) $("ringing").close();
}

async function start(customer, phone, say) {
  try {
    await api(`/api/customers/${encodeURIComponent(customer)}/call`, { phone_id: phone });
  } catch (error) {
    say(error.message);
  }
}

function ring(call, say) {
  const box = $("ringing");
  const end = async (how) => {
    try {
      await api(`/api/calls/${encodeURIComponent(call.id)}/end`, { end: how, seconds: how === "answered" ? 12 : how === "failed" ? 20 : 0 });
    } catch (error) {
      say(error.message);
    }
  };
  draw(box, make("h3", { id: "ringing-title" }, "Ringing"),
    make("p", {}, "How does the call end?"),
    ENDS.map(([how, words]) => make("button", { type: "button", class: "choice", onclick: () => end(how) }, words)));
  if (!box.open) box.showModal();
}
