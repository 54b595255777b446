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
      <h3>Made up</h3>
      <ul>{madeUp.map((r) => <li key={r}>{r}</li>)}</ul>
      <p>A simulator for learning: not validated, not for production keys, not affiliated with any vendor. <a href="notices.txt">What it is made of, and the licences</a>.</p>
      <div class="row"><button type="button" class="main" autoFocus onClick={close}>Close</button></div>
    </>
  );
}

/** whatIsReal opens the honest list. */
export function whatIsReal(): void {
  show("What is real, what is made up", <RealBody />);
}
