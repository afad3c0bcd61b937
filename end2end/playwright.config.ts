import { defineConfig } from "@playwright/test";

// Debian's Chromium; nothing is downloaded.
const chromium = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
};

export default defineConfig({
  outputDir: "test-results",
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
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
    // Pictures for the papers and for looking at: npm run pictures. Not part of a test run.
    ...(process.argv.some((word) => word.includes("pictures"))
      ? [{ name: "pictures", testDir: "pictures", workers: 1 }]
      : []),
  ],
});
