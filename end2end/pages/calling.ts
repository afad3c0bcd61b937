import { expect } from "@playwright/test";
import type { Place } from "./copy";
import { write } from "./form";
import type { Words } from "./words";

/** What a phone's calling is set to, as far as a test cares. */
export interface Settings {
  calling?: boolean;
  sip?: boolean;
  host?: string;
  port?: string;
}

/** The calling of a phone in the panel, or in Bitrix24's frame. */
export class Calling {
  constructor(
    readonly place: Place,
    readonly words: Words,
  ) {}

  /** The way from the phone's page. */
  get way() {
    return this.place.getByRole("region", { name: this.words.calling.title, exact: true }).getByRole("link", { name: this.words.calling.open });
  }

  /** One of the pages of calling. */
  tab(name: keyof Words["calling"]["nav"]) {
    return this.place.getByRole("navigation", { name: this.words.calling.nav.label }).getByRole("link", { name: this.words.calling.nav[name], exact: true });
  }

  /** Enabled or Disabled of a switch. */
  choice(name: string, on: boolean) {
    const { enabled, disabled } = this.words.calling.form;
    return this.place.getByRole("group", { name, exact: true }).getByRole("radio", { name: on ? enabled : disabled, exact: true });
  }

  async set({ calling, sip, ...typed }: Settings): Promise<void> {
    const { health } = this.words.calling;
    if (calling !== undefined) await this.choice(health.calling, calling).check();
    if (sip !== undefined) await this.choice(health.sip, sip).check();
    await write(this.place, typed as Record<string, string>);
  }

  /** Opens the settings most people leave alone. */
  async more(): Promise<void> {
    await this.place.locator("main details.more").first().locator("summary").click();
  }

  get save() {
    return this.place.locator("main").getByRole("button", { name: this.words.form.save, exact: true });
  }

  /** A line of how it stands. */
  line(label: string) {
    return this.place.getByRole("region", { name: this.words.calling.health.title }).getByRole("listitem").filter({ has: this.place.getByText(label, { exact: true }) });
  }

  /** The Error field. */
  get error() {
    return this.place.getByRole("group", { name: this.words.calling.error.title, exact: true });
  }

  /** Calling and SIP are on, and nothing failed. */
  async isGreen(): Promise<void> {
    const { health, error } = this.words.calling;
    await expect(this.line(health.calling)).toContainText(health.is_on);
    await expect(this.line(health.sip)).toContainText(health.is_on);
    await expect(this.error).toContainText(error.none);
  }

  /** What happened, the newest first. */
  get events() {
    return this.place.locator("main ol.timeline > li");
  }
}
