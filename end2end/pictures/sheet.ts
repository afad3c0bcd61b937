import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";

const SHEETS = join(import.meta.dirname, "..", "test-results", "pictures");

/** Where a single picture goes. */
export function single(name: string): string {
  const folder = join(SHEETS, "single");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}

/** One picture of all looks of a page, side by side. */
export async function sheet(browser: Browser, name: string, pictures: { path: string; width: number }[]): Promise<void> {
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
