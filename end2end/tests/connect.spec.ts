import { Portal } from "../pages/portal";
import { GULIN } from "../world/facts";
import { ask, done } from "../world/panel";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, converse, LATE, linkOf, TILE } from "./steps";

for (const apiOnly of [false, true]) {
  test(`from nothing to a conversation, ${apiOnly ? "API only" : "with the app's page"}`, async ({ admin, bare }) => {
    const { page } = admin.panel;
    const waba = await connectWaba(admin, bare);
    const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
    const portalId = await connectPortal(page, portal, apiOnly);
    const phone = await connectPhone(page, waba, portalId);
    await portal.contactCenter();
    await expect(portal.tile(TILE)).toContainText("Connected");
    await converse(admin, bare);

    // What the portal switches off is known here, and mended by linking again.
    await portal.disconnect(TILE, GULIN.line);
    await expect.poll(() => linkOf(page, phone), LATE).not.toMatchObject({ state: "linked" });
    await done(page, "phone_link", { id: phone });
    await expect.poll(() => linkOf(page, phone), LATE).toMatchObject({ state: "linked" });

    await portal.deleteApp();
    await expect.poll(async () => (await ask(page, "portal", { id: portalId })).row.state, LATE).toBe("uninstalled");
  });
}
