// What the page says, made from ids and values: one table, so that it can be translated and spoken.

import type { CallRow, KeyRow, NodeRow, Note, Part, Wait } from "../hsm";

/** parts reads a text in which back-quotes mark words to type. */
export function parts(text: string): Part[] {
  return text.split("`").map((run, i) => ({ text: run, code: i % 2 === 1 })).filter((p) => p.text !== "");
}

/** plain is a note as text. */
export function plain(parts: Part[]): string {
  return parts.map((p) => p.text).join("");
}

/** counted is a number with its noun: "1 key", "2 keys". */
export function counted(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

/** visible shows control and direction characters of pasted text by name. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (c) => (c === "\t" ? "⇥" : `<U+${c.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}>`));
}

/** megabytes is a size of a file on its way. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** notices are the page's own remarks in the transcript's place. */
export const notices = {
  welcome: () => "You are on a client machine of a cluster of three HSMs. For work of today there is `cloudhsm-cli interactive`; older scripts call `key_mgmt_util` for keys and `cloudhsm_mgmt_util` for users. Press Enter to begin with `key_mgmt_util`, or type anything you like.",
  restored: (keys: number, commands: number) => `Restored: ${counted(keys, "key")}, ${counted(commands, "command")}. Worlds and Start over are in the header.`,
  notLoaded: (file: string, why: string) => `The engine did not load: \`${file}\`, ${why}. What you type is kept.`,
  awaited: () => "The second half of the engine is on its way; what you type waits for it.",
  late: (why: string) => `The second half of the engine has not come: ${why}. It is sent for again; what you type waits for it.`,
  stopped: (line: string) => (line === "" ? "The engine stopped and was restored to the last command."
    : `Stopped and restored to the last command; \`${line}\` was not carried out.`),
  silent: (line: string) => `\`${line}\` has kept the engine busy for 10 seconds. Stopping it brings the world back as it was before that line.`,
  memory: () => "Kept until this tab closes: the browser refuses storage here. The world can be downloaded as a file.",
  slow: (visited: boolean) => visited ? "The browser's storage is slow to answer. Your world comes when it does; nothing is lost."
    : "The browser's storage is slow to answer. You can begin: the world is saved as soon as it does.",
  found: () => "The browser's storage has answered at last, and holds a world of an earlier visit. What you see here is kept nowhere yet.",
  kept: (name: string) => `The world before is kept: ${name}. It can be brought back, and is among the worlds in the header.`,
  notKept: () => "The world before could not be kept: the browser refuses storage here.",
  elsewhere: () => "Read-only here: another tab of this browser has the playground open, and two would write over each other. Go on there, or take over here.",
  linked: (lines: number) => `Read-only here: another tab of this browser has the playground open. This link brings ${counted(lines, "line")}: take over, and ${lines === 1 ? "it stands" : "they stand"} at the prompt here, or open the link's address there.`,
  cut: (characters: number) => `${characters.toLocaleString("en")} characters came faster than a page can show them and were left out.`,
  update: () => "A newer version of the playground is here. It starts when the page is loaded again; the world stays.",
  fault: (why: string) => `The playground could not do that: ${why}. The world is as it was.`,
} satisfies Record<string, (...values: never[]) => string>;

/** NoticeId names a remark of the page. */
export type NoticeId = keyof typeof notices;

/** noteOf makes a remark into a note. */
export function noteOf(id: NoticeId, text: string): Note {
  return { id: `page.${id}`, parts: parts(text), error: !["welcome", "restored", "kept"].includes(id) };
}

/** hints are short words in the dock. */
export const hints = {
  noJobs: "No job control here: a line runs until it ends, or until Ctrl-C.",
  nothingToComplete: "Nothing to complete here. Esc, then Tab leaves the field.",
  queued: "runs when the engine is here.",
  after: "runs after the line before it.",
  startFirst: (name: string) => `Enter starts the tool. Then click ${name} again to log in.`,
  noLogin: (name: string) => `There is no line that logs ${name} in at this prompt.`,
  notLoggedIn: "Not logged in. Users and their toy passwords are in the Users panel.",
  asks: "The next line is the answer. Ctrl-C gives the command up.",
  hidden: "The answer is not shown while you type, and is kept nowhere. Ctrl-C gives the command up.",
  keys: "Enter runs the line · Tab completes · ↑ older lines · ↓ what makes sense next",
  keysShort: "Enter runs · Tab completes · ↑ older",
  choices: "Tab walks · Esc goes back to Next",
  touch: "Tap a line below, then Run.",
  touchAlone: "Type a line, then Run.",
  runs: "Running. Ctrl-C stops it.",
  readOnly: "Read-only here: another tab has the playground open.",
  ended: "This shell has ended. Enter opens a new one on the same machine.",
};

/** stateWords name the states of an HSM. */
export const stateWords = { up: "up", sync: "syncing", differs: "differs", down: "down", cut: "cut off", starting: "starting" };

/** kinWords name what a cluster is to the one that the client's daemon serves. */
export const kinWords = { "": "in use", clone: "clone", original: "original", unrelated: "unrelated" };

/** clusterTitle stands before the id of one of several clusters. */
export function clusterTitle(kin: keyof typeof kinWords): string {
  return { "": "In use:", clone: "A clone:", original: "The original:", unrelated: "Unrelated:" }[kin];
}

/** Shape is the state of an HSM as it is drawn. */
export type Shape = keyof typeof stateWords;

/** shapeOf picks the shape: what is broken comes before what is on its way. */
export function shapeOf(node: NodeRow): Shape {
  if (node.state !== "up") return node.state;
  return node.sync ? "sync" : node.differs ? "differs" : "up";
}

/** summary is the one sentence over the cluster. */
export function summary(nodes: NodeRow[], keys: KeyRow[]): string {
  const up = nodes.filter((n) => n.state === "up").length;
  const all = up === nodes.length;
  const said = [all && up > 1 ? `All ${counted(up, "HSM")} up` : all ? "One HSM, up" : `${up} of ${counted(nodes.length, "HSM")} up`];
  const missing = new Map<string, number[]>(); // the HSMs that lack as much
  for (const n of nodes.filter((n) => n.missing > 0)) {
    const what = pairs(keys.filter((k) => k.missing.includes(n.node)), n.missing);
    missing.set(what, [...missing.get(what) ?? [], n.node]);
  }
  missing.forEach((on, what) => said.push(`${what} missing on HSM ${ranges(on)}`));
  const clusters = new Set(nodes.map((n) => n.cluster)).size;
  if (clusters > 1) said.splice(1, 0, `${clusters} clusters`);
  return said.slice(0, 3).join(" · ");
}

/** pairs counts keys as pairs where that is what they are. total is how many there are, known or not. */
function pairs(known: KeyRow[], total: number): string {
  const publics = known.filter((k) => k.class === "public").length;
  const whole = known.length === total && publics * 2 === total && known.every((k) => k.class === "public" || k.class === "private");
  return whole ? counted(publics, "key pair") : counted(total, "key");
}

/** changed is the sentence about an HSM that is not as it was, "" for none. */
export function changed(was: NodeRow | undefined, is: NodeRow, up: number, all: number): string {
  if (!was) return is.kin === "" ? `HSM ${is.node} added.` : `HSM ${is.node} added, in another cluster: ${kinWords[is.kin]}.`;
  if (was.state === is.state) return "";
  const now = { up: "is up", down: "stopped", cut: "is cut off" }[is.state];
  return `HSM ${is.node} ${now}; ${up} of ${counted(all, "HSM")} up.`;
}

/** made is the sentence about keys that were not there before, "" for none. */
export function made(keys: KeyRow[], all: number): string {
  const [first, second, ...more] = keys;
  if (!first) return "";
  const on = (k: KeyRow) => (k.session ? `on HSM ${k.nodes.join(" ")}, for this session` : `on ${k.nodes.length} of ${counted(all, "HSM")}`);
  if (second && more.length === 0 && first.class === "public" && second.class === "private") {
    return `Key pair ${first.handle} and ${second.handle} made ${on(second)}.`;
  }
  return keys.length === 1 ? `Key ${first.handle} made ${on(first)}.` : `${counted(keys.length, "key")} made.`;
}

/** placeOf says on which HSMs a key is. */
export function placeOf(key: KeyRow): string {
  if (key.session) return `session, HSM ${key.nodes.join(" ")}`;
  return key.missing.length === 0 ? key.nodes.join(" ") : `${key.nodes.join(" ")}, not on HSM ${key.missing.join(" ")}`;
}

/** ranges are numbers in brief: 0 1 2, but 0–27. */
export function ranges(numbers: number[]): string {
  const runs: number[][] = [];
  for (const n of numbers) {
    if (runs.at(-1)?.at(-1) === n - 1) runs.at(-1)!.push(n);
    else runs.push([n]);
  }
  return runs.map((run) => (run.length > 3 ? `${run[0]}–${run.at(-1)}` : run.join(" "))).join(" ");
}

/** placeInBrief says it in a cell of a table: what is missing before where it is. */
export function placeInBrief(key: KeyRow): string {
  if (key.session) return `session, HSM ${ranges(key.nodes)}`;
  return key.missing.length === 0 ? ranges(key.nodes) : `not on HSM ${ranges(key.missing)}`;
}

/** progress is what the dock says of a wait; now is the simulated time in ms. */
export function progress(wait: Wait, now: number): string {
  const seconds = (ms: number) => `${Math.max(0, Math.floor(ms / 1000))} s`;
  const time = wait.until > 0 ? `${seconds(now - wait.since)} of ${seconds(wait.until - wait.since)}` : seconds(now - wait.since);
  return `${plain(wait.about)} · ${time} · Ctrl-C stops`;
}

/** outcome is how a command ended, for the label of its block. */
export function outcome(block: { open: boolean; code: number | null; status: number }): string {
  if (block.open) return "running";
  if (block.code === -1) return "failed"; // a refusal whose number is not public
  if (block.code !== null) return block.code === 0 ? "succeeded" : `failed with 0x${block.code.toString(16)}`;
  return block.status === 0 ? "succeeded" : `ended with status ${block.status}`;
}

/** callWords says what a call did, for the list under the drawing. */
export function callWords(call: CallRow): string {
  const to = call.from < 0 ? `HSM ${call.node}` : `HSM ${call.from} to HSM ${call.node}`;
  return `${to}: ${call.op}${call.detail ? ` ${call.detail}` : ""}`;
}
