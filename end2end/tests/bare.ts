import { type BrowserContext, expect, type Page, test as base } from "@playwright/test";
import { Gate } from "../pages/gate";
import { Panel } from "../pages/panel";
import { type Language, WORDS } from "../pages/words";
import { EMAIL, PASSWORD } from "../world/facts";
import { beginUnconnected, type World } from "../world/world";
import { Noise } from "./fixtures";

/** Somebody's browser, and what stands in it. */
export interface Seat {
  context: BrowserContext;
  panel: Panel;
  /** A window on the sandbox, in a browser of its own. */
  tab(): Promise<Page>;
}

interface Bare {
  language: Language;
  /** The panel's own browsers run scripts; the sandbox's always do. */
  scripted: boolean;
  /** A world in which nothing is connected, of this test alone. */
  bare: World;
  noise: Noise;
  /** Sits somebody down at a browser of their own. */
  sit: () => Promise<Seat>;
  /** The first admin, signed in. */
  admin: Seat;
}

export const test = base.extend<Bare>({
  language: ["en", { option: true }],
  scripted: [true, { option: true }],
  bare: async ({}, use, info) => {
    const world = await beginUnconnected();
    await use(world);
    if (info.status !== info.expectedStatus) {
      await info.attach("THOTH's log", { body: world.thoth.said });
      const heard = await world.sandbox.get("/api/log?limit=80");
      await info.attach("the sandbox's log", { body: JSON.stringify(heard.entries, null, 1), contentType: "application/json" });
    }
    await world.end();
  },
  noise: async ({ scripted }, use) => {
    const noise = new Noise();
    // Without a script nobody uses what the page asks the browser to have ready.
    if (!scripted) noise.allow(/preloaded using link preload/);
    await use(noise);
    expect(noise.unexpected, "the browser complained").toEqual([]);
  },
  sit: async ({ browser, bare, noise, language, scripted }, use) => {
    const seats: BrowserContext[] = [];
    const outside = await browser.newContext();
    seats.push(outside);
    await use(async () => {
      const context = await browser.newContext({ javaScriptEnabled: scripted, baseURL: bare.thoth.url });
      await context.addCookies([{ name: "thoth_language", value: language, url: bare.thoth.url }]);
      seats.push(context);
      noise.listen(context);
      const panel = new Panel(await context.newPage(), WORDS[language]);
      return { context, panel, tab: () => outside.newPage() };
    });
    for (const context of seats) await context.close();
  },
  admin: async ({ sit, bare }, use) => {
    const seat = await sit();
    await seat.panel.page.goto(await bare.thoth.setupLink());
    await new Gate(seat.panel.page, seat.panel.words).createAdmin(EMAIL.admin, PASSWORD);
    await expect(seat.panel.title(seat.panel.words.overview.title)).toBeVisible();
    await use(seat);
  },
});

export { expect };
