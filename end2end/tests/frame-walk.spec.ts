import type { FrameLocator } from "@playwright/test";
import { toCopy } from "../pages/copy";
import { Dashboard } from "../pages/dashboard";
import { fill, write } from "../pages/form";
import { Gate } from "../pages/gate";
import { Portal } from "../pages/portal";
import { gist, type Words } from "../pages/words";
import { GULIN, META_APP, STEPPE, WABA } from "../world/facts";
import { ask } from "../world/panel";
import { expect, test } from "./bare";
import { converse, LATE, TILE } from "./steps";

const EMAIL = "svetlana@thoth.example";
const PASSWORD = "another long password";

test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|409|422)/));

const room = (frame: FrameLocator, words: Words, name: string) =>
  frame.getByRole("navigation", { name: words.frame.rooms }).getByRole("link", { name });

/** Presses "Use this number" of a number in the frame. */
async function useNumber(frame: FrameLocator, words: Words, number: string): Promise<void> {
  const offered = frame.getByRole("listitem").filter({ hasText: number });
  await offered.getByRole("link", { name: words.phone.use_number }).click();
  await expect(frame.locator("#phone")).toHaveValue(number);
}

for (const [language, business, colleague] of [
  ["en", GULIN, "Svetlana"],
  ["ru", { ...GULIN, portal: STEPPE.portal }, "Oleg"],
] as const) {
  test.describe(language, () => {
    test.use({ language });

    test("an end-user does everything inside Bitrix24's frame", async ({ admin, sit, bare }) => {
      const { words } = admin.panel;
      await admin.panel.page.goto("/users/new");
      await fill(admin.panel, { email: EMAIL, password: PASSWORD, role: "user" }, words.users.add);
      await expect(admin.panel.main).toContainText(EMAIL);

      // The keys are typed in outside; it is the only thing that is.
      const seat = await sit();
      const { panel } = seat;
      await panel.page.goto("/sign-in");
      await new Gate(panel.page, words).signIn(EMAIL, PASSWORD);
      await expect(panel.title(words.overview.title)).toBeVisible();
      const portal = await Portal.open(await seat.tab(), bare.sandbox, business.portal);
      const values = await ask(panel.page, "portal_values", {});
      const { handler, install, scopes } = values;
      const keys = await portal.addApp({ handler, install, apiOnly: false, scopes });
      await panel.page.goto("/portals/new");
      await fill(panel, { client_id: keys.id, client_secret: keys.secret }, words.form.save);
      await expect(panel.page).toHaveURL(/\/portals\/(?!new)/);

      const frame = await portal.openApp();
      await expect(frame.getByRole("navigation", { name: words.frame.rooms })).toBeVisible(LATE);
      await room(frame, words, words.wabas.title).click();
      await frame.getByRole("link", { name: words.wabas.add }).first().click();
      const dashboard = await Dashboard.open(await seat.tab(), bare.sandbox);
      const token = await dashboard.token("permanent");
      await write(frame, { access_token: "EAAwrong", waba_id: WABA.gulin, app_id: META_APP.id, app_secret: META_APP.secret });
      await frame.getByRole("button", { name: words.wabas.add, exact: true }).click();
      await expect(frame.locator("#access_token-note")).toContainText(gist(words.problem.token_refused));
      await write(frame, { access_token: token, app_secret: META_APP.secret });
      await frame.getByRole("button", { name: words.wabas.add, exact: true }).click();
      await expect(frame.getByText(gist(words.waba.says.not_verified))).toBeVisible();
      await dashboard.verify(await toCopy(frame, words.wabas.callback), await toCopy(frame, words.wabas.verify_token));
      await expect(dashboard.verdict).toContainText("Verified and saved");
      await dashboard.subscribe();
      await expect(frame.getByText(gist(words.waba.says.verified)).first()).toBeVisible();

      await room(frame, words, words.phones.mine).click();
      await frame.getByRole("link", { name: words.phone.add }).first().click();
      await useNumber(frame, words, business.number);
      await frame.getByRole("button", { name: words.form.save, exact: true }).click();
      await expect(frame.getByRole("heading", { level: 1, name: business.number })).toBeVisible();
      const connector = frame.locator("li.health[data-tone=ok]").filter({ hasText: gist(words.check.active) });
      await expect(connector).toBeVisible(LATE);
      await converse(seat, bare, business);

      // A line that is connected in the Contact Center: nobody is free, then somebody is, then it leads there.
      await portal.createLine("Second");
      await portal.connect(TILE, "Second");
      await expect(frame.getByText(words.phone.line_nobody, { exact: true })).toBeVisible(LATE);
      await frame.getByRole("link", { name: words.phone.add }).first().click();
      await useNumber(frame, words, "+77272000222");
      await write(frame, { portal: "" });
      await frame.getByRole("button", { name: words.form.save, exact: true }).click();
      await expect(frame.getByRole("heading", { level: 1, name: "+77272000222" })).toBeVisible();
      await portal.connect(TILE, "Second");
      const free = frame.getByRole("listitem").filter({ hasText: "+77272000222" });
      await free.getByRole("button", { name: words.phone.take_number }).click();
      await expect(frame.getByRole("heading", { level: 1, name: "+77272000222" })).toBeVisible();
      await expect(connector).toBeVisible(LATE);
      await portal.connect(TILE, "Second");
      await expect(frame.getByRole("heading", { level: 1, name: "+77272000222" })).toBeVisible(LATE);

      expect(await portal.page.context().cookies(bare.thoth.url), "a frame needs no cookie").toEqual([]);
      await portal.be(colleague);
      await portal.openApp();
      const denied = language === "en" ? "Administrators of the portal may open this page" : "Страница доступна администраторам портала";
      await expect(frame.getByText(denied)).toBeVisible();
      await portal.page.goto(`${bare.thoth.url}/frame/bogus/phones`);
      await expect(portal.page.getByText(/This page has expired|Страница устарела/).first()).toBeVisible();
    });
  });
}

test("a frame opens without an application token, with options that are none", async ({ admin, bare }) => {
  const { page, words } = admin.panel;
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  await bare.sandbox.faults({ refuse: { page_token: true, options: true } });
  const { handler, install, scopes } = await ask(page, "portal_values", {});
  const keys = await portal.addApp({ handler, install, apiOnly: false, scopes });
  await page.goto("/portals/new");
  await fill(admin.panel, { client_id: keys.id, client_secret: keys.secret }, words.form.save);
  await expect(page).toHaveURL(/\/portals\/(?!new)/);
  const frame = await portal.openApp();
  await expect(frame.getByRole("navigation", { name: words.frame.rooms })).toBeVisible(LATE);
  await expect(admin.panel.main.locator("ol.steps li.step[data-tone=ok]")).toHaveCount(6, LATE);
});
