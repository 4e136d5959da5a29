import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisCluster } from '../../../lib/kubernetes/redis/redis-cluster';
import type { RedisClusterProps } from '../../../lib/kubernetes/redis/redis-plan';
import { manifests, only } from '../../support/manifests';

const works = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

/** Whether this machine can run a Redis Cluster with certificates, or what it lacks. */
export const REDIS_LACKS: string | undefined = !works('redis-server', '--version')
  ? 'redis-server'
  : works('openssl', 'version')
    ? undefined
    : 'openssl';

export const hasBusybox = works('busybox', 'true');

export const PASSWORD = 'p"a\\s s#1';

/** The programs that scripts are run with: this machine's, or BusyBox as in the official images. */
export type Shell = 'system' | 'busybox';

const APPLETS = ['awk', 'cat', 'date', 'grep', 'head', 'mv', 'sed', 'sleep', 'sort', 'timeout', 'tr'];

/** A place of a member: `shard-0-1` is the second member of the first shard. */
export type Place = `shard-${number}-${number}`;

/** The files that a RedisCluster emits, unchanged, run by real servers on loopback addresses instead of pods. */
export class RedisLoopback {
  readonly folder = mkdtempSync(join(tmpdir(), 'redis-'));
  private readonly servers = new Map<Place, { readonly ip: string; readonly process: ChildProcess }>();
  private readonly common: NodeJS.ProcessEnv;
  private readonly port: number;

  constructor(
    private readonly shards: readonly (readonly Place[])[],
    props: RedisClusterProps,
  ) {
    this.port = props.port ?? 6379;
    const objects = manifests((chart) => new RedisCluster(chart, 'Cache', props));
    for (const name of ['config', 'scripts']) {
      const { data } = only(objects, 'ConfigMap', `${props.name}-${name}`);
      for (const [file, text] of Object.entries<string>(data)) writeFileSync(join(this.folder, file), text);
    }
    this.changeSecret(PASSWORD);
    this.certificate();
    this.common = {
      PATH: process.env.PATH,
      REDIS_PORT: `${this.port}`,
      REDIS_AUTH_FILE: this.secret(),
      REDIS_TLS_FOLDER: this.folder,
      REDIS_WORK_FOLDER: this.folder,
    };
  }

  /** Starts members, each on its own address below `network`, with the volumes they had. */
  start(network: string, places: readonly Place[] = this.shards.flat()): void {
    const all = this.shards.flat();
    for (const place of places) this.startOne(place, `${network}.${all.indexOf(place) + 1}`);
  }

  /** Ends members without warning. */
  kill(places: readonly Place[] = [...this.servers.keys()]): void {
    for (const place of places) {
      this.servers.get(place)?.process.kill('SIGKILL');
      this.servers.delete(place);
    }
  }

  /** The Secret with the password gets another content, which running servers do not know. */
  changeSecret(password: string): void {
    writeFileSync(this.secret(), `${password}\n`);
  }

  loseVolume(place: Place): void {
    rmSync(join(this.folder, place), { recursive: true });
  }

  dispose(): void {
    this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs an emitted script as a member, or as the reconciler. */
  script(file: string, place?: Place, env: NodeJS.ProcessEnv = {}, shell: Shell = 'system') {
    const [program, ...args] = shell === 'busybox' ? ['busybox', 'sh'] : ['sh'];
    const own = place === undefined ? {} : this.serverEnv(place);
    const { status, stdout, stderr } = spawnSync(program ?? 'sh', [...args, join(this.folder, file)], {
      env: { ...this.common, ...own, ...env, ...(shell === 'busybox' ? { PATH: this.applets() } : {}) },
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, lines: `${stdout}${stderr}`.split('\n').filter((line) => line !== '') };
  }

  /** Runs an emitted script as several members at the same time. */
  together(file: string, places: readonly Place[]): Promise<(number | null)[]> {
    const run = (place: Place) =>
      new Promise<number | null>((resolve) => {
        const delay = `${2 * this.shards.findIndex((shard) => shard.includes(place))}`;
        const own = this.serverEnv(place);
        const env = { ...this.common, ...own, REDIS_HANDOVER_DELAY: delay };
        spawn('sh', [join(this.folder, file)], { env, stdio: 'ignore' }).on('exit', resolve);
      });
    return Promise.all(places.map(run));
  }

  /** Runs the reconciler against the members' present addresses. A place that does not run gets an address where nobody is. */
  reconcile(env: NodeJS.ProcessEnv = {}, shell: Shell = 'system') {
    const list = this.shards.map((shard) => shard.map((place) => `${this.address(place)}:${this.port}`).join(','));
    return this.script('bootstrap.sh', undefined, { REDIS_SHARDS: list.join(' '), ...env }, shell);
  }

  cli(place: Place, ...args: string[]): string {
    const tls = ['--tls', '--cacert', join(this.folder, 'ca.crt')];
    const { stdout } = spawnSync('redis-cli', [...tls, '-h', this.address(place), '-p', `${this.port}`, ...args], {
      env: { ...this.common, REDISCLI_AUTH: PASSWORD },
      encoding: 'utf8',
    });
    return stdout.replaceAll('\r', '').trim();
  }

  /** The primary of each shard that answers. */
  primaries(): Place[] {
    return [...this.servers.keys()].filter((place) => this.cli(place, 'ROLE').startsWith('master')).sort();
  }

  /** What a member holds about itself and the others, without clocks and counters. */
  readonly config = (place: Place): string[] =>
    this.cli(place, 'CLUSTER', 'NODES')
      .split('\n')
      .map((line) =>
        line
          .split(' ')
          .filter((_, column) => column !== 4 && column !== 5)
          .join(' '),
      )
      .sort();

  /** Whether the members agree that one of that role has failed. */
  hasLost(role: 'master' | 'slave'): boolean {
    return [...this.servers.keys()].every((place) =>
      this.config(place).some((line) => new RegExp(`${role},fail[, ]`).test(line)),
    );
  }

  /** The member that another one follows. */
  follows(place: Place): Place | undefined {
    const [, ip] = this.cli(place, 'ROLE').split('\n');
    return [...this.servers].find(([, server]) => server.ip === ip)?.[0];
  }

  /** The primary that has a key. */
  owner(key: string): Place {
    const owner = this.primaries().find((place) => !this.cli(place, 'GET', key).startsWith('MOVED'));
    if (owner === undefined) throw new Error(`nobody owns ${key}`);
    return owner;
  }

  /** Writes with whoever owns the key, as a cluster client would. */
  write(key: string, value: string): boolean {
    return [...this.servers.keys()].some((place) => this.cli(place, 'SET', key, value) === 'OK');
  }

  read(key: string): string | undefined {
    const answers = [...this.servers.keys()].map((place) => this.cli(place, 'GET', key));
    return answers.find((answer) => !/^(MOVED|CLUSTERDOWN)/.test(answer));
  }

  /** Members whose command line shows the password. */
  tellsItsPassword(): boolean {
    const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    return lines.includes(PASSWORD);
  }

  /** What a member's exporter is given. */
  exporterFile(place: Place): string {
    return readFileSync(join(this.folder, `${place}-run`, 'exporter.json'), 'utf8');
  }

  /** Mode of the file that keeps the password that a member knows. */
  passwordMode(place: Place): number {
    return statSync(join(this.folder, `${place}-run`, 'password')).mode & 0o777;
  }

  accepts(place: Place, password: string): boolean {
    return this.cli(place, 'AUTH', password) === 'OK';
  }

  /** A search path on which BusyBox comes first. */
  private applets(): string {
    const folder = join(this.folder, 'applets');
    const path = `${folder}:${process.env.PATH}`;
    const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim();
    if (existsSync(folder)) return path;
    mkdirSync(folder);
    for (const applet of APPLETS) symlinkSync(busybox, join(folder, applet));
    return path;
  }

  address(place: Place): string {
    return this.servers.get(place)?.ip ?? '127.0.9.9';
  }

  private secret(): string {
    return join(this.folder, 'password');
  }

  /** What scripts beside a running server read. */
  private serverEnv(place: Place): NodeJS.ProcessEnv {
    return {
      ...this.memberEnv(place, this.address(place)),
      REDIS_AUTH_FILE: join(this.folder, `${place}-run`, 'password'),
      REDIS_NEXT_AUTH_FILE: this.secret(),
    };
  }

  private memberEnv(place: Place, ip: string): NodeJS.ProcessEnv {
    return {
      REDIS_IP: ip,
      REDIS_BIND: ip,
      REDIS_HOSTNAME: `${place}.members`,
      REDIS_CONF: join(this.folder, 'redis.conf'),
      REDIS_RUN_FOLDER: join(this.folder, `${place}-run`),
      REDIS_DATA_FOLDER: join(this.folder, place),
    };
  }

  private startOne(place: Place, ip: string): void {
    const env = { ...this.common, ...this.memberEnv(place, ip) };
    const run = join(this.folder, `${place}-run`);
    for (const folder of [run, join(this.folder, place)]) mkdirSync(folder, { recursive: true });
    execFileSync('sh', [join(this.folder, 'configure.sh')], { env });
    const server = spawn('redis-server', [join(run, 'redis.conf')], { env, stdio: 'ignore' });
    this.servers.set(place, { ip, process: server });
  }

  private certificate(): void {
    const at = (file: string) => join(this.folder, file);
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
        .concat(['-subj', '/CN=members', '-addext', 'extendedKeyUsage=serverAuth,clientAuth'])
        .concat(['-keyout', at('tls.key'), '-out', at('tls.crt')]),
      { stdio: 'ignore' },
    );
    execFileSync('cp', [at('tls.crt'), at('ca.crt')]);
  }
}

/** Waits for something to become true, and tells how long that took (milliseconds). */
export async function until(holds: () => boolean, withinMillis: number): Promise<number> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > withinMillis) throw new Error(`not within ${withinMillis} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return performance.now() - start;
}
