// Servers of a test's own: for pages that are to stand elsewhere, or whose server is to go away.

import { spawn } from "node:child_process";

/** serving serves a folder and answers with its address. */
export async function serving(folder: string): Promise<{ home: string; stop(): void }> {
  const server = spawn("bin/hsmplay", ["serve", "-addr", "127.0.0.1:0", "-site", folder]);
  const home = await new Promise<string>((done) => server.stdout.on("data", (said) => done(/http:\S+/.exec(String(said))![0])));
  return { home, stop: () => void server.kill() };
}
