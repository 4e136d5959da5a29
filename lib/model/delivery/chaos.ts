import { Duration, type Percent } from '../../units';

/** Days on which people who could help are at work. */
export const CHAOS_DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
export type ChaosDay = (typeof CHAOS_DAYS)[number];

interface ExperimentSpec {
  /** DNS label of at most 40 characters, unique among the experiments. */
  readonly name: string;
  /** What is expected to go on as before, in a sentence: an experiment without an expectation proves nothing. */
  readonly hypothesis: string;
  /** Declared service whose pods are hit; at least two of them always run. */
  readonly service: string;
  /** Part of its pods that is hit at a time, rounded up to whole pods. @default - one pod */
  readonly share?: Percent;
  /** Days of the week (at least one, each once). */
  readonly days: readonly ChaosDay[];
  /** Time of day in UTC, `10:00`: once on each of the days. */
  readonly at: string;
}

/** Pods are deleted, as if their node were gone. */
export interface PodKillSpec extends ExperimentSpec {
  readonly action: 'pod-kill';
}

/** What goes to another service arrives late. The kernel of the nodes needs its module `sch_netem`. */
export interface DelaySpec extends ExperimentSpec {
  readonly action: 'delay';
  /** Service that the pods have a declared connection to. */
  readonly to: string;
  /** Time that is added to each packet (1 ms to 10 s). */
  readonly latency: Duration;
  /** How far that time varies (0 to `latency`). @default - it does not */
  readonly jitter?: Duration;
  /** How long (whole seconds, 10 s to 1 h). */
  readonly duration: Duration;
}

/** Nothing goes to another service, nor comes back. */
export interface PartitionSpec extends ExperimentSpec {
  readonly action: 'partition';
  /** Service that the pods have a declared connection to. */
  readonly to: string;
  /** How long (whole seconds, 10 s to 1 h). */
  readonly duration: Duration;
}

export type ChaosExperimentSpec = PodKillSpec | DelaySpec | PartitionSpec;

/** Faults that are made on purpose, each at its hour, to see that the platform bears them. */
export interface ChaosSpec {
  /** At least one. */
  readonly experiments: readonly ChaosExperimentSpec[];
  /** Hours of the day in UTC between which each begins and ends (whole hours, 0-24). @default 9 to 16 */
  readonly hours?: { readonly from: number; readonly to: number };
  /** Why users are to be exposed to it, in a sentence. @default - experiments are refused in production */
  readonly productionBecause?: string;
}

/** How late an experiment may begin: one that was missed is left out. */
export const CHAOS_START_DEADLINE = Duration.minutes(5);

/** Time after an experiment in which things come to rest: successors start, breakers close, alerts resolve. */
export const CHAOS_SETTLING = Duration.minutes(10);

/** Hours between which experiments run. */
export const chaosHours = ({ hours = { from: 9, to: 16 } }: ChaosSpec) => hours;

/** How long the fault itself lasts: a killed pod is replaced at once. */
export const faultDuration = (experiment: ChaosExperimentSpec): Duration =>
  experiment.action === 'pod-kill' ? Duration.seconds(0) : experiment.duration;

/** Pods that are hit when `pods` run. Chaos Mesh 2.8 rounds a share up (pkg/selector/generic/mode.go). */
export const podsHit = ({ share }: ChaosExperimentSpec, pods: number): number =>
  share === undefined ? 1 : Math.ceil((pods * share.inBasisPoints) / 10_000);

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Minute of the day; undefined for what is no time. */
export function minuteOfDay(at: string): number | undefined {
  const [, hours, minutes] = TIME.exec(at) ?? [];
  return hours === undefined || minutes === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

/** When an experiment may be felt: from its time until the last moment that one begun late still disturbs, in minutes of the day. */
export function chaosWindow(experiment: ChaosExperimentSpec): { readonly from: number; readonly to: number } {
  const from = minuteOfDay(experiment.at) ?? Number.NaN;
  const length = [CHAOS_START_DEADLINE, faultDuration(experiment), CHAOS_SETTLING];
  return { from, to: from + length.reduce((sum, { inMillis }) => sum + inMillis / 60_000, 0) };
}

/** Long enough to say something, on one line. */
export const isSentence = (text: string): boolean => text.trim().length >= 10 && !/[\n\r]/.test(text);
