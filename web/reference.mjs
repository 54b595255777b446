// The command reference as plain pages, for readers without scripts: docs/commands/*.md as they are, and a list of them.
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

/** reference writes a page for each command, and the index. */
export function reference(from, to, style) {
  const names = readdirSync(from).filter((f) => f.endsWith(".md")).map((f) => f.slice(0, -3)).sort();
  mkdirSync(to, { recursive: true });
  for (const name of names) {
    const text = readFileSync(join(from, `${name}.md`), "utf8");
    writeFileSync(join(to, `${name}.html`), page(name, style, `<p><a href="./">All commands</a></p>\n<pre>${escape(text)}</pre>`));
  }
  const list = names.map((n) => `<li><a href="${n}.html">${n}</a></li>`).join("\n");
  writeFileSync(join(to, "index.html"), page("Commands", style, `<h1>Commands</h1>\n<p><a href="../">To the playground</a></p>\n<ul>\n${list}\n</ul>`));
}
