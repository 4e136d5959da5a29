import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logRetentionFiles } from '../../lib/config/logs/log-retention';
import { Duration } from '../../lib/units';

const available = spawnSync('curl', ['--version']).status === 0 && spawnSync('sh', ['-c', 'exit 0']).status === 0;
const describeWith = available ? describe : describe.skip;

const folder = mkdtempSync(join(tmpdir(), 'log-retention-'));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

interface Store {
  readonly url: string;
  /** What was asked, as `METHOD path`. */
  readonly asked: string[];
  /** What was sent, by path. */
  readonly sent: Map<string, string>;
  readonly users: Set<string>;
}

/** As much of Elasticsearch as the script talks with. @param busy Requests that it refuses first. */
async function elasticsearch(busy: number, has: readonly string[] = [], broken = ''): Promise<Store> {
  let refusals = busy;
  const store: Store = { url: '', asked: [], sent: new Map(), users: new Set() };
  const there = new Set(has);
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const path = (request.url ?? '').replace(/\?.*/, '');
      store.asked.push(`${request.method} ${path}`);
      store.users.add(Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString());
      if (refusals > 0) {
        refusals -= 1;
        response.writeHead(503).end();
      } else if (path === broken) response.writeHead(400).end('{"error":"no"}');
      else if (request.method === 'PUT') {
        store.sent.set(path, body);
        there.add(path);
        response.end('{"acknowledged":true}');
      } else response.writeHead(path.startsWith('/_cluster') || there.has(path) ? 200 : 404).end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  return { ...store, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const FILES = logRetentionFiles({ stream: 'pod-logs', retention: Duration.days(90), copies: 1 });

/** Runs the script, as the container does, and tells how it ended. */
async function keep(name: string, url: string, tries = 3): Promise<{ code: number | null; said: string }> {
  const home = join(folder, name);
  mkdirSync(join(home, 'user'), { recursive: true });
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(home, file), text);
  writeFileSync(join(home, 'user', 'username'), 'log-keeper');
  writeFileSync(join(home, 'user', 'password'), 'p:w d#1');
  writeFileSync(join(home, 'ca.crt'), '');
  const child = spawn('sh', [join(home, 'keep.sh')], {
    env: {
      PATH: process.env.PATH,
      FOLDER: home,
      USER_FOLDER: join(home, 'user'),
      AUTHORITY_FILE: join(home, 'ca.crt'),
      LOG_STORE_URL: url,
      LOG_STREAM: 'pod-logs',
      MAX_TRIES: `${tries}`,
      PAUSE_SECONDS: '0',
    },
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, said };
}

describeWith('the script that sees to retention', () => {
  test('puts policy and template in place before it makes the stream', async () => {
    const store = await elasticsearch(0);
    expect((await keep('new', store.url)).code).toBe(0);
    expect(store.asked).toEqual([
      'GET /_cluster/health',
      'PUT /_ilm/policy/pod-logs',
      'PUT /_index_template/pod-logs',
      'GET /_data_stream/pod-logs',
      'PUT /_data_stream/pod-logs',
    ]);
    expect(store.sent.get('/_ilm/policy/pod-logs')).toBe(FILES['policy.json']);
    expect(store.sent.get('/_index_template/pod-logs')).toBe(FILES['template.json']);
  });

  test('brings up to date what is there, and leaves the stream alone', async () => {
    const store = await elasticsearch(0, ['/_data_stream/pod-logs']);
    const { code, said } = await keep('again', store.url);
    expect([code, said.includes('pod-logs is there')]).toEqual([0, true]);
    expect(store.asked.filter((one) => one.startsWith('PUT'))).toEqual([
      'PUT /_ilm/policy/pod-logs',
      'PUT /_index_template/pod-logs',
    ]);
  });

  test('gives user and password as they are, whatever they hold', async () => {
    const store = await elasticsearch(0);
    await keep('user', store.url);
    expect([...store.users]).toEqual(['log-keeper:p:w d#1']);
  });

  test('waits while Elasticsearch starts', async () => {
    const store = await elasticsearch(2);
    expect((await keep('slow', store.url)).code).toBe(0);
    expect(store.asked.filter((one) => one === 'GET /_cluster/health')).toHaveLength(3);
  });

  test('gives up when it never does, and says so', async () => {
    const store = await elasticsearch(100);
    const { code, said } = await keep('never', store.url);
    expect(code).toBe(1);
    expect(said).toContain('Elasticsearch does not answer');
    expect(store.asked).toHaveLength(3);
  });

  test('makes no stream after a policy that was refused', async () => {
    const store = await elasticsearch(0, [], '/_ilm/policy/pod-logs');
    expect((await keep('refused', store.url)).code).not.toBe(0);
    expect(store.asked).toEqual(['GET /_cluster/health', 'PUT /_ilm/policy/pod-logs']);
  });
});
