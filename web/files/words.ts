// What the page says about files, made from ids and values: one table, so that it can be translated and spoken.

import type { BlockRow, FileRow, Inspection } from "../hsm";
import { counted, visible } from "../words/words.ts";
import { home, shown } from "./names.ts";
import type { Ask } from "./tray.ts";

/** size is a number of bytes as people read it. */
export function size(bytes: number): string {
  if (bytes < 1024) return counted(bytes, "byte");
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${value < 10 ? value.toFixed(1).replace(".0", "") : Math.round(value)} ${unit}`;
}

/** exact is a number of bytes to the byte. */
const exact = (bytes: number): string => `${bytes.toLocaleString("en")} bytes`;

/** dateOf is a time in milliseconds since 1970, kept within what a date can be. */
export function dateOf(ms: number): Date {
  return new Date(Math.min(Math.max(ms, 0), 8.64e15));
}

/** when is a time as short as can be: of today the hour, else the day. */
export function when(at: Date, now: Date): string {
  if (at.toDateString() === now.toDateString()) return at.toLocaleTimeString([], { timeStyle: "short" });
  return at.toLocaleDateString([], { day: "numeric", month: "short", ...(at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }) });
}

/** listed is a few names, and how many more there are. */
function listed(names: string[]): string {
  const few = names.slice(0, 3).map((n) => visible(n));
  return names.length > few.length ? `${few.join(", ")} and ${names.length - few.length} more` : few.join(", ");
}

/** uploads is what is said about files that were handed in. */
export const uploads = {
  kept: (names: string[]) => `${listed(names)} ${names.length === 1 ? "is" : "are"} in ${home}.`,
  taken: ({ name, directory }: Ask) => `${visible(name)} is ${directory ? "a directory here" : "here"} already.`,
  more: (n: number) => `${counted(n, "more name")} ${n === 1 ? "is" : "are"} taken too.`,
  others: (n: number) => `${counted(n, "other file")} ${n === 1 ? "is" : "are"} not taken either.`,
  folder: (name: string) => `${visible(name) || "That"} is a folder, and only files are taken. Drop the files that are in it.`,
  noName: (name: string) => `A file without a usable name is not taken${name === "" ? "" : `: ${visible(name)}`}.`,
  longName: (name: string) => `${visible(name).slice(0, 24)}… is not taken: a name has at most 255 bytes here.`,
  large: (name: string, is: number, most: number) => `${visible(name)} has ${exact(is)} and is not taken: a file of this machine holds at most ${exact(most)} (${size(most)}).`,
  full: (name: string, left: number) => `${visible(name)} is not taken: ${size(left)} are left on this machine. rm makes room.`,
  many: (name: string) => `${visible(name)} is not taken: this machine holds no more files. rm makes room.`,
  unread: (name: string) => `${visible(name)} is not taken: the browser cannot read it.`,
  refused: (name: string, why: string) => `${visible(name)} is not taken: ${why}.`,
  early: () => "Files are taken when the engine is here. Try again in a moment.",
  readOnly: () => "Read-only here: another tab has the playground open, and files go there.",
  notLoaded: () => "This part of the page did not load. Try again when the network is here.",
  drop: () => `Drop to upload into ${home}`,
};

/** downloads is what is said about files that were handed out. */
export const downloads = {
  all: (files: number) => `${counted(files, "file")} packed as hsmplay-files.zip.`,
  gone: (path: string) => `${visible(shown(path))} cannot be read any more.`,
};

/** edits is what is said about making and changing files. */
export const edits = {
  how: (name: string) => `Saving types cat > ${visible(name)} in a terminal, and the text after it. Ctrl-S saves.`,
  taken: (name: string) => `${visible(name)} is here already.`,
  long: () => "The editor takes at most 64 KB. Upload a longer file.",
  changed: () => "What you have changed is not saved.",
  viewOnly: (path: string) => `${visible(shown(path))} is not a text that can be edited here: it is binary, or larger than 64 KB.`,
  directory: (name: string) => `${visible(name)} is a directory.`,
  opens: () => "The editor of the page opens. Saving types the lines that write the file.",
  instead: (program: string, name: string) => (program === "less" || program === "more"
    ? `Nothing is paged here: \`cat ${name || "FILE"}\` shows all of it, and a long answer folds.`
    : `The editor here is \`nano ${name || "FILE"}\`.`),
  remove: (line: string) => `This types ${line}. It cannot be undone.`,
  alone: () => "There is no other file to compare with.",
  differs: (lines: number) => (lines === 0 ? "They are the same." : `${counted(lines, "line")} ${lines === 1 ? "differs" : "differ"}.`),
};

/** blockWords name the kinds of blocks of a PEM file; type is of the key, "" where unknown. */
const blockWords: Record<BlockRow["kind"], (type: string) => string> = {
  public: (type) => `${type} public key`,
  private: (type) => `${type} private key`,
  fake: (type) => `reference to a private ${type} key (fake PEM)`,
  encrypted: () => "private key under a pass phrase",
  certificate: (type) => `certificate, ${type} key`,
  request: (type) => `certificate request, ${type} key`,
  other: () => "neither key nor certificate",
  broken: () => "not readable as what its label says",
};

/** blockName says what a block is. */
export function blockName({ kind, type }: BlockRow): string {
  return blockWords[kind](type);
}

/** belongs says which key of the cluster a block has to do with. */
const belongs: Partial<Record<BlockRow["kind"], (handle: string, there: boolean) => string>> = {
  public: (handle) => `It is key ${handle} of the cluster.`,
  private: (handle) => `It is key ${handle} of the cluster, in plain form.`,
  certificate: (handle) => `It is for key ${handle} of the cluster.`,
  request: (handle) => `It is for key ${handle} of the cluster.`,
  fake: (handle, there) => `It names handle ${handle}${there ? "" : ", which no key of the cluster has now"}. No private key is in the file.`,
};

/** blockFacts says what else is known of a block. */
export function blockFacts({ kind, handle, there, subject, issuer }: BlockRow): string[] {
  return [
    handle === "" ? "" : belongs[kind]?.(handle, there) ?? "",
    subject === "" ? "" : `Subject: ${visible(subject)}`,
    issuer === "" ? "" : `Issuer: ${visible(issuer)}`,
  ].filter((t) => t !== "");
}

/** sights is the sentence about a file, by what was recognised. */
const sights: Record<Inspection["kind"], (i: Inspection, file: FileRow) => string> = {
  empty: () => "The file is empty.",
  text: () => "Text.",
  binary: () => "Not text, and nothing that the playground knows.",
  pem: ({ blocks: [block, ...more] }) => (more.length > 0 ? `PEM file of ${more.length + 1} blocks.`
    : `PEM file: ${blockName(block!)}. ${blockFacts({ ...block!, subject: "", issuer: "" }).join("")}`),
  attributes: ({ attributes, handle, class: half, type, label }) => {
    const of = half === "" ? "" : ` of ${handle > 0 ? `key ${handle}, ` : "a "}${half} ${type}${handle > 0 ? "" : " key"}${label ? `, label ${visible(label)}` : ""}`;
    return `Attribute dump${of}: ${counted(attributes.length, "attribute")}.`;
  },
  wrapped: ({ class: half, type, label }) => `A ${half} ${type} key${label ? `, label ${visible(label)},` : ""} encrypted by wrapKey. The header says so; its form is made up.`,
  masked: ({ here }) => (here ? "A masked object of this cluster: insertMaskedObject makes a key of it. Its form is made up."
    : "A masked object of another cluster, and only that one can open it. Its form is made up."),
};

/** sightOf says in a sentence what a file is. */
export function sightOf(inspection: Inspection, file: FileRow): string {
  return sights[inspection.kind](inspection, file);
}

/** worlds is what is said about a world from a file. */
export const worlds = {
  large: (is: number, most: number) => `This file has ${size(is)}, and a world has at most ${size(most)}.`,
  none: () => "This file is not a saved world. Download makes one, and so does hsmplay exec -state on a computer.",
  broken: (why: string) => `The engine cannot load this file: ${visible(why)}. The world here is as it was.`,
  terminals: (is: number, most: number) => `it has ${counted(is, "terminal")}, and the page opens at most ${most}`,
  holds: (keys: number, files: number, lines: number) => `${counted(keys, "key")}, ${counted(files, "file")}, ${counted(lines, "command")}`,
  sums: (keys: number, lines: number) => `${counted(keys, "key")}, ${counted(lines, "command")}`,
  shelf: (why: string) => `The browser does not let the page keep worlds beside this one: ${visible(why)}. A download keeps it.`,
  failed: (why: string) => `The world could not be loaded: ${visible(why)}. The one before it is back.`,
};
