// A value that tells its readers when it changes, values made from others, and the hook that reads one in a component.

import { useEffect, useState } from "preact/hooks";

/** Readable is a value that can be read and watched. */
export interface Readable<T> {
  readonly value: T;
  /** subscribe calls read at every change until the returned function is called. */
  subscribe(read: (value: T) => void): () => void;
}

/** Cell holds one value of the page's state. Values are replaced, never changed in place. */
export class Cell<T> implements Readable<T> {
  #value: T;
  #readers = new Set<(value: T) => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set value(next: T) {
    if (next === this.#value) return;
    this.#value = next;
    for (const read of [...this.#readers]) read(next);
  }

  subscribe(read: (value: T) => void): () => void {
    this.#readers.add(read);
    return () => this.#readers.delete(read);
  }
}

/** derived is a value made from others. It tells its readers only when it is another one in the sense of same, so that who reads a
 *  part of something large is not drawn again for the rest of it. */
export function derived<T>(sources: Readable<unknown>[], make: () => T, same: (a: T, b: T) => boolean = Object.is): Readable<T> {
  return new Derived(sources, make, same);
}

class Derived<T> implements Readable<T> {
  #sources: Readable<unknown>[];
  #make: () => T;
  #same: (a: T, b: T) => boolean;
  #from: unknown[] | null = null; // the values that #value was made from
  #value!: T;
  #readers = new Set<(value: T) => void>();
  #leave: (() => void)[] = [];

  constructor(sources: Readable<unknown>[], make: () => T, same: (a: T, b: T) => boolean) {
    this.#sources = sources;
    this.#make = make;
    this.#same = same;
  }

  get value(): T {
    const from = this.#sources.map((s) => s.value);
    if (this.#from?.every((v, i) => v === from[i])) return this.#value;
    const made = this.#make();
    if (!this.#from || !this.#same(this.#value, made)) this.#value = made;
    this.#from = from;
    return this.#value;
  }

  subscribe(read: (value: T) => void): () => void {
    if (this.#readers.size === 0) this.#watch();
    this.#readers.add(read);
    return () => {
      if (!this.#readers.delete(read) || this.#readers.size > 0) return;
      for (const leave of this.#leave) leave();
      this.#leave = [];
    };
  }

  /** #watch follows the sources for as long as there are readers. */
  #watch(): void {
    let told = this.value;
    const tell = () => {
      const now = this.value;
      if (now === told) return;
      told = now;
      for (const read of [...this.#readers]) read(now);
    };
    this.#leave = this.#sources.map((s) => s.subscribe(tell));
  }
}

/** sameRows compares two lists by the fields of their entries. */
export function sameRows<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && b.every((row, i) => sameFields(a[i]!, row));
}

/** sameFields compares two values by their fields. */
export function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(b) as (keyof T)[]).every((k) => a[k] === b[k]);
}

/** useCell is the value of a cell in a component, which is drawn again when it changes. */
export function useCell<T>(cell: Readable<T>): T {
  const [, draw] = useState(cell.value);
  useEffect(() => {
    draw(() => cell.value);
    return cell.subscribe((value) => draw(() => value));
  }, [cell]);
  return cell.value;
}
