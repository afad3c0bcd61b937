import { tabbed } from "../pages/keyboard";
import { firstOf } from "../pages/panel";
import { GULIN } from "../world/facts";
import { expect, test } from "./fixtures";

test("the tab key reaches everything on every page, and shows where it is", async ({ page, panel }) => {
  test.setTimeout(240_000);
  const lists = ["/", "/phones", "/deliveries?state=all", "/wabas", "/interactive", "/portals", "/users"];
  const forms = ["/phones/new", "/wabas/new", "/interactive/new", "/portals/new", "/users/new", "/settings", "/account"];
  for (const path of [...lists, ...forms]) {
    await panel.open(path);
    await tabbed(page, path);
  }
  await panel.open(`/phones?q=${GULIN.phoneId}`);
  const phone = await panel.row(GULIN.number).getByRole("link").first().getAttribute("href");
  for (const path of ["", "/edit", "/line", "/delete"]) {
    await panel.open(`${phone}${path}`);
    await tabbed(page, `/phones/x${path}`);
  }
  const waba = await firstOf(page, "/wabas");
  for (const path of ["/templates", "/templates/new"]) {
    await panel.open(`${waba}${path}`);
    await tabbed(page, `/wabas/x${path}`);
  }
});

test("the first stop leads to the content", async ({ page, panel }) => {
  await panel.open("/phones");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: panel.words.frame.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(panel.main).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(panel.main.locator(":focus")).toBeVisible();
});

test("menus open by Enter and close by Escape, and the focus comes back", async ({ page, panel }) => {
  await panel.open("/");
  for (const name of [panel.words.preferences.language, panel.words.preferences.theme, panel.words.account.label]) {
    const button = page.getByRole("button", { name, exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const open = page.locator(":popover-open");
    await expect(open.locator(":focus")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(open).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

test.describe("signing in", () => {
  test.use({ as: "nobody" });

  test("starts in the e-mail and goes on by Enter", async ({ page, panel }) => {
    await page.goto("/sign-in");
    const email = page.getByLabel(panel.words.sign_in.email);
    await expect(email).toBeFocused();
    await page.keyboard.type("admin@thoth.example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("a long browser password");
    await page.keyboard.press("Enter");
    await expect(panel.title(panel.words.overview.title)).toBeVisible();
  });
});
