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

/** Both programs, told about each other; THOTH is not started yet. */
async function meet(world: string): Promise<World> {
  const thoth = await Thoth.prepare();
  const sandbox = await Sandbox.start(thoth.folder, thoth.url, world);
  const { graph, facebook, oauth } = sandbox.addresses;
  thoth.set("THOTH_GRAPH_URL", graph);
  thoth.set("THOTH_FACEBOOK_URL", facebook);
  thoth.set("THOTH_BITRIX_OAUTH_URL", oauth);
  thoth.set("THOTH_BITRIX_JS_URL", `${oauth}/api/v1/`);
  const end = async () => {
    await thoth.stop();
    await sandbox.stop();
  };
  return { thoth, sandbox, end };
}

/** Starts both and brings the accounts in. */
export async function begin(): Promise<World> {
  const world = await meet("sandbox.toml");
  const setup = readFileSync(join(import.meta.dirname, "setup.toml"), "utf8")
    .replaceAll("{gulin}", world.sandbox.domain(GULIN.portal))
    .replaceAll("{steppe}", world.sandbox.domain(STEPPE.portal))
    .replaceAll("{oauth}", world.sandbox.addresses.oauth);
  await world.thoth.provision(setup);
  await world.thoth.serve();
  return world;
}

/** A world in which nothing is connected, and a THOTH with an empty database. */
export async function beginUnconnected(): Promise<World> {
  const world = await meet("empty.toml");
  await world.thoth.serve();
  return world;
}

/** A THOTH with an empty database, as after the first start. */
export async function beginEmpty(): Promise<Thoth> {
  const thoth = await Thoth.prepare();
  await thoth.serve();
  return thoth;
}
