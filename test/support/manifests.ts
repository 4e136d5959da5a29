import { Chart, Testing } from 'cdk8s';
import { setTargetVersion } from '../../lib/kubernetes';

/** A Kubernetes object as emitted. Tests read it as freely as a person reads YAML. */
// biome-ignore lint/suspicious/noExplicitAny: emitted JSON has no static type, and typing it here would test the types instead
export type Manifest = any;

/** What `build` adds to a fresh chart, as the API server would receive it. */
export function manifests(build: (chart: Chart) => void, version?: string): Manifest[] {
  const chart = new Chart(Testing.app(), 'test', { disableResourceNameHashes: true });
  if (version !== undefined) setTargetVersion(chart, version);
  build(chart);
  return Testing.synth(chart);
}

/** The only object of that kind and name. */
export function only(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  if (found.length !== 1) throw new Error(`expected one ${kind} ${name ?? ''}, found ${found.length}`);
  return found[0];
}
