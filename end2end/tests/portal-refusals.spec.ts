import { fill, refused } from "../pages/form";
import { Portal } from "../pages/portal";
import { gist } from "../pages/words";
import { GULIN } from "../world/facts";
import { ask, done, idIn } from "../world/panel";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, LATE, press, shows, TILE } from "./steps";

test.describe.configure({ timeout: 150_000 });
test.beforeEach(({ noise }) => noise.allow(/status of (400|403|404|409|422)/));

for (const scripted of [true, false]) {
  test.describe(scripted ? "with a script" : "without a script", () => {
    test.use({ scripted });

    test("wrong keys, keys that are taken, and an app that goes", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const values = await ask(page, "portal_values", {});
      const app = { handler: values.handler, install: values.install, apiOnly: false, scopes: values.scopes };
      const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
      const keys = await portal.addApp(app);
      const frame = await portal.openApp();
      await expect(frame.getByText("THOTH has kept this installation")).toBeVisible(LATE);

      await page.goto("/portals/new");
      await fill(panel, { client_id: keys.id, client_secret: "wrong" }, words.form.save);
      await refused(page, "client_secret", words.problem.client_refused);
      await page.goto("/portals");
      await expect(panel.main).toContainText(words.portals.empty_title);
      await page.goto("/portals/new");
      await fill(panel, { client_id: keys.id, client_secret: keys.secret }, words.form.save);
      await expect(page).toHaveURL(/\/portals\/(?!new)/);
      const id = idIn(page.url());
      await frame.getByRole("button", { name: "Try again" }).click();
      const ticks = panel.main.locator("ol.steps li.step[data-tone=ok]");
      await shows(page, scripted, (patience) => expect(ticks).toHaveCount(6, patience));

      await page.goto("/portals/new");
      await fill(panel, { client_id: keys.id, client_secret: keys.secret }, words.form.save);
      await refused(page, "client_id", words.problem.client_taken);
      const second = await portal.addApp(app, "Another");
      const other = await portal.openApp("Another");
      await expect(other.getByRole("main")).toBeVisible(LATE);
      await page.goto("/portals/new");
      await fill(panel, { client_id: second.id, client_secret: second.secret }, words.form.save);
      await refused(page, "client_id", words.problem.portal_taken);
      await page.goto("/portals");
      await expect(panel.main.getByRole("row")).toHaveCount(2);

      // A portal with a phone stays.
      const waba = await connectWaba(admin, bare);
      await connectPhone(page, waba, id);
      await page.goto(`/portals/${id}/delete`);
      await expect(panel.main).toContainText(gist(words.portal.delete_busy_one));

      // "Update" at Bitrix24: another application token, and everything is bound again.
      await portal.updateApp();
      const events = panel.main.getByRole("listitem").filter({ hasText: gist(words.check.bound) });
      await page.goto(`/portals/${id}`);
      await expect(async () => {
        await done(page, "portal_check", { id });
        await page.reload();
        await expect(events).toBeVisible({ timeout: 1_000 });
      }).toPass(LATE);

      await portal.deleteApp();
      await shows(page, scripted, (patience) => expect(panel.main).toContainText(words.portal.step.removed, patience));
      await page.goto("/portals");
      await expect(panel.main).toContainText(words.portals.state.uninstalled);
    });

    test("lines that are gone, taken, not allowed or refused", async ({ admin, bare }) => {
      const { panel } = admin;
      const { page, words } = panel;
      const { sandbox } = bare;
      const waba = await connectWaba(admin, bare);
      const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
      const portalId = await connectPortal(page, portal);
      const says = (text: string) =>
        shows(page, scripted, (patience) => expect(panel.main).toContainText(text, patience));
      const active = panel.main.locator("li.health[data-tone=ok]").filter({ hasText: gist(words.check.active) });
      const isActive = () => shows(page, scripted, (patience) => expect(active).toBeVisible(patience));

      const linkAgain = () => press(page, scripted, panel.main.getByRole("button", { name: words.phone.link_again }));
      const line = (name: string) => panel.main.getByRole("listitem").filter({ hasText: name });
      const take = (name: string) => press(page, scripted, line(name).getByRole("button", { name: words.phone.take_line }));

      // The plan allows no more lines; one that is there is taken instead.
      await portal.createLine("The only one");
      await sandbox.faults({ refuse: { line_limit: 1 } });
      const form = { waba, phone: GULIN.number, phone_id: GULIN.phoneId, portal: portalId };
      const phone = await done(page, "phone_save", form);
      await page.goto(`/phones/${phone}`);
      await says(gist(words.check.line_not_added));
      await page.getByRole("link", { name: words.phone.other_line }).first().click();
      await take("The only one");
      await expect(panel.title(GULIN.number)).toBeVisible();
      await isActive();
      await sandbox.faultsClear();

      for (const [what, said] of [
        ["register", "registration error"],
        ["activate", "could not be activated"],
        ["status_error", gist(words.check.in_error)],
      ] as const) {
        await sandbox.faults({ refuse: { [what]: true } });
        await linkAgain();
        await says(said);
        await sandbox.faultsClear();
        await linkAgain();
        await isActive();
      }

      // A line that goes while it is looked at: the number has left its line for it, and gets one of its own.
      await portal.createLine("Spare");
      await page.goto(`/phones/${phone}/line`);
      await expect(line("Spare")).toBeVisible();
      await portal.deleteLine("Spare");
      await take("Spare");
      await says(gist(words.check.line_gone));
      await linkAgain();
      await isActive();

      // Another number's line.
      const other = await done(page, "phone_save", { waba, phone: "+77272000222", phone_id: "666000222", portal: portalId });
      await page.goto(`/phones/${other}`);
      await isActive();
      const lines = await ask(page, "phone_lines", { id: other });
      const theirs = lines.find((line: any) => line.taken_by);
      await done(page, "phone_link", { id: other, line: String(theirs.id) });
      await says(gist(words.check.line_taken));

      // What the portal switches off or deletes is seen at once.
      await page.goto(`/phones/${phone}`);
      await isActive();
      await portal.disconnect(TILE, GULIN.line);
      await shows(page, scripted, (patience) => expect(active).toHaveCount(0, patience));
      await linkAgain();
      await isActive();
      await portal.deleteLine(GULIN.line);
      await shows(page, scripted, (patience) => expect(active).toHaveCount(0, patience));
    });
  });
}

test("who is no administrator installs nothing, and neither does an app without its permissions", async ({ admin, bare }) => {
  const { panel } = admin;
  const { page, words } = panel;
  const values = await ask(page, "portal_values", {});
  const app = { handler: values.handler, install: values.install, apiOnly: false };
  const portal = await Portal.open(await admin.tab(), bare.sandbox, GULIN.portal);
  const lacking = values.scopes.filter((scope: string) => scope !== "imconnector");
  const keys = await portal.addApp({ ...app, scopes: lacking });
  const id = await done(page, "portal_save", { client_id: keys.id, client_secret: keys.secret });

  let frame = await portal.openApp();
  await expect(frame.getByText(/tick these permissions:? imconnector|permissions/).first()).toBeVisible(LATE);
  await expect(frame.getByText("imconnector").first()).toBeVisible();
  await portal.editApp(values.scopes);
  await bare.sandbox.faults({ refuse: { not_admin: true } });
  frame = await portal.openApp();
  await expect(frame.getByText("An administrator of the portal must install the application.")).toBeVisible(LATE);
  await page.goto(`/portals/${id}`);
  await expect(panel.main.locator("ol.steps li.step[data-tone=ok]")).not.toHaveCount(6);
  await bare.sandbox.faultsClear();
  await frame.getByRole("button", { name: "Try again" }).click();
  await expect(panel.main.locator("ol.steps li.step[data-tone=ok]")).toHaveCount(6, LATE);

  // The right is lost later.
  await bare.sandbox.faults({ refuse: { not_admin: true } });
  await panel.main.getByRole("button", { name: words.form.check_now }).click();
  await expect(panel.main).toContainText(words.check.not_admin, LATE);
  await bare.sandbox.faultsClear();
  await panel.main.getByRole("button", { name: words.form.check_now }).click();
  await expect(panel.main).toContainText(words.check.admin, LATE);

  // A permission is taken away and given again.
  await portal.editApp(lacking);
  await portal.reinstallApp();
  frame = await portal.openApp();
  await expect(frame.getByText("imconnector").first()).toBeVisible(LATE);
  await portal.editApp(values.scopes);
  await portal.reinstallApp();
  await portal.openApp();
  await expect(panel.main.locator("ol.steps li.step[data-tone=ok]")).toHaveCount(6, LATE);
});
