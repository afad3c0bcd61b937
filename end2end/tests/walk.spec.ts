import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { toCopy } from "../pages/copy";
import { Dashboard } from "../pages/dashboard";
import { Facebook } from "../pages/facebook";
import { accessible, fits, speaks } from "../pages/look";
import { Operator } from "../pages/operator";
import type { Panel } from "../pages/panel";
import { Portal } from "../pages/portal";
import { Telephone } from "../pages/telephone";
import { GULIN, META_APP } from "../world/facts";
import { expect, test } from "./bare";

/** Pictures of the guide are taken when it is asked for: `GUIDE=1`. */
const GUIDE = process.env.GUIDE ? join(import.meta.dirname, "..", "..", "docs", "img", "guide") : undefined;
const LATE = { timeout: 30_000 };

test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|422)/));

async function picture(panel: Panel, name: string): Promise<void> {
  if (!GUIDE || panel.words.wabas.add !== "Add waba") return;
  mkdirSync(GUIDE, { recursive: true });
  await panel.page.screenshot({ path: join(GUIDE, `${name}.png`) });
}

for (const [language, apiOnly, scripted] of [
  ["en", false, true],
  ["en", true, true],
  ["en", true, false],
] as const) {
  const way = `${language}, ${apiOnly ? "API only" : "with a page"}, ${scripted ? "with" : "without"} a script`;
  test.describe(way, () => {
    test.use({ language, scripted });

    test("from nothing to a conversation by clicking", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const { sandbox } = bare;
      const dashboard = await Dashboard.open(await admin.tab(), sandbox);
      const look = async () => {
        if (!scripted) return;
        const at = new URL(page.url()).pathname;
        await speaks(page, language, at);
        await accessible(page, at);
        await fits(page, at);
      };

      await page.goto("/settings");
      await panel.main.locator("#app_id").fill(META_APP.id);
      await panel.main.locator("#app_secret").fill(META_APP.secret);
      await panel.main.locator("#config_id").fill(META_APP.config);
      await panel.main.getByRole("button", { name: words.form.save, exact: true }).click();
      await expect(panel.main).toContainText(words.form.saved);
      await picture(panel, "settings");
      await dashboard.allowRedirect(await toCopy(page, words.settings.redirect));

      await page.goto("/wabas/new");
      await picture(panel, "waba-new");
      await page.getByRole("link", { name: words.facebook.connect }).click();
      await new Facebook(page).agree(["Steppe Coffee"]);
      await expect(panel.title(words.facebook.title)).toBeVisible();
      await picture(panel, "facebook-found");
      await panel.main.locator(`input[value="${GULIN.phoneId}"]`).uncheck();
      await panel.main.getByRole("button", { name: words.facebook.action }).click();
      await expect(page).toHaveURL(/\/wabas\/wab/);
      await picture(panel, "waba");
      await dashboard.verify(await toCopy(page, words.wabas.callback), await toCopy(page, words.wabas.verify_token));
      await expect(dashboard.verdict).toContainText("Verified and saved");

      await page.goto("/portals/new");
      await look();
      const values = await page.evaluate(() => [...document.querySelectorAll("main code")].map((code) => code.getAttribute("title") ?? code.textContent ?? ""));
      const path = (end: string) => values.find((value) => value.endsWith(end)) ?? "";
      const scopes = values.filter((value) => /imopenlines/.test(value)).flatMap((value) => value.split(/[,\s]+/)).filter(Boolean);
      const every = scopes.length > 1 ? scopes : values.filter((value) => /^[a-z_]+$/.test(value));
      const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
      const keys = await portal.addApp({
        handler: path(apiOnly ? "/api/bitrix/" : "/app-settings/"),
        install: path(apiOnly ? "/api/bitrix/" : "/app-install/"),
        apiOnly,
        scopes: every,
      });
      await panel.main.locator("#client_id").fill(keys.id);
      await panel.main.locator("#client_secret").fill(keys.secret);
      await panel.main.getByRole("button", { name: words.form.save, exact: true }).click();
      await expect(page).toHaveURL(/\/portals\/(?!new)/);
      if (!apiOnly) {
        const frame = await portal.openApp();
        await expect(frame.getByRole("heading", { level: 1, name: /THOTH/ })).toBeHidden(LATE);
      }
      if (!scripted) await page.reload();
      await expect(panel.main).toContainText(words.portals.state.installed, LATE);
      await look();
      await picture(panel, "portal");

      await page.goto("/phones/new");
      await look();
      const offered = panel.main.getByRole("listitem").filter({ hasText: GULIN.number.slice(1, 6) });
      await offered.or(panel.main.locator("tr").filter({ hasText: GULIN.number })).first().getByRole("link", { name: words.phone.use_number }).click();
      await expect(panel.main.locator("#phone_id")).toHaveValue(GULIN.phoneId);
      await panel.main.locator("#portal").selectOption({ index: 1 });
      await picture(panel, "phone-new");
      await panel.main.getByRole("button", { name: words.form.save, exact: true }).click();
      await expect(page).toHaveURL(/\/phones\/(?!new)/);
      await picture(panel, "phone-linking");
      await portal.contactCenter();
      await expect(portal.tile("WhatsApp (THOTH)")).toContainText("Connected", LATE);
      await expect(portal.tile("WhatsApp (THOTH)")).not.toContainText("Not connected", LATE);

      const telephone = await Telephone.open(await admin.tab(), sandbox, "aigerim", GULIN);
      const operator = await Operator.open(await admin.tab(), sandbox, GULIN);
      await telephone.write("Do you deliver today?");
      await operator.choose("Aigerim");
      await operator.answer("Until nine in the evening.");
      await expect(telephone.message("Business", "Until nine in the evening.")).toBeVisible();
      await page.reload();
      await expect(panel.main).toContainText(words.phone.health.heard_yes);
      await look();
      await picture(panel, "phone-green");

      if (apiOnly) return;
      // The same inside Bitrix24: no session but the frame's.
      await portal.contactCenter();
      const frame = await portal.openApp();
      await expect(frame.getByText(GULIN.number).first()).toBeVisible(LATE);
      if (GUIDE && language === "en") await portal.page.screenshot({ path: join(GUIDE, "framed.png") });
    });
  });
}
