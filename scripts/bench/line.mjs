// line prints one figure of `make bench`; a budget or yardstick that there is none of is "-".
export function line(name, value, unit, budget = "-", yardstick = "-") {
  const shown = Number.isInteger(value) ? value : value.toPrecision(3);
  console.log([name, shown, unit, budget, yardstick].join("\t"));
}

/** median of some numbers. */
export const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
