import type { Page } from "@playwright/test";
import { Calling } from "../pages/calling";
import { note, toCopy } from "../pages/copy";
import { look } from "../pages/look";
import { firstOf, Panel } from "../pages/panel";
import { WORDS } from "../pages/words";
import { EMAIL, STEPPE } from "../world/facts";
import { picture } from "../world/guide";
import type { Sandbox } from "../world/sandbox";
import { expect, test } from "./fixtures";
import { LATE } from "./steps";

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.use({ as: "dana" });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422|502|503)/));

const HOST = "sip.steppe.example";

/** How many conversations a day the number may begin: calling needs 2000. */
const limited = (sandbox: Sandbox, limit: string) => sandbox.post(`/api/calling/${STEPPE.phoneId}`, { limit });

/** The page of the end-user's own phone, by its links. */
async function open(page: Page, calling: Calling): Promise<string> {
  await page.goto(await firstOf(page, "/phones"));
  await calling.way.click();
  await expect(calling.save).toBeVisible();
  return new URL(page.url()).pathname;
}

test("on a telephone the present tab is in sight, however far along it stands", async ({ page, panel }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const calling = new Calling(page, panel.words);
  const path = await open(page, calling);
  await expect(calling.tab("settings")).toBeInViewport({ ratio: 1 });
  await panel.open(`${path}/history`);
  await expect(calling.tab("history")).toBeInViewport({ ratio: 1 });
  await calling.tab("password").click();
  await expect(panel.title(panel.words.calling.nav.password)).toBeVisible();
  await expect(calling.tab("password")).toBeInViewport({ ratio: 1 });
  await page.goto(`${path}/why`);
  await expect(calling.tab("why")).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => window.scrollY), "the page itself does not move").toBe(0);
});

test("an end-user turns calling on, reads why Meta refuses, mends it and sees green", async ({ page, panel, world }) => {
  const { words } = panel;
  const calling = new Calling(page, words);
  await limited(world.sandbox, "TIER_250");
  const path = await open(page, calling);
  await expect(calling.choice(words.calling.health.calling, false)).toBeChecked();
  await expect(page.locator("#port")).toHaveValue("5061");

  await calling.set({ calling: true, sip: true, host: "no host" });
  await calling.save.click();
  await expect(note(page, "host")).toContainText(words.problem.host_invalid);
  await expect(calling.choice(words.calling.health.sip, true)).toBeChecked();

  await calling.set({ host: HOST });
  await calling.save.click();
  await expect(calling.error).toContainText("138015");
  await expect(calling.error).toContainText(words.calling.error.remedy);
  await expect(calling.error.getByRole("link", { name: words.calling.error.meta })).toHaveAttribute("href", /calling\/troubleshooting/);
  await expect(calling.error.getByRole("link", { name: words.calling.error.guide })).toHaveAttribute("href", "/guide/calling#138015");
  await expect(page.locator("#host")).toHaveValue(HOST);
  await expect(calling.choice(words.calling.health.calling, true)).toBeChecked();

  await picture(calling.error, "guide/calling-error.png");
  await limited(world.sandbox, "TIER_2K");
  await calling.save.click();
  await expect(panel.main).toContainText(words.form.saved);
  await calling.isGreen();
  await picture(page.locator("body"), "guide/calling.png");
  await expect(page.locator("#host")).toHaveValue(HOST);

  await panel.open(path);
  await calling.isGreen();
  await calling.tab("check").click();
  await panel.main.getByRole("button", { name: words.calling.check.run, exact: true }).click();
  const report = panel.main.getByRole("region", { name: words.calling.check.report });
  await expect(report).toContainText(HOST, { timeout: 30_000 });
  await picture(report, "guide/calling-check.png");
  await calling.tab("setup").click();
  await expect(panel.main).toContainText("pjsip.conf");
  await picture(page.locator("body"), "guide/calling-setup.png");
  await calling.tab("history").click();
  await expect(calling.events.first()).toBeVisible();
  await picture(page.locator("body"), "guide/calling-history.png");
  const saved = calling.events.filter({ hasText: words.calling.history.kind.saved }).first();
  await expect(saved).toContainText(EMAIL.dana);
  await expect(calling.events.filter({ hasText: words.calling.history.kind.failed }).first()).toContainText("138015");
});

test("whoever leaves while the server is tested is not brought back", async ({ page, panel }) => {
  const { words } = panel;
  const calling = new Calling(page, words);
  await open(page, calling);
  await calling.tab("check").click();
  let left = () => {};
  const away = new Promise<void>((resolve) => (left = resolve));
  await page.route("**/calling_trunk", async (route) => {
    const response = await route.fetch();
    await away;
    await route.fulfill({ response });
  });
  const tested = page.waitForResponse("**/calling_trunk");
  await panel.main.getByRole("button", { name: words.calling.check.run, exact: true }).click();
  await calling.tab("history").click();
  await expect(calling.events.first()).toBeVisible();
  left();
  const answer = await tested;
  // What leads a page with a script elsewhere; without it nothing does, now or later.
  expect(answer.headers()).not.toHaveProperty("serverfnredirect");
  await answer.finished();
  expect(new URL(page.url()).pathname).toMatch(/\/calling\/history$/);
  await expect(calling.events.first()).toBeVisible();
});

test("the password is shown on purpose alone, and the history keeps that it was", async ({ page, panel }) => {
  const { words } = panel;
  const calling = new Calling(page, words);
  await open(page, calling);
  await calling.tab("password").click();
  expect(await toCopy(page, words.calling.password.username)).toBe(STEPPE.number.slice(1));
  await expect(page.locator(".copy-line")).toHaveCount(1);
  await panel.main.getByRole("button", { name: words.calling.password.show }).click();
  const password = await toCopy(page, words.calling.password.password);
  expect(password.length).toBeGreaterThan(5);
  await calling.tab("history").click();
  await expect(calling.events.filter({ hasText: words.calling.history.kind.revealed }).first()).toContainText(EMAIL.dana);
  await calling.tab("password").click();
  await expect(panel.main.getByRole("button", { name: words.calling.password.show })).toBeVisible();
  await expect(panel.main).not.toContainText(password);
  // Loaded anew the page has never heard of it.
  await page.goto(page.url());
  await expect(panel.main.getByRole("button", { name: words.calling.password.show })).toBeVisible();
  expect(await page.content()).not.toContain(password);
});

test("another password is made after a warning, and the history keeps who had it made", async ({ page, panel }) => {
  const { words } = panel;
  const { password } = words.calling;
  const calling = new Calling(page, words);
  const show = panel.main.getByRole("button", { name: password.show });
  await open(page, calling);
  await calling.tab("password").click();
  await show.click();
  const old = await toCopy(page, password.password);

  const renew = panel.main.getByRole("link", { name: password.new, exact: true });
  await renew.click();
  await expect(panel.title(password.new)).toBeVisible();
  await expect(panel.main).toContainText(password.new_what);
  await panel.main.getByRole("link", { name: words.form.cancel, exact: true }).click();
  await expect(show).toBeVisible();
  await show.click();
  expect(await toCopy(page, password.password)).toBe(old);

  await renew.click();
  await panel.main.getByRole("button", { name: password.new_button, exact: true }).click();
  await expect(panel.main).toContainText(password.is_new, LATE);
  await expect(show).toBeVisible();
  await expect(panel.main).not.toContainText(old);
  await show.click();
  const made = await toCopy(page, password.password);
  expect(made.length).toBeGreaterThan(5);
  expect(made).not.toBe(old);

  await calling.tab("history").click();
  const rotated = calling.events.filter({ hasText: words.calling.history.kind.rotated }).first();
  await expect(rotated).toContainText(EMAIL.dana);
  await expect(panel.main).not.toContainText(made);
  await calling.tab("settings").click();
  await calling.isGreen();
});

test("what was changed at Meta is seen, and mended one way or the other", async ({ page, panel, world }) => {
  const { words } = panel;
  const calling = new Calling(page, words);
  const path = await open(page, calling);
  await world.sandbox.post(`/api/calling/${STEPPE.phoneId}`, { icon: "DISABLE_ALL" });
  await panel.open(path);
  await panel.main.getByRole("button", { name: words.form.check_now }).click();
  const drift = panel.main.getByRole("region", { name: words.calling.drift.title });
  await expect(drift).toContainText("call_icon_visibility");
  await drift.getByRole("button", { name: words.calling.drift.write }).click();
  await expect(drift).toBeHidden();
  await calling.isGreen();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the form saves, holidays come and go, and what is wrong stands at its field", async ({ page, panel, noise }) => {
    noise.allow(/preloaded using link preload/);
    const { words } = panel;
    const calling = new Calling(page, words);
    const path = await open(page, calling);
    await calling.more();
    await page.locator("#holiday_1_date").fill("2031-12-16");
    await page.getByRole("button", { name: words.calling.hours.add, exact: true }).click();
    await expect(page.locator("#host")).toHaveValue(HOST);
    await calling.more();
    await expect(page.locator("#holiday_1_date")).toHaveValue("2031-12-16");
    await expect(page.locator("#holiday_2_date")).toHaveValue("");
    await page.locator("#hours").check();
    await page.locator("#timezone").fill("Asia/Nowhere");
    await page.locator("#monday_from_1").fill("09:00");
    await page.locator("#monday_until_1").fill("18:00");
    await calling.save.click();
    await expect(note(page, "timezone")).toContainText(words.problem.timezone_invalid);
    await page.locator("#timezone").fill("Asia/Almaty");
    await page.locator("#holiday_2_date").fill("2020-01-01");
    await calling.save.click();
    await expect(note(page, "holiday_2")).toContainText(words.problem.date_past);
    await expect(page.locator("#holiday_2_date")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#monday_from_1")).toHaveValue("09:00");
    await page.locator("#holiday_2_date").fill("");
    await calling.save.click();
    await expect(panel.main).toContainText(words.form.saved);
    await page.goto(path);
    await calling.more();
    await expect(page.locator("#monday_until_1")).toHaveValue("18:00");
    await expect(page.locator("#holiday_1_date")).toHaveValue("2031-12-16");
    await calling.isGreen();
    await page.goto(`${path}/check`);
    await panel.main.getByRole("button", { name: words.calling.check.run, exact: true }).click();
    await expect(panel.main.getByRole("region", { name: words.calling.check.report })).toContainText(HOST, LATE);
    expect(new URL(page.url()).pathname).toBe(`${path}/check`);
  });
});

for (const language of ["en", "ru"] as const) {
  test(`the pages read well and are accessible, ${language}`, async ({ page, context, baseURL }) => {
    const panel = new Panel(page, WORDS[language]);
    const calling = new Calling(page, panel.words);
    const url = baseURL ?? "";
    for (const theme of ["light", "dark"]) {
      await context.addCookies([
        { name: "thoth_language", value: language, url },
        { name: "thoth_theme", value: theme, url },
      ]);
      const at = async (place: string) => look(page, { language, at: `${place}, ${theme}` });
      const phone = await firstOf(page, "/phones");
      await panel.open(`${phone}/calling`);
      await expect(calling.save).toBeVisible();
      await calling.more();
      await at("the settings");
      for (const part of ["check", "why", "setup", "password", "password/new", "history"]) {
        await panel.open(`${phone}/calling/${part}`);
        await expect(panel.main.getByRole("heading", { level: 1 })).toBeVisible();
        await at(part);
        // Every finding has a sentence: a code has underscores, words have none.
        if (part === "why") await expect(panel.main.getByText(/\b[a-z]+_[a-z]+\b/)).toHaveCount(0);
      }
    }
  });
}
