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

/** A template as it is planted. */
export interface Planted {
  name: string;
  language: string;
  category: string;
  components: unknown[];
  status?: string;
  parameter_format?: string;
  quality?: string;
  rejected_reason?: string;
}

/** What a sender's handler answered; status 0 where it did not. */
export interface Handled {
  message_id: string;
  status: number;
  body: string;
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

  /** A WABA's templates with everything Meta knows of them. */
  templates(waba: string): Promise<any[]> {
    return this.get(`/api/templates?waba=${waba}`);
  }

  /** One of them. */
  async template(waba: string, name: string, language: string): Promise<any> {
    const all = await this.templates(waba);
    const found = all.find((template) => template.name === name && template.language === language);
    if (!found) throw new Error(`the WABA ${waba} has no template ${name} ${language}`);
    return found;
  }

  /** Puts a template into a WABA, unchecked and without a webhook; answers its id. */
  async plantTemplate(waba: string, template: Planted): Promise<string> {
    return (await this.post("/api/templates", { waba, template })).id;
  }

  /** Meta decides on a template: `APPROVED`, `REJECTED` with a reason, `PAUSED`, `DISABLED`, `DELETED`. */
  async reviewTemplate(id: string, event: string, reason?: string): Promise<void> {
    await this.post(`/api/templates/${id}/review`, { event, reason });
  }

  /** Meta gives a template another category, or announces it a day before. */
  async recategoriseTemplate(id: string, category: string, announce = false): Promise<void> {
    await this.post(`/api/templates/${id}/category`, { category, announce });
  }

  async qualityOfTemplate(id: string, score: string): Promise<void> {
    await this.post(`/api/templates/${id}/quality`, { score });
  }

  /** Whether a WABA is onboarded to the Marketing Messages API; the code with which it is refused is 134100. */
  async marketing(waba: string, onboarded: boolean): Promise<void> {
    await this.post(`/api/wabas/${waba}`, { marketing: onboarded });
  }

  /** A customer presses a button or a row by its words, in the last message that has it. */
  async presses(customer: string, business: Business, title: string, response?: object): Promise<void> {
    await this.post(`/api/customers/${customer}/press`, { to_phone_id: business.phoneId, title, response });
  }

  /** What a customer has on their telephone from and to a business, oldest first. */
  async telephone(customer: string, business: Business): Promise<any[]> {
    const [talk] = await this.get(`/api/phone?customer=${customer}&phone=${business.phoneId}`);
    return talk ? talk.messages : [];
  }

  /** "Send SMS" at a CRM card; the sender by its code. Answers what the handler answered. */
  sms(portal: string, text: { sender: string; to: string; text: string; user?: number }): Promise<Handled> {
    return this.post(`/api/sms/${portal}`, text);
  }

  /** The same by a robot: with tokens, without them, or without any `auth`. */
  robot(portal: string, text: { sender: string; to: string; text: string; auth?: "whole" | "bare" | "none" }): Promise<Handled> {
    return this.post(`/api/robot/${portal}`, text);
  }

  /** The very same form once more. */
  async smsAgain(portal: string, id: string): Promise<void> {
    await this.post(`/api/sms/${portal}/${id}/again`, {});
  }

  /** The text messages of a portal: `id, sender, to, body, state, reported[], answer[status, body]`. */
  texts(portal: string): Promise<any[]> {
    return this.get(`/api/sms/${portal}`);
  }

  /** The senders of a portal: `code, name, handler`. */
  senders(portal: string): Promise<any[]> {
    return this.get(`/api/senders/${portal}`);
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
