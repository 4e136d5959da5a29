import {
  UNIQUE_CONSTRAINT_CHECKS,
  UNIQUE_TEMPLATES_CHECKS,
  UniqueConstraint,
  type UniqueConstraintProps,
  UniqueTemplates,
  type UniqueTemplatesProps,
} from '../../../lib/kubernetes';
import { UNIQUE_CLAIMS } from '../../../lib/model';
import { allIds, ids, refused } from '../../support/findings';
import { manifests, only } from '../../support/manifests';

const templates = (props: UniqueTemplatesProps = { unique: UNIQUE_CLAIMS }) =>
  manifests((chart) => new UniqueTemplates(chart, 'Templates', props));

const props: UniqueConstraintProps = { name: 'shop-targets', claim: 'autoscaler-target', namespace: 'shop' };

const constraint = (overrides: Partial<UniqueConstraintProps> = {}) => {
  const [only] = manifests((chart) => new UniqueConstraint(chart, 'X', { ...props, ...overrides }));
  return only;
};

describe('templates', () => {
  test('each makes the kind that its name is', () => {
    const made = templates().filter(({ kind }) => kind === 'ConstraintTemplate');
    expect(made.map(({ metadata, spec }) => [metadata.name, spec.crd.spec.names.kind])).toEqual([
      ['uniqueautoscalertarget', 'UniqueAutoscalerTarget'],
      ['uniqueingresshost', 'UniqueIngressHost'],
    ]);
    for (const { metadata, spec } of made) {
      const { engine, source } = spec.targets[0].code[0];
      expect([engine, source.version]).toEqual(['Rego', 'v1']);
      expect(source.rego).toMatch(new RegExp(`^package ${metadata.name}\n`));
      expect(source.rego).toMatch(/\nviolation contains /);
    }
  });

  test('Gatekeeper keeps at hand what they compare, and nothing else', () => {
    expect(only(templates(), 'SyncSet').spec.gvks).toEqual([
      { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' },
      { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' },
    ]);
    expect(only(templates({ unique: ['ingress-host'] }), 'SyncSet').spec.gvks).toHaveLength(1);
  });

  test('belong to no namespace', () => {
    for (const { metadata } of templates()) expect(metadata.namespace).toBeUndefined();
  });

  test.each([[[]], [['ingress-host', 'ingress-host']], [['pod-name' as never]]] as const)(
    'of %j are refused',
    (unique) => {
      expect(ids(UniqueTemplates.inspect('X', { unique }))).toEqual(allIds(UNIQUE_TEMPLATES_CHECKS));
      expect(refused(() => templates({ unique }))).toEqual(['unique-templates-name-claims']);
    },
  );
});

describe('a constraint', () => {
  test('refuses in one namespace, for objects of one kind', () => {
    expect(constraint()).toMatchObject({
      apiVersion: 'constraints.gatekeeper.sh/v1beta1',
      kind: 'UniqueAutoscalerTarget',
      metadata: { name: 'shop-targets' },
      spec: {
        enforcementAction: 'deny',
        match: { kinds: [{ apiGroups: ['autoscaling'], kinds: ['HorizontalPodAutoscaler'] }], namespaces: ['shop'] },
      },
    });
    expect(constraint({ claim: 'ingress-host' })).toMatchObject({
      kind: 'UniqueIngressHost',
      spec: { match: { kinds: [{ apiGroups: ['networking.k8s.io'], kinds: ['Ingress'] }] } },
    });
    expect(constraint().metadata.namespace).toBeUndefined();
  });

  test.each([
    ['deny', 'deny'],
    ['warn', 'warn'],
    ['audit', 'dryrun'],
  ] as const)('of mode %s is enforced as %s', (mode, action) => {
    expect(constraint({ mode }).spec.enforcementAction).toBe(action);
  });

  const broken: readonly (readonly [check: string, overrides: Partial<UniqueConstraintProps>])[] = [
    ['unique-constraint-is-named', { name: 'Shop' }],
    ['unique-constraint-claim-is-known', { claim: 'pod-name' as never }],
    ['unique-constraint-spares-kubernetes', { namespace: 'kube-system' }],
    ['unique-constraint-spares-kubernetes', { namespace: 'default' }],
    ['unique-constraint-mode-is-known', { mode: 'block' as never }],
  ];

  test.each(broken)('%s fails (row %#)', (check, overrides) => {
    expect(ids(UniqueConstraint.inspect('X', { ...props, ...overrides }))).toEqual([check]);
    expect(refused(() => constraint(overrides))).toEqual([check]);
  });

  test('every check has a failing row', () => {
    expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(UNIQUE_CONSTRAINT_CHECKS));
  });
});
