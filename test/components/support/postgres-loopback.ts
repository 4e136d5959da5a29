import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresServer } from '../../../lib/kubernetes/stores/postgres-server';
import type { PostgresServerProps } from '../../../lib/kubernetes/stores/postgres-server-plan';
import { type Manifest, manifests, only } from '../../support/manifests';

const BIN = '/usr/lib/postgresql/15/bin';

const works = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;

/** Whether this machine can run a PostgreSQL with a certificate, or what it lacks. */
export const POSTGRES_LACKS: string | undefined = !existsSync(join(BIN, 'postgres'))
  ? 'PostgreSQL 15'
  : works('openssl', 'version')
    ? undefined
    : 'openssl';

const isRoot = process.getuid?.() === 0;

/** The server refuses root, so that root becomes `postgres` first. */
const as = (args: readonly string[]): [string, string[]] => {
  const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...args] : args;
  return [file, rest];
};

const uid = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  await new Promise((resolve) => process.on('exit', resolve));
}

export const SUPERUSER_PASSWORD = `super'"\\ $x`;

/** The files that a PostgresServer emits, run by a real server in folders of this machine instead of a container. */
export class PostgresLoopback {
  readonly folder = mkdtempSync(join(tmpdir(), 'pg-'));
  readonly data: string;
  private readonly pod: Manifest;
  private readonly port: number;
  private server: ChildProcess | undefined;
  private keeper: ChildProcess | undefined;

  constructor(props: PostgresServerProps) {
    const objects = manifests((chart) => new PostgresServer(chart, 'Database', props));
    const set = only(objects, 'StatefulSet');
    this.pod = set.spec.template.spec;
    this.port = props.port ?? 5432;
    chmodSync(this.folder, 0o777);
    for (const name of ['config', 'scripts', 'auth', 'tls', 'roles', 'socket', 'state', 'volume']) {
      mkdirSync(join(this.folder, name));
      chmodSync(join(this.folder, name), 0o777);
    }
    this.data = join(this.folder, 'volume/pgdata');
    for (const name of ['config', 'scripts']) {
      const { data } = only(objects, 'ConfigMap', `${set.metadata.name}-${name}`);
      for (const [file, text] of Object.entries<string>(data)) {
        writeFileSync(join(this.folder, name, file), this.here(text));
      }
    }
    writeFileSync(join(this.folder, 'auth/password'), SUPERUSER_PASSWORD);
    this.certificate();
  }

  /** Every path of the container, in the folder of this test. */
  private here(text: string): string {
    return text
      .replaceAll('/etc/postgres', this.folder)
      .replaceAll('/run/postgresql', join(this.folder, 'socket'))
      .replaceAll('/run/roles', join(this.folder, 'state'))
      .replaceAll('/var/lib/postgresql/data', join(this.folder, 'volume'));
  }

  private container(name: string): Manifest {
    return [...this.pod.initContainers, ...this.pod.containers].find((one: Manifest) => one.name === name);
  }

  private env(container: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const own = this.container(container).env.map(({ name, value }: Manifest) => [name, this.here(value)]);
    return { PATH: `${BIN}:${process.env.PATH}`, ...Object.fromEntries(own), ...more };
  }

  private run(env: NodeJS.ProcessEnv, args: readonly string[]) {
    const [file, rest] = as(args);
    const options = { env, encoding: 'utf8', timeout: 60_000, cwd: this.folder } as const;
    const { status, stdout, stderr } = spawnSync(file, rest, options);
    return { status, text: `${stdout}${stderr}`.trim() };
  }

  /** Makes the data folder, as the init container does. */
  initialize(env: NodeJS.ProcessEnv = {}) {
    return this.run(this.env('initialize', env), ['sh', join(this.folder, 'scripts/initialize.sh')]);
  }

  /** Starts the server with its own command. */
  start(): void {
    const [file, args] = as(this.container('postgres').command.map((word: string) => this.here(word)));
    const log = join(this.folder, 'log');
    this.server = spawn('sh', ['-c', `exec "$@" >>${log} 2>&1`, 'sh', file, ...args], {
      env: this.env('postgres'),
      cwd: this.folder,
      stdio: 'ignore',
    });
  }

  readonly isReady = (): boolean =>
    this.run(this.env('postgres'), ['pg_isready', '--quiet', '--timeout=4']).status === 0;

  /** Runs one of the emitted scripts beside the server. */
  script(file: string, container: 'postgres' | 'roles' = 'postgres') {
    return this.run(this.env(container), ['sh', join(this.folder, 'scripts', file)]);
  }

  /** Runs the loop that keeps the roles, looking every second. */
  keep(): void {
    const [file, args] = as(['sh', join(this.folder, 'scripts/keep-roles.sh')]);
    const env = this.env('roles', { POSTGRES_LOOK_SECONDS: '1' });
    this.keeper = spawn(file, args, { env, cwd: this.folder, stdio: 'ignore' });
  }

  /** The Secret of a role, as the pod sees it. */
  secret(name: string, fields: Readonly<Record<string, string>>): void {
    mkdirSync(join(this.folder, 'roles', name), { recursive: true });
    for (const [field, text] of Object.entries(fields)) writeFileSync(join(this.folder, 'roles', name, field), text);
  }

  loseSecret(name: string): void {
    rmSync(join(this.folder, 'roles', name), { recursive: true });
  }

  changePassword(password: string): void {
    writeFileSync(join(this.folder, 'auth/password'), password);
  }

  /** As the superuser, through the socket. */
  query(sql: string, database = 'postgres'): string {
    const { text } = this.run(this.env('postgres'), ['psql', '-XAtq', '-U', 'postgres', '-d', database, '-c', sql]);
    return text;
  }

  /** As somebody from the network. */
  login(user: string, password: string, database: string, sql = 'SELECT 1', more = 'sslmode=verify-full') {
    const env = { ...this.env('postgres'), PGPASSWORD: password };
    return this.run(env, ['psql', '-XAtq', '-d', this.address(user, database, more), '-c', sql]);
  }

  /** A session that stays until the server ends it. */
  async hold(user: string, password: string, database: string): Promise<void> {
    const args = ['-X', '-d', this.address(user, database, 'sslmode=verify-full'), '-c', 'SELECT pg_sleep(60)'];
    const env = { ...this.env('postgres'), PGPASSWORD: password };
    await ended(spawn(join(BIN, 'psql'), args, { env, stdio: 'ignore' }));
  }

  private address(user: string, database: string, more: string): string {
    const where = `host=localhost port=${this.port} sslrootcert=${this.folder}/tls/ca.crt`;
    return `${where} user=${user} dbname=${database} ${more}`;
  }

  get log(): string {
    return readFileSync(join(this.folder, 'log'), 'utf8');
  }

  applied(): boolean {
    return existsSync(join(this.folder, 'state/applied'));
  }

  /** A new certificate in place of the old one. Root owns the key and the server's group reads it, as in a Secret. */
  certificate(): void {
    const at = (file: string) => join(this.folder, 'tls', file);
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
        .concat(['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'])
        .concat(['-keyout', at('tls.key'), '-out', at('tls.crt')]),
      { stdio: 'ignore' },
    );
    writeFileSync(at('ca.crt'), readFileSync(at('tls.crt')));
    chmodSync(at('tls.key'), isRoot ? 0o440 : 0o400);
    if (isRoot) chownSync(at('tls.key'), 0, uid('-g'));
  }

  /** Waits for the server to be gone. */
  async ended(): Promise<void> {
    if (this.server) await ended(this.server);
  }

  /** Ends the server without warning, as a lost node would. */
  async kill(): Promise<void> {
    const pid = existsSync(join(this.data, 'postmaster.pid'))
      ? readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]
      : undefined;
    if (pid !== undefined) spawnSync('kill', ['-9', pid]);
    await this.ended();
  }

  async dispose(): Promise<void> {
    this.keeper?.kill('SIGTERM');
    if (this.keeper) await ended(this.keeper);
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
