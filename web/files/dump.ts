// The bytes of a file as text and as a hex dump, each only as far as a page shows well.

import { visible } from "../words/words.ts";

const textMost = 256 * 1024; // bytes that are shown as text
const hexMost = 64 * 1024;   // bytes that are shown as hex

/** Shown is what is shown of a file, and of how many of its bytes. */
export interface Shown { text: string; bytes: number }

/** asText decodes UTF-8. Control characters are named, line ends and tabs are kept. */
export function asText(data: Uint8Array): Shown {
  const bytes = Math.min(data.length, textMost);
  // stream: a character that the limit has cut in two is left out
  const text = new TextDecoder().decode(data.subarray(0, bytes), { stream: bytes < data.length });
  return { text: text.replace(/[^\n\t]+/g, visible), bytes };
}

/** asHex is offset, bytes and what of them is ASCII, a number of bytes in a row. */
export function asHex(data: Uint8Array, wide: number): Shown {
  const bytes = Math.min(data.length, hexMost);
  const rows: string[] = [];
  for (let at = 0; at < bytes; at += wide) rows.push(hexRow(data.subarray(at, Math.min(at + wide, bytes)), at, wide));
  return { text: rows.join("\n"), bytes };
}

function hexRow(run: Uint8Array, at: number, wide: number): string {
  const pairs = Array.from({ length: wide }, (_, i) => (i < run.length ? run[i]!.toString(16).padStart(2, "0") : "  "));
  const halves = [pairs.slice(0, wide / 2).join(" "), pairs.slice(wide / 2).join(" ")].join("  ");
  const ascii = [...run].map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : ".")).join("");
  return `${at.toString(16).padStart(6, "0")}  ${halves}  ${ascii}`;
}
