import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisServer } from '../../../lib/kubernetes/stores/redis-server';
import type { RedisServerProps } from '../../../lib/kubernetes/stores/redis-server-plan';
import { type Manifest, manifests, only } from '../../support/manifests';
import { until } from './redis-loopback';

export const REDIS_PASSWORD = 'p"a\\s s#1';

/** The files that a RedisServer emits, run by a real server on a loopback address instead of in a pod. */
export class RedisServerLoopback {
  private readonly folder = mkdtempSync(join(tmpdir(), 'redis-server-'));
  private readonly env: NodeJS.ProcessEnv;
  private readonly port: string;
  private readonly probe: Manifest;
  private process: ChildProcess | undefined;

  constructor(props: RedisServerProps) {
    const objects = manifests((chart) => new RedisServer(chart, 'Cache', props));
    const { metadata, spec } = only(objects, 'StatefulSet');
    const [server] = spec.template.spec.containers;
    this.port = `${props.port}`;
    this.probe = server;
    for (const name of ['config', 'scripts']) {
      mkdirSync(join(this.folder, name));
      const { data } = only(objects, 'ConfigMap', `${metadata.name}-${name}`);
      for (const [file, text] of Object.entries<string>(data)) writeFileSync(join(this.folder, name, file), text);
    }
    for (const name of ['auth', 'tls', 'run', 'data']) mkdirSync(join(this.folder, name));
    this.changePassword(REDIS_PASSWORD);
    this.certificate();
    this.env = {
      PATH: process.env.PATH,
      REDIS_IP: '127.0.0.1',
      REDIS_BIND: '127.0.0.1',
      REDIS_PORT: this.port,
      REDIS_HOSTNAME: 'redis-0.redis-members',
      REDIS_CONF: join(this.folder, 'config/redis.conf'),
      REDIS_RUN_FOLDER: join(this.folder, 'run'),
      REDIS_DATA_FOLDER: join(this.folder, 'data'),
      REDIS_TLS_FOLDER: join(this.folder, 'tls'),
      REDIS_AUTH_FILE: join(this.folder, 'auth/password'),
    };
  }

  /** Completes the configuration as the init container does, then starts the server. */
  start(): void {
    execFileSync('sh', [join(this.folder, 'scripts/configure.sh')], { env: this.env });
    this.startAgain();
  }

  /** Starts the server as a container starts again: no init container runs before it. */
  startAgain(): void {
    this.process = spawn('redis-server', [join(this.folder, 'run/redis.conf')], { env: this.env, stdio: 'ignore' });
  }

  /** Ends the server: without warning, or as a pod is stopped. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const { process } = this;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    process.kill(signal);
    await new Promise((resolve) => process.on('exit', resolve));
  }

  /** Runs the command of a probe. */
  ask(probe: 'livenessProbe' | 'readinessProbe', env: NodeJS.ProcessEnv = {}) {
    const command = this.probe[probe].exec.command.map((word: string) => word.replace('/etc/redis', this.folder));
    const own = {
      REDIS_AUTH_FILE: join(this.folder, 'run/password'),
      REDIS_NEXT_AUTH_FILE: join(this.folder, 'auth/password'),
    };
    const { status, stdout } = spawnSync(command[0], command.slice(1), {
      env: { ...this.env, ...own, ...env },
      encoding: 'utf8',
      timeout: 20_000,
    });
    return { status, text: stdout.trim() };
  }

  cli(password: string, ...args: string[]): string {
    const tls = ['--tls', '--cacert', join(this.folder, 'tls/ca.crt'), '-h', '127.0.0.1', '-p', this.port];
    const env = { ...this.env, ...(password === '' ? {} : { REDISCLI_AUTH: password }) };
    return spawnSync('redis-cli', [...tls, ...args], { env, encoding: 'utf8' }).stdout.trim();
  }

  /** What a client is answered that connects now, stays connected while `meanwhile` runs, and then asks for a key. */
  async connected(password: string, key: string, meanwhile: () => Promise<void>): Promise<string> {
    const tls = ['--tls', '--cacert', join(this.folder, 'tls/ca.crt'), '-h', '127.0.0.1', '-p', this.port];
    const client = spawn('redis-cli', tls, { env: { ...this.env, REDISCLI_AUTH: password } });
    let text = '';
    const answered = (count: number) => until(() => text.trim().split('\n').filter(Boolean).length >= count, 5000);
    try {
      client.stdout.on('data', (chunk) => {
        text += chunk;
      });
      client.stdin.write('PING\n');
      await answered(1);
      await meanwhile();
      client.stdin.write(`GET ${key}\n`);
      await answered(2);
      return text.trim().split('\n').at(-1) ?? '';
    } finally {
      client.kill('SIGKILL');
    }
  }

  /** A file that the start or a change of the password has written, and who may read it. */
  written(file: 'password' | 'exporter.json' | 'redis.conf'): { readonly text: string; readonly mode: number } {
    const path = join(this.folder, 'run', file);
    return { text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 };
  }

  /** Without TLS. */
  plain(): string {
    return spawnSync('redis-cli', ['-h', '127.0.0.1', '-p', this.port, 'PING'], { env: this.env, encoding: 'utf8' })
      .stdout;
  }

  changePassword(password: string): void {
    writeFileSync(join(this.folder, 'auth/password'), `${password}\n`);
  }

  /** A new certificate by the authority that there was from the beginning. */
  certificate(): void {
    const at = (file: string) => join(this.folder, 'tls', file);
    const authority = join(this.folder, 'ca.key');
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    if (!existsSync(authority)) {
      openssl('req', '-x509', ...key, '-subj', '/CN=authority', '-keyout', authority, '-out', at('ca.crt'));
    }
    openssl(
      ...['req', '-x509', ...key, '-subj', '/CN=redis', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ...['-addext', 'extendedKeyUsage=serverAuth,clientAuth', '-addext', 'basicConstraints=CA:FALSE'],
      ...['-CA', at('ca.crt'), '-CAkey', authority, '-keyout', at('tls.key'), '-out', at('tls.crt')],
    );
  }

  /** The certificate that the server shows, and the one in its folder. */
  certificates(): { readonly shown: string; readonly given: string } {
    const pem = (text: string) => /-----BEGIN.*?END CERTIFICATE-----/s.exec(text)?.[0] ?? '';
    const args = ['s_client', '-connect', `127.0.0.1:${this.port}`];
    const { stdout } = spawnSync('openssl', args, { input: '', encoding: 'utf8', timeout: 10_000 });
    return { shown: pem(stdout), given: pem(readFileSync(join(this.folder, 'tls/tls.crt'), 'utf8')) };
  }

  async dispose(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
