import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VECTOR_DATABASE_START, vectorDatabaseConf } from '../../lib/config/vector/vector-database-conf';
import { until } from './support/redis-loopback';

/** Stands for Qdrant: notes how it was started, and when it is told to end. */
const PROGRAM = `#!/bin/sh
echo "$$ $*" >>"$NOTES"
trap 'echo ended >>"$NOTES"; exit 0' TERM
while :; do sleep 0.1; done
`;

describe('the start of a vector database', () => {
  let folder = '';
  let server: ChildProcess | undefined;
  const at = (file: string) => join(folder, file);
  const notes = () => (existsSync(at('notes')) ? readFileSync(at('notes'), 'utf8').trim().split('\n') : []);

  const start = (env: NodeJS.ProcessEnv = {}): ChildProcess => {
    writeFileSync(at('start.sh'), VECTOR_DATABASE_START);
    server = spawn('sh', [at('start.sh')], {
      env: {
        PATH: process.env.PATH,
        NOTES: at('notes'),
        QDRANT_CONF: at('conf.yaml'),
        QDRANT_RUN_FOLDER: folder,
        QDRANT_KEY_FILE: at('key'),
        QDRANT_TLS_FOLDER: folder,
        QDRANT_PROGRAM: at('program'),
        QDRANT_LOOK_SECONDS: '0.2',
        ...env,
      },
      stdio: 'ignore',
    });
    return server;
  };
  const exit = (process: ChildProcess) =>
    new Promise((resolve) => (process.exitCode === null ? process.on('exit', resolve) : resolve(process.exitCode)));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vector-'));
    const folders = { storage: '/s', snapshots: '/n', tls: '/t' };
    writeFileSync(at('conf.yaml'), vectorDatabaseConf({ port: 1, grpcPort: 2, metricsPort: 3, folders }));
    writeFileSync(at('program'), PROGRAM);
    chmodSync(at('program'), 0o755);
    for (const file of ['key', 'tls.crt', 'tls.key']) writeFileSync(at(file), `${file} "1" \\ 'x'\n`);
  });

  afterEach(async () => {
    if (server?.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL');
      await exit(server);
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test('adds the key to the shared configuration, for its own eyes, and becomes the program', async () => {
    const { pid } = start();
    await until(() => notes().length === 1, 5000);

    expect(notes()).toEqual([`${pid} --config-path ${at('config.yaml')}`]);
    const text = readFileSync(at('config.yaml'), 'utf8');
    expect(text).toBe(`${readFileSync(at('conf.yaml'), 'utf8')}  api_key: "key \\"1\\" \\\\ 'x'"\n`);
    expect(statSync(at('config.yaml')).mode & 0o777).toBe(0o600);
  });

  test.each(['key', 'tls.crt', 'tls.key'])('ends the program in good order when %s has changed', async (file) => {
    const process = start();
    await until(() => notes().length === 1, 5000);
    writeFileSync(at(file), 'next\n');

    expect(await exit(process)).toBe(0);
    expect(notes().at(-1)).toBe('ended');
  });

  test('leaves it alone while nothing has changed', async () => {
    const process = start();
    await until(() => notes().length === 1, 5000);
    await new Promise((resolve) => setTimeout(resolve, 900));

    expect(process.exitCode).toBeNull();
    expect(notes()).toHaveLength(1);
  });

  test('needs no certificate in plain text', async () => {
    rmSync(at('tls.crt'));
    const process = start({ QDRANT_TLS_FOLDER: '' });
    await until(() => notes().length === 1, 5000);
    await new Promise((resolve) => setTimeout(resolve, 500));

    expect(process.exitCode).toBeNull();
  });

  test.each([
    { it: 'no key', key: '' },
    { it: 'a key of two lines', key: 'a\nb' },
  ])('does not start with $it', async ({ key }) => {
    writeFileSync(at('key'), key);

    expect(await exit(start())).toBe(1);
    expect(notes()).toEqual([]);
  });
});
