import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const plain = (words: string) => words.replace(/\u001b\[[0-9;]*m/g, "").trim();

/** Says last, in a few lines, what failed and why, and what passed only when it was tried again. */
export default class LastWords implements Reporter {
  private readonly said: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === "skipped") return;
    for (const error of result.errors) {
      const place = error.location ? `${error.location.file.split("/").pop()}:${error.location.line}` : "";
      const words = plain(error.message ?? String(error.value)).split("\n").filter((line) => line.trim()).slice(0, 8).map((line) => line.slice(0, 300));
      this.said.push(`try ${result.retry + 1}, ${test.title}, ${place}\n    ${words.join("\n    ")}`);
    }
  }

  onEnd(): void {
    if (this.said.length) console.log(`\nWhat went wrong:\n  ${this.said.join("\n  ")}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
