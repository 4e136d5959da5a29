import { execFileSync, spawnSync } from 'node:child_process';
import { PLATFORMS } from '../../apps';
import { documents } from '../../lib/platform/documents';
import { runbookCommands, shellBlocks } from '../support/runbooks';

const has = (program: string, ...args: string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
const testWith = (isThere: boolean) => (isThere ? test : test.skip);

jest.setTimeout(240_000);

const runbooks = [...(documents(PLATFORMS).get('runbooks') ?? [])];

/** Commands that differ in more than names and numbers. */
const shapes = (program: string): (readonly string[])[] => {
  const commands = runbooks
    .flatMap(([file, text]) => runbookCommands(file, text))
    .map(({ words }) => words)
    .filter(([first]) => first === program);
  const shape = (words: readonly string[]) =>
    words
      .map((word) => (word.startsWith('--') ? word.split('=')[0] : word.includes('/') ? word.split('/')[0] : ''))
      .join(' ');
  return [...new Map(commands.map((words) => [`${words.slice(3, 4)} ${shape(words)}`, words])).values()];
};

testWith(has('bash', '-c', 'true'))('bash can read every block', () => {
  const blocks = runbooks.flatMap(([file, text]) => shellBlocks(text).map((block) => ({ file, block })));
  expect(blocks.length).toBeGreaterThan(200);
  // one shell for all: a function each, which is read and never called
  const script = blocks.map(({ block }, index) => `block_${index}() {\n${block}\n}`).join('\n');
  expect(() => execFileSync('bash', ['-n'], { input: script })).not.toThrow();
});

testWith(has('kubectl', 'version', '--client'))('kubectl knows every command, kind and flag', () => {
  const asked = shapes('kubectl').filter((words) => words[1] !== 'argo');
  expect(asked.length).toBeGreaterThan(20);
  const refused = asked.flatMap((words) => {
    if (words.includes('kustomize') || words.includes('--kustomize') || words.includes('config')) return [];
    const { stderr } = spawnSync(
      'kubectl',
      [...words.slice(1), '--server=http://127.0.0.1:9', '--request-timeout=2s'],
      {
        encoding: 'utf8',
        input: '',
        timeout: 20_000,
        env: { ...process.env, KUBECONFIG: '/dev/null' },
      },
    );
    // it gets as far as asking a server that is not there, or has nothing to read
    const isAsked = /connection refused|no objects passed|was refused|does not exist/i.test(stderr);
    return isAsked ? [] : [`${words.join(' ')}: ${stderr.trim().split('\n').at(-1)}`];
  });
  expect(refused).toEqual([]);
});

testWith(has('jq', '--version'))('jq makes a pod to work in of the CronJob of roles', () => {
  const [, text = ''] = runbooks.find(([path]) => path === 'acgs/production/maintenance.md') ?? [];
  const [filter] = runbookCommands('maintenance.md', text).flatMap(({ words }) =>
    words[0] === 'jq' ? [words[1] ?? ''] : [],
  );
  const job = { spec: { template: { spec: { containers: [{ name: 'roles', command: ['/bin/sh', 'roles.sh'] }] } } } };
  expect(JSON.parse(execFileSync('jq', [filter ?? '.'], { input: JSON.stringify(job), encoding: 'utf8' }))).toEqual({
    spec: {
      activeDeadlineSeconds: 3600,
      template: { spec: { containers: [{ name: 'roles', command: ['sleep', '3600'] }] } },
    },
  });
});

testWith(has('sh', '-c', 'true'))('the master is read from its secret by the pod, and handed to psql', () => {
  const [, text = ''] = runbooks.find(([path]) => path === 'acgs/production/maintenance.md') ?? [];
  const [line = ''] = text.match(/MASTER='.*'/) ?? [];
  const secret =
    '{"engine":"postgres","host":"db.example.com","port":5439,"username":"postgres","password":"a$b c","dbname":"acgs"}';
  const script = `
    folder=$(mktemp -d); printf '%s' '${secret}' >"$folder/secret.json"
    printf '#!/bin/sh\\necho "$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"; printf "<%%s>" "$@"\\n' >"$folder/psql"; chmod +x "$folder/psql"
    ${line}
    POSTGRES_MASTER_FILE="$folder/secret.json" PATH="$folder:$PATH" sh -c "$MASTER" psql --command "SELECT 1"
    rm -r "$folder"`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
    'postgres:a$b c@db.example.com:5439/acgs\n<--command><SELECT 1>',
  );
});
