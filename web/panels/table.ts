// The table of the panels. A new one is a component, a row here and its style sheet.

import type { FunctionComponent } from "preact";
import type { Model } from "../state/state.ts";
import { ClusterPanel } from "./Cluster.tsx";
import { FileTools, FilesPanel } from "./Files.tsx";
import { KeysPanel } from "./Keys.tsx";
import { later } from "./later.tsx";
import { UsersPanel } from "./Users.tsx";

/** Area is a place for panels: a strip over the tabs that is always seen, or a drawer that is opened. */
export type Area = "strip" | "drawer";

/** Panel is a row of the table. */
export interface Panel {
  id: string;                    // of its element; its heading is ID-title
  title: string;
  section?: keyof Model;         // the part of the read model that it shows; its rows are counted
  open: boolean;                 // unfolded from the start, where there is room
  component: FunctionComponent;  // drawn while the panel is folded too, unless it is loaded later
  narrow: Area;                  // where it stands; the wide layout has the areas below each other
  tools?: FunctionComponent;     // buttons beside the title
}

/** part is a panel that is loaded when it is unfolded for the first time, and drawn only while it is. */
function part(id: string, title: string, load: () => Promise<FunctionComponent>): Panel {
  return { id, title, open: false, component: later(load), narrow: "drawer" };
}

/** panels are all of them, in their order. */
export const panels: Panel[] = [
  { id: "keys", title: "Keys", section: "keys", open: true, component: KeysPanel, narrow: "drawer" },
  { id: "users", title: "Users", section: "users", open: true, component: UsersPanel, narrow: "drawer" },
  { id: "files", title: "Files", section: "files", open: true, component: FilesPanel, narrow: "drawer", tools: FileTools },
  part("sessions", "Sessions", () => import("./Sessions.tsx").then((m) => m.SessionsPanel)),
  part("approvals", "Approvals", () => import("./Approvals.tsx").then((m) => m.ApprovalsPanel)),
  part("audit", "Audit", () => import("./Audit.tsx").then((m) => m.AuditPanel)),
  { id: "cluster", title: "Cluster", section: "cluster", open: true, component: ClusterPanel, narrow: "strip" },
];
