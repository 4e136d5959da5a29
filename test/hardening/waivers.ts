import type { Waiver } from './waiver';

/** Findings in manifests that may stay. */
export const KUBERNETES_WAIVERS: readonly Waiver[] = [
  {
    check: 'horizontalpodautoscaler-replicas',
    on: /acgs\/development HorizontalPodAutoscaler\/.+/,
    reason: 'development runs single pods on purpose: cheap, and down while a node drains',
  },
  {
    check: 'horizontalpodautoscaler-replicas',
    on: /alfred\/development HorizontalPodAutoscaler\/.+/,
    reason: 'development runs single pods on purpose: cheap, and down while a node drains',
  },
  {
    check: 'horizontalpodautoscaler-replicas',
    on: /alfred\/production.* HorizontalPodAutoscaler\/agent-(financial|legal|social)-hpa/,
    reason: 'the declared minimum of 1 stands, and a check says that each drain is then an outage',
  },
  {
    check: 'env-var-secret',
    on: /acgs\/.+ StatefulSet\/(cache|revocations)-shard-\d|alfred\/development StatefulSet\/redis/,
    reason: 'REDIS_PASSWORD_FILE names the file that the exporter reads, and holds no password',
  },
  {
    check: 'dangling-networkpolicy',
    on: /.+ NetworkPolicy\/(logs|jaeger)/,
    reason: 'its pods are made by an operator or a chart, in the cluster',
  },
  {
    check: 'dangling-networkpolicypeer-podselector',
    on: /.+ NetworkPolicy\/(logs|log-retention)/,
    reason: 'some of its peers are made by an operator or a chart, in the cluster',
  },
];

/** Findings in stacks that may stay. */
export const AWS_WAIVERS: readonly Waiver[] = [
  {
    check: 'CKV_AWS_157',
    on: /acgs-development-data aws_db_instance\..+/,
    reason: 'development may fail with its zone',
  },
  {
    check: 'CKV_AWS_293',
    on: /acgs-development-data aws_db_instance\..+/,
    reason: 'development holds nothing that cannot be made again',
  },
  {
    check: 'CKV_AWS_109',
    on: /.+-account-.+ aws_iam_policy\.Boundary_.+/,
    reason: 'a permissions boundary: it grants nothing, and bounds what roles are granted by name',
  },
  {
    check: 'CKV_AWS_111',
    on: /.+-account-.+ aws_iam_policy\.Boundary_.+/,
    reason: 'a permissions boundary: it grants nothing, and bounds what roles are granted by name',
  },
  {
    check: 'CKV_AWS_356',
    on: /.+-account-.+ aws_iam_policy\.Boundary_.+/,
    reason: 'a permissions boundary: it grants nothing, and bounds what roles are granted by name',
  },
  {
    check: 'CKV_AWS_111',
    on: /.+-cluster aws_iam_role_policy\.LoadBalancers_Role_Policy_.+/,
    reason:
      'the policy that the controller publishes: listeners, rules and security groups carry no tag when they are made',
  },
  {
    check: 'CKV_AWS_356',
    on: /.+-cluster aws_iam_role_policy\.LoadBalancers_Role_Policy_.+/,
    reason: 'the policy that the controller publishes: what it may touch is found out by tags, not by name',
  },
  {
    check: 'CKV_AWS_260',
    on: /.+-edge aws_vpc_security_group_ingress_rule\.LoadBalancer_Access_Http-From-.+/,
    reason: 'port 80 only redirects to HTTPS, for whoever types a name without it',
  },
  {
    check: 'RDS11',
    on: /alfred-production.*-data aws_db_instance\..+/,
    reason: 'the declared port is the usual one, and only named security groups reach it',
  },
  {
    check: 'AEC5',
    on: /alfred-production.*-data aws_elasticache_replication_group\..+/,
    reason: 'the declared port is the usual one, and only named security groups reach it',
  },
  {
    check: 'CKV2_AWS_62',
    on: /.+-recovery aws_s3_bucket\.ClusterBackups_(Original|Copy)_.+/,
    reason: 'nothing waits for a backup to arrive: Velero lists what is there, and alarms tell of backups that failed',
  },
  {
    check: 'CKV2_AWS_62',
    on: /.+-account-.+ aws_s3_bucket\.(States|Logs)-.+/,
    reason: 'nobody waits for a state or a log to be written: Terraform and queries look when they run',
  },
  {
    check: 'CKV2_AWS_62',
    on: /.+-data aws_s3_bucket\.Metrics_.+/,
    reason: 'nobody waits for measurements to arrive: Thanos lists what is there',
  },
  {
    check: 'CKV_AWS_144',
    on: /.+-data aws_s3_bucket\.Metrics_.+/,
    reason: 'measurements tell of their own region, and nothing is rebuilt from them when it is lost',
  },
  {
    check: 'CKV_AWS_18',
    on: /.+-account-.+ aws_s3_bucket\.Logs-.+/,
    reason: 'S3 lets no bucket record itself, and who reads logs of doors is not worth another record',
  },
  {
    check: 'CKV_AWS_144',
    on: /.+-account-.+ aws_s3_bucket\.Logs-.+/,
    reason: 'logs tell of their own region, and nothing is rebuilt from them when it is lost',
  },
  {
    check: 'CKV_AWS_145',
    on: /.+-account-.+ aws_s3_bucket\.Logs-.+_(s3|load-balancers)_.+/,
    reason: 'S3 and load balancers deliver logs only to buckets under the keys of S3',
  },
];
