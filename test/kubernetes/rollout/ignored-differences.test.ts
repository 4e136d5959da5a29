import { spawnSync } from 'node:child_process';
import { ROLLOUT_IGNORED_DIFFERENCES } from '../../../lib/kubernetes/rollout/ignored-differences';
import { type Manifest, only } from '../../support/manifests';
import { synthBalanced, synthBlueGreen, synthCanary } from '../../support/rollouts';

const of = (kind: string) => ROLLOUT_IGNORED_DIFFERENCES.filter((difference) => difference.kind === kind);

test('what controllers write is named by kind, and nothing else', () => {
  expect(ROLLOUT_IGNORED_DIFFERENCES.map(({ group, kind }) => `${group}/${kind}`)).toEqual([
    'argoproj.io/Rollout',
    '/Service',
    'networking.istio.io/VirtualService',
    'networking.k8s.io/Ingress',
  ]);
});

const hasJq = spawnSync('jq', ['--version']).status === 0;
const describeWith = hasJq ? describe : describe.skip;

/** Without what is ignored, as Argo CD compares: each path is deleted. */
function compared(object: Manifest): unknown {
  const paths = of(object.kind).flatMap(({ jqPathExpressions }) => jqPathExpressions);
  const { stdout, status, stderr } = spawnSync('jq', [`del(${paths.join(', ')})`], {
    input: JSON.stringify(object),
    encoding: 'utf8',
    timeout: 10_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describeWith('to jq, before and during a release are the same', () => {
  const rows: [string, Manifest, (live: Manifest) => void][] = [
    ['Rollout', only(synthBlueGreen(), 'Rollout'), ({ spec }) => Object.assign(spec, { replicas: 7, restartAt: 'x' })],
    [
      'Service',
      only(synthBlueGreen(), 'Service', 'api-active'),
      ({ spec }) => Object.assign(spec.selector, { 'rollouts-pod-template-hash': 'a' }),
    ],
    [
      'Ingress',
      only(synthBalanced(), 'Ingress'),
      ({ metadata }) =>
        Object.assign(metadata.annotations, {
          'alb.ingress.kubernetes.io/actions.api': '{}',
          'rollouts.argoproj.io/managed-alb-actions': 'x',
        }),
    ],
  ];

  test.each(rows)('for a %s', (_kind, declared, write) => {
    const live = JSON.parse(JSON.stringify(declared));
    write(live);
    expect(live).not.toEqual(declared);
    expect(compared(live)).toEqual(compared(declared));
    expect(compared(declared)).toEqual(declared);
  });

  test('for a VirtualService, by its weights alone', () => {
    const declared = only(synthCanary(), 'VirtualService');
    const live = JSON.parse(JSON.stringify(declared));
    live.spec.http[0].route[0].weight = 90;
    live.spec.http[0].route[1].weight = 10;
    expect(compared(live)).toEqual(compared(declared));
    live.spec.hosts = ['other'];
    expect(compared(live)).not.toEqual(compared(declared));
  });
});
