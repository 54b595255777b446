import { useCell } from "../state/cell.ts";
import { place } from "../state/state.ts";
import { act } from "../page/actions.ts";
import { close, show } from "./dialog.ts";

function StartOverBody() {
  const isKept = useCell(place) === "kept";
  return (
    <>
      <h2>Start over?</h2>
      <p>The cluster with its keys, the files and every terminal make room for three fresh HSMs. {isKept ? "The world that is here now is kept among the worlds, so there is a way back." : "The browser keeps nothing here, so this cannot be undone: a download keeps the world."}</p>
      <div class="row">
        <button type="button" onClick={() => act("download")}>Download it first</button>
        <button type="button" onClick={() => { close(); act("startOverNow"); }}>Start over</button>
        <button type="button" class="main" autoFocus onClick={close}>Keep it</button>
      </div>
    </>
  );
}

/** askStartOver asks before the world is wiped. */
export function askStartOver(): void {
  show("Start over", <StartOverBody />);
}
