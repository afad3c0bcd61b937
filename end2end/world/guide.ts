import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, type Locator } from "@playwright/test";

const DOCS = join(import.meta.dirname, "..", "..", "docs");

/** Takes a picture for the papers, where that is asked for: `GUIDE=1`. */
export async function picture(of: Locator, file: string): Promise<void> {
  if (!process.env.GUIDE) return;
  const path = join(DOCS, "img", file);
  mkdirSync(dirname(path), { recursive: true });
  // A page that shows something new meanwhile takes the element away.
  await expect(() => of.screenshot({ path, timeout: 5_000 })).toPass();
}

/** A code as `docs/templates.md` has it. */
export interface Example {
  code: string;
  /** Where it is written: into the chat, or into an SMS. */
  from: "chat" | "sms";
  /** Its picture's file and the words on it, where there is one. */
  shown?: { file: string; words: string };
}

/** Every template's code in the guide, in its order. */
export function examples(): Example[] {
  const guide = readFileSync(join(DOCS, "templates.md"), "utf8");
  const block = /^```(|sms)\n(.+)\n```\n(?:\n!\[(.+)\]\(img\/(.+)\))?/gm;
  return [...guide.matchAll(block)].map(([, kind, code, words, file]) => ({
    code: code ?? "",
    from: kind === "sms" ? "sms" : "chat",
    shown: file && words ? { file, words } : undefined,
  }));
}
