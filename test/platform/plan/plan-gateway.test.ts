import { App } from 'cdk8s';
import { PLATFORMS } from '../../../apps';
import { EnvironmentChart } from '../../../lib/platform';
import type { Manifest } from '../../support/manifests';

/** Pods of each gateway, with what its environment says of a mesh. */
const gateways = PLATFORMS.flatMap((platform) =>
  platform.environments.flatMap((environment) => {
    const { gateway, mesh } = environment;
    if (gateway === undefined) return [];
    const objects: Manifest[] = new EnvironmentChart(new App(), platform, environment).toJson();
    const [pod] = objects.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === gateway.name);
    return [{ it: `${platform.name} ${environment.name}`, mesh, metadata: pod.spec.template.metadata }];
  }),
);

const meshed = gateways.filter(({ mesh }) => mesh !== undefined);

test('there is a gateway in a mesh', () => expect(meshed).not.toEqual([]));

test.each(meshed)(
  '$it: the load balancer reaches nginx itself, on its ports for requests and status',
  ({ metadata }) => {
    expect(metadata.annotations['traffic.sidecar.istio.io/excludeInboundPorts']).toMatch(/^\d+,\d+$/);
  },
);

test.each(meshed)('$it: its sidecar, through which all requests leave, may use a core', ({ metadata }) => {
  expect(metadata.annotations['sidecar.istio.io/proxyCPULimit']).toBe('1');
  expect(metadata.annotations['sidecar.istio.io/proxyMemoryLimit']).toBe('256Mi');
});

test('a gateway without a mesh is told nothing of sidecars', () => {
  const without = gateways.filter(({ mesh }) => mesh === undefined);
  expect(JSON.stringify(without)).not.toContain('istio');
});
