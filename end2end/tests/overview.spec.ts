import type { Page } from "@playwright/test";
import { Panel } from "../pages/panel";
import { WORDS } from "../pages/words";
import { GULIN } from "../world/facts";
import { expect, test } from "./fixtures";

const words = WORDS.en;
const { traffic } = words;

/** What waits for two systems to talk. */
const LATE = { timeout: 30_000 };

const NUMBER = "+77010004001";

test.describe.configure({ mode: "serial", timeout: 120_000 });

const card = (page: Page, name: string) => page.getByRole("region", { name, exact: true });

/** The amounts of a chart's table, one column after the other, put together. */
async function sums(page: Page, name: string): Promise<number[]> {
  const rows = card(page, name).getByRole("row");
  const cells = await rows.evaluateAll((all) => all.map((row) => [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent))));
  const [inbound, outbound] = [0, 1].map((place) => cells.reduce((sum, row) => sum + (row[place] ?? 0), 0));
  return [inbound ?? 0, outbound ?? 0];
}

/** The charts and what is beside them, as they are seen on a page that has them. */
async function seen(page: Page): Promise<void> {
  for (const name of [traffic.hours, traffic.days]) {
    const chart = card(page, name);
    await expect(chart.getByRole("img")).toHaveAccessibleName(new RegExp(`^${name}: [1-9]`));
    await chart.getByText(words.chart.table).click();
    await expect(chart.getByRole("table")).toBeVisible();
    const [inbound, outbound] = await sums(page, name);
    expect(inbound, `${name}: from customers`).toBeGreaterThan(0);
    expect(outbound, `${name}: to customers`).toBeGreaterThan(0);
    await expect(chart.getByRole("listitem")).toHaveText([
      `${words.overview.inbound} ${inbound}`,
      `${words.overview.outbound} ${outbound}`,
    ]);
  }
  const times = card(page, traffic.times);
  for (const name of [traffic.acknowledged, traffic.to_portal, traffic.to_customer]) {
    const row = times.getByRole("row", { name });
    await expect(row.getByRole("cell").first()).toContainText("≤");
    await expect(row.getByRole("cell").last()).toContainText("≤");
  }
  await expect(card(page, traffic.failures).getByRole("listitem").filter({ hasText: "131026" })).toContainText(/[1-9]/);
}

test("what went both ways is drawn at once, with how long it took", async ({ page, panel, world }) => {
  const { sandbox } = world;
  await sandbox.customer("drawn", "Drawn Customer", NUMBER);
  await sandbox.says("drawn", GULIN, "Do you draw me?");
  const chat = await sandbox.openChat(GULIN, NUMBER, "Drawn Customer");
  await sandbox.answers(GULIN, chat, "With a bar.");
  await panel.open(`/deliveries?q=${NUMBER.slice(1)}&state=delivered`);
  await expect(panel.row(NUMBER, words.delivery.kind.inbound_text)).toBeVisible(LATE);
  await expect(panel.row(NUMBER, words.delivery.kind.outbound_text)).toBeVisible(LATE);
  await sandbox.failsWith("drawn", 131026);
  await sandbox.answers(GULIN, chat, "And this one fails.");
  await panel.open(`/deliveries?q=${NUMBER.slice(1)}&state=failed`);
  await expect(panel.row(NUMBER)).toContainText("131026", LATE);

  await panel.open("/");
  await seen(page);
});

test("the charts of a card beside another are as high as it", async ({ page, panel }) => {
  await panel.open("/");
  const boxes = await Promise.all([traffic.hours, traffic.days].map((name) => card(page, name).getByRole("img").boundingBox()));
  expect(boxes[0]?.y).toBe(boxes[1]?.y);
  expect(boxes[0]?.height).toBe(boxes[1]?.height);
});

test("a failure leads to its deliveries, and to the dead letters", async ({ page, panel }) => {
  await panel.open("/");
  const failures = card(page, traffic.failures);
  await failures.getByRole("link", { name: "131026" }).click();
  await expect(panel.title(words.deliveries.title)).toBeVisible();
  await expect(panel.main).toContainText(words.deliveries.filter.cause);
  await expect(panel.row(NUMBER)).toBeVisible();
  await page.goBack();
  await failures.getByRole("link", { name: words.queue.dead.to_list }).click();
  await expect(panel.title(words.queue.dead.title)).toBeVisible();
  await panel.row("131026").first().getByRole("link").click();
  await expect(panel.title(words.queue.dead.cause)).toBeVisible();
  await expect(panel.row(NUMBER)).toBeVisible();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the charts stand there as well, and lead on", async ({ page, noise }) => {
    noise.allow(/preloaded using link preload/);
    await page.goto("/");
    await seen(page);
    await card(page, traffic.failures).getByRole("link", { name: words.queue.dead.to_list }).click();
    await expect(new Panel(page).title(words.queue.dead.title)).toBeVisible();
  });
});
