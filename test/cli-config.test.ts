import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '..');
const cdk8s = parse(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8'));
const cdktf = JSON.parse(readFileSync(join(ROOT, 'cdktf.json'), 'utf8'));

test('both command lines run what npm run synth runs', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(cdk8s.app).toMatch(/^node .*build\/synth\.js$/);
  expect(cdktf.app).toBe(cdk8s.app);
  expect(scripts.synth).toBe(`npm run --silent build && ${cdk8s.app}`);
});

test('cdk8s, which empties its output before it runs, has a folder that holds nothing else', () => {
  expect(cdk8s.output).toBe('dist/cdk8s');
});

test('cdktf deploys what npm run synth writes', () => {
  expect(cdktf.output).toBe('dist/terraform');
});

test('cdktf finds in its file what it would otherwise ask for or write into it', () => {
  expect(cdktf).toMatchObject({
    language: 'typescript',
    projectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    sendCrashReports: 'false',
  });
});
