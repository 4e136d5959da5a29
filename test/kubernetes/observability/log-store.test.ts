import { LOG_STORE_OBJECT_CHECKS, LogStore, type LogStoreProps } from '../../../lib/kubernetes';
import { Cpu, Memory } from '../../../lib/units';
import { allIds, ids, refused } from '../../support/findings';
import { type Manifest, manifests, only } from '../../support/manifests';

const props: LogStoreProps = {
  name: 'logs',
  namespace: 'logging',
  version: '9.4.3',
  members: 3,
  storage: Memory.gib(100),
  storageClass: 'gp3',
  cpu: Cpu.millis(250),
  memory: Memory.gib(4),
  userSecrets: ['user-writer', 'user-reader'],
  roles: 'writer:\n  cluster:\n    - monitor\n',
  tlsSecret: 'logs-tls',
  clients: [{ pods: { app: 'writer' }, namespace: 'agents', port: 9200 }],
};

const build = (overrides: Partial<LogStoreProps> = {}): Manifest[] =>
  manifests((chart) => new LogStore(chart, 'Logs', { ...props, ...overrides }));
const store = (overrides: Partial<LogStoreProps> = {}): Manifest =>
  only(build(overrides), 'Elasticsearch', 'logs').spec;
const pod = (overrides: Partial<LogStoreProps> = {}): Manifest => store(overrides).nodeSets[0].podTemplate.spec;

describe('LogStore', () => {
  test('has members of one kind, each with its volume', () => {
    const { version, nodeSets } = store();
    expect(version).toBe('9.4.3');
    expect(nodeSets).toHaveLength(1);
    expect(nodeSets[0].count).toBe(3);
    expect(nodeSets[0].volumeClaimTemplates[0]).toEqual({
      metadata: { name: 'elasticsearch-data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'gp3',
        resources: { requests: { storage: '100Gi' } },
      },
    });
  });

  test('keeps its data when it is deleted', () => {
    expect(store().volumeClaimDeletePolicy).toBe('DeleteOnScaledownOnly');
  });

  test('loses one member at a time to an upgrade', () => {
    expect(store().updateStrategy.changeBudget).toEqual({ maxUnavailable: 1, maxSurge: 0 });
  });

  test('meets the strictest level, and needs no node that was set up for it', () => {
    expect(pod().securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod().automountServiceAccountToken).toBe(false);
    expect(pod().initContainers).toBeUndefined();
    expect(store().nodeSets[0].config['node.store.allow_mmap']).toBe(false);
  });

  test('keeps members, and copies of an index, in different zones', () => {
    expect(pod().topologySpreadConstraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { 'elasticsearch.k8s.elastic.co/cluster-name': 'logs' } },
      },
    ]);
    const { config } = store().nodeSets[0];
    expect(config['cluster.routing.allocation.awareness.attributes']).toBe('k8s_node_name,zone');
    expect(config['node.attr.zone']).toBe(['$', '{ZONE}'].join(''));
    expect(pod().containers[0].env[0].valueFrom.fieldRef.fieldPath).toBe(
      "metadata.annotations['topology.kubernetes.io/zone']",
    );
    const { annotations } = only(build(), 'Elasticsearch').metadata;
    expect(annotations['eck.k8s.elastic.co/downward-node-labels']).toBe('topology.kubernetes.io/zone');
  });

  test('may use no more memory than it asks for, as a heap does not shrink', () => {
    const { requests, limits } = pod().containers[0].resources;
    expect([requests.memory, limits.memory]).toEqual(['4Gi', '4Gi']);
  });

  test('no line that arrives makes an index, but those of traces', () => {
    expect(store().nodeSets[0].config['action.auto_create_index']).toBe('+.*,+jaeger-*,-*');
  });

  test('knows users by Secrets, what they may do by a file, and itself by a certificate', () => {
    expect(store().auth).toEqual({
      fileRealm: [{ secretName: 'user-writer' }, { secretName: 'user-reader' }],
      roles: [{ secretName: 'logs-roles' }],
    });
    expect(only(build(), 'Secret', 'logs-roles').stringData).toEqual({ 'roles.yml': props.roles });
    expect(store().http.tls.certificate.secretName).toBe('logs-tls');
  });

  test('is answered to clients and operator on one port, among members on both, and goes nowhere else', () => {
    const { ingress, egress } = only(build(), 'NetworkPolicy', 'logs').spec;
    const doors = (rules: Manifest[], side: 'from' | 'to') =>
      rules.map((rule) => [
        Object.values(rule[side][0].podSelector.matchLabels)[0],
        rule[side][0].namespaceSelector?.matchLabels['kubernetes.io/metadata.name'],
        rule.ports[0].port,
      ]);
    expect(doors(ingress, 'from')).toEqual([
      ['logs', undefined, 9200],
      ['logs', undefined, 9300],
      ['elastic-operator', undefined, 9200],
      ['writer', 'agents', 9200],
    ]);
    expect(doors(egress, 'to')).toEqual([
      ['kube-dns', 'kube-system', 53],
      ['kube-dns', 'kube-system', 53],
      ['logs', undefined, 9200],
      ['logs', undefined, 9300],
    ]);
  });

  test('runs on the nodes it is given', () => {
    const placed = pod({
      placement: {
        labels: { group: 'stateful' },
        tolerates: [{ key: 'group', value: 'stateful', effect: 'NoSchedule' }],
      },
      priorityClass: 'critical',
    });
    expect(placed.nodeSelector).toEqual({ group: 'stateful' });
    expect(placed.tolerations).toEqual([{ key: 'group', operator: 'Equal', value: 'stateful', effect: 'NoSchedule' }]);
    expect(placed.priorityClassName).toBe('critical');
    expect(pod()).not.toHaveProperty('nodeSelector');
  });
});

const rows: readonly (readonly [it: string, given: Partial<LogStoreProps>, expected: readonly string[]])[] = [
  ['takes what is sound', {}, []],
  ['takes a name of 36 characters', { name: 'a'.repeat(36) }, []],
  ['refuses one of 37', { name: 'a'.repeat(37) }, ['log-store-name-is-a-short-dns-label']],
  ['refuses a namespace with a dot', { namespace: 'a.b' }, ['log-store-name-is-a-short-dns-label']],
  ['refuses a release in part', { version: '9.4' }, ['log-store-version-is-exact']],
  ['refuses one that is long gone', { version: '7.17.0' }, ['log-store-version-is-exact']],
  ['takes one member', { members: 1 }, []],
  ['refuses two', { members: 2 }, ['log-store-members-agree']],
  ['takes 20', { members: 20 }, []],
  ['refuses 21', { members: 21 }, ['log-store-members-agree']],
  ['refuses no number', { members: Number.NaN }, ['log-store-members-agree']],
];

test.each(rows)('%s', (_, given, expected) => {
  expect(ids(LogStore.inspect('Logs', { ...props, ...given }))).toEqual(expected);
  expect(refused(() => build(given))).toEqual(expected);
});

test('every check has a failing row', () => {
  expect([...new Set(rows.flatMap(([, , expected]) => expected))].sort()).toEqual(allIds(LOG_STORE_OBJECT_CHECKS));
});
