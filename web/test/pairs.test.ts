import assert from "node:assert/strict";
import { test } from "node:test";
import { pairs } from "../engine/pairs.ts";

/** come asks for a pair until one is ready. */
async function come(take: (curve: string) => Uint8Array | undefined, curve: string): Promise<Uint8Array> {
  for (;;) {
    const pair = take(curve);
    if (pair) return pair;
    await new Promise((soon) => setTimeout(soon, 5));
  }
}

/** scripted is a SubtleCrypto that counts what it is asked for, and answers with what it is told. */
function scripted(answer: () => Promise<never>) {
  const asked = { times: 0 };
  return { asked, subtle: { generateKey: () => (asked.times++, answer()) } as unknown as SubtleCrypto };
}

/** belong reports whether what the scalar signs verifies by the point: the private key
 *  travels as PKCS#8 without a public half (RFC 5915), so that it is the scalar that signs. */
async function belong(scalar: Uint8Array, point: Uint8Array): Promise<boolean> {
  const algorithm = { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" };
  const der = Uint8Array.of(0x30, 0x4e, 2, 1, 0, 0x30, 0x10, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 5, 0x2b, 0x81, 4, 0, 0x22,
    4, 0x37, 0x30, 0x35, 2, 1, 1, 4, 0x30, ...scalar);
  const key = await crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign(algorithm, key, der);
  return crypto.subtle.verify(algorithm, await crypto.subtle.importKey("raw", point.slice(), algorithm, false, ["verify"]), signature, der);
}

test("pairs: once one was asked for, others lie ready, each for one key", async () => {
  const take = pairs(crypto.subtle);
  assert.equal(take("P-384"), undefined); // nothing is made before
  const seen = new Set<string>();
  for (let i = 0; i < 6; i++) {
    const pair = await come(take, "P-384");
    assert.equal(pair.length, 48 + 97);
    assert.ok(await belong(pair.subarray(0, 48), pair.subarray(48)));
    seen.add(pair.join());
  }
  assert.equal(seen.size, 6);
});

test("pairs: each curve has its own sizes, and one that SubtleCrypto does not know has none", async () => {
  const take = pairs(crypto.subtle);
  assert.equal((await come(take, "P-256")).length, 32 + 65);
  assert.equal((await come(take, "P-521")).length, 66 + 133);
  assert.equal(take("secp256k1"), undefined);
});

test("pairs: no more than four are made ahead", () => {
  const { asked, subtle } = scripted(() => new Promise(() => {}));
  const take = pairs(subtle);
  for (let i = 0; i < 10; i++) take("P-256");
  assert.equal(asked.times, 4);
});

test("pairs: a curve that is refused is not asked for again, and without SubtleCrypto there are none", async () => {
  const { asked, subtle } = scripted(() => Promise.reject(new Error("NotSupportedError")));
  const take = pairs(subtle);
  take("P-521");
  await Promise.resolve().then(() => {}).then(() => {});
  assert.equal(take("P-521"), undefined);
  assert.equal(asked.times, 4);
  assert.equal(pairs(undefined)("P-256"), undefined);
});
