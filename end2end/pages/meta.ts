import { expect, type Locator, type Page } from "@playwright/test";
import type { Sandbox } from "../world/sandbox";

/** Meta's side of a WABA's templates in the sandbox: the review, and the account's marketing switches. */
export class Review {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox, waba: string): Promise<Review> {
    await page.goto(`${sandbox.addresses.main}/meta/templates/${waba}`);
    await expect(page.getByRole("group", { name: "hello_world en_US" })).toBeVisible();
    return new Review(page);
  }

  /** A template's row. */
  template(name: string, language: string): Locator {
    return this.page.getByRole("group", { name: `${name} ${language}`, exact: true });
  }

  /** The row, with its work unfolded. */
  private async unfolded(name: string, language: string): Promise<Locator> {
    await this.page.getByRole("textbox", { name: "Search templates" }).fill(name);
    const row = this.template(name, language);
    const approve = row.getByRole("button", { name: "Approve" });
    if (!(await approve.isVisible())) await row.getByText(name, { exact: true }).click();
    await expect(approve).toBeVisible();
    return row;
  }

  private async press(row: Locator, button: string, done: string): Promise<void> {
    await row.getByRole("button", { name: button, exact: true }).click();
    await expect(this.page.getByRole("status")).toContainText(done);
  }

  async approve(name: string, language: string): Promise<void> {
    await this.press(await this.unfolded(name, language), "Approve", `${name} ${language}: approved.`);
  }

  async pause(name: string, language: string): Promise<void> {
    await this.press(await this.unfolded(name, language), "Pause", `${name} ${language}: paused.`);
  }

  async disable(name: string, language: string): Promise<void> {
    await this.press(await this.unfolded(name, language), "Disable", `${name} ${language}: disabled.`);
  }

  async reject(name: string, language: string, reason: string): Promise<void> {
    const row = await this.unfolded(name, language);
    await row.getByLabel("Reason").selectOption(reason);
    await this.press(row, "Reject", `${name} ${language}: rejected.`);
  }

  /** Gives another category, or only announces it. */
  async recategorise(name: string, language: string, category: string, announce = false): Promise<void> {
    const row = await this.unfolded(name, language);
    await row.getByLabel("Category").selectOption(category);
    const [button, done] = announce ? ["Announce the category", "announced."] : ["Change the category", "changed."];
    await this.press(row, button, `${name} ${language}: the category is ${done}`);
  }

  async quality(name: string, language: string, score: string): Promise<void> {
    const row = await this.unfolded(name, language);
    await row.getByLabel("Quality").selectOption(score);
    await this.press(row, "Set the quality", `${name} ${language}: the quality is set.`);
  }

  /** Changes the text of the body, as Meta does after an edit elsewhere. */
  async rewrite(name: string, language: string, text: string): Promise<void> {
    const row = await this.unfolded(name, language);
    await row.getByLabel("Text of the body").fill(text);
    await this.press(row, "Change the text", `${name} ${language}: the text is changed.`);
  }

  /** Whether the account is onboarded to the Marketing Messages API. */
  async onboarded(on: boolean): Promise<void> {
    const box = this.page.getByRole("checkbox", { name: "The account is onboarded" });
    if ((await box.isChecked()) === on) return;
    await box.setChecked(on);
    await expect(this.page.getByRole("status")).toContainText("onboarded");
  }
}
