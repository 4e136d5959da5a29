/** The part of the Compose specification that is written here. Names are Compose's own. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes?: Readonly<Record<string, Record<string, never>>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

/** What one service waits for before it starts. */
export type ComposeCondition = 'service_started' | 'service_healthy';

/** How the state of a container is asked for; times as `30s`, `2m`. */
export interface ComposeHealthCheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly start_period: string;
}

/** Processors and memory: `1.5`, `1.5G`. Compose's units are binary. */
export interface ComposeAmounts {
  readonly cpus: string;
  readonly memory: string;
}

/** One kind of container. */
export interface ComposeService {
  readonly image: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly user?: string;
  readonly working_dir?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly { readonly source: string; readonly target: string }[];
  /** `./file:/path:ro` and `volume:/path`. */
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  /** `127.0.0.1:8080:80`. */
  readonly ports?: readonly string[];
  readonly networks: Readonly<Record<string, { readonly aliases?: readonly string[] }>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: ComposeCondition }>>;
  readonly healthcheck?: ComposeHealthCheck;
  readonly deploy: {
    readonly replicas: number;
    readonly resources: { readonly limits: ComposeAmounts; readonly reservations: ComposeAmounts };
  };
  readonly ulimits?: { readonly nofile: number };
  readonly shm_size?: string;
  readonly stop_signal?: string;
  readonly stop_grace_period: string;
  readonly init?: boolean;
  readonly restart: 'unless-stopped';
  readonly read_only: true;
  readonly cap_drop: readonly ['ALL'];
  readonly security_opt: readonly ['no-new-privileges:true'];
  readonly logging: { readonly driver: 'json-file'; readonly options: Readonly<Record<string, string>> };
}
