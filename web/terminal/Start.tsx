import { useEffect, useState } from "preact/hooks";
import { Ways } from "../lessons/Ways.tsx";
import { act } from "../page/actions.ts";
import { focusField } from "../page/focus.ts";
import { own } from "../page/here.ts";
import { typeInto } from "../session/buttons.ts";
import { press } from "../session/session.ts";
import { front } from "../state/state.ts";
import { visible } from "../words/words.ts";
import type { Transcript } from "./blocks.ts";

/** isStart says whether nothing has been typed yet on a first visit, or after starting over. */
export function isStart({ blocks }: Transcript): boolean {
  return blocks.some((b) => b.notice === "welcome") && blocks.every((b) => b.notice !== "");
}

/** Start says what all this is, above the first note, and goes with the first command. */
export function Start() {
  const begin = () => {
    typeInto(front.value, "key_mgmt_util");
    focusField();
  };
  const clear = () => {
    press({ kind: "put", text: "" });
    focusField();
  };
  return (
    <section class="start-screen" aria-label="What this is">
      <div class="what-it-is">
        <p>An <b>HSM</b>, a hardware security module, is a machine that makes keys, keeps them inside, and works with them when it is asked. What goes out is a signature or a result, not the key.</p>
        <p>Here is a cluster of three, simulated in this tab, with the command line tools that one has for the real ones.</p>
      </div>
      <Sketch />
      <div class="ways-in">
        <div class="way"><b>The first minute</b><span>Starts the tool; then Next, under the line, leads on.</span>
          <button type="button" class="main" onClick={begin}>Begin with the first line</button></div>
        <Ways />
        <div class="way"><b>Free play</b><span>Type anything: nothing here can break.</span><button type="button" onClick={clear}>An empty prompt</button><Recent /></div>
      </div>
    </section>
  );
}

/** Sketch is what goes into an HSM and what comes out. */
function Sketch() {
  return (
    <svg class="sketch" viewBox="0 0 300 92" aria-hidden="true">
      <rect x="1" y="24" width="84" height="44" rx="6" /><text x="43" y="50">a program</text>
      <rect x="205" y="4" width="94" height="84" rx="6" class="hsm" /><text x="252" y="24" class="name">HSM</text>
      <path class="key" d="M234 54a9 9 0 1 0 18 0a9 9 0 1 0 -18 0M252 54H276M270 54V62M276 54V62" />
      <text x="252" y="80" class="small">the key stays</text>
      <path d="M93 38H197M190 33L197 38L190 43" /><text x="145" y="30" class="small">“sign this”</text>
      <path d="M197 58H93M100 53L93 58L100 63" /><text x="145" y="74" class="small">a signature</text>
    </svg>
  );
}

/** Recent leads to worlds of this browser, where there are others. */
function Recent() {
  const [names, set] = useState<string[]>([]);
  useEffect(() => {
    try {
      set(JSON.parse(localStorage.getItem(own("worlds")) ?? "[]") as string[]);
    } catch {
      // Refused storage: there are none.
    }
  }, []);
  if (names.length === 0) return null;
  return <button type="button" class="link" onClick={() => act("world")}>Your worlds: {names.slice(0, 3).map(visible).join(", ")}{names.length > 3 && " …"}</button>;
}
