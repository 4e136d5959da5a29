import type { SecretFields } from '../secrets/password-secret';

/**
 * What the secret of a cache says beside its password, wherever the cache runs: services find each as a file.
 * `nodes` is where a client may start: every member of an in-cluster cache, the one endpoint of a managed one.
 *
 * @param host Name of the server or of the service in front of the members.
 * @param port Port of the data protocol.
 * @param nodes Addresses as `host:port`. @default - the host itself
 */
export const cacheFields = (
  host: string,
  port: number,
  nodes: readonly string[] = [`${host}:${port}`],
): SecretFields => ({ host, port, nodes: nodes.join(',') });
