// The transcript as a value: one block per command, made from the engine's turns alone.

import type { LoggedCall, Note, State, Turn, Wait } from "../hsm";

/** Block is what one command showed. Text is kept in chunks so that a long one grows without being drawn anew. */
export interface Block {
  id: number;
  at: string;             // the prompt before the line
  line: string | null;    // null: text without a typed line, or a notice of the page
  chunks: string[];
  notes: Note[];
  command: string;
  open: boolean;          // more may come
  code: number | null;
  status: number;
  notice: string;         // id of the page's own notice, "" for a command
  early: boolean;         // shown before the engine has said anything about the line
  folded?: boolean;       // by hand; a long output folds by itself
  program?: string;       // at whose prompt the line was typed
  calls?: [terminal: number, first: number, last: number]; // the calls to HSMs that it has made, by their numbers
  called?: boolean;       // they are shown below it
  made?: LoggedCall[];    // and were looked up
  words?: boolean;        // the line in other words is shown below it
  why?: boolean;          // why it has failed is shown below it
}

/** Transcript is what a terminal has shown and how it stands now. */
export interface Transcript {
  blocks: Block[];
  count: number;          // blocks made so far: the next id
  lines: number;          // lines held in blocks
  size: number;           // characters held in blocks
  older: Piece[];         // text of blocks that had to go, for the file; of a flood its newest part
  olderLines: number;
  stopping: boolean;      // Ctrl-C was sent to what runs: text still on its way is dropped
  struck: string;         // the half-typed line that Ctrl-C was pressed on
  asked: number;          // lines entered so far: each scrolls to its answer
  prompt: string;
  state: State;
  hidden: boolean;
  wait: Wait | null;
  program: string;
  user: string;
}

/** keptBlocks, keptLines and keptSize are how many blocks, lines and characters stay on the page; older ones are offered as a file. */
export const keptBlocks = 1_000;
export const keptLines = 20_000;
export const keptSize = 4_000_000;
const chunkLines = 100;
const chunkSize = 8_192; // characters: an endless line is parted too, so that only what is seen of it is laid out
const pieceSize = 65_536; // characters of a piece of older text
const keptOlder = 250;    // pieces of it

/** Piece is some older text. The newest is a text that grows; the others were handed to the browser, which may keep them on disk:
 *  so hours of work do not fill the page's memory. */
type Piece = string | Blob;

/** blank is the transcript of a terminal of which nothing is known yet. */
export function blank(): Transcript {
  return {
    blocks: [], count: 0, lines: 0, size: 0, older: [], olderLines: 0, stopping: false, struck: "", asked: 0,
    prompt: "$ ", state: "ready", hidden: false, wait: null, program: "bash", user: "",
  };
}

/** hasFailed says whether a block is a line that has failed, of a program of which the engine can say why. */
export function hasFailed({ line, open, program, code, status }: Block): boolean {
  return !open && line !== null && (code ?? status) !== 0 && ((program ?? "bash") !== "bash" || /^\s*(\S*\/)?(hsm|openssl|cloudhsm-cli|\w+_mgmt_util)\b/.test(line));
}

/** textOf is what a block shows in the tool's voice, to the byte. */
export function textOf(block: Block): string {
  const typed = block.line === null ? "" : `${block.at}${block.line}\n`;
  return typed + block.chunks.join("");
}

/** linesOf counts the line ends of a text. */
export function linesOf(text: string): number {
  let n = 0;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) n++;
  return n;
}

/** chunkEnd is where the first chunk of a text ends, 0 while it may still grow. */
function chunkEnd(text: string): number {
  let end = 0;
  for (let n = 0; n < chunkLines; n++) {
    const next = text.indexOf("\n", end) + 1;
    if ((next === 0 ? text.length : next) > chunkSize) return end > 0 ? end : chunkSize - (isHigh(text.charCodeAt(chunkSize - 1)) ? 1 : 0);
    if (next === 0) return 0;
    end = next;
  }
  return end;
}

/** isHigh says whether a unit is the first of a pair that makes one character. */
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** grow adds text to a block, a chunk of at most 100 lines at a time. */
function grow(block: Block, text: string): Block {
  if (text === "") return block;
  const chunks = [...block.chunks];
  let whole = (chunks.pop() ?? "") + text;
  for (let end = chunkEnd(whole); end > 0 && end < whole.length; end = chunkEnd(whole)) {
    chunks.push(whole.slice(0, end));
    whole = whole.slice(end);
  }
  return { ...block, chunks: [...chunks, whole] };
}

/** begin opens a block. */
export function begin(t: Transcript, part: Partial<Block>): Transcript {
  const block: Block = { id: t.count, at: "", line: null, chunks: [], notes: [], command: "", open: true,
    code: null, status: 0, notice: "", early: false, ...part };
  const lines = t.lines + (block.line === null ? 0 : 1);
  return { ...t, blocks: [...t.blocks, block], count: t.count + 1, lines, size: t.size + (block.line?.length ?? 0) };
}

/** change replaces the last block. */
function change(t: Transcript, next: Block): Transcript {
  return { ...t, blocks: [...t.blocks.slice(0, -1), next] };
}

/** write adds text to the open block, and opens one without a line where there is none. */
function write(t: Transcript, text: string): Transcript {
  if (text === "") return t;
  const opened = t.blocks.at(-1)?.open ? t : begin(t, {});
  return { ...change(opened, grow(opened.blocks.at(-1)!, text)), lines: opened.lines + linesOf(text), size: opened.size + text.length };
}

/** marks are what Ctrl-C and Ctrl-D leave behind a prompt, on its own line. */
const marks = ["^C\n", "exit\n"];

/** strike notes that Ctrl-C was pressed, and what stood on the line. */
export function strike(t: Transcript, half: string): Transcript {
  return { ...t, struck: t.hidden ? "" : half, stopping: t.state === "runs" };
}

/** struckOut is a turn of Ctrl-C or Ctrl-D at a prompt as a terminal shows it, with what stood on the line: `find^C`. */
function struckOut(turn: Turn, struck: string): Turn {
  const mark = turn.line === "" && marks.find((m) => turn.text.startsWith(m));
  if (!mark) return turn;
  return { ...turn, line: struck + mark.trimEnd(), echo: true, text: turn.text.slice(mark.length) };
}

/** accept shows the typed line of a turn: it begins a block, or answers the question of the open one. */
function accept(t: Transcript, turn: Turn): Transcript {
  if (turn.line === null) return t;
  if (t.state === "asks" && t.blocks.at(-1)?.open) return write(t, `${turn.at}${turn.echo ? turn.line : ""}\n`);
  const part = { at: turn.at, line: turn.line, command: turn.command, program: t.program };
  const early = t.blocks.find((b) => b.early);
  return early ? { ...t, blocks: [...t.blocks.filter((b) => b !== early), { ...early, ...part, early: false }] } : begin(t, part);
}

/** expect shows a line that runs before its first turn has come; that turn then takes the block over. since is the count
 *  of blocks when the line was sent: where one has come since, the turn is here already. */
export function expect(t: Transcript, line: string, since: number): Transcript {
  if (t.state !== "ready" || t.count !== since) return t;
  return { ...begin(t, { at: t.prompt, line, command: /^\S*/.exec(line)![0], early: true }), state: "runs" };
}

/** giveUp ends what expect has shown, for a line that the engine could not take. */
export function giveUp(t: Transcript): Transcript {
  if (!t.blocks.some((b) => b.early)) return t;
  return { ...t, state: "ready", blocks: t.blocks.map((b) => (b.early ? { ...b, early: false, open: false } : b)) };
}

/** callsOf are the calls that a line has made so far. */
const callsOf = ({ terminal, calls }: Turn): Partial<Block> => (calls ? { calls: [terminal, calls[0]!, calls[1]!] } : {});

/** add is the transcript after a turn. */
export function add(t: Transcript, turn: Turn): Transcript {
  // As a terminal does at Ctrl-C: what it has not shown yet, it shows no more.
  if (t.stopping && turn.state === "runs" && turn.line === null) {
    const at = turn.text.indexOf("^C\n"); // what comes after it is said about the end of the line
    return at < 0 ? t : add({ ...t, stopping: false }, { ...turn, text: turn.text.slice(at) });
  }
  turn = struckOut(turn, t.struck);
  let next = turn.clear ? { ...t, blocks: [], lines: 0, size: 0 } : t;
  next = write(accept(next, turn), turn.text);
  if (turn.notes.length > 0 && !next.blocks.at(-1)?.open) next = begin(next, {});
  const last = next.blocks.at(-1);
  const done = turn.state === "ready" || turn.state === "closed";
  if (last?.open) {
    const { code, status } = turn;
    next = change(next, { ...last, notes: [...last.notes, ...turn.notes], open: !done, code: code ?? last.code, status, ...callsOf(turn) });
  }
  const { prompt, state, hidden, wait, program, user } = turn;
  return trim({ ...next, stopping: false, struck: "", prompt, state, hidden, wait, program, user });
}

/** trim lets the oldest blocks go, or the oldest chunks of the only one, until few enough blocks, lines and characters are held. */
function trim(t: Transcript): Transcript {
  let { blocks, lines, size, olderLines } = t;
  const gone: string[] = [];
  while ((blocks.length > keptBlocks || lines > keptLines || size > keptSize) && blocks.length > 0) {
    const [first, ...rest] = blocks as [Block, ...Block[]];
    if (rest.length === 0 && first.chunks.length === 0) break;
    const text = rest.length > 0 ? textOf(first) : first.chunks[0]!;
    blocks = rest.length > 0 ? rest : [{ ...first, chunks: first.chunks.slice(1) }];
    gone.push(text);
    lines -= linesOf(text);
    size -= text.length;
    olderLines += linesOf(text);
  }
  return gone.length === 0 ? t : { ...t, blocks, lines, size, olderLines, older: older(t.older, gone) };
}

/** older is the text of blocks that had to go, with more: short ones share a piece, so that a flood alone loses some. */
function older(pieces: Piece[], gone: string[]): Piece[] {
  const all = [...pieces];
  for (const text of gone) {
    const last = all.pop();
    if (typeof last === "string" && last.length + text.length <= pieceSize) all.push(last + text);
    else if (last === undefined) all.push(text);
    else all.push(typeof last === "string" ? new Blob([last]) : last, text);
  }
  return all.slice(-keptOlder);
}
