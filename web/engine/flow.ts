// Flow control from the worker to the page: what a tool prints is handed over in pieces, no more at a time than the page has said that it
// has drawn. So a flood of output, or one endless line, never keeps the page from a key. Messages keep their order.

import type { Turn } from "../hsm";
import type { FromWorker } from "./protocol.ts";
import { noteOf, notices } from "../words/words.ts";

const ahead = 32 * 1024;       // characters that may be on their way to the page
const piece = 8 * 1024;        // characters of one turn
const most = 8 * 1024 * 1024;  // characters that wait here; of more than that the newest are kept

type Waiting = { message: FromWorker } | { turn: Turn };

/** Flow is the way from the engine to the page. */
export class Flow {
  #send: (message: FromWorker) => void;
  #waiting: Waiting[] = [];
  #held = 0;                       // characters that wait
  #out = 0;                        // characters on their way
  #cut = new Map<number, number>(); // characters that were let go, by terminal

  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
  }

  /** turn hands a turn over, as the engine tells it: a JSON text. */
  turn(text: string): void {
    if (text.length < piece && this.#waiting.length === 0 && this.#out < ahead) {
      this.#out += text.length;
      return this.#send({ is: "turn", turn: text, size: text.length });
    }
    for (const part of parted(JSON.parse(text) as Turn)) this.#hold(part);
    this.#pass();
  }

  /** message hands over something else, behind all turns that were told before it. */
  message(message: FromWorker): void {
    if (this.#waiting.length === 0) return this.#send(message);
    this.#waiting.push({ message });
  }

  /** drawn is the page's word that it has drawn so many characters. */
  drawn(size: number): void {
    this.#out -= size;
    this.#pass();
  }

  /** drop lets go what a terminal has printed and the page has not got yet, as at Ctrl-C. */
  drop(terminal: number): void {
    this.#waiting = this.#waiting.filter((w) => !isText(w, terminal));
    this.#held = this.#waiting.reduce((sum, w) => sum + sizeOf(w), 0);
  }

  #hold(turn: Turn): void {
    const last = this.#waiting.at(-1);
    if (last && isText(last, turn.terminal) && isText({ turn }, turn.terminal) && last.turn.text.length + turn.text.length <= piece) {
      last.turn = { ...last.turn, text: last.turn.text + turn.text };
    } else {
      this.#waiting.push({ turn });
    }
    this.#held += turn.text.length;
    while (this.#held > most) {
      const at = this.#waiting.findIndex((w) => isText(w));
      if (at < 0) return;
      const [gone] = this.#waiting.splice(at, 1) as [{ turn: Turn }];
      this.#held -= sizeOf(gone);
      this.#cut.set(gone.turn.terminal, (this.#cut.get(gone.turn.terminal) ?? 0) + gone.turn.text.length);
    }
  }

  /** #pass sends what there is room for. */
  #pass(): void {
    while (this.#waiting.length > 0 && this.#out < ahead) {
      const next = this.#waiting.shift()!;
      if ("message" in next) {
        this.#send(next.message);
        continue;
      }
      const size = sizeOf(next);
      this.#held -= size;
      this.#out += size;
      this.#send({ is: "turn", turn: JSON.stringify(this.#told(next.turn)), size });
    }
  }

  /** #told is a turn with the word about what was let go before it, where the line has stopped. */
  #told(turn: Turn): Turn {
    const cut = this.#cut.get(turn.terminal);
    if (!cut || turn.state === "runs") return turn;
    this.#cut.delete(turn.terminal);
    return { ...turn, notes: [...turn.notes, noteOf("cut", notices.cut(cut))] };
  }
}

/** isText says whether something that waits is text of a terminal that runs on, and nothing else. */
function isText(w: Waiting, terminal?: number): w is { turn: Turn } {
  if (!("turn" in w)) return false;
  const { turn } = w;
  return turn.state === "runs" && turn.line === null && turn.notes.length === 0 && !turn.clear && (terminal ?? turn.terminal) === turn.terminal;
}

const sizeOf = (w: Waiting): number => ("turn" in w ? w.turn.text.length : 0);

/** parted is a turn in pieces: the first has its line, the last how it ended. */
function parted(turn: Turn): Turn[] {
  const parts: Turn[] = [];
  let from = 0;
  for (; turn.text.length - from > piece; ) {
    const end = from + piece - (isHigh(turn.text.charCodeAt(from + piece - 1)) ? 1 : 0);
    const goesOn = { state: "runs" as const, notes: [], said: "", wait: null, text: turn.text.slice(from, end) };
    parts.push(from === 0 ? { ...turn, ...goesOn } : { ...turn, ...goesOn, ...later });
    from = end;
  }
  parts.push(from === 0 ? turn : { ...turn, ...later, text: turn.text.slice(from) });
  return parts;
}

const later = { line: null, echo: true, at: "", clear: false };

/** isHigh says whether a unit is the first of a pair that makes one character. */
const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
