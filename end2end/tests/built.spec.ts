import { toCopy } from "../pages/copy";
import { write } from "../pages/form";
import { Messages } from "../pages/messages";
import { Operator } from "../pages/operator";
import { Portal } from "../pages/portal";
import { Telephone } from "../pages/telephone";
import { GULIN } from "../world/facts";
import { picture } from "../world/guide";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba } from "./steps";

test.describe.configure({ timeout: 240_000 });

type Act = (telephone: Telephone, text: string) => Promise<void>;

interface Built {
  kind: string;
  form: Record<string, string>;
  /** What follows the code or the hashtag. */
  values?: string;
  /** What the customer reads. */
  text: string;
  /** What the customer does, and what the operator reads of it. */
  act?: Act;
  answer?: string | RegExp;
}

const BUILT: Built[] = [
  {
    kind: "reply_buttons",
    form: { body: "Shall we come today, {{client}}?", button_1: "Yes, today" },
    values: "client:Aigerim",
    text: "Shall we come today, Aigerim?",
    act: (telephone, text) => telephone.press(text, "Yes, today"),
    answer: "Yes, today",
  },
  {
    kind: "list",
    form: { hashtag: "flowers", body: "What do you like?", list_button: "Flowers", section_1: "Fresh", section_1_row_1: "Roses" },
    text: "What do you like?",
    act: (telephone, text) => telephone.choose(text, "Flowers", "Roses"),
    answer: "Roses",
  },
  { kind: "url_button", form: { body: "Our shop is open.", title: "Visit us", url: "https://shop.example/" }, text: "Our shop is open." },
  {
    kind: "location_request",
    form: { hashtag: "where", body: "Where shall we come?" },
    text: "Where shall we come?",
    act: (telephone, text) => telephone.press(text, "Send location"),
    answer: "Almaty",
  },
  { kind: "voice_call", form: { body: "Talk to us.", title: "Call us" }, text: "Talk to us." },
  {
    kind: "call_permission",
    form: { body: "May we call you about the order?" },
    text: "May we call you about the order?",
    act: (telephone, text) => telephone.permit(text, "Allow"),
    answer: /call/i,
  },
  {
    kind: "flow",
    form: { body: "How was it?", title: "Open the form", flow: "441122003344", screen: "RATING" },
    text: "How was it?",
    act: (telephone, text) => telephone.fillFlow(text, "Open the form", "Very good"),
    answer: "Very good",
  },
];

test("what is built on the page is sent by its code or hashtag, and what the customer does is read", async ({ admin, bare }) => {
  const { panel } = admin;
  const { page, words } = panel;
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  await connectPhone(page, waba, await connectPortal(page, portal));
  const telephone = await Telephone.open(await admin.tab(), bare.sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await admin.tab(), bare.sandbox, GULIN);
  const messages = new Messages(panel);
  await telephone.write("Good day");
  await operator.choose("Aigerim");

  for (const { kind, form, values, text, act, answer } of BUILT) {
    await messages.begin(kind);
    await messages.type({ name: `The ${kind}`, ...form });
    await messages.save(`The ${kind}`);
    const code = await toCopy(page, form.hashtag ? words.interactive.by_hashtag : words.template.code_chat);
    const ready = code.split("+").slice(0, 2).join("+");
    await operator.answer(values ? `${ready}+${values}` : code);
    const sent = telephone.message("Business", text).last();
    await expect(sent, kind).toBeVisible();
    await expect(operator.message(text).last(), kind).toBeVisible();
    await picture(sent, `codes/interactive_${kind}.png`);
    if (!act || !answer) continue;
    await act(telephone, text);
    const said = operator.page.getByRole("log", { name: "Messages" }).getByRole("article", { name: "Aigerim" });
    await expect(said.last(), kind).toContainText(answer);
  }
});

test("an end-user inside Bitrix24 finds a template's code and builds a message", async ({ admin, bare, noise }) => {
  noise.allow(/status of 422/);
  const { words } = admin.panel;
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  await connectPhone(admin.panel.page, waba, await connectPortal(admin.panel.page, portal));
  const telephone = await Telephone.open(await admin.tab(), bare.sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await admin.tab(), bare.sandbox, GULIN);
  await telephone.write("Good day");
  await operator.choose("Aigerim");

  const frame = await portal.openApp();
  const room = (name: string) => frame.getByRole("navigation", { name: words.frame.rooms }).getByRole("link", { name, exact: true });
  await room(words.wabas.title).click();
  await frame.getByRole("main").locator('tbody a[href*="/wabas/"]').first().click();
  await frame.getByRole("link", { name: words.waba.open_templates }).click();
  await frame.getByRole("searchbox").fill("working_hours");
  await frame.getByRole("searchbox").press("Enter");
  await frame.getByRole("row").filter({ has: frame.getByText("en", { exact: true }) }).getByRole("link", { name: "working_hours", exact: true }).click();
  await expect(frame.getByRole("heading", { level: 1, name: "working_hours" })).toBeVisible();
  await operator.answer(await toCopy(frame, words.template.code_chat));
  await expect(telephone.message("Business", "We are back on Monday")).toBeVisible();

  await room(words.interactive.title).click();
  await frame.getByRole("link", { name: words.interactive.add }).first().click();
  await write(frame, { name: "Coming", body: "Do you come today?", button_1: "I do" });
  await frame.getByRole("button", { name: words.form.save, exact: true }).and(frame.locator(":visible")).last().click();
  await expect(frame.getByRole("heading", { level: 1, name: "Coming" })).toBeVisible();
  await operator.answer(await toCopy(frame, words.template.code_chat));
  await telephone.press("Do you come today?", "I do");
  await expect(operator.message("I do").last()).toBeVisible();
});
