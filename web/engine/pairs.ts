// EC pairs that the browser makes ahead, on a thread of its own: once a curve was asked for, the next pairs on it lie ready. So keys that
// are made one after another cost the engine nothing. It knows no HSM; the engine looks at what it gets.

const ahead = 4; // pairs of a curve that lie ready or are on their way

/** pairs hands out a pair that is ready, each once: the bytes of the scalar and behind it of the uncompressed point, or undefined where
 *  none is. It never waits. Curves are named as SubtleCrypto names them; one that it refuses is not asked for again. */
export function pairs(subtle: SubtleCrypto | undefined): (curve: string) => Uint8Array | undefined {
  const curves = new Map(["P-256", "P-384", "P-521"].map((name) => [name, { ready: [] as Uint8Array[], coming: 0 }]));

  const make = async (name: string, curve: { ready: Uint8Array[]; coming: number }) => {
    curve.coming++;
    try {
      curve.ready.push(await made(subtle!, name));
    } catch {
      curves.delete(name);
    }
    curve.coming--;
  };

  return (name) => {
    const curve = subtle && curves.get(name); // undefined on pages without https
    if (!curve) return undefined;
    const pair = curve.ready.shift();
    for (let n = curve.ready.length + curve.coming; n < ahead; n++) void make(name, curve);
    return pair;
  };
}

/** made makes a pair and reads it back as a JSON Web Key (RFC 7518, 6.2). */
async function made(subtle: SubtleCrypto, namedCurve: string): Promise<Uint8Array> {
  const { privateKey } = await subtle.generateKey({ name: "ECDSA", namedCurve }, true, ["sign", "verify"]);
  const { d, x, y } = await subtle.exportKey("jwk", privateKey);
  return Uint8Array.of(...bytes(d!), 4, ...bytes(x!), ...bytes(y!)); // SEC 1, 2.3.3
}

/** bytes decodes base64url (RFC 4648, 5). */
const bytes = (text: string) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
