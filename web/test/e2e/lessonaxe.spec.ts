// axe on every screen of a lesson, in both themes, at a desk, on a tablet and on a phone.

import AxeBuilder from "@axe-core/playwright";
import { card, drop, list, row, unfold } from "./lesson.ts";
import { expect, test, type Play } from "./play.ts";

/** mine is a lesson that has all that a card can show. */
const mine = `---
title: Mine
minutes: 2
theme: start
world: touch keep
---
An own lesson about a handle and the KCV.

## Make a file

\`touch\` makes one.

\`\`\`predict
line: touch mine
ask: met file mine
asks: Will it be there?
choices: yes, no
why: touch makes it.
\`\`\`
\`\`\`goal
file mine
  a file called mine
file keep
  the file keep stays
\`\`\`
\`\`\`fail
file keep none
  The file \`keep\` is gone.
\`\`\`
\`\`\`hint
A command makes it.
---
The command is \`touch\`.
\`\`\`
\`\`\`solution
touch mine
\`\`\`
\`\`\`wrong other-name
touch other
---
The file is called \`other\`.
---
file other
\`\`\`
\`\`\`done
It is there, and it is empty.
\`\`\`

## Another one

Make the file \`second\`.

\`\`\`goal
file second
  a file called second
\`\`\`
\`\`\`hint
As before.
\`\`\`
\`\`\`blank
touch ___
\`\`\`
\`\`\`solution
touch second
\`\`\`

## What was done

Make a copy of the record.

\`\`\`record
\`\`\`
\`\`\`goal
file copy.txt same=record.txt
  a copy of the record
\`\`\`
\`\`\`hint
\`cp\` copies.
\`\`\`
\`\`\`order
\`\`\`
\`\`\`solution
ls
cp record.txt copy.txt
\`\`\`
`;

/** clean says that axe finds nothing. */
async function clean(play: Play, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: play.page }).analyze();
  expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), screen).toEqual([]);
}

/** run types a line where the lesson is played; a card that folds for its answer is unfolded. */
async function run(play: Play, line: string): Promise<void> {
  await play.page.locator("#field").focus();
  await play.press("Control+e", "Control+u");
  await play.type(line);
}

/** closed waits for the dialog to be gone. */
const closed = (play: Play) => expect(play.page.getByRole("dialog")).toHaveCount(0);

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height] of [[1440, 900], [900, 800], [360, 740]] as const) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });

      test("axe finds nothing on the screens of a lesson", async ({ play }) => {
        const button = (name: string | RegExp) => card(play).getByRole("button", { name, exact: true });
        const dialog = play.page.getByRole("dialog");
        await play.empty();
        await drop(play, "50-mine.md", mine);
        await clean(play, "a lesson is dropped");
        await dialog.getByRole("button", { name: "Add to the lessons" }).click();
        await expect(row(play, "Mine")).toBeVisible();
        await clean(play, "the list");
        await row(play, "Mine").click();
        await closed(play);
        await unfold(play);
        await expect(button("no")).toBeVisible();
        await clean(play, "a prediction");
        await button("no").click();
        await expect(card(play)).toContainText("You said no; it is yes.");
        await clean(play, "a guess");
        await run(play, "touch other");
        await expect(play.note("The file is called other")).toBeVisible();
        await clean(play, "a wrong try is answered");
        await unfold(play);
        await expect(card(play)).toContainText("What is missing");
        await button("Hint 1 of 2").click();
        await expect(card(play).locator(".hints li")).toHaveCount(1);
        await clean(play, "what is missing, and a hint");
        await run(play, "rm keep");
        await expect(play.note("is gone")).toBeVisible();
        await unfold(play);
        await clean(play, "a step that can no longer be reached");
        await button("this step again").click();
        await expect(play.typed).toHaveCount(0);
        await run(play, "touch mine");
        await expect(card(play)).toContainText("It is there, and it is empty."); // the answer folds the card
        await unfold(play);
        await expect(card(play)).toContainText("Ours");
        await clean(play, "a step that is done");
        await button("Next step").click();
        await unfold(play);
        await expect(card(play)).toContainText("Fill the blanks");
        await clean(play, "an open step, with a line to be filled");
        await run(play, "touch second");
        await unfold(play);
        await button("Next step").click();
        await unfold(play);
        await expect(card(play)).toContainText("Put these lines in order");
        await clean(play, "lines to be put in order");
        await run(play, "cp record.txt copy.txt");
        await expect(button("Another lesson")).toBeVisible();
        await clean(play, "the end, folded where it is a bar");
        await unfold(play);
        await clean(play, "the end");
        await button("play freely").click();
        await expect(card(play)).toContainText("You play freely");
        await clean(play, "free play");
        await list(play);
        await expect(row(play, "Mine")).toContainText("done");
        await clean(play, "the list with what was done");
        await dialog.getByRole("button", { name: "Close" }).click();
        await closed(play);
        await button("Back to my world").click();
        await expect(card(play)).toHaveCount(0);
        await run(play, "touch here");
        await play.kept();
        await play.page.goto("?lesson=first-key-pair");
        await play.ready();
        await expect(dialog.getByRole("button", { name: "Begin" })).toBeVisible();
        await clean(play, "a lesson by its address is offered");
      });
    });
  }
}
