import { type Check, isDnsLabel, isDnsName, isImageReference, isPinnedImage } from '../../check';
import { CLUSTER_BUS_OFFSET } from '../../model/redis/redis';
import { Duration } from '../../units';
import { EXPORTER_PORT } from './redis-member';
import type { RedisClusterPlan } from './redis-plan';

/** The version of an official tag: `7.2` of `redis:7.2.11-alpine`. Another tag or a bare digest tells nothing. */
const majorOf = (image: string): number | undefined => {
  const match = /:v?(\d+)(?:\.\d+)*(?:-[\w.]+)*(?:@sha256:[0-9a-f]{64})?$/.exec(image);
  return match ? Number(match[1]) : undefined;
};

const dividesTheHour = ({ inMillis }: Duration): boolean => {
  const minutes = inMillis / Duration.minutes(1).inMillis;
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 30 && 60 % minutes === 0;
};

/** What is said about members as pods; `REDIS_CHECKS` say the rest. */
export const REDIS_CLUSTER_CHECKS: readonly Check<RedisClusterPlan>[] = [
  {
    id: 'redis-image-is-pinned',
    prop: 'image',
    holds: ({ image }) => isPinnedImage(image),
    rule: 'must end with a tag other than latest, or with a digest',
    remedy: 'leave it out, or name a release',
  },
  {
    id: 'redis-images-are-references',
    prop: ({ image }) => (isImageReference(image) ? 'exporterImage' : 'image'),
    holds: ({ image, exporterImage }) =>
      isImageReference(image) && (exporterImage === 'off' || isImageReference(exporterImage)),
    rule: 'must be a repository of a-z, 0-9 and / . _ - after an optional registry, then a tag or digest',
    remedy: 'write it as registry.example.com/library/redis:7.2.11',
  },
  {
    id: 'redis-image-announces-names',
    prop: 'image',
    holds: ({ image }) => (majorOf(image) ?? 7) >= 7,
    rule: 'must be Redis 7.0 or later: before, members could not announce host names',
    remedy: 'use 7.2',
  },
  {
    id: 'redis-exporter-image-is-pinned',
    prop: 'exporterImage',
    holds: ({ exporterImage }) => exporterImage === 'off' || isPinnedImage(exporterImage),
    rule: "must end with a tag other than latest, or with a digest, or be 'off'",
    remedy: 'leave it out, or name a release',
  },
  {
    id: 'redis-speaks-tls',
    prop: 'tls',
    severity: 'warning',
    holds: ({ tls }) => tls !== 'off',
    rule: 'should name a Secret: without it data, passwords and the cluster bus cross the network in plain text',
    remedy: 'issue a certificate for certificateNames into a Secret',
  },
  {
    id: 'redis-tls-secret-is-named',
    prop: 'tls.secretName',
    holds: ({ tls }) => tls === 'off' || isDnsLabel(tls.secretName),
    rule: 'must be a DNS label: 1-63 of a-z, 0-9 and inner hyphens',
    received: ({ tls }) => (tls === 'off' ? tls : tls.secretName),
    remedy: 'use the name of the Secret with the certificate',
  },
  {
    id: 'redis-asks-for-a-password',
    prop: 'auth',
    severity: 'warning',
    holds: ({ auth }) => auth !== 'off',
    rule: 'should name a Secret: without it whoever reaches the port may read and drop everything',
    remedy: 'put a password into a Secret',
  },
  {
    id: 'redis-auth-secret-is-named',
    prop: 'auth',
    holds: ({ auth }) => auth === 'off' || (isDnsLabel(auth.secretName) && /^[-._a-zA-Z0-9]{1,253}$/.test(auth.key)),
    rule: 'must name a Secret (a DNS label) and a key of it (letters, digits, hyphens, underscores, dots)',
    remedy: 'leave it out for the key password of the Secret <name>-auth',
  },
  {
    id: 'redis-has-a-client',
    prop: 'clients',
    severity: 'warning',
    holds: ({ clients }) => clients.length > 0,
    rule: 'should name at least one group of pods: nobody else can connect',
    remedy: 'list the labels of the pods that use it',
  },
  {
    id: 'redis-storage-class-is-named',
    prop: 'storageClass',
    holds: ({ storageClass }) => storageClass === undefined || isDnsName(storageClass),
    rule: 'must be a DNS name: a-z, 0-9, inner hyphens and dots',
    remedy: "leave it out for the cluster's default class",
  },
  {
    id: 'redis-priority-classes-are-named',
    prop: 'priorityClass',
    holds: ({ priorityClass, jobPriorityClass }) =>
      [priorityClass, jobPriorityClass].every((name) => name === undefined || isDnsName(name)),
    rule: 'and jobPriorityClass must be DNS names: a-z, 0-9, inner hyphens and dots',
    received: ({ priorityClass, jobPriorityClass }) => [priorityClass, jobPriorityClass],
    remedy: "leave it out for the cluster's default class",
  },
  {
    id: 'redis-cpu-limit-covers-the-request',
    prop: 'cpuLimit',
    holds: ({ cpu, cpuLimit }) => cpu.isAtMost(cpuLimit),
    rule: ({ cpu }) => `must be at least the request, ${cpu}`,
    remedy: 'leave it out: four times the request is then taken',
  },
  {
    id: 'redis-port-differs-from-the-exporters',
    prop: 'port',
    holds: ({ port, exporterImage }) =>
      exporterImage === 'off' || ![port, port + CLUSTER_BUS_OFFSET].includes(EXPORTER_PORT),
    rule: `must not be ${EXPORTER_PORT}, on which the exporter of the same pod listens`,
    remedy: 'use 6379',
  },
  {
    id: 'redis-reconciles-evenly',
    prop: 'reconcileEvery',
    holds: ({ reconcileEvery }) => dividesTheHour(reconcileEvery),
    rule: 'must be 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes: what a schedule can repeat evenly',
    remedy: 'use 2 minutes',
  },
];
