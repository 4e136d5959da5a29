import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORMS } from '../../apps';
import { composeStack } from '../../lib/local';
import type { EnvironmentSpec } from '../../lib/model';
import { ComposeLoopback, hasCompose } from './support/compose-loopback';
import { NGINX_VERSION, Nginx } from './support/nginx-loopback';

jest.setTimeout(60_000);

const stacks = PLATFORMS.flatMap(({ name, environments }) =>
  environments.flatMap((environment) => {
    const { local } = environment;
    return local === undefined ? [] : [{ it: `${name}/${environment.name}`, name, environment, local }];
  }),
);

describe.each(stacks)('the stack of $it', ({ name, environment, local }) => {
  const stack = composeStack(name, environment, local);
  let loopback: ComposeLoopback;
  beforeAll(() => {
    loopback = new ComposeLoopback(stack);
  });
  afterAll(() => loopback.dispose());

  test('draws every password that it names, once, for the owner of the folder', () => {
    const first = loopback.makeSecrets();
    const names = Object.keys(stack.file.secrets ?? {});
    const before = names.map((secret) => loopback.secret(secret));

    expect(names.filter((secret) => !existsSync(join(loopback.folder, 'secrets', secret)))).toEqual([]);
    expect(first.trim().split('\n').length).toBeGreaterThanOrEqual(names.length - 1);
    expect(loopback.makeSecrets()).toBe('');
    expect(names.map((secret) => loopback.secret(secret))).toEqual(before);
    expect(new Set(before).size).toBe(names.length);
    expect(before.filter((text, at) => !names[at]?.startsWith('tls-') && !/^[A-Za-z0-9]{40}$/.test(text))).toEqual([]);
    expect(statSync(join(loopback.folder, 'secrets')).mode & 0o777).toBe(0o700);
    // users of containers are not the one who made them
    expect([
      ...new Set(names.map((secret) => statSync(join(loopback.folder, 'secrets', secret)).mode & 0o777)),
    ]).toEqual([0o444]);
  });

  test('mounts only files that lie beside it', () => {
    const sources = Object.values(stack.file.services).flatMap(({ volumes = [] }) =>
      volumes.filter((volume) => volume.startsWith('./')).map((volume) => volume.split(':')[0] ?? ''),
    );
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.filter((source) => !existsSync(join(loopback.folder, 'stack', source)))).toEqual([]);
  });

  (hasCompose ? test : test.skip)('is read by docker-compose without a word', () => {
    const { status, stdout, stderr } = spawnSync('docker-compose', ['config', '-q'], {
      cwd: join(loopback.folder, 'stack'),
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  (hasCompose ? test : test.skip)('means what it says: docker-compose finds no variable in it', () => {
    const { stdout } = spawnSync('docker-compose', ['config', '--no-interpolate'], {
      cwd: join(loopback.folder, 'stack'),
      encoding: 'utf8',
    });
    expect(stdout).toContain('services:');
    expect(stdout.replaceAll('$$', '')).not.toContain('$');
  });

  (NGINX_VERSION === undefined ? test.skip : test)('has a gateway that nginx reads', () => {
    const nginx = new Nginx();
    loopback.makeSecrets();
    expect(nginx.test(onLoopback(stack.files.get('nginx/nginx.conf') ?? '', environment, loopback))).toBeUndefined();
    nginx.dispose();
  });

  test('runs scripts that a POSIX shell reads', () => {
    const scripts = [...stack.files.keys()].filter((file) => file.endsWith('.sh'));
    const wrong = scripts.filter((file) => spawnSync('sh', ['-n', join(loopback.folder, 'stack', file)]).status !== 0);
    expect([scripts.length > 5, wrong]).toEqual([true, []]);
  });
});

/** Containers on this machine, and certificates where they are; an nginx that is too old to look names up again is not told to. */
function onLoopback(conf: string, { services }: EnvironmentSpec, loopback: ComposeLoopback): string {
  const hosts = services.map(({ name }) => new RegExp(`server [a-z-]+-${name}-(\\d+):`, 'g'));
  const [major = 0, minor = 0, patch = 0] = (NGINX_VERSION ?? '').split('.').map(Number);
  const resolves = major * 1e6 + minor * 1e3 + patch >= 1_027_003;
  const here = hosts.reduce((text, host) => text.replaceAll(host, 'server 127.0.1.$1:'), conf);
  const certified = here
    .replace('/etc/nginx/tls/tls.crt', join(loopback.folder, 'secrets/tls-crt'))
    .replace('/etc/nginx/tls/tls.key', join(loopback.folder, 'secrets/tls-key'));
  return resolves ? certified : certified.replaceAll(' resolve ', ' ');
}

test('every stack of the apps is tried', () => {
  expect(stacks.map(({ it }) => it)).toEqual([
    'acgs/development',
    'acgs/production',
    'alfred/development',
    'alfred/production',
  ]);
  expect(readFileSync(join(__dirname, '../../.gitignore'), 'utf8')).toContain('secrets/');
});
