import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Business } from "./facts";
import { Running } from "./process";

interface Addresses {
  main: string;
  graph: string;
  facebook: string;
  oauth: string;
  portals: { member_id: string; domain: string }[];
}

/** The sandbox as a process, and its control API. */
export class Sandbox {
  private constructor(
    private readonly running: Running,
    readonly addresses: Addresses,
  ) {}

  /** Starts one with the world of a file beside this one. */
  static async start(folder: string, thoth: string, world = "sandbox.toml"): Promise<Sandbox> {
    const setup = readFileSync(join(import.meta.dirname, world), "utf8").replaceAll("{thoth}", thoth);
    const path = join(folder, "sandbox.toml");
    writeFileSync(path, setup);
    const words = ["--config", path, "--ports", "0", "--until-stdin-closes"];
    const running = Running.start("thoth-sandbox", words);
    return new Sandbox(running, JSON.parse(await running.line(/^\{"main"/)));
  }

  /** `host:port` of a portal. */
  domain(member: string): string {
    const portal = this.addresses.portals.find((portal) => portal.member_id === member);
    if (!portal) throw new Error(`the sandbox has no portal ${member}`);
    return portal.domain;
  }

  async get(path: string): Promise<any> {
    const response = await fetch(this.addresses.main + path);
    if (!response.ok) throw new Error(`the sandbox at ${path} answers ${response.status}`);
    return response.json();
  }

  async post(path: string, body: unknown): Promise<any> {
    const response = await fetch(this.addresses.main + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the sandbox at ${path} answers ${response.status}: ${text}`);
    return JSON.parse(text);
  }

  /** A new customer of that name, with a number. */
  async customer(id: string, name: string, number: string): Promise<void> {
    await this.post("/api/customers", { id, name, number });
  }

  /** A customer writes to a business. */
  async says(customer: string, to: Business, text: string): Promise<void> {
    await this.post(`/api/customers/${customer}/send`, { to_phone_id: to.phoneId, text });
  }

  /** What happens to every message to a customer: a code of Meta's, 0 for nothing. */
  async failsWith(customer: string, code: number): Promise<void> {
    await this.post(`/api/customers/${customer}`, { fails_with: code });
  }

  /** Closes the 24-hour window between a customer and a business. */
  async closeWindow(customer: string, business: Business): Promise<void> {
    await this.post(`/api/customers/${customer}/window`, { phone_id: business.phoneId, seconds: 0 });
  }

  /** Opens a chat on a portal's first line that THOTH never saw, for the customer with this number. */
  async openChat(business: Business, external: string, name: string): Promise<number> {
    const body = { connector: "thoth_whatsapp", line: 1, external, name };
    return (await this.post(`/api/operator/${business.portal}/chats`, body)).chat;
  }

  /** The operator writes into a chat. */
  async answers(business: Business, chat: number, text: string): Promise<void> {
    await this.post(`/api/operator/${business.portal}/chats/${chat}/send`, { texts: [text] });
  }

  /** Turns switches. */
  async faults(change: unknown): Promise<void> {
    await this.post("/api/faults", change);
  }

  /** Puts all switches at rest. */
  async faultsClear(): Promise<void> {
    await this.post("/api/faults/clear", {});
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}
