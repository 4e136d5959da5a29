import type { ComposeService } from './compose-file';

/** What one thing adds to a stack. */
export interface Part {
  /** Containers by the names of their services. */
  readonly services: Readonly<Record<string, ComposeService>>;
  /** Files beside the Compose file, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Volumes that outlive their containers. */
  readonly volumes?: readonly string[];
  /** Passwords that are drawn once, by the names of their files. */
  readonly passwords?: readonly string[];
}

/** Parts as one. */
export const joined = (parts: readonly Part[]): Required<Part> => ({
  services: Object.assign({}, ...parts.map(({ services }) => services)),
  files: Object.assign({}, ...parts.map(({ files }) => files ?? {})),
  volumes: parts.flatMap(({ volumes = [] }) => volumes),
  passwords: parts.flatMap(({ passwords = [] }) => passwords),
});
