import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ComposeService } from '../../../lib/local';
import type { ComposeStack } from '../../../lib/local/compose-stack';

const works = (program: string, ...args: string[]): boolean => spawnSync(program, args).status === 0;
export const POSTGRES_BIN = '/usr/lib/postgresql/15/bin';
export const hasCompose = works('docker-compose', '--version');
export const hasPgBouncer = works('pgbouncer', '--version') && existsSync(join(POSTGRES_BIN, 'pgbench'));
export const hasRedis = works('redis-server', '--version');

const isRoot = process.getuid?.() === 0;

/** PostgreSQL and PgBouncer refuse root. */
const unprivileged = (args: readonly string[]): [string, string[]] => {
  const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...args] : args;
  return [file, rest];
};

/** A stack's files, run by real programs in folders of this machine: each container's paths lie below a folder of its own. */
export class ComposeLoopback {
  readonly folder = mkdtempSync(join(tmpdir(), 'compose-'));
  private readonly processes: ChildProcess[] = [];

  constructor(private readonly stack: ComposeStack) {
    chmodSync(this.folder, 0o755);
    for (const [path, text] of stack.files) {
      const file = join(this.folder, 'stack', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  /** Draws the passwords, as the README says. */
  makeSecrets(): string {
    return execFileSync('sh', [join(this.folder, 'stack/make-secrets.sh'), join(this.folder, 'secrets')], {
      encoding: 'utf8',
    });
  }

  service(name: string): ComposeService {
    const found = this.stack.file.services[name];
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  }

  /** Where a path of a container is here. */
  inside(service: string, path: string): string {
    return join(this.folder, 'containers', service, path);
  }

  secret(name: string): string {
    return readFileSync(join(this.folder, 'secrets', name), 'utf8').trim();
  }

  /** Makes the folders of a container: its files and passwords, and empty ones for volumes and memory. */
  prepare(name: string, replaced: (text: string) => string = (text) => text): void {
    const { volumes = [], secrets = [], tmpfs = [] } = this.service(name);
    const roots = ['/etc', '/run', '/var', '/data', '/tmp'].map((root) => this.inside(name, root));
    const own = (text: string) =>
      replaced(text.replaceAll(/(?<![\w.}/-])\/(etc|run|var\/lib|data)(?=\/)/g, (path) => this.inside(name, path)));
    for (const root of roots) this.open(root);
    for (const volume of volumes) {
      const [source = '', target = ''] = volume.split(':');
      if (!source.startsWith('./')) this.open(this.inside(name, target));
      else this.copy(source.slice(2), this.inside(name, target), own);
    }
    for (const path of tmpfs) this.open(this.inside(name, path.split(':')[0] ?? ''));
    for (const { source, target } of secrets) this.write(this.inside(name, target), `${this.secret(source)}\n`);
    execFileSync('chmod', ['-R', 'a+rwX', this.inside(name, '/')]);
  }

  env(name: string): NodeJS.ProcessEnv {
    const entries = Object.entries(this.service(name).environment ?? {});
    const here = (value: string): string => (value.startsWith('/') ? this.inside(name, value) : value);
    return {
      PATH: `${POSTGRES_BIN}:${process.env.PATH}`,
      ...Object.fromEntries(entries.map(([k, v]) => [k, here(v)])),
    };
  }

  /** Starts what the container starts, with its own files. */
  start(name: string, more: NodeJS.ProcessEnv = {}, args?: readonly string[]): ChildProcess {
    const { entrypoint = [] } = this.service(name);
    const [file, rest] = unprivileged(args ?? entrypoint.map((word) => this.path(name, word)));
    const log = join(this.folder, `${name}.log`);
    const child = spawn('sh', ['-c', `exec "$@" >>${log} 2>&1`, 'sh', file, ...rest], {
      env: { ...this.env(name), ...more },
      cwd: this.folder,
      stdio: 'ignore',
      detached: true,
    });
    this.processes.push(child);
    return child;
  }

  /** Runs something to its end, as in the container. */
  run(name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
    const [file, rest] = unprivileged(args.map((word) => this.path(name, word)));
    const env = { ...this.env(name), ...more };
    const { status, stdout, stderr } = spawnSync(file, rest, {
      env,
      encoding: 'utf8',
      timeout: 60_000,
      cwd: this.folder,
    });
    return { status, text: `${stdout}${stderr}`.trim() };
  }

  log(name: string): string {
    const file = join(this.folder, `${name}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  async dispose(): Promise<void> {
    for (const child of this.processes.reverse()) await ended(child);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private path(name: string, word: string): string {
    return word.startsWith('/etc/') || word.startsWith('/run/') ? this.inside(name, word) : word;
  }

  private open(folder: string): void {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
  }

  private write(file: string, text: string): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** A file of the stack, or all files of one of its folders. */
  private copy(source: string, target: string, own: (text: string) => string): void {
    for (const [path, text] of this.stack.files) {
      if (path === source) this.write(target, own(text));
      else if (path.startsWith(`${source}/`)) this.write(join(target, path.slice(source.length)), own(text));
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  // all of its group: who changes users for a server stands between, and would leave it behind
  const kill = (signal: NodeJS.Signals): boolean => child.pid !== undefined && process.kill(-child.pid, signal);
  kill('SIGINT');
  const patience = setTimeout(() => kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(patience);
}
