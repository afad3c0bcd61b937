import { expect, type Page } from "@playwright/test";

/** Walks the page with the tab key: what can be reached, in order, and where the focus is not to be seen. */
async function walk(page: Page): Promise<{ missed: string[]; unseen: string[] }> {
  const names = await page.evaluate(() => {
    // From the beginning, also where the page has put the focus into its form.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    const all = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")];
    const open = all.filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.hasAttribute("disabled"));
    // What takes no focus by itself, like the button behind the Enter key, is no stop.
    const reachable = open.filter((it) => it.tabIndex >= 0 && !(it instanceof HTMLInputElement && it.type === "hidden"));
    (window as unknown as { stops: HTMLElement[] }).stops = reachable;
    return reachable.map((it) => `${it.tagName} ${it.ariaLabel ?? it.textContent?.trim() ?? ""}`);
  });
  const reached: number[] = [];
  const unseen: string[] = [];
  for (let presses = 0; presses < names.length; presses += 1) {
    await page.keyboard.press("Tab");
    const [at, seen] = await page.evaluate((): [number, boolean] => {
      const now = document.activeElement;
      if (!(now instanceof HTMLElement)) return [-1, false];
      const rings = [getComputedStyle(now), getComputedStyle(now, "::after")];
      const seen = rings.some((ring) => ring.outlineStyle !== "none" && Number.parseFloat(ring.outlineWidth) >= 2);
      return [(window as unknown as { stops: HTMLElement[] }).stops.indexOf(now), seen];
    });
    reached.push(at);
    if (!seen) unseen.push(names[at] ?? "the page itself");
  }
  return { missed: names.filter((_, at) => reached[at] !== at), unseen };
}

/** The tab key reaches everything on the page in its order, and shows where it is. */
export async function tabbed(page: Page, at: string): Promise<void> {
  let found = await walk(page);
  // News that came meanwhile may have put new things under the walker: what stands there now is walked.
  if (found.missed.length > 0) found = await walk(page);
  expect.soft(found, `${at}: the tab key`).toEqual({ missed: [], unseen: [] });
}
