import { useCell } from "../cell.ts";
import { putLine } from "../buttons.ts";
import { focusField } from "../focus.ts";
import type { FileRow } from "../hsm";
import { model } from "../state.ts";

/** FilesPanel lists what was written on the client instance; a click puts a line that shows it on the prompt. */
export function FilesPanel() {
  const rows = useCell(model).files?.rows ?? [];
  return (
    <>
      <h2 id="files-title">Files {rows.length > 0 && <span class="count">{rows.length}</span>}</h2>
      {rows.length === 0
        ? <p class="empty">Nothing written yet. <code>getAttribute … -out attr_7</code> writes here.</p>
        : <ul class="files">{rows.map((f) => <File key={f.id} file={f} />)}</ul>}
    </>
  );
}

function File({ file }: { file: FileRow }) {
  const name = file.path.replace(/^\/home\/ec2-user\//, "");
  const put = () => {
    putLine(`${file.directory ? "ls" : "cat"} ${name}`, name);
    focusField();
  };
  return (
    <li>
      <button type="button" class="chip mono" onClick={put}>{name}</button>
      <span class="size">{file.directory ? "directory" : `${file.size} bytes`}</span>
    </li>
  );
}
