import { expect } from "@playwright/test";
import type { Panel } from "./panel";
import { type Place, note } from "./copy";
import { gist } from "./words";

/** Fills a form of the panel in, by the names of its fields. Selects and boxes are fields too. */
export async function write(place: Place, form: Record<string, string | boolean>): Promise<void> {
  for (const [name, value] of Object.entries(form)) {
    const field = place.locator(`main #${name}`);
    if (typeof value === "boolean") await field.setChecked(value);
    else if ((await field.evaluate((it) => it.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Fills a form in and sends it by its button. */
export async function fill(panel: Panel, form: Record<string, string | boolean>, action: string): Promise<void> {
  await write(panel.page, form);
  await panel.main.getByRole("button", { name: action, exact: true }).click();
}

/** The field is refused with these words. */
export async function refused(place: Place, field: string, words: string): Promise<void> {
  await expect(note(place, field)).toContainText(gist(words));
}

/** Presses the button that destroys something, and types its name where that is asked for. */
export async function confirm(panel: Panel, name: string, action: string): Promise<void> {
  const button = panel.main.getByRole("button", { name: action, exact: true });
  await expect(button).toBeVisible();
  const typed = panel.main.locator("#typed");
  if ((await typed.count()) > 0) await typed.fill(name);
  await button.click();
}

/** Presses what asks first, where it does, and then says yes. */
export async function agreeTo(panel: Panel, action: string): Promise<void> {
  const link = panel.main.getByRole("link", { name: action, exact: true });
  const button = panel.main.getByRole("button", { name: action, exact: true });
  await expect(link.or(button)).toBeVisible();
  if ((await link.count()) > 0) await link.click();
  await button.click();
}
