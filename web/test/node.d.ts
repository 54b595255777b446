// What the tests use of Node.
declare class Buffer extends Uint8Array<ArrayBuffer> {
  static override from(content: string | ArrayLike<number>): Buffer;
  static alloc(size: number): Buffer;
  toString(encoding?: "utf8" | "latin1"): string;
}
declare module "node:test" {
  export function test(name: string, run: () => void | Promise<void>): void;
}
declare module "node:assert/strict" {
  export function equal(got: unknown, want: unknown, message?: string): void;
  export function deepEqual(got: unknown, want: unknown, message?: string): void;
  export function ok(got: unknown, message?: string): void;
  export function rejects(run: () => Promise<unknown>, like: RegExp): Promise<void>;
  export function throws(run: () => unknown, error: new (...a: never[]) => Error, message?: string): void;
}
declare module "node:fs" {
  export function cpSync(from: string, to: string, options: { recursive: boolean }): void;
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function readFileSync(path: string): Buffer;
}
declare module "node:child_process" {
  export function spawn(command: string, args: string[]): { stdout: { on(event: "data", told: (said: unknown) => void): void }; kill(): boolean };
  export function spawnSync(command: string, args: string[], options: { input: string; cwd: string; encoding: "utf8"; maxBuffer: number }): { stdout: string; stderr: string };
}
