import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlatformSpec } from '../../lib/model';
import { synthesize } from '../../lib/platform';
import { environment, service } from '../support/environment';
import { refused } from '../support/findings';
import { contents, output } from '../support/output';

const shop = (overrides: Parameters<typeof environment>[0] = {}): PlatformSpec => ({
  name: 'shop',
  environments: [environment(overrides)],
});
const ACCOUNTS = [{ name: 'main', id: '123456789012', region: 'eu-west-1', state: { kind: 'local' } }] as const;
const broken = shop({ account: '12', domain: 'nowhere' });

let folder: string;
const targets = () => ({ kubernetes: join(folder, 'kubernetes'), terraform: join(folder, 'terraform') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('synthesize', () => {
  test('the same declaration gives the same bytes, wherever they are written', () => {
    synthesize([shop()], targets());
    const first = contents(folder);
    synthesize([shop()], targets());
    expect(contents(folder)).toEqual(first);
    expect(output(shop())).toMatchObject({
      kubernetes: contents(targets().kubernetes),
      terraform: contents(targets().terraform),
    });
  });

  test('a declaration with faults writes nothing and leaves the last good output', () => {
    synthesize([shop()], targets());
    const good = contents(folder);
    expect(refused(() => synthesize([shop(), { ...broken, name: 'other' }], targets()))).toEqual([
      'environment-account-has-12-digits',
      'environment-domain-is-a-name',
    ]);
    expect(contents(folder)).toEqual(good);
  });

  test('an exception while building leaves the last good output', () => {
    synthesize([shop()], targets());
    const good = contents(folder);
    const trap = new Proxy(service('trap'), {
      get: (target, key) => {
        if (key === 'image') throw new Error('sprung');
        return Reflect.get(target, key);
      },
    });
    expect(() => synthesize([shop({ services: [trap] })], targets())).toThrow('sprung');
    expect(contents(folder)).toEqual(good);
  });

  test('what Terraform keeps beside our files survives, also for a stack that is gone', () => {
    synthesize([shop()], targets());
    const kept = ['shop-production-data/.terraform.lock.hcl', 'old/terraform.tfstate', 'old/cdk.tf.json'].map((path) =>
      join(targets().terraform, 'stacks', path),
    );
    mkdirSync(join(targets().terraform, 'stacks/old'));
    for (const file of kept) writeFileSync(file, 'kept');
    synthesize([shop()], targets());
    expect(kept.slice(0, 2).map((file) => readFileSync(file, 'utf8'))).toEqual(['kept', 'kept']);
    expect(Object.keys(contents(targets().terraform))).not.toContain('stacks/old/cdk.tf.json');
  });

  test('manifests of an environment that is gone go with it', () => {
    synthesize(
      [
        {
          name: 'shop',
          environments: [
            environment(),
            environment({ name: 'test', network: { cidr: '10.21.0.0/16', nat: 'single' } }),
          ],
        },
      ],
      targets(),
    );
    expect(Object.keys(contents(targets().kubernetes)).some((path) => path.startsWith('shop/test/'))).toBe(true);
    synthesize([shop()], targets());
    expect(Object.keys(contents(targets().kubernetes)).some((path) => path.startsWith('shop/test/'))).toBe(false);
  });

  test.each([
    ['platforms-have-environments', []],
    ['platforms-have-environments', [{ name: 'shop', environments: [] }]],
    ['platforms-have-distinct-names', [shop(), shop()]],
    [
      'platforms-have-accounts-of-their-own',
      [
        { ...shop(), accounts: ACCOUNTS },
        { ...shop(), name: 'mall', accounts: ACCOUNTS },
      ],
    ],
    [
      'platforms-have-stacks-of-their-own',
      [
        { name: 'shop', environments: [environment({ name: 'north-east' })] },
        { name: 'shop-north', environments: [environment({ name: 'east' })] },
      ],
    ],
    [
      'platforms-have-charts-of-their-own',
      ['shop', 'mall'].map((name) => ({
        ...shop(),
        name,
        chart: { name: 'shop-platform', description: 'A shop', version: '1.0.0' },
      })),
    ],
  ] satisfies [string, PlatformSpec[]][])('%s fails and leaves the last good output (row %#)', (check, platforms) => {
    synthesize([shop()], targets());
    const good = contents(folder);
    expect(refused(() => synthesize(platforms, targets()))).toEqual([check]);
    expect(contents(folder)).toEqual(good);
  });

  test('stacks that cannot be written leave the manifests as they were', () => {
    synthesize([shop()], targets());
    const good = contents(targets().kubernetes);
    rmSync(targets().terraform, { recursive: true });
    writeFileSync(targets().terraform, 'a file where the folder should be');
    const more = shop({ services: [service('orders'), service('more')] });
    expect(() => synthesize([more], targets())).toThrow();
    expect(contents(targets().kubernetes)).toEqual(good);
    expect(Object.keys(contents(folder)).filter((path) => path.includes('.next'))).toEqual([]);
  });

  test('half of it can be asked for', () => {
    synthesize([shop()], { terraform: targets().terraform });
    expect(contents(targets().kubernetes)).toEqual({});
    expect(Object.keys(contents(targets().terraform))).toContain('manifest.json');
  });

  test('cdk8s-cli gets every manifest, no kustomization, in a folder that is filled and not replaced', () => {
    const cdk8sOutput = join(folder, 'cdk8s');
    mkdirSync(cdk8sOutput);
    writeFileSync(join(cdk8sOutput, 'theirs.yaml'), 'kept');
    synthesize([shop()], { cdk8sOutput });
    const paths = Object.keys(contents(cdk8sOutput));
    expect(paths).toContain('theirs.yaml');
    expect(paths).toContain('shop/production/30-workloads/orders.yaml');
    expect(paths.filter((path) => path.includes('kustomization'))).toEqual([]);
  });

  test('each layer lists its files for kustomize', () => {
    const { kubernetes } = output(shop());
    expect(kubernetes['shop/production/30-workloads/kustomization.yaml']).toBe(
      [
        'apiVersion: kustomize.config.k8s.io/v1beta1',
        'kind: Kustomization',
        'resources:',
        '  - cache.yaml',
        '  - certificates.yaml',
        '  - orders.yaml',
        '  - secrets.yaml',
        '',
      ].join('\n'),
    );
  });

  test('warnings come back and stop nothing', () => {
    const { warnings } = synthesize([shop({ network: { cidr: '10.20.0.0/16', nat: 'single' } })], {});
    expect(warnings.map(({ check, path }) => [check, path])).toEqual([
      ['network-nat-survives-a-zone', 'shop/production/Network'],
    ]);
  });
});
