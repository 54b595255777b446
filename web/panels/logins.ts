// The lines that log a user in, by the program that is to run them.

import type { UserRow } from "../hsm";

type Lines = Record<string, (user: UserRow) => string>;

/** logins are the lines of each tool, by the user's type. */
const logins: Record<string, Lines> = {
  key_mgmt_util: { CU: (u) => `loginHSM -u CU -s ${u.name} -p ${u.password}` },
  cloudhsm_mgmt_util: {
    CU: (u) => `loginHSM CU ${u.name} ${u.password}`,
    CO: (u) => `loginHSM CO ${u.name} ${u.password}`,
  },
};

const startOfficers = "/opt/cloudhsm/bin/cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg";

/** starts are the lines of bash that begin the tool in which a user of a type works. */
const starts: Record<string, string> = { CU: "key_mgmt_util", CO: startOfficers };

/** loginLine is the line for a user that the front program can run: a login, or in bash the start of the tool. Where none
 *  fits, or no password is known, it is "". */
export function loginLine(program: string, prompt: string, user: UserRow): string {
  if (user.password === "") return "";
  if (program === "bash") return starts[user.type] ?? "";
  // Inside one server cloudhsm_mgmt_util has no login.
  if (prompt.startsWith("server")) return "";
  return logins[program]?.[user.type]?.(user) ?? "";
}
