import en from "../../app/locales/en.json" with { type: "json" };
import ru from "../../app/locales/ru.json" with { type: "json" };

export type Language = "en" | "ru";
export type Theme = "light" | "dark";
export type Words = typeof en;

/** What the panel says, as its own locales have it; plurals aside both have the same keys. */
export const WORDS: Record<Language, Words> = { en, ru: ru as unknown as Words };

/** How a language is called in its own words. */
export const LANGUAGE_NAME: Record<Language, string> = { en: "English", ru: "Русский" };

/** What of a text stands on a page whatever is put into it: its longest piece between the gaps. */
export function gist(text: string): string {
  const pieces = text.split(/\{\{[^}]*\}\}/).map((piece) => piece.trim());
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");
}

/** A text with its gaps filled. */
export function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? "");
}

/** Every text of a language under its key, `overview.title`. */
export function texts(language: Language): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: object, path: string) => {
    for (const [key, inner] of Object.entries(value)) {
      const at = path ? `${path}.${key}` : key;
      if (typeof inner === "string") found.set(at, inner);
      else walk(inner, at);
    }
  };
  walk(WORDS[language], "");
  return found;
}
