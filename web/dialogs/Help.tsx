import { act } from "../page/actions.ts";
import { close, show } from "./dialog.ts";

/** keys are all keys of the page. taken: what some browsers keep for themselves. */
const keys: { press: string; does: string; taken?: string }[] = [
  { press: "Enter", does: "runs the line, or takes the chosen completion" },
  { press: "Tab", does: "completes the word; on an empty line moves on" },
  { press: "→ at the end", does: "takes the rest that is suggested in grey; Alt-F takes its next word" },
  { press: "Esc, then Tab", does: "leaves the command line" },
  { press: "↑ ↓", does: "older and newer lines; ↓ on an empty line walks the Next lines" },
  { press: "Ctrl-R", does: "searches the history; again for an older hit" },
  { press: "Ctrl-C", does: "copies a selection; else gives up the line, the question or the waiting command" },
  { press: "Ctrl-D", does: "leaves the tool on an empty line; else deletes forward" },
  { press: "Ctrl-A Ctrl-E, Home End", does: "to the start and the end of the line" },
  { press: "Ctrl-B, Alt-B Alt-F", does: "back a character; back and forward a word" },
  { press: "Ctrl-U Ctrl-K", does: "cuts to the start, to the end" },
  { press: "Alt-Backspace, Alt-D", does: "cuts the word before, behind", taken: "Ctrl-W does too where the browser leaves it to pages" },
  { press: "Ctrl-Y", does: "brings back what was cut" },
  { press: "Alt-.", does: "inserts the last word of the line before" },
  { press: "Alt-W", does: "says why the last line that failed has failed; then 1, 2 or 3 puts a line that helps on the prompt" },
  { press: "Ctrl-L", does: "clears the transcript, keeps the line" },
  { press: "F6, Shift-F6", does: "to the next pane, to the one before" },
  { press: "← → on the tabs", does: "changes the terminal; Delete closes it" },
  { press: "any letter, anywhere", does: "goes to the command line" },
  { press: "↑ ↓ ← → in a list", does: "walks it: each list is one stop of Tab" },
  { press: "↑ ↓ on a block’s menu", does: "to the menus of other blocks" },
];

function HelpBody() {
  return (
    <>
      <h2>Help</h2>
      <p>Type a command and press Enter. What a tool prints is set in the terminal’s type, to the byte; what the playground adds is set in violet, with a rule on its left. <code>help</code> lists the commands of the tool that runs.</p>
      <table aria-label="Keys">
        <thead><tr><th scope="col">Key</th><th scope="col">On the command line</th></tr></thead>
        <tbody>{keys.map((k) => <tr key={k.press}><th scope="row">{k.press}</th><td>{k.does}{k.taken && <span class="remark">{k.taken}</span>}</td></tr>)}</tbody>
      </table>
      <p>Find, zoom, new tab and paste stay the browser’s. Files can be dropped anywhere on the page. How much the playground says, its colours and what a screen reader hears is in Settings.</p>
      <div class="row">
        <button type="button" onClick={() => { close(); act("real"); }}>What is real, what is made up</button>
        <button type="button" class="main" autoFocus onClick={close}>Close</button>
      </div>
    </>
  );
}

/** help opens the list of keys. */
export function help(): void {
  show("Help", <HelpBody />);
}
