// Lists the names that the package offers, for review: npm run api
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const names = Object.keys(createRequire(import.meta.url)('../build/lib'));
writeFileSync(new URL('../docs/api.txt', import.meta.url), `${names.sort().join('\n')}\n`);
