// Passwords in lines that leave the page.

/** withoutPasswords leaves out what follows -p. */
export function withoutPasswords(line: string): string {
  return line.replace(/(\s-p\s+)\S+/g, "$1…");
}
