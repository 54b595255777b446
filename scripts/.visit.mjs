import { chromium } from "@playwright/test";
import { spawn } from "node:child_process"; import { once } from "node:events"; import { createInterface } from "node:readline"; import { mkdtempSync } from "node:fs";
const [site, sw, n="6", exe="/usr/bin/chromium-headless-shell"] = process.argv.slice(2);
const server = spawn("bin/hsmplay", ["serve", "-addr", "127.0.0.1:0","-site",site], { stdio: ["ignore", "pipe", "inherit"] });
const [said] = await once(createInterface(server.stdout), "line");
const home = said.match(/http:\S+/)[0];
const c = await chromium.launchPersistentContext(mkdtempSync("/tmp/prof-"), { executablePath: exe, args: ["--no-sandbox", "--disable-gpu"], serviceWorkers: sw });
const p = await c.newPage(); const ts=[];
for (let k=0;k<+n;k++){
  await p.goto(home);
  const r = await p.evaluate(async()=>{await hsmplay.ready; const t=performance.now(); const e=performance.getEntriesByType("resource").find(e=>e.name.endsWith(".wasm")); return [t|0,e?.startTime|0,e?.responseEnd|0, e?.transferSize, ...performance.getEntriesByType("mark").map(m=>m.name+":"+(m.startTime|0))]});
  console.log(k, JSON.stringify(r)); ts.push(r[0]);
  if (k==0 && sw=="allow") { await p.evaluate(()=>navigator.serviceWorker.ready); await p.waitForTimeout(1500);} 
  await p.waitForTimeout(2500);
}
console.log(site, sw, "again min", Math.min(...ts.slice(2)), "median", ts.slice(2).sort((a,b)=>a-b)[(ts.length-2)>>1]);
await c.close(); server.kill();
