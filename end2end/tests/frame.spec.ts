import { Portal } from "../pages/portal";
import { GULIN, STEPPE } from "../world/facts";
import { expect, test } from "./bare";

/** What the guide says to tick. */
const SCOPES = ["imopenlines", "imconnector", "contact_center", "placement", "messageservice", "im", "crm", "user", "disk", "telephony"];

test("an installation waits for its keys, and says so in the portal's language", async ({ sit, bare, noise }) => {
  noise.allow(/status of 403/);
  const { thoth, sandbox } = bare;
  for (const [business, waits] of [
    [GULIN, "THOTH has kept this installation"],
    [STEPPE, "THOTH сохранил эту установку"],
  ] as const) {
    const seat = await sit();
    const portal = await Portal.open(await seat.tab(), sandbox, business.portal);
    const keys = await portal.addApp({
      handler: `${thoth.url}/app-settings/`,
      install: `${thoth.url}/app-install/`,
      apiOnly: false,
      scopes: SCOPES,
    });
    const frame = await portal.openApp();
    await expect(frame.getByText(waits)).toBeVisible();
    await expect(frame.getByText(keys.id)).toBeVisible();
    const again = business === GULIN ? "Try again" : "Повторить";
    await frame.getByRole("button", { name: again }).click();
    await expect(frame.getByText(waits)).toBeVisible();
  }
});
