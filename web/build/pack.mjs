// pack writes the compressed forms of a site's files beside them, .br (brotli 11) and .gz (gzip 9), for servers that send what lies there.
// Brotli takes its time with the engine, so what was packed once is kept by its content.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const large = 1024; // bytes from which on it is worth it
const packable = /\.(js|css|wasm|webmanifest)$/;
const forms = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

/** pack packs the files of a folder, with these endings. kept is where packed forms are found again; what has not been used goes. */
export function pack(folder, kept, endings) {
  mkdirSync(kept, { recursive: true });
  const used = new Set();
  for (const name of readdirSync(folder).filter((f) => packable.test(f))) {
    const bytes = readFileSync(join(folder, name));
    if (bytes.length < large) continue;
    for (const ending of endings) copyFileSync(join(kept, packed(bytes, ending, kept, used)), join(folder, `${name}.${ending}`));
  }
  if (endings.length === Object.keys(forms).length) for (const name of readdirSync(kept)) if (!used.has(name)) rmSync(join(kept, name));
}

/** packedSize is how large a form of some bytes is. */
export function packedSize(bytes, ending, kept) {
  mkdirSync(kept, { recursive: true });
  return readFileSync(join(kept, packed(bytes, ending, kept, new Set()))).length;
}

/** packed is the name of a form of some bytes, made if it is not there. */
function packed(bytes, ending, kept, used) {
  const name = `${createHash("sha256").update(bytes).digest("hex").slice(0, 24)}.${ending}`;
  if (!existsSync(join(kept, name))) writeFileSync(join(kept, name), forms[ending](bytes));
  used.add(name);
  return name;
}
