// The built site, served as `hsmplay serve` does, on a port that stays the same when it is stopped and started again.
import { spawn } from "node:child_process";
import { resolve } from "node:path";

const top = resolve(import.meta.dirname, "../../..");

/** serve starts the server and answers with its address, and with how it is stopped. */
export function serve(port = 0) {
  return new Promise((done, fail) => {
    const server = spawn(`${top}/bin/hsmplay`, ["serve", "-addr", `127.0.0.1:${port}`], { cwd: top });
    const stop = () => new Promise((stopped) => {
      server.once("exit", stopped);
      server.kill();
    });
    let said = "";
    const hear = (text) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found) done({ address: found[0], port: Number(found[1]), stop });
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    server.once("exit", () => fail(new Error(`hsmplay serve has ended: ${said}`)));
  });
}
