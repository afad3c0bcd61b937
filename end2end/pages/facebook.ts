import { expect, type Page } from "@playwright/test";

/** Facebook's login dialog in the sandbox. */
export class Facebook {
  constructor(readonly page: Page) {}

  async isAsking(): Promise<void> {
    await expect(this.page.getByRole("button", { name: "Continue" })).toBeVisible();
  }

  /** Shares everything but what is named. */
  async agree(without: string[] = []): Promise<void> {
    await this.isAsking();
    for (const name of without) await this.page.getByRole("checkbox", { name }).uncheck();
    await this.page.getByRole("button", { name: "Continue" }).click();
  }

  async cancel(): Promise<void> {
    await this.isAsking();
    await this.page.getByRole("button", { name: "Cancel" }).click();
  }
}
