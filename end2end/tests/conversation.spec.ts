import { Operator } from "../pages/operator";
import { Telephone } from "../pages/telephone";
import { GULIN } from "../world/facts";
import { expect, test } from "./fixtures";

test("a conversation, both ways, through the two windows", async ({ context, world }) => {
  const { sandbox } = world;
  await sandbox.customer("saule", "Saule Akhmetova", "+77010001001");
  const telephone = await Telephone.open(await context.newPage(), sandbox, "saule", GULIN);
  const operator = await Operator.open(await context.newPage(), sandbox, GULIN);

  await telephone.write("Do you deliver *today*?\nTo Dostyk 5, 🌷 x 3");
  await operator.choose("Saule Akhmetova");
  await expect(operator.message("Do you deliver today?")).toContainText("To Dostyk 5, 🌷 x 3");

  await operator.answer("Yes, until nine & no later");
  const arrived = telephone.message("Business", "Yes, until nine & no later");
  await expect(arrived).toBeVisible();
  const sent = operator.message("Yes, until nine & no later");
  await expect(sent.getByRole("img", { name: /^(Delivered|Read)$/ })).toBeVisible();
  // The telephone is open, so the customer reads at once.
  await expect(sent.getByRole("img", { name: "Read" })).toBeVisible();

  for (const text of ["one", "two", "three"]) await telephone.write(`count ${text}`);
  await expect(operator.message("count three")).toBeVisible();
  await expect(operator.message("count")).toContainText(["count one", "count two", "count three"]);
});

test("a kind of message that is not known yet is shown as such", async ({ context, world }) => {
  const { sandbox } = world;
  await sandbox.customer("timur", "Timur Ospanov", "+77010001002");
  const telephone = await Telephone.open(await context.newPage(), sandbox, "timur", GULIN);
  const operator = await Operator.open(await context.newPage(), sandbox, GULIN);
  await telephone.attach("A type of the future");
  await operator.choose("Timur Ospanov");
  await expect(operator.message("A message of type hologram that this version cannot show.")).toBeVisible();
});

test("an answer after the 24 hours is a red line that says why", async ({ context, world }) => {
  const { sandbox } = world;
  await sandbox.customer("dina", "Dina Kim", "+77010001003");
  const telephone = await Telephone.open(await context.newPage(), sandbox, "dina", GULIN);
  const operator = await Operator.open(await context.newPage(), sandbox, GULIN);
  await telephone.write("Hello");
  await operator.choose("Dina Kim");
  await expect(operator.message("Hello")).toBeVisible();
  await telephone.closeWindow();
  await operator.answer("Too late");
  const line = operator.message("131047");
  await expect(line).toBeVisible();
  await expect(line.getByText("131047")).toHaveCSS("color", /^rgb\((1[5-9]\d|2\d\d), \d{1,2}, \d{1,2}\)$/);
  await expect(operator.message("Too late").getByText("not delivered")).toBeVisible();
  await expect(telephone.message("Business", "Too late")).toHaveCount(0);

  // The customer writes again and the window is open.
  await telephone.write("Still there?");
  await expect(operator.message("Still there?")).toBeVisible();
  await operator.answer("In time");
  await expect(telephone.message("Business", "In time")).toBeVisible();
});
