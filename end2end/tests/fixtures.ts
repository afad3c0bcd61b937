import { test as base, type BrowserContext, expect } from "@playwright/test";
import { Panel } from "../pages/panel";
import { EMAIL, PASSWORD, type Person } from "../world/facts";
import type { Thoth } from "../world/thoth";
import { begin, beginEmpty, type World } from "../world/world";

/** What the browser complained about: errors, warnings, and what the content policy forbade. */
export class Noise {
  private readonly heard: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** This complaint is what the test is about. */
  allow(words: RegExp): void {
    this.allowed.push(words);
  }

  listen(context: BrowserContext): void {
    context.on("console", (message) => {
      const loud = message.type() === "error" || message.type() === "warning";
      if (loud) this.heard.push(`${message.type()} at ${message.location().url}: ${message.text()}`);
    });
    context.on("weberror", (error) => this.heard.push(`uncaught: ${error.error().message}`));
  }

  get unexpected(): string[] {
    return this.heard.filter((words) => !this.allowed.some((allowed) => allowed.test(words)));
  }
}

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface EachTest {
  /** Who is signed in. */
  as: Person | "nobody";
  panel: Panel;
  noise: Noise;
}

interface EachWorker {
  world: World;
  /** The session of a person, signed in once. */
  session: (person: Person) => Promise<State>;
  /** A THOTH with nobody in it. It is looked at and stays empty. */
  empty: Thoth;
}

export const test = base.extend<EachTest, EachWorker>({
  world: [
    async ({}, use) => {
      const world = await begin();
      await use(world);
      await world.end();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  empty: [
    async ({}, use) => {
      const thoth = await beginEmpty();
      await use(thoth);
      await thoth.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  session: [
    async ({ world, playwright }, use) => {
      const known = new Map<Person, State>();
      await use(async (person) => {
        const state = known.get(person);
        if (state) return state;
        // The present test's own session would be turned into this one.
        const nobody = { cookies: [], origins: [] };
        const request = await playwright.request.newContext({ baseURL: world.thoth.url, storageState: nobody });
        const form = { email: EMAIL[person], password: PASSWORD, next: "/" };
        const answer = await request.post("/api/panel/sign_in", { form, headers: { accept: "text/html" } });
        expect(answer.ok()).toBe(true);
        const fresh = await request.storageState();
        await request.dispose();
        known.set(person, fresh);
        return fresh;
      });
    },
    { scope: "worker" },
  ],
  as: ["admin", { option: true }],
  baseURL: async ({ world }, use) => use(world.thoth.url),
  storageState: async ({ as, session }, use) => use(as === "nobody" ? undefined : await session(as)),
  noise: [
    async ({ context, world }, use, info) => {
      const noise = new Noise();
      noise.listen(context);
      await use(noise);
      if (info.status !== info.expectedStatus) await info.attach("THOTH's log", { body: world.thoth.said });
      expect(noise.unexpected, "the browser complained").toEqual([]);
    },
    { auto: true },
  ],
  panel: async ({ page }, use) => use(new Panel(page)),
});

export { expect };
