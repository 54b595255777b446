// Decoding what a command has shown, or written: offered in its block.

import type { Block } from "./blocks.ts";

const head = /^\n?(OBJ_ATTR_|-----BEGIN |Attribute Value on )/;
const written = /\s-out\s+("[^"]*"|\S+)/;

/** decodes says whether there is something to decode: a dump of attributes or PEM that is shown, or a dump that was written to a file. */
export function decodes(b: Block): boolean {
  return !b.open && (head.test(b.chunks[0] ?? "") || (b.command === "getAttribute" && b.code === 0 && written.test(b.line ?? "")));
}

/** decode opens it. */
export function decode(b: Block): void {
  const name = written.exec(b.line ?? "")?.[1]?.replaceAll('"', "");
  void import("../dialogs/Viewer.tsx").then((v) => (head.test(b.chunks[0] ?? "") ? v.viewText(`Answer of ${b.command}`, b.chunks.join("").replace(/^\n/, "")) : v.viewNamed(name!)));
}
