import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";
import type { Note, Turn } from "../hsm";
import { type Transcript, add, blank, expect, giveUp, keptBlocks, keptLines, keptSize, strike, textOf } from "../terminal/blocks.ts";
import { clear, notice, withdraw } from "../terminal/remarks.ts";

const plain: Turn = {
  terminal: 1, line: null, echo: true, at: "", text: "", notes: [], state: "ready", prompt: "$ ", hidden: false, wait: null,
  status: 0, code: null, command: "", program: "bash", user: "", said: "", clear: false,
};
const note: Note = { id: "n", parts: [{ text: "a note" }] };

/** after is the transcript after some turns. */
function after(...turns: Partial<Turn>[]): Transcript {
  return turns.reduce((t, turn) => add(t, { ...plain, ...turn }), blank());
}

const shown = (t: Transcript) => t.blocks.map(textOf);

test("blocks: a typed line begins a block with its prompt, to the byte", () => {
  const t = after({ line: "findKey", at: "Command:  ", text: "\n\tTotal 0\n", command: "findKey", code: 0 });
  deepEqual(shown(t), ["Command:  findKey\n\n\tTotal 0\n"]);
  equal(t.blocks[0]!.code, 0);
  equal(t.blocks[0]!.open, false);
});

test("blocks: later text of a line that runs joins its block, notes hang below", () => {
  const t = after({ line: "for", at: "$ ", text: "1\n", state: "runs" }, { text: "2\n", state: "runs" }, { text: "3\n", notes: [note] });
  deepEqual(shown(t), ["$ for\n1\n2\n3\n"]);
  deepEqual(t.blocks[0]!.notes, [note]);
});

test("blocks: a silent line stands in its block before its first turn, which takes the block over", () => {
  const early = expect(after({}), "sleep 9", 0);
  deepEqual([shown(early), early.state], [["$ sleep 9\n"], "runs"]);
  const t = add(notice(early, "silent", note), { ...plain, line: "sleep 9", at: "$ ", text: "^C\n", command: "sleep" });
  deepEqual(t.blocks.map((b) => [textOf(b), b.open]), [["", false], ["$ sleep 9\n^C\n", false]]);
});

test("blocks: a line whose turn is here already is not shown again", () => {
  const sent = after({ line: "ls", at: "$ ", text: "a\n" });
  deepEqual(shown(expect(add(sent, { ...plain, line: "pwd", at: "$ ", text: "/\n" }), "pwd", sent.count)), ["$ ls\na\n", "$ pwd\n/\n"]);
});

test("blocks: after Ctrl-C only the end of what ran is shown", () => {
  const t = strike(after({ line: "yes", at: "$ ", text: "y\n", state: "runs" }), "");
  const late = add(t, { ...plain, text: "y\ny\n", state: "runs" });
  deepEqual(shown(late), ["$ yes\ny\n"]);
  const end = add(late, { ...plain, text: "^C\n", status: 130 });
  deepEqual([shown(end), end.stopping], [["$ yes\ny\n^C\n"], false]);
});

test("blocks: a line that the engine could not take leaves the terminal ready", () => {
  const t = giveUp(expect(after({}), "ls", 0));
  deepEqual([t.state, t.blocks[0]!.open], ["ready", false]);
});

test("blocks: the answer to a hidden question is shown nowhere", () => {
  const t = after({ line: "loginHSM -hpswd", at: "Command:  ", state: "asks", prompt: "Enter password: ", hidden: true },
    { line: "", echo: false, at: "Enter password: ", text: "\nok\n" });
  deepEqual(shown(t), ["Command:  loginHSM -hpswd\nEnter password: \n\nok\n"]);
  equal(t.blocks.length, 1);
});

test("blocks: Ctrl-C shows what stood on the line as a terminal does", () => {
  const half = { ...after({}), struck: "gen" };
  deepEqual(shown(add(half, { ...plain, line: "", at: "Command:  ", text: "^C\n" })), ["Command:  gen^C\n"]);
});

test("blocks: Ctrl-D in a shell shows exit behind the prompt", () => {
  deepEqual(shown(after({ line: "", at: "$ ", text: "exit\n", state: "closed" })), ["$ exit\n"]);
});

test("blocks: Ctrl-C on a waiting command goes on in its block", () => {
  const t = after({ line: "genECCKeyPair", at: "Command:  ", state: "waits" }, { text: "^C\n" });
  deepEqual(shown(t), ["Command:  genECCKeyPair\n^C\n"]);
});

test("blocks: text without a line has a block of its own", () => {
  deepEqual(shown(after({ line: "sleep 1 &", at: "$ " }, { text: "done\n" })), ["$ sleep 1 &\n", "done\n"]);
});

test("blocks: a turn may clear what was there", () => {
  deepEqual(shown(after({ line: "ls", at: "$ ", text: "a\n" }, { line: "clear", at: "$ ", clear: true })), ["$ clear\n"]);
});

test("blocks: Ctrl-L leaves what still runs", () => {
  const t = after({ line: "ls", at: "$ " }, { line: "sleep", at: "$ ", state: "runs" });
  deepEqual(shown(clear(t)), ["$ sleep\n"]);
});

test("blocks: a long text is held in chunks, and together they are the text", () => {
  const text = Array.from({ length: 350 }, (_, i) => `${i}\n`).join("");
  const t = after({ line: "seq 350", at: "$ ", text });
  equal(t.blocks[0]!.chunks.length, 4);
  equal(t.blocks[0]!.chunks.join(""), text);
});

test("blocks: pieces without a line end join without one", () => {
  equal(textOf(after({ line: "x", at: "$ ", text: "a", state: "runs" }, { text: "b\nc" }).blocks[0]!), "$ x\nab\nc");
});

test("blocks: 20,000 lines stay, older ones are kept for the file, none is lost", async () => {
  const text = "line\n".repeat(999);
  const turns = Array.from({ length: 25 }, (_, i) => ({ line: `n${i}`, at: "$ ", text }));
  const t = after(...turns);
  ok(t.lines <= keptLines, `${t.lines} lines are kept`);
  equal(await new Blob(t.older).text() + shown(t).join(""), turns.map((u) => `$ ${u.line}\n${text}`).join(""));
  equal(t.lines + t.olderLines, 25_000);
});

test("blocks: of many short lines the newest stay, and the others go into the file", () => {
  let t = blank();
  for (let i = 0; i < keptBlocks + 5; i++) t = add(t, { ...plain, line: `true ${i}`, at: "$ " });
  equal(t.blocks.length, keptBlocks);
  equal(t.blocks[0]!.line, "true 5");
  deepEqual([t.olderLines, t.older], [5, ["$ true 0\n$ true 1\n$ true 2\n$ true 3\n$ true 4\n"]], "in one piece");
});

test("blocks: of the older text only the newest piece is in the page's memory", async () => {
  let t = blank();
  const lines = Array.from({ length: keptBlocks + 5_000 }, (_, i) => `true ${i} ${"x".repeat(20)}`);
  for (const line of lines) t = add(t, { ...plain, line, at: "$ " });
  deepEqual(t.older.map((piece) => typeof piece), ["object", "object", "string"]);
  equal(await new Blob(t.older).text(), lines.slice(0, 5_000).map((line) => `$ ${line}\n`).join(""));
});

test("blocks: one endless line of output gives up its oldest chunks", () => {
  const t = after({ line: "yes", at: "$ ", text: "y\n".repeat(30_000), state: "runs" });
  ok(t.lines <= keptLines, `${t.lines} lines are kept`);
  equal(t.lines + t.olderLines, 30_001);
});

test("blocks: a notice of the page stands once, and can be taken back", () => {
  const t = notice(notice(blank(), "memory", note), "memory", note);
  equal(t.blocks.length, 1);
  equal(withdraw(t, "memory").blocks.length, 0);
});

test("blocks: one endless line is parted into chunks and is bounded", () => {
  let t = after({ line: "cat /dev/zero", at: "$ ", state: "runs" });
  for (let i = 0; i < 700; i++) t = add(t, { ...plain, text: "^@".repeat(5_000), state: "runs" });
  ok(t.size <= keptSize);
  ok(t.blocks[0]!.chunks.length > 100 && t.blocks[0]!.chunks.every((c) => c.length <= 8_192));
  equal(t.size, t.blocks[0]!.chunks.join("").length + "cat /dev/zero".length);
});
