import type { FrameLocator } from "@playwright/test";
import { Portal } from "../pages/portal";
import { expect, test } from "../tests/bare";
import { connectPhone, connectPortal, connectWaba, LATE } from "../tests/steps";
import { GULIN, STEPPE } from "../world/facts";
import { ask } from "../world/panel";
import { sheet, single } from "./sheet";

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|422)/));

for (const [language, business] of [
  ["en", GULIN],
  ["ru", { ...GULIN, portal: STEPPE.portal }],
] as const) {
  test.describe(language, () => {
    test.use({ language });

    test("a sheet of the pages inside Bitrix24", async ({ admin, bare, browser }) => {
      const { page, words } = admin.panel;
      const portal = await Portal.open(await admin.tab(), bare.sandbox, business.portal);
      const taken: { path: string; width: number }[] = [];
      const take = async (name: string) => {
        for (const width of [1280, 390]) {
          await portal.page.setViewportSize({ width, height: 844 });
          const path = single(`framed-${name}-${language}-${width}`);
          await portal.page.screenshot({ path });
          taken.push({ path, width });
        }
        await portal.page.setViewportSize({ width: 1280, height: 844 });
      };

      const { handler, install, scopes } = await ask(page, "portal_values", {});
      await portal.addApp({ handler, install, apiOnly: false, scopes }, "Waiting");
      const waiting = await portal.openApp("Waiting");
      await expect(waiting.getByRole("button")).toBeVisible(LATE);
      await take("waiting");
      await portal.deleteApp("Waiting");

      const waba = await connectWaba(admin, bare);
      const portalId = await connectPortal(page, portal);
      await connectPhone(page, waba, portalId, business);
      const frame = await portal.openApp();
      await expect(frame.getByRole("navigation", { name: words.frame.rooms })).toBeVisible(LATE);
      await take("phones");
      const room = (place: FrameLocator, name: string) =>
        place.getByRole("navigation", { name: words.frame.rooms }).getByRole("link", { name });
      // A click right after the window changed its size may miss what moved.
      await expect(async () => {
        await frame.getByRole("main").getByRole("link", { name: business.number }).click();
        await expect(frame.getByRole("heading", { level: 1, name: business.number })).toBeVisible({ timeout: 5_000 });
      }).toPass(LATE);
      await take("phone");
      await room(frame, words.wabas.title).click();
      await take("wabas");
      await frame.getByRole("link", { name: words.wabas.add }).first().click();
      await take("waba-new");
      await room(frame, words.portals.title).click();
      await take("portals");

      await portal.be(language === "en" ? "Svetlana" : "Oleg");
      await portal.openApp();
      await expect(frame.getByRole("main")).toBeVisible(LATE);
      await take("not-admin");
      await sheet(browser, `framed-${language}`, taken);
    });
  });
}
