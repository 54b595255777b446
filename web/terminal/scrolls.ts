// How far each transcript is scrolled, for tabs that are not seen and for the next visit.

/** end stands for the end, which goes on with what comes. */
export const end = -1;

/** scrolls are the places by the key of the terminal, in pixels from the top. */
export const scrolls = new Map<number, number>();
