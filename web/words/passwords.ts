// Passwords in typed lines: where they stand, for copies that leave the page and for lines that are suggested.

/** forms are the ways in which a line names a secret: what stands before it, and the secret. */
const forms: RegExp[] = [
  /(\s(?:-pass|-passin|-passout|--password|--pin|-K)(?:\s+|=))("[^"]*"|'[^']*'|\S+)/g,
  // Not behind programs to which -p is something else.
  /(^(?!\s*(?:sudo\s+)?(?:mkdir|cp|read|declare|export|trap|install|command)\s).*?\s-p\s+)("[^"]*"|'[^']*'|\S+)/g,
  /(^\s*(?:loginHSM|createUser|changePswd)\s+(?:CU|CO|PCO|PRECO|AU)\s+\S+\s+)((?!-)\S+)/g,
];

/** withoutPasswords leaves the secrets of a line out. */
export function withoutPasswords(line: string): string {
  return forms.reduce((text, form) => text.replace(form, "$1…"), line);
}

/** hasPassword says whether a line holds a secret. */
export function hasPassword(line: string): boolean {
  return withoutPasswords(line) !== line;
}

/** secretAt is where the first secret of a line begins, -1 for none. */
export function secretAt(line: string): number {
  const found = forms.flatMap((form) => [...line.matchAll(form)].map((hit) => hit.index + hit[1]!.length));
  return found.length > 0 ? Math.min(...found) : -1;
}
