// What can be edited on the page, and the lines that change files: they are typed in a terminal, where they can be seen.

import { word } from "./names.ts";

const most = 64 * 1024; // bytes that the editor takes

/** isEditable says whether bytes are a text that comes back as it was: UTF-8, without control characters but tabs and line ends. */
export function isEditable(data: Uint8Array): boolean {
  if (data.length > most) return false;
  try {
    return !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(new TextDecoder("utf-8", { fatal: true }).decode(data));
  } catch {
    return false;
  }
}

/** fits says whether a text is not too long to be saved. */
export const fits = (text: string): boolean => new TextEncoder().encode(text).length <= most;

/** saveLine is the line that writes a text to a file. A here-document ends with a line end, and so does the file. */
export function saveLine(name: string, text: string): string {
  const lines = text === "" ? [] : text.replace(/\n$/, "").split("\n");
  let end = "EOF";
  for (let n = 1; lines.includes(end); n++) end = `EOF${n}`;
  return [`cat > ${word(name, "bash")} <<'${end}'`, ...lines, end].join("\n");
}

const two = (verb: string) => (from: string, to: string) => `${verb} ${word(from, "bash")} ${word(to, "bash")}`;

/** lines are the other lines. */
export const lines = {
  rename: two("mv"),
  copy: two("cp"),
  remove: (name: string) => `rm ${word(name, "bash")}`,
};
