// Rows of a point as they are stored: JSON, packed where the browser can.

/** Rows are the rows of a world that a point has of its own; null is one that is no more. */
export type Rows = Record<string, string | null>;

/** through sends bytes through a stream that packs or unpacks. */
const through = (data: BlobPart, by: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>) => new Response(new Blob([data]).stream().pipeThrough(by));

/** pack writes rows. */
export async function pack(rows: Rows): Promise<Uint8Array | string> {
  const text = JSON.stringify(rows);
  if (!globalThis.CompressionStream) return text;
  return new Uint8Array(await through(text, new CompressionStream("gzip")).arrayBuffer());
}

/** unpack reads rows; it rejects for what is none. */
export async function unpack(value: unknown): Promise<Rows> {
  const text = typeof value === "string" ? value : await through(value as BlobPart, new DecompressionStream("gzip")).text();
  return JSON.parse(text) as Rows;
}

/** hide puts *** in place of passwords in the rows of what ran, and says whether there were some. */
export function hide(rows: Rows, secrets: string[]): boolean {
  let had = false;
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return secrets.reduce((text, secret) => text.replaceAll(secret, "***"), value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  for (const [name, row] of Object.entries(rows)) {
    if (row === null || !name.startsWith("ran/")) continue;
    const was = JSON.parse(row) as unknown;
    const is = JSON.stringify(clean(was));
    if (is === JSON.stringify(was)) continue;
    rows[name] = is;
    had = true;
  }
  return had;
}
