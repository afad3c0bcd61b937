import { expect, type Locator, type Page } from "@playwright/test";
import { META_APP } from "../world/facts";
import type { Sandbox } from "../world/sandbox";

/** What THOTH wants to hear of. */
const FIELDS = [
  "messages",
  "message_template_status_update",
  "message_template_quality_update",
  "message_template_components_update",
  "template_category_update",
  "calls",
  "account_settings_update",
];

/** Meta's dashboard of one app in the sandbox: App settings, API Setup, Configuration. */
export class Dashboard {
  private constructor(
    readonly page: Page,
    private readonly app: Locator,
  ) {}

  static async open(page: Page, sandbox: Sandbox, app = META_APP.id): Promise<Dashboard> {
    await page.goto(`${sandbox.addresses.main}/meta`);
    const region = page.getByRole("region", { name: `App ${app}` });
    await expect(region.getByRole("heading", { name: "App settings" })).toBeVisible();
    return new Dashboard(page, region);
  }

  /** Puts an address into "Valid OAuth Redirect URIs". */
  async allowRedirect(address: string): Promise<void> {
    await this.app.getByRole("textbox", { name: "Valid OAuth Redirect URIs" }).fill(address);
    await this.app.getByRole("button", { name: "Save changes" }).click();
    await expect(this.app.getByText("Changes saved.")).toBeVisible();
  }

  /** Generates a token; without some permissions where they are named. */
  async token(kind: "access" | "permanent", without: string[] = []): Promise<string> {
    const setup = this.app.getByRole("region", { name: "API Setup" });
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
    const form = this.app.getByRole("form", { name: "Webhook" });
    await form.getByLabel("Callback URL").fill(callback);
    await form.getByLabel("Verify token").fill(token);
    await form.getByRole("button", { name: "Verify and save" }).click();
  }

  /** What "Verify and save" answered. */
  get verdict() {
    return this.app.getByRole("form", { name: "Webhook" }).getByRole("status");
  }

  /** Subscribes to `messages` and the fields of templates, and publishes the app; only then webhooks come. */
  async subscribe(): Promise<void> {
    const fields = this.app.getByRole("region", { name: "Webhook fields" });
    for (const name of FIELDS) {
      await fields.getByRole("checkbox", { name, exact: true }).check();
      await expect(fields.getByRole("status")).toContainText(`Subscribed to ${name}.`);
    }
    await fields.getByRole("checkbox", { name: "App mode: Live" }).check();
    await expect(fields.getByRole("status")).toContainText("live");
  }
}
