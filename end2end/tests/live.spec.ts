import { Dashboard } from "../pages/dashboard";
import { fill } from "../pages/form";
import { Gate } from "../pages/gate";
import { Portal } from "../pages/portal";
import { gist } from "../pages/words";
import { EMAIL, GULIN, PASSWORD, WABA } from "../world/facts";
import { done, idIn } from "../world/panel";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, LATE, TILE } from "./steps";

test.describe.configure({ timeout: 150_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422)/));

test("what changes in one browser is seen in the other", async ({ admin, bare, sit }) => {
  const other = await sit();
  const { panel } = other;
  const { words } = panel;
  await panel.page.goto("/sign-in");
  await new Gate(panel.page, words).signIn(EMAIL.admin, PASSWORD);
  await expect(panel.title(words.overview.title)).toBeVisible();

  await panel.open("/wabas");
  const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
  await admin.panel.page.goto("/wabas/new");
  const form = { name: "Seen elsewhere", access_token: await dashboard.token("permanent"), waba_id: WABA.steppe };
  await fill(admin.panel, form, words.wabas.add);
  await expect(panel.row("Seen elsewhere")).toBeVisible();
  await expect(admin.panel.page).toHaveURL(/\/wabas\/wab/);
  await done(admin.panel.page, "waba_delete", { id: idIn(admin.panel.page.url()), typed: "Seen elsewhere" });
  await expect(panel.row("Seen elsewhere")).toHaveCount(0);

  // Portals, as far as they come.
  await panel.open("/portals");
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  const portalId = await connectPortal(admin.panel.page, portal);
  await expect(panel.row(words.portals.state.installed)).toBeVisible(LATE);

  // Phones, and what is known of one.
  await panel.open("/phones");
  const phone = await connectPhone(admin.panel.page, waba, portalId);
  const works = panel.row(GULIN.number).locator("[data-tone=ok]");
  await expect(works).toBeVisible(LATE);
  await panel.open(`/phones/${phone}`);
  const health = (tone: string, sentence: string) =>
    panel.main.locator(`li.health[data-tone=${tone}]`).filter({ hasText: gist(sentence) });
  await expect(health("ok", words.check.active)).toBeVisible();
  await expect(health("ok", words.phone.health.last_in_yes)).toHaveCount(0);
  await bare.sandbox.says("aigerim", GULIN, "Seen elsewhere");
  await expect(health("ok", words.phone.health.heard_yes)).toBeVisible(LATE);

  // The portal switches it off, and takes the app away.
  await portal.disconnect(TILE, GULIN.line);
  await expect(health("failed", words.check.channel_off)).toBeVisible(LATE);
  await done(admin.panel.page, "phone_link", { id: phone });
  await expect(health("ok", words.check.active)).toBeVisible(LATE);
  await panel.open(`/portals/${portalId}`);
  await portal.deleteApp();
  await expect(panel.main).toContainText(words.portal.step.removed, LATE);
  await panel.open("/phones");
  await expect(panel.row(GULIN.number)).toBeVisible();
  await expect(works).toHaveCount(0);
});
