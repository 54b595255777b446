// The bytes of files, as the bridge carries them.

import { host } from "../state/state.ts";

/** bytesOf decodes base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

/** base64Of encodes the content of a visitor's file. It rejects where the browser cannot read it. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done((reader.result as string).replace(/^[^,]*,?/, ""));
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(file);
  });
}

/** read is the content of a file of the instance. */
export async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return bytesOf((await host.value!.engine.read({ path })).base64);
}
