import { createHash } from 'node:crypto';
import type { Volume, VolumeMount } from '../k8s';

/** A Secret whose keys the container finds as files. */
export interface SecretFiles {
  /** Name of the Secret (DNS label of at most 56 characters). */
  readonly secret: string;
  /** Folder of the files, absolute and of its own. */
  readonly mountPath: string;
}

/** A ConfigMap whose keys the container finds as files. */
export interface ConfigFiles {
  /** Name of the ConfigMap (DNS label of at most 56 characters). */
  readonly name: string;
  /** Folder of the files, absolute and of its own. */
  readonly mountPath: string;
  /** What the ConfigMap holds, if it is known: a change then rolls the pods. @default - a change waits for the next roll-out */
  readonly content?: Readonly<Record<string, string>>;
}

/** Annotation of a pod that changes with its configuration. */
const CONFIG_CHECKSUM = 'headroom.dev/config-checksum';

/** Owner and group read, nobody writes; the group is the pod's `fsGroup`. */
const READ_ONLY = 0o440;

const secretVolume = (secret: string) => `secret-${secret}`;
const configVolume = (name: string) => `config-${name}`;

/** Volumes of a pod. A Secret or ConfigMap that is mounted twice is one volume. */
export function fileVolumes(secrets: readonly SecretFiles[], configs: readonly ConfigFiles[]): Volume[] {
  const secretNames = [...new Set(secrets.map(({ secret }) => secret))];
  const configNames = [...new Set(configs.map(({ name }) => name))];
  return [
    ...secretNames.map((name) => ({
      name: secretVolume(name),
      secret: { secretName: name, defaultMode: READ_ONLY },
    })),
    ...configNames.map((name) => ({ name: configVolume(name), configMap: { name, defaultMode: READ_ONLY } })),
  ];
}

/** Their places in a container, all read-only. */
export function fileMounts(secrets: readonly SecretFiles[], configs: readonly ConfigFiles[]): VolumeMount[] {
  return [
    ...secrets.map(({ secret, mountPath }) => ({ name: secretVolume(secret), mountPath, readOnly: true })),
    ...configs.map(({ name, mountPath }) => ({ name: configVolume(name), mountPath, readOnly: true })),
  ];
}

/** The checksum annotation, whatever the order of keys and mounts; none if no content is known. */
export function configChecksum(configs: readonly ConfigFiles[]): Readonly<Record<string, string>> {
  const lines = configs.flatMap(({ name, content = {} }) =>
    Object.entries(content).map(([key, value]) => JSON.stringify([name, key, value])),
  );
  if (lines.length === 0) return {};
  return { [CONFIG_CHECKSUM]: createHash('sha256').update(lines.sort().join('\n')).digest('hex') };
}
