import { expect } from "@playwright/test";
import { write } from "./form";
import { firstOf, type Panel } from "./panel";

/** The templates of a WABA in the panel. */
export class Templates {
  private constructor(
    readonly panel: Panel,
    /** The list's path. */
    readonly path: string,
  ) {}

  /** From the WABA's page to its templates. */
  static async open(panel: Panel): Promise<Templates> {
    const { page, words } = panel;
    await panel.open(await firstOf(page, "/wabas"));
    await panel.main.getByRole("link", { name: words.waba.open_templates }).click();
    await expect(panel.title(words.template.title)).toBeVisible();
    return new Templates(panel, new URL(page.url()).pathname);
  }

  /** Meta is asked, and the list has them. */
  async synchronise(name: string): Promise<void> {
    const { main, words } = this.panel;
    await main.getByRole("button", { name: words.template.sync }).click();
    await this.list();
    await this.panel.search(name);
    await expect(this.panel.row(name).first()).toBeVisible({ timeout: 30_000 });
  }

  async list(question = ""): Promise<void> {
    await this.panel.open(`${this.path}${question}`);
  }

  /** Opens a template of the list. */
  async choose(name: string, language: string): Promise<void> {
    await this.list(`?q=${name}&language=${language}`);
    await this.panel.row(name).getByRole("link", { name, exact: true }).click();
    await expect(this.panel.title(name)).toBeVisible();
  }

  /** The form for a new one. */
  async begin(): Promise<void> {
    await this.panel.open(`${this.path}/new`);
  }

  /** Fills the form in, field by field. */
  async type(form: Record<string, string>): Promise<void> {
    await write(this.panel.page, form);
  }

  /** Sends the form, or presses a button in it. */
  async press(action: string): Promise<void> {
    await this.panel.main.getByRole("button", { name: action, exact: true }).and(this.panel.page.locator(":visible")).last().click();
  }

  /** What a phone would show. */
  get bubble() {
    return this.panel.main.getByRole("figure", { name: this.panel.words.bubble.label });
  }

  /** The badge and the words of the status. */
  get state() {
    return this.panel.main.getByRole("region", { name: this.panel.words.template.state });
  }
}
