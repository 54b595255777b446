// The contrast of every role on every ground, computed from the token file (WCAG 2.2, relative luminance).
import { ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync("css/tokens.css", "utf8");
const roles = new Map([...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [name!, [light!, dark!]]));

const texts = ["ink", "ink-2", "accent", "voice", "up", "sync", "drift", "down"];
const grounds = ["bg", "surface", "sunk", "voice-bg"];

/** luminance is the relative luminance of a colour. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** holds checks that a role keeps a ratio on every ground in both themes. */
function holds(role: string, ratio: number): void {
  test(`contrast: ${role} keeps ${ratio} : 1`, () => {
    for (const ground of grounds) {
      for (const theme of [0, 1]) {
        const got = contrast(roles.get(role)![theme]!, roles.get(ground)![theme]!);
        ok(got >= ratio, `${role} on ${ground}, ${["light", "dark"][theme]}: ${got.toFixed(2)} : 1`);
      }
    }
  });
}

for (const role of texts) holds(role, 4.5);
holds("edge", 3);
