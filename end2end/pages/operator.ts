import type { Page } from "@playwright/test";
import type { Business } from "../world/facts";
import type { Sandbox } from "../world/sandbox";

/** The operator's Bitrix24 chat in the sandbox. */
export class Operator {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox, business: Business): Promise<Operator> {
    await page.goto(`http://${sandbox.domain(business.portal)}/`);
    return new Operator(page);
  }

  /** Opens the chat with a customer, once there is one. */
  async choose(customer: string): Promise<void> {
    await this.page.getByRole("button", { name: customer }).click();
  }

  async answer(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Answer the customer" }).fill(text);
    await this.page.getByRole("button", { name: "Send", exact: true }).click();
  }

  /** A message in the open chat, whoever wrote it. */
  message(text: string) {
    return this.page.getByRole("log", { name: "Messages" }).getByRole("article").filter({ hasText: text });
  }
}
