import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, request, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Version of the nginx on this machine (`1.22.1`); nothing if there is none. */
export const NGINX_VERSION: string | undefined = /nginx\/([\d.]+)/.exec(
  spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr ?? '',
)?.[1];

const MANY_PORTS = 16;

/** Ports of the loopback that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  if (count > MANY_PORTS) throw new Error(`at most ${MANY_PORTS} ports`);
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createSocket>>((resolve) => {
          const server = createSocket().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** A service of one process. It remembers what it was asked, and answers with the headers that reached it. */
export class Backend {
  static async start(answer?: RequestListener, host = '127.0.0.1', port = 0): Promise<Backend> {
    const backend = new Backend(answer);
    await new Promise<void>((resolve) => backend.server.listen(port, host, resolve));
    return backend;
  }

  readonly asked: string[] = [];
  readonly server: Server;

  private constructor(answer: RequestListener = echo) {
    this.server = createServer((req, res) => {
      this.asked.push(`${req.method} ${req.url}`);
      req.resume().on('end', () => answer(req, res));
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const echo: RequestListener = (req, res) => {
  res.setHeader('X-Frame-Options', 'SAMEORIGIN');
  res.setHeader('X-Powered-By', 'backend');
  res.end(JSON.stringify(req.headers));
};

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Loopback address to ask from. */
  readonly from?: string;
}

/** Asks nginx once, on a connection of its own. */
export const ask = (port: number, path: string, { method = 'GET', headers = {}, from = '127.0.0.1' }: Question = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, localAddress: from, agent: false };
    request(options, (res) => {
      let body = '';
      res.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, body }));
    })
      .on('error', reject)
      .end(method === 'POST' ? 'body' : undefined);
  });

/** A real nginx in a folder of its own. */
export class Nginx {
  readonly folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  private process: ChildProcess | undefined;

  constructor() {
    chmodSync(this.folder, 0o755); // workers of a privileged nginx are another user
  }

  /** What `nginx -t` thinks of a configuration: nothing, or why not. */
  test(conf: string): string | undefined {
    const args = ['-t', '-e', 'stderr', '-c', this.write(conf)];
    // it opens its access log, which a pipe of this process cannot be
    const { status, stderr } = spawnSync('nginx', args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
    return status === 0 && !/\[(warn|error|emerg|alert)\]/.test(stderr) ? undefined : stderr;
  }

  /** Starts nginx and waits until its status port answers. */
  async start(conf: string, statusPort: number): Promise<void> {
    const file = this.write(conf);
    const out = openSync(join(this.folder, 'access.log'), 'a');
    const err = openSync(join(this.folder, 'error.log'), 'a');
    this.process = spawn('nginx', ['-e', 'stderr', '-c', file, '-g', 'daemon off;'], { stdio: ['ignore', out, err] });
    closeSync(out);
    closeSync(err);
    for (let left = 100; left > 0; left -= 1) {
      const answer = await ask(statusPort, '/healthz').catch(() => undefined);
      if (answer?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`nginx does not start: ${readFileSync(join(this.folder, 'error.log'), 'utf8')}`);
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { process } = this;
    if (process === undefined || process.exitCode !== null) return process?.exitCode ?? null;
    const ended = new Promise<number | null>((resolve) => process.once('exit', resolve));
    process.kill(signal);
    return ended;
  }

  /** The access log, line by line. */
  log(): Readonly<Record<string, string>>[] {
    const text = readFileSync(join(this.folder, 'access.log'), 'utf8').trim();
    return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
  }

  async dispose(): Promise<void> {
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(conf: string): string {
    const file = join(this.folder, 'nginx.conf');
    writeFileSync(file, conf);
    return file;
  }
}
