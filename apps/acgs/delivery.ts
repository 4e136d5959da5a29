import type { ChaosSpec, ConstraintsSpec, GitOpsSpec } from '../../lib/model';
import { Duration } from '../../lib/units';
import type { Stage } from './places';

/** Repository of what is synthesized, filled by a pipeline. Staging follows the branch; production moves to a release by its tag. */
export const gitops = (stage: Stage): GitOpsSpec => ({
  repository: 'https://git.example.com/acgs/deployments.git',
  revision: stage === 'production' ? 'v2.0.0' : 'main',
  path: 'dist',
});

/** What one object of the API server cannot say: that no other claims the same. */
export const CONSTRAINTS: ConstraintsSpec = { unique: ['autoscaler-target', 'ingress-host'] };

/** Faults that a zone, a release or a bad cable makes anyway; made in staging, while people are at work. */
export const CHAOS: ChaosSpec = {
  experiments: [
    {
      name: 'lose-an-auth-pod',
      action: 'pod-kill',
      service: 'auth-service',
      hypothesis: 'Users stay logged in and no request fails: the other pod answers until the successor is ready',
      days: ['tuesday', 'thursday'],
      at: '10:00',
    },
    {
      name: 'lose-a-core-pod',
      action: 'pod-kill',
      service: 'constitutional-ai',
      hypothesis: 'No decision is lost, and the success rate stays above its objective',
      days: ['tuesday', 'thursday'],
      at: '11:00',
    },
    {
      name: 'cut-governance-off-from-core',
      action: 'partition',
      service: 'policy-governance',
      to: 'constitutional-ai',
      duration: Duration.minutes(5),
      hypothesis: 'One pod of policy-governance refuses what it cannot check, and is well again within a minute after',
      days: ['wednesday'],
      at: '10:00',
    },
  ],
};
