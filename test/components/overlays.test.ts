import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { synthesize } from '../../lib/platform';
import { MANIFEST_LAYERS } from '../../lib/platform/layer';
import type { Manifest } from '../support/manifests';
import { PLATFORMS } from '../support/platforms';

/** What Argo CD renders with Kustomize, rendered by the one in kubectl: needs neither cluster nor network. */
const available = spawnSync('kubectl', ['version', '--client']).status === 0;
const describeWith = available ? describe : describe.skip;

const MARK = 'argocd.argoproj.io/sync-options';

const delivered = PLATFORMS.flatMap(({ name, environments }) =>
  environments.filter(({ gitops }) => gitops !== undefined).map((one) => `${name}/${one.name}`),
);

describeWith('kustomize', () => {
  let folder = '';

  const built = (path: string): Manifest[] => {
    const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(folder, path)], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect([status, stderr]).toEqual([0, '']);
    return parseAllDocuments(stdout).map((document) => document.toJS());
  };

  const named = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
  const byName = (objects: readonly Manifest[]) => new Map(objects.map((object) => [named(object), object]));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'overlays-'));
    // as a repository holds them: both folders below one
    synthesize(PLATFORMS, { kubernetes: join(folder, 'kubernetes'), documents: folder });
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(delivered.flatMap((place) => MANIFEST_LAYERS.map((layer) => [place, layer] as const)))(
    '%s: the overlay of %s changes nothing but marks on what is kept',
    (place, layer) => {
      const base = byName(built(`kubernetes/${place}/${layer}`));
      const overlay = byName(built(`gitops/${place}/overlay/${layer}`));
      expect([...overlay.keys()].sort()).toEqual([...base.keys()].sort());
      const kept = ['Elasticsearch', 'Namespace', 'PersistentVolumeClaim', 'StatefulSet', 'StorageClass'];
      for (const [name, object] of overlay) {
        const { [MARK]: mark, ...annotations } = object.metadata.annotations ?? {};
        const before = base.get(name);
        expect([name, mark]).toEqual([name, kept.includes(object.kind) ? 'Prune=false,Delete=false' : undefined]);
        expect({ ...object, metadata: { ...object.metadata, annotations } }).toEqual({
          ...before,
          metadata: { ...before.metadata, annotations: before.metadata.annotations ?? {} },
        });
      }
    },
  );

  test.each(delivered)('%s: the root finds projects and applications', (place) => {
    const kinds = built(`gitops/${place}/applications`).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'AppProject')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'Application')).toHaveLength(4);
  });
});
