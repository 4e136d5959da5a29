import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ACGS } from '../../apps/acgs';
import { ALFRED } from '../../apps/alfred';
import type { PlatformSpec } from '../../lib/model';
import { EnvironmentChart, manifestFiles } from '../../lib/platform';
import type { Manifest } from '../support/manifests';
import { ENVIRONMENTS, everyOutput } from '../support/platforms';
import { publishedTypeFaults } from '../support/published-types';
import { terraformFaults } from '../support/terraform-faults';
import { crossStackFaults } from '../support/terraform-stacks';

/** Whatever is emitted, by whichever construct and override, is read by somebody else's rules. */
const emitted = everyOutput();

/** Production's manifests for a release that EKS may no longer create. */
function objectsFor(platform: PlatformSpec, version: string): Manifest[] {
  const [production] = platform.environments.filter(({ name }) => name === 'production');
  if (production === undefined) throw new Error('there is no production');
  const environment = { ...production, cluster: { ...production.cluster, version } };
  const files = manifestFiles(new EnvironmentChart(new App(), platform, environment));
  return [...files]
    .filter(([path]) => !path.endsWith('kustomization.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((document) => document.toJS()));
}

/** Paths of the leaves, or whole members, in which two values differ. */
function differences(one: Manifest, other: Manifest, path: string): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (typeof one !== 'object' || typeof other !== 'object') return [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key], other[key], `${path}.${key}`));
}

test('there are eight environments', () => {
  expect([...ENVIRONMENTS].sort()).toEqual([
    'acgs/development',
    'acgs/production',
    'acgs/production-dr',
    'acgs/staging',
    'alfred/development',
    'alfred/production',
    'alfred/production-eu-central-1',
    'alfred/production-us-east-1',
  ]);
});

test('every manifest has the fields and types that Kubernetes and the definitions publish', () => {
  expect(publishedTypeFaults(ENVIRONMENTS.flatMap((environment) => emitted.objects(environment)))).toEqual([]);
}, 60_000);

test.each(['1.28', '1.36'])(
  'manifests for Kubernetes %s have them too',
  (version) => {
    const objects = [ACGS, ALFRED].flatMap((platform) => objectsFor(platform, version));
    expect(publishedTypeFaults(objects)).toEqual([]);
  },
  60_000,
);

const ANTI_AFFINITY =
  'spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.matchLabelKeys';

test('what Kubernetes 1.28 does not know is left out, and nothing else changes', () => {
  const isPolicy = ({ kind }: Manifest): boolean => String(kind).startsWith('ValidatingAdmissionPolicy');
  const [older, all] = [objectsFor(ACGS, '1.28'), objectsFor(ACGS, '1.35')];
  const newer = all.filter((object) => !isPolicy(object));
  expect(older.filter(isPolicy)).toEqual([]);
  const changed = newer.flatMap((object, at) => differences(object, older[at], object.kind));
  expect([...new Set(changed)].sort()).toEqual([
    'Application.spec.source.helm.valuesObject.image.tag',
    `Deployment.${ANTI_AFFINITY}`,
    'Deployment.spec.template.spec.containers.0.lifecycle.preStop.exec',
    'Deployment.spec.template.spec.containers.0.lifecycle.preStop.sleep',
    'Namespace.metadata.labels.pod-security.kubernetes.io/audit-version',
    'Namespace.metadata.labels.pod-security.kubernetes.io/enforce-version',
    'Namespace.metadata.labels.pod-security.kubernetes.io/warn-version',
    `Rollout.${ANTI_AFFINITY}`,
    'Rollout.spec.template.spec.containers.0.lifecycle.preStop.exec',
    'Rollout.spec.template.spec.containers.0.lifecycle.preStop.sleep',
  ]);
});

test('every Terraform argument is one that the provider knows, of its type, and no secret is a literal', () => {
  const faults = emitted.stacks.flatMap((name) =>
    terraformFaults(emitted.stack(name)).map((fault) => `${name}: ${fault}`),
  );
  expect(faults).toEqual([]);
}, 120_000);

test('references between stacks resolve, and stacks depend on one another in one direction', () => {
  expect(crossStackFaults(Object.fromEntries(emitted.stacks.map((name) => [name, emitted.stack(name)])))).toEqual([]);
});

test('no manifest holds a Terraform token, and no file a path of this machine', () => {
  const withToken = Object.entries(emitted.kubernetes).filter(([, text]) =>
    /\$\{(aws_|data\.|ephemeral\.|TfToken)/.test(text),
  );
  expect(withToken.map(([path]) => path)).toEqual([]);
  const all = [...Object.values(emitted.kubernetes), ...Object.values(emitted.terraform)].join('\n');
  expect(all).not.toContain(process.cwd());
});
