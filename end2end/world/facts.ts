// The names of the pretend world, as they stand in sandbox.toml and setup.toml beside this file.

export type Person = "admin" | "dana" | "newcomer" | "forgetful";

/** Everybody's password. */
export const PASSWORD = "a long browser password";

/** Who signs in how: the admin owns Gulin, Dana is an end-user who owns Steppe, the other two have nothing. */
export const EMAIL: Record<Person, string> = {
  admin: "admin@thoth.example",
  dana: "dana@thoth.example",
  newcomer: "newcomer@thoth.example",
  forgetful: "forgetful@thoth.example",
};

export interface Business {
  name: string;
  number: string;
  phoneId: string;
  portal: string;
  line: string;
}

export const GULIN: Business = {
  name: "Gulin Flowers",
  number: "+77272000111",
  phoneId: "666000111",
  portal: "a1b2c3d4e5f60718293a4b5c6d7e8f90",
  line: "THOTH_77272000111",
};

export const STEPPE: Business = {
  name: "Steppe Coffee",
  number: "+77172000333",
  phoneId: "666000333",
  portal: "b2c3d4e5f60718293a4b5c6d7e8f90a1",
  line: "THOTH_77172000333",
};

/** The Meta app of the world in which nothing is connected. */
export const META_APP = {
  id: "700100200300400",
  secret: "browser-app-secret-1f0a7be2c9536814",
  config: "990011223344556",
};

/** Another app of the same business: its tokens reach the same WABAs. */
export const OTHER_APP = { id: "700100200300401", secret: "browser-app-secret-2be2c95368141f0a" };

/** Its WABAs. */
export const WABA = { gulin: "300400500600700", steppe: "300400500600701" };
