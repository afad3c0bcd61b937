import type { Page } from "@playwright/test";
import { Dashboard } from "../pages/dashboard";
import { Facebook } from "../pages/facebook";
import { META_APP, OTHER_APP, WABA } from "../world/facts";
import { ask, done, send } from "../world/panel";
import { expect, type Seat, test } from "./bare";

/** The admin tells THOTH of the Meta app, and Meta of THOTH's address. */
async function introduce(seat: Seat, dashboard: Dashboard, config: string): Promise<void> {
  const { page } = seat.panel;
  const form = { app_id: META_APP.id, app_secret: META_APP.secret, config_id: config };
  await done(page, "meta_app_save", form);
  const { redirect_uri } = await ask(page, "meta_app", {});
  await dashboard.allowRedirect(redirect_uri);
}

/** Waits for the way back, and tells the login's id. */
async function login(page: Page, path: RegExp): Promise<string> {
  await expect(page).toHaveURL(path);
  return /fbl_[0-9a-f]+/.exec(page.url())?.[0] ?? "";
}

const FOUND = /\/wabas\/connect\/fbl_/;
const FAILED = /\/wabas\?login=fbl_/;

test.beforeEach(({ noise }) => noise.allow(/status of (400|404|409|422)/));

for (const config of [META_APP.config, ""]) {
  const way = config ? "with a configuration" : "by permissions";
  test(`a login ${way} brings WABAs and numbers, which are subscribed and registered`, async ({ admin, bare }) => {
    const { page } = admin.panel;
    const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
    await introduce(admin, dashboard, config);
    await page.goto("/connect/facebook");
    await new Facebook(page).agree(["Steppe Coffee"]);
    const id = await login(page, FOUND);
    const found = await ask(page, "login", { id });
    expect(found.kind).toBe(config ? "SYSTEM_USER" : "USER");
    expect(found.ends_at === null).toBe(Boolean(config));
    expect(found.wabas).toHaveLength(1);
    const [waba] = found.wabas;
    expect(waba).toMatchObject({ waba_id: WABA.gulin, name: "Gulin Flowers", known: false, trouble: null });
    const numbers = waba.numbers.map((number: any) => [number.phone, number.needs_registering]);
    expect(numbers).toEqual([
      ["+77272000111", false],
      ["+77272000222", true],
    ]);

    const form = { id, "wabas[0]": WABA.gulin, "numbers[0]": "666000111", "numbers[1]": "666000222" };
    await done(page, "login_connect", form);
    const [app] = await bare.sandbox.get("/api/apps");
    const [gulin, steppe] = app.wabas;
    expect([gulin.subscribed, steppe.subscribed]).toEqual([true, false]);
    const late = gulin.phones.find((phone: any) => phone.id === "666000222");
    expect(late.registered).toBe(true);
    expect(late.pin).toMatch(/^[0-9]{6}$/);

    // What was picked is used up, and nothing of it is told again.
    expect(await send(page, "login_connect", form)).toMatchObject({ code: "login_stale" });
  });
}

test("a login that names no WABAs finds those of the businesses", async ({ admin, bare }) => {
  const { page } = admin.panel;
  await introduce(admin, await Dashboard.open(await admin.tab(), bare.sandbox), META_APP.config);
  await bare.sandbox.faults({ refuse: { all_assets: true } });
  await page.goto("/connect/facebook");
  await new Facebook(page).agree();
  const found = await ask(page, "login", { id: await login(page, FOUND) });
  expect(found.wabas.map((waba: any) => waba.waba_id).sort()).toEqual([WABA.gulin, WABA.steppe]);
});

test("what Facebook or Meta refuses ends the login with its reason", async ({ admin, bare, sit }) => {
  const { page } = admin.panel;
  const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
  await page.goto("/connect/facebook");
  await expect(page).toHaveURL(/\/wabas\?login=missing$/);

  await introduce(admin, dashboard, META_APP.config);
  const facebook = new Facebook(page);
  await page.goto("/connect/facebook");
  await facebook.cancel();
  let found = await ask(page, "login", { id: await login(page, FAILED) });
  expect(found.problem).toMatchObject({ code: "login_denied" });

  await page.goto("/connect/facebook");
  await facebook.agree(["whatsapp_business_messaging"]);
  found = await ask(page, "login", { id: await login(page, FAILED) });
  expect(found.problem).toMatchObject({ code: "login_scope_missing", args: { scopes: "whatsapp_business_messaging" } });

  await page.goto("/connect/facebook");
  await facebook.isAsking();
  await bare.sandbox.faults({ graph: { fail_every: 1, fail_status: 503, only: "access_token" } });
  await facebook.agree();
  found = await ask(page, "login", { id: await login(page, FAILED) });
  expect(found.problem.code).toMatch(/^(login_failed|remote_silent)$/);
  await bare.sandbox.faultsClear();

  // The answer of one login, brought again, and brought by somebody else.
  await page.goto("/connect/facebook");
  await facebook.isAsking();
  const back = page.waitForRequest(/\/connect\/facebook\/callback/);
  await facebook.agree();
  const answer = (await back).url();
  await login(page, FOUND);
  await page.goto(answer);
  await expect(page).toHaveURL(/\/wabas\?login=stale/);
  const stranger = await sit();
  await stranger.panel.page.goto(answer);
  await expect(stranger.panel.page).toHaveURL(/\/sign-in\?/);

  // Facebook itself says no, and THOTH is not told.
  await dashboard.allowRedirect("http://127.0.0.1:9/elsewhere");
  await page.goto("/connect/facebook");
  await expect(page.getByText("URL blocked")).toBeVisible();
});

test("a typed token is inspected, and each refusal stands at its field", async ({ admin, bare }) => {
  const { page } = admin.panel;
  const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
  const good = await dashboard.token("permanent");
  const add = (form: Record<string, string>) => send(page, "waba_add", { access_token: good, ...form });

  expect(await add({ access_token: "" })).toMatchObject({ code: "field_empty", field: "access_token" });
  expect(await add({ access_token: "EAAwrong" })).toMatchObject({ code: "token_refused", field: "access_token" });
  const lacking = await dashboard.token("access", ["whatsapp_business_messaging"]);
  const ours = { waba_id: WABA.gulin, app_id: META_APP.id, app_secret: META_APP.secret };
  expect(await add({ ...ours, access_token: lacking })).toMatchObject({
    code: "token_scope_missing",
    field: "access_token",
  });
  expect(await add({ waba_id: "12ab" })).toMatchObject({ code: "digits_only", field: "waba_id" });
  expect(await add({ waba_id: "300400500600799" })).toMatchObject({ code: "waba_unreachable", field: "waba_id" });
  const elsewhere = await Dashboard.open(await admin.tab(), bare.sandbox, OTHER_APP.id);
  const foreign = await elsewhere.token("permanent");
  expect(await add({ ...ours, access_token: foreign })).toMatchObject({ code: "token_wrong_app", field: "access_token" });
  expect(await add({ waba_id: WABA.gulin, app_id: META_APP.id, app_secret: "wrong" })).toMatchObject({
    code: "app_secret_refused",
    field: "app_secret",
  });
  // It reaches two, and nobody said which.
  expect(await add({ ...ours, waba_id: "" })).toMatchObject({ code: "waba_unclear", field: "waba_id" });

  const expired = await dashboard.token("access");
  await bare.sandbox.post("/api/graph-tokens", { token: expired, state: "expired" });
  expect(await add({ ...ours, access_token: expired })).toMatchObject({ code: "token_expired", field: "access_token" });

  expect((await add(ours)).to).toMatch(/^\/wabas\//);
  expect(await add({ waba_id: WABA.gulin })).toMatchObject({ code: "waba_taken", field: "waba_id" });
  const [app] = await bare.sandbox.get("/api/apps");
  expect(app.wabas[0].subscribed).toBe(true);
});

test("a silent Meta hangs nothing, and what was not checked is asked later", async ({ admin, bare }) => {
  const { page } = admin.panel;
  const dashboard = await Dashboard.open(await admin.tab(), bare.sandbox);
  const token = await dashboard.token("permanent");
  await bare.sandbox.faults({ graph: { latency_ms: 60_000 } });
  const began = Date.now();
  await done(page, "waba_add", { name: "Gulin", access_token: token, waba_id: WABA.gulin });
  expect(Date.now() - began).toBeLessThan(12_000);
  await bare.sandbox.faultsClear();
});
