import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { test } from "node:test";
import { strFromU8, unzipSync } from "fflate";
import { archive } from "../files/archive.ts";
import { asHex, asText } from "../files/dump.ts";
import { another, cleaned, packed, shown, word } from "../files/names.ts";
import { blockFacts, blockName, sightOf, size, when } from "../files/words.ts";
import { NoWorld, rowsOf } from "../files/worldfile.ts";
import type { BlockRow, FileRow, Inspection } from "../hsm";

const row = (path: string, more: Partial<FileRow> = {}): FileRow => ({ id: path, path, size: 1, directory: false, changed: 0, text: true, ...more });

test("names: what a visitor's file is called on the instance", () => {
  for (const [given, want] of [
    ["key.pem", "key.pem"], ["my key.pem", "my key.pem"], ["../../etc/passwd", "passwd"], ["C:\\Users\\me\\key.pem", "key.pem"],
    ["a\u0000b\nc\u202ed", "abcd"], ["  x  ", "x"], ["\ud800y", "y"], ["u\u0308", "\u00fc"], [".bashrc", ".bashrc"], ["-rf", "-rf"],
    ["n".repeat(255), "n".repeat(255)],
  ] as const) deepEqual(cleaned(given), { name: want });
  for (const given of ["", ".", "..", "a/", "a/..", "\u200b", " \n "]) deepEqual(cleaned(given), { why: "noName" }, JSON.stringify(given));
  for (const given of ["n".repeat(300), "\u00fc".repeat(128)]) deepEqual(cleaned(given), { why: "longName" });
});

test("names: keeping both finds a free one that is not too long", () => {
  const taken = new Set(["a.pem", "a-2.pem"]);
  equal(another("a.pem", (n) => taken.has(n)), "a-3.pem");
  equal(another("attr", () => false), "attr-2");
  equal(another(".bashrc", () => false), ".bashrc-2");
  const long = another(`${"\u00fc".repeat(125)}.pem`, () => false);
  ok(new TextEncoder().encode(long).length <= 255);
  ok(long.endsWith("-2.pem"));
});

test("names: on a line they are one word, and never an option", () => {
  equal(word("attr_7", "bash"), "attr_7");
  equal(word("; rm -rf ~", "bash"), "'; rm -rf ~'");
  equal(word("it's", "bash"), "'it'\\''s'");
  equal(word("-rf", "bash"), "./-rf");
  equal(word("a\nb'", "bash"), "$'a\\x0ab\\x27'");
  equal(word("my key", "key_mgmt_util"), '"my key"');
  equal(shown("/home/ec2-user/d/a"), "d/a");
  equal(shown("/tmp/a"), "/tmp/a");
});

test("sizes and times are short", () => {
  equal(size(1), "1 byte");
  equal(size(1023), "1023 bytes");
  equal(size(1536), "1.5 KB");
  equal(size(4 << 20), "4 MB");
  const now = new Date(2026, 10, 23, 14, 0);
  ok(/\d:05/.test(when(new Date(2026, 10, 23, 9, 5), now)));
  ok(!/\d:/.test(when(new Date(2026, 10, 22, 9, 5), now)));
  ok(when(new Date(2025, 10, 22), now).includes("2025"));
});

test("archive: directories, names and times come back, and nothing leads out of it", async () => {
  const at = Date.UTC(2026, 10, 23, 12, 0, 4);
  const contents: Record<string, string> = { "/home/ec2-user/d/gr\u00fc\u00dfe": "hello", "/tmp/x": "", "/home/ec2-user/../../etc/passwd": "no", "/home/ec2-user/a:b\\c": "odd" };
  const rows = [row("/home/ec2-user/d", { directory: true }), ...Object.keys(contents).map((path) => row(path, { changed: at }))];
  const zip = await archive(rows, async (path) => new TextEncoder().encode(contents[path]!));
  const back = unzipSync(zip);
  deepEqual(Object.keys(back), ["ec2-user/d/", "ec2-user/d/gr\u00fc\u00dfe", "tmp/x", "ec2-user/etc/passwd", "ec2-user/a_b_c"]);
  equal(strFromU8(back["ec2-user/d/gr\u00fc\u00dfe"]!), "hello");
  const view = new DataView(zip.buffer, zip.byteOffset); // APPNOTE.TXT 4.3.7: the second local header, behind the directory's
  const second = 30 + "ec2-user/d/".length + view.getUint16(28, true) + view.getUint32(18, true);
  const [time, date] = [view.getUint16(second + 10, true), view.getUint16(second + 12, true)];
  const local = new Date(1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31, time >> 11, (time >> 5) & 63, (time & 31) * 2);
  equal(local.getTime(), at);
  await archive([row("/tmp/x", { changed: Number.MAX_SAFE_INTEGER }), row("/tmp/y", { changed: -1 })], async () => new Uint8Array());
  equal(packed("/home/ec2-user/../..//x"), "ec2-user/x");
});

test("viewer: text shows what cannot be seen, hex has offset, bytes and ASCII", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  equal(asText(bytes("a\tb\n\u001b[31m\u202e")).text, "a\tb\n<U+001B>[31m<U+202E>");
  equal(asHex(bytes("0123456789abcdef\nz"), 16).text,
    "000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  0123456789abcdef\n" +
    "000010  0a 7a                                             .z");
  equal(asHex(bytes("ABC"), 8).text, `000000  41 42 43${" ".repeat(18)}ABC`);
  const large = new Uint8Array(300 * 1024).fill(0xc3);
  equal(asText(large).bytes, 256 * 1024);
  equal(asHex(large, 16).bytes, 64 * 1024);
  equal(asText(bytes("\u00fc".repeat(200_000))).text.includes("\ufffd"), false);
});

test("viewer: sentences about files", () => {
  const nothing: Inspection = { kind: "text", text: true, class: "", type: "", label: "", handle: 0, here: false, attributes: [], blocks: [] };
  const file = row("/home/ec2-user/f");
  const attribute = { id: "", on: "", number: 0, name: "OBJ_ATTR_CLASS", value: "0x03", reads: "private", means: "" };
  equal(sightOf({ ...nothing, kind: "attributes", class: "private", type: "EC P-384", label: "ecc14", handle: 7, attributes: [attribute] }, file),
    "Attribute dump of key 7, private EC P-384, label ecc14: 1 attribute.");
  equal(sightOf({ ...nothing, kind: "attributes", class: "secret", type: "AES", attributes: [attribute, attribute] }, file),
    "Attribute dump of a secret AES key: 2 attributes.");
  equal(sightOf({ ...nothing, kind: "attributes", attributes: [attribute] }, file), "Attribute dump: 1 attribute.");
  const fake: BlockRow = { id: "", label: "EC PRIVATE KEY", size: 1, kind: "fake", type: "EC P-256", handle: "7", there: true, subject: "", issuer: "" };
  equal(sightOf({ ...nothing, kind: "pem", blocks: [fake] }, file),
    "PEM file: reference to a private EC P-256 key (fake PEM). It names handle 7. No private key is in the file.");
  deepEqual(blockFacts({ ...fake, there: false }), ["It names handle 7, which no key of the cluster has now. No private key is in the file."]);
  equal(blockName({ ...fake, kind: "public" }), "EC P-256 public key");
  equal(sightOf({ ...nothing, kind: "pem", blocks: [fake, fake] }, file), "PEM file of 2 blocks.");
});

test("worlds: a file is one only as rows of text with a world among them", () => {
  deepEqual(rowsOf('{"world":"{}","node/0":"{}"}'), { world: "{}", "node/0": "{}" });
  for (const text of ["", "{", "null", "[]", '"world"', "{}", '{"world":5}', '{"world":"{}","x":null}', '{"__proto__":{"world":"{}"}}']) {
    throws(() => rowsOf(text), NoWorld, text);
  }
});
