import fc, { type GeneratorValue } from 'fast-check';

/** Draws values one after the other, so that what comes later can depend on what came before. */
export class Draw {
  constructor(private readonly g: GeneratorValue) {}

  whole(min: number, max: number): number {
    return this.g(fc.integer, { min, max });
  }

  one<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.whole(0, choices.length - 1)] as T;
  }

  /** True in that many of a hundred cases. */
  chance(percent: number): boolean {
    return this.whole(0, 99) >= 100 - percent;
  }

  /** Those of the things that are drawn, in their order. */
  some<T>(things: readonly T[], percent: number): T[] {
    return things.filter(() => this.chance(percent));
  }

  list<T>(length: number, item: (index: number) => T): T[] {
    return Array.from({ length }, (_, index) => item(index));
  }

  /** An optional property: present in that many of a hundred cases. */
  maybe<K extends string, V>(percent: number, key: K, value: () => V): { readonly [P in K]?: V } {
    return (this.chance(percent) ? { [key]: value() } : {}) as { readonly [P in K]?: V };
  }
}

/** An arbitrary that is drawn step by step. */
export const drawn = <T>(build: (draw: Draw) => T): fc.Arbitrary<T> => fc.gen().map((g) => build(new Draw(g)));
