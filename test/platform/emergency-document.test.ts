import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import type { EnvironmentSpec } from '../../lib/model';
import { emergencies } from '../../lib/platform/emergency-document';
import { EnvironmentChart } from '../../lib/platform/environment-chart';
import { Rate } from '../../lib/units';
import { environment, service } from '../support/environment';
import { type Manifest, only } from '../support/manifests';

const services = [service('orders', { isPublic: true })];
const gateway = {
  name: 'gateway',
  scaling: { ...service('x').scaling, min: 3 },
  limits: [{ name: 'own', rate: Rate.perMinute(6000), burst: 1000 }],
};
const shop = (overrides: Partial<EnvironmentSpec> = {}): EnvironmentSpec =>
  environment({ services, gateway, emergencyLimit: {}, ...overrides });
const platform = (one: EnvironmentSpec) => ({ name: 'shop', environments: [one] });

const FILE = 'emergency-rate-limiting.yaml';
const text = (one = shop()): string => emergencies(platform(one), one).get(FILE) ?? '';
const objects = (one = shop()): Manifest[] => parseAllDocuments(text(one)).map((document) => document.toJS());
const usual = (one = shop()): Manifest[] => new EnvironmentChart(new App(), platform(one), one).toJson();

/** Lines that only one of the two has. */
const changed = (before: string, after: string): string[] => {
  const [old, young] = [before.split('\n'), after.split('\n')];
  return young.filter((line) => !old.includes(line)).map((line) => line.trim());
};

test('without a declaration no file is written', () => {
  const { emergencyLimit, ...one } = shop();
  expect(emergencies(platform(one), one).size).toBe(0);
});

test('the gateway is the same but for its limits, and its pods are replaced because these changed', () => {
  const config = (all: Manifest[]) => only(all, 'ConfigMap', 'gateway-config').data['nginx.conf'];
  expect(changed(config(usual()), config(objects()))).toEqual([
    '# emergency: 10/s and a burst of 100 a client, shared by 3 proxies',
    'limit_req_zone $binary_remote_addr zone=emergency:10m rate=200r/m;',
    'limit_req zone=emergency burst=34 nodelay;',
    'limit_req zone=emergency burst=34 nodelay;',
  ]);
  const [before, after] = [usual(), objects()].map((all) => only(all, 'Deployment', 'gateway'));
  expect(changed(JSON.stringify(before, null, 1), JSON.stringify(after, null, 1))).toEqual([
    expect.stringContaining('headroom.dev/config-checksum'),
  ]);
});

test('nothing else is touched, so that nothing else has to be put back', () => {
  expect(objects().map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
    'ConfigMap shop/gateway-config',
    'Deployment shop/gateway',
  ]);
  expect(only(objects(), 'Deployment').spec.replicas).toBeUndefined();
});

test('the head says how it is applied and taken back', () => {
  expect(text().split('---')[0]).toBe(
    [
      '# Emergency rate limiting of shop/production: the limits of gateway are replaced by 10/s for each client, with a',
      '# burst of 100. What is above is answered with 429 at once. Not part of any layer; nothing applies it by itself.',
      '#',
      '# apply:    kubectl apply -n shop -f emergency/shop/production/emergency-rate-limiting.yaml',
      '# watch:    kubectl rollout status -n shop deployment/gateway',
      '# go back:  kubectl apply -n shop -f kubernetes/shop/production/30-workloads/gateway.yaml',
      '',
    ].join('\n'),
  );
});

test('declared numbers are those of the file, for the release that the cluster runs', () => {
  const one = shop({ emergencyLimit: { rate: Rate.perMinute(60), burst: 0 } });
  expect(text(one)).toContain('rate=20r/m;');
  expect(text(one)).toContain('limit_req zone=emergency;');
  const old = shop();
  const on = (version: string) => objects({ ...old, cluster: { ...old.cluster, version } });
  const stop = (version: string) => only(on(version), 'Deployment').spec.template.spec.containers[0].lifecycle.preStop;
  expect([Object.keys(stop('1.29')), Object.keys(stop('1.35'))]).toEqual([['exec'], ['sleep']]);
});
