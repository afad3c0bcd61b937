import type { Page } from "@playwright/test";
import { Gate } from "../pages/gate";
import { Panel } from "../pages/panel";
import { type Theme, WORDS } from "../pages/words";
import { expect, test } from "./fixtures";

const lang = (page: Page) => expect.poll(() => page.evaluate(() => document.documentElement.lang));

/** Whether the page is painted light or dark. */
const painted = (page: Page) =>
  expect.poll(() =>
    page.evaluate((): Theme => {
      const [red = 0] = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
      return red > 127 ? "light" : "dark";
    }),
  );

for (const script of [true, false]) {
  test.describe(script ? "with a script" : "without a script", () => {
    test.use({ javaScriptEnabled: script });

    test("the language is chosen, kept and taken back", async ({ page, panel }) => {
      const russian = new Panel(page, WORDS.ru);
      await (script ? panel.open("/phones?q=000111") : page.goto("/phones?q=000111"));
      await lang(page).toBe("en");
      await panel.chooseLanguage("ru");
      await expect(russian.title(WORDS.ru.phones.title)).toBeVisible();
      await lang(page).toBe("ru");
      await panel.isAt("/phones?q=000111");
      await russian.room(WORDS.ru.deliveries.title).click();
      await expect(russian.title(WORDS.ru.deliveries.title)).toBeVisible();
      await russian.chooseLanguage("en");
      await expect(panel.title(WORDS.en.deliveries.title)).toBeVisible();
      await lang(page).toBe("en");
    });

    test("light and dark are chosen and kept", async ({ page, panel }) => {
      const { preferences } = panel.words;
      await page.emulateMedia({ colorScheme: "dark" });
      await (script ? panel.open("/") : page.goto("/"));
      await painted(page).toBe("dark");
      await panel.chooseTheme(preferences.theme_light);
      await painted(page).toBe("light");
      await page.goto("/phones");
      await painted(page).toBe("light");
      await panel.chooseTheme(preferences.theme_dark);
      await painted(page).toBe("dark");
      await page.emulateMedia({ colorScheme: "light" });
      await painted(page).toBe("dark");
      await panel.chooseTheme(preferences.theme_system);
      await painted(page).toBe("light");
    });
  });
}

test.describe("before signing in", () => {
  test.use({ as: "nobody", locale: "ru-RU" });

  test("the browser's language is spoken, and errors are in it", async ({ page, noise }) => {
    noise.allow(/status of 422/);
    const gate = new Gate(page, WORDS.ru);
    await page.goto("/phones");
    await gate.isSignIn();
    await lang(page).toBe("ru");
    await gate.signIn("nobody@thoth.example", "not the password");
    await expect(gate.problem).toHaveText(WORDS.ru.problem.wrong_credentials);
  });
});
