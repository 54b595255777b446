// Where the page lives. Several copies of it may stand on one origin, each in a directory of its own: what a copy keeps in the browser
// carries that directory in its name.

/** here is the directory of the page, without index.html. The build, which draws the page once, has no document. */
export const here = new URL(".", globalThis.document?.baseURI ?? "http://localhost/").pathname;

/** former is the name that something had when copies shared it. It is read once, and left. */
export function former(what: string): string {
  return `hsmplay:${what}`;
}

/** own is the name under which this copy keeps something. */
export function own(what: string): string {
  return `hsmplay:${here}${what}`;
}
