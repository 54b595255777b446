// Builds the page into dist/: bundled, minified, content-hashed, with one build id.
//   node web/build/build.mjs [engine.wasm] [to=DIR]    without an engine it is compiled first; DIR is dist
//   node web/build/build.mjs --quick …                 without brotli, which takes a minute, for working on the page
//   node web/build/build.mjs --fake [to=DIR]           with the scripted engine of web/test, for working without Go
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";
import { pack, packedSize } from "./pack.mjs";
import { parted } from "./part.mjs";
import { reference } from "./reference.mjs";
import { slim } from "./slim.mjs";
import { startedIn } from "./started.mjs";

const top = resolve(import.meta.dirname, "../..");
const to = process.argv.find((a) => a.startsWith("to="))?.slice(3);
const goal = to ? resolve(to) : join(top, "dist");
// Everything is made beside the goal and moved at the end, so that a site that is being served is never half there.
const dist = to ? `${goal}.new` : join(top, "build", `site-${process.pid}`);
const assets = join(dist, "assets");
const kept = join(top, "build", "packed");
const quick = process.argv.includes("--quick");
const argument = process.argv.slice(2).find((a) => !a.startsWith("to=") && a !== "--quick");
const fake = argument === "--fake";

const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; font-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/** common are the options of every bundle. */
const common = {
  absWorkingDir: top, bundle: true, minify: true, target: "es2022", legalComments: "eof", metafile: true,
  jsx: "automatic", jsxImportSource: "preact", loader: { ".woff2": "file" }, outdir: assets,
  entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", assetNames: "[name]-[hash]",
};

/** laterParts are the parts of the page that are loaded when they are needed. */
function laterParts() {
  const sources = readdirSync(join(top, "web"), { recursive: true }).filter((f) => /\.tsx?$/.test(f) && !f.startsWith("test")).map((f) => join(top, "web", f));
  return new Set(sources.flatMap((f) => [...readFileSync(f, "utf8").matchAll(/\bimport\("(\.[^"]+)"\)/g)].map((m) => join(dirname(f), m[1]))));
}

/** whole keeps what the page needs at once in one file, which packs better than many: parts that are loaded later import the whole of it,
 *  so that none of it belongs to fewer of them than the rest. */
const whole = {
  name: "whole",
  setup({ onLoad }) {
    const parts = laterParts();
    onLoad({ filter: /web\/.*\.tsx?$/ }, ({ path }) => parts.has(path)
      ? { contents: `import ${JSON.stringify(join(top, "web/main.ts"))};\n${readFileSync(path, "utf8")}`, loader: path.endsWith("x") ? "tsx" : "ts" } : undefined);
  },
};

/** keep writes a file under its hashed name and answers with its address. */
function keep(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("base64url").replaceAll(/[-_]/g, "x").slice(0, 8);
  const hashed = name.replace(/(\.\w+)$/, `-${hash}$1`);
  writeFileSync(join(assets, hashed), bytes);
  return `assets/${hashed}`;
}

/** course makes a file of lessons for each language, by the names of their files; the page gets their addresses. */
function course() {
  const folder = join(top, "core", "lesson", "course");
  const read = (dir) => Object.fromEntries(readdirSync(dir).filter((f) => f.endsWith(".md") || f === "words.txt").sort().map((f) => [f, readFileSync(join(dir, f), "utf8")]));
  const languages = { en: folder, ...Object.fromEntries(readdirSync(folder, { withFileTypes: true }).filter((d) => d.isDirectory()).map((d) => [d.name, join(folder, d.name)])) };
  return Object.fromEntries(Object.entries(languages).map(([name, dir]) => [name, keep(`course-${name}.json`, JSON.stringify(read(dir)))]));
}

/** firstLessons are those of the first theme, for the start screen. */
function firstLessons() {
  const folder = join(top, "core", "lesson", "course");
  const of = (text, key) => new RegExp(`^${key}: (.*)$`, "m").exec(text)?.[1] ?? "";
  return readdirSync(folder).filter((f) => f.endsWith(".md")).sort().map((f) => ({ f, text: readFileSync(join(folder, f), "utf8") }))
    .filter(({ text }) => of(text, "theme") === "start")
    .map(({ f, text }) => ({ name: f.replace(/^\d+-|\.md$/g, ""), title: of(text, "title"), minutes: Number(of(text, "minutes")) }));
}

/** outputOf is the address of what an entry point became. */
function outputOf({ metafile }, entry) {
  const [path] = Object.entries(metafile.outputs).find(([, o]) => o.entryPoint === entry);
  return relative(dist, join(top, path));
}

/** filesOf are the addresses of all files of a bundle. */
const filesOf = ({ metafile }) => Object.keys(metafile.outputs).map((path) => relative(dist, join(top, path)));

/** engine writes the engine and makes the worker, which has in front what starts Go; the page gets their addresses and sizes. */
async function engine() {
  const entry = fake ? "web/test/fake-worker.ts" : "web/engine/worker.ts";
  const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const exec = fake ? "" : readFileSync(join(goroot, "lib", "wasm", "wasm_exec.js"), "utf8");
  const worker = await build({ ...common, entryPoints: [entry], format: "iife", banner: { js: exec } });
  const script = outputOf(worker, entry);
  if (fake) return { wasm: "", rest: "", size: 0, gz: 0, br: 0, script };
  const whole = readFileSync(argument ?? compile(join(top, "build", "engine.wasm")));
  const { first, rest } = inParts(whole);
  return { wasm: keep("engine.wasm", first), rest: rest ? keep("rest.wasm", rest) : "", script,
    size: first.length, gz: packedSize(first, "gz", kept), br: quick ? 0 : packedSize(first, "br", kept) };
}

/** inParts is the engine for the way to the browser: its two modules, or one where it is not as Go 1.26 makes it. */
function inParts(whole) {
  const small = slim(whole);
  try {
    return parted(small, whole, startedIn(small));
  } catch (why) {
    console.log(`the engine stays in one piece: ${why.message}`);
    return { first: small };
  }
}

/** prerendered is the HTML of every part of the page as it stands before the engine is here. */
async function prerendered() {
  const out = join(dist, "prerender.mjs");
  await build({ ...common, entryPoints: { prerender: "web/build/prerender.ts" }, entryNames: "[name]", outdir: dist,
    outExtension: { ".js": ".mjs" }, format: "esm", platform: "node", minify: false, define: { LESSONS: lessons } });
  const { parts } = await import(pathToFileURL(out).href);
  rmSync(out);
  return parts;
}

/** html is index.html with the built addresses, the policy, the preloads and the first drawing. */
async function html(address, fonts, chunks) {
  const parts = await prerendered();
  let page = readFileSync(join(top, "index.html"), "utf8");
  page = page.replace(/<!-- unbuilt -->.*?<!-- \/unbuilt -->\n/s, "");
  page = page.replace("<!-- built: policy -->", `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  page = page.replace("<!-- built: fonts -->", fonts.map((f) => `<link rel="preload" href="${f}" as="font" type="font/woff2" crossorigin>`)
    .concat(chunks.map((c) => `<link rel="modulepreload" href="${c}">`)).join("\n"));
  page = page.replace(/<!-- part: ([\w-]+) -->/g, (_, part) => parts[part]);
  return page.replace(/(href|src)="(web\/[^"]+)"/g, (_, name, source) => `${name}="${address[source]}"`);
}

mkdirSync(assets, { recursive: true });

const lessons = JSON.stringify(firstLessons());
const style = await build({ ...common, entryPoints: ["web/css/main.css"] });
const later = await build({ ...common, entryPoints: ["web/css/late.css"] });
const built = { ...await engine(), course: course(), late: filesOf(later).find((f) => f.endsWith(".css")) };
const early = await build({ ...common, entryPoints: ["web/page/early.ts"], format: "iife", define: { BUILT: JSON.stringify({ wasm: built.wasm, rest: built.rest, script: built.script }) } });
const manifest = keep("manifest.webmanifest", readFileSync(join(top, "web/manifest.webmanifest")));
// The build id is made of everything that the page is built from, so it is known before the page is.
const draft = await build({ ...common, entryPoints: ["web/main.ts"], format: "esm", splitting: true, plugins: [whole], write: false, define: { BUILT: "{}", LESSONS: lessons } });
const id = createHash("sha256").update(JSON.stringify([built, filesOf(style), filesOf(early), filesOf(draft), manifest]))
  .update(readFileSync(join(top, "index.html"))).digest("hex").slice(0, 12);
const page = await build({ ...common, entryPoints: ["web/main.ts"], format: "esm", splitting: true, plugins: [whole], define: { BUILT: JSON.stringify({ id, ...built }), LESSONS: lessons } });

/** first are the chunks that main imports at once: fetched side by side with it. */
const first = page.metafile.outputs[Object.keys(page.metafile.outputs).find((o) => page.metafile.outputs[o].entryPoint === "web/main.ts")]
  .imports.filter((i) => i.kind === "import-statement").map((i) => relative(dist, join(top, i.path)));
const fonts = filesOf(style).filter((f) => f.endsWith(".woff2"));
const address = { "web/main.ts": outputOf(page, "web/main.ts"), "web/page/early.ts": outputOf(early, "web/page/early.ts"),
  "web/css/main.css": outputOf(style, "web/css/main.css"), "web/manifest.webmanifest": manifest };
writeFileSync(join(dist, "index.html"), await html(address, fonts, first));

cpSync(join(top, "cmd/hsmplay/notices.txt"), join(dist, "notices.txt"));
reference(join(top, "docs", "commands"), join(dist, "docs"), address["web/css/main.css"]);
reference(join(top, "docs", "codes"), join(dist, "codes"), address["web/css/main.css"]);
reference(join(top, "docs", "spec"), join(dist, "spec"), address["web/css/main.css"]);

const files = [...filesOf(page), ...filesOf(style), ...filesOf(later), ...filesOf(early), manifest, built.script, built.wasm, built.rest, ...Object.values(built.course)].filter((f) => f !== "");
await build({ ...common, entryPoints: ["web/offline/sw.ts"], format: "iife", entryNames: "[name]", outdir: dist,
  define: { SHELL: JSON.stringify({ id, files: [...new Set(files)] }) } });
pack(assets, kept, quick ? ["gz"] : ["gz", "br"]);
rmSync(goal, { recursive: true, force: true });
renameSync(dist, goal);
console.log(`${relative(top, goal)}/ is build ${id}${fake ? " with the scripted engine" : `, engine ${basename(built.wasm)}`}`);
