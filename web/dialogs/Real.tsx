// What is real and what is made up, with the check of the cryptography. Loaded when it is asked for.

import { Fragment } from "preact";
import { useState } from "preact/hooks";
import type { KnownAnswer } from "../hsm";
import { host } from "../state/state.ts";
import { close, show } from "./dialog.ts";

/** rows of the two lists. */
const real = [
  "The cryptography: keys, signatures, key check values and key files are computed as an HSM would, and check outside.",
  "Key material comes from the browser’s own random numbers. It stays in this browser; nothing is sent anywhere.",
  "The wording of the tools, where a page of the documentation shows it, and their return codes.",
  "The rules: who may do what, which curves and attributes are allowed in FIPS mode, what is copied to which HSM.",
];
const madeUp = [
  "The HSMs: three objects in this tab, with a simulated network and a simulated clock.",
  "Wording that no documentation shows. It is chosen to be what a careful user would expect, and may differ from the real tool.",
  "The order of lines in a cluster block: the real tool prints HSMs as they answer, here they stand by number.",
  "Users and passwords: toy values, some shorter than the real tool allows.",
  "cat and ls at the tool’s prompt, the hsm command, and everything in violet.",
];

function RealBody() {
  return (
    <>
      <h2>What is real, what is made up</h2>
      <h3>Real</h3>
      <ul>{real.map((r) => <li key={r}>{r}</li>)}</ul>
      <Check />
      <h3>Made up</h3>
      <ul>{madeUp.map((r) => <li key={r}>{r}</li>)}</ul>
      <p>Of each command: <a href="docs/index.html">what is documented, derived and made up</a>. Of each refusal: <a href="codes/index.html">the return codes</a>.</p>
      <p>A simulator for learning: not validated, not for production keys, not affiliated with any vendor. <a href="notices.txt">What it is made of, and the licences</a>.</p>
      <div class="row"><button type="button" class="main" autoFocus onClick={close}>Close</button></div>
    </>
  );
}

/** Check computes the known answers in this tab's engine and lists them. */
function Check() {
  const [answers, found] = useState<KnownAnswer[] | "none" | "running" | "lost">("none");
  const run = async () => {
    found("running");
    found(await host.value?.engine.selftest({}).then((a) => a.answers).catch(() => "lost" as const) ?? "lost");
  };
  return (
    <div class="answers">
      <button type="button" disabled={answers === "running"} onClick={() => void run()}>Check the cryptography</button>
      <p class="told" role="status">{told(answers)}</p>
      {Array.isArray(answers) && <ul>{answers.map((a) => <Answer key={a.name} {...a} />)}</ul>}
    </div>
  );
}

/** told is how the check went. */
function told(answers: KnownAnswer[] | "none" | "running" | "lost"): string {
  if (answers === "none") return "Known answers that others have published are computed in this tab, and each again with one bit turned over, which must be noticed. hsm selftest does the same.";
  if (answers === "running") return "Computing…";
  if (answers === "lost") return "The engine does not answer.";
  const right = answers.filter((a) => a.right && a.noticed).length;
  return right === answers.length ? `All ${right} are as published, and each altered one was noticed.` : `${answers.length - right} of ${answers.length} are not as published.`;
}

/** Answer is one of them: its outcome, and unfolded what it is made of. */
function Answer({ name, source, input, expected, got, right, altered, noticed }: KnownAnswer) {
  const facts = [["Source", source], ["Input", input], ["Expected", expected], ["Got here", got], ["With one bit turned over", altered]];
  return (
    <li>
      <details>
        <summary>{right ? "✓" : "✗"} {name}: {right ? "right" : "wrong"}, altered {noticed ? "noticed" : "passes"}</summary>
        <dl>{facts.map(([what, is]) => <Fragment key={what}><dt>{what}</dt><dd>{what === "Source" ? is : <code>{is}</code>}</dd></Fragment>)}</dl>
      </details>
    </li>
  );
}

/** whatIsReal opens the honest list. */
export function whatIsReal(): void {
  show("What is real, what is made up", <RealBody />);
}
