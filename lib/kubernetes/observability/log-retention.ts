import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isImageReference, isWholeWithin } from '../../check';
import { logRetentionFiles } from '../../config/logs/log-retention';
import type { Duration } from '../../units';
import { Cpu, Memory } from '../../units';
import { DNS, type OpenPeer } from '../cluster/network-peers';
import { NetworkPolicy } from '../cluster/network-policy';
import { hardenedContainer, hardenedPod } from '../hardening';
import { type JobSpec, KubeConfigMap, KubeServiceAccount } from '../k8s';
import { type Labels, standardLabels } from '../labels';
import { requirements } from '../quantities';
import { contentJob } from '../workload/content-job';
import { configChecksum, fileMounts, fileVolumes } from '../workload/mounts';

/** How long logs are kept, and where that is told. */
export interface LogRetentionProps {
  /** Name of its objects (DNS label of at most 40 characters). */
  readonly name: string;
  /** Namespace (DNS label), that of Elasticsearch. */
  readonly namespace: string;
  /** Address of Elasticsearch, by which its certificate names it. */
  readonly url: string;
  /** Its pods and port. */
  readonly store: OpenPeer;
  /** Data stream that is looked after. */
  readonly stream: string;
  /** How long it keeps lines (whole days, 1-3650). */
  readonly retention: Duration;
  /** Copies of each index beside itself (0 or 1). */
  readonly copies: number;
  /** Secret with `username` and `password`. */
  readonly userSecret: string;
  /** Secret with `ca.crt`. */
  readonly authoritySecret: string;
  /** An image with curl and a shell; by tag or digest. */
  readonly image: string;
  /** Priority class of its pods. @default - that of the cluster */
  readonly priorityClass?: string;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

const DAY_MILLIS = 86_400_000;

/** What is said about it. */
export const LOG_RETENTION_CHECKS: readonly Check<LogRetentionProps>[] = [
  {
    id: 'log-retention-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name, namespace }) => isDnsLabel(name) && name.length <= 40 && isDnsLabel(namespace),
    rule: 'must be 1-40 of a-z, 0-9 and inner hyphens, and its namespace a DNS label',
    received: ({ name, namespace }) => [name, namespace],
    remedy: 'use a name such as log-retention',
  },
  {
    id: 'log-retention-is-in-days',
    prop: 'retention',
    holds: ({ retention }) => isWholeWithin(retention.inMillis / DAY_MILLIS, 1, 3650),
    rule: 'must be whole days, 1 to 3650',
    remedy: 'use 90 days',
  },
  {
    id: 'log-retention-image-is-a-reference',
    prop: 'image',
    holds: ({ image }) => isImageReference(image),
    rule: 'must be an image by tag or digest',
    remedy: 'use that of PUBLIC_IMAGES',
  },
];

const FOLDER = '/etc/log-retention';
const USER_FOLDER = '/run/user';
const AUTHORITY_FOLDER = '/run/authority';

const RESOURCES = {
  requests: { cpu: Cpu.millis(25), memory: Memory.mib(32), ephemeralStorage: Memory.mib(32) },
  limits: { cpu: Cpu.millis(250), memory: Memory.mib(64), ephemeralStorage: Memory.mib(32) },
};

/**
 * Tells Elasticsearch how long to keep a data stream, then makes the stream. A Job does it once for each content, and waits
 * for Elasticsearch; until it is done, whatever writes is refused and keeps its lines.
 *
 * @example
 * new LogRetention(chart, 'Retention', {
 *   name: 'log-retention', namespace: 'logging', url: 'https://logs-es-http.logging.svc:9200',
 *   store: { pods: logStoreSelector('logs'), port: 9200 }, stream: 'pod-logs', retention: Duration.days(90), copies: 1,
 *   userSecret: 'user-log-keeper', authoritySecret: 'log-keeper-tls', image: PUBLIC_IMAGES.curl,
 * });
 */
export class LogRetention extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: LogRetentionProps): Finding[] {
    return inspect(path, props, LOG_RETENTION_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: LogRetentionProps) {
    super(scope, id);
    enforce(this, LogRetention.inspect(this.node.path, props));

    const { name, namespace, store, partOf } = props;
    const labels = standardLabels(name, 'log-retention', partOf);
    const metadata = { name, namespace, labels };
    new KubeServiceAccount(this, 'ServiceAccount', { metadata, automountServiceAccountToken: false });
    new KubeConfigMap(this, 'Files', { metadata, data: logRetentionFiles(props) });
    new NetworkPolicy(this, 'Network', {
      ...metadata,
      selector: { 'app.kubernetes.io/name': name },
      egress: [...DNS, store],
    });
    const labelled = (instance: string): Labels => ({ ...labels, 'app.kubernetes.io/instance': instance });
    const spec = (instance: string): JobSpec => jobSpec(props, labelled(instance));
    contentJob(this, 'Resource', { prefix: name, namespace, labels: labelled, spec });
  }
}

function jobSpec(props: LogRetentionProps, labels: Labels): JobSpec {
  const { name, url, stream, image, userSecret, authoritySecret, priorityClass } = props;
  const files = [{ name, mountPath: FOLDER, content: logRetentionFiles(props) }];
  const secrets = [
    { secret: userSecret, mountPath: USER_FOLDER },
    { secret: authoritySecret, mountPath: AUTHORITY_FOLDER },
  ];
  const variables = {
    FOLDER,
    USER_FOLDER,
    AUTHORITY_FILE: `${AUTHORITY_FOLDER}/ca.crt`,
    LOG_STORE_URL: url,
    LOG_STREAM: stream,
    HOME: '/tmp',
  };
  return {
    backoffLimit: 6,
    activeDeadlineSeconds: 3600,
    ttlSecondsAfterFinished: 86_400,
    template: {
      metadata: { labels, annotations: configChecksum(files) },
      spec: {
        serviceAccountName: name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: 'Never',
        ...(priorityClass !== undefined && { priorityClassName: priorityClass }),
        securityContext: hardenedPod(),
        containers: [
          {
            name: 'keep',
            image,
            imagePullPolicy: image.includes('@sha256:') ? 'IfNotPresent' : 'Always',
            command: ['/bin/sh', `${FOLDER}/keep.sh`],
            env: Object.entries(variables).map(([key, value]) => ({ name: key, value })),
            securityContext: hardenedContainer(),
            resources: requirements(RESOURCES),
            volumeMounts: fileMounts(secrets, files),
          },
        ],
        volumes: fileVolumes(secrets, files),
      },
    },
  };
}
