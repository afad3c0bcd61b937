import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, Running, TARGET } from "./process";

/** THOTH as a process with a data folder of its own. */
export class Thoth {
  private server: Running | undefined;

  private constructor(
    readonly url: string,
    readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  /** One that is not started yet, on a port of its own. */
  static async prepare(): Promise<Thoth> {
    const folder = mkdtempSync(join(tmpdir(), "thoth-browser-"));
    const listen = `127.0.0.1:${await freePort()}`;
    return new Thoth(`http://${listen}`, folder, {
      THOTH_LISTEN: listen,
      THOTH_DATA_DIR: folder,
      THOTH_SITE_DIR: join(TARGET, "site"),
      THOTH_ALLOW_PRIVATE_TARGETS: "true",
      THOTH_UNKNOWN_WAIT: "3",
    });
  }

  set(name: string, value: string): void {
    this.env[name] = value;
  }

  /** Brings accounts in from this text. */
  async provision(setup: string): Promise<void> {
    const path = join(this.folder, "setup.toml");
    writeFileSync(path, setup);
    const running = Running.start("thoth", ["provision", path], this.env);
    const code = await running.ended();
    if (code !== 0) throw new Error(`thoth provision ended with ${code}:\n${running.said}`);
  }

  /** Starts the server and waits until it is ready. */
  async serve(): Promise<void> {
    this.server = Running.start("thoth", ["serve"], this.env);
    const over = this.server.ended().then((code) => {
      throw new Error(`thoth serve ended with ${code}:\n${this.server?.said}`);
    });
    over.catch(() => undefined);
    await Promise.race([over, this.ready()]);
  }

  private async ready(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((go) => setTimeout(go, 50));
    }
  }

  /** The one-time link for the first admin, which is printed while nobody can sign in. */
  async setupLink(): Promise<string> {
    if (!this.server) throw new Error("the server does not run");
    return (await this.server.line(/\/setup\//)).trim();
  }

  /** What the server printed. */
  get said(): string {
    return this.server?.said ?? "";
  }

  async stop(): Promise<void> {
    await this.server?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
