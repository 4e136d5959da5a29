import {
  type Fit,
  type Fitted,
  fitNumbers,
  fitText,
  readAssumptions,
  readKubernetes,
  readTerraform,
} from '../../../lib/ledger';

/** Pods that take more than half a node, so that each needs one of its own. */
const MANIFESTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  template:
    metadata: { labels: { app: web }, annotations: { headroom.dev/pool: "main=2x10" } }
    spec:
      containers:
        - name: web
          image: example.com/web:1
          resources: { requests: { cpu: 1000m, memory: 64Mi } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
`;

const terraform = (maxSize: number, connections: number) =>
  JSON.stringify({
    resource: {
      aws_eks_node_group: {
        general: {
          cluster_name: 'shop',
          node_group_name: 'general',
          instance_types: ['m6i.large'],
          scaling_config: { min_size: 2, max_size: maxSize, desired_size: 2 },
        },
      },
      aws_db_instance: {
        main: {
          identifier: 'main',
          engine: 'postgres',
          engine_version: '17.6',
          instance_class: 'db.r6g.large',
          ...(connections > 0 && { parameter_group_name: 'main' }),
        },
      },
      ...(connections > 0 && {
        aws_db_parameter_group: {
          main: { name: 'main', parameter: [{ name: 'max_connections', value: `${connections}` }] },
        },
      }),
    },
  });

function fitsOf(maxSize: number, connections: number, manifests = MANIFESTS): Fitted {
  const { objects } = readKubernetes('web.yaml', manifests);
  const { blocks } = readTerraform('', terraform(maxSize, connections));
  const { assumptions } = readAssumptions([], '2026-11-21');
  return fitNumbers({ sources: { kubernetes: objects, terraform: blocks, skipped: [] }, assumptions });
}

const fitted = (...given: Parameters<typeof fitsOf>): ReadonlyMap<string, Fit> =>
  new Map(fitsOf(...given).fits.map((one) => [one.of, one]));

test('a node group may be as small as the pods at their maximum allow', () => {
  expect(fitted(9, 400).get('max_size of general')).toMatchObject({
    now: 9,
    fits: 5,
    isFree: false,
    bounds: ['peak-pods-have-seats'],
  });
});

test('a maximum may be as large as the nodes at theirs allow', () => {
  expect(fitted(9, 400).get('maxReplicas of shop/web')).toMatchObject({
    now: 5,
    fits: 9,
    bounds: ['peak-pods-have-seats'],
  });
  expect(fitted(5, 400).get('maxReplicas of shop/web')).toMatchObject({ now: 5, fits: 5 });
});

test('what is too small today is fitted upwards, what is too large downwards', () => {
  const fits = fitted(3, 400);
  expect(fits.get('max_size of general')).toMatchObject({ now: 3, fits: 5 });
  expect(fits.get('maxReplicas of shop/web')).toMatchObject({ now: 5, fits: 3 });
});

test('a pool may be as large as the connections that the server takes, shared by all processes of all pods', () => {
  // 405 less 3 for superusers and 2 for RDS are 400, of 5 pods with 2 processes: 40 each
  expect(fitted(9, 405).get('pool of shop/web to main')).toMatchObject({
    now: 10,
    fits: 40,
    bounds: ['database-connections-cover-pools'],
  });
});

test('a database may be of the smallest class of its family whose default takes the connections', () => {
  // 5 pods x 2 x 170 = 1,700: large has 0.91 x 16 GiB / 9531392 = 1,640 and xlarge 3,280
  const fits = fitted(9, 0, MANIFESTS.replace('main=2x10', 'main=2x170'));
  expect(fits.get('instance_class of main')).toMatchObject({
    now: 'db.r6g.large',
    fits: 'db.r6g.xlarge',
    bounds: ['database-connections-cover-pools'],
  });
});

test('what no rule is concerned with may be as it likes, within what was tried', () => {
  expect(fitted(9, 400).get('instance_class of main')).toMatchObject({
    fits: 'db.r6g.large',
    isFree: true,
    bounds: [],
  });
});

test('what no number alone mends is named', () => {
  const api = MANIFESTS.replaceAll('web', 'api')
    .replace('main=2x10', 'main=2x4')
    .replace('minReplicas: 2', 'minReplicas: 5');
  const both = `${MANIFESTS.replace('minReplicas: 2', 'minReplicas: 5')}---\n${api}`;
  // 5 pods of each: 100 connections of web and 40 of api; 34 are there for them
  const { fits, unmet } = fitsOf(99, 39, both);
  expect(unmet).toEqual([{ rule: 'database-connections-cover-pools', subject: 'aws_db_instance.main' }]);
  expect(fits.filter(({ of }) => /web/.test(of)).map(({ of, isFree }) => [of, isFree])).toEqual([
    ['maxReplicas of shop/web', true],
    ['pool of shop/web to main', true],
  ]);
  // with one connection a process web takes 10, and 24 are left for 10 processes of api
  const mended = both.replace('main=2x10', 'main=2x1');
  expect(fitsOf(99, 39, mended).unmet).toEqual([]);
  expect(fitted(99, 39, mended).get('pool of shop/api to main')).toMatchObject({ now: 4, fits: 2 });
});

test('for people it is a table', () => {
  const fits: Fit[] = [
    { of: 'max_size of general', sought: 'least', now: 9, fits: 5, isFree: false, bounds: ['peak-pods-have-seats'] },
    { of: 'maxReplicas of a', sought: 'most', now: 5, fits: 42, isFree: true, bounds: [] },
    { of: 'pool of a', sought: 'most', now: 5, fits: undefined, isFree: false, bounds: ['pooler-lets-clients-in'] },
  ];
  const unmet = [{ rule: 'pods-fit-a-node', subject: 'Deployment shop/a' }];
  expect(fitText({ fits, unmet }).split('\n')).toEqual([
    'Number               now  would do  beyond it breaks',
    'max_size of general    9         5  peak-pods-have-seats',
    'maxReplicas of a       5     >= 42  no rule changes its mind',
    'pool of a              5      none  whatever it is: pooler-lets-clients-in',
    '',
    'Broken whatever any one number is',
    '  pods-fit-a-node  Deployment shop/a',
    '',
  ]);
  expect(fitText({ fits: [], unmet: [] })).toBe('nothing that could be another number\n');
});
