import { useRef, useState } from "preact/hooks";
import { look } from "../engine/exchange.ts";
import { read } from "../files/bytes.ts";
import { fits, isEditable, saveLine } from "../files/editing.ts";
import { cleaned, home, shown } from "../files/names.ts";
import { tell } from "../files/tray.ts";
import { edits, uploads } from "../files/words.ts";
import { focusField } from "../page/focus.ts";
import { typeLines } from "../session/buttons.ts";
import { host, model, place } from "../state/state.ts";
import { visible } from "../words/words.ts";
import { close, show } from "./dialog.ts";

const typedMost = 120; // lines that are typed one by one; a longer text is typed as one line

function EditorBody({ name: given, text: was, isNew }: { name: string; text: string; isNew: boolean }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [name, setName] = useState(given);
  const [why, say] = useState("");
  const [leaving, leave] = useState(false);
  const isChanged = () => field.current!.value !== was;
  const end = () => {
    close();
    focusField();
  };
  const cancel = () => (isChanged() ? leave(true) : end());
  const save = () => {
    const text = field.current!.value;
    const named = cleaned(name);
    const taken = isNew && "name" in named && model.value.files?.rows.some((f) => shown(f.path) === named.name);
    if (given === "" && "why" in named) return say(uploads[named.why](name));
    if (taken) return say(edits.taken(name));
    if (!fits(text)) return say(edits.long());
    const lines = saveLine(given === "" ? (named as { name: string }).name : given, text).split("\n");
    end();
    void typeLines(lines.length > typedMost ? [lines.join("\n")] : lines);
  };
  const onKey = (e: preact.TargetedKeyboardEvent<HTMLElement>) => {
    if (e.key === "Escape" && isChanged()) leave(true);
    else if (e.key.toLowerCase() === "s" && (e.ctrlKey || e.metaKey)) save();
    else return;
    e.preventDefault();
  };
  return (
    <div class="viewer" onKeyDown={onKey}>
      <h2>{given === "" ? "New file" : visible(given)}</h2>
      {given === "" && <label class="named">Name <input class="filter" value={name} onInput={(e) => setName(e.currentTarget.value)} ref={(f) => { if (f && name === "") f.focus(); }} /></label>}
      <textarea ref={field} class="content mono" aria-label={`Text of ${given || "the new file"}`} spellcheck={false} autocapitalize="none" autocomplete="off" autoFocus={given !== ""}>{was}</textarea>
      <p class="size cut" role="status">{why || edits.how(name || "FILE")}</p>
      {leaving ? (
        <div class="row">
          <span>{edits.changed()}</span>
          <button type="button" onClick={end}>Leave without saving</button>
          <button type="button" class="main" ref={(b) => b?.focus()} onClick={() => leave(false)}>Go on editing</button>
        </div>
      ) : (
        <div class="row">
          <button type="button" onClick={cancel}>Cancel</button>
          <button type="button" class="main" onClick={save}>Save</button>
        </div>
      )}
    </div>
  );
}

/** make opens the editor on a file that is not there yet. */
export function make(name = ""): void {
  if (place.value === "elsewhere") return tell([uploads.readOnly()]);
  show("New file", <EditorBody name={name} text="" isNew />);
}

/** edit opens the editor on a file. What is no text, or too long, is only viewed. name: as it is typed, where that is not from the home directory. */
export async function edit(path: string, name = shown(path)): Promise<void> {
  if (place.value === "elsewhere" || !host.value) return tell([host.value ? uploads.readOnly() : uploads.early()]);
  const data = await read(path);
  if (!isEditable(data)) {
    const file = model.value.files?.rows.find((f) => f.path === path);
    tell([edits.viewOnly(path)]);
    if (file) await (await import("./Viewer.tsx")).view(file);
    return;
  }
  show(`Edit ${shown(path)}`, <EditorBody name={name} text={new TextDecoder().decode(data)} isNew={false} />);
}

/** editNamed opens the editor on what was named on a line: a file that is there, or a new one. */
export async function editNamed(name: string): Promise<void> {
  if (name === "") return make();
  if (host.value) await look(); // a line may just have made it
  const path = name.startsWith("/") ? name : `${home}/${name.replace(/^~\//, "").replace(/^\.\//, "")}`;
  const there = model.value.files?.rows.find((f) => f.path === path);
  if (there?.directory) return tell([edits.directory(name)]);
  return there ? edit(path, name) : make(name);
}
