// A scripted engine for working on the page without Go: the first minute, by heart. No cryptography.

import type { CallRow, Cluster, Engine, FileRow, KeyRow, Listener, NodeRow, Note, Options, Turn, UserRow } from "../hsm";
import { parts } from "../words/words.ts";
import { fresh, type Played, seen, stateOf as lessonState, viewOf } from "./fake-lesson.ts";

/** Tab is a terminal. asks is what happens to the answer, waits the command that waits, last the first word of the last line. */
interface Tab { id: number; named: string; program: string; user: string; asks: ((w: World, tab: Tab, answer: string) => Answer) | null; waits: string; last: string; status: number; history: string[] }

const curves: Record<string, string> = { 2: "EC P-256", 14: "EC P-384", 16: "EC secp256k1" };
const ips = ["10.0.1.10", "10.0.2.11", "10.0.3.12"];
const note = (text: string, error = false): Note => ({ id: "fake", parts: parts(text), error });

/** World is the fake's state. */
class World {
  tabs: Tab[] = [];
  nodes: NodeRow[] = ips.map((ip, node) => ({ id: `hsm-${node}`, node, ip, cluster: "cluster-abcdefghijk", kin: "", state: "up", sync: false, differs: false,
    keys: 0, missing: 0, users: 6, delay: 0, tampered: false }));
  keys: KeyRow[] = [];
  files: FileRow[] = [];
  calls: CallRow[] = [];
  version = 1;
  now = 0;
  command = 0;
  handle = 6;
  refused = false;
  users: UserRow[] = [["admin", "CO", "password"], ["app_user", "AU", ""], ["example_user", "CU", "aws"],
    ["user4", "CU", "aws"], ["user5", "CU", "aws"], ["user6", "CU", "aws"]].map(([name, type, password], i) =>
    ({ id: `user-${i + 1}`, user: i + 1, name: name!, type: type!, password: password!, nodes: [0, 1, 2] }));

  up() { return this.nodes.filter((n) => n.state === "up"); }

  call(op: string, detail = "", code = 0) {
    this.command++;
    for (const n of this.up()) {
      const seq = this.calls.length + 1;
      this.calls.push({ id: `call-${seq}`, seq, command: this.command, time: this.now, from: -1, node: n.node, op, detail, code });
    }
  }

  block() {
    return "\n        Cluster Error Status\n" + this.up().map((n) =>
      `        Node id ${n.node} and err state 0x00000000 : HSM Return: SUCCESS\n`).join("");
  }

  count() {
    for (const n of this.nodes) {
      n.keys = this.keys.filter((k) => k.nodes.includes(n.node)).length;
      n.missing = this.keys.filter((k) => k.missing.includes(n.node)).length;
    }
    for (const n of this.nodes) n.differs = n.state === "up" && n.missing > 0;
    this.version++;
  }
}

type Answer = Partial<Pick<Turn, "text" | "notes" | "code" | "status" | "wait">>;
type Run = (w: World, tab: Tab, args: string[]) => Answer;

const ok = (api: string, w: World, more = ""): Answer =>
  ({ text: `\n        ${api} returned: 0x00 : HSM Return: SUCCESS\n${more}${w.block()}\n`, code: 0 });
const option = (args: string[], flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] ?? "" : "");

function generate(w: World, tab: Tab, args: string[]): Answer {
  const type = curves[option(args, "-i")];
  const label = option(args, "-l");
  if (!tab.user) {
    return { text: "\n        Cfm3GenerateKeyPair returned: 0x9d : HSM Error: user isn't initialized or user with this name doesn't exist\n\n", code: 0x9d,
      notes: [note("Nobody is logged in here, and keys belong to a user. Type `loginHSM -u CU -s example_user -p aws`.", true)] };
  }
  if (!type) {
    w.refused = true;
    w.call("generate", "", 0xb3);
    return { code: 0xb3, text: "\n        Cfm3GenerateKeyPair returned: 0xb3 : HSM Error: This operation violates the current configured/FIPS policies\n" +
      "\n        Cluster Error Status\n        Node id 0 and err state 0x30000085 : HSM CLUSTER ERROR: Server in cluster is unavailable\n\n",
      notes: [note("`0xb3` Curve 1 is not allowed in FIPS mode. The cluster is healthy: its last line is how the tool words a refusal. Allowed: `2` `14` `16`", true)] };
  }
  if (Number(option(args, "-min_srv")) > w.up().length) {
    tab.waits = "genECCKeyPair";
    return { wait: { about: parts(`${w.up().length} of 3 HSMs have the key`), have: w.up().length, of: 3, since: w.now, until: 0 } };
  }
  const [pub, priv] = [w.handle++, w.handle++];
  const nodes = w.up().map((n) => n.node);
  const missing = w.nodes.filter((n) => n.state !== "up").map((n) => n.node);
  for (const [handle, cls] of [[pub, "public"], [priv, "private"]] as const) {
    w.keys.push({ id: `key-${handle}`, handle, class: cls, type, label, keyId: "", owner: 3, ownerName: tab.user, shared: [],
      extractable: true, session: false, kcv: "bbb32a", nodes, missing, mValue: 0, curve: "secp384r1",
      flags: ["OBJ_ATTR_EXTRACTABLE"], origin: "generated", visible: true });
  }
  w.call("generate", `${pub} ${priv}`);
  w.count();
  return { ...ok("Cfm3GenerateKeyPair", w, `\n        Cfm3GenerateKeyPair:    public key handle: ${pub}    private key handle: ${priv}\n`),
    notes: [note(`A handle names a key on every HSM that holds it: \`${priv}\` is the private one.`)] };
}

const tool: Record<string, Run> = {
  genECCKeyPair: generate,
  loginHSM(w, tab, args) {
    const login = () => {
      tab.user = option(args, "-s");
      w.call("login", tab.user);
      return ok("Cfm3LoginHSM", w);
    };
    if (!args.includes("-hpswd")) return login();
    tab.asks = login;
    return { text: "\n" };
  },
  getAttribute(w, _, args) {
    const path = option(args, "-out");
    w.files.push({ id: `file-/home/ec2-user/${path}`, path: `/home/ec2-user/${path}`, size: 600, directory: false, changed: 0, text: true });
    w.count();
    return { code: 0, text: `\ngot all attributes of size 561 attr cnt 19\nAttributes dumped into ${path}\n\n        Cfm3GetAttribute returned: 0x00 : HSM Return: SUCCESS\n\n` };
  },
  cat: () => ({ text: "OBJ_ATTR_CLASS\n0x03\nOBJ_ATTR_KEY_TYPE\n0x03\nOBJ_ATTR_TOKEN\n0x01\nOBJ_ATTR_PRIVATE\n0x01\nOBJ_ATTR_LABEL\necc14\nOBJ_ATTR_KCV\n0xbbb32a\n" }),
  listUsers: (w) => ({ code: 0, text: `\n        Number Of Users found ${w.users.length}\n\n        Index       User ID     User Type       User Name           MofnPubKey    LoginFailureCnt         2FA\n` +
    w.users.map((u) => `        ${String(u.user).padEnd(12)}${String(u.user).padStart(6)}      ${u.type.padEnd(16)}${u.name.padEnd(26)}${"NO".padEnd(17)}0               NO\n`).join("") +
    "\n        Cfm3ListUsers returned: 0x00 : HSM Return: SUCCESS\n\n" }),
  exit(_, tab) {
    Object.assign(tab, { program: "bash", user: "" });
    return { code: 0 };
  },
};

const bash: Record<string, Run> = {
  key_mgmt_util(_, tab) {
    tab.program = "key_mgmt_util";
    return { text: "\nVersion info, Client Version: 3.4.4\n\n", code: 0, notes: [note("Nobody is logged in yet: `loginHSM -u CU -s example_user -p aws`.")] };
  },
  hsm(w, _, [verb, n]) {
    const node = w.nodes[Number(n)];
    if (!node) return { text: "" };
    node.state = verb === "start" ? "up" : "down";
    if (verb === "start") for (const k of w.keys) Object.assign(k, { nodes: [0, 1, 2], missing: [] });
    w.count();
    return { text: `HSM ${n} ${verb === "start" ? "started" : "stopped"}\n` };
  },
  cat: tool.cat!,
};

/** stateOf is what a tab is in; a closed one is gone. */
const stateOf = (tab: Tab): Turn["state"] => (tab.id < 0 ? "closed" : tab.asks ? "asks" : tab.waits ? "waits" : "ready");

/** promptOf is what stands before the next line of a tab. */
function promptOf(tab: Tab): string {
  if (tab.id < 0 || tab.waits) return "";
  return tab.asks ? "Enter password: " : tab.program === "bash" ? "$ " : "Command:  ";
}

/** turnOf is a turn of a tab as it stands now. */
function turnOf(tab: Tab, at: string, line: string | null, a: Answer, command = "", echo = true): Turn {
  const over = stateOf(tab) === "ready";
  return { terminal: Math.abs(tab.id), line, echo, at, text: "", notes: [], state: stateOf(tab), prompt: promptOf(tab),
    hidden: tab.asks !== null, wait: null, status: tab.status, code: null, command, program: tab.program, user: tab.user, clear: false,
    said: command && over ? `${command} ${a.code ? "failed" : "succeeded"}.` : "", ...a };
}

/** next is the table of the first minute. */
function next(w: World, tab: Tab): string[] {
  if (tab.program === "bash") return w.keys.length ? ["hsm stop 2", "key_mgmt_util"] : ["key_mgmt_util"];
  if (!tab.user) return ["loginHSM -u CU -s example_user -p aws", "help"];
  const key = w.keys.at(-1);
  if (!key) return ["genECCKeyPair -i 14 -l ecc14", "listUsers", "findKey"];
  if (!w.files.length) return [`getAttribute -o ${key.handle} -a 512 -out attr_${key.handle}`, "genECCKeyPair -i 1 -l ecc1", "findKey"];
  return w.refused ? ["exit", "findKey"] : [`cat ${w.files[0]!.path.split("/").at(-1)}`, "genECCKeyPair -i 1 -l ecc1", "findKey"];
}

/** fakeEngine is the constructor that wasm/ exports in the real build. */
export function fakeEngine(_: Options, listen: Listener): Engine {
  let w = new World();
  let opened = 0;
  let own: { w: World; opened: number } | null = null; // kept aside while a lesson is played
  let play: Played | null = null;
  let course = false;
  let ticked = [false, false];
  const labelled = (label: string) => w.keys.find((k) => k.label === label && k.class === "private")?.handle ?? 0;
  let batches = 0;
  const tabOf = (id: number) => w.tabs.find((t) => t.id === id)!;
  /** gone closes a tab: it has its number with a minus from now on. */
  const gone = (id: number) => {
    const tab = tabOf(id);
    w.tabs = w.tabs.filter((t) => t !== tab);
    tab.id = -id;
    return tab;
  };
  let quiet = false; // what makes the world of a lesson is not shown
  const tell = (turn: Turn) => (quiet || listen(turn), Promise.resolve(turn));
  const rowsSince = <T>(since: number, rows: T[]) => Promise.resolve({ version: w.version, rows: since === w.version ? [] : rows, total: rows.length });
  return {
    open({ name }) {
      const tab: Tab = { id: ++opened, named: name, program: "bash", user: "", asks: null, waits: "", last: "", status: 0, history: [] };
      w.tabs.push(tab);
      return tell(turnOf(tab, "", null, {}));
    },
    async close({ terminal }) {
      const tab = gone(terminal);
      listen(turnOf(tab, "", null, { text: "exit\n" }, tab.last));
      return {};
    },
    terminals: () => Promise.resolve({ notes: [], terminals: w.tabs.map((tab) => ({ terminal: tab.id, program: tab.program, user: tab.user,
      prompt: promptOf(tab), state: stateOf(tab), history: tab.history, named: tab.named })) }),
    type({ terminal, line }) {
      const tab = tabOf(terminal);
      const at = promptOf(tab);
      const { asks } = tab;
      if (asks) {
        tab.asks = null;
        return tell(turnOf(tab, at, "", asks(w, tab, line), tab.last, false));
      }
      const [word = "", ...args] = line.trim().split(/\s+/);
      if (word !== "") tab.history.push(line);
      tab.last = word;
      const run = (tab.program === "bash" ? bash : tool)[word.split("/").at(-1)!];
      const answer = word === "" ? {} : run?.(w, tab, args) ?? { text: `bash: ${word}: command not found\n`, status: 127, notes: [note(`No \`${word}\` here.`, true)] };
      if (word !== "" && tab.program === "bash") tab.status = answer.status ?? 0; // a tool has its status when it ends
      return tell(turnOf(tab, at, line, answer, word));
    },
    interrupt({ terminal }) {
      const tab = tabOf(terminal);
      const at = promptOf(tab);
      const { asks, waits } = tab;
      Object.assign(tab, { asks: null, waits: "" });
      if (!waits) return tell(turnOf(tab, at, "", { text: "^C\n" }, asks ? tab.last : "", !asks));
      return tell(turnOf(tab, "", null, { text: "^C\n", code: 0x30000085, notes: [note("Stopped: what was half made has been removed.", true)] }, waits));
    },
    end({ terminal }) {
      const tab = tabOf(terminal);
      const at = promptOf(tab);
      if (tab.program === "bash") return tell(turnOf(gone(terminal), at, "", { text: "exit\n" }));
      Object.assign(tab, { program: "bash", user: "", status: 0 });
      return tell(turnOf(tab, at, "", {}));
    },
    resize: () => Promise.resolve({}),
    complete({ line, cursor }) {
      const from = line.lastIndexOf(" ", cursor - 1) + 1;
      const words = ["genECCKeyPair", "genSymKey", "genRSAKeyPair", "getAttribute", "getKeyInfo", "findKey", "findSingleKey"];
      return Promise.resolve({ from, to: cursor, choices: words.filter((x) => x.startsWith(line.slice(from, cursor)))
        .map((word) => ({ word, means: "makes or reads keys, in one line of words", space: true })) });
    },
    explain({ line }) {
      const has = line.startsWith("genECCKeyPair");
      const slots = has ? ["genECCKeyPair", "-i", "-l", "-id", "-min_srv", "-m_value", "-nex", "-sess", "-timeout", "-u", "-attest"].map((word, i) => ({
        word, value: option(line.split(/\s+/), word), filled: line.includes(word), optional: i > 2 })) : [];
      return Promise.resolve({ summary: has ? "Makes an EC key pair" : "", slots, current: has ? Math.max(0, slots.findLastIndex((s) => s.filled)) : -1,
        means: has ? "-m_value 0–8: how many users must approve each use of the private key. Needs -u." : "", fault: "", real: "documented, 1 made up", page: "docs/kmu-genECCKeyPair.html" });
    },
    next: ({ terminal }) => Promise.resolve({ lines: tabOf(terminal) ? next(w, tabOf(terminal)) : [] }),
    advance({ ms }) {
      w.now += ms;
      return Promise.resolve({ now: w.now, due: 0 });
    },
    cluster({ since, calls }): Promise<Cluster> {
      return Promise.resolve({ version: w.version, rows: since === w.version ? [] : structuredClone(w.nodes), total: 3, now: w.now, due: 0,
        calls: w.calls.filter((c) => c.seq > calls), profile: "classic", fips: true, model: "hsm1.medium", daemon: true, lines: w.command, state: "ACTIVE" });
    },
    keys: ({ since, filter }) => rowsSince(since, w.keys.filter((k) => k.label.includes(filter))),
    users: ({ since }) => rowsSince(since, w.users),
    timeline: () => Promise.resolve({ at: 1, total: 0, points: [], branches: [], away: [] }),
    travel: () => Promise.reject(new Error("no such point")),
    differs: () => Promise.resolve({ rows: [], more: 0, audit: [], undone: [], done: [], away: [] }),
    points: () => Promise.resolve({ rows: {}, worlds: [], gone: [], hidden: [], more: false }),
    join: () => Promise.resolve({}),
    recall: () => Promise.reject(new Error("no such point")),
    calls: () => Promise.resolve({ rows: [] }),
    ran: () => Promise.resolve({ rows: [] }),
    files: async ({ since }) => ({ ...await rowsSince(since, w.files), room: { file: 4 << 20, bytes: 32 << 20, files: 4000 } }),
    audit: () => Promise.resolve({ rows: [] }),
    sight: () => Promise.resolve({ key: null, pair: 0, attributes: [], deeds: [], uses: [], begins: true, backups: [], copies: [] }),
    access: () => Promise.resolve({ daemon: { running: true, ip: "10.0.1.10", node: 0, reaches: [0, 1, 2], minServers: 1 }, sessions: [], tokens: [], quorum: [], keyed: [] }),
    selftest: () => Promise.resolve({ answers: [] }),
    inspect: () => Promise.resolve({ kind: "empty", text: true, class: "", type: "", label: "", handle: 0, here: false, attributes: [], blocks: [] }),
    read: () => Promise.resolve({ base64: "" }),
    write: () => Promise.resolve({}),
    async batch({ ms, type, view }) {
      if (type) await this.type(type);
      const { now, due } = await this.advance({ ms });
      if (!view) return { seq: ++batches, now, due };
      const { terminal, cluster, calls, keys, total, count, filter, users, files } = view;
      const seen = { cluster: await this.cluster({ since: cluster, calls }), keys: await this.keys({ since: keys, terminal, from: 0, count, filter }),
        users: await this.users({ since: users }), files: await this.files({ since: files }) };
      return { seq: ++batches, now, due, cluster: seen.cluster,
        ...((seen.keys.version !== keys || seen.keys.total !== total) && { keys: seen.keys }), ...(seen.users.version !== users && { users: seen.users }),
        ...(seen.files.version !== files && { files: seen.files }) };
    },
    changes: () => Promise.resolve({ rows: {} }),
    save: () => Promise.resolve({ rows: {} }),
    why: () => Promise.resolve({ code: null, name: "", rule: "", source: "", facts: [], repairs: [], works: false }),
    would: () => Promise.resolve({ says: [], final: [], refused: false }),
    same: () => Promise.resolve({ same: null, why: "no command" }),
    terms: () => Promise.resolve({ rows: [{ term: "KCV", also: ["key check value"], means: "A few bytes by which two copies of a key can be compared.", source: "spec/kmu.md 4.6" }] }),
    async lesson({ lesson: act }) {
      if (act.act === "course") course = true;
      if (act.act === "open" || act.act === "back") {
        own ??= { w, opened };
        [w, opened, play] = [new World(), 0, fresh()];
        quiet = true;
        await this.open({ name: "", columns: 100 });
        for (const line of ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws"]) await this.type({ terminal: 1, line });
        quiet = false;
      }
      if (act.act === "leave" && own) [w, opened, own, play] = [own.w, own.opened, null, null];
      if (act.act === "free") play = null;
      if (play) {
        if (act.act === "seen") seen(play, tabOf(act.terminal).history.at(-1)!, labelled);
        if (act.act === "hint") play.hints = 1;
        if (act.act === "guess") play.chosen = act.choice;
        if (act.act === "next" && play.ended && play.step === 0) play = { ...fresh(), step: 1, ended: false };
        if (play.ended) ticked = ticked.map((t, i) => t || i === play!.step);
      }
      return viewOf(course, play && lessonState(play, labelled), ticked, act);
    },
  };
}
