// Rewrites the package's CommonJS root so that a name loads only the folder it comes from:
// require('cdk-headroom').PostgresDatabase must not load cdk8s, nor WebService cdktf.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const root = new URL('../build/lib/index.js', import.meta.url);
const require = createRequire(root);
const folders = [...readFileSync(root, 'utf8').matchAll(/__exportStar\(require\("(\.\/\w+)"\)/g)].map(
  ([, folder]) => folder,
);
const names = folders.flatMap((folder) => Object.keys(require(folder)).map((name) => ({ folder, name })));

const twice = names.filter(({ name }, index) => names.findIndex((other) => other.name === name) !== index);
if (folders.length === 0 || twice.length > 0) {
  throw new Error(
    `cannot make the root lazy: ${folders.length} folders, names in two folders: ${twice.map(({ name }) => name)}`,
  );
}

writeFileSync(
  root,
  [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    // never runs: it tells Node's ES module loader which names there are
    `0 && (module.exports = { ${names.map(({ name }) => name).join(', ')} });`,
    'const lazy = (folder, name) => Object.defineProperty(exports, name, { enumerable: true, get: () => folder()[name] });',
    ...folders.flatMap((folder, at) => [
      `const f${at} = () => require("${folder}");`,
      ...names.filter((name) => name.folder === folder).map(({ name }) => `lazy(f${at}, "${name}");`),
    ]),
    '',
  ].join('\n'),
);
