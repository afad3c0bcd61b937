import type { Page } from "@playwright/test";

/** What the panel refuses, as its server functions say it. */
export interface Refusal {
  code: string;
  field?: string;
  args?: Record<string, string>;
}

/** Sends a form of the panel as its script does, with the session of this page. Answers the refusal, if any. */
export async function send(page: Page, endpoint: string, form: Record<string, string>): Promise<Refusal | undefined> {
  const answer = await page.request.post(`/api/panel/${endpoint}`, {
    form,
    headers: { accept: "application/json" },
    maxRedirects: 0,
  });
  return answer.ok() ? undefined : answer.json();
}

/** Asks the panel for something. */
export async function ask(page: Page, endpoint: string, question: unknown): Promise<any> {
  const answer = await page.request.post(`/api/panel/${endpoint}`, {
    data: question,
    headers: { accept: "application/json" },
  });
  return answer.json();
}
