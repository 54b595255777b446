// Answers that overtake each other are taken over in the order in which the engine has read the world for them.

/** Order is the order of one engine's answers, which it counts from 1. */
export class Order {
  #underWay = 0;
  #taken = 0;
  #early = new Map<number, () => void>(); // answers that have overtaken another one
  #over = false;

  /** turn waits for an answer, and then for its turn; it settles when take has taken it over. */
  async turn<Answer extends { seq: number }>(asked: Promise<Answer>, take: (answer: Answer) => void): Promise<void> {
    this.#underWay++;
    const answer = await asked.catch((fault) => {
      this.#underWay--;
      this.#pass();
      throw fault;
    });
    this.#underWay--;
    if (this.#over) return;
    const taken = new Promise<void>((done, fail) => this.#early.set(answer.seq, () => {
      try {
        if (!this.#over) take(answer);
        done();
      } catch (fault) {
        fail(fault); // of this answer: the others are taken over all the same
      }
    }));
    this.#pass();
    await taken;
  }

  /** end lets go whoever still waits, when another engine takes over. */
  end(): void {
    this.#over = true;
    for (const done of this.#early.values()) done();
    this.#early.clear();
  }

  #pass(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const take = this.#early.get(next)!;
      this.#early.delete((this.#taken = next));
      take();
    }
  }

  /** #next is the answer whose turn it is. One that has failed leaves a gap, which nothing fills once no other is under way. */
  #next(): number | undefined {
    if (this.#early.has(this.#taken + 1)) return this.#taken + 1;
    return this.#underWay === 0 ? [...this.#early.keys()].sort((a, b) => a - b)[0] : undefined;
  }
}
