import type { Panel } from "../pages/panel";
import { filled, gist, WORDS } from "../pages/words";
import { type Business, GULIN, STEPPE } from "../world/facts";
import type { World } from "../world/world";
import { expect, test } from "./fixtures";

const words = WORDS.en;
const { dead, destination } = words.queue;

/** The second line of the same portal. */
const DELIVERY: Business = { ...GULIN, name: "Gulin Delivery", number: "+77272000222", phoneId: "666000222" };

/** What waits for two systems to talk. */
const LATE = { timeout: 30_000 };

test.describe.configure({ mode: "serial", timeout: 120_000 });
test.afterEach(({ world }) => world.sandbox.faultsClear());

/** How often a text stands in the chats of a portal, and on which lines. */
async function lines(world: World, text: string): Promise<number[]> {
  const chats: any[] = await world.sandbox.get(`/api/chats?portal=${GULIN.portal}`);
  return chats.flatMap((chat) =>
    chat.messages.filter((message: any) => message.text.includes(text)).map(() => Number(chat.line)),
  );
}

/** A customer writes while the line refuses everything. */
async function dies(world: World, panel: Panel, customer: string, number: string, text: string): Promise<void> {
  const { sandbox } = world;
  await sandbox.customer(customer, `Customer ${customer}`, number);
  await sandbox.faults({ limits: { refuse_item_every: 1 } });
  await panel.open(`/deliveries?q=${number.slice(1)}`);
  await sandbox.says(customer, GULIN, text);
  await expect(panel.row(number)).toContainText(words.delivery.state.refused, LATE);
}

/** Opens the first cause of dead letters for the portal. */
async function cause(panel: Panel, world: World): Promise<void> {
  await panel.open("/deliveries");
  await panel.main.getByRole("link", { name: dead.title }).click();
  await expect(panel.title(dead.title)).toBeVisible();
  await panel.row(world.sandbox.domain(GULIN.portal)).first().getByRole("link").click();
  await expect(panel.title(dead.cause)).toBeVisible();
}

test("what died of a broken line is replayed to another line and arrives there once", async ({ page, panel, world, noise }) => {
  // Nothing chosen is refused; the cause is gone with its last letter, and the open page asks for it once more.
  noise.allow(/status of (404|422)/);
  await dies(world, panel, "broken", "+77010003001", "The line is broken");
  await dies(world, panel, "broken2", "+77010003002", "It is still broken");
  expect(await lines(world, "broken")).toEqual([]);
  await world.sandbox.faultsClear();

  await cause(panel, world);
  await expect(panel.main).toContainText(dead.safe);
  await expect(panel.row("+77010003001")).toBeVisible();
  await expect(panel.row("+77010003002")).toBeVisible();

  // Nothing is ticked: nothing happens, and it is said.
  await page.getByRole("button", { name: dead.replay_chosen }).click();
  await expect(page.getByRole("alert")).toContainText(words.problem.nothing_chosen);

  await panel.row("+77010003001").getByRole("checkbox").check();
  const to = page.getByLabel(dead.to);
  const label = (await to.getByRole("option").allTextContents()).find((option) => option.startsWith(DELIVERY.number));
  await to.selectOption({ label: label ?? "" });
  await page.getByRole("button", { name: dead.replay_chosen }).click();
  await expect(panel.main).toContainText(filled(dead.replayed_one, { count: "1" }));
  await expect.poll(() => lines(world, "The line is broken"), LATE).toEqual([2]);

  // The rest goes where it was to go.
  await cause(panel, world);
  await expect(panel.row("+77010003001")).toHaveCount(0);
  await page.getByRole("button", { name: new RegExp(`^${dead.replay_all}`) }).click();
  await expect(panel.main).toContainText(filled(dead.replayed_one, { count: "1" }));
  await expect.poll(() => lines(world, "It is still broken"), LATE).toEqual([1]);

  await panel.open("/deliveries?q=77010003001&state=all");
  await expect(panel.row("+77010003001", words.delivery.kind.inbound_text)).toContainText(words.delivery.state.delivered, LATE);
  await panel.row("+77010003001", words.delivery.kind.inbound_text).getByRole("link").click();
  const history = page.getByRole("region", { name: words.delivery.done_by });
  await expect(history).toContainText(words.queue.action.redirect);
  await expect(history).toContainText(DELIVERY.number);
  expect(await lines(world, "The line is broken"), "once").toEqual([2]);
});

test("a dead letter is replayed from its own page, and only once", async ({ page, panel, world }) => {
  await dies(world, panel, "single", "+77010003003", "Only me");
  await world.sandbox.faultsClear();
  await panel.row("+77010003003").getByRole("link").click();
  await expect(panel.main).toContainText(words.delivery.story.refused);
  await expect(panel.main).toContainText(dead.cannot_double);
  await page.getByRole("button", { name: dead.replay, exact: true }).click();
  await expect(panel.main).toContainText(filled(dead.replayed_one, { count: "1" }));
  await expect(panel.main).toContainText(words.delivery.story.delivered, LATE);
  await expect(page.getByRole("button", { name: dead.replay, exact: true })).toHaveCount(0);
  expect(await lines(world, "Only me")).toEqual([1]);
});

test("a dead letter is discarded with a reason, and nothing of it is sent", async ({ page, panel, world, noise }) => {
  noise.allow(/status of 422/);
  await dies(world, panel, "old", "+77010003004", "Nobody needs this any more");
  await world.sandbox.faultsClear();
  await panel.row("+77010003004").getByRole("link").click();
  const discard = page.getByRole("button", { name: dead.discard, exact: true });
  await discard.click();
  await expect(panel.main).toContainText(words.problem.field_empty);
  await page.getByLabel(dead.reason).fill("It was settled by telephone");
  await discard.click();
  await expect(panel.main).toContainText(filled(dead.discarded_one, { count: "1" }));
  await expect(panel.main).toContainText(words.delivery.story.discarded);
  const history = page.getByRole("region", { name: words.delivery.done_by });
  await expect(history).toContainText("It was settled by telephone");
  await panel.open("/deliveries/dead");
  await expect(panel.row(world.sandbox.domain(GULIN.portal))).toHaveCount(0);
  expect(await lines(world, "Nobody needs this")).toEqual([]);
});

test("a portal is paused with a reason: what comes waits, in order, until it is resumed", async ({ page, panel, world }) => {
  const { sandbox } = world;
  const portal = sandbox.domain(GULIN.portal);
  await sandbox.customer("patience", "Customer patience", "+77010003005");
  await sandbox.says("patience", GULIN, "Before the pause");
  await expect.poll(() => lines(world, "Before the pause"), LATE).toEqual([1]);

  await panel.open("/deliveries/destinations");
  await expect(panel.row(portal)).toContainText(destination.runs);
  await panel.row(portal).getByRole("link").click();
  await expect(panel.title(portal)).toBeVisible();
  await page.getByLabel(destination.reason).fill("We move to another line");
  await page.getByRole("button", { name: destination.hold, exact: true }).click();
  await expect(panel.main).toContainText(destination.done_hold);
  await expect(panel.main).toContainText("We move to another line");
  await expect(panel.main).toContainText(gist(destination.held_by));

  await sandbox.says("patience", GULIN, "First of the pause");
  await sandbox.says("patience", GULIN, "Second of the pause");
  await panel.open("/deliveries/destinations");
  await expect(panel.row(portal)).toContainText(destination.held);
  await expect(panel.row(portal).getByRole("cell").nth(2)).toContainText("2", LATE);
  expect(await lines(world, "of the pause")).toEqual([]);

  await panel.row(portal).getByRole("link").click();
  await page.getByRole("button", { name: destination.resume, exact: true }).click();
  await expect(panel.main).toContainText(destination.done_resume);
  await expect.poll(() => lines(world, "of the pause"), LATE).toEqual([1, 1]);
  const chats: any[] = await sandbox.get(`/api/chats?portal=${GULIN.portal}`);
  const texts = chats.flatMap((chat) => chat.messages.map((message: any) => message.text));
  const order = texts.filter((text: string) => text.includes("of the pause"));
  expect(order[0]).toContain("First");
  expect(order[1]).toContain("Second");
});

test("deliveries are narrowed to a number and a conversation, and found by any id", async ({ page, panel, world }) => {
  const { sandbox } = world;
  await sandbox.customer("narrow", "Customer narrow", "+77010003006");
  await sandbox.says("narrow", DELIVERY, "To the second number");
  await panel.open("/deliveries?q=77010003006&state=all");
  await expect(panel.row("+77010003006")).toContainText(words.delivery.state.delivered, LATE);
  const portal = page.getByLabel(words.deliveries.filter.portal);
  await portal.selectOption({ label: sandbox.domain(STEPPE.portal) });
  await page.getByRole("button", { name: words.deliveries.filter.apply }).click();
  await expect(page).toHaveURL(/portal=/);
  await expect(panel.main).toContainText(words.filter.none_title);
  await portal.selectOption({ label: sandbox.domain(GULIN.portal) });
  await page.getByRole("button", { name: words.deliveries.filter.apply }).click();
  await expect(panel.row("+77010003006")).toBeVisible();
  const phone = page.getByLabel(words.deliveries.filter.phone);
  await phone.selectOption({ label: GULIN.number });
  await page.getByRole("button", { name: words.deliveries.filter.apply }).click();
  await expect(panel.main).toContainText(words.filter.none_title);
  await phone.selectOption({ label: DELIVERY.number });
  await page.getByRole("button", { name: words.deliveries.filter.apply }).click();
  await panel.row("+77010003006").getByRole("link").click();
  await page.getByRole("link", { name: words.delivery.same_conversation }).click();
  await expect(panel.main).toContainText(words.deliveries.filter.conversation);
  await expect(panel.row("+77010003006")).toHaveCount(1);
  const href = (await panel.row("+77010003006").getByRole("link").getAttribute("href")) ?? "";
  const id = href.split("/").at(-1) ?? "";
  await panel.open("/deliveries?state=all");
  await panel.search(id);
  await expect(page).toHaveURL(new RegExp(`q=${id}`));
  await expect(panel.row("+77010003006")).toHaveCount(1);
});

test("deliveries are narrowed to a code, and the way out is beside it", async ({ page, panel, world }) => {
  const { sandbox } = world;
  await sandbox.customer("coded", "Customer coded", "+77010003007");
  await sandbox.failsWith("coded", 131026);
  const chat = await sandbox.openChat(GULIN, "+77010003007", "Customer coded");
  await sandbox.answers(GULIN, chat, "Nobody is there");
  await panel.open("/deliveries?q=77010003007&state=failed");
  await panel.row("+77010003007").first().getByRole("link").click();
  await page.getByRole("link", { name: words.delivery.same_code }).click();
  await expect(page).toHaveURL(/cause=131026/);
  await expect(panel.main).toContainText(words.deliveries.filter.cause);
  await expect(panel.row("+77010003007")).toBeVisible();
  await page.getByRole("link", { name: words.deliveries.filter.off }).click();
  await expect(page).not.toHaveURL(/cause=/);
  await expect(panel.main).not.toContainText(words.deliveries.filter.cause);
});

test("one of a cause is discarded with a reason, the others stay; then all are", async ({ page, panel, world, noise }) => {
  // The cause is gone with its last letter, and the open page asks for it once more.
  noise.allow(/status of (404|422)/);
  await dies(world, panel, "heap1", "+77010003008", "First of the heap");
  await dies(world, panel, "heap2", "+77010003009", "Second of the heap");
  await world.sandbox.faultsClear();
  await panel.open("/deliveries/dead");
  // The whole row leads to the cause: its link lies over the other cells.
  await panel.row(world.sandbox.domain(GULIN.portal)).first().getByRole("cell").last().click({ force: true });
  await expect(panel.title(dead.cause)).toBeVisible();

  await panel.row("+77010003008").getByRole("checkbox").check();
  await page.getByRole("button", { name: dead.discard_chosen }).click();
  await expect(panel.main).toContainText(words.problem.field_empty);
  await page.getByLabel(dead.reason).fill("It was a test");
  await panel.row("+77010003008").getByRole("checkbox").check();
  await page.getByRole("button", { name: dead.discard_chosen }).click();
  await expect(panel.main).toContainText(filled(dead.discarded_one, { count: "1" }));

  await cause(panel, world);
  await expect(panel.row("+77010003008")).toHaveCount(0);
  await expect(panel.row("+77010003009")).toBeVisible();
  await page.getByLabel(dead.reason).fill("So was this");
  await page.getByRole("button", { name: new RegExp(`^${dead.discard_all}`) }).click();
  await expect(panel.main).toContainText(filled(dead.discarded_one, { count: "1" }));
  await panel.open("/deliveries?q=77010003009&state=discarded");
  await panel.row("+77010003009").getByRole("link").click();
  await expect(page.getByRole("region", { name: words.delivery.done_by })).toContainText("So was this");
  expect(await lines(world, "of the heap")).toEqual([]);
});

test("a portal that rests is tried at a person's word, and shows how it stands", async ({ page, panel, world }) => {
  const { sandbox } = world;
  const portal = sandbox.domain(GULIN.portal);
  await sandbox.customer("tried", "Customer tried", "+77010003010");
  await sandbox.faults({ portal: { fail_every: 1, fail_status: 503 } });
  await sandbox.says("tried", GULIN, "Try it again");
  await panel.open("/deliveries/destinations");
  await expect(panel.row(portal)).not.toContainText(destination.runs, LATE);
  await expect(panel.row(portal).getByRole("img", { name: destination.picture_line })).toBeVisible();
  await panel.row(portal).getByRole("link").click();
  await expect(panel.title(portal)).toBeVisible();
  await expect(page.getByRole("img", { name: destination.picture_line })).toBeVisible();
  await expect(page.getByRole("img", { name: gist(destination.picture) })).toBeVisible();
  await page.getByRole("button", { name: destination.probe, exact: true }).click();
  await expect(panel.main).toContainText(destination.done_probe);
  await expect(page.getByRole("region", { name: destination.history })).toContainText(words.queue.action.probe);
  await sandbox.faultsClear();
  await expect(panel.main).toContainText(destination.runs, LATE);
  await expect(page.getByRole("button", { name: destination.probe, exact: true })).toHaveCount(0);
  await expect.poll(() => lines(world, "Try it again"), LATE).toEqual([1]);
});
