// The addresses of the desk of benefits: which screen, which campaign or merchant.

/** Where the desk is. */
export const BASE = "/benefits/desk";

/** The screen of an address: `campaigns`, `members`, …, and what follows its name. */
export function screenOf(url: URL): { readonly name: string; readonly rest: string } {
  const [, , , name = "", ...rest] = url.pathname.split("/");
  return { name: name || "campaigns", rest: rest.join("/") };
}

/** The address of a screen, or of one thing on it. */
export function hrefOf(name: string, rest = ""): string {
  if (name === "campaigns" && !rest) return BASE;
  return rest ? `${BASE}/${name}/${rest}` : `${BASE}/${name}`;
}
