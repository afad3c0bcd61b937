import { WORDS } from "../pages/words";
import { EMAIL, GULIN, STEPPE } from "../world/facts";
import { expect, test } from "./fixtures";

const words = WORDS.en;

test.describe("an end-user", () => {
  test.use({ as: "dana" });

  test("sees only what is theirs", async ({ page, panel, world, browser, session, baseURL }) => {
    // Both businesses have a failed delivery.
    await world.sandbox.customer("foreign", "Foreign Customer", "+77010000001");
    await world.sandbox.customer("own", "Own Customer", "+77010000002");
    for (const [customer, business, external] of [
      ["foreign", GULIN, "+77010000001"],
      ["own", STEPPE, "+77010000002"],
    ] as const) {
      await world.sandbox.failsWith(customer, 131026);
      const chat = await world.sandbox.openChat(business, external, customer);
      await world.sandbox.answers(business, chat, "hello");
    }

    await panel.open("/deliveries?state=failed");
    await expect(panel.row("+77010000002")).toBeVisible();
    await expect(panel.row("+77010000001")).toHaveCount(0);
    await panel.open("/");
    await expect(panel.main).toContainText("1 WABA · 1 phone · 1 portal");
    await expect(panel.main).toContainText(STEPPE.name);
    await expect(panel.main).not.toContainText(GULIN.name);
    await panel.open("/phones");
    await expect(panel.row("+77")).toHaveCount(1);
    await panel.open(`/phones?q=${GULIN.phoneId}`);
    await expect(panel.main).toContainText(words.filter.none_title);
    await panel.menu(words.account.label);
    await expect(page.getByText(EMAIL.dana)).toBeVisible();
    await expect(page.getByText(words.account.user, { exact: true })).toBeVisible();

    // The admin has the address of the foreign delivery; it opens for nobody else.
    const context = await browser.newContext({ baseURL, storageState: await session("admin") });
    const admin = await context.newPage();
    await admin.goto("/deliveries?state=failed&q=77010000001");
    const link = admin.getByRole("row").filter({ hasText: "+77010000001" }).getByRole("link");
    const foreign = await link.getAttribute("href");
    await context.close();
    const answer = await page.goto(foreign ?? "");
    expect(answer?.status()).toBe(404);
    await expect(panel.main).toContainText(words.delivery.missing_title);
    await expect(panel.main).not.toContainText("+77010000001");
  });

  test.beforeEach(({ noise }) => noise.allow(/status of 404/));
});
