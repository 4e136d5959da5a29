import type { KarpenterSupportProps } from '../../aws';
import type { Ec2NodeClassProps } from '../../kubernetes';
import { clusterName, type EnvironmentSpec } from '../../model';
import { planCachePrefixes } from './plan-images';

/** What Karpenter asks of AWS; undefined where it makes no nodes. */
export const planKarpenterSupport = (
  platform: string,
  environment: EnvironmentSpec,
): KarpenterSupportProps | undefined =>
  environment.cluster.karpenter && {
    name: clusterName(platform, environment.name),
    ...(environment.cluster.autoscaler && { autoscaler: environment.cluster.autoscaler }),
    ...(environment.imageCache === 'pull-through' && { imageCaches: planCachePrefixes(environment) }),
  };

/** What the nodes that it makes have in common; the tags of Terraform's provider do not reach them. */
export const planNodeClass = (
  platform: string,
  { name, cluster, tags }: EnvironmentSpec,
): Ec2NodeClassProps | undefined =>
  cluster.karpenter && {
    clusterName: clusterName(platform, name),
    imageVersion: cluster.karpenter.imageVersion,
    ...(cluster.karpenter.rootVolume && { rootVolume: cluster.karpenter.rootVolume }),
    tags: { platform, environment: name, ...tags },
    labels: { 'app.kubernetes.io/part-of': platform },
  };
