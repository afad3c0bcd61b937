import { defineConfig } from "@playwright/test";

// Debian's Chromium; nothing is downloaded.
const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
};

// Pictures for the papers and for looking at: npm run pictures. Not part of a test run.
if (process.argv.includes("--project=pictures")) process.env.PICTURES = "1";

export default defineConfig({
  outputDir: process.env.PICTURES ? "test-results/pictures" : "test-results/panel",
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // What passes only at the second try is called flaky and told at the end.
  retries: 1,
  reporter: [["list"], ["./last-words.ts"]],
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: "chromium",
    launchOptions: chromium,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
  projects: [
    { name: "panel", testDir: "tests" },
    ...(process.env.PICTURES ? [{ name: "pictures", testDir: "pictures", workers: 1 }] : []),
  ],
});
