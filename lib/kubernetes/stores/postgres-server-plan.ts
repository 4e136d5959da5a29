import { type Check, duplicates, isDnsLabel, isImageReference, isPinnedImage, isWholeWithin } from '../../check';
import { PUBLIC_IMAGES } from '../../model/images/public-images';
import {
  postgresServerPlan as modelPlan,
  type PostgresServerPlan as PostgresServerModelPlan,
  type PostgresServerSpec,
} from '../../model/postgres/postgres-server';
import { Duration } from '../../units';
import { type StorePlace, type StoreProps, storePlace } from './store-props';

/** A role that a service logs in as. */
export interface PostgresRole {
  /** Secret with `username`, `password` and perhaps `dbname`, in the namespace of the chart; it may come later. */
  readonly secretName: string;
}

/** A PostgreSQL in the cluster: the declaration of the model, who logs in, and where it runs. */
export interface PostgresServerProps extends PostgresServerSpec, StoreProps {
  /** Roles of the services, made once their Secrets are there and kept as these say. Nobody else gets in over the network. */
  readonly roles: readonly PostgresRole[];
  /** PostgreSQL 15 or later with its programs on the search path; by tag or digest. A new major needs a new volume. @default 'docker.io/library/postgres:17.11-trixie' */
  readonly image?: string;
  /** Sidecar that Prometheus scrapes; or `off`. @default 'quay.io/prometheuscommunity/postgres-exporter:v0.20.1' */
  readonly exporterImage?: string;
  /** How long the last checkpoint and the stop may take, each (whole seconds, 10 s to 1 h). @default Duration.minutes(2) */
  readonly stopWithin?: Duration;
}

/** The props with every choice made. */
export type PostgresServerPlan = PostgresServerModelPlan &
  StorePlace & {
    /** Roles of the services. */
    readonly roles: readonly PostgresRole[];
    /** Sidecar that Prometheus scrapes; `off` is none. */
    readonly exporterImage: string;
    /** How long checkpoint and stop may take, each. */
    readonly stopWithin: Duration;
  };

/** Port of the exporter. */
export const POSTGRES_EXPORTER_PORT = 9187;

/** The props with every default applied. */
export const postgresServerPlan = (props: PostgresServerProps): PostgresServerPlan => ({
  ...modelPlan(props),
  ...storePlace(props, PUBLIC_IMAGES.postgres),
  exporterImage: props.exporterImage ?? PUBLIC_IMAGES.postgresExporter,
  stopWithin: props.stopWithin ?? Duration.minutes(2),
});

const secretNames = ({ roles }: PostgresServerPlan): string[] => roles.map(({ secretName }) => secretName);

/** What is said about the server as a pod, beside what every store is asked. */
export const POSTGRES_SERVER_POD_CHECKS: readonly Check<PostgresServerPlan>[] = [
  {
    id: 'postgres-server-roles-are-named',
    prop: 'roles',
    holds: (plan) => secretNames(plan).every(isDnsLabel),
    rule: 'must name Secrets: 1-63 of a-z, 0-9 and inner hyphens each',
    received: (plan) => secretNames(plan).filter((name) => !isDnsLabel(name)),
    remedy: 'use the Secrets that the services mount',
  },
  {
    id: 'postgres-server-roles-differ',
    prop: 'roles',
    holds: (plan) => duplicates(secretNames(plan)).length === 0,
    rule: 'must name each Secret once',
    received: (plan) => duplicates(secretNames(plan)),
    remedy: 'leave out what is there already',
  },
  {
    id: 'postgres-server-lets-somebody-in',
    prop: 'roles',
    severity: 'warning',
    holds: ({ roles }) => roles.length > 0,
    rule: 'should name at least one Secret: without a role nobody gets in over the network',
    remedy: 'list the Secrets of the services that use it',
  },
  {
    id: 'postgres-server-exporter-image-is-pinned',
    prop: 'exporterImage',
    holds: ({ exporterImage }) =>
      exporterImage === 'off' || (isPinnedImage(exporterImage) && isImageReference(exporterImage)),
    rule: "must be an image with a tag other than latest, or with a digest, or be 'off'",
    remedy: 'leave it out, or name a release',
  },
  {
    id: 'postgres-server-port-differs-from-the-exporters',
    prop: 'port',
    holds: ({ port, exporterImage }) => exporterImage === 'off' || port !== POSTGRES_EXPORTER_PORT,
    rule: `must not be ${POSTGRES_EXPORTER_PORT}, on which the exporter of the same pod listens`,
    remedy: 'use 5432',
  },
  {
    id: 'postgres-server-stop-is-bounded',
    prop: 'stopWithin',
    holds: ({ stopWithin }) => isWholeWithin(stopWithin.inMillis / 1000, 10, 3600),
    rule: 'must be 10 s to 1 h in whole seconds',
    remedy: 'use the time that a checkpoint takes under load',
  },
];
