// The timeline, above the dock: every command is a point. One steps back and forth, looks, and goes on from any. Loaded when it is opened.

import { h, render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Outline, PointRow, TimelineView } from "../hsm";
import { focusBack, focusField, isLost } from "../page/focus.ts";
import { useCell } from "../state/cell.ts";
import { course, host, model, place } from "../state/state.ts";
import { say } from "../words/speech.ts";
import { counted } from "../words/words.ts";
import { told } from "./points.ts";
import { go, nameOf, pointsSeen, there } from "./travel.ts";

/** toggle opens and closes the strip. */
export function toggle(): void {
  const there = document.getElementById("timeline");
  if (there) return close();
  const strip = document.createElement("section");
  Object.assign(strip, { id: "timeline", className: "voice", tabIndex: -1 });
  strip.setAttribute("aria-label", "Timeline");
  document.getElementById("dock")!.before(strip);
  strip.addEventListener("keydown", (e) => e.key === "Escape" && close());
  render(h(Strip, {}), strip);
  strip.focus();
}

/** close takes it away. */
function close(): void {
  const there = document.getElementById("timeline");
  if (!there) return;
  render(null, there);
  there.remove();
  focusField();
}

/** Strip is the point where the world stands, the ways from there, and the list of points when it is unfolded. */
function Strip() {
  const engine = useCell(host)?.engine;
  const seen = useCell(model);
  const inLesson = useCell(course)?.state != null;
  const readOnly = useCell(place) === "elsewhere";
  const kept = useCell(told);
  const [view, setView] = useState<TimelineView | null>(null);
  const [why, setWhy] = useState("");
  const [listed, setListed] = useState(false);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let stale = false;
    void engine?.timeline({ from: 0, count: pointsSeen }).then((v) => { if (!stale) { setView(v); setWhy(""); } }, (e: Error) => { if (!stale) setWhy(e.message); });
    return () => { stale = true; };
  }, [engine, seen, inLesson, kept]);
  const held = useRef(false);
  useLayoutEffect(() => { // the row that was clicked may have gone
    if (held.current && isLost()) focusBack("#timeline [aria-current=step]", "#timeline");
    held.current = false;
  }, [view]);
  const move = async (to: PointRow | undefined) => {
    if (!to || busy || readOnly) return;
    held.current = document.getElementById("timeline")!.contains(document.activeElement);
    setBusy(true);
    try {
      setView(await go(to));
      setWhy("");
    } catch (fault) {
      const says = (fault as Error).message.replace(/^sim: /, "");
      setWhy(says);
      say(says);
    }
    setBusy(false);
  };
  if (why && !view) return <Head><p>{why}</p></Head>;
  if (!view) return <Head><p>Reading the points.</p></Head>;
  const i = view.points.findIndex((p) => p.id === view.at);
  const here = view.points[i];
  return (
    <>
      <Head>
        <button type="button" disabled={!view.points[i + 1] || readOnly} onClick={() => void move(view.points[i + 1])}>← Back</button>
        <button type="button" disabled={i <= 0 || readOnly} onClick={() => void move(view.points[i - 1])}>Forth →</button>
        <button type="button" aria-expanded={listed} onClick={() => setListed(!listed)}>{counted(view.total, "point")}</button>
      </Head>
      {here && <p class="here"><b>{i === 0 ? "Now" : `${counted(i, "command")} back`}:</b> <code>{nameOf(here)}</code> {here.says}{i > 0 && " Type a line to go on from here: what came after stays."}</p>}
      {readOnly && <p>Another tab plays this world: it is read only here.</p>}
      {why && <p role="alert">{why}</p>}
      {listed && <Points view={view} move={move} />}
    </>
  );
}

function Head({ children }: { children: preact.ComponentChildren }) {
  return <div class="head"><h2>Timeline</h2>{children}<button type="button" class="close" aria-label="Close the timeline" onClick={close}>×</button></div>;
}

type Move = (to: PointRow | undefined) => Promise<void>;

/** Points are the list: the newest first, with the other ways where they part. What differs from here is told below a point on request. */
function Points({ view, move }: { view: TimelineView; move: Move }) {
  const [asked, setAsked] = useState(0);
  const walk = (e: preact.TargetedKeyboardEvent<HTMLOListElement>) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (!by) return;
    const all = [...e.currentTarget.querySelectorAll<HTMLElement>("button.point")];
    all[all.indexOf((e.target as Element).closest("li")!.querySelector("button.point")!) + by]?.focus();
    e.preventDefault();
  };
  const row = (p: PointRow, more = "") => (
    <li key={p.id}>
      <button type="button" class="point plain" tabIndex={p.id === view.at ? 0 : -1} aria-current={p.id === view.at ? "step" : undefined} onClick={() => void move(p)}>
        <code>{nameOf(p)}</code> <span class={p.failed ? "says failed" : "says"}>{p.says}</span>{more && <span class="says">{more}</span>}
      </button>
      {p.id !== view.at && <button type="button" class="differs" aria-expanded={asked === p.id} aria-label={`What differs from ${nameOf(p)}`} onClick={() => setAsked(asked === p.id ? 0 : p.id)}>differs</button>}
      {asked === p.id && <Differs from={p.id} to={view.at} />}
    </li>
  );
  return (
    <ol onKeyDown={walk}>
      {view.points.map((p) => [row(p), ...view.branches.filter((b) => b.from === p.id).map((b) => row(b.last, ` Another way: ${counted(b.more, "command")} on from ${nameOf(p)}.`))])}
      {view.total > view.points.length && <li class="older">{view.total - view.points.length} earlier points: go back to see them.</li>}
      <li class="older">{useCell(told) === "left" ? "The points are kept until this page is reloaded or closed; the world itself stays as it is here."
        : "The points are kept in this browser, with the world. A downloaded world is without them."}</li>
    </ol>
  );
}

const signs = { made: "+", gone: "−", changed: "~" };
const kinds = { hsm: "HSM", user: "user", key: "key", file: "file" };

/** Differs is what the world here has that another point has not, and the other way round. */
function Differs({ from, to }: { from: number; to: number }) {
  const engine = useCell(host)?.engine;
  const [o, setOutline] = useState<Outline | null>(null);
  const [why, setWhy] = useState("");
  useEffect(() => void there((e) => e.differs({ from, to })).then(setOutline, (fault: Error) => setWhy(fault.message)), [engine, from, to]);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [o]);
  if (why) return <p role="alert">{why}</p>;
  if (!o) return null;
  return (
    <div class="difference" ref={box} role="group" aria-label="What differs from there to here">
      {o.rows.length === 0 && o.audit.length === 0 && <p>Nothing differs.</p>}
      <ul>{o.rows.map((r) => <li key={r.id}><span class={r.how} aria-hidden="true">{signs[r.how]}</span> {kinds[r.kind]} {r.name} <span class="says">{r.how}{r.says && `: ${r.says}`}</span></li>)}</ul>
      {o.more > 0 && <p>{o.more} rows more.</p>}
      {o.audit.map((a) => <p key={a.node}>Audit log of HSM {a.node}: {counted(Math.abs(a.lines), "line")} {a.lines < 0 ? "fewer" : "more"}{a.texts.length > 0 && `: ${a.texts.join(", ")}`}.</p>)}
      {o.undone.length > 0 && <><p>Not here:</p><ol>{o.undone.map((p) => <li key={p.id}><code>{nameOf(p)}</code> {p.says}</li>)}</ol></>}
      {o.done.length > 0 && <><p>From there to here:</p><ol>{o.done.map((p) => <li key={p.id}><code>{nameOf(p)}</code> {p.says}</li>)}</ol></>}
    </div>
  );
}
