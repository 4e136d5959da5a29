import { GITOPS_CHECKS, type GitOpsSpec, inspectGitOps } from '../../../lib/model';
import { allIds, ids } from '../../support/findings';

const sound: GitOpsSpec = {
  repository: 'https://git.example.com/shop/platform.git',
  revision: 'main',
  path: 'dist',
};

const found = (overrides: Partial<GitOpsSpec>) =>
  inspectGitOps('shop/production', { gitops: { ...sound, ...overrides } });

test('an environment without a repository has nothing to say', () => {
  expect(inspectGitOps('shop/production', {})).toEqual([]);
});

test.each<[string, Partial<GitOpsSpec>]>([
  ['https with a port', { repository: 'https://git.example.com:8443/shop/platform' }],
  ['ssh with a user', { repository: 'ssh://git@git.example.com/shop/platform.git' }],
  ['the short form of ssh', { repository: 'git@git.example.com:shop/platform.git' }],
  ['a tag', { revision: 'v1.2.3' }],
  ['a branch with a slash', { revision: 'release/2026-11' }],
  ['a commit', { revision: '0123456789abcdef0123456789abcdef01234567' }],
  ['the root', { path: '.' }],
  ['a folder below', { path: 'clusters/generated' }],
  ['overlays beside the output', { overlays: 'overlays' }],
  ['overlays that only begin alike', { overlays: 'dist/kubernetes-overlays' }],
  ['overlays below the root', { path: '.', overlays: 'overlays' }],
])('%s is accepted', (_, overrides) => {
  expect(found(overrides)).toEqual([]);
});

const broken: readonly (readonly [check: string, overrides: Partial<GitOpsSpec>])[] = [
  ['gitops-repository-is-an-address', { repository: '' }],
  ['gitops-repository-is-an-address', { repository: 'shop/platform' }],
  ['gitops-repository-is-an-address', { repository: 'http://git.example.com/shop/platform.git' }],
  ['gitops-repository-is-an-address', { repository: 'https://git.example.com' }],
  ['gitops-repository-is-an-address', { repository: 'file:///shop/platform.git' }],
  ['gitops-repository-holds-no-password', { repository: 'https://token@git.example.com/shop/platform.git' }],
  ['gitops-repository-holds-no-password', { repository: 'https://user:secret@git.example.com/shop/platform.git' }],
  ['gitops-repository-holds-no-password', { repository: 'ssh://git:secret@git.example.com/shop/platform.git' }],
  ['gitops-revision-is-a-revision', { revision: '' }],
  ['gitops-revision-is-a-revision', { revision: 'main branch' }],
  ['gitops-revision-is-a-revision', { revision: '-main' }],
  ['gitops-revision-is-a-revision', { revision: 'a..b' }],
  ['gitops-revision-is-a-revision', { revision: 'main.lock' }],
  ['gitops-revision-is-a-revision', { revision: 'v1.*' }],
  ['gitops-path-is-in-the-repository', { path: '' }],
  ['gitops-path-is-in-the-repository', { path: '/dist' }],
  ['gitops-path-is-in-the-repository', { path: '../dist' }],
  ['gitops-path-is-in-the-repository', { path: 'dist/' }],
  ['gitops-overlays-are-kept', { overlays: '../overlays' }],
  ['gitops-overlays-are-kept', { overlays: 'dist/gitops' }],
  ['gitops-overlays-are-kept', { overlays: 'dist/kubernetes/overlays' }],
  ['gitops-overlays-are-kept', { path: '.', overlays: 'gitops/overlays' }],
];

test.each(broken)('%s fails (row %#)', (check, overrides) => {
  expect(ids(found(overrides))).toEqual([check]);
});

test('no finding repeats a password', () => {
  const all = JSON.stringify([
    ...found({ repository: 'https://user:s3cr3t@git.example.com/shop/platform.git' }),
    ...found({ repository: 'http://user:s3cr3t@git.example.com/shop' }),
  ]);
  expect(all).toContain('gitops-repository');
  expect(all).not.toContain('s3cr3t');
});

test('every check has a failing row', () => {
  expect([...new Set(broken.map(([check]) => check))].sort()).toEqual(allIds(GITOPS_CHECKS));
});
