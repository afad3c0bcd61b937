import { readFileSync } from "node:fs";
import { Calling } from "../pages/calling";
import { Calls } from "../pages/calls";
import { look } from "../pages/look";
import { firstOf, Panel } from "../pages/panel";
import { Telephone } from "../pages/telephone";
import { filled, WORDS } from "../pages/words";
import { STEPPE } from "../world/facts";
import { expect, test } from "./fixtures";
import { LATE } from "./steps";

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.use({ as: "dana" });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422|502|503)/));

const CUSTOMER = "aigerim";
const NAME = "Aigerim";

test("customers' calls are listed, drawn by day, narrowed and taken along", async ({ page, panel, world }) => {
  const { words } = panel;
  await page.goto(await firstOf(page, "/phones"));
  const calling = new Calling(page, words);
  await calling.way.click();
  await calling.set({ calling: true, sip: true, host: "sip.steppe.example" });
  await calling.save.click();
  await calling.isGreen();

  await Calls.ring(world.sandbox, CUSTOMER, STEPPE, "missed");
  await Calls.ring(world.sandbox, CUSTOMER, STEPPE, "answered", 75);
  const calls = new Calls(panel);
  await calls.list();
  const { end, chart, csv } = words.calls;
  await expect(panel.row(NAME, end.missed)).toBeVisible(LATE);
  await expect(panel.row(NAME, end.answered)).toContainText("1:15", LATE);
  await expect(calls.chart).toHaveAccessibleName(filled(chart.label, { answered: "1", missed: "1", failed: "0" }));

  await panel.main.getByRole("link", { name: end.missed, exact: true }).click();
  await panel.isAt("/calls?outcome=missed");
  await expect(panel.row(NAME, end.answered)).toHaveCount(0);
  await expect(panel.row(NAME, end.missed)).toBeVisible();

  const [download] = await Promise.all([page.waitForEvent("download"), panel.main.getByRole("link", { name: csv }).click()]);
  expect(download.suggestedFilename()).toBe("calls.csv");
  const lines = readFileSync(await download.path(), "utf8").trim().split(/\r?\n/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("missed");
});

test("a customer is asked for leave to be called, and gives it", async ({ panel, world, page }) => {
  const { permission } = panel.words.calls;
  const telephone = await Telephone.open(await page.context().newPage(), world.sandbox, CUSTOMER, STEPPE);
  await telephone.write("Call me when it is ready.");
  const calls = new Calls(panel);
  await calls.permissions();
  await expect(panel.row(NAME)).toBeVisible(LATE);
  await panel.row(NAME).getByRole("button", { name: permission.ask }).click();
  await expect(panel.main).toContainText(permission.done);
  await telephone.page.getByRole("button", { name: "Choose preference" }).last().click();
  await telephone.page.getByRole("dialog", { name: "Choose preference" }).getByRole("button", { name: "Allow", exact: true }).click();
  await expect(panel.row(NAME)).toContainText(permission.is.temporary, LATE);
});

for (const language of ["en", "ru"] as const) {
  test(`the pages read well and are accessible, ${language}`, async ({ page, context, baseURL }) => {
    const panel = new Panel(page, WORDS[language]);
    const url = baseURL ?? "";
    for (const theme of ["light", "dark"]) {
      await context.addCookies([
        { name: "thoth_language", value: language, url },
        { name: "thoth_theme", value: theme, url },
      ]);
      const calls = new Calls(panel);
      await calls.list();
      await expect(panel.row(NAME).first()).toBeVisible();
      await look(page, { language, at: `the calls, ${theme}` });
      await calls.permissions();
      await look(page, { language, at: `who may be called, ${theme}` });
    }
  });
}
