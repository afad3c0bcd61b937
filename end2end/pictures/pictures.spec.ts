import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Calling } from "../pages/calling";
import { fill, refused } from "../pages/form";
import { firstOf, Panel } from "../pages/panel";
import { type Language, type Theme, WORDS } from "../pages/words";
import { expect, test } from "../tests/fixtures";
import { type Business, GULIN, type Person, STEPPE } from "../world/facts";
import type { World } from "../world/world";
import { sheet, single } from "./sheet";
import { tell } from "./story";

const DOCS = join(import.meta.dirname, "..", "..", "docs", "img");

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|422)/));

test("the pictures of the papers", async ({ page, panel, context, world }) => {
  mkdirSync(DOCS, { recursive: true });
  const { telephone, operator } = await tell(world, context);
  await telephone.page.setViewportSize({ width: 640, height: 720 });
  await operator.page.setViewportSize({ width: 640, height: 720 });
  const [left, right] = [await telephone.page.screenshot(), await operator.page.screenshot()];
  const both = await context.newPage();
  await both.setViewportSize({ width: 1280, height: 720 });
  await both.setContent(
    `<body style="margin:0;display:flex">${[left, right]
      .map((picture) => `<img alt="" width="640" src="data:image/png;base64,${picture.toString("base64")}">`)
      .join("")}</body>`,
  );
  await both.screenshot({ path: join(DOCS, "conversation.png") });
  await telephone.page.close();
  await operator.page.close();

  await panel.open("/");
  await page.screenshot({ path: join(DOCS, "overview.png") });
  await world.sandbox.faults({ portal: { fail_every: 1, fail_status: 503 } });
  await world.sandbox.says("daniyar", GULIN, "Can I change the address of my order?");
  await panel.open("/deliveries");
  await expect(panel.row("+77015550193", WORDS.en.delivery.state.waiting)).toContainText("next try");
  await page.screenshot({ path: join(DOCS, "deliveries.png") });
});

interface Shot {
  name: string;
  as: Person | "nobody";
  open: (panel: Panel, empty: string, world: World) => Promise<void>;
  /** Leaves the world as it was. */
  after?: (panel: Panel) => Promise<void>;
}

/** A page of the first thing in a list. */
const one = (list: string, part = "") => async (panel: Panel) =>
  panel.open(`${await firstOf(panel.page, list)}${part}`);

/** A form that was sent with something wrong in it. */
const wrong = (path: string, form: Record<string, string>, field: string, action: (panel: Panel) => string, said: (panel: Panel) => string) =>
  async (panel: Panel) => {
    await panel.open(path);
    await fill(panel, form, action(panel));
    await refused(panel.page, field, said(panel));
  };

const at = (path: string) => (panel: Panel) => panel.open(path);
const delivery = (state: string, number: string) => async (panel: Panel) => {
  await panel.open(`/deliveries?state=${state}&q=${number}`);
  await panel.row(number).first().getByRole("link").click();
  await expect(panel.title(panel.words.delivery.title)).toBeVisible();
  await expect(panel.page.getByRole("region", { name: panel.words.delivery.timeline })).toBeVisible();
};

const destination = (of: Business) => async (panel: Panel, _: string, { sandbox }: World) => {
  const name = sandbox.domain(of.portal);
  await panel.open("/deliveries/destinations");
  await panel.row(name).getByRole("link").click();
  await expect(panel.title(name)).toBeVisible();
};

const SHOTS: Shot[] = [
  { name: "sign-in", as: "nobody", open: async (panel) => void (await panel.page.goto("/sign-in")) },
  {
    name: "sign-in-failed",
    as: "nobody",
    open: async (panel) => {
      await panel.page.goto("/sign-in");
      await panel.page.getByLabel(panel.words.sign_in.email).fill(`x${Math.random()}@thoth.example`);
      await panel.page.getByLabel(panel.words.sign_in.password).fill("wrong");
      await panel.page.getByRole("button", { name: panel.words.sign_in.action, exact: true }).click();
      await expect(panel.page.getByRole("alert")).not.toBeEmpty();
    },
  },
  { name: "setup", as: "nobody", open: async (panel, empty) => void (await panel.page.goto(empty)) },
  { name: "setup-used", as: "nobody", open: async (panel, empty) => void (await panel.page.goto(`${empty}x`)) },
  { name: "not-found", as: "nobody", open: async (panel) => void (await panel.page.goto("/nowhere")) },
  { name: "overview", as: "admin", open: at("/") },
  { name: "overview-empty", as: "newcomer", open: at("/") },
  { name: "phones", as: "admin", open: at("/phones") },
  { name: "phones-empty", as: "newcomer", open: at("/phones") },
  { name: "deliveries", as: "admin", open: at("/deliveries") },
  { name: "deliveries-all", as: "admin", open: at("/deliveries?state=all") },
  { name: "deliveries-no-match", as: "admin", open: at("/deliveries?q=nothing") },
  { name: "deliveries-empty", as: "newcomer", open: at("/deliveries") },
  { name: "delivery-refused", as: "admin", open: delivery("failed", "77015550160") },
  { name: "delivery-waiting", as: "admin", open: delivery("waiting", "77015550193") },
  { name: "delivery-delivered", as: "admin", open: delivery("delivered", "77015550144") },
  { name: "dead-letters", as: "admin", open: at("/deliveries/dead") },
  { name: "dead-letters-empty", as: "newcomer", open: at("/deliveries/dead") },
  {
    name: "dead-letters-cause",
    as: "admin",
    open: async (panel) => {
      await panel.open("/deliveries/dead");
      await panel.main.locator("tbody .row-link").first().click();
      await expect(panel.title(panel.words.queue.dead.cause)).toBeVisible();
    },
  },
  { name: "dead-letters-gone", as: "admin", open: at("/deliveries/dead/cause") },
  { name: "destinations", as: "admin", open: at("/deliveries/destinations") },
  { name: "destinations-empty", as: "newcomer", open: at("/deliveries/destinations") },
  { name: "destination", as: "admin", open: destination(STEPPE) },
  { name: "destination-waits", as: "admin", open: destination(GULIN) },
  {
    name: "destination-held",
    as: "admin",
    open: async (panel, _, world) => {
      await destination(STEPPE)(panel, _, world);
      await panel.page.getByLabel(panel.words.queue.destination.reason).fill("The portal moves tonight");
      await panel.page.getByRole("button", { name: panel.words.queue.destination.hold, exact: true }).click();
      await expect(panel.main).toContainText(panel.words.queue.destination.done_hold);
    },
    after: async (panel) => {
      await panel.page.getByRole("button", { name: panel.words.queue.destination.resume, exact: true }).click();
      await expect(panel.main).toContainText(panel.words.queue.destination.done_resume);
    },
  },
  { name: "delivery-missing", as: "admin", open: async (panel) => void (await panel.page.goto("/deliveries/dlv_1")) },
  {
    name: "phones-error",
    as: "admin",
    open: async (panel) => {
      await panel.open("/");
      await panel.page.route("**/api/panel/phones*", (route) => route.abort());
      await panel.room(panel.words.phones.title).click();
      await expect(panel.main.getByRole("alert")).toBeVisible();
    },
  },
  { name: "wabas", as: "admin", open: at("/wabas") },
  { name: "wabas-empty", as: "newcomer", open: at("/wabas") },
  { name: "wabas-login-stale", as: "admin", open: at("/wabas?login=stale") },
  { name: "waba", as: "admin", open: one("/wabas") },
  { name: "waba-new", as: "admin", open: at("/wabas/new") },
  {
    name: "waba-new-refused",
    as: "admin",
    open: wrong("/wabas/new", { access_token: "EAAwrong" }, "access_token", (panel) => panel.words.wabas.add, (panel) => panel.words.problem.token_refused),
  },
  { name: "waba-edit", as: "admin", open: one("/wabas", "/edit") },
  { name: "waba-delete", as: "admin", open: one("/wabas", "/delete") },
  { name: "portals", as: "admin", open: at("/portals") },
  { name: "portals-empty", as: "newcomer", open: at("/portals") },
  { name: "portal", as: "admin", open: one("/portals") },
  { name: "portal-new", as: "admin", open: at("/portals/new") },
  {
    name: "portal-new-refused",
    as: "admin",
    open: wrong("/portals/new", { client_id: "abc" }, "client_id", (panel) => panel.words.form.save, (panel) => panel.words.problem.client_id_invalid),
  },
  { name: "portal-edit", as: "admin", open: one("/portals", "/edit") },
  { name: "portal-delete", as: "admin", open: one("/portals", "/delete") },
  { name: "phone-new", as: "admin", open: at("/phones/new") },
  { name: "phone-new-without-waba", as: "newcomer", open: at("/phones/new") },
  {
    name: "phone-new-refused",
    as: "admin",
    open: wrong("/phones/new", { phone: "12" }, "phone", (panel) => panel.words.form.save, (panel) => panel.words.problem.phone_invalid),
  },
  { name: "phone-edit", as: "admin", open: one("/phones", "/edit") },
  { name: "phone-line", as: "admin", open: one("/phones", "/line") },
  { name: "phone-delete", as: "admin", open: one("/phones", "/delete") },
  { name: "calling", as: "admin", open: one("/phones", "/calling") },
  { name: "calling-check", as: "admin", open: one("/phones", "/calling/check") },
  { name: "calling-why", as: "admin", open: one("/phones", "/calling/why") },
  { name: "calling-setup", as: "admin", open: one("/phones", "/calling/setup") },
  { name: "calling-password", as: "admin", open: one("/phones", "/calling/password") },
  { name: "calling-password-new", as: "admin", open: one("/phones", "/calling/password/new") },
  { name: "calling-history", as: "admin", open: one("/phones", "/calling/history") },
  {
    name: "calling-more",
    as: "admin",
    open: async (panel) => {
      await one("/phones", "/calling")(panel);
      await new Calling(panel.page, panel.words).more();
    },
  },
  {
    name: "calling-refused",
    as: "admin",
    open: async (panel) => {
      await one("/phones", "/calling")(panel);
      const calling = new Calling(panel.page, panel.words);
      await calling.set({ calling: true, sip: true, host: "no host" });
      await calling.save.click();
      await refused(panel.page, "host", panel.words.problem.host_invalid);
    },
  },
  {
    name: "calling-hours-refused",
    as: "admin",
    open: async (panel) => {
      await one("/phones", "/calling")(panel);
      const { page } = panel;
      const calling = new Calling(page, panel.words);
      await calling.set({ calling: true, sip: true, host: "sip.steppe.example" });
      await calling.more();
      await page.locator("#hours").check();
      await fill(panel, { timezone: "Asia/Almaty", monday_from_1: "18:00", monday_until_1: "09:00", holiday_1_date: "2020-01-01" }, panel.words.form.save);
      await refused(page, "holiday_1", panel.words.problem.date_past);
    },
  },
  {
    name: "calling-checked",
    as: "admin",
    open: async (panel) => {
      await one("/phones", "/calling/check")(panel);
      await fill(panel, { host: "nowhere.invalid" }, panel.words.calling.check.run);
      await expect(panel.main.getByRole("region", { name: panel.words.calling.check.report })).toContainText("nowhere.invalid", { timeout: 30_000 });
    },
  },
  { name: "calls", as: "admin", open: at("/calls") },
  { name: "calls-empty", as: "newcomer", open: at("/calls") },
  { name: "call-permissions", as: "admin", open: at("/calls/permissions") },
  { name: "call-permissions-empty", as: "newcomer", open: at("/calls/permissions") },
  {
    name: "phone-red",
    as: "admin",
    open: async (panel, _, { sandbox }) => {
      await sandbox.faultsClear();
      await sandbox.faults({ refuse: { status_error: true } });
      await one("/phones")(panel);
      await panel.main.getByRole("button", { name: panel.words.phone.link_again }).click();
      await expect(panel.main.locator("[data-tone=failed]").first()).toBeVisible();
      await sandbox.faultsClear();
    },
  },
  {
    name: "phone-linking",
    as: "admin",
    open: async (panel, _, { sandbox }) => {
      await sandbox.faults({ portal: { latency_ms: 1_500 } });
      await one("/phones")(panel);
      await panel.main.getByRole("button", { name: panel.words.phone.link_again }).click();
      await expect(panel.main.locator("ol.steps li.step[data-tone=ok]").first()).toBeVisible();
      await sandbox.faultsClear();
    },
  },
  {
    name: "phone-green",
    as: "admin",
    open: async (panel) => {
      await one("/phones")(panel);
      await panel.main.getByRole("button", { name: panel.words.phone.link_again }).click();
      await expect(panel.main.locator("ol.steps")).toHaveCount(0);
    },
  },
  { name: "users", as: "admin", open: at("/users") },
  { name: "users-not-allowed", as: "newcomer", open: at("/users") },
  { name: "user", as: "admin", open: one("/users") },
  { name: "user-new", as: "admin", open: at("/users/new") },
  { name: "user-delete", as: "admin", open: one("/users", "/delete") },
  { name: "account", as: "admin", open: at("/account") },
  {
    name: "account-refused",
    as: "newcomer",
    open: wrong("/account", { current: "wrong", password: "long enough to be one" }, "current", (panel) => panel.words.account.password_change, (panel) => panel.words.problem.password_wrong),
  },
  { name: "settings", as: "admin", open: at("/settings") },
  {
    name: "menu-account",
    as: "admin",
    open: async (panel) => {
      await panel.open("/");
      await panel.menu(panel.words.account.label);
    },
  },
  {
    name: "menu-theme",
    as: "admin",
    open: async (panel) => {
      await panel.open("/");
      await panel.menu(panel.words.preferences.theme);
    },
  },
];

const LOOKS = (["en", "ru"] as Language[]).flatMap((language) =>
  (["light", "dark"] as Theme[]).map((theme) => ({ language, theme })),
);
const SIZES = [
  { width: 1280, height: 800, isMobile: false },
  { width: 390, height: 844, isMobile: true },
];

for (const shot of SHOTS) {
  test(`a sheet of ${shot.name}`, async ({ browser, session, baseURL, empty, world }) => {
    const setup = await empty.setupLink();
    const taken = [];
    for (const { language, theme } of LOOKS) {
      for (const { width, height, isMobile } of SIZES) {
        const context = await browser.newContext({
          baseURL,
          viewport: { width, height },
          isMobile,
          hasTouch: isMobile,
          storageState: shot.as === "nobody" ? undefined : await session(shot.as),
        });
        await context.addCookies(
          Object.entries({ thoth_language: language, thoth_theme: theme }).map(([name, value]) => ({
            name,
            value,
            url: baseURL ?? "",
          })),
        );
        const page = await context.newPage();
        await shot.open(new Panel(page, WORDS[language]), setup, world);
        const path = single(`${shot.name}-${language}-${theme}-${width}`);
        await page.screenshot({ path, fullPage: true });
        await shot.after?.(new Panel(page, WORDS[language]));
        taken.push({ path, width });
        await context.close();
      }
    }
    await sheet(browser, shot.name, taken);
  });
}
