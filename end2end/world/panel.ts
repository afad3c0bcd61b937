import { expect, type Page } from "@playwright/test";

/** What became of a form: where the panel leads next, or what it refuses. */
export interface Sent {
  /** The path it leads to. */
  to?: string;
  code?: string;
  field?: string;
  args?: Record<string, string>;
}

/** Sends a form of the panel as its script does, with the session of this page. */
export async function send(page: Page, endpoint: string, form: Record<string, string>): Promise<Sent> {
  const answer = await page.request.post(`/api/panel/${endpoint}`, {
    form,
    headers: { accept: "application/json" },
    maxRedirects: 0,
  });
  return answer.ok() ? { to: answer.headers().location } : answer.json();
}

/** Sends a form that must go through; answers the id of what it leads to. */
export async function done(page: Page, endpoint: string, form: Record<string, string>): Promise<string> {
  const sent = await send(page, endpoint, form);
  expect(sent.code, `${endpoint} ${JSON.stringify(sent)}`).toBeUndefined();
  return sent.to?.split("?")[0]?.split("/").at(-1) ?? "";
}

/** Asks the panel for something. */
export async function ask(page: Page, endpoint: string, question: unknown): Promise<any> {
  const answer = await page.request.post(`/api/panel/${endpoint}`, {
    data: question,
    headers: { accept: "application/json" },
  });
  return answer.json();
}
