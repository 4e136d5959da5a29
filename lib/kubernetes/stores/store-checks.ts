import {
  type Check,
  type Finding,
  inspect,
  inspectEach,
  isDnsLabel,
  isDnsName,
  isImageReference,
  isLabelValue,
  isPinnedImage,
} from '../../check';
import type { PodPeer } from '../cluster/network-peers';
import { NETWORK_PEER_CHECKS } from '../cluster/network-policy';
import { inspectPlacement } from '../workload/node-placement';
import type { StorePlace } from './store-props';

const RETENTION: readonly string[] = ['Retain', 'Delete'];

/** What is said about any store as a pod. */
export const STORE_PLACE_CHECKS: readonly Check<StorePlace>[] = [
  {
    id: 'store-image-is-a-reference',
    prop: 'image',
    holds: ({ image }) => isImageReference(image),
    rule: 'must be a repository of a-z, 0-9 and / . _ - after an optional registry, then a tag or digest',
    remedy: 'write it as registry.example.com/library/postgres:17.11',
  },
  {
    id: 'store-image-is-pinned',
    prop: 'image',
    holds: ({ image }) => isPinnedImage(image),
    rule: 'must end with a tag other than latest, or with a digest',
    remedy: 'leave it out, or name a release',
  },
  {
    id: 'store-speaks-tls',
    prop: 'tls',
    severity: 'warning',
    holds: ({ tls }) => tls !== 'off',
    rule: 'should name a Secret: without it data and passwords cross the network in plain text',
    remedy: 'issue a certificate for certificateNames into a Secret',
  },
  {
    id: 'store-tls-secret-is-named',
    prop: 'tls.secretName',
    holds: ({ tls }) => tls === 'off' || isDnsLabel(tls.secretName),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    received: ({ tls }) => (tls === 'off' ? tls : tls.secretName),
    remedy: 'use the name of the Secret with the certificate',
  },
  {
    id: 'store-auth-secret-is-named',
    prop: 'auth',
    holds: ({ auth }) => isDnsLabel(auth.secretName) && /^[-._a-zA-Z0-9]{1,253}$/.test(auth.key),
    rule: 'must name a Secret (a DNS label) and a key of it (letters, digits, hyphens, underscores, dots)',
    remedy: 'leave it out for the key password of the Secret <name>-auth',
  },
  {
    id: 'store-has-a-client',
    prop: 'clients',
    severity: 'warning',
    holds: ({ clients }) => clients.length > 0,
    rule: 'should name at least one group of pods: nobody else can connect',
    remedy: 'list the labels of the pods that use it',
  },
  {
    id: 'store-storage-class-is-named',
    prop: 'storageClass',
    holds: ({ storageClass }) => storageClass === undefined || isDnsName(storageClass),
    rule: 'must be a DNS name: a-z, 0-9, inner hyphens and dots',
    remedy: "leave it out for the cluster's default class",
  },
  {
    id: 'store-retention-is-known',
    prop: 'whenDeleted',
    holds: ({ whenDeleted }) => RETENTION.includes(whenDeleted),
    rule: `must be ${RETENTION.join(' or ')}`,
    remedy: 'leave it out to keep the volumes',
  },
  {
    id: 'store-stays-on-its-node',
    prop: 'placement.capacity',
    severity: 'warning',
    holds: ({ placement }) => placement.capacity !== 'spot',
    rule: 'should be on-demand: there is no second pod for the time in which a spot node is taken back',
    received: ({ placement }) => placement.capacity,
    remedy: 'use a group of on-demand nodes in one zone',
  },
  {
    id: 'store-priority-class-is-named',
    prop: 'priorityClass',
    holds: ({ priorityClass }) => priorityClass === undefined || isDnsName(priorityClass),
    rule: 'must be a DNS name: a-z, 0-9, inner hyphens and dots',
    remedy: "leave it out for the cluster's default class",
  },
  {
    id: 'store-product-is-a-label',
    prop: 'partOf',
    holds: ({ partOf }) => partOf === undefined || (partOf !== '' && isLabelValue(partOf)),
    rule: 'must be 1-63 letters, digits and inner . _ -',
    remedy: 'use the name of the platform',
  },
];

const inspectPeers = (path: string, prop: string, peers: readonly PodPeer[], port: number): Finding[] =>
  inspectEach(
    path,
    prop,
    peers.map((peer) => ({ ...peer, port })),
    NETWORK_PEER_CHECKS,
  );

/** Everything that is wrong with the place of a store and with everyone who may connect. */
export const inspectStorePlace = (path: string, place: StorePlace, port: number, metricsPort: number): Finding[] => [
  ...inspect(path, place, STORE_PLACE_CHECKS),
  ...inspectPlacement(path, 'placement', place.placement),
  ...inspectPeers(path, 'clients', place.clients, port),
  ...inspectPeers(path, 'scrapers', place.scrapers, metricsPort),
];
