import { Crm } from "../pages/crm";
import { fill } from "../pages/form";
import { Operator } from "../pages/operator";
import { Portal } from "../pages/portal";
import { Telephone } from "../pages/telephone";
import { gist } from "../pages/words";
import { GULIN } from "../world/facts";
import { ask } from "../world/panel";
import { expect, test } from "./bare";
import { connectPhone, connectPortal, connectWaba, LATE } from "./steps";

test.describe.configure({ timeout: 180_000 });

const SENDER = `THOTH ${GULIN.number}`;
const HELLO = "This message shows that our number can begin a conversation with you.";

// Row 9 of the guide: the first message of a day is a template, by its code in the chat.
test("an operator begins a day with a template", async ({ admin, bare }) => {
  const { page } = admin.panel;
  const { sandbox } = bare;
  const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  await connectPhone(page, waba, await connectPortal(page, portal));
  const telephone = await Telephone.open(await admin.tab(), sandbox, "aigerim", GULIN);
  const operator = await Operator.open(await admin.tab(), sandbox, GULIN);
  await telephone.write("Good evening");
  await operator.choose("Aigerim");
  await expect(operator.message("Good evening")).toBeVisible();
  await telephone.closeWindow();

  await operator.answer("template-hello_world+en_US");
  await expect(telephone.message("Business", HELLO)).toBeVisible();
  // The chat shows what the customer reads, and that they have read it.
  await expect(operator.message(HELLO).last()).toBeVisible();
  const sent = operator.message("template-hello_world+en_US").first();
  await expect(sent.getByRole("img", { name: "Read" })).toBeVisible();

  // A text is offered as what may be sent; a code that is wrong, as how it is written right.
  await operator.answer("Shall we deliver?");
  await expect(operator.message("131047")).toBeVisible();
  await operator.answer("template-order_ready+en+client:Aigerim");
  await expect(operator.message("template-order_ready+en+client:").last()).toContainText("order:");
  await operator.answer("template-order_ready+en+client:Aigerim|order:118|button_param:118");
  await expect(telephone.message("Business", "Good day, Aigerim! The order 118 is packed")).toBeVisible();
  await telephone.press("The order 118 is packed", "Thank you");
  await expect(operator.message("Thank you").last()).toBeVisible();
});

// Row 7 of the guide, and the other half of row 9: the number as SMS provider.
test("cards and robots of the CRM begin conversations by SMS", async ({ admin, bare }) => {
  const { panel } = admin;
  const { page, words } = panel;
  const { sandbox } = bare;
  const portal = await Portal.open(await admin.tab(), sandbox, GULIN.portal);
  const waba = await connectWaba(admin, bare);
  const portalId = await connectPortal(page, portal);
  const phone = await connectPhone(page, waba, portalId);
  await page.goto(`/phones/${phone}/edit`);
  await fill(panel, { sms_service: true, sms_opens_chat: true }, words.form.save);
  const registered = panel.main.locator("li.health[data-tone=ok]").filter({ hasText: gist(words.check.sms_registered) });
  await expect(registered).toBeVisible(LATE);

  const telephone = await Telephone.open(await admin.tab(), sandbox, "aigerim", GULIN);
  const crm = await Crm.open(await admin.tab(), sandbox, GULIN.portal);
  await crm.send({ sender: SENDER, to: "8 (701) 555-01-01", text: "hello_world+en_US" });
  await expect(crm.answer).toContainText("200");
  await expect(telephone.message("Business", HELLO)).toBeVisible();
  await expect(crm.message("hello_world+en_US")).toContainText("Delivered");

  // Its answer lands in the chat that was opened with it.
  const operator = await Operator.open(await admin.tab(), sandbox, GULIN);
  await operator.page.getByRole("button", { name: /Sent by SMS/ }).click();
  await expect(operator.message(HELLO)).toBeVisible();
  await telephone.write("Who are you?");
  await expect(operator.message("Who are you?")).toBeVisible();

  for (const [tokens, order] of [[true, "201"], [false, "202"]] as const) {
    const text = `order_ready+en+client:Aigerim|order:${order}|button_param:${order}`;
    await crm.robot({ sender: SENDER, to: "+77015550101", text }, tokens);
    await expect(telephone.message("Business", `The order ${order} is packed`)).toBeVisible();
    await expect(crm.message(text)).toContainText("Delivered");
  }
  await crm.robot({ sender: SENDER, to: "+77015550101", text: "no_such_template+en_US" });
  await expect(crm.message("no_such_template+en_US")).toContainText("Failed");

  await page.goto(`/phones/${phone}/edit`);
  await fill(panel, { sms_service: false, sms_opens_chat: false }, words.form.save);
  await expect.poll(() => sandbox.senders(GULIN.portal), LATE).toEqual([]);
  expect((await ask(page, "phone", { id: phone })).row.sms_service).toBe(false);
});
