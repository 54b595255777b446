import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

/** later is a component that is loaded when it is drawn for the first time. */
export function later<P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | null = null;
  return function Later(props: P) {
    const [, come] = useState(loaded !== null);
    useEffect(() => {
      if (!loaded) void load().then((part) => { loaded = part; come(true); }, () => {});
    }, []);
    const Part = loaded;
    return Part && <Part {...props} />;
  };
}
