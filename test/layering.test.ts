import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Each layer and the layers it may import. Nothing imports what stands below it in this list. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  units: [],
  check: ['units'],
  catalog: ['units', 'check'],
  model: ['units', 'check', 'catalog'],
  config: ['units', 'check', 'catalog', 'model'],
  kubernetes: ['units', 'check', 'catalog', 'model', 'config'],
  aws: ['units', 'check', 'catalog', 'model', 'config'],
  telemetry: ['units', 'check', 'catalog', 'model', 'config'],
  local: ['units', 'check', 'catalog', 'model', 'config'],
  ledger: ['units', 'check', 'catalog', 'model'],
  platform: ['units', 'check', 'catalog', 'model', 'config', 'kubernetes', 'aws', 'telemetry', 'local', 'ledger'],
  cli: ['units', 'check', 'catalog', 'ledger'],
};

/** Packages that only some layers may know. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  cdktf: ['aws', 'platform'],
  '@cdktf/provider-aws': ['aws', 'platform'],
  '@cdktf/provider-helm': ['aws'],
  cdk8s: ['kubernetes', 'platform'],
  'cdk8s-plus-28': ['kubernetes'],
  '@grafana/grafana-foundation-sdk': ['telemetry'],
  yaml: ['ledger'],
  'node:crypto': ['kubernetes'],
  'node:fs': ['platform', 'cli'],
  'node:path': ['platform', 'cli'],
  'node:util': ['cli'],
};

/** Name in `OWNERS` of the package that an import is from. */
const ownerOf = (path: string) => Object.keys(OWNERS).find((name) => path === name || path.startsWith(`${name}/`));

const LIB = resolve(__dirname, '../lib');
const layerOf = (file: string) => relative(LIB, file).split(sep)[0] ?? '';

const sources = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file.includes(sep))
  .map((source) => {
    const file = join(LIB, source);
    const text = readFileSync(file, 'utf8');
    const imports = [...text.matchAll(/(?:from|import|require\()\s*'([^']+)'/g)].map(([, path = '']) => path);
    return { source, layer: layerOf(file), folder: dirname(file), text, imports };
  });

/** `file -> import` for every import that `isWrong`. */
const offenders = (isWrong: (path: string, source: (typeof sources)[number]) => boolean) =>
  sources.flatMap((source) =>
    source.imports.filter((path) => isWrong(path, source)).map((path) => `${source.source} -> ${path}`),
  );

test('every folder of lib/ is a layer with a place in the order', () => {
  expect([...new Set(sources.map(({ layer }) => layer))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
});

test('a file imports only its own layer and the ones before it', () => {
  const wrong = offenders((path, { layer, folder }) => {
    const imported = path.startsWith('.') ? layerOf(resolve(folder, path)) : layer;
    return imported !== layer && !MAY_IMPORT[layer]?.includes(imported);
  });
  expect(wrong).toEqual([]);
});

test('a package is imported only by the layers that own it', () => {
  const wrong = offenders((path, { layer }) => {
    const owner = ownerOf(path);
    return owner !== undefined && !OWNERS[owner]?.includes(layer);
  });
  expect(wrong).toEqual([]);
});

test('of Node.js, only hashes and files are used', () => {
  const known = (path: string) => ownerOf(path) !== undefined || path === 'constructs';
  expect(offenders((path) => /^(node:)?[a-z_/]+$/.test(path) && !known(path))).toEqual([]);
});

test('nothing loads the whole AWS provider', () => {
  expect(offenders((path) => path === '@cdktf/provider-aws')).toEqual([]);
});

test('nothing reads the process, the clock, chance or the console', () => {
  const code = ({ text }: { text: string }) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const wrong = sources
    .filter(({ layer }) => layer !== 'cli')
    .filter((source) =>
      /\bprocess\.|\bDate\.now|\bnew Date\(\)|(?<![-'])\bperformance\b(?!')|\bfetch\(|Math\.random|console\./.test(
        code(source),
      ),
    );
  expect(wrong.map(({ source }) => source)).toEqual([]);
});
