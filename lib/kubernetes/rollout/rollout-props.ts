import type { MeshRetrySpec } from '../../model';
import { metricLength } from '../../model/rollout/analysis';
import type { BlueGreenSpec, CanarySpec } from '../../model/rollout/rollout';
import {
  type BlueGreenPlan,
  blueGreenPlan,
  type CanaryPlan,
  canaryPlan,
  metricsBefore,
} from '../../model/rollout/rollout-plan';
import { type SmokeTestSpec, smokeTestPlan } from '../../model/rollout/smoke-test';
import { Duration } from '../../units';
import { type WebServicePlan, type WebServiceProps, webServicePlan } from '../workload/web-service-props';
import { progressSeconds } from '../workload/web-workload';
import { smokeSelector } from './smoke-test';

/** A web service that is released blue-green. */
export interface BlueGreenRolloutProps extends WebServiceProps, Omit<BlueGreenSpec, 'strategy'> {}

/** A web service that is released to a growing share of users. */
export interface CanaryRolloutProps extends WebServiceProps, Omit<CanarySpec, 'strategy'> {
  /** How sidecars of callers repeat requests, where Istio weighs. @default - only what no pod has seen is repeated */
  readonly retries?: MeshRetrySpec;
}

/** The props with the defaults of workload and release. */
export interface BlueGreenParts {
  readonly web: WebServicePlan;
  readonly release: BlueGreenPlan;
}

/** The props with the defaults of workload and release. */
export interface CanaryParts {
  readonly web: WebServicePlan;
  readonly release: CanaryPlan;
  readonly retries: MeshRetrySpec | undefined;
}

/** Lets the pods of a smoke test in. */
const withSmokeTest = (web: WebServicePlan, smokeTest: SmokeTestSpec | undefined): WebServicePlan =>
  smokeTest === undefined
    ? web
    : { ...web, ingressFrom: [...(web.ingressFrom ?? []), { pods: smokeSelector(web.name) }] };

export const blueGreenParts = (props: BlueGreenRolloutProps): BlueGreenParts => ({
  web: webServicePlan(props),
  release: blueGreenPlan({ ...props, strategy: 'blue-green' }),
});

export const canaryParts = (props: CanaryRolloutProps): CanaryParts => ({
  web: webServicePlan(props),
  release: canaryPlan({ ...props, strategy: 'canary' }),
  retries: props.retries,
});

/** The workload as it is built: the smoke test may connect as well. */
export const builtWeb = ({ web, release }: BlueGreenParts | CanaryParts): WebServicePlan =>
  withSmokeTest(web, release.smokeTest);

const smokeSeconds = (test: SmokeTestSpec | undefined): number =>
  test === undefined ? 0 : smokeTestPlan(test).within.toSeconds();

const longest = (lengths: readonly (Duration | undefined)[]): number =>
  Math.max(0, ...lengths.map((length = Duration.seconds(0)) => length.toSeconds()));

/**
 * Time without progress after which a release is taken back. Argo Rollouts counts tests before a promotion and the watch
 * after it as time without progress (1.9, 2026-08: only pauses and steps of a canary are spared), so that a shorter one
 * would take back releases that are well.
 */
export function blueGreenProgress({ web, release }: BlueGreenParts): number {
  const tests = Math.max(smokeSeconds(release.smokeTest), longest(metricsBefore(release).map(metricLength)));
  return progressSeconds(web) + tests + (release.after === undefined ? 0 : release.watch.toSeconds());
}

/** The same of a canary, whose steps are spared. */
export const canaryProgress = ({ web, release }: CanaryParts): number =>
  progressSeconds(web) + smokeSeconds(release.smokeTest);
