import { ACGS } from '../../apps/acgs';
import type { EnvironmentSpec, PlatformSpec, ServiceSpec } from '../../lib/model';
import { differences, goldenText } from '../support/golden';
import type { Manifest } from '../support/manifests';
import { type Output, output } from '../support/output';

/** ACGS with a change to one service of production. */
const withService = (name: string, change: (service: ServiceSpec) => ServiceSpec): PlatformSpec => ({
  ...ACGS,
  environments: ACGS.environments.map((environment): EnvironmentSpec => {
    if (environment.name !== 'production') return environment;
    const services = environment.services.map((service) => (service.name === name ? change(service) : service));
    return { ...environment, services };
  }),
});

/** Services that Argo Rollouts brings out; the others are Deployments. */
const ROLLED_OUT = ['agent-hitl', 'auth-service', 'constitutional-ai'];

const before = output(ACGS);
const environments = ACGS.environments.map(({ name }) => `acgs/${name}`);
const key = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`;

/** Leaves in which two values differ, by path. */
function paths(one: Manifest, other: Manifest, path: string): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((name) => paths(one[name], other[name], `${path}.${name}`));
}

/** Where production's manifests differ. */
function changed(after: Output): string[] {
  const old = new Map(before.objects('acgs/production').map((object) => [key(object), object]));
  const now = after.objects('acgs/production');
  expect(now.map(key)).toEqual([...old.keys()]);
  return now.flatMap((object) => paths(old.get(key(object)), object, key(object))).sort();
}

/** Files of the other environments and of Terraform that differ. */
const elsewhere = (after: Output): string[] => [
  ...Object.keys(after.terraform).filter((path) => after.terraform[path] !== before.terraform[path]),
  ...Object.keys(after.kubernetes).filter(
    (path) => !path.startsWith('acgs/production/') && after.kubernetes[path] !== before.kubernetes[path],
  ),
];

describe('one more pod at most of one service', () => {
  const after = output(
    withService('executive-council', (service) => ({ ...service, scaling: { ...service.scaling, max: 7 } })),
  );

  test('changes its autoscaler, the quota of the namespace and the pooler that its connections come to, and nothing else', () => {
    expect(changed(after)).toEqual([
      'ConfigMap main-pooler-config.data.pgbouncer.ini',
      'Deployment main-pooler.spec.template.metadata.annotations.headroom.dev/config-checksum',
      'Deployment main-pooler.spec.template.spec.containers.0.resources.limits.memory',
      'Deployment main-pooler.spec.template.spec.containers.0.resources.requests.memory',
      'HorizontalPodAutoscaler executive-council.spec.maxReplicas',
      'ResourceQuota quota.spec.hard.limits.cpu',
      'ResourceQuota quota.spec.hard.limits.memory',
      'ResourceQuota quota.spec.hard.pods',
      'ResourceQuota quota.spec.hard.requests.cpu',
      'ResourceQuota quota.spec.hard.requests.memory',
    ]);
    expect(elsewhere(after)).toEqual([]);
  });

  test('shows as one changed line for each', () => {
    const [old = '', now = ''] = [before, after].map((one) => goldenText(one, 'acgs/production/manifests'));
    expect(differences(old, now).map((line) => line.split('  ')[0])).toEqual([
      '- ConfigMap acgs/main-pooler-config',
      '+ ConfigMap acgs/main-pooler-config',
      '- Deployment acgs/main-pooler',
      '+ Deployment acgs/main-pooler',
      '- HorizontalPodAutoscaler acgs/executive-council',
      '+ HorizontalPodAutoscaler acgs/executive-council',
      '- ResourceQuota acgs/quota',
      '+ ResourceQuota acgs/quota',
    ]);
    expect(differences(old, now)[5]).toContain('pods=2..7');
  });
});

describe('another release of one service', () => {
  const after = output(
    withService('auth-service', (service) => ({ ...service, image: { ...service.image, tag: '2.0.1' } })),
  );

  test('changes the image in its pod template and nothing else', () => {
    expect(changed(after)).toEqual(['Rollout auth-service.spec.template.spec.containers.0.image']);
    expect(elsewhere(after)).toEqual([]);
  });

  test('leaves the environments that do not carry it as they are', () => {
    const text = (one: Output, environment: string): string =>
      ['manifests', 'stacks'].map((half) => goldenText(one, `${environment}/${half}`)).join('');
    const touched = environments.filter(
      (environment) => differences(text(before, environment), text(after, environment)).length > 0,
    );
    expect(touched).toEqual(['acgs/production']);
  });
});

describe('another release of all services', () => {
  const release: PlatformSpec = {
    ...ACGS,
    environments: ACGS.environments.map((environment) => ({
      ...environment,
      services: environment.services.map((service) => ({ ...service, image: { ...service.image, tag: '2.1.0' } })),
    })),
  };

  test('changes the pod template of every service, and not the gateway or the caches', () => {
    const [production] = ACGS.environments.filter(({ name }) => name === 'production');
    expect(changed(output(release))).toEqual(
      (production?.services ?? [])
        .map(({ name }) => `${ROLLED_OUT.includes(name) ? 'Rollout' : 'Deployment'} ${name}`)
        .map((workload) => `${workload}.spec.template.spec.containers.0.image`)
        .sort(),
    );
  });
});
