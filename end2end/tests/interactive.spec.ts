import { confirm, refused } from "../pages/form";
import { toCopy } from "../pages/copy";
import { look } from "../pages/look";
import { Messages } from "../pages/messages";
import { Panel } from "../pages/panel";
import { filled, WORDS } from "../pages/words";
import { expect, test } from "./fixtures";

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422)/));

test("reply buttons are built within Meta's limits, with a preview, a code and a hashtag", async ({ page, panel }) => {
  const { words } = panel;
  const messages = new Messages(panel);
  await messages.begin("reply_buttons");
  await messages.type({ name: "Delivery time", hashtag: "When", body: "When shall we come, *{{name}}*?", button_1: "Today" });
  await messages.press(words.template.new.add_button);
  await messages.type({ button_2: "x".repeat(21) });
  await refused(page, "button_2", words.problem.too_long.replace("{{ most }}", "20"));
  await messages.type({ button_2: "Today" });
  await messages.press(words.form.save);
  await refused(page, "button_2", words.problem.not_unique);
  await expect(page.locator("#body")).toHaveValue("When shall we come, *{{name}}*?");
  await messages.type({ button_2: "Tomorrow" });
  await expect(messages.bubble.getByRole("listitem")).toHaveText(["Today", "Tomorrow"]);
  await messages.save("Delivery time");
  expect(await toCopy(page, words.template.code_chat)).toMatch(/^interactive\+[0-9a-f]{32}\+name:/);
  expect(await toCopy(page, words.interactive.by_hashtag)).toBe("#when");
});

test("a list has sections and rows, and a second message cannot take its hashtag", async ({ page, panel }) => {
  const { words } = panel;
  const messages = new Messages(panel);
  await messages.begin("list");
  await messages.type({ name: "Menu", hashtag: "#menu", body: "What shall it be?", list_button: "Choose" });
  await messages.type({ section_1: "Hot", section_1_row_1: "Tea", section_1_row_1_description: "Black" });
  await messages.press(words.interactive.add_row);
  await messages.type({ section_1_row_2: "Coffee" });
  await messages.press(words.interactive.add_section);
  await messages.type({ section_2: "Cold", section_2_row_1: "Water" });
  await expect(messages.bubble).toContainText("Cold");
  await messages.save("Menu");
  await expect(messages.bubble).toContainText("Black");

  await messages.begin("location_request");
  await messages.type({ name: "Where are you", hashtag: "menu", body: "Where shall we come?" });
  await messages.press(words.form.save);
  await refused(page, "hashtag", words.problem.hashtag_taken);
  await messages.type({ hashtag: "where" });
  await messages.save("Where are you");
  await expect(messages.bubble).toContainText(words.bubble.send_location);
});

test("what is there is found, changed and deleted", async ({ page, panel }) => {
  const { words } = panel;
  const messages = new Messages(panel);
  await messages.list("?kind=list");
  await expect(panel.row("Menu")).toBeVisible();
  await expect(panel.row("Where are you")).toHaveCount(0);
  await panel.row("Menu").getByRole("link").first().click();
  await panel.main.getByRole("link", { name: words.form.edit }).click();
  await expect(page.locator("#section_2_row_1")).toHaveValue("Water");
  await messages.press(words.interactive.drop_section);
  await messages.type({ name: "Short menu" });
  await messages.save("Short menu");
  await expect(messages.bubble).not.toContainText("Water");
  await panel.main.getByRole("link", { name: words.form.delete }).click();
  await confirm(panel, "", filled(words.interactive.delete_action, { name: "Short menu" }));
  await panel.isAt("/interactive");
  await expect(panel.row("Short menu")).toHaveCount(0);
});

test.describe("somebody else", () => {
  test.use({ as: "dana" });

  test("sees only what is theirs, and has the same pages", async ({ panel }) => {
    const { words } = panel;
    const messages = new Messages(panel);
    await messages.list();
    await expect(panel.main).toContainText(words.interactive.empty_title);
    await messages.begin("call_permission");
    await messages.type({ name: "May we call", body: "May we call you?" });
    await messages.save("May we call");
    await messages.list();
    await expect(panel.row("May we call")).toBeVisible();
  });
});

for (const language of ["en", "ru"] as const) {
  test(`the pages read well and are accessible, ${language}`, async ({ page, context, baseURL }) => {
    const panel = new Panel(page, WORDS[language]);
    const messages = new Messages(panel);
    for (const theme of ["light", "dark"]) {
      const url = baseURL ?? "";
      await context.addCookies([
        { name: "thoth_language", value: language, url },
        { name: "thoth_theme", value: theme, url },
      ]);
      const at = async (place: string) => look(page, { language, at: `${place}, ${theme}` });
      await messages.list();
      await at("the list");
      await panel.row("Delivery time").getByRole("link").first().click();
      await expect(messages.bubble).toBeVisible();
      await at("a message");
      for (const kind of ["reply_buttons", "list", "url_button", "location_request", "voice_call", "call_permission", "flow"]) {
        await messages.begin(kind);
        await at(`the form of ${kind}`);
      }
      await messages.press(panel.words.form.save);
      await refused(page, "name", panel.words.problem.field_empty);
      await at("the form, refused");
    }
  });
}
