import { expect, type FrameLocator, type Page } from "@playwright/test";
import type { Sandbox } from "../world/sandbox";

/** What Bitrix24's form of a local application asks for. */
export interface LocalApp {
  handler: string;
  install: string;
  apiOnly: boolean;
  scopes: string[];
}

/** The keys Bitrix24 gives a local application. */
export interface Keys {
  id: string;
  secret: string;
}

/** A Bitrix24 portal in the sandbox, as the people who work in it see it. */
export class Portal {
  private constructor(
    readonly page: Page,
    readonly address: string,
  ) {}

  static async open(page: Page, sandbox: Sandbox, member: string): Promise<Portal> {
    const portal = new Portal(page, `http://${sandbox.domain(member)}`);
    await portal.contactCenter();
    return portal;
  }

  async contactCenter(): Promise<void> {
    await this.page.goto(`${this.address}/contact_center/`);
  }

  /** Somebody else looks, by the whole name. */
  async be(user: string): Promise<void> {
    const select = this.page.getByLabel("Who am I");
    const options = await select.getByRole("option").allTextContents();
    const label = options.find((option) => option.startsWith(user)) ?? user;
    await select.selectOption({ label });
    await this.page.getByRole("button", { name: "Be this user" }).click();
    await expect(select.locator("option:checked")).toContainText(user);
  }

  /** Fills the form in and saves it. */
  async addApp(app: LocalApp, name = "THOTH"): Promise<Keys> {
    await this.page.goto(`${this.address}/devops/new/`);
    await this.page.getByLabel("Application name").fill(name);
    await this.page.getByRole("textbox", { name: "Your handler path" }).fill(app.handler);
    await this.page.getByRole("textbox", { name: "Initial installation path" }).fill(app.install);
    await this.page.getByRole("checkbox", { name: "Script uses API only" }).setChecked(app.apiOnly);
    for (const scope of app.scopes) await this.page.getByRole("checkbox", { name: scope, exact: true }).check();
    await this.page.getByRole("button", { name: "Save" }).click();
    const id = this.page.getByLabel("Application ID (client_id)");
    await expect(id).toHaveValue(/^local\./);
    return { id: await id.inputValue(), secret: await this.page.getByLabel("Application key (client_secret)").inputValue() };
  }

  private async app(name = "THOTH"): Promise<void> {
    await this.page.goto(`${this.address}/devops/`);
    await this.page.getByRole("main").getByRole("link", { name, exact: true }).click();
  }

  /** Ticks these permissions and no others. An app that is installed gets them with the next installation. */
  async editApp(scopes: string[]): Promise<void> {
    await this.app();
    const permissions = this.page.getByRole("group", { name: "Permissions" });
    for (const box of await permissions.getByRole("checkbox").all()) {
      await box.setChecked(scopes.includes((await box.getAttribute("value")) ?? ""));
    }
    await this.page.getByRole("button", { name: "Save" }).click();
  }

  /** The installation begins anew. */
  async reinstallApp(): Promise<void> {
    await this.app();
    await this.page.getByRole("button", { name: "Reinstall" }).click();
  }

  /** A new version: another `application_token`, and nothing bound. */
  async updateApp(): Promise<void> {
    await this.app();
    await this.page.getByRole("button", { name: "Update" }).click();
  }

  async deleteApp(name = "THOTH"): Promise<void> {
    await this.app(name);
    await this.page.getByRole("button", { name: "Delete" }).click();
  }

  /** Opens the app in the menu. */
  async openApp(name = "THOTH"): Promise<FrameLocator> {
    await this.page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name, exact: true }).click();
    return this.frame;
  }

  /** The app's page inside the portal's. */
  get frame(): FrameLocator {
    return this.page.frameLocator("iframe.app");
  }

  /** A connector's tile in the Contact Center. */
  tile(name: string) {
    return this.page.getByRole("button", { name });
  }

  /** Opens the settings page of a connector on a line. */
  async connect(connector: string, line: string): Promise<FrameLocator> {
    await this.contactCenter();
    await this.tile(connector).click();
    await this.page.getByRole("button", { name: new RegExp(`^(Connect|Settings) ${line}$`) }).click();
    return this.frame;
  }

  async disconnect(connector: string, line: string): Promise<void> {
    await this.contactCenter();
    await this.tile(connector).click();
    await this.page.getByRole("button", { name: `Disconnect ${line}` }).click();
  }

  async createLine(name: string): Promise<void> {
    await this.contactCenter();
    await this.page.getByLabel("New line").fill(name);
    await this.page.getByRole("button", { name: "Create Open Line" }).click();
  }

  async deleteLine(name: string): Promise<void> {
    await this.contactCenter();
    const button = this.page.getByRole("button", { name: `Delete ${name}` });
    await button.click();
    await expect(button).toBeHidden();
  }
}
