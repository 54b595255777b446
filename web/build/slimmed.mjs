// slimmed.mjs PROGRAM ENGINE [ARGUMENT...] runs a program with an engine of Go that was slimmed before.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { slim } from "./slim.mjs";

const [program, engine, ...rest] = process.argv.slice(2);
const slimmed = `${engine}.slim`;
writeFileSync(slimmed, slim(readFileSync(engine)));
const { status } = spawnSync(program, [slimmed, ...rest], { stdio: "inherit" });
rmSync(slimmed);
process.exit(status ?? 1);
