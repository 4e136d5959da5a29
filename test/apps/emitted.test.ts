import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { ACGS } from '../../apps/acgs';
import { EnvironmentChart, manifestFiles } from '../../lib/platform';
import { violations } from '../support/hardening';
import type { Manifest } from '../support/manifests';
import { output } from '../support/output';
import { publishedTypeFaults } from '../support/published-types';
import { terraformFaults } from '../support/terraform-faults';
import { crossStackFaults } from '../support/terraform-stacks';

/** Whatever is emitted, by whichever construct and override, is read by somebody else's rules. */
const acgs = output(ACGS);
const environments = ACGS.environments.map(({ name }) => `acgs/${name}`);

/** Production's manifests for a release that EKS may no longer create. */
function objectsFor(version: string): Manifest[] {
  const [production] = ACGS.environments.filter(({ name }) => name === 'production');
  if (production === undefined) throw new Error('there is no production');
  const environment = { ...production, cluster: { ...production.cluster, version } };
  const files = manifestFiles(new EnvironmentChart(new App(), 'acgs', environment));
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

/** Development runs single pods on purpose: cheap, and down while a node drains. */
const WAIVED: Readonly<Record<string, readonly string[]>> = {
  'acgs/development': ['horizontalpodautoscaler-replicas'],
};

test.each(environments)('%s: every workload is hardened as the usual linters want it', (environment) => {
  const waived = WAIVED[environment] ?? [];
  const left = violations(acgs.objects(environment)).filter(
    (text) => !waived.some((rule) => text.endsWith(`: ${rule}`)),
  );
  expect(left).toEqual([]);
});

test('every manifest has the fields and types that Kubernetes publishes', () => {
  expect(publishedTypeFaults(environments.flatMap((environment) => acgs.objects(environment)))).toEqual([]);
});

test.each(['1.28', '1.36'])('manifests for Kubernetes %s have them too', (version) => {
  expect(publishedTypeFaults(objectsFor(version))).toEqual([]);
});

test('what Kubernetes 1.28 does not know is left out, and nothing else changes', () => {
  const [older, newer] = [objectsFor('1.28'), objectsFor('1.35')];
  const changed = newer.flatMap((object, at) => differences(object, older[at], object.kind));
  expect([...new Set(changed)].sort()).toEqual([
    'Deployment.spec.template.spec.containers.0.lifecycle.preStop.exec',
    'Deployment.spec.template.spec.containers.0.lifecycle.preStop.sleep',
    'Namespace.metadata.labels.pod-security.kubernetes.io/audit-version',
    'Namespace.metadata.labels.pod-security.kubernetes.io/enforce-version',
    'Namespace.metadata.labels.pod-security.kubernetes.io/warn-version',
  ]);
});

test('every Terraform argument is one that the provider knows, of its type, and no secret is a literal', () => {
  const faults = acgs.stacks.flatMap((name) => terraformFaults(acgs.stack(name)).map((fault) => `${name}: ${fault}`));
  expect(faults).toEqual([]);
}, 60_000);

test('references between stacks resolve, and stacks depend on one another in one direction', () => {
  expect(crossStackFaults(Object.fromEntries(acgs.stacks.map((name) => [name, acgs.stack(name)])))).toEqual([]);
});
