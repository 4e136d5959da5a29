import { factsOf, readKubernetes, readTerraform } from '../../../lib/ledger';
import type { Json } from '../../../lib/ledger/source';

const ref = (expression: string): string => `\${${expression}}`;
const GIB = 1024 ** 3;

const facts = (resource: Json, objects: readonly Json[] = []) =>
  factsOf({
    kubernetes: readKubernetes('x.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })).objects,
    terraform: readTerraform('shop-data/cdk.tf.json', JSON.stringify({ resource })).blocks,
    skipped: [],
  });

const instance = (more: Record<string, Json> = {}): Json => ({
  identifier: 'shop-main',
  engine: 'postgres',
  engine_version: '17',
  instance_class: 'db.r5.xlarge',
  ...more,
});
const parameters = (values: Record<string, Json>): Json => ({
  aws_db_parameter_group: {
    p: { name: 'shop-parameters', parameter: Object.entries(values).map(([name, value]) => ({ name, value })) },
  },
});
const database = (more: Record<string, Json> = {}, others: Json = {}) =>
  facts({ aws_db_instance: { main: instance(more) }, ...(others as object) }).databases[0];

test('an instance of RDS is a database, with the parameters of its group', () => {
  const found = database(
    { multi_az: true, parameter_group_name: ref('aws_db_parameter_group.p.name') },
    parameters({ max_connections: '400', work_mem: 8192 }),
  );
  expect(found).toMatchObject({
    id: 'aws_db_instance.main in shop-data',
    name: 'shop-main',
    engine: 'postgres',
    version: '17',
    instanceClass: 'db.r5.xlarge',
    memoryBytes: 32 * GIB,
    maxConnections: 400,
    multiAz: true,
    replicaOf: undefined,
    parameters: { max_connections: '400', work_mem: '8192' },
  });
  expect(found?.evidence('/instance_class')).toMatchObject({
    of: 'aws_db_instance.main in shop-data',
    place: { line: 1 },
  });
});

test('a group is found by its name too', () => {
  expect(
    database({ parameter_group_name: 'shop-parameters' }, parameters({ max_connections: '300' }))?.maxConnections,
  ).toBe(300);
});

test.each([
  { it: 'what PostgreSQL has of the memory', more: {}, expected: 3280 },
  { it: 'its limit', more: { instance_class: 'db.r5.2xlarge' }, expected: 5000 },
  { it: 'what MySQL has of the memory', more: { engine: 'mysql' }, expected: 2484 },
  { it: 'nothing of a class that is not known', more: { instance_class: 'db.z9.mega' }, expected: undefined },
  { it: 'nothing of an engine that is not known', more: { engine: 'oracle-ee' }, expected: undefined },
])('without a parameter connections are $it', ({ more, expected }) => {
  expect(database(more as never)?.maxConnections).toBe(expected);
});

test.each([
  ['LEAST({DBInstanceClassMemory/9531392},1000)', 1000],
  ['GREATEST({DBInstanceClassMemory/9531392},4000)', 4000],
  ['{DBInstanceClassMemory/12582880}', 2484],
  ['{DBInstanceVCPU*100}', undefined],
])('%s is worked out', (value, expected) => {
  expect(
    database({ parameter_group_name: 'shop-parameters' }, parameters({ max_connections: value }))?.maxConnections,
  ).toBe(expected);
});

test('a replica knows its primary, and has engine and version from it', () => {
  const { databases } = facts({
    aws_db_instance: {
      main: instance(),
      replica: {
        identifier: 'shop-replica',
        instance_class: 'db.r5.large',
        replicate_source_db: ref('aws_db_instance.main.arn'),
      },
    },
  });
  expect(databases[1]).toMatchObject({
    name: 'shop-replica',
    engine: 'postgres',
    version: '17',
    replicaOf: 'aws_db_instance.main in shop-data',
  });
});

test('instances of a cluster count, and the cluster itself only where it has none', () => {
  const cluster = {
    aws_rds_cluster: {
      c: {
        cluster_identifier: 'shop',
        engine: 'aurora-postgresql',
        engine_version: '16.4',
        db_cluster_instance_class: 'db.r6g.large',
      },
    },
  };
  expect(facts(cluster).databases).toMatchObject([
    { name: 'shop', multiAz: true, instanceClass: 'db.r6g.large', maxConnections: 1640 },
  ]);
  const instances = {
    aws_rds_cluster_instance: {
      i: { cluster_identifier: ref('aws_rds_cluster.c.id'), instance_class: 'db.r6g.xlarge', identifier: 'shop-1' },
    },
  };
  expect(facts({ ...cluster, ...instances }).databases).toMatchObject([
    { name: 'shop-1', engine: 'aurora-postgresql', version: '16.4' },
  ]);
});

test('databases of other clouds are named', () => {
  const { databases, skipped } = facts({ google_sql_database_instance: { x: {} } });
  expect(databases).toEqual([]);
  expect(skipped).toMatchObject([{ view: 'databases' }]);
});

const server = (kind: string, container: Record<string, Json>, more: Record<string, Json> = {}): Json => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name: 'db', namespace: 'shop' },
  spec: { template: { spec: { containers: [{ name: 'db', ...container }], ...more } } },
});
const limits = { resources: { limits: { memory: '2Gi' } } };

test.each([
  {
    it: 'the default of its program',
    container: { image: 'docker.io/library/postgres:17.2-bookworm' },
    expected: ['postgres', '17.2-bookworm', 100],
  },
  { it: 'the default of MySQL', container: { image: 'mysql:8@sha256:abc' }, expected: ['mysql', '8', 151] },
  {
    it: 'an argument',
    container: { image: 'registry:5000/postgres', args: ['-c', 'max_connections=250'] },
    expected: ['postgres', undefined, 250],
  },
  {
    it: 'an argument in one word',
    container: { image: 'mariadb:11', args: ['--max-connections=250'] },
    expected: ['mysql', '11', 250],
  },
])('a server in a pod takes connections by $it', ({ container, expected }) => {
  const [found] = facts({}, [server('StatefulSet', { ...container, ...limits })]).databases;
  expect(found).toMatchObject({ id: 'StatefulSet shop/db', name: 'db', memoryBytes: 2 * GIB, multiAz: false });
  expect([found?.engine, found?.version, found?.maxConnections]).toEqual(expected);
});

test('its mounted configuration counts, and arguments over it', () => {
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'db-config', namespace: 'shop' },
    data: { 'postgresql.conf': "# max_connections = 1\nmax_connections = 300 # why\nlisten_addresses = '*'\n" },
  };
  const volumes = [{ name: 'config', configMap: { name: 'db-config' } }];
  const [found] = facts({}, [config, server('StatefulSet', { image: 'postgres:17' }, { volumes })]).databases;
  expect(found).toMatchObject({ maxConnections: 300, parameters: { listen_addresses: '*' } });
  const overruled = server('StatefulSet', { image: 'postgres:17', args: ['-cmax_connections=200'] }, { volumes });
  expect(facts({}, [config, overruled]).databases[0]?.maxConnections).toBe(200);
});

test('jobs, clients and other images are no servers', () => {
  const others = [
    server('Job', { image: 'postgres:17' }),
    server('Deployment', { image: 'shop/postgres-exporter:1' }, { initContainers: [{ image: 'postgres:17' }] }),
  ];
  expect(facts({}, others).databases).toEqual([]);
});
