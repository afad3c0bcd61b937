import type { Page } from "@playwright/test";
import { Dashboard } from "../pages/dashboard";
import { Operator } from "../pages/operator";
import { Portal } from "../pages/portal";
import { Telephone } from "../pages/telephone";
import { GULIN, META_APP, WABA } from "../world/facts";
import { ask, done } from "../world/panel";
import { expect, type Seat, test } from "./bare";
import type { World } from "../world/world";

const TILE = "WhatsApp (THOTH)";
const LATE = { timeout: 30_000 };

/** Connects Gulin's WABA by a typed token and verifies its webhook; answers its id. */
async function connectWaba(seat: Seat, bare: World): Promise<string> {
  const { page } = seat.panel;
  const dashboard = await Dashboard.open(await seat.tab(), bare.sandbox);
  const token = await dashboard.token("permanent");
  const form = { access_token: token, waba_id: WABA.gulin, app_id: META_APP.id, app_secret: META_APP.secret };
  const id = await done(page, "waba_add", form);
  const waba = await ask(page, "waba", { id });
  await dashboard.verify(waba.callback.replace("api-key=", "api-key=wrong"), waba.row.verify_token);
  await expect(dashboard.verdict).toContainText("could not be validated");
  await dashboard.verify(waba.callback, waba.row.verify_token);
  await expect(dashboard.verdict).toContainText("Verified and saved");
  await expect.poll(async () => (await ask(page, "waba", { id })).verified_at).not.toBeNull();
  return id;
}

/** Adds the portal and installs the app there; answers the portal's id. */
async function connectPortal(page: Page, portal: Portal, apiOnly: boolean): Promise<string> {
  const values = await ask(page, "portal_values", {});
  const keys = await portal.addApp({
    handler: apiOnly ? values.api : values.handler,
    install: apiOnly ? values.api : values.install,
    apiOnly,
    scopes: values.scopes,
  });
  const id = await done(page, "portal_save", { client_id: keys.id, client_secret: keys.secret });
  if (!apiOnly) {
    const frame = await portal.openApp();
    await expect(frame.getByRole("heading", { level: 1, name: "Installing THOTH" })).toBeHidden(LATE);
  }
  await expect.poll(async () => (await ask(page, "portal", { id })).row.state, LATE).toBe("installed");
  await expect
    .poll(async () => (await ask(page, "portal", { id })).checks.map((check: any) => `${check.name} ${check.state}`), LATE)
    .toContainEqual("events ok");
  return id;
}

/** Adds Gulin's number and waits until it is linked; answers its id. */
async function connectPhone(page: Page, waba: string, portal: string): Promise<string> {
  const form = { waba, phone: GULIN.number, phone_id: GULIN.phoneId, portal };
  const id = await done(page, "phone_save", form);
  await expect.poll(() => link(page, id), LATE).toMatchObject({ state: "linked" });
  return id;
}

/** A customer writes and is answered. */
async function converse(seat: Seat, bare: World): Promise<void> {
  const telephone = await Telephone.open(await seat.tab(), bare.sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await seat.tab(), bare.sandbox, GULIN);
  await telephone.write("Do you deliver today?");
  await operator.choose("Aigerim");
  await expect(operator.message("Do you deliver today?")).toBeVisible();
  await operator.answer("Until nine in the evening.");
  await expect(telephone.message("Business", "Until nine in the evening.")).toBeVisible();
  await expect(operator.message("Until nine in the evening.").getByRole("img", { name: "Read" })).toBeVisible();
}

const link = async (page: Page, id: string) => (await ask(page, "phone", { id })).row.link;

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
    await expect.poll(() => link(page, phone), LATE).not.toMatchObject({ state: "linked" });
    await done(page, "phone_link", { id: phone });
    await expect.poll(() => link(page, phone), LATE).toMatchObject({ state: "linked" });

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
  await expect.poll(() => link(page, phone), LATE).toMatchObject({ state: "failed", reason: expect.stringContaining("plan") });
  const lines = await ask(page, "phone_lines", { id: phone });
  expect(lines.map((line: any) => [line.name, line.taken_by])).toEqual([["The only one", null]]);
  await done(page, "phone_link", { id: phone, line: String(lines[0].id) });
  await expect.poll(() => link(page, phone), LATE).toMatchObject({ state: "linked" });
  await bare.sandbox.faultsClear();

  for (const [what, words] of [
    ["register", "registration error"],
    ["activate", "could not be activated"],
    ["status_error", ""],
  ] as const) {
    await bare.sandbox.faults({ refuse: { [what]: true } });
    await done(page, "phone_link", { id: phone, line: String(lines[0].id) });
    await expect.poll(() => link(page, phone), LATE).toMatchObject({ state: "failed", reason: expect.stringContaining(words) });
    await bare.sandbox.faultsClear();
    await done(page, "phone_link", { id: phone, line: String(lines[0].id) });
    await expect.poll(() => link(page, phone), LATE).toMatchObject({ state: "linked" });
  }
});
