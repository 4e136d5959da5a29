// Writes the page of all rules, docs/rules.md, from the rules and the cases that break them: npm run rules
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const pathOf = (file) => fileURLToPath(new URL(`../${file}`, import.meta.url));

// beside its source: the cases are found from where the program is
const outfile = pathOf('test/support/ledger-rules-page.bundle.cjs');
try {
  const entryPoints = [pathOf('test/support/ledger-rules-page.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', target: 'node20', logLevel: 'warning', outfile });
  writeFileSync(pathOf('docs/rules.md'), createRequire(import.meta.url)(outfile).documentedRules());
} finally {
  rmSync(outfile, { force: true });
}
