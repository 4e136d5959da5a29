import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeFolder, recoverSwap, stage, swapFolder } from '../../../lib/platform/output/file-tree';

let root: string;
const at = (...parts: string[]) => join(root, ...parts);
const read = (...parts: string[]) => readFileSync(at(...parts), 'utf8');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'file-tree-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('swapping replaces a folder as a whole', () => {
  stage(
    at('one'),
    new Map([
      ['a/x.yaml', '1'],
      ['a/y.yaml', '1'],
    ]),
  );
  swapFolder(at('one'), at('out'));
  stage(at('two'), new Map([['a/x.yaml', '2']]));
  swapFolder(at('two'), at('out'));
  expect([
    read('out', 'a/x.yaml'),
    existsSync(at('out/a/y.yaml')),
    existsSync(at('out.previous')),
    existsSync(at('two')),
  ]).toEqual(['2', false, false, false]);
});

test('staging starts from an empty folder and leaves the target alone', () => {
  stage(at('next'), new Map([['old', '1']]));
  stage(at('next'), new Map([['new', '1']]));
  expect([existsSync(at('next/old')), existsSync(at('next/new'))]).toEqual([false, true]);
});

test('an interrupted swap gives the last good folder back', () => {
  stage(at('out.previous'), new Map([['x', 'good']]));
  recoverSwap(at('out'));
  expect([read('out', 'x'), existsSync(at('out.previous'))]).toEqual(['good', false]);
});

test('a swap interrupted after the new folder stood keeps the new one', () => {
  stage(at('out.previous'), new Map([['x', 'old']]));
  stage(at('out'), new Map([['x', 'new']]));
  recoverSwap(at('out'));
  expect([read('out', 'x'), existsSync(at('out.previous'))]).toEqual(['new', false]);
});

test('merging renews our files, removes ours that are gone and keeps what others own', () => {
  const isOurs = (path: string) => path.endsWith('cdk.tf.json');
  mkdirSync(at('out/stacks/a/.terraform'), { recursive: true });
  mkdirSync(at('out/stacks/b'), { recursive: true });
  writeFileSync(at('out/stacks/a/.terraform/provider'), 'kept');
  writeFileSync(at('out/stacks/a/.terraform.lock.hcl'), 'kept');
  writeFileSync(at('out/stacks/a/cdk.tf.json'), 'old');
  writeFileSync(at('out/stacks/b/cdk.tf.json'), 'stale');
  writeFileSync(at('out/stacks/b/terraform.tfstate'), 'kept');

  stage(at('next'), new Map([['stacks/a/cdk.tf.json', 'new']]));
  mergeFolder(at('next'), at('out'), isOurs);

  expect(read('out/stacks/a/cdk.tf.json')).toBe('new');
  expect(existsSync(at('out/stacks/b/cdk.tf.json'))).toBe(false);
  expect(
    ['stacks/a/.terraform/provider', 'stacks/a/.terraform.lock.hcl', 'stacks/b/terraform.tfstate'].map((path) =>
      read('out', path),
    ),
  ).toEqual(['kept', 'kept', 'kept']);
});
