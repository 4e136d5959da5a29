import { Chart, Testing } from 'cdk8s';
import { WARNING_METADATA } from '../../../lib/check';
import { BlueGreenRollout, ROLLOUT_PLACE_CHECKS } from '../../../lib/kubernetes/rollout/blue-green-rollout';
import type { BlueGreenRolloutProps } from '../../../lib/kubernetes/rollout/rollout-props';
import type { SmokeTestSpec } from '../../../lib/model/rollout/smoke-test';
import { Duration, Percent } from '../../../lib/units';
import { allIds, refused } from '../../support/findings';
import { violations } from '../../support/hardening';
import { type Manifest, only } from '../../support/manifests';
import { publishedTypeFaults } from '../../support/published-types';
import {
  asDeployment,
  blueGreen,
  health,
  jobs,
  type Loose,
  linted,
  successRate,
  synthBlueGreen,
  unexcused,
} from '../../support/rollouts';
import { DIGEST, full, scaling } from '../../support/web-service';

const CUSTOM = ['Rollout', 'AnalysisTemplate'];

const rollout = (props: Loose<BlueGreenRolloutProps> = {}, version?: string): Manifest =>
  only(synthBlueGreen(props, version), 'Rollout');
const strategy = (props: Loose<BlueGreenRolloutProps> = {}): Manifest => rollout(props).spec.strategy.blueGreen;

/** Kind and name of what differs between two syntheses. */
const changed = (before: Manifest[], after: Manifest[]): string[] =>
  after
    .filter((object, index) => JSON.stringify(object) !== JSON.stringify(before[index]))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);

/** JSON paths at which two values differ. */
const paths = (a: Manifest, b: Manifest, at = ''): string[] => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b ? [] : [at];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => paths(a[key], b[key], `${at}/${key}`));
};

describe('BlueGreenRollout', () => {
  test('makes a service, its two versions and what tests them', () => {
    expect(synthBlueGreen().map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ServiceAccount api',
      'AnalysisTemplate api-smoke',
      'ServiceAccount api-smoke',
      'NetworkPolicy api-smoke',
      'AnalysisTemplate api-after',
      'Rollout api',
      'Service api-active',
      'Service api-preview',
      'Service api',
      'PodDisruptionBudget api',
      'NetworkPolicy api',
      'HorizontalPodAutoscaler api',
    ]);
  });

  test('promoting a release changes the image of the pods and nothing else', () => {
    const [before, after] = [synthBlueGreen(), synthBlueGreen({ image: DIGEST })];
    expect(changed(before, after)).toEqual(['Rollout api']);
    expect(paths(only(before, 'Rollout'), only(after, 'Rollout'))).toEqual([
      '/spec/template/spec/containers/0/image',
      '/spec/template/spec/containers/0/imagePullPolicy',
    ]);
    const tag = synthBlueGreen({ image: 'registry.example.com/shop/api:1.5.0' });
    expect(paths(only(before, 'Rollout'), only(tag, 'Rollout'))).toEqual(['/spec/template/spec/containers/0/image']);
  });

  test('a higher maximum changes the autoscaler and nothing else', () => {
    const more = synthBlueGreen({ scaling: { ...scaling, max: 20 } });
    expect(changed(synthBlueGreen(), more)).toEqual(['HorizontalPodAutoscaler api']);
  });

  test('a longer watch leaves the pods alone', () => {
    const longer = synthBlueGreen({ watch: Duration.minutes(60) });
    expect(changed(synthBlueGreen(), longer)).toEqual(['AnalysisTemplate api-after', 'Rollout api']);
    expect(only(longer, 'Rollout').spec.template).toEqual(rollout().spec.template);
  });

  test.each(['1.28', '1.35'])('passes the linters for %s, with its Jobs and without excuses', (version) => {
    const objects = synthBlueGreen({ ...full, ...blueGreen, image: DIGEST }, version);
    expect(violations(unexcused(linted(objects)))).toEqual([]);
  });

  test('its parts are what the types of the API say, its pods those of a Deployment', () => {
    const objects = synthBlueGreen({}, '1.28');
    const known = objects.filter(({ kind }) => !CUSTOM.includes(kind));
    expect(publishedTypeFaults([...known, asDeployment(only(objects, 'Rollout')), ...jobs(objects)])).toEqual([]);
  });

  test('the same props give the same bytes', () => {
    expect(JSON.stringify(synthBlueGreen())).toBe(JSON.stringify(synthBlueGreen()));
  });

  test('says what others compose with', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
    const made = new BlueGreenRollout(chart, 'Api', { ...blueGreen, rolloutName: 'api-rollout' });
    expect(made).toMatchObject({
      name: 'api',
      port: 8080,
      selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
      serviceName: 'api-active',
      previewServiceName: 'api-preview',
      target: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api-rollout' },
    });
    expect(made.requests.cpu.inMillis).toBe(100);
    expect(made.node.defaultChild).toMatchObject({ kind: 'Rollout' });
  });
});

describe('the Rollout', () => {
  test('lets a person promote, watches for 30 minutes, and keeps the old pods for 15 more', () => {
    expect(strategy()).toEqual({
      activeService: 'api-active',
      previewService: 'api-preview',
      autoPromotionEnabled: false,
      scaleDownDelaySeconds: 2700,
      scaleDownDelayRevisionLimit: 1,
      abortScaleDownDelaySeconds: 300,
      prePromotionAnalysis: { templates: [{ templateName: 'api-smoke' }], args: ARGS },
      postPromotionAnalysis: { templates: [{ templateName: 'api-after' }], args: ARGS },
    });
  });

  test('promotes by time only if it is told to, which needs both fields', () => {
    expect(strategy({ promotion: { after: Duration.minutes(10) } })).toMatchObject({
      autoPromotionEnabled: true,
      autoPromotionSeconds: 600,
    });
  });

  test('tests with both the Job and the metrics before a promotion', () => {
    const { prePromotionAnalysis } = strategy({ before: health, after: { metrics: [{ ...successRate, name: 'b' }] } });
    expect(prePromotionAnalysis.templates).toEqual([{ templateName: 'api-smoke' }, { templateName: 'api-before' }]);
  });

  test('has no analysis where none is declared', () => {
    const plain = strategy({ smokeTest: undefined, after: undefined });
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['prePromotionAnalysis']));
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['postPromotionAnalysis']));
  });

  test('goes back by itself when it does not move, and at once within three versions', () => {
    expect(rollout().spec).toMatchObject({
      minReadySeconds: 10,
      revisionHistoryLimit: 5,
      progressDeadlineAbort: true,
      rollbackWindow: { revisions: 3 },
    });
    expect(rollout({ rollbackRevisions: 1, revisionHistoryLimit: 9 }).spec).toMatchObject({
      revisionHistoryLimit: 9,
      rollbackWindow: { revisions: 1 },
    });
    expect(rollout().spec.restartAt).toBeUndefined();
  });

  const minutes = Duration.minutes;
  test.each<[string, Loose<BlueGreenRolloutProps>, number]>([
    ['a start alone', { smokeTest: undefined, after: undefined }, 600],
    ['a smoke test as well', { after: undefined }, 900],
    ['the watch as well', {}, 2700],
    ['the longer of two tests', { before: { metrics: [{ ...successRate, initialDelay: minutes(20) }] } }, 3600],
    ['a long smoke test', { smokeTest: { paths: ['/'], within: minutes(30) }, before: health }, 4200],
  ])('takes %s for progress, which Argo Rollouts does not', (_what, props, seconds) => {
    expect(rollout(props).spec.progressDeadlineSeconds).toBe(seconds);
  });

  test('has pods only where no autoscaler decides, and never a count of its own for the preview', () => {
    expect(rollout().spec.replicas).toBeUndefined();
    expect(rollout({ scaling: undefined, replicas: 3 }).spec.replicas).toBe(3);
    expect(strategy().previewReplicaCount).toBeUndefined();
    expect(refused(() => synthBlueGreen({ replicas: 3 }))).toEqual(['web-service-replicas-have-one-owner']);
  });

  test('keeps versions apart by its own label, and budgets for one pod', () => {
    const { topologySpreadConstraints } = rollout().spec.template.spec;
    expect(topologySpreadConstraints.map(({ matchLabelKeys }: Manifest) => matchLabelKeys)).toEqual([
      ['rollouts-pod-template-hash'],
      ['rollouts-pod-template-hash'],
    ]);
    expect(only(synthBlueGreen(), 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });

  test('waits without a program to wait with where the cluster can', () => {
    const hook = (version: string) => rollout({}, version).spec.template.spec.containers[0].lifecycle.preStop;
    expect(hook('1.35')).toEqual({ sleep: { seconds: 15 } });
    expect(hook('1.28')).toEqual({ exec: { command: ['sleep', '15'] } });
  });

  test('may have a name of its own, which autoscalers follow', () => {
    const objects = synthBlueGreen({ rolloutName: 'api-rollout', vertical: full.vertical });
    const reference = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'api-rollout' };
    expect(only(objects, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual(reference);
    expect(only(objects, 'VerticalPodAutoscaler').spec.targetRef).toEqual(reference);
    expect(violations(linted(objects))).toEqual([]);
    expect(violations(unexcused(linted(objects)))).toEqual(['Rollout/api-rollout: metadata-and-instance-mismatched']);
  });
});

test('neither the service nor its test holds credentials of the cluster', () => {
  const accounts = synthBlueGreen().filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.map(({ automountServiceAccountToken }) => automountServiceAccountToken)).toEqual([false, false]);
});

describe('its Services', () => {
  const service = (name: string, props: Loose<BlueGreenRolloutProps> = {}) =>
    only(synthBlueGreen(props), 'Service', name).spec;

  test('select either version until Argo Rollouts adds a hash, and are of one shape', () => {
    expect(service('api-active')).toEqual(service('api-preview'));
    expect(service('api-active')).toEqual({
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': 'api', 'app.kubernetes.io/instance': 'api' },
      ports: [{ name: 'http', port: 8080, targetPort: 'http', protocol: 'TCP', appProtocol: 'http' }],
    });
  });

  test('the plain name is an alias of the active one, or nothing', () => {
    expect(service('api')).toEqual({ type: 'ExternalName', externalName: 'api-active.shop.svc.cluster.local' });
    expect(service('api', { activeServiceName: 'live' }).externalName).toBe('live.shop.svc.cluster.local');
    const names = synthBlueGreen({ plainName: 'none' }).filter(({ kind }) => kind === 'Service');
    expect(names.map(({ metadata }) => metadata.name)).toEqual(['api-active', 'api-preview']);
  });

  test('the active one may be headless, for a proxy that balances', () => {
    expect(service('api-active', { activeService: 'headless' })).toMatchObject({
      clusterIP: 'None',
      type: 'ClusterIP',
    });
    expect(service('api-preview', { activeService: 'headless' }).clusterIP).toBeUndefined();
  });

  test('an alias needs a namespace, and says so', () => {
    const build = (props: Loose<BlueGreenRolloutProps>) => () =>
      new BlueGreenRollout(new Chart(Testing.app(), 'test'), 'Api', {
        ...blueGreen,
        ...props,
      } as BlueGreenRolloutProps);
    expect(refused(build({}))).toEqual(['rollout-alias-knows-its-namespace']);
    expect(refused(build({ plainName: 'none' }))).toEqual([]);
    expect(allIds(ROLLOUT_PLACE_CHECKS)).toEqual(['rollout-alias-knows-its-namespace']);
  });
});

describe('linters that do not know the kind', () => {
  test.each([
    ['HorizontalPodAutoscaler', 'api', 'horizontalpodautoscaler-has-target', 'dangling-horizontalpodautoscaler'],
    ['Service', 'api-active', 'service-targets-pod', 'dangling-service'],
    ['Service', 'api-preview', 'service-targets-pod', 'dangling-service'],
    ['NetworkPolicy', 'api', 'networkpolicy-targets-pod', 'dangling-networkpolicy'],
    ['NetworkPolicy', 'api-smoke', 'networkpolicy-targets-pod', 'dangling-networkpolicy'],
  ])('are told why they miss the pods of %s %s', (kind, name, score, linter) => {
    const { annotations } = only(synthBlueGreen(), kind, name).metadata;
    expect(annotations['kube-score/ignore']).toBe(score);
    expect(annotations[`ignore-check.kube-linter.io/${linter}`]).toMatch(/its pods belong to .* Argo Rollout/);
  });
});

describe('BlueGreenRollout.inspect', () => {
  test('reports workload, release and autoscaler together, and builds nothing', () => {
    const wrong = { ...blueGreen, port: 80, behind: 'load-balancer', scaling: { ...scaling, max: 1 } } as const;
    const found = BlueGreenRollout.inspect('shop/Api', wrong);
    expect(found.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['service-port-is-unprivileged', 'rollout-blue-green-is-not-behind-a-load-balancer']),
    );
    expect(found.map(({ path }) => path)).toContain('shop/Api/Autoscaler');
    const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
    expect(() => new BlueGreenRollout(chart, 'Api', wrong)).toThrow('[service-port-is-unprivileged]');
    expect(Testing.synth(chart)).toEqual([]);
  });

  test('keeps warnings on the construct', () => {
    const chart = new Chart(Testing.app(), 'test', { namespace: 'shop' });
    const { after: _after, ...unwatched } = blueGreen;
    const { node } = new BlueGreenRollout(chart, 'Api', unwatched);
    const kept = node.metadata.filter(({ type }) => type === WARNING_METADATA).map(({ data }) => data.check);
    expect(kept).toEqual(['rollout-release-is-watched']);
  });

  test('a prop that is given as undefined counts as left out', () => {
    const nothing = {
      rolloutName: undefined,
      rollbackWithin: undefined,
      abortScaleDownDelay: undefined,
      revisionHistoryLimit: undefined,
      rollbackRevisions: undefined,
      promotion: undefined,
      before: undefined,
      watch: undefined,
      scaleDownDelay: undefined,
      activeServiceName: undefined,
      previewServiceName: undefined,
      activeService: undefined,
      plainName: undefined,
      behind: undefined,
    };
    const smokeTest = { paths: ['/health'], image: undefined, within: undefined } as unknown as SmokeTestSpec;
    expect(synthBlueGreen({ ...nothing, smokeTest })).toEqual(synthBlueGreen());
  });

  test('a release that is measured in percent and time reaches the cluster as declared', () => {
    const after = {
      metrics: [{ ...successRate, atLeast: Percent.of(99.9), interval: Duration.seconds(30), failureLimit: 1 }],
    };
    const [metric] = only(synthBlueGreen({ after }), 'AnalysisTemplate', 'api-after').spec.metrics;
    expect(metric).toMatchObject({ interval: '30s', count: 56, failureLimit: 1, initialDelay: '2m' });
  });
});

const ARGS = [
  { name: 'version', valueFrom: { podTemplateHashValue: 'Latest' } },
  { name: 'namespace', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
];
