// cli.mjs measures CloudHSM CLI: a session at its prompt beside key_mgmt_util in the same run, pages of a full HSM, and one command
// as a whole process beside a Go program that does nothing.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { line, median } from "./line.mjs";

const login = ["cloudhsm-cli interactive", "login --username example_user --role crypto-user --password aws"];
const pairs = (n) => Array.from({ length: n }, (_, i) =>
  `key generate-asymmetric-pair ec --public-label p${i} --private-label k${i} --curve secp384r1 --public-attributes verify=true --private-attributes sign=true`);
const pages = Array.from({ length: 330 }, (_, i) => `key list --verbose --starting-token ${10 * i}`);

/** seconds that a process takes. */
function took(file, args, env = process.env) {
  const start = process.hrtime.bigint();
  execFileSync(file, args, { env, stdio: "ignore" });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** measureCLI prints the figures; cost is what extra lines take, older the pairs per second of key_mgmt_util in this run. */
export function measureCLI(cost, older) {
  const n = 800;
  const rate = Math.round(n / cost(login, pairs(n)));
  line("exec.cli.generate-ec", rate, "commands/s", `>=${Math.round(0.6 * older)}`, `genECCKeyPair=${older}/s share=${(rate / older).toFixed(2)}`);
  line("exec.cli.key-list.3300keys.330pages", cost([...login, ...pairs(1650)], pages) / pages.length * 1000, "ms/page");
  const home = mkdtempSync(join(tmpdir(), "hsmplay-cli-"));
  try {
    const env = { ...process.env, HSMPLAY_STATE: join(home, "world") };
    execFileSync("bin/hsmplay", ["install", join(home, "bin")], { env, stdio: "ignore" });
    const tool = join(home, "bin", "cloudhsm-cli");
    took(tool, ["user", "list"], env); // makes the world
    const five = (run) => median(Array.from({ length: 5 }, run)) * 1000;
    line("process.cli.user-list", five(() => took(tool, ["user", "list"], env)), "ms", "-", `empty=${five(() => took("build/bench/empty", [])).toPrecision(3)}ms`);
  } finally {
    rmSync(home, { recursive: true });
  }
}
