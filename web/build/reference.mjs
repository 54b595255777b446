// The references as plain pages, for readers without scripts: files of docs/ as they are, with their links.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

const page = (title, style, body) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · hsmplay</title>
<link rel="stylesheet" href="../${style}">
<body class="reference">
${body}
</body>
</html>
`;

/** README.md is the index of the folder, here as there. */
const address = (name) => (name === "README" ? "index" : name) + ".html";

/** folders are the site's names of those of docs/. */
const folders = { commands: "docs", spec: "spec", codes: "codes" };

const linked = (text) => text.replace(/\[([^\]]+)\]\((?:\.\.\/(commands|spec|codes)\/)?([\w-]+)\.md(#[\w-]+)?\)/g,
  (_, words, folder, name, part = "") => `<a href="${folder ? `../${folders[folder]}/` : ""}${address(name)}${part}">${words}</a>`);

/** tried is a link that puts the lines of a page on the prompt of the playground, "" for a page without some. */
function tried(text) {
  const lines = /^## Lines that bring it\n\n```\n([^`]*)\n```$/m.exec(text)?.[1].split("\n");
  return lines ? `\n<p><a href="../#lines=${lines.map(encodeURIComponent).join("+")}">Try these lines in the playground</a>: they are shown first, and nothing runs by itself.</p>` : "";
}

/** anchor is the address of a heading as GitHub makes it. */
const anchor = (heading) => heading.toLowerCase().replace(/ /g, "-").replace(/[^\w-]/g, "");

/** headed gives each heading an address. */
const headed = (text) => text.replace(/^#{2,4} (.+)$/gm, (line, heading) => `<b id="${anchor(heading)}">${line}</b>`);

/** reference writes a page for each file of the reference or the specification. */
export function reference(from, to, style) {
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(from).filter((f) => f.endsWith(".md"))) {
    const name = file.slice(0, -3);
    const [heading, ...text] = readFileSync(join(from, file), "utf8").split("\n");
    const title = heading.replace("# ", "");
    const up = name === "README" ? `<a href="../">To the playground</a>` : `<a href="./">All of them</a>`;
    const body = `<p>${up}</p>\n<h1>${escape(title)}</h1>\n<pre>${linked(headed(escape(text.join("\n").trim())))}</pre>${tried(text.join("\n"))}`;
    writeFileSync(join(to, address(name)), page(title, style, body));
  }
}
