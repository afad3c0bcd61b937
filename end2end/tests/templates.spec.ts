import { join } from "node:path";
import { Review } from "../pages/meta";
import { confirm, refused } from "../pages/form";
import { toCopy } from "../pages/copy";
import { look } from "../pages/look";
import { Panel } from "../pages/panel";
import { Templates } from "../pages/templates";
import { filled, WORDS } from "../pages/words";
import { GULIN, WABA } from "../world/facts";
import { expect, test } from "./fixtures";

test.describe.configure({ mode: "serial", timeout: 180_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422)/));

const ORDER = { name: "order_picked", category: "UTILITY", language: "en" };

test("Meta's templates are searched, narrowed, sorted and turned, and the address says so", async ({ page, panel }) => {
  const templates = await Templates.open(panel);
  await templates.synchronise("hello_world");
  const { words } = panel;
  await expect(panel.main).toContainText(words.template.synced);
  await templates.list();
  await expect(panel.main.getByText(/1–25/)).toBeVisible();
  await page.getByRole("link", { name: words.pager.after }).click();
  await panel.isAt(`${templates.path}?page=2`);
  await templates.list();
  await page.getByRole("navigation", { name: words.template.category.label }).getByText(words.template.category.marketing).click();
  await panel.isAt(`${templates.path}?category=marketing`);
  await expect(panel.main.locator("tbody").getByText(words.template.category.utility)).toHaveCount(0);
  await panel.search("nothing has this name");
  await expect(panel.main).toContainText(words.filter.none_title);
  await templates.list("?sort=-name");
  const names = await panel.main.locator("tbody .row-link").allTextContents();
  expect(names).toEqual([...names].sort().reverse());
});

test("a template is shown as a phone shows it, with the code that sends it", async ({ page, panel }) => {
  const templates = await Templates.open(panel);
  await templates.choose("order_ready", "en");
  const { words } = panel;
  await expect(templates.bubble).toContainText("Good day, Aigerim! The order 118");
  await expect(templates.bubble.getByRole("list")).toContainText("Open the order");
  const code = await toCopy(page, words.template.code_chat);
  expect(code).toMatch(/^template-order_ready\+en\+/);
  expect(await toCopy(page, words.template.code_sms)).toBe(code.replace("template-", ""));
  await expect(templates.state).toContainText(words.template.status.approved);
  await panel.main.getByRole("button", { name: words.template.offer_stop }).click();
  await expect(panel.main).toContainText(words.template.offered_no);
  await panel.main.getByRole("button", { name: words.template.offer }).click();
  await expect(panel.main).toContainText(words.template.offered_yes);
});

test("a phone's default for a closed window", async ({ panel }) => {
  const templates = await Templates.open(panel);
  const { words } = panel;
  await templates.choose("appointment_cancelled", "en");
  const phone = panel.main.getByRole("group", { name: GULIN.number });
  await phone.getByLabel(words.template.closed.automatically).check();
  await phone.getByRole("button", { name: words.template.closed.choose }).click();
  await expect(phone).toContainText(words.template.closed.is_default);
  await expect(phone.getByLabel(words.template.closed.automatically)).toBeChecked();
  await templates.choose("order_ready", "en");
  await expect(phone).toContainText(words.template.closed.has_other);
  await expect(panel.main).toContainText(words.template.closed.not_alone);
  await templates.choose("appointment_cancelled", "en");
  await phone.getByRole("button", { name: words.template.closed.stop }).click();
  await expect(phone).toContainText(words.template.closed.has_none);
});

test("a template is made with a live preview, approved by Meta and deleted", async ({ page, panel, world }) => {
  const { words } = panel;
  const templates = await Templates.open(panel);
  await templates.begin();
  await templates.press(words.template.new.send);
  await refused(page, "name", words.problem.field_empty);
  await refused(page, "body", words.problem.field_empty);

  await templates.type({ ...ORDER, header: "image" });
  await page.locator("#file").setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
  await templates.type({ body: "Good day, your order is *ready*, thank you." });
  await page.locator("#body").evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(20, 20));
  await templates.press(words.template.new.add_number);
  await expect(page.locator("#body")).toHaveValue("Good day, your order {{1}} is *ready*, thank you.");
  await templates.type({ "example-1": "118", footer: "Gulin Flowers" });
  await templates.press(words.template.new.add_button);
  await templates.type({ "button-0-kind": "url", "button-0-text": "Track", "button-0-value": "https://shop.example/{{1}}" });
  await templates.type({ "button-0-example": "https://shop.example/118" });
  await expect(templates.bubble).toContainText("your order 118 is ready");
  await expect(templates.bubble.locator("strong")).toHaveText("ready");
  await expect(templates.bubble).toContainText("Track");

  await templates.press(words.template.new.send);
  await expect(page.locator("#file-note")).toContainText("JPEG, PNG");
  await expect(page.locator("#body")).toHaveValue("Good day, your order {{1}} is *ready*, thank you.");
  await expect(page.locator("#button-0-value")).toHaveValue("https://shop.example/{{1}}");
  await page.locator("#file").setInputFiles(join(import.meta.dirname, "..", "pictures", "sample.png"));
  await templates.press(words.template.new.send);
  await expect(page).toHaveURL(/\/templates\/tpl_/);
  await expect(templates.state).toContainText(words.template.status.in_review);

  const tab = await page.context().newPage();
  const review = await Review.open(tab, world.sandbox, WABA.gulin);
  await review.approve(ORDER.name, ORDER.language);
  await expect(templates.state).toContainText(words.template.status.approved, { timeout: 30_000 });
  await review.pause(ORDER.name, ORDER.language);
  await expect(panel.main).toContainText(words.template.notice.paused, { timeout: 30_000 });
  await tab.close();
  await panel.open("/");
  await panel.main.getByRole("link", { name: /news of 1 template/ }).click();
  await panel.main.getByRole("button", { name: words.template.seen }).click();
  await expect(panel.main.getByText(words.template.notice.paused)).toHaveCount(0);

  await templates.choose(ORDER.name, ORDER.language);
  await panel.main.getByRole("link", { name: words.form.delete }).click();
  await expect(panel.main).toContainText(words.template.delete.rule);
  const action = filled(words.template.delete.action, { name: ORDER.name });
  await confirm(panel, "another", action);
  await refused(page, "typed", words.problem.name_not_typed);
  await confirm(panel, ORDER.name, action);
  await expect(page).toHaveURL(new RegExp(`${templates.path}$`));
  await panel.search(ORDER.name);
  await expect(panel.main).toContainText(words.filter.none_title);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("a form is built step by step, and nothing typed is lost", async ({ page, panel, noise }) => {
    noise.allow(/preloaded using link preload/);
    const { words } = panel;
    await page.goto("/wabas");
    await panel.main.locator('tbody a[href^="/wabas/"]').first().click();
    await panel.main.getByRole("link", { name: words.waba.open_templates }).click();
    await panel.main.getByRole("link", { name: words.template.new.action }).first().click();
    const press = (name: string) => panel.main.getByRole("button", { name, exact: true }).last().click();
    await page.locator("#name").fill("plain_form");
    await page.locator("#body").fill("Good day,");
    await press(words.template.new.add_name);
    await expect(page.locator("#body")).toHaveValue("Good day, {{name}}");
    await page.locator("#example-name").fill("Ann");
    await press(words.template.new.add_button);
    await page.locator("#button-0-text").fill("Thanks");
    await press(words.template.new.send);
    await refused(page, "body", words.problem.variable_edge);
    await expect(page.locator("#button-0-text")).toHaveValue("Thanks");
    await expect(page.locator("#example-name")).toHaveValue("Ann");
    await page.locator("#body").fill("Good day, {{name}}, it is ready.");
    await press(words.template.new.send);
    await expect(page).toHaveURL(/\/templates\/tpl_/);
  });
});

for (const language of ["en", "ru"] as const) {
  test(`the pages read well and are accessible, ${language}`, async ({ page, context, baseURL }) => {
    const panel = new Panel(page, WORDS[language]);
    for (const theme of ["light", "dark"]) {
      const url = baseURL ?? "";
      await context.addCookies([
        { name: "thoth_language", value: language, url },
        { name: "thoth_theme", value: theme, url },
      ]);
      const templates = await Templates.open(panel);
      const at = async (place: string) => look(page, { language, at: `${place}, ${theme}` });
      await at("the list");
      await templates.list("?q=nothing-has-this-name");
      await at("nothing found");
      await templates.choose("order_ready", "en");
      await at("a template");
      await panel.main.getByRole("link", { name: panel.words.form.delete }).click();
      await expect(panel.title(panel.words.template.delete.title)).toBeVisible();
      await at("deleting");
      await templates.begin();
      await at("the form");
      await templates.press(panel.words.template.new.send);
      await refused(page, "name", panel.words.problem.field_empty);
      await at("the form, refused");
    }
  });
}
