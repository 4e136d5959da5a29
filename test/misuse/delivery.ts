import type { ChaosExperimentSpec, ChaosSpec, EnvironmentSpec, GitOpsSpec } from '../../lib/model';
import { Duration, Percent } from '../../lib/units';
import { service } from '../support/environment';
import type { Misuse } from './rows';

const GIT: GitOpsSpec = { repository: 'https://git.example.com/shop/platform.git', revision: 'main', path: 'dist' };

const fromGit =
  (slip: Partial<GitOpsSpec>): Misuse['slip'] =>
  (valid) => ({ ...valid, gitops: { ...GIT, ...slip } });

const KILL: ChaosExperimentSpec = {
  name: 'lose-a-pod',
  action: 'pod-kill',
  service: 'orders',
  hypothesis: 'Nobody notices that a pod is gone',
  days: ['tuesday'],
  at: '10:00',
};

/** The environment in staging, with a service that calls another. */
const tried =
  (
    experiments: readonly ChaosExperimentSpec[],
    rest: Partial<ChaosSpec> & Partial<EnvironmentSpec> = {},
  ): Misuse['slip'] =>
  (valid) => {
    const { hours, productionBecause, ...overrides } = rest;
    return {
      ...valid,
      stage: 'staging',
      services: [...valid.services, service('stock')],
      ...overrides,
      chaos: { experiments, ...(hours && { hours }), ...(productionBecause && { productionBecause }) },
    };
  };

/** Slips in how an environment is delivered, tried and guarded. */
export const DELIVERY_ROWS: readonly Misuse[] = [
  {
    fault: 'a repository without a protocol',
    slip: fromGit({ repository: 'git.example.com/shop/platform' }),
    errors: ['gitops-repository-is-an-address'],
  },
  {
    fault: 'a token in the address of the repository',
    slip: fromGit({ repository: 'https://token@git.example.com/shop/platform.git' }),
    errors: ['gitops-repository-holds-no-password'],
  },
  {
    fault: 'a revision that is a range',
    slip: fromGit({ revision: 'v1.*' }),
    errors: ['gitops-revision-is-a-revision'],
  },
  {
    fault: 'a folder of the machine instead of the repository',
    slip: fromGit({ path: '/dist' }),
    errors: ['gitops-path-is-in-the-repository'],
  },
  {
    fault: 'overlays where the next synthesis removes them',
    slip: fromGit({ overlays: 'dist/gitops/overlays' }),
    errors: ['gitops-overlays-are-kept'],
  },
  {
    fault: 'faults on purpose in production',
    slip: tried([KILL], { stage: 'production' }),
    errors: ['chaos-spares-production'],
  },
  { fault: 'agents without an experiment', slip: tried([]), errors: ['chaos-has-experiments'] },
  {
    fault: 'an experiment on a service that is gone',
    slip: tried([{ ...KILL, service: 'basket' }]),
    errors: ['chaos-hits-a-declared-service'],
  },
  {
    fault: 'more pods killed than the budget lets go',
    slip: tried([{ ...KILL, share: Percent.of(50) }]),
    errors: ['chaos-stays-within-the-budget'],
  },
  {
    fault: 'a connection cut that nobody declared',
    slip: tried([{ ...KILL, action: 'partition', to: 'stock', duration: Duration.minutes(5) }]),
    errors: ['chaos-follows-a-declared-connection'],
  },
  {
    fault: 'two experiments at once',
    slip: tried([KILL, { ...KILL, name: 'lose-another', at: '10:05' }]),
    errors: ['chaos-comes-one-at-a-time'],
  },
  { fault: 'an experiment at night', slip: tried([{ ...KILL, at: '03:00' }]), errors: ['chaos-ends-within-its-hours'] },
  {
    fault: 'rules between objects that compare nothing',
    slip: (valid) => ({ ...valid, constraints: { unique: [] } }),
    errors: ['constraints-name-claims'],
  },
  {
    fault: 'rules between objects in a mode of other rules',
    slip: (valid) => ({ ...valid, constraints: { unique: ['ingress-host'], mode: 'dryrun' as 'audit' } }),
    errors: ['constraints-mode-is-known'],
  },
];
