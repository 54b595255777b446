// What can be done with a block: copy, run again, fold, link, and a script of all lines up to it. Loaded when a menu is opened.

import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { close as closeDialog, show as showDialog } from "../dialogs/dialog.ts";
import { saveText } from "../page/download.ts";
import { focusField } from "../page/focus.ts";
import { linkTo } from "../page/link.ts";
import { isFree, putLine, typeInto } from "../session/buttons.ts";
import { frontTerminal, hint } from "../state/state.ts";
import { hasPassword, withoutPasswords } from "../words/passwords.ts";
import { say } from "../words/speech.ts";
import { counted } from "../words/words.ts";
import { type Block, linesOf, textOf } from "./blocks.ts";
import { partsOf, viewOf } from "./folds.ts";
import { turn } from "./turn.ts";

/** tell says what was done, in the dock and aloud. */
function tell(sentence: string): void {
  hint.value = sentence;
  say(sentence);
}

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(done);
  } catch {
    tell("The browser does not let the page copy. Select the text and copy it.");
  }
}

/** again runs a block's line where it was typed; elsewhere it is put on the prompt. */
function again(b: Block): void {
  const t = frontTerminal();
  if (isFree(t) && t.transcript.prompt === b.at) return typeInto(t.id, b.line!);
  putLine(b.line!, b.line!);
  if (t.transcript.prompt !== b.at) hint.value = `This line was typed at another prompt: ${b.at.trim()}`;
}

/** linesTo are the lines that were typed in the front terminal, up to a block. */
export function linesTo(blocks: Block[], b: Block): string[] {
  return blocks.filter((o) => o.id <= b.id && o.line !== null && o.line.trim() !== "" && !/^.*\^C$/.test(o.line)).map((o) => o.line!);
}

/** leaving hands lines out, and asks first where one holds a password. */
function leaving(lines: string[], hand: (lines: string[]) => void): void {
  const count = lines.filter(hasPassword).length;
  if (count === 0) return hand(lines);
  const go = (out: string[]) => {
    closeDialog();
    hand(out);
  };
  showDialog("Contains a password", (
    <>
      <h2>This contains a password</h2>
      <p>{counted(count, "line")} of {lines.length} {count === 1 ? "names" : "name"} a password. It leaves the page with the rest, unless it is left out; a … stands in its place then.</p>
      <div class="row">
        <button type="button" onClick={() => go(lines)}>Keep it in</button>
        <button type="button" class="main" autoFocus onClick={() => go(lines.map(withoutPasswords))}>Leave it out</button>
      </div>
    </>
  ));
}

interface Deed { says: string; means: string; run: (b: Block) => void; stays?: boolean }   // stays: the focus goes where run puts it

/** toTool says whether a block's line was typed to a tool of the HSM: at its prompt, or by its name. */
export function toTool({ program = "bash", line }: Block): boolean {
  return /_mgmt_util$|^cloudhsm-cli$/.test(program) || /\b(cloudhsm-cli|key_mgmt_util|cloudhsm_mgmt_util) \S/.test(line ?? "");
}

/** otherWords shows a line in other words, or hides them. */
const otherWords = (b: Block): Deed => b.words
  ? { says: "Hide other words", means: "what stands below", run: (b) => void import("./OtherWords.tsx").then((o) => o.hide(b)) }
  : { says: "In other words", means: "the same in other tools", stays: true, run: (b) => void import("./OtherWords.tsx").then((o) => o.show(b)) };

/** deedsOf are what can be done with a block. */
function deedsOf(b: Block): Deed[] {
  const folded = viewOf(b, partsOf(b.chunks) !== null) !== "whole";
  const text = textOf(b);
  const typed = b.line !== null && b.line !== "";
  return [
    { says: "Copy", means: "line and answer, to the byte", run: () => void copy(text, `Copied ${counted(linesOf(text), "line")}.`) },
    ...(typed ? [{ says: "Run again", means: "the same line", run: again }] : []),
    ...(typed && toTool(b) ? [otherWords(b)] : []),
    { says: folded ? "Unfold" : "Fold", means: folded ? "show the whole answer" : "hide the answer", run: () => turn(b, { folded: !folded }) },
    ...(typed ? [
      { says: "Link", means: "an address with this line on the prompt", run: () => leaving([b.line!], (lines) => void copy(linkTo(lines), "The address is copied. Nothing in it runs by itself.")) },
      { says: "To here as a script", means: "for hsmplay exec", run: () => leaving(linesTo(frontTerminal().transcript.blocks, b), (lines) => {
        saveText("hsmplay-script.txt", `${lines.join("\n")}\n`);
        const ways = frontTerminal().transcript.blocks.some((o) => o.id < b.id && o.notes[0]?.id === "page.travelled");
        tell(`${counted(lines.length, "line")} saved. Answers to questions are not among them${ways ? "; lines of other ways in the timeline are" : ""}.`);
      }) },
    ] : []),
  ];
}

function Menu({ block, over }: { block: Block; over: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current!.querySelector("button")!.focus(), []);
  const walk = (e: preact.TargetedKeyboardEvent<HTMLDivElement>) => {
    const all = [...box.current!.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[e.key];
    if (e.key === "Tab") over();
    if (to === undefined) return;
    e.preventDefault();
    all.at(to % all.length)!.focus();
  };
  return (
    <div role="menu" aria-label="This block" ref={box} onKeyDown={walk}>
      {deedsOf(block).map((d) => (
        <button type="button" role="menuitem" tabIndex={-1} key={d.says} onClick={() => { over(); d.run(block); if (!d.stays && !document.querySelector("dialog[open]")) focusField(); }}>
          {d.says} <span class="means">{d.means}</span>
        </button>
      ))}
    </div>
  );
}

/** open shows the menu of a block beside its button. */
export function open(from: HTMLElement, block: Block): void {
  const box = document.createElement("div");
  box.className = "menu-box";
  box.popover = "auto";
  document.querySelector("main")!.append(box); // within a landmark
  const over = () => box.hidePopover();
  box.addEventListener("toggle", (e) => {
    if ((e as ToggleEvent).newState === "open") return;
    render(null, box);
    box.remove();
    if (document.activeElement === document.body) from.focus();
  });
  render(<div />, box);
  box.showPopover();
  render(<Menu block={block} over={over} />, box);
  const at = from.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  box.style.left = `${Math.max(6, Math.min(at.right - width, innerWidth - width - 6))}px`;
  box.style.top = `${at.bottom + height + 4 < innerHeight ? at.bottom + 2 : Math.max(6, at.top - height - 2)}px`;
}
