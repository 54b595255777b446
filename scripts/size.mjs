// size.mjs [--bench] holds the built site in dist/ to its budgets: a gate in `make test`. With --bench it prints the figures
// as lines of `make bench` and never fails. Sizes are bytes as the build packs them, fonts as they are; 1 KB is 1,000 bytes.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

const dist = join(import.meta.dirname, "..", "dist");
const files = readdirSync(dist, { recursive: true }).map((f) => normalize(f));
const raw = (file) => readFileSync(join(dist, file)).length;
const form = (ending) => (file) => raw(files.includes(file + ending) ? file + ending : file);
const sum = (names, measure) => names.reduce((n, f) => n + measure(f), 0);

/** named returns the files that a text refers to by a pattern whose first group is the address. */
function named(text, pattern, from) {
  return [...text.matchAll(pattern)]
    .map((m) => normalize(join(dirname(from), m[1].split(/[?#]/)[0])))
    .filter((f) => files.includes(f));
}

/** firstScreen follows the page's scripts and styles, and what they import at once; import() is for later. */
function firstScreen() {
  const html = readFileSync(join(dist, "index.html"), "utf8");
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(dist, file), "utf8");
    named(text, /(?:\bfrom|\bimport)\s*["']([^"']+)["']/g, file).forEach(visit);
    if (file.endsWith(".css")) named(text, /@import\s+(?:url\()?["']?([^"')]+)/g, file).forEach(visit);
  };
  named(html, /<script[^>]+src="([^"]+)"/g, "").forEach(visit);
  named(html, /<link[^>]+rel="(?:stylesheet|modulepreload)"[^>]+href="([^"]+)"/g, "").forEach(visit);
  named(html, /<link[^>]+href="([^"]+)"[^>]+rel="(?:stylesheet|modulepreload)"/g, "").forEach(visit);
  return [...seen];
}

const [KB, MB] = [1e3, 1e6];
const ending = (end) => files.filter((f) => f.endsWith(end));
const budgets = [
  { name: "size.engine", files: ending(".wasm"), measure: form(".gz"), most: 4.05 * MB, what: "engine .wasm, gzip -9" },
  { name: "size.engine.br", files: ending(".wasm"), measure: form(".br"), most: 2.85 * MB, what: "engine .wasm, brotli 11" },
  { name: "size.engine.start", files: files.filter((f) => /engine-[^/]*\.wasm$/.test(f)), measure: form(".br"), most: 1.65 * MB, what: "what of it a start needs, brotli 11" },
  { name: "size.first_screen", files: firstScreen(), measure: form(".gz"), most: 60 * KB, what: "JS and CSS of the first screen, gzip -9" },
  { name: "size.fonts", files: ending(".woff2"), measure: raw, most: 32 * KB, what: "fonts" },
];

let over = false;
for (const b of budgets) {
  const size = sum(b.files, b.measure);
  if (process.argv.includes("--bench")) {
    console.log([b.name, size, "bytes", `<=${Math.floor(b.most)}`, "-"].join("\t"));
    continue;
  }
  const fits = b.files.length > 0 && size <= b.most;
  over ||= !fits;
  console.log(`${fits ? "fits" : "TOO LARGE"}  ${b.what}: ${size} of ${Math.floor(b.most)} bytes  (${b.files.join(" ") || "no such file"})`);
}
process.exit(over ? 1 : 0);
