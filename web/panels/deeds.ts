// What can be done with a key: the lines of key_mgmt_util that do it. A button puts one on the prompt.

import type { KeyRow } from "../hsm";

/** Deed is a line for a key. means: what it does, said when it stands on the prompt. */
export interface Deed { says: string; program: string; line: string; means: string }

/** mechanism is the kind of signature that a key makes, of those of `sign`. */
function mechanism(k: KeyRow): number {
  if (!k.type.startsWith("EC")) return 1;
  return k.curve === "secp521r1" ? 19 : k.curve === "secp384r1" ? 18 : 17;
}

const has = (k: KeyRow, flag: string) => k.flags.includes(`OBJ_ATTR_${flag}`);

/** deeds are all of them, with what a key must be for it. */
const deeds: { says: string; fits: (k: KeyRow) => boolean; line: (k: KeyRow) => string; means: string }[] = [
  { says: "Attributes", fits: () => true, line: (k) => `getAttribute -o ${k.handle} -a 512 -out attr_${k.handle}`, means: "Writes all attributes to a file, which the Files panel decodes." },
  { says: "Sign", fits: (k) => k.class === "private" && has(k, "SIGN"), line: (k) => `sign -f FILE -k ${k.handle} -m ${mechanism(k)} -out FILE.sig`, means: "Put the names of the files in place of FILE." },
  { says: "Export", fits: (k) => k.class === "public", line: (k) => `exportPubKey -k ${k.handle} -out key${k.handle}.pem`, means: "Writes the public key to a PEM file." },
  { says: "Export", fits: (k) => k.class === "private" && k.extractable, line: (k) => `exportPrivateKey -k ${k.handle} -out key${k.handle}.pem -w WRAPPING_KEY`, means: "Needs the handle of an AES key in place of WRAPPING_KEY. The file holds the private key in plain form." },
  { says: "Export", fits: (k) => k.class === "secret" && k.extractable, line: (k) => `exSymKey -k ${k.handle} -out key${k.handle}.bin -w WRAPPING_KEY`, means: "Needs the handle of an AES key in place of WRAPPING_KEY. The file holds the key in plain form." },
  { says: "Delete", fits: () => true, line: (k) => `deleteKey -k ${k.handle}`, means: "Deletes the key on every HSM. It cannot be undone." },
];

/** deedsOf are those that fit a key. */
export function deedsOf(k: KeyRow): Deed[] {
  return deeds.filter((d) => d.fits(k)).map(({ says, line, means }) => ({ says, program: "key_mgmt_util", line: line(k), means }));
}
