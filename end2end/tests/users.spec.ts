import { confirm, fill } from "../pages/form";
import { Gate } from "../pages/gate";
import { filled, gist } from "../pages/words";
import { EMAIL, PASSWORD, WABA } from "../world/facts";
import { expect, test } from "./bare";
import { connectWaba } from "./steps";

const ANN = "ann@thoth.example";
const BEN = "ben@thoth.example";

test.describe.configure({ timeout: 120_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|401|403|404|409|422)/));

for (const scripted of [true, false]) {
  test.describe(scripted ? "with a script" : "without a script", () => {
    test.use({ scripted });

    test("people are added, changed, found and deleted", async ({ admin, bare, sit }) => {
      const { panel } = admin;
      const { page, words } = panel;
      for (const email of [ANN, BEN]) {
        await page.goto("/users/new");
        await fill(panel, { email, password: PASSWORD, role: "user" }, words.users.add);
        await expect(panel.row(email)).toContainText(words.account.user);
      }
      await panel.search("ann@");
      await expect(panel.row("@thoth.example")).toHaveCount(1);
      await page.goto("/users");

      // Ann sees her own things only, and no page of admins.
      const seat = await sit();
      const ann = seat.panel;
      await ann.page.goto("/sign-in");
      await new Gate(ann.page, words).signIn(ANN, PASSWORD);
      await expect(ann.title(words.overview.title)).toBeVisible();
      await expect(ann.room(words.phones.mine)).toBeVisible();
      await expect(ann.room(words.users.title)).toHaveCount(0);
      for (const path of ["/users", "/settings"]) {
        await ann.page.goto(path);
        await expect(ann.main).toContainText(words.problem.not_allowed);
        await expect(ann.main).not.toContainText(EMAIL.admin);
      }
      await connectWaba(seat, bare, WABA.steppe);

      // Who owns something stays.
      await page.goto("/users");
      await panel.row(ANN).getByRole("link", { name: ANN }).click();
      await panel.main.getByRole("link", { name: words.form.delete, exact: true }).click();
      await expect(panel.main).toContainText(gist(words.users.delete_owns_one));

      // Another role and password end their sessions.
      await page.goto("/users");
      await panel.row(ANN).getByRole("link", { name: ANN }).click();
      await fill(panel, { role: "admin", password: "another long password" }, words.form.save);
      await expect(panel.row(ANN)).toContainText(words.account.admin);
      await ann.page.goto("/wabas");
      await new Gate(ann.page, words).isSignIn();
      await new Gate(ann.page, words).signIn(ANN, "another long password");
      await expect(ann.title(words.wabas.title)).toBeVisible();
      await ann.page.goto("/users");
      await expect(ann.row(BEN)).toBeVisible();

      // The last admin stays one.
      await page.goto("/users");
      await panel.row(ANN).getByRole("link", { name: ANN }).click();
      await fill(panel, { role: "user" }, words.form.save);
      await expect(panel.row(ANN)).toContainText(words.account.user);
      await panel.row(EMAIL.admin).getByRole("link", { name: EMAIL.admin }).click();
      await fill(panel, { role: "user" }, words.form.save);
      await expect(panel.main).toContainText(words.problem.last_admin);

      await page.goto("/users");
      await panel.row(BEN).getByRole("link", { name: BEN }).click();
      await panel.main.getByRole("link", { name: words.form.delete, exact: true }).click();
      await confirm(panel, BEN, filled(words.users.delete_button, { email: BEN }));
      await expect(panel.row("@thoth.example")).toHaveCount(2);
      await expect(panel.row(BEN)).toHaveCount(0);
    });
  });
}
