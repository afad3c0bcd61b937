import { fill, refused } from "../pages/form";
import { look as whole } from "../pages/look";
import { toCopy } from "../pages/copy";
import { Dashboard } from "../pages/dashboard";
import { Facebook } from "../pages/facebook";
import { filled, gist, type Language } from "../pages/words";
import { META_APP, OTHER_APP, WABA } from "../world/facts";
import type { World } from "../world/world";
import { expect, type Seat, test } from "./bare";

test.describe.configure({ timeout: 150_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422)/));

/** The page in both themes: it reads well, fits and is accessible. */
async function look(seat: Seat, bare: World, language: Language, scripted: boolean): Promise<void> {
  if (!scripted) return;
  const { page } = seat.panel;
  for (const theme of ["light", "dark"]) {
    await seat.context.addCookies([{ name: "thoth_theme", value: theme, url: bare.thoth.url }]);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await whole(page, { language, at: `${new URL(page.url()).pathname} ${theme}` });
  }
}

/** Pastes both into Meta's dashboard, and sees that Meta's handshake is noticed. */
async function verify(seat: Seat, dashboard: Dashboard, scripted: boolean): Promise<void> {
  const { panel } = seat;
  const { page, words } = panel;
  await expect(panel.main).toContainText(gist(words.waba.says.not_verified));
  const callback = await toCopy(page, words.wabas.callback);
  const token = await toCopy(page, words.wabas.verify_token);
  await dashboard.verify(callback, `${token}x`);
  await expect(dashboard.verdict).toContainText("could not be validated");
  await dashboard.verify(callback, token);
  await expect(dashboard.verdict).toContainText("Verified and saved");
  if (!scripted) await page.reload();
  await expect(panel.main).toContainText(words.waba.says.verified);
}

for (const [language, scripted] of [
  ["en", true],
  ["ru", true],
  ["en", false],
] as const) {
  test.describe(`${language}, ${scripted ? "with" : "without"} a script`, () => {
    test.use({ language, scripted });

    test("by Facebook: from the Meta app to a verified webhook", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
      await page.goto("/wabas");
      await expect(panel.main).toContainText(words.facebook.not_ready);
      await look(admin, bare, language, scripted);

      await page.goto("/settings");
      await look(admin, bare, language, scripted);
      await fill(panel, { app_id: META_APP.id, app_secret: "wrong", config_id: "" }, words.form.save);
      await refused(page, "app_secret", words.problem.app_secret_refused);
      await fill(panel, { app_secret: META_APP.secret, config_id: META_APP.config }, words.form.save);
      await expect(panel.main).toContainText(words.form.saved);
      await dashboard.allowRedirect(await toCopy(page, words.settings.redirect));

      await page.goto("/wabas");
      await page.getByRole("link", { name: words.facebook.connect }).click();
      await new Facebook(page).cancel();
      await expect(panel.main).toContainText(words.problem.login_denied);
      await look(admin, bare, language, scripted);
      await page.goto("/wabas/new");
      await page.getByRole("link", { name: words.facebook.connect }).click();
      await new Facebook(page).agree(["Steppe Coffee"]);
      await expect(panel.title(words.facebook.title)).toBeVisible();
      await expect(panel.main).toContainText("+77272000222");
      await look(admin, bare, language, scripted);
      await panel.main.getByRole("button", { name: words.facebook.action }).click();
      await expect(page).toHaveURL(/\/wabas\/wab/);
      await expect(panel.main).toContainText(words.waba.says.subscribed);
      await verify(admin, dashboard, scripted);
      await look(admin, bare, language, scripted);
    });

    test("by a typed token: each refusal stands at its field", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
      const good = await dashboard.token("permanent");
      const lacking = await dashboard.token("access", ["whatsapp_business_messaging"]);
      const elsewhere = await Dashboard.open(await admin.tab(), bare.sandbox, OTHER_APP.id);
      const foreign = await elsewhere.token("permanent");
      const expired = await dashboard.token("access");
      await bare.sandbox.post("/api/graph-tokens", { token: expired, state: "expired" });
      const ours = { waba_id: WABA.gulin, app_id: META_APP.id, app_secret: META_APP.secret };
      await page.goto("/wabas/new");
      await look(admin, bare, language, scripted);
      for (const [form, field, said] of [
        [{ access_token: "EAAwrong" }, "access_token", words.problem.token_refused],
        [{ ...ours, access_token: lacking }, "access_token", words.problem.token_scope_missing],
        [{ ...ours, access_token: expired }, "access_token", words.problem.token_expired],
        [{ ...ours, access_token: foreign }, "access_token", words.problem.token_wrong_app],
        [{ access_token: good, waba_id: "12ab" }, "waba_id", words.problem.digits_only],
        [{ access_token: good, waba_id: "300400500600799" }, "waba_id", words.problem.waba_unreachable],
        [{ ...ours, access_token: good, waba_id: "" }, "waba_id", words.problem.waba_unclear],
        [{ ...ours, access_token: good, app_secret: "x" }, "app_secret", words.problem.app_secret_refused],
      ] as [Record<string, string>, string, string][]) {
        await fill(panel, { name: "My flowers", waba_id: "", app_id: "", app_secret: "", ...form }, words.wabas.add);
        await refused(page, field, said);
        await expect(panel.main.locator("#name")).toHaveValue("My flowers");
      }
      await page.goto("/wabas");
      await expect(panel.main).toContainText(words.wabas.empty_title);
      await page.goto("/wabas/new");
      await panel.main.locator("#name").fill("My flowers");
      const form = { access_token: good, waba_id: WABA.gulin, app_id: META_APP.id, app_secret: META_APP.secret };
      await fill(panel, form, words.wabas.add);
      await expect(page).toHaveURL(/\/wabas\/wab/);
      await expect(panel.main).toContainText("My flowers");
      await verify(admin, dashboard, scripted);

      await page.goto("/wabas/new");
      await fill(panel, form, words.wabas.add);
      await refused(page, "waba_id", words.problem.waba_taken);

      // The list, and the way out again.
      await page.goto("/wabas");
      await expect(panel.row("My flowers")).toContainText(words.waba.kind.system);
      await look(admin, bare, language, scripted);
      await panel.row("My flowers").getByRole("link", { name: "My flowers" }).click();
      await panel.main.getByRole("link", { name: words.form.edit }).click();
      await fill(panel, { name: "Gulin" }, words.form.save);
      await expect(panel.main).toContainText("Gulin");
      await panel.main.getByRole("link", { name: words.form.delete, exact: true }).click();
      await expect(panel.title(words.waba.delete.title)).toBeVisible();
      await look(admin, bare, language, scripted);
      const destroy = filled(words.waba.delete.action, { name: "Gulin" });
      await fill(panel, { typed: "Gul" }, destroy);
      await refused(page, "typed", filled(words.problem.name_not_typed, { name: "Gulin" }));
      await fill(panel, { typed: "Gulin" }, destroy);
      await expect(page).toHaveURL(/\/wabas$/);
      await expect(panel.main).toContainText(words.wabas.empty_title);
    });
  });
}
