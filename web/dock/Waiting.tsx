import { useEffect, useState } from "preact/hooks";
import type { Wait } from "../hsm";
import { simulated } from "../engine/clock.ts";
import { refresh } from "../engine/exchange.ts";
import { progress } from "../words/words.ts";
import { handy } from "../page/pointer.ts";
import { chord } from "./field.ts";

/** Waiting says what a command waits for and for how long; the engine's clock goes on meanwhile. */
export function Waiting({ wait }: { wait: Wait }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      void refresh();
      tick((n) => n + 1);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div class="waiting">
      <p class="voice" aria-live="polite">{handy(progress(wait, simulated()))}</p>
      {wait.of > 0 && <progress value={wait.have} max={wait.of} aria-label={`${wait.have} of ${wait.of}`} />}
      <button type="button" onClick={() => chord("C-c")}>{handy("Ctrl-C")}</button>
    </div>
  );
}
