import { WORDS } from "../pages/words";
import { GULIN } from "../world/facts";
import { expect, test } from "./fixtures";

const words = WORDS.en;

test.afterEach(({ world }) => world.sandbox.faultsClear());

test("a delivery that Meta refused is seen, with the reason and what was tried", async ({ page, panel, world }) => {
  const { sandbox } = world;
  await sandbox.customer("nobody", "Nobody There", "+77010002001");
  await sandbox.failsWith("nobody", 131026);
  const chat = await sandbox.openChat(GULIN, "+77010002001", "Nobody There");

  await panel.open("/deliveries?q=77010002001");
  await expect(panel.row("+77010002001")).toHaveCount(0);
  await sandbox.answers(GULIN, chat, "Is anybody there?");
  const row = panel.row("+77010002001", words.delivery.kind.outbound_text);
  await expect(row).toContainText(words.delivery.state.refused);
  await expect(row).toContainText("131026");

  await row.getByRole("link").click();
  await expect(panel.title(words.delivery.title)).toBeVisible();
  await expect(panel.main).toContainText(words.delivery.story.refused);
  await expect(panel.main).toContainText("Is anybody there?");
  const timeline = page.getByRole("region", { name: words.delivery.timeline }).getByRole("listitem");
  await expect(timeline.first()).toContainText(words.delivery.created);
  await expect(timeline.last()).toContainText(words.delivery.state.refused);
  await expect(page.getByText(words.delivery.not_all)).toHaveCount(0);
  await page.getByRole("link", { name: words.deliveries.title }).first().click();
  await expect(panel.title(words.deliveries.title)).toBeVisible();
  await panel.room(words.overview.title).click();
  await expect(page.getByRole("link", { name: words.overview.failed })).not.toContainText(/Failed\s*0/);
});

test("what waits while the portal cannot take it arrives by itself, and the open page shows it", async ({ page, panel, world }) => {
  const { sandbox } = world;
  await sandbox.customer("patient", "Patient Customer", "+77010002002");
  await sandbox.faults({ portal: { fail_every: 1, fail_status: 503 } });
  await panel.open("/deliveries?q=77010002002&state=all");
  await sandbox.says("patient", GULIN, "I can wait");
  const row = panel.row("+77010002002", words.delivery.kind.inbound_text);
  await expect(row).toContainText(words.delivery.state.waiting);
  await expect(row).toContainText(words.deliveries.next_try);

  const details = await page.context().newPage();
  await details.goto((await row.getByRole("link").getAttribute("href")) ?? "");
  await expect(details.getByRole("main")).toContainText(words.delivery.state.waiting);
  const timeline = details.getByRole("region", { name: words.delivery.timeline }).getByRole("listitem");
  await expect(timeline).toContainText([words.delivery.created]);

  let loads = 0;
  for (const open of [page, details]) open.on("load", () => (loads += 1));
  await sandbox.faultsClear();
  await expect(row).toContainText(words.delivery.state.delivered, { timeout: 45_000 });
  await expect(details.getByRole("main")).toContainText(words.delivery.story.delivered);
  await expect(timeline.last()).toContainText(words.delivery.outcome.delivered);
  expect(loads, "nothing was loaded anew").toBe(0);
});

test("deliveries are filtered and sorted by the address", async ({ page, panel, world }) => {
  const { sandbox } = world;
  await sandbox.customer("sorted", "Sorted Customer", "+77010002003");
  await sandbox.says("sorted", GULIN, "Hello");
  await panel.open("/deliveries?q=77010002003");
  const state = page.getByRole("navigation", { name: words.deliveries.filter.state });
  await state.getByRole("link", { name: words.deliveries.filter.delivered }).click();
  await panel.isAt("/deliveries?q=77010002003&state=delivered");
  await expect(panel.row("+77010002003")).toContainText(words.delivery.state.delivered);
  const direction = page.getByRole("navigation", { name: words.deliveries.filter.direction });
  await direction.getByRole("link", { name: words.delivery.direction.to_whatsapp }).click();
  await panel.isAt("/deliveries?q=77010002003&state=delivered&direction=to_whatsapp");
  await expect(panel.main).toContainText(words.filter.none_title);
  await page.goBack();
  await expect(panel.row("+77010002003")).toBeVisible();
  const attempts = page.getByRole("columnheader", { name: words.deliveries.attempts });
  await attempts.getByRole("link").click();
  await expect(attempts).toHaveAttribute("aria-sort", "ascending");
  await attempts.getByRole("link").click();
  await expect(attempts).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-attempts/);
  // All that has ever arrived is kept in no such order.
  await panel.open("/deliveries?state=all&sort=-attempts");
  await expect(attempts).toBeVisible();
  await expect(attempts.getByRole("link")).toHaveCount(0);
  const created = page.getByRole("columnheader", { name: words.deliveries.created });
  await expect(created).toHaveAttribute("aria-sort", "descending");
});
