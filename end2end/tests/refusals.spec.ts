import { Dashboard } from "../pages/dashboard";
import { Facebook } from "../pages/facebook";
import { fill, refused } from "../pages/form";
import { Gate } from "../pages/gate";
import { gist } from "../pages/words";
import { EMAIL, GULIN, META_APP, PASSWORD, WABA } from "../world/facts";
import { ask, done } from "../world/panel";
import { expect, type Seat, test } from "./bare";
import { connectWaba } from "./steps";

test.describe.configure({ timeout: 150_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|410|422)/));

/** The admin tells THOTH of the Meta app, and Meta of THOTH's address. */
async function introduce(seat: Seat, dashboard: Dashboard): Promise<void> {
  const { page } = seat.panel;
  await done(page, "meta_app_save", { app_id: META_APP.id, app_secret: META_APP.secret, config_id: META_APP.config });
  const { redirect_uri } = await ask(page, "meta_app", {});
  await dashboard.allowRedirect(redirect_uri);
}

for (const scripted of [true, false]) {
  test.describe(scripted ? "with a script" : "without a script", () => {
    test.use({ scripted });

    test("what Facebook does not give, and what comes back wrong", async ({ admin, bare, sit }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const { sandbox } = bare;
      await introduce(admin, await Dashboard.open(await admin.tab(), sandbox));
      const facebook = new Facebook(page);
      const says = (text: string) => expect(panel.main).toContainText(gist(text));

      await page.goto("/connect/facebook");
      await facebook.cancel();
      await says(words.problem.login_denied);
      await page.goto("/connect/facebook");
      await facebook.agree(["whatsapp_business_messaging"]);
      await says(words.problem.login_scope_missing);
      await page.goto("/connect/facebook");
      await facebook.agree(["Gulin Flowers", "Steppe Coffee"]);
      await says(words.facebook.nothing);

      // Facebook's own trouble, and a code that came too late.
      await page.goto("/connect/facebook");
      await facebook.isAsking();
      await sandbox.faults({ refuse: { dialog: 1349048 } });
      await facebook.agree();
      await says(words.problem.login_failed);
      await expect(panel.main).toContainText("This app is not available right now.");
      await sandbox.faultsClear();
      await sandbox.post("/api/behaviour", { code_seconds: 0 });
      await page.goto("/connect/facebook");
      await facebook.agree();
      await says(words.problem.login_failed);
      await sandbox.post("/api/behaviour", { code_seconds: 600 });

      // What could not be read is read again.
      await page.goto("/connect/facebook");
      await facebook.isAsking();
      await sandbox.faults({ graph: { fail_every: 1, fail_status: 500, only: "phone_numbers" } });
      await facebook.agree(["Steppe Coffee"]);
      await says(words.facebook.unread);
      await sandbox.faultsClear();
      await panel.main.getByRole("button", { name: words.facebook.read_again }).click();
      await expect(panel.main).toContainText(GULIN.number);
      await expect(panel.main).not.toContainText(gist(words.facebook.unread));

      // An answer that was used, and one that somebody else brings.
      await page.goto("/connect/facebook");
      await facebook.isAsking();
      const back = page.waitForRequest(/\/connect\/facebook\/callback/);
      await facebook.agree();
      const answer = (await back).url();
      await expect(panel.title(words.facebook.title)).toBeVisible();
      await page.goto(answer);
      await says(words.problem.login_stale);
      const other = await sit();
      await other.panel.page.goto("/sign-in");
      await new Gate(other.panel.page, words).signIn(EMAIL.admin, PASSWORD);
      await expect(other.panel.title(words.overview.title)).toBeVisible();
      await other.panel.page.goto(answer);
      await expect(other.panel.main).toContainText(gist(words.problem.login_stale));
      await other.panel.page.goto("/wabas");
      await expect(other.panel.main).toContainText(words.wabas.empty_title);

      // A number that stands under another WABA here.
      const waba = await connectWaba(admin, bare, WABA.steppe);
      await done(page, "phone_save", { waba, phone: GULIN.number, phone_id: GULIN.phoneId, portal: "" });
      await page.goto("/connect/facebook");
      await facebook.agree(["Steppe Coffee"]);
      await expect(panel.title(words.facebook.title)).toBeVisible();
      await panel.main.getByRole("button", { name: words.facebook.action }).click();
      await says(words.problem.number_taken);
    });

    test("each wrong field of a phone, and nothing is saved", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const waba = await connectWaba(admin, bare);
      const good = { phone: GULIN.number, phone_id: GULIN.phoneId };
      await page.goto("/phones/new");
      for (const [form, field, said] of [
        [{ phone: "12" }, "phone", words.problem.phone_invalid],
        [{ phone_id: "12ab" }, "phone_id", words.problem.digits_only],
        [{ phone_id: "666000222" }, "phone_id", words.problem.phone_mismatch],
        [{ phone_id: "999" }, "phone_id", words.problem.phone_unreachable],
        [{ phone: "", phone_id: "" }, "phone", words.problem.field_empty],
      ] as [Record<string, string>, string, string][]) {
        const typed = { ...good, ...form };
        await fill(panel, { ...typed, sms_service: true }, words.form.save);
        await refused(page, field, said);
        for (const [name, value] of Object.entries(typed)) await expect(panel.main.locator(`#${name}`)).toHaveValue(value);
        await expect(panel.main.locator("#sms_service")).toBeChecked();
      }
      await page.goto("/phones");
      await expect(panel.main).toContainText(words.phones.empty_title);

      await page.goto("/phones/new");
      await fill(panel, good, words.form.save);
      await expect(panel.title(GULIN.number)).toBeVisible();
      await page.goto("/phones/new");
      await fill(panel, good, words.form.save);
      await refused(page, "phone_id", words.problem.phone_taken);

      // Editing refuses the same.
      const second = { waba, phone: "+77272000222", phone_id: "666000222", portal: "" };
      const id = await done(page, "phone_save", second);
      await page.goto(`/phones/${id}/edit`);
      await fill(panel, { phone: "+77272000111", phone_id: GULIN.phoneId }, words.form.save);
      await refused(page, "phone_id", words.problem.phone_taken);
      await page.goto("/phones");
      await expect(panel.row("+77272000")).toHaveCount(2);
      await expect(panel.row("666000222")).toHaveCount(1);
    });

    test("each wrong field of a person and of a portal", async ({ admin }) => {
      const { panel } = admin;
      const { page, words } = panel;
      await page.goto("/portals/new");
      for (const [form, field, said] of [
        [{ client_id: "abc" }, "client_id", words.problem.client_id_invalid],
        [{ client_id: "local.1.2", name: "x".repeat(300) }, "name", words.problem.too_long],
      ] as [Record<string, string>, string, string][]) {
        await fill(panel, { client_id: "", client_secret: "", name: "", ...form }, words.form.save);
        await refused(page, field, said);
        await expect(panel.main.locator("#client_id")).toHaveValue(form.client_id ?? "");
      }
      await page.goto("/portals");
      await expect(panel.main).toContainText(words.portals.empty_title);

      await page.goto("/users/new");
      for (const [form, field, said] of [
        [{ email: "nobody" }, "email", words.problem.email_invalid],
        [{ email: EMAIL.admin }, "email", words.problem.email_taken],
        [{ password: "short" }, "password", words.problem.password_short_other],
        [{ email: "" }, "email", words.problem.field_empty],
      ] as [Record<string, string>, string, string][]) {
        const typed = { email: "new@thoth.example", password: PASSWORD, ...form };
        await fill(panel, typed, words.users.add);
        await refused(page, field, said);
        await expect(panel.main.locator("#email")).toHaveValue(typed.email ?? "");
      }
      await page.goto("/users");
      await expect(panel.row("@thoth.example")).toHaveCount(1);
    });
  });
}
