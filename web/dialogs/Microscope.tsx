// The microscope: one key from all sides. Loaded when it is asked for.

import { useState } from "preact/hooks";
import type { KeyRow, KeySight } from "../hsm";
import { Mark } from "../panels/Shape.tsx";
import { front, host } from "../state/state.ts";
import { Marked } from "../terms/Term.tsx";
import { birth, ended, joined, mayWord, moment, settable, whoWords, without } from "../words/sight.ts";
import { ranges, stateWords, visible } from "../words/words.ts";
import { broken } from "./Decoded.tsx";
import { close, show } from "./dialog.ts";

const looks = [
  { look: "life", says: "Life", Body: Life }, { look: "copies", says: "Copies", Body: Copies },
  { look: "may", says: "Who may", Body: May }, { look: "attributes", says: "Attributes", Body: Attributes },
];

function Microscope({ sight }: { sight: KeySight }) {
  const [look, see] = useState("life");
  const { handle, label, class: kind, type, ownerName } = sight.key!;
  const { Body, says } = looks.find((l) => l.look === look)!;
  return (
    <div class="viewer microscope">
      <h2>Key {handle} {label !== "" && <span class="none">{visible(label)}</span>}</h2>
      <p class="size">{kind} · {type} · of {visible(ownerName) || "nobody known"}</p>
      <p class="voice sight"><Marked text={birth(sight)} seen={new Set()} /></p>
      <div class="row looks" role="group" aria-label="Show">
        {looks.map((l) => <button type="button" key={l.look} aria-pressed={look === l.look} onClick={() => see(l.look)}>{l.says}</button>)}
      </div>
      <div class="content" key={look} tabIndex={0} role="region" aria-label={`Key ${handle}, ${says.toLowerCase()}`}><Body sight={sight} /></div>
      <div class="row"><button type="button" class="main" autoFocus onClick={close}>Close</button></div>
    </div>
  );
}

/** Life is what the audit logs have of the key. */
function Life({ sight }: { sight: KeySight }) {
  const uses = joined(sight.uses);
  return (
    <>
      <p class="none">From the HSMs’ audit logs, the newest first. They keep how keys are managed; signatures and checks of signatures are not in them.{!sight.begins && " The oldest entries have gone."}</p>
      {uses.length === 0 ? <p>No entry names this key.</p> : (
        <table aria-label="Life of the key">
          <thead><tr><th scope="col">When and where</th><th scope="col">What</th></tr></thead>
          <tbody>
            {uses.map((u) => (
              <tr key={u.id}>
                <th scope="row">{moment(u.time)} <span class="remark">HSM {ranges(u.nodes)}</span></th>
                <td>{u.means} <span class="remark"><code>{broken(u.opcode)}</code> by {visible(u.user) || "nobody"} · {ended(u.code)}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Copies are the HSMs, what each has, and what would be lost with it. */
function Copies({ sight }: { sight: KeySight }) {
  return (
    <table aria-label="Copies of the key">
      <thead><tr><th scope="col">HSM</th><th scope="col">Lost, if it died</th></tr></thead>
      <tbody>
        {sight.copies.map(({ node, ip, state, held, differs }) => (
          <tr key={node}>
            <th scope="row"><Mark shape={state === "up" && differs.length > 0 ? "differs" : state} /> HSM {node} <span class="none">{ip} · {stateWords[state]}</span>
              <span class="remark">{held ? differs.length > 0 ? `has it, but another ${differs.join(", ")}` : "has it" : sight.key!.session ? "has none: a session key is not copied" : "lacks it"}</span></th>
            <td>{without(node, sight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** May is who may do what, and why not. */
function May({ sight }: { sight: KeySight }) {
  return (
    <table aria-label="Who may do what">
      <thead><tr><th scope="col">To …</th><th scope="col">may</th></tr></thead>
      <tbody>
        {sight.deeds.map((d) => (
          <tr key={d.name}>
            <th scope="row">{d.means}</th>
            <td>{d.by.map((b) => <span key={b.who} class="may"><span class="none">{whoWords[b.who]}:</span> {broken(mayWord(d, b))}</span>)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Attributes are the values under the names of the older tools, of PKCS #11 and of CloudHSM CLI. */
function Attributes({ sight }: { sight: KeySight }) {
  return (
    <table aria-label="Attributes of the key">
      <thead><tr><th scope="col">In the older tools, PKCS #11 and CloudHSM CLI</th><th scope="col">Value</th></tr></thead>
      <tbody>
        {sight.attributes.map((a) => (
          <tr key={a.pkcs11}>
            <th scope="row">
              {a.name !== "" && <span class="remark"><code>{broken(a.name)}</code> {a.number}</span>}
              <span class="remark"><code>{broken(a.pkcs11)}</code></span>
              {a.cli !== "" && <span class="remark"><code>{a.cli}</code></span>}
            </th>
            <td><code>{visible(a.value) || "empty"}</code> {a.reads} <span class="remark">{a.means}; {settable(a.set, a.way)}</span></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** lookAt opens the microscope on a key. */
export async function lookAt({ id, handle }: KeyRow): Promise<void> {
  const sight = await host.value?.engine.sight({ name: id, terminal: front.value }).catch(() => null);
  if (sight?.key) show(`Key ${handle}`, <Microscope sight={sight} />);
}
