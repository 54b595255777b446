// The panels: sorted, folded, with details as a row, and smooth with many rows.

import { expect, test, type Play } from "./play.ts";

const handles = (play: Play) => play.page.locator("#keys tbody .chip").allTextContents();

/** make makes symmetric keys in one go. */
async function make(play: Play, count: number): Promise<void> {
  await play.empty();
  await play.type(`{ echo loginHSM -u CU -s example_user -p aws; for i in $(seq ${count}); do echo genSymKey -t 31 -s 32 -l key$i; done; } | key_mgmt_util > out`);
}

test("keys: the newest first, sorted by their heads", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l beta", "genECCKeyPair -i 2 -l alpha");
  await expect(play.key(9)).toBeVisible();
  await expect.poll(() => handles(play)).toEqual(["9", "8", "7", "6"]);
  await play.page.locator("#keys").getByRole("button", { name: "Label" }).click();
  await expect.poll(() => handles(play)).toEqual(["8", "9", "6", "7"]);
  await expect(play.page.locator("#keys th.label")).toHaveAttribute("aria-sort", "ascending");
  await play.page.locator("#keys").getByRole("button", { name: "Label" }).click();
  await expect.poll(() => handles(play)).toEqual(["6", "7", "8", "9"]);
});

test("keys: details are a row of their own, and their buttons type the lines", async ({ play }) => {
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  const wide = await play.page.locator("#keys table").evaluate((t) => t.clientWidth);
  await play.key(7).getByRole("button", { name: "ecc14" }).click();
  const detail = play.page.locator("#keys tr.detail");
  await expect(detail).toContainText("made in the HSM");
  expect(await detail.evaluate((d) => d.clientWidth)).toBe(wide);
  await expect(play.key(7).getByRole("button", { name: "ecc14" })).toHaveAttribute("aria-expanded", "true");
  await detail.getByRole("button", { name: "Sign key 7" }).click();
  await expect(play.field).toHaveValue("sign -f message.txt -k 7 -m 18 -out message.txt.sig");
  await expect(play.page.locator(".typedby")).toContainText("echo \"A message to sign\" > message.txt");
  await play.enter();
  await expect(play.last()).toContainText("signature is written to file message.txt.sig");
  await detail.getByRole("button", { name: "Attributes key 7" }).click();
  await play.enter();
  await expect(play.last()).toContainText("Cfm3GetAttribute returned: 0x00");
  await detail.getByRole("button", { name: "Delete key 7" }).click();
  await play.enter();
  await expect(play.key(7)).toHaveCount(0);
  await play.key(6).getByRole("button", { name: "ecc14" }).click();
  await expect(detail.getByRole("button", { name: "Export key 6" })).toBeVisible();
  await expect(detail.getByRole("button", { name: "Sign key 6" })).toHaveCount(0);
});

test("keys: 61 of them take no more room than their box, and all can be reached by arrows", async ({ play }) => {
  await make(play, 61);
  await expect(play.page.locator("#keys .count")).toHaveText("61");
  expect(await play.page.locator("#keys").evaluate((k) => k.clientHeight)).toBeLessThan(620);
  const list = play.page.locator("#keys .rows");
  expect(await list.locator("button, .term").evaluateAll((all) => all.filter((e) => e.checkVisibility() && (e as HTMLElement).tabIndex === 0).length)).toBe(1);
  await list.getByRole("button", { name: "Insert handle 66", exact: true }).focus();
  for (let i = 0; i < 60; i++) await play.press("ArrowDown");
  await expect(list.getByRole("button", { name: "Insert handle 6", exact: true })).toBeFocused();
});

test("keys: those beyond the first 200 are there too, the newest at once, and found", async ({ play }) => {
  await make(play, 450);
  await expect(play.key(455)).toBeVisible();
  expect(await play.page.locator("#keys tr.data").count()).toBeLessThan(60);
  await play.page.locator("#keys .rows").evaluate((r) => r.scrollTo(0, 1e6));
  await expect(play.key(6)).toBeVisible();
  await play.page.getByLabel("Filter keys").fill("key300");
  await expect(play.page.locator("#keys tr.data")).toHaveCount(1);
  await expect(play.key(305)).toContainText("key300");
});

test("the panels are as wide as they are dragged, and a second column stands from 1,600 px", async ({ play }) => {
  const panels = play.page.locator("#panels");
  const before = await panels.evaluate((p) => p.clientWidth);
  const line = (await play.page.getByRole("separator").boundingBox())!;
  await play.page.mouse.move(line.x + 4, 400);
  await play.page.mouse.down();
  await play.page.mouse.move(line.x - 96, 400, { steps: 4 });
  await play.page.mouse.up();
  expect(Math.abs(await panels.evaluate((p) => p.clientWidth) - before - 100)).toBeLessThan(3);
  await play.page.getByRole("separator").dblclick();
  expect(await panels.evaluate((p) => p.clientWidth)).toBe(before);
  await play.page.setViewportSize({ width: 1700, height: 900 });
  const at = (id: string) => play.page.locator(id).evaluate((e) => Math.round(e.getBoundingClientRect().left));
  expect(await at("#keys")).toBeGreaterThan(await at("#cluster") + 300);
});

test("keys: the lines of a key name files and keys that are there, or make them", async ({ play }) => {
  await play.empty();
  await play.type("echo ours > contract.txt");
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await play.key(7).getByRole("button", { name: "ecc14" }).click();
  const detail = play.page.locator("#keys tr.detail");
  await detail.getByRole("button", { name: "Sign key 7" }).click();
  await expect(play.field).toHaveValue("sign -f contract.txt -k 7 -m 18 -out contract.txt.sig");
  await play.enter();
  await detail.getByRole("button", { name: "Export key 7" }).click();
  await expect(play.field).toHaveValue("genSymKey -t 31 -s 32 -l wrapper");
  await play.enter();
  await expect(play.key(8)).toBeVisible();
  await detail.getByRole("button", { name: "Export key 7" }).click();
  await expect(play.field).toHaveValue("exportPrivateKey -k 7 -out key7.pem -w 8");
  await play.enter();
  await expect(play.last()).toContainText("PEM formatted private key is written to key7.pem");
});

test("files: from eight on there is a filter", async ({ play }) => {
  await play.empty();
  await play.type("for i in 1 2 3 4 5 6 7; do echo $i > file$i; done");
  await expect(play.page.locator("#files li")).toHaveCount(7);
  await expect(play.page.getByLabel("Filter files")).toHaveCount(0);
  await play.type("echo 8 > other");
  await play.page.getByLabel("Filter files").fill("OTH");
  await expect(play.page.locator("#files li")).toHaveCount(1);
  await play.page.getByLabel("Filter files").fill("nothing");
  await expect(play.page.locator("#files")).toContainText("No file matches. 8 are hidden.");
  await play.page.locator("#files").getByRole("button", { name: "show all" }).click();
  await expect(play.page.locator("#files li")).toHaveCount(8);
});

test("cluster: an HSM is isolated, slowed down and tampered with by buttons that type their lines", async ({ play }) => {
  await play.empty();
  const more = play.page.getByRole("button", { name: "More for HSM 1" });
  await more.click();
  await expect(more).toHaveAttribute("aria-expanded", "true");
  const node = play.node(1);
  const deeds: [string, string][] = [["delay", "hsm delay 1 2s"], ["tamper", "hsm tamper 1"], ["isolate", "hsm isolate 1"], ["heal", "hsm heal 1"], ["no delay", "hsm delay 1 0"], ["untamper", "hsm tamper 1"], ["audit", "hsm audit 1"]];
  for (const [says, line] of deeds) {
    await node.getByRole("button", { name: `${says} HSM 1`, exact: true }).first().click();
    await expect(play.typed.last()).toHaveText(line);
    if (says === "tamper") await expect(node).toContainText("Copies to it take 2 s. It runs changed firmware.");
    if (says === "isolate") await expect(node).toContainText("cut off");
  }
  await expect(node).not.toContainText("firmware");
  await more.click();
  await expect(node.getByRole("button", { name: "audit HSM 1" })).toHaveCount(0);
});

test("cluster: a mark travels for each call, at most 24 at once, and none stays", async ({ play }) => {
  await play.login();
  await play.empty();
  const marks = await play.page.evaluate(async () => {
    let most = 0;
    const count = () => (most = Math.max(most, document.querySelectorAll("#cluster .hop").length));
    new MutationObserver(count).observe(document.querySelector("#cluster")!, { childList: true, subtree: true });
    for (let i = 0; i < 30; i++) await hsmplay.exec(`genSymKey -t 31 -s 32 -l burst${i}`);
    return most;
  });
  expect(marks).toBeGreaterThan(0);
  expect(marks).toBeLessThanOrEqual(24);
  await expect(play.page.locator("#cluster .hop")).toHaveCount(0);
});

const unfold = (play: Play, title: string) => play.page.locator("#drawer").getByRole("button", { name: title, exact: true }).click();

test("sessions: the path of each tool to the HSMs", async ({ play }) => {
  await unfold(play, "Sessions");
  const panel = play.page.locator("#sessions");
  await expect(panel).toContainText("The client daemon reaches HSM 0 1 2. Its file names HSM 0.");
  await expect(panel).toContainText("No tool has a session.");
  await play.login();
  await expect(panel.locator("li")).toHaveText("key_mgmt_util → client daemon → HSM 0 1 2CU example_user is logged in");
  await play.newTab();
  await play.type("cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password");
  await expect(panel.locator("li").last()).toHaveText("cloudhsm_mgmt_util → own connections → HSM 0 1 2CO admin is logged in");
  await play.type("quit");
  await expect(panel.locator("li")).toHaveCount(1);
});

test("approvals: what is asked for, who can give them, and the tokens that wait", async ({ play }) => {
  await unfold(play, "Approvals");
  const panel = play.page.locator("#approvals");
  await expect(panel).toContainText("No approvals are asked for. Nobody has registered a key to approve with.".slice(0, 27));
  await play.empty();
  await play.type("openssl genrsa -out officer.key 2048", "openssl rsa -in officer.key -pubout -out officer.pem", "head -c 245 /dev/urandom > reg", "openssl dgst -sha256 -sign officer.key -out reg.sig reg",
    "cloudhsm_mgmt_util /opt/cloudhsm/etc/cloudhsm_mgmt_util.cfg", "loginHSM CO admin password", "registerQuorumPubKey CO admin reg reg.sig officer.pem");
  await play.answer("y");
  await expect(panel).toContainText("Can approve: admin.");
  await play.type("createUser CO officer2 password1");
  await play.answer("y");
  await play.type("setMValue 3 2");
  await play.answer("y");
  await expect(panel).toContainText("Managing users takes 2 approvals");
  await expect(panel).toContainText("No token waits.");
  await play.type("getToken 3 admin token");
  await expect(panel.locator("tr.data")).toHaveCount(3);
  await expect(panel.locator("tr.data").first()).toHaveText("1managing usersadmin0 of 20");
});

test("audit: the newest entries, filtered, each opens to what the log has", async ({ play }) => {
  await unfold(play, "Audit");
  const panel = play.page.locator("#audit");
  await play.login();
  await play.type("genECCKeyPair -i 14 -l ecc14");
  await expect(panel).toContainText("a key pair was generated");
  await panel.getByLabel("Filter the audit logs").fill("generate_key_pair");
  await expect(panel.locator("tr.data")).toHaveCount(1);
  await panel.getByRole("button", { name: "a key pair was generated" }).click();
  await expect(panel.locator("tr.detail")).toContainText("Priv/Secret Key Handle : 7");
  await expect(panel.locator("tr.detail")).toContainText("by example_user");
  await play.field.focus();
  await play.type("genECCKeyPair -i 1 -l ecc1");
  await expect(panel.locator("tr.data").first()).toContainText("a key pair was not generated");
  await expect(panel.locator("tr.data").first().locator(".code")).toHaveText("0xb3");
  await panel.getByLabel("Filter the audit logs").fill("nothing has this");
  await expect(panel).toContainText("No entry matches.");
});
