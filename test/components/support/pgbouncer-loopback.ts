import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBouncer, type PgBouncerProps } from '../../../lib/kubernetes';
import { manifests, only } from '../../support/manifests';
import { POSTGRES_BIN } from './compose-loopback';

const isRoot = process.getuid?.() === 0;

/** PostgreSQL and PgBouncer refuse root. Unlike runuser, setpriv stays out of the way of signals. */
const unprivileged = (args: readonly string[]): [string, string[]] => {
  const [file = '', ...rest] = isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...args]
    : args;
  return [file, rest];
};

/** How long things may take here; in the cluster, what is emitted. */
export const HURRY = { PGBOUNCER_LOOK_SECONDS: '1', PGBOUNCER_LEAVE_SECONDS: '1' } as const;

/** A PostgreSQL with a certificate, and pods of a pooler with the emitted files, each in a folder of its own. */
export class PgBouncerLoopback {
  readonly folder = mkdtempSync(join(tmpdir(), 'pooler-'));
  private readonly processes: ChildProcess[] = [];

  constructor(
    private readonly props: PgBouncerProps,
    private readonly postgresPort: number,
  ) {
    chmodSync(this.folder, 0o777);
    for (const place of ['roles', 'server', 'tls', 'other']) mkdirSync(this.at(place));
    this.authority('tls');
    this.authority('other');
    this.secret('server', { host: 'localhost', port: `${postgresPort}` });
    this.open();
  }

  at(...path: string[]): string {
    return join(this.folder, ...path);
  }

  /** What the pooler finds in the folder of a Secret. */
  secret(folder: string, fields: Readonly<Record<string, string>>): void {
    mkdirSync(this.at(folder), { recursive: true });
    for (const [name, text] of Object.entries(fields)) writeFileSync(this.at(folder, name), text);
  }

  run(args: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const [file, rest] = unprivileged(args);
    const { status, stdout, stderr } = spawnSync(file, rest, {
      env: this.env(more),
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { status, text: `${stdout}${stderr}`.trim() };
  }

  /** As `run`, while other things go on. */
  start(log: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): ChildProcess {
    const [file, rest] = unprivileged(args);
    const child = spawn('sh', ['-c', `exec "$@" >>${this.at(log)} 2>&1`, 'sh', file, ...rest], {
      env: this.env(more),
      stdio: 'ignore',
    });
    this.processes.push(child);
    return child;
  }

  postgres(): void {
    const made = this.run([
      'initdb',
      `--pgdata=${this.at('data')}`,
      '--username=postgres',
      '--auth-local=trust',
      '--auth-host=scram-sha-256',
    ]);
    if (made.status !== 0) throw new Error(made.text);
    for (const file of ['tls.crt', 'tls.key'])
      this.run(['install', '-m', '600', this.at('tls', file), this.at('data', file)]);
    const options = [
      'ssl=on',
      'ssl_cert_file=tls.crt',
      'ssl_key_file=tls.key',
      'max_connections=100',
      `unix_socket_directories=${this.folder}`,
    ];
    this.start('postgres.log', [
      'postgres',
      '-D',
      this.at('data'),
      '-p',
      `${this.postgresPort}`,
      ...options.flatMap((one) => ['-c', one]),
    ]);
  }

  /** Its superuser, over the socket. */
  query(sql: string, database = 'postgres'): string {
    return this.run([
      'psql',
      '-XAtq',
      '-h',
      this.folder,
      '-p',
      `${this.postgresPort}`,
      '-U',
      'postgres',
      '-d',
      database,
      '-c',
      sql,
    ]).text;
  }

  /** One pod, on a port of its own; its server is signed by who is in that folder. */
  pod(name: string, port: number, signedBy = 'tls'): ChildProcess {
    const objects = manifests((chart) => new PgBouncer(chart, 'Pooler', { ...this.props, port }));
    const { data } = only(objects, 'ConfigMap', `${this.props.name}-config`);
    const [container] = only(objects, 'Deployment', this.props.name).spec.template.spec.containers;
    const here = (text: string): string =>
      text
        .replaceAll('/etc/headroom-pgbouncer', this.at(name, 'config'))
        .replaceAll('/etc/headroom-roles', this.at('roles'))
        .replaceAll('/etc/headroom-server', this.at('server'))
        .replace('server_tls_ca_file = /etc/headroom-tls', `server_tls_ca_file = ${this.at(signedBy)}`)
        .replaceAll('/etc/headroom-tls', this.at('tls'))
        .replaceAll('/run/pgbouncer-socket', this.at(name, 'socket'))
        .replaceAll('/run/pgbouncer', this.at(name, 'run'))
        .replace('listen_addr = *', 'listen_addr = 127.0.0.1');
    for (const place of ['config', 'socket', 'run']) mkdirSync(this.at(name, place), { recursive: true });
    for (const [file, text] of Object.entries<string>(data)) writeFileSync(this.at(name, 'config', file), here(text));
    this.open();
    const given: readonly { readonly name: string; readonly value: string }[] = container.env;
    const env = Object.fromEntries(given.map((variable) => [variable.name, here(variable.value)]));
    return this.start(`${name}.log`, container.command.map(here), { ...env, ...HURRY });
  }

  log(name: string): string {
    return existsSync(this.at(name)) ? readFileSync(this.at(name), 'utf8') : '';
  }

  async dispose(): Promise<void> {
    for (const child of this.processes.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      const patience = setTimeout(() => child.kill('SIGKILL'), 6000);
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGINT'), 3000);
      await gone;
      clearTimeout(patience);
      clearTimeout(insist);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private env(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { PATH: `${POSTGRES_BIN}:/usr/sbin:${process.env.PATH}`, ...more };
  }

  private open(): void {
    for (const place of ['roles', 'server', 'tls', 'other']) execFileSync('chmod', ['-R', 'a+rwX', this.at(place)]);
    for (const one of execFileSync('ls', [this.folder], { encoding: 'utf8' })
      .split('\n')
      .filter((text) => text.startsWith('pod')))
      execFileSync('chmod', ['-R', 'a+rwX', this.at(one)]);
  }

  /** A certificate of localhost, signed by itself. */
  private authority(folder: string): void {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
        .concat(['-subj', `/CN=${folder}`, '-addext', 'subjectAltName=DNS:localhost'])
        .concat(['-keyout', this.at(folder, 'tls.key'), '-out', this.at(folder, 'tls.crt')]),
      { stdio: 'ignore' },
    );
    execFileSync('cp', [this.at(folder, 'tls.crt'), this.at(folder, 'ca.crt')]);
  }
}
