import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type InstanceScript, instanceScript } from '../../lib/config/instance-script';
import { Duration, Memory } from '../../lib/units';

const script: InstanceScript = {
  name: 'agent-legal',
  region: 'us-west-2',
  image: '555555555555.dkr.ecr.us-west-2.amazonaws.com/alfred/agent-legal:2.0.0',
  port: 8013,
  settings: {},
  cores: 1.5,
  memory: Memory.gib(4),
  drainFor: Duration.seconds(30),
  secrets: [{ mountPath: '/var/run/secrets/alfred/main', sources: ['alfred/production/main/agent-legal'] }],
};

/** What is written to the file that starts the container. */
const start = (overrides: Partial<InstanceScript>): string =>
  instanceScript({ ...script, ...overrides })
    .split("/start <<'START'\n")[1]
    ?.split('\nSTART\n')[0] ?? '';

const isThere = (program: string): boolean => spawnSync('which', [program]).status === 0;
const runs = process.platform === 'linux' && ['bash', 'jq', 'base64'].every(isThere);
const describeWith = runs && process.getuid?.() === 0 ? describe : describe.skip;

describeWith('the script in bash, as root with jq', () => {
  const name = `headroom-test-${process.pid}`;
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'instance-script-'));
    mkdirSync(join(folder, 'bin'));
    const program = (file: string, lines: readonly string[]): void => {
      writeFileSync(join(folder, 'bin', file), ['#!/bin/bash', ...lines, ''].join('\n'));
      chmodSync(join(folder, 'bin', file), 0o755);
    };
    program('aws', [
      'case "$*" in',
      `  *get-secret-value*first*) cat ${folder}/first.json ;;`,
      `  *get-secret-value*second*) cat ${folder}/second.json ;;`,
      '  *get-login-password*) echo token ;;',
      'esac',
    ]);
    program('docker', [`printf '%s\\n' "$@" >> ${folder}/docker.log`, 'if [ "$1" = login ]; then cat > /dev/null; fi']);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(join('/run', name), { recursive: true, force: true });
  });

  const run = (settings: Readonly<Record<string, string>>): string => {
    const secrets = [{ mountPath: '/var/run/secrets/main', sources: ['first', 'second'] }];
    const file = join(folder, 'start');
    writeFileSync(file, start({ name, settings, secrets }));
    execFileSync('bash', [file], {
      env: { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH ?? ''}` },
      timeout: 20_000,
    });
    return readFileSync(join(folder, 'docker.log'), 'utf8');
  };

  const written = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(join('/run', name, 'secrets-0')).map((file) => [
        file,
        readFileSync(join('/run', name, 'secrets-0', file), 'utf8'),
      ]),
    );

  const put = (file: string, secret: object): void => writeFileSync(join(folder, file), JSON.stringify(secret));

  test('is accepted by the shell', () => {
    writeFileSync(join(folder, 'whole'), instanceScript(script));
    expect(spawnSync('bash', ['-n', join(folder, 'whole')]).status).toBe(0);
  });

  test('writes each key to a file of its own, whatever is in it; the later secret wins', () => {
    put('first.json', { password: 'a \'b" $c\n\\d', port: 5432, host: 'old' });
    put('second.json', { host: 'new' });
    run({});
    expect(written()).toEqual({ password: 'a \'b" $c\n\\d', port: '5432', host: 'new' });
  });

  test('shows them to the program alone', () => {
    put('first.json', { password: 'one' });
    put('second.json', {});
    run({});
    const { mode, uid } = statSync(join('/run', name, 'secrets-0', 'password'));
    const folderMode = statSync(join('/run', name, 'secrets-0')).mode;
    expect([mode & 0o777, uid, folderMode & 0o777]).toEqual([0o400, 10_001, 0o700]);
  });

  test('hands settings over as they are', () => {
    put('first.json', {});
    put('second.json', {});
    expect(run({ GREETING: `it's $HOME "here"` }).split('\n')).toContain(`--env=GREETING=it's $HOME "here"`);
  });

  test('starts nothing when a secret cannot be read', () => {
    rmSync(join(folder, 'docker.log'), { force: true });
    writeFileSync(join(folder, 'first.json'), 'no JSON');
    expect(() => run({})).toThrow();
    expect(existsSync(join(folder, 'docker.log'))).toBe(false);
  });
});
