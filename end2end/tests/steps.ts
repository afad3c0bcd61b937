import type { Locator, Page } from "@playwright/test";
import { Dashboard } from "../pages/dashboard";
import { Operator } from "../pages/operator";
import { Portal } from "../pages/portal";
import { Telephone } from "../pages/telephone";
import { type Business, GULIN, META_APP, WABA } from "../world/facts";
import { ask, done } from "../world/panel";
import type { World } from "../world/world";
import { expect, type Seat } from "./bare";

/** The connector's tile in the Contact Center. */
export const TILE = "WhatsApp (THOTH)";

/** What waits for two systems to talk. */
export const LATE = { timeout: 30_000 };

/** Connects a WABA by a typed token and verifies its webhook; answers its id. */
export async function connectWaba(seat: Seat, bare: World, waba = WABA.gulin): Promise<string> {
  const { page } = seat.panel;
  const dashboard = await Dashboard.open(await seat.tab(), bare.sandbox);
  const token = await dashboard.token("permanent");
  const form = { access_token: token, waba_id: waba, app_id: META_APP.id, app_secret: META_APP.secret };
  const id = await done(page, "waba_add", form);
  const found = await ask(page, "waba", { id });
  await dashboard.verify(found.callback, found.row.verify_token);
  await expect(dashboard.verdict).toContainText("Verified and saved");
  await dashboard.subscribe();
  await expect.poll(async () => (await ask(page, "waba", { id })).verified_at).not.toBeNull();
  return id;
}

/** Adds the portal and installs the app there; answers the portal's id. */
export async function connectPortal(page: Page, portal: Portal, apiOnly = false): Promise<string> {
  const values = await ask(page, "portal_values", {});
  const keys = await portal.addApp({
    handler: apiOnly ? values.api : values.handler,
    install: apiOnly ? values.api : values.install,
    apiOnly,
    scopes: values.scopes,
  });
  const id = await done(page, "portal_save", { client_id: keys.id, client_secret: keys.secret });
  if (!apiOnly) {
    // The page around the frame is loaded anew when the installation is finished.
    const frame = await portal.openApp();
    await expect(frame.getByRole("navigation").first()).toBeVisible(LATE);
  }
  await expect.poll(async () => (await ask(page, "portal", { id })).row.state, LATE).toBe("installed");
  await expect
    .poll(async () => (await ask(page, "portal", { id })).checks.map((check: any) => `${check.name} ${check.state}`), LATE)
    .toContainEqual("events ok");
  return id;
}

/** Presses a button of a form; without a script the page that comes after it is waited for. */
export async function press(page: Page, scripted: boolean, button: Locator): Promise<void> {
  const after = scripted ? undefined : page.waitForEvent("domcontentloaded");
  await button.click();
  await after;
}

/** Waits until the open page shows something: live with a script, else by reading it again. */
export async function shows(page: Page, scripted: boolean, look: (patience: { timeout: number }) => Promise<void>): Promise<void> {
  if (scripted) return look(LATE);
  await expect(async () => {
    await page.reload();
    await look({ timeout: 500 });
  }).toPass(LATE);
}

/** What is known about a phone's connector. */
export const linkOf = async (page: Page, id: string) => (await ask(page, "phone", { id })).row.link;

/** Adds a number and waits until it is linked; answers its id. */
export async function connectPhone(page: Page, waba: string, portal: string, business: Business = GULIN): Promise<string> {
  const form = { waba, phone: business.number, phone_id: business.phoneId, portal };
  const id = await done(page, "phone_save", form);
  await expect.poll(() => linkOf(page, id), LATE).toMatchObject({ state: "linked" });
  return id;
}

/** A customer writes and is answered. */
export async function converse(seat: Seat, bare: World, business: Business = GULIN): Promise<void> {
  const telephone = await Telephone.open(await seat.tab(), bare.sandbox, "aigerim", business);
  const operator = await Operator.open(await seat.tab(), bare.sandbox, business);
  await telephone.write("Do you deliver today?");
  await operator.choose("Aigerim");
  await expect(operator.message("Do you deliver today?")).toBeVisible();
  await operator.answer("Until nine in the evening.");
  await expect(telephone.message("Business", "Until nine in the evening.")).toBeVisible();
  await expect(operator.message("Until nine in the evening.").getByRole("img", { name: "Read" })).toBeVisible();
}
