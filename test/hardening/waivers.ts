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
    check: 'RDS11',
    on: /alfred-production.*-data aws_db_instance\..+/,
    reason: 'the declared port is the usual one, and only named security groups reach it',
  },
  {
    check: 'AEC5',
    on: /alfred-production.*-data aws_elasticache_replication_group\..+/,
    reason: 'the declared port is the usual one, and only named security groups reach it',
  },
];
