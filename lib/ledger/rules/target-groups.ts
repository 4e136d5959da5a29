import type { Facts } from '../facts';
import { textAt } from '../members';
import { onceFor } from '../once-for';
import type { TerraformBlock } from '../source';
import { grouped } from './behind';

/** Target groups of Terraform, and the application load balancers that send to them. */
export interface TargetGroups {
  readonly named: (name: string) => TerraformBlock | undefined;
  /** The load balancer whose listeners or rules forward to a group; the only one of its stack otherwise. */
  readonly balancerOf: (group: TerraformBlock) => TerraformBlock | undefined;
}

const addressOf = ({ stack, type, name }: TerraformBlock): string => `${stack} ${type}.${name}`;

/** Addresses of everything that a block refers to, in its own stack. */
const referencesOf = ({ stack, value }: TerraformBlock): string[] =>
  [...JSON.stringify(value).matchAll(/\b(aws_\w+\.[\w-]+)\./g)].map(([, address]) => `${stack} ${address}`);

/** Looks everything up once, so that finding one group does not take longer where there are many. */
export const targetGroups = onceFor(readTargetGroups);

function readTargetGroups({ blocks }: Facts): TargetGroups {
  const resources = blocks.filter(({ mode }) => mode === 'resource');
  const groups = grouped(
    resources.filter(({ type }) => type === 'aws_lb_target_group'),
    ({ value }) => [textAt(value, 'name') ?? ''],
  );
  const balancers = resources.filter(
    ({ type, value }) => type === 'aws_lb' && (textAt(value, 'load_balancer_type') ?? 'application') === 'application',
  );
  const byAddress = grouped(balancers, (balancer) => [addressOf(balancer)]);
  const byStack = grouped(balancers, ({ stack }) => [stack]);
  const listeners = grouped(
    resources.filter(({ type }) => type === 'aws_lb_listener'),
    (listener) => [addressOf(listener)],
  );
  const forwarding = grouped(
    resources.filter(({ type }) => type === 'aws_lb_listener' || type === 'aws_lb_listener_rule'),
    referencesOf,
  );
  const named = (name: string): TerraformBlock | undefined => groups.get(name)?.[0];
  const balancerOf = (group: TerraformBlock): TerraformBlock | undefined => {
    const direct = forwarding.get(addressOf(group)) ?? [];
    const ofRules = direct.flatMap(referencesOf).flatMap((address) => listeners.get(address) ?? []);
    const [found] = [...direct, ...ofRules].flatMap(referencesOf).flatMap((address) => byAddress.get(address) ?? []);
    const [only, ...others] = byStack.get(group.stack) ?? [];
    return found ?? (others.length === 0 ? only : undefined);
  };
  return { named, balancerOf };
}
