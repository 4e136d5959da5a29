import { TerraformStack } from 'cdktf';
import {
  AwsAccount,
  type EksCluster,
  EncryptionKey,
  heartbeatIdentity,
  metricsIdentities,
  PasswordSecret,
  PodIdentityAssociation,
  SecureBucket,
} from '../aws';
import {
  clusterName,
  type EnvironmentSpec,
  heartbeatOf,
  heartbeatTopicName,
  metricsBucket,
  type PlatformSpec,
} from '../model';
import { Duration } from '../units';
import type { EnvironmentStack } from './environment-stack';
import { observabilityPasswords, plannedObservability } from './plan/plan-observability';
import { recordsBucket } from './plan/plan-records';
import { passwordRecovery } from './plan/plan-secrets';

/** How long what the compactor removed can be had back: a slip in a retention is noticed within that time. */
const UNDELETED = Duration.days(7);

/** The bucket of measurements, and passwords of what keeps and shows logs. */
export function buildObservabilityStores(
  stack: EnvironmentStack,
  platform: PlatformSpec,
  environment: EnvironmentSpec,
): void {
  const plan = plannedObservability(environment);
  if (plan === undefined) return;
  const { name, account, region, stage } = environment;
  if (plan.metrics.longTerm) {
    const accessLogs = recordsBucket(platform, account, region);
    new SecureBucket(stack, 'Metrics', {
      name: metricsBucket(platform.name, name, account),
      ...(accessLogs && { accessLogs }),
      noncurrentExpiration: UNDELETED,
      keptOnDestroy: stage === 'production',
      emptiedOnDestroy: stage === 'development',
    });
  }
  const passwords = observabilityPasswords(platform.name, environment);
  if (passwords.length === 0) return;
  const recoveryWindow = passwordRecovery(environment);
  const cluster = clusterName(platform.name, name);
  const key = new EncryptionKey(stack, 'ObservabilityKey', {
    alias: `${cluster}-observability`,
    description: `Passwords of what keeps and shows measurements, logs and traces of ${cluster}`,
  });
  for (const { id, ...secret } of passwords) {
    new PasswordSecret(stack, id, { ...secret, key, ...(recoveryWindow && { recoveryWindow }) });
  }
}

/** What Prometheus, Thanos and Alertmanager may do in AWS; bucket and topic, of later stacks, are known by their names. */
export function buildObservabilityIdentities(
  platform: string,
  environment: EnvironmentSpec,
  cluster: EksCluster,
): void {
  const stack = TerraformStack.of(cluster);
  const account = AwsAccount.of(stack);
  const arn: AwsAccount['arn'] = (service, resource, region) => account.arn(service, resource, region);
  const { name } = environment;
  if (plannedObservability(environment)?.metrics.longTerm) {
    const bucket = metricsBucket(platform, name, environment.account);
    const identities = metricsIdentities({
      cluster: cluster.name,
      bucketArn: `arn:${account.partition}:s3:::${bucket}`,
      bucketKeyArn: arn('kms', 'key/*'),
    });
    for (const [part, identity] of Object.entries(identities)) {
      new PodIdentityAssociation(stack, `Metrics-${part}`, identity);
    }
  }
  if (heartbeatOf(platform, environment) !== undefined) {
    const identity = heartbeatIdentity(cluster.name, heartbeatTopicName(platform, name), arn);
    new PodIdentityAssociation(stack, 'Heartbeat', identity);
  }
}
