import { Gate } from "../pages/gate";
import { WORDS } from "../pages/words";
import { EMAIL, PASSWORD } from "../world/facts";
import { beginEmpty } from "../world/world";
import { expect, test } from "./fixtures";

test.use({ as: "nobody" });

for (const script of [true, false]) {
  test.describe(script ? "with a script" : "without a script", () => {
    test.use({ javaScriptEnabled: script });

    test("a wrong password is said beside the form, which keeps the e-mail only", async ({ page, noise }) => {
      noise.allow(/status of 422/);
      const gate = new Gate(page);
      await page.goto("/sign-in");
      await gate.signIn(EMAIL.dana, "not the password at all");
      await expect(gate.problem).toHaveText(WORDS.en.problem.wrong_credentials);
      await expect(gate.email).toHaveValue(EMAIL.dana);
      await expect(gate.password).not.toHaveAttribute("value");
      await expect(gate.password).toHaveValue("");
    });

    test("the right password opens the page that was asked for; signing out closes it", async ({ page, panel }) => {
      const gate = new Gate(page);
      await page.goto("/phones?q=7727");
      await gate.isSignIn();
      await panel.isAt("/sign-in?next=%2Fphones%3Fq%3D7727");
      await gate.signIn(EMAIL.admin, PASSWORD);
      await expect(panel.title("Phones")).toBeVisible();
      await panel.isAt("/phones?q=7727");
      await panel.signOut();
      await gate.isSignIn();
      await page.goto("/deliveries");
      await gate.isSignIn();
    });
  });
}

test("nobody sees a page without a session", async ({ page, request, panel }) => {
  const gate = new Gate(page);
  for (const [path, next] of [
    ["/", ""],
    ["/phones", "?next=%2Fphones"],
    ["/deliveries?state=failed", "?next=%2Fdeliveries%3Fstate%3Dfailed"],
  ] as const) {
    await page.goto(path);
    await gate.isSignIn();
    await panel.isAt(`/sign-in${next}`);
    const answer = await request.get(path, { maxRedirects: 0, headers: { accept: "text/html" } });
    expect(answer.status(), path).toBe(302);
  }
  expect((await request.get("/sign-in", { headers: { accept: "text/html" } })).status()).toBe(200);
});

test("who is signed in is not asked again", async ({ page, panel, browser, session, baseURL }) => {
  const context = await browser.newContext({ storageState: await session("admin"), baseURL });
  const known = await context.newPage();
  await known.goto("/sign-in");
  await expect(known.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await context.close();
  await page.goto("/sign-in");
  await expect(panel.title("Sign in")).toBeVisible();
});

test("the one-time link makes the first admin, once", async ({ page, panel }) => {
  const thoth = await beginEmpty();
  try {
    const link = await thoth.setupLink();
    const gate = new Gate(page);
    await page.goto(link);
    await expect(panel.title(WORDS.en.setup.title)).toBeVisible();
    await gate.createAdmin("first@thoth.example", PASSWORD);
    await expect(panel.title("Overview")).toBeVisible();
    await expect(panel.main).toContainText(WORDS.en.overview.empty_title);
    await page.goto(link);
    await expect(panel.title(WORDS.en.setup.over)).toBeVisible();
    await page.getByRole("link", { name: WORDS.en.setup.to_sign_in }).click();
    await expect(panel.title("Overview")).toBeVisible();
    await panel.signOut();
    await gate.signIn("first@thoth.example", PASSWORD);
    await expect(panel.title("Overview")).toBeVisible();
  } finally {
    // What the page still fetches would fail loudly.
    await page.goto("about:blank");
    await thoth.stop();
  }
});

test("too many failures have to wait, even with the right password", async ({ page, noise }) => {
  noise.allow(/status of (422|429)/);
  const gate = new Gate(page);
  const email = EMAIL.forgetful;
  await page.goto("/sign-in");
  for (let failures = 0; failures < 5; failures += 1) {
    const answered = page.waitForResponse((answer) => answer.url().includes("/api/panel/sign_in"));
    await gate.signIn(email, `wrong ${failures}`);
    await answered;
    await expect(gate.problem).toHaveText(WORDS.en.problem.wrong_credentials);
  }
  await gate.signIn(email, PASSWORD);
  await expect(gate.problem).toContainText("Too many failed attempts. Try again in 15 minutes.");
  await expect(page).toHaveURL(/sign-in/);
});
