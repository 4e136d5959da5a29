import { PUBLIC_IMAGES } from '../../model/images/public-images';
import {
  vectorDatabasePlan as modelPlan,
  type VectorDatabasePlan as VectorDatabaseModelPlan,
  type VectorDatabaseSpec,
} from '../../model/vector/vector-database';
import { type StorePlace, type StoreProps, storePlace } from './store-props';

/** A Qdrant in the cluster: the declaration of the model, and where it runs. */
export interface VectorDatabaseProps extends VectorDatabaseSpec, StoreProps {
  /** Qdrant 1.17 or later that runs as any user; by tag or digest. @default 'docker.io/qdrant/qdrant:v1.19.0-unprivileged' */
  readonly image?: string;
}

/** The props with every choice made. */
export type VectorDatabasePlan = VectorDatabaseModelPlan & StorePlace;

/** The props with every default applied. */
export const vectorDatabasePlan = (props: VectorDatabaseProps): VectorDatabasePlan => ({
  ...modelPlan(props),
  ...storePlace(props, PUBLIC_IMAGES.qdrant),
});
