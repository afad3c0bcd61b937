import { type ChildProcess, spawn } from "node:child_process";
import { accessSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Cargo's target folder, as the Makefile has it unless said otherwise. */
export const TARGET =
  process.env.CARGO_TARGET_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "thoth", "target");

/** A program of this workspace. */
export function program(name: string): string {
  const path = join(TARGET, "debug", name);
  accessSync(path);
  return path;
}

/** A port nobody listens on, below the range from which the system takes ports for calls going out. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_240 + Math.floor(Math.random() * 21_000);
    const free = await new Promise<boolean>((answer) => {
      const server = createServer();
      server.once("error", () => answer(false));
      server.listen(port, "127.0.0.1", () => server.close(() => answer(true)));
    });
    if (free) return port;
  }
}

/** A program that runs, and what it has printed so far. */
export class Running {
  private readonly lines: string[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        this.lines.push(line);
        this.tell();
      });
    }
    child.once("exit", () => this.tell());
  }

  static start(name: string, words: string[], env: Record<string, string> = {}): Running {
    const clean = Object.entries(process.env).filter(([key]) => !key.startsWith("THOTH_") && key !== "DATABASE_URL");
    const child = spawn(program(name), words, {
      env: { ...Object.fromEntries(clean), ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    return new Running(child, name);
  }

  private tell() {
    for (const act of this.waiting) act();
  }

  private get over() {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What was printed. */
  get said(): string {
    return this.lines.join("\n");
  }

  /** The first line that fits; fails when the program ends without it. */
  line(fits: RegExp): Promise<string> {
    return new Promise((found, failed) => {
      const look = () => {
        const line = this.lines.find((line) => fits.test(line));
        if (line === undefined && !this.over) return;
        this.waiting.delete(look);
        if (line === undefined) failed(new Error(`${this.name} ended without ${fits}:\n${this.said}`));
        else found(line);
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Its exit code, once it has ended by itself. */
  ended(): Promise<number | null> {
    if (this.over) return Promise.resolve(this.child.exitCode);
    return new Promise((answer) => this.child.once("close", (code) => answer(code)));
  }

  /** Ends it, and only it. */
  async stop(): Promise<void> {
    if (this.over) return;
    const ended = this.ended();
    this.child.stdin?.end();
    this.child.kill("SIGTERM");
    await ended;
  }
}
