import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyOutput } from '../support/platforms';
import { type Block, resources } from '../support/terraform';

/** The order in the document is one that the output can be deployed in, and the way back is its reverse. */
const TEXT = readFileSync(join(__dirname, '../../docs/deploying.md'), 'utf8');
const emitted = everyOutput();
const manifest: Block = JSON.parse(emitted.terraform['manifest.json'] ?? '{}');

const LAYERS = ['00-crds', '10-controllers', '20-policies', '30-workloads'];

/** Steps as the document lists them: `stack acgs-dns`, `apply acgs/production/00-crds`. */
const STEPS = [...TEXT.matchAll(/^(?:stack|apply) \S+$/gm)].map(([line]) => line);

/** Folders of manifests as they are written. */
const FOLDERS = [
  ...new Set(Object.keys(emitted.kubernetes).map((path) => path.split('/').slice(0, 3).join('/'))),
].sort();

const kindsIn = (folder: string): string[] => emitted.objects(folder).map(({ kind }) => kind);

/** What must come before a folder of manifests. */
function beforeFolder(folder: string): string[] {
  const [platform = '', environment = '', layer = ''] = folder.split('/');
  const own = (name: string): string => `stack ${platform}-${environment}-${name}`;
  const previous = LAYERS[LAYERS.indexOf(layer) - 1];
  const kinds = kindsIn(folder);
  return [
    previous === undefined ? own('gitops') : `apply ${platform}/${environment}/${previous}`,
    ...(kinds.includes('ExternalSecret') ? [own('data')] : []),
    ...(kinds.includes('TargetGroupBinding') ? [own('edge')] : []),
  ];
}

/** Every step that the output asks for, with what must come before it. */
const GRAPH: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries<Block>(manifest.stacks).map(
    ([name, { dependencies }]) => [`stack ${name}`, dependencies.map((one: string) => `stack ${one}`)] as const,
  ),
  ...FOLDERS.map((folder) => [`apply ${folder}`, beforeFolder(folder)] as const),
]);

/** What stands before something that it needs. */
const misplaced = (steps: readonly string[]): string[] =>
  steps.flatMap((step, index) =>
    (GRAPH.get(step) ?? [])
      .filter((needed) => !steps.slice(0, index).includes(needed))
      .map((needed) => `${step} before ${needed}`),
  );

/** Steps that can never be taken: each waits for one that waits for it. */
function stuck(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const waiting = [...graph].filter(([, needed]) => needed.some((one) => graph.has(one)));
  return waiting.length === graph.size ? [...graph.keys()] : stuck(new Map(waiting));
}

const FAMILIES = [
  'account',
  'dns',
  'network',
  'cluster',
  'gitops',
  'data',
  'edge',
  'instances',
  'recovery',
  'operations',
  'failover',
];

/** What a stack is about, by its name. */
function familyOf(name: string): string {
  if (/^\w+-account-/.test(name)) return 'account';
  if (/^\w+-dns(-|$)/.test(name)) return 'dns';
  return name.split('-').at(-1) ?? name;
}

const present = [...new Set(Object.keys(manifest.stacks).map(familyOf))];

const section = (title: string): string => TEXT.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const rowsOf = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('| '));

describe('the order', () => {
  test('the output asks for no step that waits for itself', () => {
    expect(stuck(GRAPH)).toEqual([]);
    const circle = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
      ['d', []],
    ]);
    expect(stuck(circle)).toEqual(['a', 'b', 'c']);
  });

  test('has each stack and each folder of manifests once, and nothing else', () => {
    expect(STEPS.toSorted()).toEqual([...GRAPH.keys()].sort());
  });

  test('has each after everything that it needs', () => {
    expect(misplaced(STEPS)).toEqual([]);
  });

  test('would be found wrong if any two steps that need one another changed places', () => {
    const pairs = [...GRAPH].flatMap(([step, needed]) => needed.map((one) => [step, one] as const));
    const unnoticed = pairs.filter(([step, needed]) => {
      const swapped = STEPS.map((one) => (one === step ? needed : one === needed ? step : one));
      return misplaced(swapped).length === 0;
    });
    expect(pairs.length).toBeGreaterThan(100);
    expect(unnoticed).toEqual([]);
  });

  test('states that are read are of stacks that come before', () => {
    for (const name of emitted.stacks) {
      const reads = Object.keys(emitted.stack(name).data?.terraform_remote_state ?? {}).map(
        (id) => /cross-stack-reference-input-(.+)$/.exec(id)?.[1] ?? id,
      );
      expect([name, reads.filter((one) => !manifest.stacks[name].dependencies.includes(one))]).toEqual([name, []]);
    }
  });
});

describe('what it says of each step', () => {
  const waits = rowsOf(section('What each step waits for, and what to look at after it'));
  const down = rowsOf(section('Taking down'));
  /** The row of a family in a table, by the column that names it. */
  const rowOf = (rows: readonly string[], column: number, family: string): number =>
    rows.findIndex((row) => row.split('|')[column]?.includes(`\`${family}\``));

  test('families are known', () => {
    expect(present.filter((family) => !FAMILIES.includes(family))).toEqual([]);
  });

  test.each([...present, ...LAYERS])('%s has a row with what it waits for and when it is done', (family) => {
    expect(rowOf(waits, 1, family)).toBeGreaterThan(0);
    expect(waits[rowOf(waits, 1, family)]?.split('|')[3]?.trim().length).toBeGreaterThan(20);
  });

  test.each([...present, ...LAYERS])('%s has a row in the way back', (family) => {
    expect(rowOf(down, 2, family)).toBeGreaterThan(0);
  });

  test('what is taken down goes before what it needed', () => {
    const wrong = Object.entries<Block>(manifest.stacks).flatMap(([name, { dependencies }]) =>
      dependencies
        .filter((needed: string) => familyOf(needed) !== familyOf(name))
        .filter((needed: string) => rowOf(down, 2, familyOf(name)) >= rowOf(down, 2, familyOf(needed)))
        .map((needed: string) => `${name} after ${needed}`),
    );
    expect(wrong).toEqual([]);
    expect(rowOf(down, 2, '30-workloads')).toBeLessThan(rowOf(down, 2, 'edge'));
    expect(rowOf(down, 2, '30-workloads')).toBeLessThan(rowOf(down, 2, 'data'));
    expect(rowOf(down, 2, '00-crds')).toBeLessThan(rowOf(down, 2, 'gitops'));
  });

  test('says of everything that is protected what to do with it first', () => {
    const isKept = (body: Block): boolean =>
      body.lifecycle?.prevent_destroy === true ||
      body.deletion_protection === true ||
      body.enable_deletion_protection === true ||
      body.force_delete === false;
    const unsaid = emitted.stacks.flatMap((name) => {
      const json = emitted.stack(name);
      return Object.keys(json.resource ?? {})
        .filter((type) => resources(json, type).some(isKept))
        .filter((type) => !section('Taking down').includes(type))
        .map((type) => `${name}: ${type}`);
    });
    expect(unsaid).toEqual([]);
  });
});

describe('the first run of an account', () => {
  const local = /'(\{"terraform":.*\})' > override\.tf\.json/.exec(TEXT)?.[1] ?? '{}';

  test('keeps its state in a file beside those of other local states', () => {
    expect(JSON.parse(local)).toEqual({
      terraform: { backend: { local: { path: '../../../../state/first-run.tfstate' } } },
    });
    const [development] = emitted.stacks.filter((name) => name === 'acgs-account-development');
    expect(emitted.stack(development ?? '').terraform.backend.local.path).toMatch(/^\.\.\/\.\.\/\.\.\/\.\.\/state\//);
  });

  test('is then moved to a bucket that this very stack makes, under its key', () => {
    for (const name of ['acgs-account-production', 'acgs-account-staging', 'alfred-account-production']) {
      const json = emitted.stack(name);
      const { bucket, region, kms_key_id } = json.terraform.backend.s3;
      const made = resources(json, 'aws_s3_bucket').filter((one) => one.bucket === bucket);
      expect(made).toMatchObject([{ region }]);
      expect(resources(json, 'aws_kms_alias').filter((one) => one.name === kms_key_id)).toMatchObject([{ region }]);
    }
  });

  test('is applied, and kept, where no standby’s primary is', () => {
    expect(emitted.stack('acgs-account-production').provider.aws[0].region).toBe('us-east-1');
    expect(emitted.stack('acgs-account-production').terraform.backend.s3.region).toBe('us-east-1');
  });

  test('its copies are where the document says', () => {
    const buckets = resources(emitted.stack('acgs-account-production'), 'aws_s3_bucket').map(({ bucket }) => bucket);
    expect(TEXT).toContain('-backend-config=bucket=BUCKET-copy');
    expect(buckets).toEqual(
      expect.arrayContaining([
        'acgs-terraform-state-333333333333-copy',
        'acgs-terraform-state-333333333333-us-east-1-copy',
      ]),
    );
  });
});
