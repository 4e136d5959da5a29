import { type Check, type Finding, inspect, isRegion } from '../check';
import type { EnvironmentSpec } from './environment';

/** Tags that every resource has already. */
const OWN_TAGS: readonly string[] = ['platform', 'environment', 'stack', 'managed-by', 'Name'];

/** AWS takes 50 of a resource; ten are left for ours and for those by which controllers find subnets and nodes. */
const MOST_TAGS = 40;

const namesOf = ({ tags = {} }: EnvironmentSpec): string[] => Object.keys(tags);

/** Tags that AWS refuses. Source: AWS, tag naming limits and requirements. */
const refused = ({ tags = {} }: EnvironmentSpec): string[] =>
  Object.entries(tags)
    .filter(
      ([key, value]) =>
        !/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu.test(key) || !/^[\p{L}\p{N} _.:/=+@-]{0,256}$/u.test(value),
    )
    .map((tag) => tag.join('='));

const taken = (environment: EnvironmentSpec): string[] =>
  namesOf(environment).filter((name) => OWN_TAGS.includes(name));

/** What an environment says of its Terraform stacks: their state, their tags, and the nodes that they begin with. */
export const STACK_CHECKS: readonly Check<EnvironmentSpec>[] = [
  {
    id: 'environment-state-region-is-well-formed',
    prop: 'state.region',
    holds: ({ state }) => state.kind !== 's3' || isRegion(state.region),
    rule: 'must be an AWS region such as us-west-2',
    received: ({ state }) => (state.kind === 's3' ? state.region : undefined),
    remedy: 'use the region that the bucket was made in',
  },
  {
    id: 'environment-state-key-is-an-alias',
    prop: 'state.kmsKeyAlias',
    holds: ({ state }) =>
      state.kind !== 's3' ||
      state.kmsKeyAlias === undefined ||
      (/^[\w/-]{1,250}$/.test(state.kmsKeyAlias) && !state.kmsKeyAlias.startsWith('alias/')),
    rule: 'must be 1-250 letters, digits and / _ -, without alias/ in front, which is added',
    received: ({ state }) => (state.kind === 's3' ? state.kmsKeyAlias : undefined),
    remedy: 'use the name alone, for example terraform-state',
  },
  {
    id: 'environment-tags-leave-room',
    prop: 'tags',
    holds: (environment) => namesOf(environment).length <= MOST_TAGS,
    rule: `must be at most ${MOST_TAGS}: AWS takes 50 of a resource, and some are set already`,
    received: (environment) => namesOf(environment).length,
    remedy: 'drop those that nobody reads',
  },
  {
    id: 'environment-tags-are-allowed',
    prop: 'tags',
    holds: (environment) => refused(environment).length === 0,
    rule: 'must have keys of 1-128 and values of 0-256 letters, digits, spaces and _ . : / = + - @, no key starting with aws:',
    received: refused,
    remedy: 'rename it',
  },
  {
    id: 'environment-tags-are-its-own',
    prop: 'tags',
    holds: (environment) => taken(environment).length === 0,
    rule: `must have other keys than ${OWN_TAGS.join(', ')}, which every resource has already`,
    received: taken,
    remedy: 'drop it, or use a prefix of your own',
  },
  {
    id: 'environment-has-a-node-group',
    prop: 'cluster.nodeGroups',
    holds: ({ cluster }) => cluster.nodeGroups.length > 0,
    rule: 'must name at least one: DNS and controllers need nodes before anything can add some',
    received: ({ cluster }) => cluster.nodeGroups.map(({ name }) => name),
    remedy: 'declare a group without taints whose desired is 2 or more',
  },
];

/** Everything that is wrong with what an environment says of its stacks. */
export const inspectStacks = (path: string, environment: EnvironmentSpec): Finding[] =>
  inspect(path, environment, STACK_CHECKS);
