import { Crm } from "../pages/crm";
import { Review } from "../pages/meta";
import { Operator } from "../pages/operator";
import { Portal } from "../pages/portal";
import { Telephone } from "../pages/telephone";
import { GULIN, WABA } from "../world/facts";
import { examples, picture } from "../world/guide";
import { done } from "../world/panel";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, LATE } from "./steps";

test.describe.configure({ timeout: 240_000 });

const SENDER = `THOTH ${GULIN.number}`;

// docs/templates.md, code by code: what an operator or a robot writes, and what the customer gets.
test("every code of the guide sends what the guide shows", async ({ admin, bare }) => {
  const { page } = admin.panel;
  const { sandbox } = bare;
  const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  const portalId = await connectPortal(page, portal);
  const id = await connectPhone(page, waba, portalId);
  const form = { id, waba, phone: GULIN.number, phone_id: GULIN.phoneId, portal: portalId, sms_service: "true" };
  await done(page, "phone_save", form);
  await expect.poll(() => sandbox.senders(GULIN.portal), LATE).toHaveLength(1);

  const telephone = await Telephone.open(await admin.tab(), sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await admin.tab(), sandbox, GULIN);
  const crm = await Crm.open(await admin.tab(), sandbox, GULIN.portal);
  await telephone.write("Good evening");
  await operator.choose("Aigerim");
  await expect(operator.message("Good evening")).toBeVisible();
  await telephone.closeWindow();

  const codes = examples();
  expect(codes.length).toBeGreaterThan(15);
  const came = telephone.page.getByRole("article", { name: "Business" });
  for (const [sent, { code, from, shown }] of codes.entries()) {
    if (from === "chat") await operator.answer(code);
    else await crm.robot({ sender: SENDER, to: "+77015550101", text: code });
    await expect(came, code).toHaveCount(sent + 1);
    if (!shown) continue;
    await expect(came.last(), code).toContainText(shown.words);
    await expect(operator.message(shown.words).last(), code).toBeVisible();
    await picture(came.last(), shown.file);
  }
});

// Marketing goes through Meta's marketing interface where the account has it, and the usual way where not.
test("marketing reaches the customer on either way", async ({ admin, bare }) => {
  const { sandbox } = bare;
  const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  await connectPhone(admin.panel.page, waba, await connectPortal(admin.panel.page, portal));
  const telephone = await Telephone.open(await admin.tab(), sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await admin.tab(), sandbox, GULIN);
  const review = await Review.open(await admin.tab(), sandbox, WABA.gulin);
  await telephone.write("Hello");
  await operator.choose("Aigerim");
  const through = async () => (await sandbox.telephone("aigerim", GULIN)).map((it) => it.template?.through).filter(Boolean);

  for (const [day, onboarded, ways] of [
    ["1 May", true, ["marketing_messages"]],
    ["2 May", false, ["marketing_messages", "messages"]],
  ] as const) {
    await review.onboarded(onboarded);
    await operator.answer(`template-promo+en+${day}+header:Dostyk 5+copy_code:SPRING25`);
    await expect(telephone.message("Business", `Until ${day} you pay a quarter less`)).toBeVisible();
    expect(await through()).toEqual(ways);
  }
});

// What Meta does to a template after its approval is told where people look, and it is not sent any more.
test("a template that Meta rejects or moves to another category is told of", async ({ admin, bare }) => {
  const { panel } = admin;
  const { page, words } = panel;
  const { sandbox } = bare;
  const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  await connectPhone(page, waba, await connectPortal(page, portal));
  const telephone = await Telephone.open(await admin.tab(), sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await admin.tab(), sandbox, GULIN);
  const review = await Review.open(await admin.tab(), sandbox, WABA.gulin);
  await telephone.write("Hello");
  await operator.choose("Aigerim");

  const list = `/wabas/${waba}/templates`;
  await page.goto(list);
  await panel.search("payment_due");
  await expect(panel.row("payment_due").first()).toBeVisible(LATE);
  await review.recategorise("payment_due", "en", "MARKETING");
  await expect(panel.main).toContainText(words.template.notice.recategorised.split("{{")[0] ?? "", LATE);
  await review.reject("request_taken", "en", "INCORRECT_CATEGORY");
  await page.goto(`${list}?q=request_taken&language=en`);
  await expect(panel.row("request_taken").first()).toContainText(words.template.status.rejected, LATE);
  await operator.answer("template-request_taken+en+77");
  await expect(operator.message("request_taken").last()).toContainText("only approved ones are sent");
  await expect(telephone.page.getByRole("article", { name: "Business" })).toHaveCount(0);
});
