// What can be done with a key: the lines of key_mgmt_util that do it. A button puts one on the prompt.

import { shown, word } from "../files/names.ts";
import type { FileRow, KeyRow } from "../hsm";

/** Deed is a line for a key. means: what it does, said when it stands on the prompt; first: a line of bash that makes the file that it needs, "" for none. */
export interface Deed { says: string; program: string; line: string; means: string; first: string }

/** Around is what else is there: files, the newest first, and keys. */
export interface Around { files: FileRow[]; keys: KeyRow[] }

/** mechanism is the kind of signature that a key makes, of those of `sign`. */
function mechanism(k: KeyRow): number {
  if (!k.type.startsWith("EC")) return 1;
  return k.curve === "secp521r1" ? 19 : k.curve === "secp384r1" ? 18 : 17;
}

const has = (k: KeyRow, flag: string) => k.flags.includes(`OBJ_ATTR_${flag}`);

const toSign = "message.txt"; // the file that is made where there is none to sign
const dataMost = 64 * 1024;   // bytes of a file that is offered to be signed

/** signed is the newest file that is no product of a tool, else the name of the one to be made. */
function signed({ files }: Around): { name: string; first: string } {
  const file = files.find((f) => !f.directory && f.size > 0 && f.size <= dataMost && !/\.(sig|pem|key|crt|csr)$|^\/tmp\/|^attr|^key\d/.test(shown(f.path)));
  return file ? { name: shown(file.path), first: "" } : { name: toSign, first: `echo "A message to sign" > ${toSign}` };
}

/** wrapper is an AES key that may wrap, and decrypt for the host, other than the key itself; undefined for none. */
const wrapper = (k: KeyRow, { keys }: Around) => keys.findLast((w) => w.type.startsWith("AES") && w.visible && w.handle !== k.handle && has(w, "WRAP") && has(w, "DECRYPT"));

/** leaving is the line that takes a key out of the HSM with a wrapping key, or the line that makes one. */
function leaving(k: KeyRow, around: Around, line: (wrapper: number) => string): Partial<Deed> {
  const w = wrapper(k, around);
  if (w) return { line: line(w.handle), means: `Key ${w.handle} wraps it on the way. The file holds the key in plain form.` };
  return { line: "genSymKey -t 31 -s 32 -l wrapper", means: "No AES key is there to wrap it on the way: this line makes one. Then Export again." };
}

/** deeds are all of them, with what a key must be for it. */
const deeds: { says: string; fits: (k: KeyRow) => boolean; make: (k: KeyRow, around: Around) => Partial<Deed> }[] = [
  { says: "Attributes", fits: () => true, make: (k) => ({ line: `getAttribute -o ${k.handle} -a 512 -out attr_${k.handle}`, means: "Writes all attributes to a file, which the Files panel decodes." }) },
  { says: "Sign", fits: (k) => k.class === "private" && has(k, "SIGN"), make: (k, around) => {
    const { name, first } = signed(around);
    const of = word(name, "key_mgmt_util");
    return { first, line: `sign -f ${of} -k ${k.handle} -m ${mechanism(k)} -out ${word(`${name}.sig`, "key_mgmt_util")}`, means: `Signs ${name}${first === "" ? "" : `, which ${first} makes`}.` };
  } },
  { says: "Export", fits: (k) => k.class === "public", make: (k) => ({ line: `exportPubKey -k ${k.handle} -out key${k.handle}.pem`, means: "Writes the public key to a PEM file." }) },
  { says: "Export", fits: (k) => k.class === "private" && k.extractable, make: (k, around) => leaving(k, around, (w) => `exportPrivateKey -k ${k.handle} -out key${k.handle}.pem -w ${w}`) },
  { says: "Export", fits: (k) => k.class === "secret" && k.extractable, make: (k, around) => leaving(k, around, (w) => `exSymKey -k ${k.handle} -out key${k.handle}.bin -w ${w}`) },
  { says: "Delete", fits: () => true, make: (k) => ({ line: `deleteKey -k ${k.handle}`, means: "Deletes the key on every HSM. It cannot be undone." }) },
];

/** deedsOf are those that fit a key. */
export function deedsOf(k: KeyRow, around: Around): Deed[] {
  return deeds.filter((d) => d.fits(k)).map(({ says, make }) => ({ says, program: "key_mgmt_util", line: "", means: "", first: "", ...make(k, around) }));
}
