// A value that tells its readers when it changes, and the hook that reads it in a component.

import { useEffect, useState } from "preact/hooks";

/** Cell holds one value of the page's state. Values are replaced, never changed in place. */
export class Cell<T> {
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

  /** subscribe calls read at every change until the returned function is called. */
  subscribe(read: (value: T) => void): () => void {
    this.#readers.add(read);
    return () => this.#readers.delete(read);
  }
}

/** useCell is the value of a cell in a component, which is drawn again when it changes. */
export function useCell<T>(cell: Cell<T>): T {
  const [, draw] = useState(cell.value);
  useEffect(() => {
    draw(() => cell.value);
    return cell.subscribe((value) => draw(() => value));
  }, [cell]);
  return cell.value;
}
