// Names of files: what a visitor's file is called on the instance, on a line to type, and in an archive.

/** home is the directory that uploads go to, as the engine has it. */
export const home = "/home/ec2-user";

const nameMax = 255; // bytes, as the instance's file system has it

/** Named is a name that can be used, or why there is none. */
export type Named = { name: string } | { why: "noName" | "longName" };

/** bytesIn is the length of a text in UTF-8. */
const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** cleaned makes the name of a visitor's file into one of the instance: its last part, without characters that
 *  cannot be seen. */
export function cleaned(name: string): Named {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1)!;
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{FFFD}]/gu, "").trim();
  if (plain === "" || plain === "." || plain === "..") return { why: "noName" };
  return bytesIn(plain) > nameMax ? { why: "longName" } : { name: plain };
}

/** another is a name like one that is taken: a-2.pem for a.pem. */
export function another(name: string, taken: (name: string) => boolean): string {
  const dot = name.lastIndexOf(".");
  const [stem, end] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  for (let n = 2; ; n++) {
    let short = [...stem];
    while (short.length > 1 && bytesIn(`${short.join("")}-${n}${end}`) > nameMax) short = short.slice(0, -1);
    const free = `${short.join("")}-${n}${end}`;
    if (!taken(free)) return free;
  }
}

/** shown is the name of a file in lists: seen from the home directory. */
export function shown(path: string): string {
  return path.startsWith(`${home}/`) ? path.slice(home.length + 1) : path;
}

/** word writes a name so that a program reads it as one word: bash with its quotes, the tools with theirs. */
export function word(name: string, program: string): string {
  const plain = name.startsWith("-") ? `./${name}` : name;
  if (/^[\w@%+=:,./-]+$/.test(plain)) return plain;
  if (program !== "bash") return `"${plain}"`;
  if (!/[\p{Cc}\p{Cf}]/u.test(plain)) return `'${plain.replaceAll("'", "'\\''")}'`;
  const bytes = [...new TextEncoder().encode(plain)];
  return `$'${bytes.map((b) => (b > 0x20 && b < 0x7f && b !== 0x27 && b !== 0x5c ? String.fromCharCode(b) : `\\x${b.toString(16).padStart(2, "0")}`)).join("")}'`;
}

/** packed is the path of a file in an archive: relative, without parts that lead out of it, and without characters
 *  that other systems take for more than a letter. */
export function packed(path: string): string {
  const parts = path.replace(/^\/home\//, "/").split("/").filter((p) => p !== "" && p !== "." && p !== "..");
  return parts.map((p) => p.replace(/[\\:*?"<>|\p{Cc}]/gu, "_")).join("/");
}
