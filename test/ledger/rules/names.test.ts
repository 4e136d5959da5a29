import { podIdentitiesHaveAccounts } from '../../../lib/ledger/rules/pod-identities-have-accounts';
import { referencesExist } from '../../../lib/ledger/rules/references-exist';
import type { Json } from '../../../lib/ledger/source';
import { blockOf, factsWith, objectOf, workloadOf } from '../pack/facts';
import { said } from './verdicts';

describe('references-exist', () => {
  const app = (pod: { readonly [member: string]: Json }) => workloadOf('app', { pod });
  const container = (more: { readonly [member: string]: Json }) => ({ containers: [{ name: 'main', ...more }] });
  const settings = objectOf('ConfigMap', 'settings');
  test.each([
    {
      it: 'a volume',
      pod: { volumes: [{ name: 'v', configMap: { name: 'settings' } }] },
      missing: 'ConfigMap settings',
    },
    {
      it: 'a projected volume',
      pod: { volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'settings' } }] } }] },
      missing: 'ConfigMap settings',
    },
    {
      it: 'all variables',
      pod: container({ envFrom: [{ configMapRef: { name: 'settings' } }] }),
      missing: 'ConfigMap settings',
    },
    {
      it: 'one variable',
      pod: container({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'a' } } }] }),
      missing: 'ConfigMap settings',
    },
    {
      it: 'an init container',
      pod: { initContainers: [{ name: 'init', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
      missing: 'ConfigMap settings',
    },
    { it: 'an account', pod: { serviceAccountName: 'app' }, missing: 'ServiceAccount app' },
    { it: 'a priority', pod: { priorityClassName: 'high' }, missing: 'PriorityClass high' },
    {
      it: 'a claim',
      pod: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] },
      missing: 'PersistentVolumeClaim data',
    },
  ])('$it must exist', ({ pod, missing }) => {
    expect(said(referencesExist, factsWith({ workloads: [app(pod)] }))).toEqual([
      `broken: Deployment shop/app: ${missing}`,
    ]);
    const [kind = '', name = ''] = missing.split(' ');
    const made = objectOf(kind, name, {}, kind === 'PriorityClass' ? undefined : 'shop');
    expect(said(referencesExist, factsWith({ workloads: [app(pod)], objects: [made] }))).toEqual([
      'holds: Deployment shop/app',
    ]);
  });

  test('the same name in another namespace does not help', () => {
    const facts = factsWith({
      workloads: [app({ serviceAccountName: 'app' })],
      objects: [objectOf('ServiceAccount', 'app', {}, 'other')],
    });
    expect(said(referencesExist, facts)).toEqual(['broken: Deployment shop/app: ServiceAccount app']);
  });

  test('what is optional, or in every cluster, may be missing', () => {
    const pod = {
      serviceAccountName: 'default',
      priorityClassName: 'system-node-critical',
      volumes: [{ name: 'v', configMap: { name: 'settings', optional: true } }],
    };
    expect(said(referencesExist, factsWith({ workloads: [app(pod)] }))).toEqual([]);
  });

  test.each([
    { it: 'an ExternalSecret', object: objectOf('ExternalSecret', 'made', { spec: { target: { name: 'secret' } } }) },
    { it: 'an ExternalSecret of the same name', object: objectOf('ExternalSecret', 'secret') },
    { it: 'a Certificate', object: objectOf('Certificate', 'made', { spec: { secretName: 'secret' } }) },
    { it: 'a SealedSecret', object: objectOf('SealedSecret', 'secret') },
  ])('$it makes a Secret; without it there is a warning', ({ object }) => {
    const pod = { volumes: [{ name: 'v', secret: { secretName: 'secret' } }] };
    expect(said(referencesExist, factsWith({ workloads: [app(pod)], objects: [object] }))).toEqual([
      'holds: Deployment shop/app',
    ]);
    expect(said(referencesExist, factsWith({ workloads: [app(pod)], objects: [settings] }))).toEqual([
      'broken (warning): Deployment shop/app: Secret secret',
    ]);
  });

  test('a StatefulSet needs the class of its volumes', () => {
    const object = objectOf('StatefulSet', 'app', {
      spec: { volumeClaimTemplates: [{ spec: { storageClassName: 'fast' } }] },
    });
    const facts = factsWith({ workloads: [workloadOf('app', { kind: 'StatefulSet', object })] });
    expect(said(referencesExist, facts)).toEqual(['not-evaluated: StatefulSet shop/app']);
    const other = objectOf('StorageClass', 'slow', {}, undefined);
    expect(said(referencesExist, { ...facts, objects: [other] })).toEqual([
      'broken: StatefulSet shop/app: StorageClass fast',
    ]);
    const made = objectOf('StorageClass', 'fast', {}, undefined);
    expect(said(referencesExist, { ...facts, objects: [made] })).toEqual(['holds: StatefulSet shop/app']);
  });
});

describe('pod-identities-have-accounts', () => {
  const association = (service_account: string, name = 'one', namespace = 'shop') =>
    blockOf('aws_eks_pod_identity_association', name, { cluster_name: 'main', namespace, service_account });
  const app = objectOf('ServiceAccount', 'app');
  test.each([
    { it: 'the same name', blocks: [association('app')], expected: ['holds'] },
    { it: 'another name', blocks: [association('application')], expected: ['broken'] },
    { it: 'another namespace that was read', blocks: [association('app', 'one', 'web')], expected: ['broken'] },
    { it: 'a namespace that was not', blocks: [association('app', 'one', 'kube-system')], expected: ['not-evaluated'] },
    {
      it: 'the same account twice',
      blocks: [association('app'), association('app', 'two')],
      expected: ['holds', 'broken'],
    },
    {
      it: 'a name that is a reference',
      blocks: [association(['$', '{var.account}'].join(''))],
      expected: ['not-evaluated'],
    },
  ])('$it', ({ blocks, expected }) => {
    const facts = factsWith({ objects: [app, objectOf('ServiceAccount', 'web', {}, 'web')], blocks });
    expect(podIdentitiesHaveAccounts.judge(facts, 'ordinary').map(({ outcome }) => outcome)).toEqual(expected);
  });
});
