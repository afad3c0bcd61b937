import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { type Language, texts } from "./words";

/** What a page is looked at with: its language, and whether it is also looked at on a telephone. */
export interface Look {
  language: Language;
  at: string;
  telephone?: boolean;
}

/** The page as it stands: it speaks its language, is accessible, fits, and fits a telephone too. */
export async function look(page: Page, { language, at, telephone = true }: Look): Promise<void> {
  await speaks(page, language, at);
  await accessible(page, at);
  await fits(page, at);
  const before = page.viewportSize();
  if (!telephone || !before || before.width <= 390) return;
  await page.setViewportSize({ width: 390, height: 844 });
  await fits(page, `${at} at 390 px`);
  await page.setViewportSize(before);
}

const KEYS = new Set(texts("en").keys());

/** English sentences that are something else in Russian, and so must not stand on a Russian page. */
const ENGLISH = new Set(
  [...texts("en")]
    .filter(([key, words]) => !words.includes("{{") && texts("ru").get(key) !== words && !key.startsWith("preferences."))
    .map(([, words]) => words),
);

/** The page is said to be in its language, and is. */
export async function speaks(page: Page, language: Language, at: string): Promise<void> {
  expect.soft(await page.evaluate(() => document.documentElement.lang), `${at}: lang`).toBe(language);
  const lines = (await page.locator("body").innerText()).split("\n").map((line) => line.trim());
  const keys = lines.flatMap((line) => line.split(/\s+/)).filter((word) => KEYS.has(word));
  expect.soft(keys, `${at}: keys without words`).toEqual([]);
  expect.soft(await page.title(), `${at}: title`).toMatch(/^.+ · THOTH$/);
  if (language !== "ru") return;
  const foreign = lines.filter((line) => ENGLISH.has(line));
  expect.soft(foreign, `${at}: English on a Russian page`).toEqual([]);
}

/** No page moves sideways, and nothing sticks out of it. */
export async function fits(page: Page, at: string): Promise<void> {
  const [wide, room] = await page.evaluate(() => {
    const root = document.documentElement;
    return [root.scrollWidth, root.clientWidth];
  });
  expect.soft(wide, `${at}: wider than the window`).toBeLessThanOrEqual(room);
}

/** axe finds nothing. */
export async function accessible(page: Page, at: string): Promise<void> {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length, `${at}: axe has looked`).toBeGreaterThan(10);
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
  expect.soft(found, `${at}: axe`).toEqual([]);
}
