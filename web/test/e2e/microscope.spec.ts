// The microscope on a key, and what is decoded where it is shown.

import { expect, test, type Play } from "./play.ts";

/** closer opens the microscope on a key. */
async function closer(play: Play, handle: number): Promise<void> {
  const button = play.page.getByRole("button", { name: `Look closer at key ${handle}`, exact: true });
  if (await button.count() === 0) await play.key(handle).locator(".label-of").click();
  await button.click();
}

test("a key from all sides: its life, its copies, who may, and its attributes", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14 -nex");
  await closer(play, 7);
  const dialog = play.page.getByRole("dialog", { name: "Key 7" });
  await expect(dialog).toContainText(/Key 7, the other half of key 6, was made inside on HSM 0, .*, by example_user\./);
  await expect(dialog).toContainText("a key pair was generated");
  await expect(dialog).toContainText("HSM 1 2");

  await dialog.getByRole("button", { name: "Copies" }).click();
  await expect(dialog.getByRole("row", { name: /^HSM 0/ })).toContainText("Nothing: HSM 1 2 have it too.");

  await dialog.getByRole("button", { name: "Who may" }).click();
  await expect(dialog.getByRole("row", { name: /sign with it/ })).toContainText("its owner: yes");
  await expect(dialog.getByRole("row", { name: /sign with it/ })).toContainText("other crypto users: no: they do not see it");
  await expect(dialog.getByRole("row", { name: /take it out/ })).toContainText("OBJ_ATTR_EXTRACTABLE is off");
  await expect(dialog.getByRole("row", { name: /mark it as trusted/ })).toContainText("crypto officers: yes");

  await dialog.getByRole("button", { name: "Attributes" }).click();
  const sign = dialog.getByRole("row", { name: "OBJ_ATTR_SIGN 264 CKA_SIGN sign" });
  await expect(sign).toContainText("0x01 yes");
  await expect(sign).toContainText("its owner may change it");
  await play.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("what would be lost if an HSM died: nothing, the use for a while, or the key for good", async ({ play }) => {
  await play.empty();
  await play.type("hsm stop 1", "hsm stop 2");
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l lonely");
  await closer(play, 6);
  const dialog = play.page.getByRole("dialog", { name: "Key 6" });
  await dialog.getByRole("button", { name: "Copies" }).click();
  await expect(dialog.getByRole("row", { name: /HSM 0/ })).toContainText("The key, for good");
  await expect(dialog.getByRole("row", { name: /HSM 2/ })).toContainText("lacks it");
  await play.press("Escape");
  await play.type("exit", "hsm backup");
  const backup = /backup-\w+/.exec(await play.last().innerText())![0];
  await closer(play, 6);
  await dialog.getByRole("button", { name: "Copies" }).click();
  await expect(dialog.getByRole("row", { name: /HSM 0/ })).toContainText(`This copy. ${backup} has it as it was then.`);
});

test("decoded is offered where a dump is written, shown, or read on each server", async ({ play }) => {
  await play.login();
  await play.type("genSymKey -t 31 -s 32 -l aes", "getAttribute -o 6 -a 512 -out attr_6");
  const decode = play.last().getByRole("button", { name: /^Decode/ });
  await decode.click();
  const dialog = play.page.locator("dialog");
  await expect(dialog.getByRole("row", { name: /OBJ_ATTR_EXTRACTABLE/ })).toContainText("yes");
  await play.press("Escape");
  await play.type("exit", "cat attr_6");
  await play.last().getByRole("button", { name: "Decode the answer of cat" }).click();
  await expect(dialog).toContainText("Attribute dump of key 6");
  await play.press("Escape");
  await play.type("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CU example_user aws", "getAttribute 6 3");
  await play.last().getByRole("button", { name: "Decode the answer of getAttribute" }).click();
  await expect(dialog).toContainText("On server 2(10.0.3.12)");
  await play.press("Escape");
  await play.type("quit", "echo OBJ_");
  await expect(play.last().getByRole("button", { name: /^Decode/ })).toHaveCount(0);
});

test("the viewer decodes JSON and token files of CloudHSM CLI, and says more of certificates and requests", async ({ play }) => {
  await play.empty();
  const dialog = play.page.locator("dialog");
  const view = (name: string) => play.page.getByRole("button", { name: `View ${name}`, exact: true }).click();
  await play.type("cloudhsm-cli user list > users.json", "openssl genrsa -out ca.key 2048", "openssl req -new -x509 -days 30 -key ca.key -subj /CN=Ours -out ca.crt", "openssl req -new -key ca.key -subj /CN=Host -out host.csr",
    "echo '{\"version\":\"2.0\",\"service\":\"quorum\",\"approval_data\":\"AAAA\",\"token\":\"BBBB\",\"signatures\":[{\"username\":\"admin\",\"signature\":\"x\"}]}' > token.json");
  await view("users.json");
  await expect(dialog).toContainText("An answer of CloudHSM CLI: success.");
  await expect(dialog.getByRole("row", { name: "data.users[0].username" })).toContainText("admin");
  await play.press("Escape");
  await view("token.json");
  await expect(dialog).toContainText("A quorum token of CloudHSM CLI with 1 approval.");
  await play.press("Escape");
  await view("ca.crt");
  await expect(dialog).toContainText(/Holds from \d{4}-\d\d-\d\d .* to /);
  await expect(dialog).toContainText("Signed by RSA with SHA-256.");
  await expect(dialog).toContainText("it is signed with its own key");
  await play.press("Escape");
  await view("host.csr");
  await expect(dialog).toContainText("Asks an authority for a certificate");
});

test("the viewer reads the token file of cloudhsm_mgmt_util", async ({ play }) => {
  await play.empty();
  const record = (node: number) => `\\x00\\x05\\x00\\x03\\x00\\x00\\x00\\x0${node}${"\\x00".repeat(24)}admin${"\\x00".repeat(27)}\\x65\\x00\\x00\\x00${"\\x00".repeat(12)}`;
  await play.type(`printf '${[0, 1, 2].map(record).join("")}' > tok`);
  await play.page.getByRole("button", { name: "View tok", exact: true }).click();
  await expect(play.page.locator("dialog")).toContainText("A token file of cloudhsm_mgmt_util, 3 tokens");
  await expect(play.page.locator("dialog").getByRole("row", { name: /HSM 2: token/ })).toContainText("5");
  await expect(play.page.locator("dialog")).toContainText("for user management, asked for by admin");
});
