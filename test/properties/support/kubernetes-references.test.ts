import { ApiObject, App } from 'cdk8s';
import { EnvironmentChart } from '../../../lib/platform';
import { Percent } from '../../../lib/units';
import { environment, service } from '../../support/environment';
import type { Manifest } from '../../support/manifests';
import { unresolvedReferences } from './kubernetes-references';

const analysis = { metrics: [{ name: 'success-rate', measures: 'success-rate', atLeast: Percent.of(99) }] } as const;

const place = environment({
  mesh: 'istio',
  services: [
    service('orders', {
      connections: [
        { to: 'database', name: 'main' },
        { to: 'cache', name: 'cache' },
      ],
      vertical: { mode: 'Off', containers: [{ container: '*', resources: ['memory'] }] },
      rollout: { strategy: 'canary', traffic: { through: 'istio' }, smokeTest: { paths: ['/health'] }, analysis },
    }),
    service('stock'),
  ],
});

const sound: readonly Manifest[] = new EnvironmentChart(new App(), { name: 'shop', environments: [place] }, place).node
  .findAll()
  .filter(ApiObject.isApiObject)
  .map((object) => (object as ApiObject).toJson());

const without = (kind: string, name: string): Manifest[] =>
  sound.filter((object) => object.kind !== kind || object.metadata.name !== name);

test('every name in a sound environment stands for something', () => {
  expect(unresolvedReferences(sound)).toEqual([]);
});

test.each([
  ['Service', 'orders-stable', 'Rollout orders names Service orders-stable'],
  ['Service', 'orders-canary', 'VirtualService orders names Service orders-canary'],
  ['VirtualService', 'orders', 'Rollout orders names VirtualService orders'],
  ['Rollout', 'orders', 'HorizontalPodAutoscaler orders names Rollout orders'],
  ['Rollout', 'orders', 'VerticalPodAutoscaler orders names Rollout orders'],
  ['Deployment', 'stock', 'HorizontalPodAutoscaler stock names Deployment stock'],
  ['Deployment', 'stock', 'PodDisruptionBudget stock selects no pod'],
  ['Deployment', 'stock', 'Service stock selects no pod'],
  ['ServiceAccount', 'stock', 'Deployment stock names ServiceAccount stock'],
  ['PriorityClass', 'standard', 'Deployment stock names PriorityClass standard'],
  ['StorageClass', 'gp3', 'StatefulSet cache-shard-0 names StorageClass gp3'],
  ['SecretStore', 'aws', 'names SecretStore aws'],
  ['ExternalSecret', 'cache-auth', 'StatefulSet cache-shard-0 names Secret cache-auth'],
  ['Certificate', 'cache-tls', 'StatefulSet cache-shard-0 names Secret cache-tls'],
])('%s %s is missed: %s', (kind, name, expected) => {
  const objects = without(kind, name);
  expect(objects.length).toBe(sound.length - 1);
  expect(unresolvedReferences(objects).filter((text) => text.includes(expected))).not.toEqual([]);
});
