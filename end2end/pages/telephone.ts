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

  async closeWindow(): Promise<void> {
    await this.page.getByRole("button", { name: "Close the 24-hour window" }).click();
    await expect(this.page.getByText("The 24-hour window is closed")).toBeVisible();
  }

  /** A message of the customer, or of the business. */
  message(from: "You" | "Business", text: string) {
    return this.page.getByRole("log", { name: "Messages" }).getByRole("article", { name: from }).filter({ hasText: text });
  }
}
