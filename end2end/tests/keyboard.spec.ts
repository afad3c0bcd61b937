import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** Walks the page with the tab key: what can be reached, in order, and where the focus is not to be seen. */
async function walk(page: Page): Promise<{ missed: string[]; unseen: string[] }> {
  const names = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, summary")];
    const open = all.filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.hasAttribute("disabled"));
    const reachable = open.filter((it) => !(it instanceof HTMLInputElement && it.type === "hidden"));
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

for (const path of ["/", "/phones", "/deliveries?state=all"]) {
  test(`the tab key reaches everything on ${path}, and shows where it is`, async ({ page, panel }) => {
    await panel.open(path);
    expect(await walk(page)).toEqual({ missed: [], unseen: [] });
  });
}

test("the first stop leads to the content", async ({ page, panel }) => {
  await panel.open("/phones");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: panel.words.frame.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(panel.main).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: panel.words.preferences.language })).toBeFocused();
});

test("menus open by Enter and close by Escape, and the focus comes back", async ({ page, panel }) => {
  await panel.open("/");
  for (const name of [panel.words.preferences.language, panel.words.preferences.theme, panel.words.account.label]) {
    const button = page.getByRole("button", { name, exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const inside = page.getByRole("button", { name: /^(English|As the system|Sign out)$/ });
    await expect(inside).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(inside).toBeHidden();
    await expect(button).toBeFocused();
  }
});

test.describe("signing in", () => {
  test.use({ as: "nobody" });

  test("starts in the e-mail and goes on by Enter", async ({ page, panel }) => {
    await page.goto("/sign-in");
    const email = page.getByLabel(panel.words.sign_in.email);
    await expect(email).toBeFocused();
    await page.keyboard.type("admin@thoth.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("a long browser password");
    await page.keyboard.press("Enter");
    await expect(panel.title(panel.words.overview.title)).toBeVisible();
  });
});
