import { expect, type Page } from "@playwright/test";
import type { Business } from "../world/facts";
import type { Sandbox } from "../world/sandbox";

/** A customer's WhatsApp in the sandbox. */
export class Telephone {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox, customer: string, business: Business): Promise<Telephone> {
    await page.goto(`${sandbox.addresses.main}/phone/${customer}/${business.phoneId}`);
    await expect(page.getByRole("log", { name: "Messages" })).toBeVisible();
    return new Telephone(page);
  }

  async write(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Type a message" }).fill(text);
    await this.page.getByRole("button", { name: "Send" }).click();
  }

  /** Sends something that is no text, by its name in the menu. */
  async attach(kind: string): Promise<void> {
    await this.page.getByRole("button", { name: "Attach" }).click();
    await this.page.getByRole("menuitem", { name: kind }).click();
  }

  /** Presses a button of the business's last message with this text in it. */
  async press(text: string, button: string): Promise<void> {
    await this.message("Business", text).last().getByRole("button", { name: button, exact: true }).click();
  }

  /** Opens the list of a message by its button and chooses a row. */
  async choose(text: string, list: string, row: string): Promise<void> {
    await this.press(text, list);
    await this.page.getByRole("dialog", { name: list }).getByRole("button", { name: row, exact: true }).click();
  }

  /** Answers a call-permission request. */
  async permit(text: string, answer: "Allow" | "Always allow" | "Don't allow"): Promise<void> {
    await this.choose(text, "Choose preference", answer);
  }

  /** Opens a flow by its button, answers its question and submits it. */
  async fillFlow(text: string, button: string, answer: string): Promise<void> {
    await this.press(text, button);
    const form = this.page.getByRole("dialog", { name: button });
    await form.getByRole("textbox", { name: "Your answer" }).fill(answer);
    await form.getByRole("button", { name: "Submit" }).click();
  }

  async closeWindow(): Promise<void> {
    await this.page.getByRole("button", { name: "Close the 24-hour window" }).click();
    await expect(this.page.getByText("The 24-hour window is closed")).toBeVisible();
  }

  /** A message of the customer, or of the business. */
  message(from: "You" | "Business", text: string) {
    return this.page.getByRole("log", { name: "Messages" }).getByRole("article", { name: from }).filter({ hasText: text });
  }
}
