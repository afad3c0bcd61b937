import { Calling } from "../pages/calling";
import { Portal } from "../pages/portal";
import { GULIN } from "../world/facts";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, LATE } from "./steps";

test.describe.configure({ timeout: 180_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422|502|503)/));

test("calling is turned on inside Bitrix24's frame as outside it", async ({ admin, bare }) => {
  const { page, words } = admin.panel;
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  const wabaId = await connectWaba(admin, bare);
  const portalId = await connectPortal(page, portal);
  await connectPhone(page, wabaId, portalId);
  await bare.sandbox.post(`/api/calling/${GULIN.phoneId}`, { limit: "TIER_250" });

  const frame = await portal.openApp();
  await frame.getByRole("navigation", { name: words.frame.rooms }).getByRole("link", { name: words.phones.mine }).click();
  await frame.getByRole("link", { name: GULIN.number }).first().click();
  const calling = new Calling(frame, words);
  await calling.way.click();
  await expect(frame.locator("#port")).toHaveValue("5061");
  await calling.set({ calling: true, sip: true, host: "sip.gulin.example" });
  await calling.save.click();
  await expect(calling.error).toContainText("138015", LATE);
  await expect(calling.error).toContainText(words.calling.error.remedy);

  await bare.sandbox.post(`/api/calling/${GULIN.phoneId}`, { limit: "TIER_2K" });
  await calling.save.click();
  await expect(frame.locator("main")).toContainText(words.form.saved, LATE);
  await calling.isGreen();
  await calling.tab("history").click();
  await expect(calling.events.filter({ hasText: words.calling.history.kind.saved }).first()).toContainText("Bitrix24");
});
