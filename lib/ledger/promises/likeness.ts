import type { Facts, Workload } from '../facts';
import { at, isMembers, listAt, membersAt, numberAt, textAt, textMembersAt } from '../members';
import { autoscalersByTarget, scalersOf } from '../pack/demand';
import { podTemplateOf, type WrittenContainer } from '../pod-template';
import { budgetsByWorkload } from '../rules/covered';
import type { Json } from '../source';

/** What must be alike wherever a workload runs, as words by the name of the field. */
export type Likeness = ReadonlyMap<string, readonly string[]>;

/** Finds out what two environments must agree about in each of their workloads. */
export function likenesses(facts: Facts): (workload: Workload) => Likeness {
  const scalers = autoscalersByTarget(facts);
  const budgets = budgetsByWorkload(facts);
  const isClosed = policies(facts);
  return (workload) => {
    const template = podTemplateOf(workload.object) ?? { spec: workload.pod, containers: [] };
    const containers = template.containers.length > 0 ? template.containers : containersOf(workload.pod);
    const found = new Map<string, readonly string[]>();
    const add = (field: string, words: readonly string[]): void => {
      if (words.length > 0) found.set(field, [...new Set(words)].sort());
    };
    add('kind', [workload.kind]);
    add(
      'containers',
      containers.map(({ name, isInit }) => (isInit ? `${name} (init)` : name)),
    );
    add('security of the pod', leaves(at(template.spec, 'securityContext')));
    for (const container of containers) {
      const { name, value } = container;
      add(`image of ${name}`, [programOf(textAt(value, 'image') ?? '')]);
      add(`ports of ${name}`, listAt(value, 'ports').map(portOf));
      add(`probes of ${name}`, probesOf(container));
      add(`variables of ${name}`, variablesOf(value));
      add(
        `mounts of ${name}`,
        listAt(value, 'volumeMounts').flatMap((mount) => textAt(mount, 'mountPath') ?? []),
      );
      add(`security of ${name}`, leaves(at(value, 'securityContext')));
    }
    add('guards', [
      ...(scalersOf(scalers, workload).length > 0 ? ['an autoscaler'] : []),
      ...((budgets.get(workload) ?? []).length > 0 ? ['a PodDisruptionBudget'] : []),
      ...(isClosed(workload) ? ['a NetworkPolicy'] : []),
    ]);
    return found;
  };
}

const containersOf = (pod: Json): WrittenContainer[] =>
  (['initContainers', 'containers'] as const).flatMap((list) =>
    listAt(pod, list)
      .filter(isMembers)
      .map((value) => ({
        name: textAt(value, 'name') ?? '',
        value,
        pointer: '',
        isInit: list === 'initContainers',
      })),
  );

/** `postgres` of `registry.example.com/mirror/postgres:17@sha256:…`: registries, mirrors and tags may differ. */
const programOf = (image: string): string =>
  (image.split('@')[0] ?? '')
    .replace(/:[^/:]*$/, '')
    .split('/')
    .at(-1) ?? '';

const portOf = (port: Json): string => `${numberAt(port, 'containerPort') ?? '?'}/${textAt(port, 'protocol') ?? 'TCP'}`;

/** What a probe asks, not how often. */
const probesOf = ({ value }: WrittenContainer): string[] =>
  (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((probe) => {
    if (!isMembers(at(value, probe))) return [];
    const http = membersAt(value, probe, 'httpGet');
    const asked =
      http.port !== undefined
        ? `${String(http.port)}${textAt(http, 'path') ?? '/'}`
        : String(
            at(value, probe, 'tcpSocket', 'port') ??
              at(value, probe, 'grpc', 'port') ??
              listAt(value, probe, 'exec', 'command').join(' '),
          );
    return [`${probe} ${asked}`];
  });

const variablesOf = (container: Json): string[] => [
  ...listAt(container, 'env').flatMap((variable) => textAt(variable, 'name') ?? []),
  ...listAt(container, 'envFrom').flatMap((source) =>
    ['configMapRef', 'secretRef'].flatMap((kind) => {
      const name = textAt(source, kind, 'name');
      return name === undefined ? [] : [`all of ${kind === 'secretRef' ? 'Secret' : 'ConfigMap'} ${name}`];
    }),
  ),
];

/** `runAsUser=10001`, `capabilities.drop=ALL`. */
function leaves(value: Json | undefined, path = ''): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json) => leaves(item, path));
  if (isMembers(value))
    return Object.entries(value).flatMap(([name, member]) => leaves(member, path === '' ? name : `${path}.${name}`));
  return [`${path}=${String(value)}`];
}

/** Whether some NetworkPolicy selects the pods of a workload. One pass over policies, by one label of each. */
function policies({ objects }: Facts): (workload: Workload) => boolean {
  const index = new Map<string, Readonly<Record<string, string>>[]>();
  for (const { kind, namespace, value } of objects) {
    if (kind !== 'NetworkPolicy') continue;
    const labels = textMembersAt(value, 'spec', 'podSelector', 'matchLabels');
    const key = keyOf(namespace, Object.entries(labels)[0]);
    const same = index.get(key);
    if (same === undefined) index.set(key, [labels]);
    else same.push(labels);
  }
  return ({ namespace, shape: { labels } }) =>
    [undefined, ...Object.entries(labels)]
      .flatMap((label) => index.get(keyOf(namespace, label)) ?? [])
      .some((wanted) => Object.entries(wanted).every(([name, text]) => labels[name] === text));
}

const keyOf = (namespace: string | undefined, label: readonly [string, string] | undefined): string =>
  JSON.stringify([namespace ?? '', label ?? '']);
