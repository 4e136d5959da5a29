import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, withDefaults } from '../../check';
import { UNIQUE_RULES } from '../../config/admission/unique-claim';
import { ADMISSION_MODES, type AdmissionMode, UNIQUE_CLAIMS, type UniqueClaim } from '../../model';
import { clusterScoped } from '../cluster-scoped';
import { type Labels, standardLabels } from '../labels';

/** What may be claimed once, and where. */
export interface UniqueConstraintProps {
  /** Name of the constraint (DNS label). */
  readonly name: string;
  /** What may be claimed once; its template is there. */
  readonly claim: UniqueClaim;
  /** Namespace in which objects are compared, not one of Kubernetes. */
  readonly namespace: string;
  /** What becomes of the second claim. @default 'deny' */
  readonly mode?: AdmissionMode;
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

type Plan = UniqueConstraintProps & Required<Pick<UniqueConstraintProps, 'mode' | 'labels'>>;

const planned = (props: UniqueConstraintProps): Plan => withDefaults({ mode: 'deny', labels: {} }, props);

const ACTIONS = { deny: 'deny', warn: 'warn', audit: 'dryrun' } as const satisfies Record<AdmissionMode, string>;

/** What is said about a constraint. */
export const UNIQUE_CONSTRAINT_CHECKS: readonly Check<Plan>[] = [
  {
    id: 'unique-constraint-is-named',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'name it after the platform',
  },
  {
    id: 'unique-constraint-claim-is-known',
    prop: 'claim',
    holds: ({ claim }) => UNIQUE_CLAIMS.includes(claim),
    rule: `must be one of ${UNIQUE_CLAIMS.join(', ')}`,
    remedy: 'others need a template of their own',
  },
  {
    id: 'unique-constraint-spares-kubernetes',
    prop: 'namespace',
    holds: ({ namespace }) => isDnsLabel(namespace) && namespace !== 'default' && !namespace.startsWith('kube-'),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens, not default and not kube-…',
    remedy: 'use the namespace of the workloads',
  },
  {
    id: 'unique-constraint-mode-is-known',
    prop: 'mode',
    holds: ({ mode }) => ADMISSION_MODES.includes(mode),
    rule: `must be one of ${ADMISSION_MODES.join(', ')}`,
    remedy: 'leave it out for deny',
  },
];

/**
 * Refuses the second object of a namespace that claims what another has. The first one stays, and may be changed as long as it
 * claims nothing new.
 *
 * @example
 * new UniqueConstraint(policies, 'Targets', { name: 'shop', claim: 'autoscaler-target', namespace: 'shop' });
 */
export class UniqueConstraint extends Construct {
  /** Findings about the props, with defaults applied; builds nothing. */
  static inspect(path: string, props: UniqueConstraintProps): Finding[] {
    return inspect(path, planned(props), UNIQUE_CONSTRAINT_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: UniqueConstraintProps) {
    super(scope, id);
    const { name, claim, namespace, mode, labels, partOf } = planned(props);
    enforce(this, UniqueConstraint.inspect(this.node.path, props));
    const {
      constraintKind,
      compared: { group, kind },
    } = UNIQUE_RULES[claim];
    clusterScoped(
      new ApiObject(this, 'Resource', {
        apiVersion: 'constraints.gatekeeper.sh/v1beta1',
        kind: constraintKind,
        metadata: { name, labels: { ...labels, ...standardLabels(name, 'admission', partOf) } },
        spec: {
          enforcementAction: ACTIONS[mode],
          match: { kinds: [{ apiGroups: [group], kinds: [kind] }], namespaces: [namespace] },
        },
      }),
    );
  }
}
