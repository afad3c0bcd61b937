import AxeBuilder from "@axe-core/playwright";
import { tabbed } from "../pages/keyboard";
import { look } from "../pages/look";
import { Portal } from "../pages/portal";
import { GULIN, STEPPE } from "../world/facts";
import { ask } from "../world/panel";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, LATE } from "./steps";

test.describe.configure({ timeout: 150_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|422)/));

for (const [language, business] of [
  ["en", GULIN],
  ["ru", { ...GULIN, portal: STEPPE.portal }],
] as const) {
  test.describe(language, () => {
    test.use({ language });

    test("every page inside Bitrix24 reads well, fits and is accessible", async ({ admin, bare }) => {
      const { page, words } = admin.panel;
      const portal = await Portal.open(await admin.tab(), bare.sandbox, business.portal);

      // What the installation says while it waits, as it stands in the portal's page.
      const { handler, install, scopes } = await ask(page, "portal_values", {});
      await portal.addApp({ handler, install, apiOnly: false, scopes }, "Waiting");
      const waiting = await portal.openApp("Waiting");
      await expect(waiting.getByRole("button")).toBeVisible(LATE);
      const found = await new AxeBuilder({ page: portal.page }).include("iframe.app").analyze();
      expect.soft(found.violations.map((rule) => rule.id), "the waiting installation: axe").toEqual([]);
      await portal.deleteApp("Waiting");

      const waba = await connectWaba(admin, bare);
      const portalId = await connectPortal(page, portal);
      const phone = await connectPhone(page, waba, portalId, business);
      const frame = await portal.openApp();
      await expect(frame.getByRole("navigation", { name: words.frame.rooms })).toBeVisible(LATE);
      const shown = portal.page.frames().find((one) => one.url().includes("/frame/"));
      const base = /^.*\/frame\/[^/]+/.exec(shown?.url() ?? "")?.[0] ?? "";
      expect(base).not.toBe("");

      // The same addresses alone in a window, where they can be looked at.
      const window = await portal.page.context().newPage();
      for (const path of [
        "/phones",
        "/phones/new",
        `/phones/${phone}`,
        `/phones/${phone}/edit`,
        `/phones/${phone}/line`,
        `/phones/${phone}/delete`,
        "/lines/1",
        "/wabas",
        "/wabas/new",
        `/wabas/${waba}`,
        `/wabas/${waba}/edit`,
        "/portals",
        `/portals/${portalId}`,
      ]) {
        await window.goto(`${base}${path}`);
        await expect(window.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(window.getByRole("main")).not.toContainText(words.problem.not_found);
        await look(window, { language, at: `in the frame ${path.replace(/_[0-9a-f]+/, "")}` });
      }
      await window.goto(`${base}/phones`);
      await expect(window.getByText(GULIN.number)).toBeVisible();
      await tabbed(window, "in the frame /phones");
      await window.goto(`${bare.thoth.url}/frame/bogus/phones`);
      const expired = await new AxeBuilder({ page: window }).analyze();
      expect.soft(expired.violations.map((rule) => rule.id), "an expired page: axe").toEqual([]);
    });
  });
}
