// What the calls to HSMs and their arguments are. Of the names only those of the audit log are public; the others are ours.

import type { CallArg, LoggedCall } from "../hsm";

/** Op is an operation. name: that of the audit log, "" where that has none for it; does: what the client asks for, with the detail;
 *  detail: what the detail is. */
export interface Op { name: string; means: string; detail: string; does: (what: string) => string }

const op = (name: string, means: string, detail: string, does: (what: string) => string): Op => ({ name, means, detail, does });
const of = (what: string) => (what ? ` ${what}` : "");
const key = (what: string) => (what.includes(" ") ? `keys ${what.replaceAll(" ", " and ")}` : what ? `key ${what}` : "a key");

/** ops are the operations, by the engine's words. */
const ops: Record<string, Op> = {
  login: op("CN_LOGIN", "A user proves who he is. The HSM derives a verifier from the password and compares it with the one it keeps.", "user", (w) => `let${of(w)} in`),
  logout: op("CN_LOGOUT", "The login of the session ends, and its session keys with it.", "", () => "end the login"),
  generate: op("CN_GENERATE_KEY", "The HSM draws the key from its own noise source. A private or secret half never leaves it in the clear.", "keys", (w) => (w ? `make ${key(w)}` : "make a key")),
  copy: op("CN_INSERT_MASKED_OBJECT_USER", "One HSM hands a key to another: masked, which is encrypted under a secret that only the HSMs of the cluster have.", "keys", key),
  sync: op("", "The HSMs notice by themselves that one of them lacks keys, and hand them over, masked.", "how many keys", (w) => (w === "1" ? "1 key" : `${w} keys`)),
  "look up": op("", "Does the HSM have this key, and may the user see it?", "key", (w) => `look up ${key(w)}`),
  find: op("", "The HSM lists the keys that the user may see.", "user", () => "list the keys that the user may see"),
  sign: op("", "The HSM signs with a key that stays inside.", "key", (w) => `sign with ${key(w)}`),
  verify: op("", "The HSM checks a signature.", "key", (w) => `verify a signature with ${key(w)}`),
  wrap: op("CN_WRAP_KEY", "The HSM encrypts a key, or data, under another key, so that it may leave.", "key", (w) => `wrap ${key(w)}`),
  unwrap: op("CN_UNWRAP_KEY", "The HSM decrypts a wrapped key and keeps it.", "key", (w) => `unwrap a key with ${key(w)}`),
  mask: op("CN_EXTRACT_MASKED_OBJECT_USER", "The HSM hands out a key that only HSMs of this cluster and its clones can read.", "key", (w) => `mask ${key(w)}`),
  export: op("", "The HSM hands out a public key.", "key", (w) => `hand out the public ${key(w)}`),
  delete: op("CN_DESTROY_OBJECT", "The HSM forgets a key for good.", "key", (w) => `delete ${key(w)}`),
  "set attribute": op("CN_MODIFY_OBJECT", "An attribute of a key changes.", "key", (w) => `change an attribute of ${key(w)}`),
  share: op("CN_SHARE_OBJECT", "Another crypto user may use a key from now on, or may not any more.", "key", (w) => `change who may use ${key(w)}`),
  users: op("", "The HSM lists its users.", "", () => "list its users"),
  "create user": op("CN_CREATE_USER", "The HSM gets a new user. HSMs do not copy users to each other: the client asks each one.", "user", (w) => `create the user${of(w)}`),
  "delete user": op("CN_DELETE_USER", "The HSM forgets a user, and what he owns.", "user", (w) => `delete the user${of(w)}`),
  "restore user": op("", "The client takes a deletion back, because another HSM has refused it.", "", () => "take the deletion of a user back"),
  "change password": op("CN_CHANGE_PSWD", "A user gets a new password: the HSM keeps a salt and a verifier, never the password.", "user", (w) => `give${of(w)} a new password`),
  extract: op("CN_EXTRACT_MASKED_OBJECT_USER", "The HSM hands out a user or a key, masked, for another HSM.", "what", (w) => `hand out${of(w)}, masked`),
  insert: op("CN_INSERT_MASKED_OBJECT_USER", "The HSM takes in what another one has masked.", "what", (w) => `take in${of(w)}, masked`),
  "register key": op("", "The HSM keeps a public key, with which the user's approvals are verified.", "user", (w) => `register a public key for approvals${w && ` of ${w}`}`),
  "set M value": op("CN_SET_M_VALUE", "How many approvals a service needs from now on.", "M value", () => "change how many approvals are needed"),
  "get M value": op("", "How many approvals a service needs.", "service", () => "tell how many approvals are needed"),
  "get token": op("CN_GET_TOKEN", "The HSM draws a token, which others sign to approve.", "user", () => "make a quorum token"),
  "approve token": op("CN_APPROVE_TOKEN", "The HSM verifies the approvals of a token.", "", () => "take approvals"),
  "list tokens": op("", "The HSM lists its quorum tokens.", "", () => "list its quorum tokens"),
  "delete token": op("CN_DELETE_TOKEN", "The HSM forgets quorum tokens.", "", () => "forget quorum tokens"),
  "cluster info": op("", "The HSM says which others are in its cluster.", "", () => "name the members of its cluster"),
  info: op("", "The HSM says what it is.", "", () => "say what it is"),
  "trust anchors": op("", "The HSM lists the certificates that it trusts for mutual TLS.", "", () => "list its trust anchors"),
  "register trust anchor": op("", "The HSM trusts a further certificate for mutual TLS.", "", () => "trust a certificate"),
  "deregister trust anchor": op("", "The HSM trusts a certificate no more.", "", () => "trust a certificate no more"),
  "set enforcement": op("", "Whether the HSM takes connections without mutual TLS.", "", () => "change whether mutual TLS is enforced"),
};

/** opOf is the operation of a call. */
export const opOf = (c: LoggedCall): Op => {
  const is = ops[c.op] ?? op("", "", "about", (w) => c.op + of(w));
  return c.op === "generate" && c.detail.includes(" ") ? { ...is, name: "CN_GENERATE_KEY_PAIR" } : is;
};

const meanings: Record<string, string> = {
  user: "Whom it is about. HSMs keep users by name and type.",
  key: "The handle: the number under which every HSM of the cluster knows the key.",
  keys: "The handles: of a pair the public key's, then the private one's.",
  type: "CO is an officer, CU a crypto user, AU the user that synchronises, PRECO the first officer.",
  password: "What is typed goes no further than the client in the clear. Its length is all that this log has.",
  kind: "What is to be made.",
  curve: "The elliptic curve of the pair.",
  size: "The length of the key: of its modulus for RSA, of its value for a secret key.",
  label: "A name for people. HSMs do not need it to be unique.",
  id: "CKA_ID, which links the halves of a pair.",
  "session key": "It is on one HSM alone, and ends with the session.",
  extractable: "Whether it may ever leave an HSM wrapped.",
  with: "The users who share it, by id or name.",
  "with key": "The handle of the key that wraps or unwraps.",
  approvals: "How many approvals are needed to use it, or are handed over.",
  material: "What the key is made of. It is a secret, so this log has nothing of it.",
  servers: "On how many HSMs the key must be for the command to succeed.",
  mechanism: "The algorithm, with its hash.",
  message: "What is signed. Only its length is logged.",
  signature: "Only its length is logged.",
  data: "Only its length is logged.",
  "wrapped key": "The encrypted key. Only its length is logged.",
  "public key": "Only its length is logged.",
  token: "The file that was signed. Only its length is logged.",
  attribute: "Which attribute, by the name that key_mgmt_util has for it.",
  value: "What it is to be.",
  on: "Switched on, or off.",
  service: "The group of commands that ask for approvals together.",
  "M value": "How many approvals a service needs.",
};

/** meaningOf is what an argument is. */
export const meaningOf = (name: string): string => meanings[name] ?? "What the call is about.";

/** argsOf are all arguments of a call, the detail first. */
export const argsOf = (c: LoggedCall): CallArg[] => [
  ...(c.detail && opOf(c).detail ? [{ name: opOf(c).detail, value: c.detail }] : []), ...(c.args ?? []),
];

/** codeOf is how a call was answered. */
export const codeOf = (code: number): string => (code === 0 ? "ok" : code < 0 ? "refused" : `0x${code.toString(16)}`);

const listed = (all: (number | string)[]): string => (all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`);

/** sentences say the calls of a line, those that are alike together. */
export function sentences(calls: LoggedCall[]): string[] {
  const groups: LoggedCall[][] = [];
  for (const c of calls) {
    const last = groups.at(-1)?.[0];
    if (last && last.op === c.op && last.detail === c.detail && last.from === c.from && last.code === c.code) groups.at(-1)!.push(c);
    else groups.push([c]);
  }
  return groups.map((group) => {
    const c = group[0]!;
    const there = listed([...new Set(group.map((g) => g.node))]);
    const what = opOf(c).does(c.detail);
    const end = c.code === 0 ? "" : c.code < 0 ? ": refused" : `: refused with ${codeOf(c.code)}`;
    if (c.from >= 0) return `HSM ${c.from} ${end ? "was to send" : "sent"} ${what} masked to HSM ${there}${end}.`;
    return `The client asked HSM ${there} to ${what}${end}.`;
  });
}
