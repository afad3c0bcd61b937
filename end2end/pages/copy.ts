import { expect, type FrameLocator, type Page } from "@playwright/test";

/** A page of the panel, or the same inside Bitrix24's frame. */
export type Place = Page | FrameLocator;

/** A value with a copy button, by the name that stands before it. */
export async function toCopy(place: Place, label: string): Promise<string> {
  const line = place.locator(".copy-line").filter({ has: place.getByText(label, { exact: true }) });
  const value = await line.first().locator("code").getAttribute("title");
  expect(value, label).toBeTruthy();
  return value ?? "";
}

/** The note under a field: its hint, or what is wrong with it. */
export function note(place: Place, name: string) {
  return place.locator(`#${name}-note`);
}
