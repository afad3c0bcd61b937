import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { Crm } from "../pages/crm";
import { accessible } from "../pages/look";
import { Review } from "../pages/meta";
import { Telephone } from "../pages/telephone";
import { GULIN, WABA } from "../world/facts";
import { Sandbox } from "../world/sandbox";

// The sandbox's own windows, without a THOTH: what other tests drive must itself be right.

const GRAPH_TOKEN = "EAAbrowserAccessTokenGulin0123456789";
const ACCESS_TOKEN = "browser-access-token-1-00112233445566778899";

/** Everything that was posted to THOTH's place. */
interface Heard {
  webhooks: any[];
  forms: URLSearchParams[];
}

const test = base.extend<{ heard: Heard; thoth: string; sandbox: Sandbox }>({
  heard: async ({}, use) => use({ webhooks: [], forms: [] }),
  thoth: async ({ heard }, use) => {
    const server: Server = createServer((request, answer) => {
      let body = "";
      request.on("data", (piece) => { body += piece; });
      request.on("end", () => {
        if (request.url?.startsWith("/api/waba/")) heard.webhooks.push(JSON.parse(body));
        else heard.forms.push(new URLSearchParams(body));
        answer.end("taken");
      });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
  sandbox: async ({ thoth }, use) => {
    const folder = mkdtempSync(join(tmpdir(), "thoth-sandbox-"));
    const sandbox = await Sandbox.start(folder, thoth);
    await use(sandbox);
    await sandbox.stop();
    rmSync(folder, { recursive: true });
  },
});

/** A business sends, as THOTH would. */
async function send(sandbox: Sandbox, type: string, content: unknown): Promise<void> {
  const answer = await fetch(`${sandbox.addresses.graph}/v25.0/${GULIN.phoneId}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${GRAPH_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ messaging_product: "whatsapp", to: "+77015550101", type, [type]: content }),
  });
  expect(await answer.json()).toHaveProperty("messages");
}

/** The messages of customers among the webhooks. */
const said = (heard: Heard) => heard.webhooks.flatMap((body) => body.entry[0].changes[0].value.messages ?? []);

const text = (value: string, name?: string) => ({ type: "text", text: value, parameter_name: name });

test("a telephone shows templates and sends what is pressed", async ({ page, sandbox, heard }) => {
  const telephone = await Telephone.open(page, sandbox, "aigerim", GULIN);
  await send(sandbox, "template", {
    name: "order_ready",
    language: { code: "ru" },
    components: [
      { type: "body", parameters: [text("Айгерим", "client"), text("118", "order")] },
      { type: "button", sub_type: "url", index: "0", parameters: [text("118")] },
      { type: "button", sub_type: "quick_reply", index: "1", parameters: [{ type: "payload", payload: "thanks" }] },
    ],
  });
  const order = telephone.message("Business", "Здравствуйте, Айгерим! Заказ 118");
  await expect(order).toContainText("Заказ готов");
  await expect(order).toContainText("Ответьте, если остались вопросы");
  await expect(order.getByRole("link", { name: "Открыть заказ" })).toHaveAttribute("href", "https://shop.example/orders/118");
  await telephone.press("Заказ 118", "Спасибо");
  await expect(telephone.message("You", "Спасибо")).toBeVisible();
  await expect.poll(() => said(heard).at(-1)?.button).toEqual({ payload: "thanks", text: "Спасибо" });
  expect(said(heard).at(-1).context.from).toBe("77272000111");
  await accessible(page, "the telephone");
});

test("a telephone shows interactive messages and answers each", async ({ page, sandbox, heard }) => {
  const telephone = await Telephone.open(page, sandbox, "aigerim", GULIN);
  await telephone.write("Hello");
  const ask = (type: string, body: string, action: unknown, more = {}) =>
    send(sandbox, "interactive", { type, body: { text: body }, action, ...more });
  const last = () => said(heard).at(-1);

  await ask("button", "Shall we deliver?", { buttons: [{ type: "reply", reply: { id: "yes", title: "Yes" } }] }, { footer: { text: "Gulin" } });
  await telephone.press("Shall we deliver?", "Yes");
  await expect.poll(() => last()?.interactive?.button_reply).toEqual({ id: "yes", title: "Yes" });

  const rows = [{ id: "r1", title: "Roses", description: "Red ones" }, { id: "r2", title: "Tulips" }];
  await ask("list", "What do you like?", { button: "Flowers", sections: [{ title: "Fresh", rows }] });
  await telephone.choose("What do you like?", "Flowers", "Roses");
  await expect.poll(() => last()?.interactive?.list_reply).toEqual({ id: "r1", title: "Roses", description: "Red ones" });

  await ask("location_request_message", "Where are you?", { name: "send_location" });
  await telephone.press("Where are you?", "Send location");
  await expect.poll(() => last()?.location?.name).toBe("Almaty");

  await ask("call_permission_request", "May we call?", { name: "call_permission_request" });
  await telephone.permit("May we call?", "Don't allow");
  await expect.poll(() => last()?.interactive?.call_permission_reply?.response).toBe("reject");

  const flow = { flow_message_version: "3", flow_id: "1", flow_cta: "Open the form", flow_token: "t1" };
  await ask("flow", "How was it?", { name: "flow", parameters: flow });
  await telephone.fillFlow("How was it?", "Open the form", "Very good");
  await expect.poll(() => last()?.interactive?.nfm_reply?.response_json).toBe('{"answer":"Very good","flow_token":"t1"}');

  await ask("cta_url", "Our shop", { name: "cta_url", parameters: { display_text: "Visit", url: "https://shop.example" } });
  await expect(telephone.message("Business", "Our shop").getByRole("link", { name: "Visit" })).toBeVisible();
  await ask("voice_call", "Talk to us", { name: "voice_call", parameters: {} });
  await expect(telephone.message("Business", "Talk to us").getByRole("button", { name: "Call Now" })).toBeVisible();
});

test("Meta reviews templates, and says so by webhook", async ({ page, sandbox, heard }) => {
  const review = await Review.open(page, sandbox, WABA.gulin);
  const last = () => heard.webhooks.at(-1)?.entry[0].changes[0];
  await review.approve("summer", "en");
  await expect(review.template("summer", "en")).toContainText("APPROVED");
  await expect.poll(last).toMatchObject({ field: "message_template_status_update", value: { event: "APPROVED" } });
  await review.reject("summer", "en", "SCAM");
  await expect.poll(last).toMatchObject({ value: { event: "REJECTED", reason: "SCAM" } });
  await review.recategorise("order_ready", "ru", "MARKETING", true);
  await expect.poll(last).toMatchObject({ field: "template_category_update", value: { correct_category: "MARKETING", new_category: "UTILITY" } });
  await review.recategorise("order_ready", "ru", "MARKETING");
  await expect.poll(last).toMatchObject({ value: { previous_category: "UTILITY", new_category: "MARKETING" } });
  await review.quality("order_ready", "ru", "RED");
  await expect.poll(last).toMatchObject({ field: "message_template_quality_update", value: { new_quality_score: "RED" } });
  await review.rewrite("hello_world", "en_US", "Another greeting from our shop.");
  await expect.poll(last).toMatchObject({ field: "message_template_components_update", value: { message_template_element: "Another greeting from our shop." } });
  await review.onboarded(false);
  await accessible(page, "the review");
});

test("a CRM card and a robot send text messages, and show what was reported", async ({ page, sandbox, heard, thoth }) => {
  const rest = async (method: string, body: object) => {
    const answer = await fetch(`http://${sandbox.domain(GULIN.portal)}/rest/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...body, auth: ACCESS_TOKEN }),
    });
    expect(await answer.json()).toHaveProperty("result", true);
  };
  const code = "thoth_77272000111";
  await rest("messageservice.sender.add", { CODE: code, TYPE: "SMS", NAME: "THOTH +77272000111", HANDLER: `${thoth}/api/bitrix/sms/` });
  const crm = await Crm.open(page, sandbox, GULIN.portal);
  await expect.poll(() => crm.senders()).toEqual(["THOTH +77272000111"]);
  await crm.send({ sender: "THOTH +77272000111", to: "8 (701) 555-01-01", text: "hello_world+en_US" });
  await expect(crm.answer).toHaveText("The handler answered 200: taken");
  const form = heard.forms.at(-1);
  expect(form?.get("message_to")).toBe("8 (701) 555-01-01");
  expect(form?.get("bindings[0][OWNER_TYPE_ID]")).toBe("3");
  await expect(crm.message("hello_world+en_US")).toContainText("No report yet");
  await rest("messageservice.message.status.update", { CODE: code, MESSAGE_ID: form?.get("message_id"), STATUS: "delivered" });
  await expect(crm.message("hello_world+en_US")).toContainText("Delivered");
  await crm.robot({ sender: "THOTH +77272000111", to: "+77015550101", text: "From a robot" }, false);
  await expect.poll(() => heard.forms.at(-1)?.get("module_id")).toBe("bizproc");
  expect(heard.forms.at(-1)?.get("auth[access_token]")).toBeNull();
  expect(heard.forms.at(-1)?.get("auth[application_token]")).not.toBeNull();
  await accessible(page, "the card");
});
