import { expect } from "@playwright/test";
import { write } from "./form";
import type { Panel } from "./panel";

/** Interactive messages in the panel. */
export class Messages {
  constructor(readonly panel: Panel) {}

  async list(question = ""): Promise<void> {
    await this.panel.open(`/interactive${question}`);
  }

  /** The form for a new one, of this kind. */
  async begin(kind: string): Promise<void> {
    await this.panel.open("/interactive/new");
    await this.type({ kind });
  }

  async type(form: Record<string, string>): Promise<void> {
    await write(this.panel.page, form);
  }

  /** Presses the last button that says this: the first one is for the Enter key. */
  async press(action: string): Promise<void> {
    await this.panel.main.getByRole("button", { name: action, exact: true }).and(this.panel.page.locator(":visible")).last().click();
  }

  /** Saves, and is led to the message's page. */
  async save(name: string): Promise<void> {
    await this.press(this.panel.words.form.save);
    await expect(this.panel.page).toHaveURL(/\/interactive\/msg_[0-9a-f]+\?/);
    await expect(this.panel.title(name)).toBeVisible();
  }

  /** What a phone would show. */
  get bubble() {
    return this.panel.main.getByRole("figure", { name: this.panel.words.bubble.label });
  }
}
