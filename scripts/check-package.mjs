// What users get: packs the library, installs the tarball beside its peers in an empty project outside the repository,
// compiles one small program under the compilers and settings that users have, and runs what comes out.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const SOURCES = join(ROOT, 'test/package');
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { name, peerDependencies, devDependencies, exports: entries } = readJson(join(ROOT, 'package.json'));
const configurations = readJson(join(SOURCES, 'configurations.json')).flatMap(({ typescript, ...rest }) =>
  typescript.map((version) => ({ ...rest, version, title: `${rest.name}, TypeScript ${version}` })),
);

const project = mkdtempSync(join(tmpdir(), `${name}-package-`));
const run = (command, args, cwd = project) => execFileSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1e8 });
const faults = [];
const expect = (holds, fault) => holds || faults.push(fault);

/** The tarball holds what it declares, and nothing that only we need. */
function pack() {
  const [{ filename, files, size }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], ROOT));
  const paths = files.map(({ path }) => path);
  const stray = paths.filter(
    (path) => !/^(build\/lib\/.+(\.js|\.d\.ts)|docs\/.+|[A-Z]+(\.md)?|package\.json)$/.test(path),
  );
  expect(stray.length === 0, `the package holds ${stray.slice(0, 5).join(', ')}`);
  for (const path of ['README.md', 'LICENSE', 'CHANGELOG.md', ...Object.values(entries)]) {
    expect(paths.includes(path.replace('./', '')), `the package lacks ${path}`);
  }
  console.log(`${filename}: ${paths.length} files, ${Math.round(size / 1024)} KiB`);
  return join(project, filename);
}

function install(tarball) {
  const compilers = [...new Set(configurations.map(({ version }) => version))];
  const dependencies = {
    ...Object.fromEntries(Object.keys(peerDependencies).map((peer) => [peer, devDependencies[peer]])),
    ...Object.fromEntries(compilers.map((version) => [`typescript-${version}`, `npm:typescript@${version}`])),
    '@types/node': '14.18.63',
    [name]: `file:${tarball}`,
  };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, dependencies }));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']);
}

/** A program that names every entry point of the package. */
const everyEntry = Object.keys(entries)
  .filter((entry) => !entry.endsWith('.json'))
  .map((entry, index) => `export * as entry${index} from '${entry.replace('.', name)}';\n`)
  .join('');

/** Compiles and runs the program; returns what it synthesized. */
function consume({ title, version, file, options }, index) {
  const folder = join(project, `consumer-${index}`);
  mkdirSync(folder);
  cpSync(join(SOURCES, 'consumer.ts'), join(folder, file));
  const files = [file, file.replace('consumer', 'entries')];
  writeFileSync(join(folder, files[1]), everyEntry);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files }));
  const compiler = join(project, 'node_modules', `typescript-${version}`, 'bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  expect(status === 0, `${title}: does not compile\n${stdout.split('\n').slice(0, 10).join('\n')}`);
  if (status !== 0) return undefined;

  const compiled = join(folder, file.replace(/ts$/, 'js'));
  const script = `import(${JSON.stringify(compiled)}).then((made) => console.log(JSON.stringify({ ...made, default: 0, 'module.exports': 0 })))`;
  const ran = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
  expect(ran.status === 0, `${title}: does not run\n${ran.stderr}`);
  if (ran.status !== 0) return undefined;
  console.log(`${title}: compiles and runs`);
  return JSON.parse(ran.stdout);
}

function checkOutput({ findingIds, terraform, manifests }) {
  expect(findingIds.length > 0, 'inspect() has nothing to say about an image tagged latest');
  expect(Object.keys(JSON.parse(terraform).resource.aws_db_instance).length === 1, 'no database was synthesized');
  expect(/^kind: Deployment$/m.test(manifests), 'no Deployment was synthesized');
}

/** Using one side of the library must not load the other side's framework. */
function checkLoading(construct, forbidden) {
  const script = `require('${name}').${construct}.name; console.log(JSON.stringify(Object.keys(require.cache)))`;
  const loaded = JSON.parse(run(process.execPath, ['-e', script]));
  for (const other of forbidden) {
    const files = loaded.filter((file) => file.includes(`/node_modules/${other}/`));
    expect(files.length === 0, `${construct} loads ${files.length} files of ${other}`);
  }
  console.log(`${construct}: loads ${loaded.length} files, none of ${forbidden.join(', ')}`);
}

try {
  install(pack());
  const outputs = configurations.map(consume).filter((output) => output !== undefined);
  for (const output of outputs) checkOutput(output);
  const different = new Set(outputs.map(({ terraform, manifests }) => terraform + manifests));
  expect(different.size <= 1, 'the same program synthesizes different bytes under different settings');

  checkLoading('PostgresDatabase', ['cdk8s', 'cdk8s-plus-28']);
  checkLoading('WebService', ['cdktf', '@cdktf/provider-aws']);
  checkLoading('Memory', ['cdk8s', 'cdk8s-plus-28', 'cdktf', '@cdktf/provider-aws']);
} finally {
  rmSync(project, { recursive: true });
}

for (const fault of faults) console.error(`fault: ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
