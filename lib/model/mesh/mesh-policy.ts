import type { MeshRetrySpec } from './retries';

/** Whether pods of the mesh also take connections that are not encrypted by it: only while pods without sidecars are left. */
export const MUTUAL_TLS = ['strict', 'permissive'] as const;
export type MutualTls = (typeof MUTUAL_TLS)[number];

/** Who may call a service: those that declare a connection to it, or whoever network policies let through. */
export const MESH_CALLERS = ['declared', 'any'] as const;
export type MeshCallers = (typeof MESH_CALLERS)[number];

/** What the sidecars of an environment insist on. */
export interface MeshPolicySpec {
  /**
   * `strict` refuses plain text. In a cluster whose pods have no sidecars yet, begin with `permissive` and go on once all
   * of them were replaced. @default 'strict'
   */
  readonly mtls?: MutualTls;
  /** `declared` lets in the service accounts of declared callers alone, by their certificates. @default 'declared' */
  readonly callers?: MeshCallers;
  /** Of requests between services; a service's own win. @default - 3 of GET, HEAD and OPTIONS, each of 2 s, 6 s in all */
  readonly retries?: MeshRetrySpec | 'none';
}
