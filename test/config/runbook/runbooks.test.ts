import { complianceRunbook } from '../../../lib/config/runbook/compliance-runbook';
import { canFailOver, failoverRunbook } from '../../../lib/config/runbook/failover-runbook';
import { maintenanceRunbook } from '../../../lib/config/runbook/maintenance-runbook';
import { rollbackRunbook } from '../../../lib/config/runbook/rollback-runbook';
import type { RunbookDatabase, RunbookPlace, RunbookWorkload } from '../../../lib/config/runbook/runbook-props';
import { trafficSpikeRunbook } from '../../../lib/config/runbook/traffic-spike-runbook';
import { troubleshootingRunbook } from '../../../lib/config/runbook/troubleshooting-runbook';
import { shellBlocks } from '../../support/runbooks';

const place: RunbookPlace = {
  platform: 'shop',
  environment: 'production',
  region: 'eu-west-1',
  cluster: 'shop-production',
  namespace: 'shop',
  appliedBy: 'kubectl',
  files: [],
};
const healing: RunbookPlace = { ...place, appliedBy: 'argo-cd' };

const orders: RunbookWorkload = {
  service: 'orders',
  kind: 'Deployment',
  object: 'orders',
  release: 'rolling',
  autoscaler: 'orders-hpa',
  scaledBy: 'HorizontalPodAutoscaler',
  min: 2,
  max: 6,
  targets: ['CPU 70%'],
  waits: { up: '0s', down: '5m' },
  budget: 'orders',
  pod: { cpu: '200m', memory: '256Mi', memoryLimit: '512Mi' },
  pools: { main: 10 },
  port: 8080,
  healthPath: '/health',
  startsWithin: '2m',
  endsWithinSeconds: 50,
  isPublic: true,
};
const main: RunbookDatabase = {
  name: 'main',
  databaseName: 'shop',
  maxConnections: 500,
  runs: 'rds',
  identifier: 'shop-production-main',
  rolesJob: 'main-roles',
  isReplica: false,
  multiAz: true,
};
const replica: RunbookDatabase = {
  name: 'main',
  databaseName: 'shop',
  maxConnections: 500,
  runs: 'rds',
  identifier: 'shop-production-main',
  isReplica: true,
  multiAz: false,
};

const commands = (text: string): string[] => shellBlocks(text).flatMap((block) => block.split('\n'));
const HOLD = 'kubectl --namespace argocd scale statefulset/argocd-application-controller --replicas=0';
const LET_GO = 'kubectl --namespace argocd scale statefulset/argocd-application-controller --replicas=1';

const spike = (changes: object = {}) =>
  trafficSpikeRunbook({
    place,
    raised: [{ workload: orders, pods: 6 }],
    rooms: [],
    connections: [],
    alerts: [],
    ...changes,
  });

describe('a flood', () => {
  test('is met by the minimum of the autoscaler, and ends with what it was', () => {
    expect(commands(spike()).filter((line) => line.includes('patch'))).toEqual([
      `kubectl --namespace shop patch hpa/orders-hpa --type merge --patch '{"spec":{"minReplicas":6}}'`,
      `kubectl --namespace shop patch hpa/orders-hpa --type merge --patch '{"spec":{"minReplicas":2}}'`,
    ]);
  });

  test('is met by what KEDA reads where KEDA made the autoscaler', () => {
    const workload = { ...orders, scaledBy: 'ScaledObject' };
    expect(commands(spike({ raised: [{ workload, pods: 6 }] }))).toContain(
      `kubectl --namespace shop patch scaledobjects.keda.sh/orders-hpa --type merge --patch '{"spec":{"minReplicaCount":6}}'`,
    );
  });

  test('says where pods or connections will not fit', () => {
    const nodes = [{ name: 'general', min: 1, max: 2, instanceTypes: ['m5.large'], zoned: false }];
    const room = { nodes, asked: { cpu: '5', memory: '8Gi' }, there: { cpu: '4', memory: '14Gi' } };
    const connection = { database: 'main', asked: 501, there: 500 };
    expect(spike({ rooms: [{ ...room, suffices: true }] })).not.toContain('does not fit');
    expect(spike({ rooms: [{ ...room, suffices: false }] })).toContain('| 5 CPU, 8Gi | 4 CPU, 14Gi | **does not fit**');
    expect(spike({ connections: [connection] })).toContain('| main | 501 | 500 | **do not fit** |');
    expect(spike({ connections: [{ ...connection, asked: 500 }] })).toContain('| main | 500 | 500 | fit |');
    expect(spike({ connections: [{ ...connection, pooler: 'pool' }] })).toContain('| share what pool holds |');
  });

  test('holds Argo CD before anything is changed, and lets it go at the end', () => {
    const all = commands(spike({ place: healing }));
    expect(all.indexOf(HOLD)).toBeLessThan(all.findIndex((line) => line.includes('patch')));
    expect(all.at(-1)).toBe(LET_GO);
    expect(commands(spike()).join()).not.toContain('argocd');
  });
});

describe('a rollback', () => {
  const rollback = (changes: object = {}) => rollbackRunbook({ place, workloads: [orders], ...changes });

  test('of Deployments alone aborts nothing, and undoes them', () => {
    expect(rollback()).not.toContain('argo rollouts');
    expect(commands(rollback())).toContain('kubectl --namespace shop rollout undo deployment/orders');
  });

  test('ends in Git, by whoever applies it', () => {
    expect(commands(rollback())).toContain('kubectl apply --kustomize dist/kubernetes/shop/production/30-workloads');
    const healed = commands(rollback({ place: healing }));
    expect(healed).toEqual(expect.arrayContaining([HOLD, 'git push', LET_GO]));
    expect(healed.join()).not.toContain('kubectl apply');
    expect(healed.indexOf(HOLD)).toBeLessThan(
      healed.indexOf('kubectl --namespace shop rollout undo deployment/orders'),
    );
  });

  test('looks at migrations that are declared', () => {
    expect(commands(rollback({ workloads: [{ ...orders, migration: 'orders-migration' }] }))).toContain(
      'kubectl --namespace shop get jobs --selector app.kubernetes.io/name=orders-migration',
    );
  });

  test('leads to where rows come back from, if they do', () => {
    expect(rollback({ restore: 'recovery.md#corruption-or-deletion' })).toContain(
      '](recovery.md#corruption-or-deletion)',
    );
    expect(rollback()).not.toContain('recovery.md');
  });
});

describe('maintenance', () => {
  const maintenance = (changes: object = {}) =>
    maintenanceRunbook({
      place,
      workloads: [orders],
      nodes: [],
      databases: [main],
      caches: [],
      nodeLabel: 'example.com/group',
      ...changes,
    });

  test('gives a service of one pod a second one first, and takes it back', () => {
    const patches = commands(maintenance({ workloads: [{ ...orders, min: 1 }] })).filter((line) =>
      line.includes('patch'),
    );
    expect(patches.map((line) => /\{"minReplicas":\d\}/.exec(line)?.[0])).toEqual([
      '{"minReplicas":2}',
      '{"minReplicas":1}',
    ]);
  });

  test('leaves a service alone that may never have two', () => {
    expect(maintenance({ workloads: [{ ...orders, min: 1, max: 1 }] })).not.toContain('patch');
  });

  test('lets connections end before it cuts them off, and lets them in again', () => {
    const all = commands(maintenance());
    const at = (text: string) => all.findIndex((line) => line.includes(text));
    const order = [
      at('ALLOW_CONNECTIONS false'),
      at("AND state = 'idle'"),
      all.indexOf('sleep 60'),
      all.findIndex((line) => line.endsWith('pid <> pg_backend_pid()"')),
      at('ALLOW_CONNECTIONS true'),
      at('delete job main-psql'),
    ];
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
    expect(all.join('\n')).not.toContain("datname = 'postgres'");
  });

  test('asks nobody to be master of a replica', () => {
    expect(maintenance({ databases: [replica] })).not.toContain('psql');
  });
});

describe('a failover', () => {
  const nothing = { place, databases: [], caches: [] };

  test.each([
    ['nothing stands by', nothing, false],
    ['a replica that follows', { ...nothing, databases: [replica] }, false],
    ['a second zone', { ...nothing, databases: [main] }, true],
    [
      'a cache without replicas',
      { ...nothing, caches: [{ name: 'c', port: 1, runs: 'pod', pod: 'c-0', isCluster: false, replicas: 0 }] },
      false,
    ],
    [
      'a cache with one',
      { ...nothing, caches: [{ name: 'c', port: 1, runs: 'elasticache', identifier: 'c', replicas: 1 }] },
      true,
    ],
    ['another region', { ...nothing, standby: { environment: 'dr', region: 'eu-west-2' } }, true],
  ] as const)('%s: %#', (_, props, can) => expect(canFailOver(props)).toBe(can));

  test('of a region asks for as many pods as were lost, where there are fewer', () => {
    const takesOver = {
      environment: 'production',
      runbook: '../production/recovery.md',
      raised: [{ workload: orders, pods: 4 }],
    };
    expect(commands(failoverRunbook({ ...nothing, takesOver }))).toContain(
      `kubectl --namespace shop patch hpa/orders-hpa --type merge --patch '{"spec":{"minReplicas":4}}'`,
    );
  });
});

test('without gateway, sidecars and alert compliance is what services say', () => {
  const header = { name: 'X-Hash', value: 'cdd01ef066bc6cf2', setting: 'HASH' };
  const text = complianceRunbook({ place, workloads: [orders], header, sidecars: false });
  expect(text).not.toMatch(/istio-proxy|required_header|port-forward/);
  expect(commands(text)[0]).toContain(`awk -F '\\t' '$2 != "" && $2 != "cdd01ef066bc6cf2"'`);
});

test('nodes of Karpenter are asked for by their claims, and an open API server by no tunnel', () => {
  const text = troubleshootingRunbook({
    place,
    workloads: [orders],
    nodes: [],
    nodeLabel: 'example.com/group',
    nodesBy: 'karpenter',
    databases: [{ ...main, pooler: { name: 'pool', serverConnections: 100 } }],
    caches: [],
    access: 'public-allowlist',
    dashboards: {},
  });
  expect(commands(text)).toContain('kubectl get nodeclaims.karpenter.sh');
  expect(text).not.toMatch(/cluster-autoscaler-status|ssm start-session|docker compose/);
  expect(text).toContain('ends at pool, which holds 100 to the server');
});

test('the tenth step is indented as far as its number', () => {
  const workloads = Array.from({ length: 10 }, (_, at) => ({ ...orders, service: `orders-${at}` }));
  const text = troubleshootingRunbook({
    place,
    workloads,
    nodes: [],
    nodeLabel: 'example.com/group',
    nodesBy: 'karpenter',
    databases: [],
    caches: [],
    access: 'private-network',
    dashboards: {},
  });
  expect(text).toContain('\n9. orders-8.\n\n   ```sh\n   POD=');
  expect(text).toContain('\n10. orders-9.\n\n    ```sh\n    POD=');
});
