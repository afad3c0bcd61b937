import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { Panel } from "../pages/panel";
import { type Language, type Theme, WORDS } from "../pages/words";
import { expect, test } from "../tests/fixtures";
import { GULIN, type Person } from "../world/facts";
import { tell } from "./story";

const DOCS = join(import.meta.dirname, "..", "..", "docs", "img");
const SHEETS = join(import.meta.dirname, "..", "test-results", "pictures");

test.describe.configure({ mode: "serial", timeout: 300_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (404|422)/));

test("the pictures of the papers", async ({ page, panel, context, world }) => {
  mkdirSync(DOCS, { recursive: true });
  const { telephone, operator } = await tell(world, context);
  await telephone.page.setViewportSize({ width: 640, height: 720 });
  await operator.page.setViewportSize({ width: 640, height: 720 });
  const [left, right] = [await telephone.page.screenshot(), await operator.page.screenshot()];
  const both = await context.newPage();
  await both.setViewportSize({ width: 1280, height: 720 });
  await both.setContent(
    `<body style="margin:0;display:flex">${[left, right]
      .map((picture) => `<img alt="" width="640" src="data:image/png;base64,${picture.toString("base64")}">`)
      .join("")}</body>`,
  );
  await both.screenshot({ path: join(DOCS, "conversation.png") });
  await telephone.page.close();
  await operator.page.close();

  await panel.open("/");
  await page.screenshot({ path: join(DOCS, "overview.png") });
  await world.sandbox.faults({ portal: { fail_every: 1, fail_status: 503 } });
  await world.sandbox.says("daniyar", GULIN, "Can I change the address of my order?");
  await panel.open("/deliveries");
  await expect(panel.row("+77015550193", WORDS.en.delivery.state.waiting)).toContainText("next try");
  await page.screenshot({ path: join(DOCS, "deliveries.png") });
});

interface Shot {
  name: string;
  as: Person | "nobody";
  open: (panel: Panel, empty: string) => Promise<void>;
}

const at = (path: string) => (panel: Panel) => panel.open(path);
const delivery = (state: string, number: string) => async (panel: Panel) => {
  await panel.open(`/deliveries?state=${state}&q=${number}`);
  await panel.row(number).first().getByRole("link").click();
  await expect(panel.title(panel.words.delivery.title)).toBeVisible();
  await expect(panel.page.getByRole("region", { name: panel.words.delivery.timeline })).toBeVisible();
};

const SHOTS: Shot[] = [
  { name: "sign-in", as: "nobody", open: async (panel) => void (await panel.page.goto("/sign-in")) },
  {
    name: "sign-in-failed",
    as: "nobody",
    open: async (panel) => {
      await panel.page.goto("/sign-in");
      await panel.page.getByLabel(panel.words.sign_in.email).fill(`x${Math.random()}@thoth.example`);
      await panel.page.getByLabel(panel.words.sign_in.password).fill("wrong");
      await panel.page.getByRole("button", { name: panel.words.sign_in.action, exact: true }).click();
      await expect(panel.page.getByRole("alert")).not.toBeEmpty();
    },
  },
  { name: "setup", as: "nobody", open: async (panel, empty) => void (await panel.page.goto(empty)) },
  { name: "setup-used", as: "nobody", open: async (panel, empty) => void (await panel.page.goto(`${empty}x`)) },
  { name: "not-found", as: "nobody", open: async (panel) => void (await panel.page.goto("/nowhere")) },
  { name: "overview", as: "admin", open: at("/") },
  { name: "overview-empty", as: "newcomer", open: at("/") },
  { name: "phones", as: "admin", open: at("/phones") },
  { name: "phones-empty", as: "newcomer", open: at("/phones") },
  { name: "deliveries", as: "admin", open: at("/deliveries") },
  { name: "deliveries-all", as: "admin", open: at("/deliveries?state=all") },
  { name: "deliveries-no-match", as: "admin", open: at("/deliveries?q=nothing") },
  { name: "deliveries-empty", as: "newcomer", open: at("/deliveries") },
  { name: "delivery-refused", as: "admin", open: delivery("failed", "77015550160") },
  { name: "delivery-waiting", as: "admin", open: delivery("waiting", "77015550193") },
  { name: "delivery-delivered", as: "admin", open: delivery("delivered", "77015550144") },
  { name: "delivery-missing", as: "admin", open: async (panel) => void (await panel.page.goto("/deliveries/dlv_1")) },
  {
    name: "phones-error",
    as: "admin",
    open: async (panel) => {
      await panel.open("/");
      await panel.page.route("**/api/panel/phones*", (route) => route.abort());
      await panel.room(panel.words.phones.title).click();
      await expect(panel.main.getByRole("alert")).toBeVisible();
    },
  },
  {
    name: "menu-account",
    as: "admin",
    open: async (panel) => {
      await panel.open("/");
      await panel.menu(panel.words.account.label);
    },
  },
  {
    name: "menu-theme",
    as: "admin",
    open: async (panel) => {
      await panel.open("/");
      await panel.menu(panel.words.preferences.theme);
    },
  },
];

const LOOKS = (["en", "ru"] as Language[]).flatMap((language) =>
  (["light", "dark"] as Theme[]).map((theme) => ({ language, theme })),
);
const SIZES = [
  { width: 1280, height: 800, isMobile: false },
  { width: 390, height: 844, isMobile: true },
];

/** One picture of all looks of a page, side by side. */
async function sheet(browser: Browser, name: string, pictures: { path: string; width: number }[]): Promise<void> {
  const page: Page = await browser.newPage({ viewport: { width: 1680, height: 900 } });
  const images = pictures.map(({ path, width }) => {
    const data = readFileSync(path).toString("base64");
    return `<img alt="" style="width:${width === 390 ? 195 : 600}px;align-self:start" src="data:image/png;base64,${data}">`;
  });
  await page.setContent(
    `<body style="margin:12px;background:#888;display:flex;flex-wrap:wrap;gap:12px">${images.join("")}</body>`,
  );
  writeFileSync(join(SHEETS, `${name}.png`), await page.screenshot({ fullPage: true }));
  await page.close();
}

for (const shot of SHOTS) {
  test(`a sheet of ${shot.name}`, async ({ browser, session, baseURL, empty }) => {
    mkdirSync(join(SHEETS, "single"), { recursive: true });
    const setup = await empty.setupLink();
    const taken = [];
    for (const { language, theme } of LOOKS) {
      for (const { width, height, isMobile } of SIZES) {
        const context = await browser.newContext({
          baseURL,
          viewport: { width, height },
          isMobile,
          hasTouch: isMobile,
          storageState: shot.as === "nobody" ? undefined : await session(shot.as),
        });
        await context.addCookies(
          Object.entries({ thoth_language: language, thoth_theme: theme }).map(([name, value]) => ({
            name,
            value,
            url: baseURL ?? "",
          })),
        );
        const page = await context.newPage();
        await shot.open(new Panel(page, WORDS[language]), setup);
        const path = join(SHEETS, "single", `${shot.name}-${language}-${theme}-${width}.png`);
        await page.screenshot({ path });
        taken.push({ path, width });
        await context.close();
      }
    }
    await sheet(browser, shot.name, taken);
  });
}
