import { toCopy } from "../pages/copy";
import { Dashboard } from "../pages/dashboard";
import { agreeTo, fill, refused } from "../pages/form";
import { Gate } from "../pages/gate";
import { EMAIL, PASSWORD } from "../world/facts";
import { ask } from "../world/panel";
import { expect, test } from "./bare";
import { connectWaba } from "./steps";

const ANOTHER = "another long password";

test.describe.configure({ timeout: 120_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|401|404|409|422)/));

for (const scripted of [true, false]) {
  test.describe(scripted ? "with a script" : "without a script", () => {
    test.use({ scripted });

    test("one's own password, sessions and webhook key", async ({ admin, bare, sit }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const elsewhere = await sit();
      const there = elsewhere.panel;
      const gate = new Gate(there.page, words);
      const signIn = async (password: string) => {
        await there.page.goto("/sign-in");
        await gate.signIn(EMAIL.admin, password);
        await expect(there.title(words.overview.title)).toBeVisible();
      };
      await signIn(PASSWORD);

      // The password: what is wrong stands at its field; what is right ends the other sessions.
      await page.goto("/account");
      await fill(panel, { current: "wrong", password: ANOTHER }, words.account.password_change);
      await refused(page, "current", words.problem.password_wrong);
      await fill(panel, { current: PASSWORD, password: "short" }, words.account.password_change);
      await refused(page, "password", words.problem.password_short_other);
      await fill(panel, { current: PASSWORD, password: ANOTHER }, words.account.password_change);
      await expect(panel.main).toContainText(words.account.password_saved);
      await there.page.goto("/wabas");
      await gate.isSignIn();
      await signIn(ANOTHER);

      // The key: both work until the old one is switched off.
      const waba = await connectWaba(admin, bare);
      const { callback: before, row } = await ask(page, "waba", { id: waba });
      const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
      await page.goto("/account");
      expect(await toCopy(page, words.account.callback_url)).toBe(before);
      await agreeTo(panel, words.account.key_rotate);
      await expect(panel.main).toContainText(words.account.key_made);
      await expect.poll(() => toCopy(page, words.account.callback_url)).not.toBe(before);
      const after = await toCopy(page, words.account.callback_url);
      for (const callback of [before, after]) {
        await dashboard.verify(callback, row.verify_token);
        await expect(dashboard.verdict).toContainText("Verified and saved");
      }
      await agreeTo(panel, words.account.old_key_off);
      await expect(panel.main).not.toContainText(words.account.old_key);
      await dashboard.verify(before, row.verify_token);
      await expect(dashboard.verdict).toContainText("could not be validated");
      await dashboard.verify(after, row.verify_token);
      await expect(dashboard.verdict).toContainText("Verified and saved");

      // Everywhere is here too.
      await page.goto("/account");
      await agreeTo(panel, words.account.sign_out_everywhere);
      await new Gate(page, words).isSignIn();
      await there.page.goto("/wabas");
      await gate.isSignIn();
    });
  });
}
