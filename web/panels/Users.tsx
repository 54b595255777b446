import { useCell } from "../state/cell.ts";
import { putLine } from "../session/buttons.ts";
import { focusField } from "../page/focus.ts";
import type { UserRow } from "../hsm";
import { frontProgram, frontPrompt, frontTerminal, hint, model } from "../state/state.ts";
import { isTyped } from "../line/line.ts";
import { hints, visible } from "../words/words.ts";
import { loginLine } from "./logins.ts";
import { Term } from "../terms/Term.tsx";

/** UsersPanel lists the users; a click puts the line that logs one in on the prompt. */
export function UsersPanel() {
  const rows = useCell(model).users?.rows ?? [];
  return rows.length === 0 ? <p class="empty">The users stand here when the cluster is up.</p> : <UserTable rows={rows} />;
}

function UserTable({ rows }: { rows: UserRow[] }) {
  return (
    <table aria-labelledby="users-title">
      <thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Id</th><th scope="col">Toy password</th></tr></thead>
      <tbody>{rows.map((u) => <User key={u.id} user={u} />)}</tbody>
    </table>
  );
}

/** User offers to log in where a password is known. */
function User({ user }: { user: UserRow }) {
  const program = useCell(frontProgram);
  const prompt = useCell(frontPrompt);
  const line = loginLine(program, prompt, user);
  const put = () => {
    const half = isTyped(frontTerminal().line);
    if (half || line !== "") putLine(line, user.name);
    if (!half) hint.value = line === "" ? hints.noLogin(user.name) : program === "bash" ? hints.startFirst(user.name) : "";
    focusField();
  };
  return (
    <tr>
      <td><button type="button" class="chip mono" title={`Puts on the prompt: ${line || user.name}`} onClick={put}>{visible(user.name)}</button></td>
      <td><Term term={user.type}>{user.type}</Term></td>
      <td>{user.user}</td>
      <td>{user.password === "" ? <span class="none">none</span> : <code>{visible(user.password)}</code>}</td>
    </tr>
  );
}
