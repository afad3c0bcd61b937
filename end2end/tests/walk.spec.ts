import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { toCopy } from "../pages/copy";
import { Dashboard } from "../pages/dashboard";
import { Facebook } from "../pages/facebook";
import { fill } from "../pages/form";
import { look as whole } from "../pages/look";
import type { Panel } from "../pages/panel";
import { Portal } from "../pages/portal";
import { gist } from "../pages/words";
import { GULIN, META_APP, STEPPE, WABA } from "../world/facts";
import { expect, type Seat, test } from "./bare";
import { converse, LATE, shows, TILE } from "./steps";

/** Pictures of the guide are taken when it is asked for: `GUIDE=1`. */
const GUIDE = process.env.GUIDE ? join(import.meta.dirname, "..", "..", "docs", "img", "guide") : undefined;

test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|409|422)/));

async function picture(panel: Panel, name: string): Promise<void> {
  if (!GUIDE || panel.words.wabas.add !== "Add waba") return;
  mkdirSync(GUIDE, { recursive: true });
  await panel.page.screenshot({ path: join(GUIDE, `${name}.png`) });
}

/** The admin's Meta app, then the login with Facebook. */
async function byFacebook({ panel }: Seat, dashboard: Dashboard): Promise<void> {
  const { page, words } = panel;
  await page.goto("/settings");
  await fill(panel, { app_id: META_APP.id, app_secret: META_APP.secret, config_id: META_APP.config }, words.form.save);
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
}

/** The same by a typed token. */
async function byToken({ panel }: Seat, dashboard: Dashboard): Promise<void> {
  await panel.page.goto("/wabas/new");
  const token = await dashboard.token("permanent");
  const form = { access_token: token, waba_id: WABA.gulin, app_id: META_APP.id, app_secret: META_APP.secret };
  await fill(panel, form, panel.words.wabas.add);
}

for (const [language, by, apiOnly, scripted] of [
  ["en", "Facebook", false, true],
  ["en", "a token", true, true],
  ["en", "a token", false, false],
  ["ru", "Facebook", false, true],
] as const) {
  const way = `${language}, by ${by}, ${apiOnly ? "API only" : "with a page"}, ${scripted ? "with" : "without"} a script`;
  test.describe(way, () => {
    test.use({ language, scripted });

    test("from nothing to a conversation by clicking", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const { sandbox } = bare;
      const dashboard = await Dashboard.open(await admin.tab(), sandbox);
      const look = async () => {
        if (scripted) await whole(page, { language, at: new URL(page.url()).pathname });
      };

      await (by === "Facebook" ? byFacebook(admin, dashboard) : byToken(admin, dashboard));
      await expect(page).toHaveURL(/\/wabas\/wab/);
      await picture(panel, "waba");
      await dashboard.verify(await toCopy(page, words.wabas.callback), await toCopy(page, words.wabas.verify_token));
      await expect(dashboard.verdict).toContainText("Verified and saved");
      await dashboard.subscribe();

      await page.goto("/portals/new");
      await look();
      const values = await page.evaluate(() => [...document.querySelectorAll("main code")].map((code) => code.getAttribute("title") ?? code.textContent ?? ""));
      const path = (end: string) => values.find((value) => value.endsWith(end)) ?? "";
      const scopes = values.filter((value) => /imopenlines/.test(value)).flatMap((value) => value.split(/[,\s]+/)).filter(Boolean);
      const every = scopes.length > 1 ? scopes : values.filter((value) => /^[a-z_]+$/.test(value));
      const office = language === "ru" ? STEPPE.portal : GULIN.portal;
      const portal = await Portal.open(await admin.tab(), sandbox, office);
      const keys = await portal.addApp({
        handler: path(apiOnly ? "/api/bitrix/" : "/app-settings/"),
        install: path(apiOnly ? "/api/bitrix/" : "/app-install/"),
        apiOnly,
        scopes: every,
      });
      await fill(panel, { client_id: keys.id, client_secret: keys.secret }, words.form.save);
      await expect(page).toHaveURL(/\/portals\/(?!new)/);
      if (!apiOnly) await portal.openApp();
      // Keys, installation, token, right, permissions and events, each with its tick.
      const ticks = panel.main.locator("ol.steps li.step[data-tone=ok]");
      await shows(page, scripted, (patience) => expect(ticks).toHaveCount(6, patience));
      await expect(panel.main).toContainText(gist(words.check.bound));
      await look();
      await picture(panel, "portal");

      await page.goto("/phones/new");
      await look();
      const offered = panel.main.getByRole("listitem").filter({ hasText: GULIN.number });
      await offered.or(panel.main.locator("tr").filter({ hasText: GULIN.number })).first().getByRole("link", { name: words.phone.use_number }).click();
      await expect(panel.main.locator("#phone_id")).toHaveValue(GULIN.phoneId);
      await panel.main.locator("#portal").selectOption({ index: 1 });
      await picture(panel, "phone-new");
      await panel.main.getByRole("button", { name: words.form.save, exact: true }).click();
      await expect(page).toHaveURL(/\/phones\/(?!new)/);
      await picture(panel, "phone-linking");
      await portal.contactCenter();
      await expect(portal.tile(TILE)).toContainText("Connected", LATE);
      await expect(portal.tile(TILE)).not.toContainText("Not connected", LATE);

      await converse(admin, bare, { ...GULIN, portal: office });
      await page.reload();
      const well = panel.main.locator("li.health[data-tone=ok]");
      for (const sentence of [words.check.active, words.phone.health.verified_yes, words.phone.health.heard_yes]) {
        await expect(well.filter({ hasText: gist(sentence) })).toBeVisible();
      }
      await expect(panel.main.locator("li.health[data-tone=failed]")).toHaveCount(0);
      await look();
      await picture(panel, "phone-green");

      if (apiOnly) return;
      // The same inside Bitrix24: no session but the frame's, and in the portal's language.
      await portal.contactCenter();
      const frame = await portal.openApp();
      await expect(frame.getByText(GULIN.number).first()).toBeVisible(LATE);
      await expect(frame.getByRole("navigation", { name: words.frame.rooms })).toBeVisible();
      expect(await portal.page.context().cookies(bare.thoth.url)).toEqual([]);
      if (GUIDE && language === "en") await portal.page.screenshot({ path: join(GUIDE, "framed.png") });
    });
  });
}
