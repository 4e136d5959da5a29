import {
  ADMISSION_POLICIES_CHECKS,
  ADMISSION_TARGET_CHECKS,
  AdmissionPolicies,
  type AdmissionPoliciesProps,
} from '../../../lib/kubernetes';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props = (changes: Partial<AdmissionPoliciesProps> = {}): AdmissionPoliciesProps => ({
  name: 'shop',
  namespace: 'shop-workloads',
  images: ['registry.example.com/shop/', 'docker.io/library/redis'],
  ...changes,
});

const synth = (changes?: Partial<AdmissionPoliciesProps>, version?: string): Manifest[] =>
  manifests((chart) => new AdmissionPolicies(chart, 'Admission', props(changes)), version);

const policies = (objects = synth()) => objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
const bindings = (objects = synth()) => objects.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding');
const policy = (name: string): Manifest => only(synth(), 'ValidatingAdmissionPolicy', `shop-${name}`);

describe('AdmissionPolicies', () => {
  test('asks about images, amounts, identities, privileges, the node and Services', () => {
    expect(policies().map(({ metadata }) => metadata.name)).toEqual([
      'shop-images',
      'shop-resources',
      'shop-identities',
      'shop-privileges',
      'shop-host',
      'shop-services',
    ]);
  });

  test('each policy is bound to the one namespace, and refuses', () => {
    expect(bindings()).toHaveLength(6);
    for (const { metadata, spec } of bindings()) {
      expect(spec).toEqual({
        policyName: metadata.name,
        validationActions: ['Deny', 'Audit'],
        matchResources: {
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop-workloads'] }],
          },
        },
      });
    }
    expect(bindings().map(({ metadata }) => metadata.name)).toEqual(policies().map(({ metadata }) => metadata.name));
  });

  test('no policy can ever hold for the namespaces of Kubernetes, whatever binds it', () => {
    for (const { spec } of policies()) {
      expect(spec.matchConstraints.namespaceSelector.matchExpressions).toEqual([
        {
          key: 'kubernetes.io/metadata.name',
          operator: 'NotIn',
          values: ['kube-system', 'kube-node-lease', 'kube-public'],
        },
      ]);
    }
  });

  test('a rule that cannot be evaluated refuses, and the policy says why', () => {
    for (const { spec, metadata } of policies()) {
      expect(spec.failurePolicy).toBe('Fail');
      expect(metadata.annotations['headroom.dev/failure-policy-reason']).toContain('no webhook');
    }
  });

  test('belongs to no namespace', () => {
    for (const { metadata } of synth()) expect(metadata.namespace).toBeUndefined();
  });

  test('rules for pods hold for whatever makes pods, and for those who look into one', () => {
    const asked = policy('images').spec.matchConstraints.resourceRules.flatMap(
      ({ apiGroups, resources, operations }: Manifest) => {
        expect(operations).toEqual(['CREATE', 'UPDATE']);
        return resources.map((resource: string) => `${apiGroups[0]}/${resource}`);
      },
    );
    expect(asked).toEqual([
      '/pods',
      '/pods/ephemeralcontainers',
      'apps/daemonsets',
      'apps/deployments',
      'apps/statefulsets',
      'batch/cronjobs',
      'batch/jobs',
      'argoproj.io/rollouts',
    ]);
    expect(policy('images').spec.matchConditions.map(({ name }: Manifest) => name)).toEqual([
      'has-pods',
      'pods-change',
    ]);
    expect(policy('services').spec.matchConstraints.resourceRules).toEqual([
      { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['services'] },
    ]);
  });

  test('images start with a registry, or are one repository with any tag or digest', () => {
    const [source] = policy('images').spec.validations;
    expect(source.expression).toContain(
      "['registry.example.com/shop/', 'docker.io/library/redis:', 'docker.io/library/redis@']",
    );
    expect(source.message).toBe('images must come from one of registry.example.com/shop/, docker.io/library/redis');
  });

  test('every expression uses only variables that stand before it', () => {
    for (const { spec } of policies()) {
      const known = new Set<string>();
      const used = (text: string) => [...text.matchAll(/variables\.(\w+)/g)].map(([, name]) => name);
      for (const { name, expression } of spec.variables ?? []) {
        expect([...known]).toEqual(expect.arrayContaining(used(expression)));
        known.add(name);
      }
      for (const { expression } of spec.validations) {
        expect([...known]).toEqual(expect.arrayContaining(used(expression)));
      }
    }
  });

  test.each([
    ['deny', ['Deny', 'Audit']],
    ['warn', ['Warn', 'Audit']],
    ['audit', ['Audit']],
  ] as const)('%s leads to %j', (mode, actions) => {
    for (const { spec } of bindings(synth({ mode }))) expect(spec.validationActions).toEqual(actions);
  });

  test('an API server that knows no such policies gets none, and a finding says so', () => {
    expect(synth({}, '1.29')).toEqual([]);
    expect(synth({}, '1.30')).toHaveLength(12);
    expect(AdmissionPolicies.inspect('shop/a', props(), '1.29')).toMatchObject([
      { check: 'admission-policies-are-served', severity: 'warning' },
    ]);
    expect(AdmissionPolicies.inspect('shop/a', props(), '1.30')).toEqual([]);
  });
});

const broken: [check: string, changes: Partial<AdmissionPoliciesProps>][] = [
  ['admission-name-is-a-short-dns-label', { name: 'Shop' }],
  ['admission-name-is-a-short-dns-label', { name: 'a'.repeat(41) }],
  ['admission-namespace-is-not-of-kubernetes', { namespace: 'kube-system' }],
  ['admission-namespace-is-not-of-kubernetes', { namespace: 'default' }],
  ['admission-namespace-is-not-of-kubernetes', { namespace: 'Shop' }],
  ['admission-mode-is-known', { mode: 'enforce' as 'deny' }],
  ['admission-images-have-a-registry', { images: [] }],
  ['admission-images-have-a-registry', { images: ['library/redis'] }],
  ['admission-images-have-a-registry', { images: ['docker.io'] }],
  ['admission-images-have-a-registry', { images: ['docker.io/library/redis:7'] }],
  ['admission-images-have-a-registry', { images: ["docker.io/library/'redis'"] }],
];

test.each(broken)('%s fails (row %#)', (check, changes) => {
  expect(ids(AdmissionPolicies.inspect('shop/admission', props(changes)))).toEqual([check]);
  expect(refused(() => synth(changes))).toEqual([check]);
});

test.each([
  [{ name: 'a'.repeat(40) }],
  [{ images: ['registry.example.com:5000/'] }],
  [{ images: ['123456789012.dkr.ecr.us-west-2.amazonaws.com/'] }],
])('the bounds themselves are accepted (row %#)', (changes) => {
  expect(AdmissionPolicies.inspect('shop/admission', props(changes))).toEqual([]);
});

test('every check has a failing row', () => {
  const rows = [...broken.map(([check]) => check), 'admission-policies-are-served'];
  expect([...new Set(rows)].sort()).toEqual(allIds(ADMISSION_POLICIES_CHECKS, ADMISSION_TARGET_CHECKS));
});
