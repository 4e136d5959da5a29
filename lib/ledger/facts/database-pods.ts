import type { Database, Workload } from '../facts';
import { at, listAt, membersAt, pointerTo, textAt, textsAt } from '../members';
import type { Json, KubernetesObject } from '../source';
import { bytes } from './amounts';

/** What servers take where nothing else is written. Source: documentation of PostgreSQL and MySQL. */
const ENGINES: readonly { readonly image: RegExp; readonly engine: string; readonly connections: number }[] = [
  { image: /^(postgres|postgresql|postgis|pgvector|timescaledb)$/, engine: 'postgres', connections: 100 },
  { image: /^(mysql|mariadb)$/, engine: 'mysql', connections: 151 },
];

/** Kinds that serve. A job of the same image is a client. */
const SERVING: readonly string[] = ['StatefulSet', 'Deployment', 'Rollout', 'ReplicaSet', 'Pod'];

/** Database servers in pods: by image, with the settings of their arguments and of the configuration they mount. */
export function databasePods(
  workloads: readonly Workload[],
  objects: readonly KubernetesObject[],
): readonly Database[] {
  const texts = new Map(
    objects.filter(({ kind }) => kind === 'ConfigMap').map((map) => [`${map.namespace ?? ''}/${map.name}`, map]),
  );
  return workloads
    .filter(({ kind }) => SERVING.includes(kind))
    .flatMap((workload) => {
      const servers = listAt(workload.pod, 'containers').flatMap((container, index) => {
        const { repository, tag } = imageOf(textAt(container, 'image') ?? '');
        const engine = ENGINES.find(({ image }) => image.test(repository));
        return engine === undefined ? [] : [{ container, index, engine, tag }];
      });
      const server = servers.find(({ container }) => listAt(container, 'ports').length > 0) ?? servers[0];
      return server === undefined ? [] : [database(workload, server, texts)];
    });
}

interface Server {
  readonly container: Json;
  readonly index: number;
  readonly engine: (typeof ENGINES)[number];
  readonly tag: string | undefined;
}

function database(
  workload: Workload,
  { container, index, engine, tag }: Server,
  texts: ReadonlyMap<string, KubernetesObject>,
): Database {
  const parameters = { ...mounted(workload, texts), ...argumentsOf(container) };
  const written = parameters.max_connections ?? '';
  const pointer = `${workload.podPointer}${pointerTo('containers', index)}`;
  return {
    id: workload.id,
    name: workload.name,
    engine: engine.engine,
    version: tag,
    instanceClass: undefined,
    memoryBytes: bytes(at(container, 'resources', 'limits', 'memory')),
    maxConnections: /^\d+$/.test(written) ? Number(written) : engine.connections,
    multiAz: false,
    replicaOf: undefined,
    parameters,
    evidence: (field) => workload.evidence(`${pointer}${field}`),
  };
}

/** `registry/library/postgres:16.4-alpine@sha256:…` is `postgres`, `16.4-alpine`. */
function imageOf(image: string): { readonly repository: string; readonly tag: string | undefined } {
  const [, repository = '', tag] = /([^/:@]+)(?::([^/:@]+))?(?:@[^/]*)?$/.exec(image) ?? [];
  return { repository, tag };
}

/** `-c max_connections=200`, `-cmax_connections=200`, `--max-connections=200`. */
function argumentsOf(container: Json): Readonly<Record<string, string>> {
  const words = [...textsAt(container, 'command'), ...textsAt(container, 'args')];
  return Object.fromEntries(
    words.flatMap((word, index) => {
      const setting = words[index - 1] === '-c' ? word : /^(?:-c|--)([a-zA-Z_.-]+=.*)$/.exec(word)?.[1];
      const [, name, value] = /^([a-zA-Z_.-]+)=(.*)$/.exec(setting ?? '') ?? [];
      return name === undefined || value === undefined ? [] : [[name.replaceAll('-', '_'), value]];
    }),
  );
}

/** Settings in configuration that a pod mounts: `postgresql.conf` or `my.cnf` of a ConfigMap. */
function mounted(workload: Workload, maps: ReadonlyMap<string, KubernetesObject>): Readonly<Record<string, string>> {
  const names = listAt(workload.pod, 'volumes').flatMap((volume) => [
    textAt(volume, 'configMap', 'name'),
    ...listAt(volume, 'projected', 'sources').map((source) => textAt(source, 'configMap', 'name')),
  ]);
  return Object.fromEntries(
    names
      .flatMap((name) => Object.entries(membersAt(maps.get(`${workload.namespace ?? ''}/${name}`)?.value, 'data')))
      .filter(([entry]) => /\.(conf|cnf)$/.test(entry) && !/^pg_(hba|ident)\.conf$/.test(entry))
      .flatMap(([, text]) => (typeof text === 'string' ? settings(text) : [])),
  );
}

/** `name = value  # why`, in quotes or without. */
const settings = (text: string): (readonly [string, string])[] =>
  text.split('\n').flatMap((line) => {
    const [, name, quoted, bare] = /^\s*([\w.-]+)\s*(?:=|\s)\s*(?:'([^']*)'|([^\s#;']+))/.exec(line) ?? [];
    const value = quoted ?? bare;
    return name === undefined || value === undefined ? [] : [[name.replaceAll('-', '_').toLowerCase(), value] as const];
  });
