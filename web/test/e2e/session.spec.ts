// The session that the project was begun for, by real keys.

import { expect, test } from "./play.ts";

const curves = { p256: "NID_X9_62_prime256v1", p384: "NID_secp384r1", k256: "NID_secp256k1" };

test("a genECCKeyPair session, from the wrong word to the second terminal", async ({ play }) => {
  const last = play.last();
  await play.empty();
  await play.type("/opt/cloudhsm/bin/key_mgmt_util");
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });

  await play.type("genEccKeypair -i 14 -l ecc14");
  await expect(play.note("genECCKeyPair")).toBeVisible();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await expect(last).toContainText("Cfm3GenerateKeyPair returned: 0x");
  await expect(play.last().getByRole("note")).toContainText("loginHSM -u CU -s example_user -p aws");

  await play.type("loginHSM -u CU -s example_user -p aws");
  await expect(last).toContainText("Node id 2 and err state 0x00000000 : HSM Return: SUCCESS");
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await expect(last).toContainText("public key handle: 6    private key handle: 7");
  await expect(play.key(7)).toContainText("ecc14");
  await play.type("getAttribute -o 7 -a 512 -out attr_priv");
  await expect(last).toContainText("got all attributes of size 561 attr cnt 19");
  await play.type("cat attr_priv");
  await expect(last).toContainText("OBJ_ATTR_MODULUS_BITS");
  await play.type("genECCKeyPair -i 1 -l ecc1");
  await expect(last).toContainText("0xb3 : HSM Error: This operation violates the current configured/FIPS policies");
  await expect(play.page.locator("#cluster .summary")).toContainText("All 3 HSMs up");

  await play.type("genECCKeyPair -i 2 -l shared -u 4,5 -m_value 2 -nex -id k1 -attest");
  await expect(last).toContainText("private key handle: 9");
  await expect(last).toContainText("Attestation Check : [PASS]");
  await play.type("genECCKeyPair -i 16 -l tmp -sess");
  await expect(play.key(11)).toContainText("session");
  await play.type("genECCKeyPair -i 2 -l again -id k1");
  await expect(last).not.toContainText("private key handle");
  await play.type("getKeyInfo -k 9", "findKey", "findSingleKey -k 7", "listUsers", "listAttributes");
  await play.type("listECCCurveIds");
  for (const name of Object.values(curves)) await expect(last).toContainText(name);
  await play.type("Error2String -r 0xb3", "help", "genECCKeyPair -h");
  await expect(last).toContainText("-min_srv");

  await play.type("genECCKeyPair -i 2 -l stays -sess", "setAttribute -o 13 -a 1");
  await expect(play.prompt).toContainText("(0 or 1)");
  await play.answer("1");
  await expect(play.key(13)).not.toContainText("session");
  await play.type("logoutHSM", "loginHSM -u CU -s user4 -p aws");
  await expect(play.key(11)).toHaveCount(0);
  await play.type("findKey");
  await expect(last).toContainText("9");
  await play.type("getAttribute -o 9 -a 3 -out label");
  await expect(last).toContainText("Cfm3GetAttribute returned: 0x00");
  await play.type("deleteKey -k 9");
  await expect(last).toContainText("0xc6");
  await play.type("logoutHSM", "loginHSM -u CU -s example_user -p aws", "deleteKey -k 9");
  await expect(play.key(9)).toHaveCount(0);
  await play.type("logoutHSM", "exit");
  await expect(play.prompt).toHaveText("$ ", { useInnerText: false });
});

test("min_srv waits for a stopped HSM: the clock ends it, a second tab ends it, Ctrl-C ends it", async ({ play }) => {
  await play.empty();
  await play.type("hsm stop 2");
  await play.login();
  await play.send("genECCKeyPair -i 14 -l three -min_srv 3 -timeout 2");
  await expect(play.dock).toContainText("2 of 3");
  await expect(play.dock).toContainText("Ctrl-C stops");
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });
  await expect(play.last()).not.toContainText("public key handle");
  expect(await play.section("keys")).toEqual([]);

  await play.send("genECCKeyPair -i 14 -l three -min_srv 3");
  await expect(play.dock).toContainText("2 of 3");
  await play.newTab();
  await play.type("hsm start 2");
  await play.tabs.first().click();
  await expect(play.last()).toContainText("public key handle");
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });

  await play.page.getByRole("button", { name: "stop HSM 2" }).click();
  await expect(play.node(2)).toContainText("down");
  await play.page.locator("#field").focus();
  await play.send("genECCKeyPair -i 14 -l four -min_srv 3");
  await expect(play.dock).toContainText("2 of 3");
  await play.press("Control+c");
  await expect(play.prompt).toHaveText("Command:  ", { useInnerText: false });
  await play.type("findKey -l four");
  await expect(play.last()).toContainText("Total number of keys present 0");
});

test("half-way through a slow clone the key is on 2 of 3, in the list too", async ({ play }) => {
  await play.empty();
  await play.type("hsm delay 2 1000s");
  await play.login();
  await play.send("genECCKeyPair -i 14 -l slow");
  await expect(play.node(2)).toContainText("syncing");
  await expect(play.node(0)).toContainText("2 keys");
  await expect(play.node(2)).toContainText("0 of 2 keys");
  await expect(play.page.locator("#cluster .summary")).toContainText("missing on HSM 2");
});
