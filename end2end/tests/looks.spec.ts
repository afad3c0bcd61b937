import { fill, refused } from "../pages/form";
import { accessible, fits, speaks } from "../pages/look";
import { firstOf, Panel } from "../pages/panel";
import { type Language, type Theme, WORDS } from "../pages/words";
import { GULIN } from "../world/facts";
import { expect, test } from "./fixtures";

test.describe.configure({ mode: "parallel", timeout: 240_000 });

const LANGUAGES: Language[] = ["en", "ru"];
const THEMES: Theme[] = ["light", "dark"];
const SIZES = [
  { name: "a desk", use: { viewport: { width: 1280, height: 800 } } },
  { name: "a telephone", use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
];

for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    for (const size of SIZES) {
      test.describe(`${language}, ${theme}, ${size.name}`, () => {
        test.use(size.use);

        test.beforeEach(async ({ context, baseURL }) => {
          const url = baseURL ?? "";
          await context.addCookies([
            { name: "thoth_language", value: language, url },
            { name: "thoth_theme", value: theme, url },
          ]);
        });

        test("every page reads well, fits and is accessible", async ({ page, world, noise }) => {
          noise.allow(/status of 422/);
          const { sandbox } = world;
          const panel = new Panel(page, WORDS[language]);
          const look = async (at: string) => {
            await speaks(page, language, at);
            await fits(page, at);
            // What axe finds on a telephone in the dark it finds on a desk in the dark.
            if (!size.use.isMobile || theme === "light") await accessible(page, at);
            if (size.use.isMobile) return;
            // 1280 pixels at 200 %.
            await page.setViewportSize({ width: 640, height: 400 });
            await fits(page, `${at} at 200 %`);
            await page.setViewportSize(size.use.viewport);
          };

          const place = [language === "ru", theme === "dark", size.use.isMobile === true].map(Number).join("");
          const number = `+77010030${place}`;
          const customer = `looked-at-${place}`;
          await sandbox.customer(customer, "Looked-at Customer", number);
          await sandbox.says(customer, GULIN, "Hello");
          await sandbox.failsWith(customer, 131026);
          const chat = await sandbox.openChat(GULIN, number, "Looked-at Customer");
          await sandbox.answers(GULIN, chat, "A long answer that goes on and on. ".repeat(20));

          const rooms = ["/", "/phones", "/phones?q=nobody", "/deliveries?state=all", "/deliveries/dead", "/deliveries/destinations", "/wabas", "/portals", "/users"];
          const forms = ["/wabas/new", "/phones/new", "/portals/new", "/users/new", "/settings", "/account"];
          for (const path of [...rooms, ...forms]) {
            await panel.open(path);
            await look(path);
          }
          for (const [list, parts] of [
            ["/wabas", ["", "/edit", "/delete"]],
            ["/portals", ["", "/edit", "/delete"]],
            ["/phones", ["", "/edit", "/line", "/delete"]],
            ["/users", ["", "/delete"]],
          ] as const) {
            const one = await firstOf(page, list);
            for (const part of parts) {
              await panel.open(`${one}${part}`);
              await look(`${list}/x${part}`);
            }
          }
          // Forms with something wrong in them.
          await panel.open("/phones/new");
          await fill(panel, { phone: "12", phone_id: "12ab" }, panel.words.form.save);
          await refused(page, "phone", panel.words.problem.phone_invalid);
          await look("a phone's form with what is wrong");
          await panel.open("/portals/new");
          await fill(panel, { client_id: "abc" }, panel.words.form.save);
          await refused(page, "client_id", panel.words.problem.client_id_invalid);
          await look("a portal's form with what is wrong");
          for (const [state, kind] of [
            ["failed", "outbound_text"],
            ["delivered", "inbound_text"],
          ] as const) {
            await panel.open(`/deliveries?state=${state}&q=${number.slice(1)}`);
            await panel.row(number, panel.words.delivery.kind[kind]).getByRole("link").click();
            await expect(panel.title(panel.words.delivery.title)).toBeVisible();
            await expect(page.getByRole("region", { name: panel.words.delivery.timeline })).toBeVisible();
            await look(`a ${state} delivery`);
          }
          for (const menu of [panel.words.preferences.language, panel.words.account.label]) {
            await panel.menu(menu);
            await look(`the menu ${menu}`);
            await page.keyboard.press("Escape");
          }
        });

        test("so do the pages before signing in and where nothing is", async ({ page, context, empty, session, noise }) => {
          noise.allow(/status of 404/);
          const look = async (at: string) => {
            await speaks(page, language, at);
            await accessible(page, at);
            await fits(page, at);
          };
          const panel = new Panel(page, WORDS[language]);
          await context.clearCookies({ name: /^(?!thoth_(language|theme)$)/ });
          await page.goto("/sign-in");
          await expect(panel.title(panel.words.sign_in.title)).toBeVisible();
          await look("sign-in");
          await page.goto("/nowhere");
          await look("not found");
          await page.goto(await empty.setupLink());
          await expect(panel.title(panel.words.setup.title)).toBeVisible();
          await look("setup");
          await page.goto(`${empty.url}/setup/used-up`);
          await expect(panel.title(panel.words.setup.over)).toBeVisible();
          await look("a used link");

          await context.addCookies((await session("newcomer")).cookies);
          for (const path of ["/", "/phones", "/deliveries", "/wabas", "/portals", "/phones/new"]) {
            await panel.open(path);
            await look(`${path} of a newcomer`);
          }
        });
      });
    }
  }
}
