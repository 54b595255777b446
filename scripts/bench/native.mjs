// native.mjs measures bin/hsmplay, beside bare key generation in Go and SoftHSM2 through PKCS#11 where it is installed.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureCLI } from "./cli.mjs";
import { measureFork } from "./fork.mjs";
import { line, median } from "./line.mjs";
import { measureLargest } from "./largest.mjs";
import { measureNative } from "./types.mjs";

const login = ["key_mgmt_util", "loginHSM -u CU -s example_user -p aws"];
const pairs = (n) => Array.from({ length: n }, (_, i) => `genECCKeyPair -i 14 -l k${i}`);

/** exec types lines and returns the seconds it took. */
function exec(lines, nodes = 3) {
  const start = process.hrtime.bigint();
  execFileSync("bin/hsmplay", ["exec", "-nodes", `${nodes}`, "-"], {
    input: lines.join("\n") + "\n", maxBuffer: 1 << 30, stdio: ["pipe", "pipe", "ignore"],
  });
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** cost is what extra lines take beyond those that come before, in seconds: the median of five. */
function cost(before, extra, nodes) {
  return median(Array.from({ length: 5 }, () => exec([...before, ...extra], nodes) - exec(before, nodes)));
}

/** softhsm returns key pairs per second as session and as token objects, or null with a word why not. */
function softhsm() {
  const module = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so"].find(existsSync);
  if (!module) return console.error("no SoftHSM2 here: its yardstick is left out"), null;
  const home = mkdtempSync(join(tmpdir(), "hsmplay-softhsm-"));
  try {
    const conf = join(home, "softhsm2.conf");
    writeFileSync(conf, `directories.tokendir = ${home}\nlog.level = ERROR\n`);
    const env = { ...process.env, SOFTHSM2_CONF: conf };
    const run = (file, ...args) => execFileSync(file, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    const program = join(home, "softhsm");
    run("cc", "-O2", "-I/usr/include/p11-kit-1", "-o", program, join(import.meta.dirname, "softhsm.c"), "-ldl");
    run("softhsm2-util", "--init-token", "--free", "--label", "bench", "--pin", "1234", "--so-pin", "12345678");
    return run(program, module).trim().split("\n").map(Number);
  } catch (e) {
    return console.error(`SoftHSM2 cannot be measured: ${e.stderr?.trim() || e.message}`), null;
  } finally {
    rmSync(home, { recursive: true });
  }
}

const bare = Number(execFileSync("build/bench/keygen", { encoding: "utf8" }));
const soft = softhsm();
const n = 1600; // pairs that fit on an HSM
const older = Math.round(n / cost(login, pairs(n)));
line("exec.genECCKeyPair", older, "commands/s", ">=5000",
  `keygen=${bare}/s` + (soft ? ` softhsm.session=${soft[0]}/s softhsm.token=${soft[1]}/s` : ""));
line("exec.findKey.3300keys.28hsms", cost([...login, ...pairs(1650)], Array(200).fill("findKey"), 28) / 200 * 1000, "ms", "<=5");

const proof = process.hrtime.bigint();
const proved = execFileSync("bin/hsmplay", ["lesson", "check", "core/lesson/course"], { encoding: "utf8" }).trim().split("\n").length;
line("lesson.proof", Number(process.hrtime.bigint() - proof) / 1e9 / proved, "s/lesson", "<=4", `lessons=${proved}`);
measureCLI(cost, older);
measureFork();
measureLargest();
measureNative();
