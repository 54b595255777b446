// Rows of worlds as the engine tells them: HSMs that agree have rows with the same text, which stands once.

type Told = Record<string, string | null | { as: string }>;

/** filled puts the texts of an answer's rows where the engine only named the row that has the same. */
export function filled(answer: { rows?: unknown; worlds?: { rows: Told }[] }): void {
  if (answer.rows && !Array.isArray(answer.rows)) fill(answer.rows as Told);
  if (Array.isArray(answer.worlds)) answer.worlds.forEach((w) => fill(w.rows));
}

function fill(rows: Told): void {
  for (const [name, row] of Object.entries(rows)) if (row && typeof row === "object") rows[name] = rows[row.as]!;
}
