import { expect, type Page } from "@playwright/test";
import type { Sandbox } from "../world/sandbox";

/** Meta's app dashboard in the sandbox: App settings, API Setup, Configuration. */
export class Dashboard {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox): Promise<Dashboard> {
    await page.goto(`${sandbox.addresses.main}/meta`);
    await expect(page.getByRole("heading", { name: "App settings" })).toBeVisible();
    return new Dashboard(page);
  }

  /** Puts an address into "Valid OAuth Redirect URIs". */
  async allowRedirect(address: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "Valid OAuth Redirect URIs" }).fill(address);
    await this.page.getByRole("button", { name: "Save changes" }).click();
    await expect(this.page.getByText("Changes saved.")).toBeVisible();
  }

  /** Generates a token; without some permissions where they are named. */
  async token(kind: "access" | "permanent", without: string[] = []): Promise<string> {
    const setup = this.page.getByRole("region", { name: "API Setup" });
    for (const box of await setup.getByRole("checkbox").all()) {
      await box.setChecked(!without.includes((await box.getAttribute("value")) ?? ""));
    }
    const shown = setup.getByRole("textbox", { name: "Access token" });
    const before = await shown.inputValue();
    await setup.getByRole("button", { name: `Generate ${kind} token` }).click();
    await expect(shown).not.toHaveValue(before);
    return shown.inputValue();
  }

  /** Pastes both into Configuration and presses "Verify and save". */
  async verify(callback: string, token: string): Promise<void> {
    const form = this.page.getByRole("form", { name: "Webhook" });
    await form.getByLabel("Callback URL").fill(callback);
    await form.getByLabel("Verify token").fill(token);
    await form.getByRole("button", { name: "Verify and save" }).click();
  }

  /** What "Verify and save" answered. */
  get verdict() {
    return this.page.getByRole("form", { name: "Webhook" }).getByRole("status");
  }
}
