import { Token } from 'cdktf';
import { type Check, duplicates, type Finding, inspect, withDefaults } from '../../check';
import {
  type AutoScalingGroupPlan,
  type AutoScalingGroupSpec,
  autoScalingGroupPlan,
  inspectAutoScalingGroup,
} from '../../model/capacity/auto-scaling-group';
import type { Statement } from '../policy';
import type { EncryptionKey } from '../secrets/encryption-key';
import { tagsAreAllowed } from '../tags';
import { RESOURCE_LABEL_CHECKS } from './target-tracking-policy';

/** A group as declared, with the network it stands in and what its instances are. */
export interface AutoScalingGroupProps extends AutoScalingGroupSpec {
  /** Private subnets, one in each of at least two zones. */
  readonly subnetIds: readonly string[];
  /** Security groups of the instances, at least one. */
  readonly securityGroupIds: readonly string[];
  /** Target groups that the instances register with, of type `instance`. @default - none */
  readonly targetGroupArns?: readonly string[];
  /**
   * Whose word counts: the load balancer's as well, or that of EC2 alone.
   * @default - `ELB` with target groups, else `EC2`
   */
  readonly healthCheck?: 'ELB' | 'EC2';
  /** Name that each instance shows (tag `Name`). @default - the name of the group */
  readonly instanceName?: string;
  /**
   * Name of the SSM parameter that holds the machine image.
   * @default - the newest Amazon Linux 2023 of the architecture
   */
  readonly imageParameter?: string;
  /**
   * Script that runs at the first start, at most 16 KiB and without secrets: whoever sees the instance can read it.
   * @default - none
   */
  readonly userData?: string;
  /** What programs on the instances may do in AWS, beside being reached by Session Manager. @default - nothing */
  readonly statements?: readonly Statement[];
  /** Names of further AWS managed policies, with their path. @default - none */
  readonly managedPolicies?: readonly string[];
  /** Key of the root volumes, whose users include `autoscaling`. @default - the account's default key for EBS */
  readonly rootVolumeKey?: EncryptionKey;
  /** Tags of instances and volumes (no `aws:`); the provider's default tags miss them. @default - a name */
  readonly tags?: Readonly<Record<string, string>>;
}

const DEFAULTS = { targetGroupArns: [], statements: [], managedPolicies: [], tags: {} } as const;

/** The props with their defaults. */
export type AutoScalingGroupPropsPlan = AutoScalingGroupProps &
  AutoScalingGroupPlan &
  Required<Pick<AutoScalingGroupProps, keyof typeof DEFAULTS | 'healthCheck' | 'instanceName'>>;

/** Fills in the defaults of a group. */
export function planAutoScalingGroup(props: AutoScalingGroupProps): AutoScalingGroupPropsPlan {
  const plan = withDefaults<AutoScalingGroupProps, typeof DEFAULTS>(DEFAULTS, props);
  return {
    ...plan,
    ...autoScalingGroupPlan(props),
    healthCheck: plan.healthCheck ?? (plan.targetGroupArns.length > 0 ? 'ELB' : 'EC2'),
    instanceName: plan.instanceName ?? plan.name,
  };
}

/** What EC2 takes. Source: EC2 user guide, "Run commands at launch". */
const MAX_USER_DATA = 16_384;

/** Access keys, private keys, and what is assigned to a name that says so; `$…` and `{{…}}` are filled in later. */
const SECRETS =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|(?:password|passwd|secret|token|api_?key)\w*\s*[=:]\s*["']?(?![\s"'$<{(])\S{4,}/i;

/** Tags by which Cluster Autoscaler takes a group for its own. */
const isClusterMark = (key: string): boolean => /^k8s\.io\/cluster-autoscaler\//.test(key);

const marks = ({ tags }: AutoScalingGroupPropsPlan): string[] => Object.keys(tags).filter(isClusterMark);

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** What is asked of network, health, owner and first script; `AUTO_SCALING_GROUP_CHECKS` asks the rest. */
export const AUTO_SCALING_GROUP_PROPS_CHECKS: readonly Check<AutoScalingGroupPropsPlan>[] = [
  {
    id: 'asg-has-one-owner',
    prop: 'tracks',
    holds: (plan) => plan.tracks.length === 0 || marks(plan).length === 0,
    rule: 'must be empty where tags give the group to Cluster Autoscaler: both would set its size, against one another',
    received: (plan) => `${plan.tracks.map(({ on }) => on).join(', ')} beside ${marks(plan).join(', ')}`,
    remedy: 'drop the tags for a group of plain EC2, or the targets for nodes of a cluster',
  },
  {
    id: 'asg-elb-health-has-target-groups',
    prop: 'healthCheck',
    holds: ({ healthCheck, targetGroupArns }) => healthCheck !== 'ELB' || targetGroupArns.length > 0,
    rule: 'must be EC2 without target groups: no load balancer then knows the instances',
    remedy: 'name the target groups, or leave it out',
  },
  {
    id: 'asg-requests-are-counted-by-a-target-group',
    prop: 'tracks',
    holds: ({ tracks, targetGroupArns }) => tracks.every(({ on }) => on === 'cpu') || targetGroupArns.length > 0,
    rule: 'must leave out requests where the group has no target group: nothing counts them',
    received: ({ tracks }) => tracks.map(({ on }) => on),
    remedy: 'name the target groups',
  },
  {
    id: 'asg-subnets-are-distinct',
    prop: 'subnetIds',
    holds: ({ subnetIds }) => subnetIds.length > 0 && duplicates(subnetIds).length === 0,
    rule: 'must name at least one subnet, and each once',
    remedy: 'use the private subnets of the network, by reference',
  },
  {
    id: 'asg-stands-in-two-subnets',
    severity: 'warning',
    prop: 'subnetIds',
    holds: ({ subnetIds }) => subnetIds.length >= 2,
    rule: 'should name at least two subnets, each in a zone of its own',
    remedy: 'use the private subnets of the network, by reference',
  },
  {
    id: 'asg-subnets-look-like-ids',
    prop: 'subnetIds',
    holds: ({ subnetIds }) => subnetIds.every((id) => Token.isUnresolved(id) || /^subnet-[0-9a-f]{8,17}$/.test(id)),
    rule: 'must be references, or ids such as subnet-0a1b2c3d, whose digits are hexadecimal',
    remedy: 'use the ids of the network that the library made',
  },
  {
    id: 'asg-has-a-security-group',
    prop: 'securityGroupIds',
    holds: ({ securityGroupIds }) => securityGroupIds.length > 0,
    rule: 'must name at least one, or the default group of the VPC is used',
    remedy: 'make one that only the load balancer may enter',
  },
  {
    id: 'asg-user-data-fits',
    prop: 'userData',
    holds: ({ userData = '' }) => Token.isUnresolved(userData) || bytes(userData) <= MAX_USER_DATA,
    rule: `must be at most ${MAX_USER_DATA} bytes`,
    received: ({ userData = '' }) => `${bytes(userData)} bytes`,
    remedy: 'fetch the rest from S3, or build an image',
  },
  {
    id: 'asg-user-data-holds-no-secret',
    prop: 'userData',
    holds: ({ userData = '' }) => !SECRETS.test(userData),
    rule: 'must hold no keys and no passwords: it can be read on the instance, in the console and in the state',
    received: () => 'what looks like one',
    remedy: 'read it from Secrets Manager at start, with a statement that allows it',
  },
  tagsAreAllowed('asg-tags-are-allowed'),
];

/** Everything wrong with the props of a group. */
export function inspectAutoScalingGroupProps(path: string, props: AutoScalingGroupProps): Finding[] {
  const plan = planAutoScalingGroup(props);
  return [
    ...inspectAutoScalingGroup(path, props),
    ...inspect(path, plan, AUTO_SCALING_GROUP_PROPS_CHECKS),
    ...inspect(path, plan, RESOURCE_LABEL_CHECKS),
  ];
}
