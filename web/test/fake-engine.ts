// A scripted engine for working on the page without Go: the first minute, by heart. No cryptography.

import type { CallRow, Cluster, Engine, FileRow, KeyRow, Listener, NodeRow, Note, Options, Turn, UserRow } from "../hsm";
import { parts } from "../words/words.ts";

interface Tab { id: number; program: string; user: string; asks: boolean; waits: boolean }

const curves: Record<string, string> = { 2: "EC P-256", 14: "EC P-384", 16: "EC secp256k1" };
const ips = ["10.0.1.10", "10.0.2.11", "10.0.3.12"];
const note = (text: string, error = false): Note => ({ id: "fake", parts: parts(text), error });

/** World is the fake's state. */
class World {
  tabs: Tab[] = [];
  nodes: NodeRow[] = ips.map((ip, node) => ({ id: `${node}`, node, ip, cluster: "cluster-abcdefghijk", kin: "", state: "up", sync: false, differs: false,
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
    ({ id: `${i + 1}`, user: i + 1, name: name!, type: type!, password: password!, nodes: [0, 1, 2] }));

  up() { return this.nodes.filter((n) => n.state === "up"); }

  call(op: string, detail = "", code = 0) {
    this.command++;
    for (const n of this.up()) {
      const seq = this.calls.length + 1;
      this.calls.push({ id: `${seq}`, seq, command: this.command, time: this.now, from: -1, node: n.node, op, detail, code });
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
    return { text: "\n        Cfm3GenerateKeyPair returned: 0x30000086 : HSM CLUSTER ERROR: Not logged in\n\n", code: 0x86,
      notes: [note("Nobody is logged in here, and keys belong to a user. Type `loginHSM -u CU -s example_user -p aws`.", true)] };
  }
  if (!type) {
    w.refused = true;
    w.call("generate", "", 0xb3);
    return { code: 0xb3, text: "\n        Cfm3GenerateKeyPair returned: 0xb3 : HSM Error: This operation violates the current configured/FIPS policies\n" +
      "\n        Cluster Error Status\n        Node id 0 and err state 0x30000085 : HSM CLUSTER ERROR: Server in cluster is unavailable\n\n",
      notes: [note("`0xb3` Curve 1 is not allowed in FIPS mode. The cluster is healthy: its last line is how the tool words a refusal. Allowed: `2` `14` `16`", true)] };
  }
  const [pub, priv] = [w.handle++, w.handle++];
  const nodes = w.up().map((n) => n.node);
  const missing = w.nodes.filter((n) => n.state !== "up").map((n) => n.node);
  for (const [handle, cls] of [[pub, "public"], [priv, "private"]] as const) {
    w.keys.push({ id: `${handle}`, handle, class: cls, type, label, keyId: "", owner: 3, ownerName: tab.user, shared: [],
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
    tab.user = option(args, "-s");
    w.call("login", tab.user);
    return ok("Cfm3LoginHSM", w);
  },
  getAttribute(w, _, args) {
    const path = option(args, "-out");
    w.files.push({ id: path, path: `/home/ec2-user/${path}`, size: 600, directory: false, changed: 0, text: true });
    w.count();
    return { code: 0, text: `\ngot all attributes of size 561 attr cnt 19\nAttributes dumped into ${path}\n\n        Cfm3GetAttribute returned: 0x00 : HSM Return: SUCCESS\n\n` };
  },
  cat: () => ({ text: "OBJ_ATTR_CLASS\n0x03\nOBJ_ATTR_KEY_TYPE\n0x03\nOBJ_ATTR_TOKEN\n0x01\nOBJ_ATTR_PRIVATE\n0x01\nOBJ_ATTR_LABEL\necc14\nOBJ_ATTR_KCV\n0xbbb32a\n" }),
  listUsers: (w) => ({ code: 0, text: `\n        Number Of Users found ${w.users.length}\n\n        Index       User ID     User Type       User Name           MofnPubKey    LoginFailureCnt         2FA\n` +
    w.users.map((u) => `        ${String(u.user).padEnd(12)}${String(u.user).padStart(6)}      ${u.type.padEnd(16)}${u.name.padEnd(26)}${"NO".padEnd(17)}0               NO\n`).join("") +
    "\n        Cfm3ListUsers returned: 0x00 : HSM Return: SUCCESS\n\n" }),
  exit(_, tab) {
    Object.assign(tab, { program: "bash", user: "" });
    return { text: "\n" };
  },
};

const bash: Record<string, Run> = {
  key_mgmt_util(_, tab) {
    tab.program = "key_mgmt_util";
    return { text: "\n", notes: [note("Nobody is logged in yet: `loginHSM -u CU -s example_user -p aws`.")] };
  },
  hsm(w, _, [verb, n]) {
    const node = w.nodes[Number(n)];
    if (!node) return { text: "" };
    node.state = verb === "start" ? "up" : "down";
    if (verb === "start") for (const k of w.keys) Object.assign(k, { nodes: [0, 1, 2], missing: [] });
    w.count();
    return { text: `HSM ${n} ${verb === "start" ? "started" : "stopped"}\n` };
  },
  wait(w, tab) {
    tab.waits = true;
    return { wait: { about: parts("2 of 3 HSMs have the key"), have: 2, of: 3, since: w.now, until: w.now + 60_000 } };
  },
  secret(_, tab) {
    tab.asks = true;
    return {};
  },
  cat: tool.cat!,
};

/** turnOf is a turn of a tab as it stands now. */
function turnOf(tab: Tab, at: string, line: string | null, a: Answer, echo = true): Turn {
  const prompt = tab.asks ? "Enter password: " : tab.program === "bash" ? "$ " : "Command:  ";
  const command = line?.trim().split(/\s+/)[0] ?? "";
  return { terminal: tab.id, line, echo, at, text: "", notes: [], state: tab.asks ? "asks" : tab.waits ? "waits" : "ready", prompt,
    hidden: tab.asks, wait: null, status: 0, code: null, command, program: tab.program, user: tab.user, clear: false,
    said: command ? `${command} ${a.code ? "failed" : "succeeded"}.` : "", ...a };
}

/** next is the table of the first minute. */
function next(w: World, tab: Tab): string[] {
  if (tab.program === "bash") return w.keys.length ? ["hsm stop 2", "key_mgmt_util"] : ["key_mgmt_util"];
  if (!tab.user) return ["loginHSM -u CU -s example_user -p aws", "help"];
  const key = w.keys.at(-1);
  if (!key) return ["genECCKeyPair -i 14 -l ecc14", "listUsers", "findKey"];
  if (!w.files.length) return [`getAttribute -o ${key.handle} -a 512 -out attr_${key.handle}`, "genECCKeyPair -i 1 -l ecc1", "findKey"];
  return w.refused ? ["exit", "findKey"] : [`cat ${w.files[0]!.id}`, "genECCKeyPair -i 1 -l ecc1", "findKey"];
}

/** fakeEngine is the constructor that wasm/ exports in the real build. */
export function fakeEngine(_: Options, listen: Listener): Engine {
  const w = new World();
  const tabOf = (id: number) => w.tabs.find((t) => t.id === id)!;
  const tell = (turn: Turn) => (listen(turn), Promise.resolve(turn));
  const at = (tab: Tab) => turnOf(tab, "", null, {}).prompt;
  const rowsSince = <T>(since: number, rows: T[]) => Promise.resolve({ version: w.version, rows: since === w.version ? [] : rows, total: rows.length });
  return {
    open() {
      const tab: Tab = { id: w.tabs.length + 1, program: "bash", user: "", asks: false, waits: false };
      w.tabs.push(tab);
      return tell(turnOf(tab, "", null, {}));
    },
    close: () => Promise.resolve({}),
    terminals: () => Promise.resolve({ terminals: [], notes: [] }),
    type({ terminal, line }) {
      const tab = tabOf(terminal);
      const prompt = at(tab);
      if (tab.asks) {
        tab.asks = false;
        return tell(turnOf(tab, prompt, "", { text: "\n" }, false));
      }
      const [word = "", ...args] = line.trim().split(/\s+/);
      const run = (tab.program === "bash" ? bash : tool)[word.split("/").at(-1)!];
      const answer = word === "" ? {} : run?.(w, tab, args) ?? { text: `${word}: command not found\n`, status: 127 };
      return tell(turnOf(tab, prompt, line, answer));
    },
    interrupt({ terminal }) {
      const tab = tabOf(terminal);
      const prompt = at(tab);
      const waited = tab.waits;
      Object.assign(tab, { asks: false, waits: false });
      return tell(turnOf(tab, prompt, waited ? null : "", { text: "^C\n" }));
    },
    end({ terminal }) {
      const tab = tabOf(terminal);
      const prompt = at(tab);
      tab.program = "bash";
      return tell(turnOf(tab, prompt, "", { text: "exit\n" }));
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
        means: has ? "-m_value 0–8: how many users must approve each use of the private key. Needs -u." : "", fault: "" });
    },
    next: ({ terminal }) => Promise.resolve({ lines: next(w, tabOf(terminal)) }),
    advance({ ms }) {
      w.now += ms;
      return Promise.resolve({ now: w.now, due: 0 });
    },
    cluster({ since, calls }): Promise<Cluster> {
      return Promise.resolve({ version: w.version, rows: since === w.version ? [] : structuredClone(w.nodes), total: 3, now: w.now, due: 0,
        calls: w.calls.filter((c) => c.seq > calls), profile: "classic", fips: true, daemon: true, lines: w.command, state: "ACTIVE" });
    },
    keys: ({ since, filter }) => rowsSince(since, w.keys.filter((k) => k.label.includes(filter))),
    users: ({ since }) => rowsSince(since, w.users),
    files: async ({ since }) => ({ ...await rowsSince(since, w.files), room: { file: 4 << 20, bytes: 32 << 20, files: 4000 } }),
    audit: () => Promise.resolve({ rows: [] }),
    inspect: () => Promise.resolve({ kind: "empty", text: true, class: "", type: "", label: "", handle: 0, here: false, attributes: [], blocks: [] }),
    read: () => Promise.resolve({ base64: "" }),
    write: () => Promise.resolve({}),
    changes: () => Promise.resolve({ rows: {} }),
    save: () => Promise.resolve({ rows: {} }),
  };
}
