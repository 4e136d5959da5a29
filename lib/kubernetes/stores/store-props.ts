import { NODE_GROUP_LABEL } from '../../model';
import type { StoreSpec } from '../../model/store/store';
import type { PodPeer } from '../cluster/network-peers';
import { PROMETHEUS } from '../cluster/network-peers';
import type { NodePlacement } from '../workload/node-placement';

/** A Secret with `ca.crt`, `tls.crt` and `tls.key`, as cert-manager writes it. */
export interface StoreTlsSecret {
  /** Name of the Secret, in the namespace of the chart. */
  readonly secretName: string;
}

/** A key of a Secret that holds a password, one line. */
export interface StoreAuthSecret {
  /** Name of the Secret, in the namespace of the chart. */
  readonly secretName: string;
  /** Key of the Secret whose value is the password: one line, not empty, without control characters. */
  readonly key: string;
}

/** A store of one pod as objects of Kubernetes: where and with whom it runs. */
export interface StoreProps {
  /** Pods that may connect. Nobody else can. */
  readonly clients: readonly PodPeer[];
  /** Image of the server, by tag or digest. @default - the project's own, from Docker Hub */
  readonly image?: string;
  /** Its certificate, for `certificateNames`; or `off`, which is reported. @default - the Secret `<name>-tls` */
  readonly tls?: StoreTlsSecret | 'off';
  /** Password of the server: of the superuser, of clients, or the key. @default - key `password` of the Secret `<name>-auth` */
  readonly auth?: StoreAuthSecret;
  /** Pods that may read its metrics. @default - the Prometheus in `monitoring` */
  readonly scrapers?: readonly PodPeer[];
  /** @default - the cluster's default class; it should bind a volume only once its pod is placed */
  readonly storageClass?: string;
  /** What happens to its volumes when it is deleted: `Delete` loses the data. @default 'Retain' */
  readonly whenDeleted?: 'Retain' | 'Delete';
  /** Which nodes it runs on. @default - the node group `nodes`, if that is given */
  readonly placement?: NodePlacement;
  /** Name of a PriorityClass. @default - the cluster's default */
  readonly priorityClass?: string;
  /** Product it belongs to. @default - none */
  readonly partOf?: string;
}

/** The props with every choice made. */
export interface StorePlace {
  /** Pods that may connect. */
  readonly clients: readonly PodPeer[];
  /** Image of the server. */
  readonly image: string;
  /** Its certificate; `off` is plain text. */
  readonly tls: StoreTlsSecret | 'off';
  /** Its password. */
  readonly auth: StoreAuthSecret;
  /** Pods that may read its metrics. */
  readonly scrapers: readonly PodPeer[];
  /** Class of the volumes; undefined is the cluster's default. */
  readonly storageClass: string | undefined;
  /** What happens to its volumes when it is deleted. */
  readonly whenDeleted: 'Retain' | 'Delete';
  /** Which nodes it runs on. */
  readonly placement: NodePlacement;
  /** PriorityClass; undefined is the cluster's default. */
  readonly priorityClass: string | undefined;
  /** Product it belongs to; undefined is none. */
  readonly partOf: string | undefined;
}

/** The defaults of the place; `image` is the kind's own. */
export const storePlace = (props: StoreProps & StoreSpec, image: string): StorePlace => ({
  clients: props.clients,
  image: props.image ?? image,
  tls: props.tls ?? { secretName: `${props.name}-tls` },
  auth: props.auth ?? { secretName: `${props.name}-auth`, key: 'password' },
  scrapers: props.scrapers ?? [PROMETHEUS],
  storageClass: props.storageClass,
  whenDeleted: props.whenDeleted ?? 'Retain',
  placement: props.placement ?? (props.nodes === undefined ? {} : { labels: { [NODE_GROUP_LABEL]: props.nodes } }),
  priorityClass: props.priorityClass,
  partOf: props.partOf,
});
