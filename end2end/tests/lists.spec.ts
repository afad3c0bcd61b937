import { WORDS } from "../pages/words";
import { GULIN, STEPPE } from "../world/facts";
import { expect, test } from "./fixtures";

const words = WORDS.en;

test("the overview shows what is connected, with proof", async ({ page, panel }) => {
  await panel.open("/");
  await expect(panel.title(words.overview.title)).toBeVisible();
  const connections = page.getByRole("region", { name: words.overview.connections });
  await expect(connections).toContainText("2 WABAs · 3 phones · 2 portals");
  for (const name of [GULIN.name, STEPPE.name, GULIN.number, STEPPE.number]) {
    await expect(connections.getByRole("listitem").filter({ hasText: name }).first()).toBeVisible();
  }
  const figures = page.getByRole("region", { name: words.overview.today });
  for (const name of [words.overview.inbound, words.overview.outbound]) await expect(figures).toContainText(name);
  await figures.getByRole("link", { name: words.overview.failed }).click();
  await expect(panel.title(words.deliveries.title)).toBeVisible();
  await panel.isAt("/deliveries?state=failed");
});

test("the rooms lead to their pages and back", async ({ page, panel }) => {
  await panel.open("/");
  for (const [name, path] of [
    [words.phones.title, "/phones"],
    [words.wabas.title, "/wabas"],
    [words.portals.title, "/portals"],
    [words.users.title, "/users"],
    [words.settings.title, "/settings"],
    [words.deliveries.title, "/deliveries"],
    [words.overview.title, "/"],
  ] as const) {
    await panel.room(name).click();
    await expect(panel.title(name)).toBeVisible();
    await panel.isAt(path);
    await expect(panel.room(name)).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveTitle(`${name} · THOTH`);
  }
  await page.goBack();
  await expect(panel.title(words.deliveries.title)).toBeVisible();
});

test("phones are searched, sorted and filtered by the address", async ({ page, panel }) => {
  await panel.open("/phones");
  await expect(panel.row("+77")).toHaveCount(3);
  await panel.search("777 nobody");
  await expect(panel.main).toContainText(words.filter.none_title);
  await page.getByRole("link", { name: words.filter.clear }).click();
  await panel.isAt("/phones");
  await panel.search("000333");
  await expect(panel.row("+77")).toHaveCount(1);
  await expect(panel.row(STEPPE.number, STEPPE.name)).toBeVisible();
  await panel.isAt("/phones?q=000333");
  await page.goBack();
  await expect(panel.row("+77")).toHaveCount(3);
  await expect(page.getByRole("searchbox")).toHaveValue("");

  const head = page.getByRole("columnheader", { name: words.phones.phone });
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await panel.isAt("/phones?sort=-phone");
  await expect(panel.row("+77").first()).toContainText("+77272000222");

  const filter = page.getByRole("navigation", { name: words.phones.filter.label });
  await filter.getByRole("link", { name: words.phones.filter.attention }).click();
  await expect(filter.getByRole("link", { name: words.phones.filter.attention })).toHaveAttribute("aria-current", "true");
  await expect(page).toHaveURL(/link=attention/);
});

test("a list opened by its address is the same without a script", async ({ browser, baseURL, session }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL, storageState: await session("admin") });
  const page = await context.newPage();
  await page.goto("/phones?q=777&sort=-phone");
  await expect(page.getByRole("searchbox")).toHaveValue("777");
  await page.getByRole("searchbox").fill("000111");
  await page.getByRole("button", { name: words.filter.search }).click();
  await expect(page).toHaveURL(/\/phones\?q=000111&sort=-phone/);
  await expect(page.getByRole("row").filter({ hasText: "+77" })).toHaveCount(1);
  for (const [path, question, found] of [
    ["/wabas", "steppe", "Steppe Coffee"],
    ["/portals", "22222222", "localhost"],
    ["/users", "dana@", "dana@thoth.example"],
  ] as const) {
    await page.goto(path);
    await page.getByRole("searchbox").fill(question);
    await page.getByRole("button", { name: words.filter.search }).click();
    await expect(page).toHaveURL(new RegExp(`${path}\\?q=`));
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("row").last()).toContainText(found);
    const sorted = page.getByRole("columnheader").locator("a").first();
    await sorted.click();
    await expect(page).toHaveURL(/[?&]sort=/);
    await page.goto(`${path}?q=nobody-at-all`);
    await page.getByRole("link", { name: words.filter.clear }).click();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
  await page.goto("/deliveries?state=all");
  await page.getByRole("searchbox").fill("nobody-at-all");
  await page.getByRole("button", { name: words.filter.search }).click();
  await expect(page).toHaveURL(/\/deliveries\?.*q=nobody-at-all/);
  await expect(page.getByRole("searchbox")).toHaveValue("nobody-at-all");
  await context.close();
});

test("a code is copied by its button, which says so", async ({ page, panel, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await panel.open("/phones?q=000111");
  const copy = page.getByRole("button", { name: `Copy ${GULIN.phoneId}` });
  await copy.click();
  await expect(copy).toContainText(words.copy.done);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(GULIN.phoneId);
});

test("a list that cannot be read says why and reads again", async ({ page, panel, noise }) => {
  noise.allow(/ERR_FAILED/);
  await panel.open("/");
  await page.route("**/api/panel/phones*", (route) => route.abort());
  await panel.room(words.phones.title).click();
  await expect(panel.main.getByRole("alert")).toContainText(words.problem.unreachable);
  await page.unroute("**/api/panel/phones*");
  await panel.main.getByRole("link", { name: words.face.retry }).click();
  await expect(panel.row("+77")).toHaveCount(3);
});

test("an address where nothing lives says so", async ({ page, panel, noise }) => {
  noise.allow(/status of 404/);
  const answer = await page.goto("/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(panel.title(words.not_found.title)).toBeVisible();
  await page.getByRole("link", { name: words.not_found.action }).click();
  await expect(panel.title(words.overview.title)).toBeVisible();
});

test("a delivery that does not exist says so", async ({ page, panel, noise }) => {
  noise.allow(/status of 404/);
  await page.goto("/deliveries/dlv_00000000000000000000000000000001");
  await expect(panel.main).toContainText(words.delivery.missing_title);
  await page.getByRole("link", { name: words.delivery.to_list }).click();
  await expect(panel.title(words.deliveries.title)).toBeVisible();
});

test.describe("who has nothing yet", () => {
  test.use({ as: "newcomer" });

  test("reads what belongs on each page", async ({ panel }) => {
    for (const [path, title] of [
      ["/", words.overview.empty_title],
      ["/phones", words.phones.empty_title],
      ["/wabas", words.wabas.empty_title],
      ["/portals", words.portals.empty_title],
      ["/phones/new", words.phone.no_waba_title],
      ["/deliveries", words.deliveries.empty_title],
    ] as const) {
      await panel.open(path);
      await expect(panel.main.getByRole("heading", { name: title })).toBeVisible();
    }
  });
});
