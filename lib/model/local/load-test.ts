import type { Duration, Percent } from '../../units';

/** One request of a load test. */
export interface LoadRequest {
  /** A service of the environment; the test asks it itself, past the gateway. */
  readonly service: string;
  /** Path and query (starts with /). */
  readonly path: string;
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST';
  /** Body, sent as JSON. @default - none */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** How much is asked, and for how long. */
export type LoadProfile =
  /** So many users at once, each waiting for its answers. */
  | { readonly users: number; readonly during: Duration }
  /** Users come and go in stages: from the number before, or none, to the number of the stage. */
  | { readonly stages: readonly { readonly during: Duration; readonly users: number }[] }
  /** Iterations begin at this rate (a second), whether earlier ones have been answered or not. */
  | { readonly perSecond: number; readonly during: Duration };

/** What a run has to keep, over all its requests. */
export interface LoadThresholds {
  /** Mean of the time to answer. */
  readonly mean?: Duration;
  /** 95th percentile of the time to answer, to be kept below. */
  readonly p95?: Duration;
  /** 99th percentile of the time to answer, to be kept below. */
  readonly p99?: Duration;
  /** Share of failed requests, to be kept below. */
  readonly failed?: Percent;
  /** Share of checks that hold, at least. */
  readonly checks?: Percent;
  /** Requests a second, to be exceeded. */
  readonly perSecond?: number;
}

/** A load test as somebody described it. */
export interface LoadTestSpec {
  /** Name of its file (DNS label), unique in its environment. */
  readonly name: string;
  /** What it shows, in one line. */
  readonly purpose: string;
  readonly load: LoadProfile;
  /** What each iteration asks, in this order; at least one. */
  readonly requests: readonly LoadRequest[];
  /** What an iteration waits at its end. @default - nothing */
  readonly pause?: Duration;
  /** Headers of every request. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that every answer must carry: checks count them beside the status. @default - none */
  readonly expectedHeaders?: Readonly<Record<string, string>>;
  /** What fails the run; at least one. */
  readonly thresholds: LoadThresholds;
}

/** How to make the autoscalers of an environment act. */
export interface ScalingLoadSpec {
  /**
   * Events that one request causes, by the name of the metric that counts them: `{ http_requests_per_second: 1 }`. A metric
   * that is not named here says nothing about requests.
   */
  readonly eventsPerRequest: Readonly<Record<string, number>>;
  /** What is asked of each service. @default - GET on its readiness path */
  readonly requests?: Readonly<Record<string, readonly Omit<LoadRequest, 'service'>[]>>;
  /** How long an answer may take under that load: decides how many users are kept ready. @default Duration.millis(500) */
  readonly answerWithin?: Duration;
}

/** Load tests of an environment. */
export interface LoadSpec {
  /** Tests as they were described. */
  readonly tests: readonly LoadTestSpec[];
  /** @default - no test is made to scale anything */
  readonly scaling?: ScalingLoadSpec;
}
