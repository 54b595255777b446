// The names of what buttons do. main.ts holds the table; components only know the names.

/** ActionName is what a button, a notice or a key of the page can ask for. */
export type ActionName =
  | "focusField" | "newTab" | "newShell" | "startOver" | "startOverNow" | "help" | "real" | "takeOver" | "keepThis" | "tryAgain"
  | "stopIt" | "download" | "world" | "copyReport" | "reload" | "menu" | "panels" | "run" | "lessons" | "settings" | "timeline" | "bringBack";

let table: Record<ActionName, () => void> | null = null;

/** provide sets the table, once. */
export function provide(actions: Record<ActionName, () => void>): void {
  table = actions;
}

/** act does what a name says. */
export function act(name: ActionName): void {
  table?.[name]();
}
