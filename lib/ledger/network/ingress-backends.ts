import { at, listAt, pointerTo, textAt } from '../members';
import type { Json, KubernetesObject } from '../source';

/** A Service that something sends requests to, by name. */
export interface Backend {
  readonly name: string;
  /** Undefined for the namespace of what names it. */
  readonly namespace: string | undefined;
  /** Number or name; undefined where none is written. */
  readonly port: number | string | undefined;
  readonly pointer: string;
}

/** Annotation of the load balancer controller that stands for a backend which is no Service. */
const USE_ANNOTATION = 'use-annotation';

/** Services of an Ingress: of its rules, and of what no rule takes. */
export function ingressBackends({ value }: KubernetesObject): Backend[] {
  const one = (backend: Json | undefined, pointer: string): Backend[] => {
    const name = textAt(backend, 'service', 'name');
    const port = at(backend, 'service', 'port', 'number') ?? at(backend, 'service', 'port', 'name');
    if (name === undefined || port === USE_ANNOTATION) return [];
    return [{ name, namespace: undefined, port: portOf(port), pointer: `${pointer}/service` }];
  };
  return [
    ...one(at(value, 'spec', 'defaultBackend'), '/spec/defaultBackend'),
    ...listAt(value, 'spec', 'rules').flatMap((rule, index) =>
      listAt(rule, 'http', 'paths').flatMap((path, number) =>
        one(at(path, 'backend'), pointerTo('spec', 'rules', index, 'http', 'paths', number, 'backend')),
      ),
    ),
  ];
}

export const portOf = (port: Json | undefined): number | string | undefined =>
  typeof port === 'number' || typeof port === 'string' ? port : undefined;
