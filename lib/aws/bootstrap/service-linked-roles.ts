import { IamServiceLinkedRole } from '@cdktf/provider-aws/lib/iam-service-linked-role';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type Check, duplicates, enforce, type Finding, inspect, withDefaults } from '../../check';
import { LINKED_SERVICES, type LinkedService } from '../../model';

/** Roles of an account, and those that it has already. */
export interface ServiceLinkedRolesProps {
  /** Services that are used (distinct). @default - all of `LINKED_SERVICES` */
  readonly services?: readonly LinkedService[];
  /**
   * Services whose role exists already, made by a console or by first use, and is left alone: of a second one IAM says that
   * the name is taken. `aws iam list-roles --path-prefix /aws-service-role/` lists them. @default - none
   */
  readonly existing?: readonly LinkedService[];
}

type Plan = Required<ServiceLinkedRolesProps>;

const unknown = ({ services, existing }: Plan): string[] =>
  [...services, ...existing].filter((service) => !LINKED_SERVICES.includes(service));

/** What is asked of the services. */
export const SERVICE_LINKED_ROLE_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'service-linked-roles-are-known',
    prop: 'services',
    holds: (plan) => unknown(plan).length === 0,
    rule: `and existing must be some of ${LINKED_SERVICES.join(', ')}`,
    received: unknown,
    remedy: 'leave out what stands after the name of the service',
  },
  {
    id: 'service-linked-roles-are-distinct',
    prop: 'services',
    holds: ({ services }) => duplicates(services).length === 0,
    rule: 'must be distinct',
    received: ({ services }) => duplicates(services),
    remedy: 'name each once: an account has one role a service',
  },
];

const planned = (props: ServiceLinkedRolesProps): Plan =>
  withDefaults({ services: LINKED_SERVICES, existing: [] }, props);

/**
 * Roles that AWS services act with, made before first use: a key policy may name only roles that exist, and Auto Scaling
 * without its role cannot start a node.
 *
 * **Existing.** Of an account that is in use, name in `existing` what it has, or import it:
 * `terraform import <address> arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`.
 *
 * **Destroy.** IAM refuses while anything of the service still exists; destroy this stack last.
 *
 * @example
 * const roles = new ServiceLinkedRoles(stack, 'ServiceLinkedRoles', { existing: ['rds'] });
 */
export class ServiceLinkedRoles extends Construct {
  /** What is wrong with the services; makes nothing. */
  static inspect(path: string, props: ServiceLinkedRolesProps): Finding[] {
    return inspect<Plan>(path, planned(props), SERVICE_LINKED_ROLE_CHECKS);
  }

  /** Roles that are made here: what names one comes after it. */
  readonly roles: readonly ITerraformDependable[];

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: ServiceLinkedRolesProps = {}) {
    super(scope, id);
    const { services, existing } = planned(props);
    enforce(this, ServiceLinkedRoles.inspect(this.node.path, props));

    this.roles = services
      .filter((service) => !existing.includes(service))
      .map((service) => new IamServiceLinkedRole(this, service, { awsServiceName: `${service}.amazonaws.com` }));
  }
}
