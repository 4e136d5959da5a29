import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/lock-images.mjs');
const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

/** A registry on this machine: `open` answers anybody, `closed` whoever brings a token, `broken` names no digest. */
const answers: Readonly<Record<string, string>> = {
  '/v2/open/manifests/1.0': digest('a'),
  '/v2/shop/orders/manifests/2.0': digest('b'),
  '/v2/closed/manifests/1.0': digest('c'),
};

let folder: string;
let server: Server;
let host: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer(({ url = '', method = '', headers }, answer) => {
    asked.push(`${method} ${url}`);
    const { pathname, searchParams } = new URL(url, 'http://registry');
    if (pathname === '/token') {
      const isKnown = headers.authorization === `Basic ${Buffer.from('me:secret').toString('base64')}`;
      answer.writeHead(isKnown ? 200 : 403, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ token: `for ${searchParams.get('scope')}` }));
      return;
    }
    if (pathname.startsWith('/v2/closed/') && headers.authorization !== 'Bearer for repository:closed:pull') {
      answer.writeHead(401, {
        'www-authenticate': `Bearer realm="http://${host}/token",service="registry",scope="repository:closed:pull"`,
      });
      answer.end();
      return;
    }
    const found = answers[pathname];
    const isBroken = pathname.startsWith('/v2/broken/');
    answer.writeHead(found || isBroken ? 200 : 404, found ? { 'docker-content-digest': found } : {});
    answer.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((closed) => server.close(closed)));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-images-'));
  asked.length = 0;
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const LOCK = 'images.lock.json';

/** Runs the script in the folder over a list of images. */
function run(images: readonly string[], ...options: readonly string[]): Promise<Outcome> {
  writeFileSync(join(folder, 'images.txt'), images.join('\n'));
  const env = { PATH: process.env.PATH, DOCKER_CONFIG: folder };
  const program = spawn(process.execPath, [SCRIPT, '--plain-http', ...options, 'images.txt'], { cwd: folder, env });
  let [out, err] = ['', ''];
  program.stdout.on('data', (text) => {
    out += text;
  });
  program.stderr.on('data', (text) => {
    err += text;
  });
  return new Promise((done) => program.on('close', (code) => done({ code, out, err })));
}

const written = () => readFileSync(join(folder, LOCK), 'utf8');

const login = () =>
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ auths: { [host]: { auth: Buffer.from('me:secret').toString('base64') } } }),
  );

describe('lock-images', () => {
  test('writes the digest of each tag, sorted, whatever the order of the list', async () => {
    const images = [`${host}/open:1.0`, 'shop/orders:2.0  # ours', '', '# a comment', `${host}/open:1.0`];
    expect(await run(images, '--registry', host)).toEqual({ code: 0, out: `${LOCK}: 2 images\n`, err: '' });
    expect(JSON.parse(written())).toEqual({ [`${host}/open:1.0`]: digest('a'), 'shop/orders:2.0': digest('b') });

    const first = written();
    await run([...images].reverse(), '--registry', host);
    expect(written()).toBe(first);
    expect(asked.every((one) => one.startsWith('HEAD '))).toBe(true);
  });

  test('brings what docker login left to whoever asks who', async () => {
    login();
    expect(await run([`${host}/closed:1.0`])).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(written())).toEqual({ [`${host}/closed:1.0`]: digest('c') });
  });

  test('says what it may not see, and writes nothing', async () => {
    const { code, err } = await run([`${host}/closed:1.0`, `${host}/open:1.0`]);
    expect([code, err]).toEqual([1, `${host}: gives no token for closed (403); try docker login\n`]);
    expect(written).toThrow('ENOENT');
  });

  test('names every image that it could not resolve, at once', async () => {
    const { code, err } = await run([`${host}/missing:1.0`, `${host}/broken:1.0`, 'orders:1.0', `${host}/open`]);
    expect(code).toBe(1);
    expect(err.split('\n')).toEqual([
      `${host}/missing:1.0: ${host} answers 404`,
      `${host}/broken:1.0: ${host} names no digest`,
      'orders:1.0: names no registry; give one with --registry',
      `${host}/open: name an image with its tag and no digest`,
      '',
    ]);
  });

  test('leaves out what is no longer listed', async () => {
    await run([`${host}/open:1.0`, 'shop/orders:2.0'], '--registry', host);
    await run([`${host}/open:1.0`]);
    expect(Object.keys(JSON.parse(written()))).toEqual([`${host}/open:1.0`]);
  });

  test('checks without writing', async () => {
    await run([`${host}/open:1.0`]);
    expect(await run([`${host}/open:1.0`], '--check')).toMatchObject({
      code: 0,
      out: `${LOCK} is what registries say\n`,
    });

    const before = written();
    const { code, err } = await run(['shop/orders:2.0'], '--registry', host, '--check');
    expect([code, err]).toEqual([1, `${LOCK} differs from what registries say\n`]);
    expect(written()).toBe(before);
  });

  test('writes to another file if told so', async () => {
    await run([`${host}/open:1.0`], '--lock', 'other.json');
    expect(JSON.parse(readFileSync(join(folder, 'other.json'), 'utf8'))).toEqual({ [`${host}/open:1.0`]: digest('a') });
  });

  test('asks for a list', async () => {
    const program = spawn(process.execPath, [SCRIPT], { cwd: folder });
    const code = await new Promise((done) => program.on('close', done));
    expect(code).toBe(1);
  });
});
