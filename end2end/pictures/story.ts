import type { BrowserContext } from "@playwright/test";
import { Operator } from "../pages/operator";
import { Telephone } from "../pages/telephone";
import { expect } from "../tests/fixtures";
import { GULIN, STEPPE } from "../world/facts";
import type { World } from "../world/world";

/** The two windows after a talk. */
export interface Windows {
  telephone: Telephone;
  operator: Operator;
}

/** A talk between a customer and an operator, some deliveries that failed, and one that waits. */
export async function tell({ sandbox }: World, context: BrowserContext): Promise<Windows> {
  await sandbox.customer("saule", "Saule Akhmetova", "+77015550144");
  const telephone = await Telephone.open(await context.newPage(), sandbox, "saule", GULIN);
  const operator = await Operator.open(await context.newPage(), sandbox, GULIN);
  await telephone.write("Good afternoon! Do you deliver today?");
  await operator.choose("Saule Akhmetova");
  const talk: [Telephone | Operator, string][] = [
    [operator, "Good afternoon, Saule. Yes, until nine in the evening."],
    [telephone, "Then 15 white tulips to Dostyk 5, please."],
    [operator, "They will be there between six and seven. 12 400 ₸, the courier takes cards."],
    [telephone, "Perfect, thank you"],
  ];
  for (const [who, text] of talk) {
    if (who instanceof Telephone) {
      await who.write(text);
      await expect(operator.message(text)).toBeVisible();
    } else {
      await who.answer(text);
      await expect(telephone.message("Business", text)).toBeVisible();
      await expect(operator.message(text).getByRole("img", { name: "Read" })).toBeVisible();
    }
  }

  for (const [id, name, number, code] of [
    ["unreachable", "Ruslan Bekov", "+77015550160", 131026],
    ["experiment", "Olga Petrova", "+77015550171", 130472],
  ] as const) {
    await sandbox.customer(id, name, number);
    await sandbox.says(id, GULIN, "Hello");
    const chat = await sandbox.openChat(GULIN, number, name);
    await sandbox.failsWith(id, code);
    await sandbox.answers(GULIN, chat, "Your order is ready.");
  }
  await sandbox.customer("coffee", "Arman Zhunusov", "+77015550182");
  await sandbox.says("coffee", STEPPE, "Are you open on Sunday?");
  await sandbox.customer("daniyar", "Daniyar Seitkali", "+77015550193");
  return { telephone, operator };
}
