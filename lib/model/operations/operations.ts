/** Who hears when something is wrong with what Prometheus cannot see, and what a month may cost. */
export interface OperationsSpec {
  /** Mail addresses that alarms go to, by a name of each (DNS label). */
  readonly mails: Readonly<Record<string, string>>;
}
