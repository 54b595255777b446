// A component that is drawn again only when one of its properties is another value.

import { Component, type ComponentChildren, type FunctionComponent, h } from "preact";

/** memo wraps a component whose properties are immutable values. */
export function memo<P extends object>(draw: FunctionComponent<P>): FunctionComponent<P> {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      return (Object.keys(next) as (keyof P)[]).some((k) => next[k] !== this.props[k]);
    }
    override render(props: P): ComponentChildren {
      return h(draw as FunctionComponent<object>, props);
    }
  }
  return Memo as unknown as FunctionComponent<P>;
}
