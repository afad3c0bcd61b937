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

test("each refusal of the portal stands on the phone with its words, and is mended", async ({ admin, bare }) => {
  const { page } = admin.panel;
  const waba = await connectWaba(admin, bare);
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  const portalId = await connectPortal(page, portal, false);

  await bare.sandbox.faults({ refuse: { line_limit: 1 } });
  await portal.createLine("The only one");
  const form = { waba, phone: GULIN.number, phone_id: GULIN.phoneId, portal: portalId };
  const phone = await done(page, "phone_save", form);
  await expect.poll(() => linkOf(page, phone), LATE).toMatchObject({ state: "failed", reason: expect.stringContaining("plan") });
  const lines = await ask(page, "phone_lines", { id: phone });
  expect(lines.map((line: any) => [line.name, line.taken_by])).toEqual([["The only one", null]]);
  await done(page, "phone_link", { id: phone, line: String(lines[0].id) });
  await expect.poll(() => linkOf(page, phone), LATE).toMatchObject({ state: "linked" });
  await bare.sandbox.faultsClear();

  for (const [what, words] of [
    ["register", "registration error"],
    ["activate", "could not be activated"],
    ["status_error", ""],
  ] as const) {
    await bare.sandbox.faults({ refuse: { [what]: true } });
    await done(page, "phone_link", { id: phone, line: String(lines[0].id) });
    await expect.poll(() => linkOf(page, phone), LATE).toMatchObject({ state: "failed", reason: expect.stringContaining(words) });
    await bare.sandbox.faultsClear();
    await done(page, "phone_link", { id: phone, line: String(lines[0].id) });
    await expect.poll(() => linkOf(page, phone), LATE).toMatchObject({ state: "linked" });
  }
});
