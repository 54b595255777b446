import { Cell, useCell } from "../state/cell.ts";
import { putLine } from "../session/buttons.ts";
import { focusField } from "../page/focus.ts";
import type { UserRow } from "../hsm";
import { frontProgram, frontPrompt, frontTerminal, hint, model } from "../state/state.ts";
import { isTyped } from "../line/line.ts";
import { hints, visible } from "../words/words.ts";
import { loginLine } from "./logins.ts";
import { Reading, isReading } from "./Reading.tsx";
import { type Column, type Order, Table } from "./Table.tsx";
import { Term } from "../terms/Term.tsx";

/** UsersPanel lists the users; a click puts the line that logs one in on the prompt. */
export function UsersPanel() {
  const { users } = useCell(model);
  const rows = users?.rows ?? [];
  return isReading(users) ? <Reading /> : rows.length === 0 ? <p class="empty">The users stand here when the cluster is up.</p> : <UserTable rows={rows} />;
}

/** order is by number: users are few, and the first ones are those that every world begins with. */
const order = new Cell<Order>({ by: "id", down: false });

const columns: Column<UserRow>[] = [
  { name: "name", title: "Name", cell: (u) => <Name user={u} />, by: (u) => u.name },
  { name: "kind", title: "Type", cell: (u) => <Term term={u.type}>{u.type}</Term>, by: (u) => u.type },
  { name: "id", title: "Id", cell: (u) => u.user, by: (u) => u.user },
  { name: "password", title: "Toy password", cell: (u) => (u.password === "" ? <span class="none">none</span> : <code>{visible(u.password)}</code>) },
];

function UserTable({ rows }: { rows: UserRow[] }) {
  return <Table label="users-title" rows={rows} columns={columns} order={order} keyOf={(u) => u.id} />;
}

/** Name offers to log in where a password is known. */
function Name({ user }: { user: UserRow }) {
  const program = useCell(frontProgram);
  const prompt = useCell(frontPrompt);
  const line = loginLine(program, prompt, user);
  const put = () => {
    const half = isTyped(frontTerminal().line);
    if (half || line !== "") putLine(line, user.name);
    if (!half) hint.value = line === "" ? hints.noLogin(user.name) : program === "bash" ? hints.startFirst(user.name) : "";
    focusField();
  };
  return <button type="button" class="chip mono" title={`Puts on the prompt: ${line || user.name}`} onClick={put}>{visible(user.name)}</button>;
}
