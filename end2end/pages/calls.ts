import type { Business } from "../world/facts";
import type { Sandbox } from "../world/sandbox";
import type { Panel } from "./panel";

/** How a call ends in the sandbox. */
export type End = "answered" | "missed" | "declined" | "failed";

/** The calls in the panel. */
export class Calls {
  constructor(readonly panel: Panel) {}

  /** A customer calls a business, and the call ends. */
  static async ring(sandbox: Sandbox, customer: string, to: Business, end: End, seconds = 0): Promise<void> {
    await sandbox.post(`/api/customers/${customer}/call`, { phone_id: to.phoneId, end, seconds });
  }

  async list(question = ""): Promise<void> {
    await this.panel.open(`/calls${question}`);
  }

  async permissions(question = ""): Promise<void> {
    await this.panel.open(`/calls/permissions${question}`);
  }

  /** The bars of the last days. */
  get chart() {
    return this.panel.main.getByRole("img", { name: /14/ });
  }
}
