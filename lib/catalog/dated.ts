/** Facts that age, with the day they were read and where. */
export interface Dated<T> {
  /** ISO date on which the facts were read from their source. */
  readonly asOf: string;
  /** Where they were read. */
  readonly source: string;
  /** The facts themselves, as they were on that day. */
  readonly facts: T;
}
