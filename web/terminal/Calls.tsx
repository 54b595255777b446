// The calls to HSMs that a line has made, below its block: the very calls, in their order. Loaded when they are opened.

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LoggedCall } from "../hsm";
import { Cell, useCell } from "../state/cell.ts";
import { host } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { counted } from "../words/words.ts";
import type { Block } from "./blocks.ts";
import { put, reveal } from "./turn.ts";
import { argsOf, codeOf, meaningOf, opOf, sentences } from "./callnames.ts";

const plain = new Cell(false); // in plain sentences

/** Calls asks the engine once, and shows what it says; the calls are put into their block, so that they stay with what the screen shows. */
export function Calls({ block: b }: { block: Block }) {
  const engine = useCell(host)?.engine;
  const [failed, setFailed] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const [terminal, from, to] = b.calls!;
  useEffect(() => {
    if (!b.made) void engine?.calls({ terminal, from, to }).then(({ rows }) => put(b.id, { made: rows }), (e: Error) => setFailed(e.message));
  }, [engine, b.calls]);
  useLayoutEffect(() => {
    if (!b.made) return;
    reveal(b, box.current);
    say(b.made.length > 0 ? `${counted(b.made.length, "call")} to HSMs.` : gone);
  }, [b.made]);
  if (failed) return <p class="calls voice">{failed}</p>;
  return b.made ? <div ref={box} class="calls voice" role="group" aria-label={`Calls of ${b.command}`}><Log calls={b.made} /></div> : null;
}

const gone = "These calls are not remembered any more.";

/** Log is the calls, as they are or in plain sentences. */
function Log({ calls }: { calls: LoggedCall[] }) {
  const isPlain = useCell(plain);
  if (calls.length === 0) return <p>{gone}</p>;
  return (
    <>
      <label class="plainly"><input type="checkbox" checked={isPlain} onChange={() => (plain.value = !isPlain)} /> in plain sentences</label>
      {isPlain ? <ol class="told">{sentences(calls).map((s, i) => <li key={i}>{s}</li>)}</ol>
        : <ol>{calls.map((c) => <Call key={c.id} call={c} since={calls[0]!.time} />)}</ol>}
    </>
  );
}

/** Call is one call: when, from where to where, what, with which arguments, and the answer. An argument opens to its meaning. */
function Call({ call: c, since }: { call: LoggedCall; since: number }) {
  const [open, setOpen] = useState("");
  const { name, means } = opOf(c);
  const told = open === "" ? "" : open === "op" ? means + (name ? ` ${name} is its name in the HSM's audit log.` : " No public page names this call: the name is ours.") : meaningOf(open);
  const toggle = (what: string) => setOpen(open === what ? "" : what);
  return (
    <li>
      <span class="when">+{c.time - since} ms</span>
      <span class="path">{c.from < 0 ? "client" : `HSM ${c.from}`} → HSM {c.node}</span>
      <span class="what">
        <button type="button" class="open" aria-expanded={open === "op"} onClick={() => toggle("op")}>{c.op}</button>
        {name ? <code>{name}</code> : <span class="ours">our name</span>}
        {argsOf(c).map((a) => (
          <button type="button" class="open arg" key={a.name} aria-expanded={open === a.name} onClick={() => toggle(a.name)}>
            {a.name} <b>{a.secret ? <span class="hidden-value">{a.value || "hidden"}</span> : a.value}</b>
          </button>
        ))}
      </span>
      <span class={c.code === 0 ? "code" : "code bad"}>{codeOf(c.code)}</span>
      {told !== "" && <p class="means">{told}</p>}
    </li>
  );
}
