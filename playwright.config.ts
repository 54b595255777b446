// The tests of the page: the built site, served as `hsmplay serve` does, in Chromium ($CHROMIUM, see scripts/chromium.sh). The
// server finds a port and says which.
import { defineConfig } from "@playwright/test";

declare const process: { env: Record<string, string | undefined> };

export default defineConfig({
  testDir: "web/test/e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // A busy machine is no fault of the page: tests wait for states, and these are for what never comes.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  // Told apart in the report as flaky, with what stood on the page: to be looked into, and no reason to lose a night's run.
  retries: 2,
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${process.env["HSMPLAY_PORT"]}/`,
    viewport: { width: 1440, height: 900 },
    serviceWorkers: "block",
    launchOptions: {
      executablePath: process.env["CHROMIUM"],
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"],
    },
  },
  webServer: {
    command: "bin/hsmplay serve -addr 127.0.0.1:0",
    wait: { stdout: /hsmplay is at http:.*:(?<hsmplay_port>\d+)/ },
  },
});
