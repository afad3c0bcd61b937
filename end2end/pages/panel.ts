import { expect, type Page } from "@playwright/test";
import { LANGUAGE_NAME, type Language, WORDS, type Words } from "./words";

/** The frame around every page of somebody who is signed in. */
export class Panel {
  constructor(
    readonly page: Page,
    readonly words: Words = WORDS.en,
  ) {}

  /** Opens a page and waits until it hears news, and so until its script runs. */
  async open(path: string): Promise<void> {
    const heard = this.page.waitForResponse((answer) => answer.url().endsWith("/live"), { timeout: 30_000 });
    await Promise.all([heard, this.page.goto(path)]);
  }

  title(name: string) {
    return this.page.getByRole("heading", { level: 1, name, exact: true });
  }

  room(name: string) {
    return this.page.getByRole("navigation", { name: this.words.frame.rooms }).getByRole("link", { name });
  }

  get main() {
    return this.page.getByRole("main");
  }

  /** Opens one of the menus of the top line. */
  async menu(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  async chooseLanguage(language: Language): Promise<void> {
    await this.menu(this.words.preferences.language);
    await this.page.getByRole("button", { name: LANGUAGE_NAME[language] }).click();
  }

  async chooseTheme(name: string): Promise<void> {
    await this.menu(this.words.preferences.theme);
    const choice = this.page.getByRole("button", { name, exact: true });
    await choice.click();
    // With a script the menu stays, so that one can compare.
    await this.page.keyboard.press("Escape");
    await expect(choice).toBeHidden();
  }

  async signOut(): Promise<void> {
    await this.menu(this.words.account.label);
    await this.page.getByRole("button", { name: this.words.account.sign_out }).click();
  }

  /** Searches a list. */
  async search(words: string): Promise<void> {
    const box = this.page.getByRole("searchbox");
    await box.fill(words);
    await box.press("Enter");
  }

  /** A row of the list that speaks of all of these. */
  row(...words: string[]) {
    let row = this.page.getByRole("row");
    for (const word of words) row = row.filter({ hasText: word });
    return row;
  }

  /** The page's address, path and question. */
  async isAt(path: string): Promise<void> {
    await expect.poll(() => new URL(this.page.url()).pathname + new URL(this.page.url()).search).toBe(path);
  }
}

/** The page of the first thing in a list. */
export async function firstOf(page: Page, list: string): Promise<string> {
  await page.goto(list);
  const link = page.getByRole("main").locator(`tbody a[href^="${list}/"]`).first();
  return (await link.getAttribute("href")) ?? "";
}
