import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GULIN, STEPPE } from "./facts";
import { Sandbox } from "./sandbox";
import { Thoth } from "./thoth";

/** A sandbox and a THOTH that know each other. */
export interface World {
  thoth: Thoth;
  sandbox: Sandbox;
  end(): Promise<void>;
}

/** Starts both and brings the accounts in. */
export async function begin(): Promise<World> {
  const thoth = await Thoth.prepare();
  const sandbox = await Sandbox.start(thoth.folder, thoth.url);
  const { graph, oauth } = sandbox.addresses;
  thoth.set("THOTH_GRAPH_URL", graph);
  thoth.set("THOTH_BITRIX_OAUTH_URL", oauth);
  const setup = readFileSync(join(import.meta.dirname, "setup.toml"), "utf8")
    .replaceAll("{gulin}", sandbox.domain(GULIN.portal))
    .replaceAll("{steppe}", sandbox.domain(STEPPE.portal))
    .replaceAll("{oauth}", oauth);
  await thoth.provision(setup);
  await thoth.serve();
  const end = async () => {
    await thoth.stop();
    await sandbox.stop();
  };
  return { thoth, sandbox, end };
}

/** A THOTH with an empty database, as after the first start. */
export async function beginEmpty(): Promise<Thoth> {
  const thoth = await Thoth.prepare();
  await thoth.serve();
  return thoth;
}
