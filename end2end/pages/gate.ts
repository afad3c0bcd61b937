import { expect, type Page } from "@playwright/test";
import { WORDS, type Words } from "./words";

/** The pages before signing in: sign-in, and the first admin by the one-time link. */
export class Gate {
  constructor(
    readonly page: Page,
    readonly words: Words = WORDS.en,
  ) {}

  get email() {
    return this.page.getByLabel(this.words.sign_in.email);
  }

  get password() {
    return this.page.getByLabel(this.words.sign_in.password);
  }

  /** What went wrong, beside the form. */
  get problem() {
    return this.page.getByRole("alert");
  }

  async isSignIn(): Promise<void> {
    await expect(this.page.getByRole("heading", { name: this.words.sign_in.title })).toBeVisible();
  }

  private async fill(email: string, password: string, button: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }

  signIn(email: string, password: string): Promise<void> {
    return this.fill(email, password, this.words.sign_in.action);
  }

  createAdmin(email: string, password: string): Promise<void> {
    return this.fill(email, password, this.words.setup.action);
  }
}
