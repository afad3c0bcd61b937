import { expect, type Locator, type Page } from "@playwright/test";
import type { Sandbox } from "../world/sandbox";

/** A text message as somebody types it. */
export interface Typed {
  /** The sender's name as the portal shows it, `THOTH +77272000111`. */
  sender: string;
  /** The number in any form. */
  to: string;
  text: string;
}

/** A contact's card in the portal: "Send SMS", a robot, and what became of the messages. */
export class Crm {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox, member: string): Promise<Crm> {
    await page.goto(`http://${sandbox.domain(member)}/crm/`);
    await expect(page.getByRole("form", { name: "Send SMS" })).toBeVisible();
    return new Crm(page);
  }

  private async fill(form: Locator, typed: Typed): Promise<void> {
    await form.getByLabel("Sender").selectOption({ label: typed.sender });
    await form.getByLabel("Number").fill(typed.to);
    await form.getByLabel("Text").fill(typed.text);
  }

  /** Sends by hand. */
  async send(typed: Typed): Promise<void> {
    const form = this.page.getByRole("form", { name: "Send SMS" });
    await this.fill(form, typed);
    await form.getByRole("button", { name: "Send" }).click();
    await expect(this.answer).toBeVisible();
  }

  /** A robot sends, with or without tokens. */
  async robot(typed: Typed, tokens = true): Promise<void> {
    const form = this.page.getByRole("form", { name: "Robot" });
    await this.fill(form, typed);
    await form.getByRole("checkbox", { name: "The call brings tokens" }).setChecked(tokens);
    await form.getByRole("button", { name: "Run the robot" }).click();
    await expect(this.answer).toBeVisible();
  }

  /** What the handler answered to the last one. */
  get answer(): Locator {
    return this.page.getByRole("status");
  }

  /** The senders the portal offers, by name. */
  senders(): Promise<string[]> {
    return this.page.getByRole("form", { name: "Send SMS" }).getByLabel("Sender").getByRole("option").allTextContents();
  }

  /** A message in the list, newest first: Queued, Sent, Delivered, Not delivered, Failed, or "No report yet". */
  message(text: string): Locator {
    return this.page.getByRole("region", { name: "Messages" }).getByRole("article").filter({ hasText: text });
  }
}
