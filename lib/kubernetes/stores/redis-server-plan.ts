import { type Check, isImageReference, isPinnedImage } from '../../check';
import { PUBLIC_IMAGES } from '../../model/images/public-images';
import {
  redisServerPlan as modelPlan,
  type RedisServerPlan as RedisServerModelPlan,
  type RedisServerSpec,
} from '../../model/redis/redis-server';
import { EXPORTER_PORT } from '../redis/redis-member';
import { type StorePlace, type StoreProps, storePlace } from './store-props';

/** A single Redis in the cluster: the declaration of the model, and where it runs. */
export interface RedisServerProps extends RedisServerSpec, StoreProps {
  /** Redis 7.0 or later, with redis-cli and a shell; by tag or digest. @default 'docker.io/library/redis:7.2.11-alpine' */
  readonly image?: string;
  /** Sidecar that Prometheus scrapes; or `off`. @default 'docker.io/oliver006/redis_exporter:v1.77.0' */
  readonly exporterImage?: string;
}

/** The props with every choice made. */
export type RedisServerPlan = RedisServerModelPlan &
  StorePlace & {
    /** Sidecar that Prometheus scrapes; `off` is none. */
    readonly exporterImage: string;
  };

/** The props with every default applied. */
export const redisServerPlan = (props: RedisServerProps): RedisServerPlan => ({
  ...modelPlan(props),
  ...storePlace(props, PUBLIC_IMAGES.redis),
  exporterImage: props.exporterImage ?? PUBLIC_IMAGES.redisExporter,
});

/** What is said about the server as a pod, beside what every store is asked. */
export const REDIS_SERVER_POD_CHECKS: readonly Check<RedisServerPlan>[] = [
  {
    id: 'redis-server-exporter-image-is-pinned',
    prop: 'exporterImage',
    holds: ({ exporterImage }) =>
      exporterImage === 'off' || (isPinnedImage(exporterImage) && isImageReference(exporterImage)),
    rule: "must be an image with a tag other than latest, or with a digest, or be 'off'",
    remedy: 'leave it out, or name a release',
  },
  {
    id: 'redis-server-port-differs-from-the-exporters',
    prop: 'port',
    holds: ({ port, exporterImage }) => exporterImage === 'off' || port !== EXPORTER_PORT,
    rule: `must not be ${EXPORTER_PORT}, on which the exporter of the same pod listens`,
    remedy: 'use 6379',
  },
];
