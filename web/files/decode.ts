// What the page itself reads in a file: answers and files of CloudHSM CLI in JSON, token files, lists of approvals, and what a certificate or
// a request says beside its names. Loaded with the viewer.

import { counted, visible } from "../words/words.ts";
import { size } from "./words.ts";

/** Fact is a line of what was read. */
export interface Fact { name: string; value: string; means: string }

/** Reading is what was read: a sentence, and the facts. */
export interface Reading { says: string; facts: Fact[] }

const factsMost = 500;
const jsonMost = 1 << 20; // bytes

/** readingOf reads a file, null for one that it does not know. */
export function readingOf(data: Uint8Array): Reading | null {
  if (data.length === 0 || data.length > jsonMost) return null;
  return ofTokens(data) ?? ofText(new TextDecoder().decode(data));
}

function ofText(text: string): Reading | null {
  if (/^Multi Token File Path\s*=/.test(text)) return ofApprovals(text);
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return ofJSON(JSON.parse(text));
  } catch {
    return null;
  }
}

/** meanings are those of fields of CloudHSM CLI, by their name. */
const meanings: Record<string, string> = {
  error_code: "0 is success", data: "what the command has found or made", total_key_count: "keys that match, shown here or not", returned_key_count: "keys that are shown here",
  "next_token": "with this the next keys are asked for", "key-reference": "by which CloudHSM CLI names the key; it holds the handle", "approval_data": "the bytes that approvers sign, in base64: identifies token, service and user",
  token: "what is to be signed: SHA-256 of the approval data", unsigned: "what is to be signed", signed: "the signature over it", signatures: "one for each approver", signature: "RSA PKCS #1 v1.5 over the token, in base64",
  service: "what the approvals are for", key_reference: "the key that they are for", version: "of the form of the file", "check-value": "KCV: the same on every copy", "key-type": "type of the key",
  coverage: "full: on every HSM", username: "who approves", role: "admin or crypto-user", mfa: "second factors", "cluster-coverage": "full: on every HSM",
};

function ofJSON(value: unknown): Reading | null {
  if (typeof value !== "object" || value === null) return null;
  const facts: Fact[] = [];
  flatten(value, "", facts);
  const has = (field: string) => field in value;
  const says = has("error_code") ? `An answer of CloudHSM CLI: ${(value as { error_code: unknown }).error_code === 0 ? "success" : "an error"}.`
    : has("approval_data") ? `A quorum token of CloudHSM CLI with ${counted(signed(value), "approval")}. Approvers sign the token, and the file goes to the command that needs them.`
    : has("tokens") ? "A challenge of CloudHSM CLI: what is unsigned is to be signed by the user’s key, an entry for each HSM."
    : `JSON: ${counted(facts.length, "value")}.`;
  return { says, facts: facts.slice(0, factsMost) };
}

/** signed counts the signatures in a token file. */
function signed(value: object): number {
  const { signatures } = value as { signatures?: { signature?: string }[] };
  return Array.isArray(signatures) ? signatures.filter((s) => s?.signature).length : 0;
}

/** flatten lists the values below a value by their paths. */
function flatten(value: unknown, path: string, facts: Fact[]): void {
  if (facts.length > factsMost) return;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    for (const [name, below] of entries) flatten(below, Array.isArray(value) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`, facts);
    if (entries.length > 0) return;
  }
  const field = path.replace(/(\[\d+\])+$/, "").split(".").at(-1)!;
  facts.push({ name: path, value: typeof value === "string" ? value : JSON.stringify(value), means: meanings[field] ?? "" });
}

const recordSize = 80; // bytes of a token of cloudhsm_mgmt_util; a file has one for each HSM
const services: Record<number, string> = { 3: "user management", 4: "what else officers do", 5: "the use of a key", 6: "the management of a key" };

/** ofTokens reads a token file of cloudhsm_mgmt_util. Its form is made up; so a file is one where each field can be. */
function ofTokens(data: Uint8Array): Reading | null {
  if (data.length % recordSize !== 0) return null;
  const facts: Fact[] = [];
  for (let at = 0; at < data.length; at += recordSize) {
    const view = new DataView(data.buffer, data.byteOffset + at, recordSize);
    const service = services[view.getUint16(2)];
    const name = new TextDecoder().decode(data.subarray(at + 32, at + 64)).replace(/\0+$/, "");
    if (!service || name === "" || /[^\x20-\x7e]/.test(name) || view.getUint32(4) > 1000) return null;
    const on = `HSM ${view.getUint32(4)}`;
    facts.push({ name: `${on}: token`, value: String(view.getUint16(0)), means: `for ${service}, asked for by ${name}` });
    if (view.getBigUint64(8) > 0n) facts.push({ name: `${on}: key`, value: String(view.getBigUint64(8)), means: "its handle" });
    facts.push({ name: `${on}: made`, value: new Date(view.getUint32(64) * 1000).toLocaleString(), means: "" });
  }
  return { says: `A token file of cloudhsm_mgmt_util, ${counted(data.length / recordSize, "token")}: approvers sign SHA-256 of the whole file. Its form is made up.`, facts };
}

/** ofApprovals reads a list of approvals for approveToken. */
function ofApprovals(text: string): Reading {
  const facts = text.split("\n").filter((l) => l.includes("=")).map((l) => {
    const [name, ...value] = l.split("=");
    return { name: name!.trim(), value: value.join("=").trim().replace(/;$/, ""), means: name!.startsWith("Approver Type") ? "1 crypto user, 2 officer" : "" };
  });
  return { says: "A list of approvals for approveToken: whose they are, and the files of their signatures.", facts };
}

/** Item is a value in DER: its tag, and where its content is. */
interface Item { tag: number; from: number; to: number }

/** itemsIn lists the values of a run of DER. Data that is none ends the list. */
function itemsIn(der: Uint8Array, from: number, to: number): Item[] {
  const items: Item[] = [];
  for (let at = from; at + 2 <= to;) {
    const tag = der[at]!;
    let length = der[at + 1]!;
    at += 2;
    if (length > 0x80) {
      const bytes = length - 0x80;
      length = 0;
      for (let i = 0; i < bytes; i++) length = length * 256 + (der[at++] ?? 0);
    }
    if (at + length > to) return items;
    items.push({ tag, from: at, to: at + length });
    at += length;
  }
  return items;
}

/** algorithms are the names of signature algorithms, by the bytes of their numbers. */
const algorithms: Record<string, string> = {
  "2a864886f70d01010b": "RSA with SHA-256", "2a864886f70d01010c": "RSA with SHA-384", "2a864886f70d01010d": "RSA with SHA-512", "2a864886f70d010105": "RSA with SHA-1",
  "2a8648ce3d040302": "ECDSA with SHA-256", "2a8648ce3d040303": "ECDSA with SHA-384", "2a8648ce3d040304": "ECDSA with SHA-512",
};

const hex = (der: Uint8Array, { from, to }: Item) => [...der.subarray(from, to)].map((b) => b.toString(16).padStart(2, "0")).join("");

/** timeOf is a time of a certificate (RFC 5280, 4.1.2.5). */
function timeOf(der: Uint8Array, item: Item): string {
  const text = new TextDecoder().decode(der.subarray(item.from, item.to));
  const full = item.tag === 0x17 ? `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}` : text;
  const [, y, mo, d, h, mi] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/.exec(full) ?? [];
  return y ? `${y}-${mo}-${d} ${h}:${mi} UTC` : visible(text);
}

/** saysBlock tells what a certificate or a request says beside its names and its key: how it is signed, its number, how long it holds. */
export function saysBlock(pem: string): string[] {
  const found = /-----BEGIN ([A-Z ]*)-----([A-Za-z0-9+/=\s]+)-----END/.exec(pem);
  if (!found || !/CERTIFICATE/.test(found[1]!)) return [];
  try {
    const der = Uint8Array.from(atob(found[2]!.replace(/\s/g, "")), (c) => c.charCodeAt(0));
    const inside = (item: Item | undefined) => (item ? itemsIn(der, item.from, item.to) : []);
    const [body, algorithm] = inside(itemsIn(der, 0, der.length)[0]);
    const number = inside(algorithm)[0];
    const how = number ? [`Signed by ${algorithms[hex(der, number)] ?? "another algorithm"}.`] : [];
    if (/REQUEST/.test(found[1]!)) return [...how, "Asks an authority for a certificate; it is signed with its own key."];
    const fields = inside(body);
    if (fields[0]?.tag === 0xa0) fields.shift(); // the version
    const [from, to] = inside(fields[3]);
    return [
      ...(from && to ? [`Holds from ${timeOf(der, from)} to ${timeOf(der, to)}.`] : []), ...how,
      ...(fields[0] ? [`Serial number ${hex(der, fields[0]).replace(/^(00)+(?=..)/, "")}.`] : []),
      ...(fields[2] && fields[4] && hex(der, fields[2]) === hex(der, fields[4]) ? ["Issuer and subject are the same: it is signed with its own key."] : []),
    ];
  } catch {
    return [];
  }
}

/** blocksOf parts a PEM file as the engine counts its blocks. */
export function blocksOf(text: string): string[] {
  return text.match(/-----BEGIN [^-]*-----[^]*?-----END [^-]*-----/g) ?? [];
}

/** shortened is a length for a value that is too long to be read. */
export function shortened(value: string): string {
  return value.length > 400 ? `${value.slice(0, 120)}… (${size(value.length)})` : value;
}
