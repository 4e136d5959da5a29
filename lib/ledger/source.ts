/** What YAML and JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** Where something was read: a file, and a line of it that an editor can go to. */
export interface Place {
  /** Path as it was given, or as it will be written. */
  readonly file: string;
  /** From 1. Undefined for what was never text. */
  readonly line?: number;
}

/** An object of Kubernetes as it would be applied. */
export interface KubernetesObject {
  readonly side: 'kubernetes';
  /** `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Undefined where none is written: the object belongs to none, or to the one it is applied in. */
  readonly namespace: string | undefined;
  readonly value: { readonly [member: string]: Json };
  /** Where a member is written; that of the nearest member above where it is not. Pointer as in RFC 6901: `/spec/replicas`. */
  readonly at: (pointer: string) => Place;
}

/**
 * A resource or data source of Terraform as its configuration, its plan or its state has it. Outputs and providers too, as
 * blocks of type `output` and `provider`: what one stack hands to another, and the region it is in.
 */
export interface TerraformBlock {
  readonly side: 'terraform';
  /** Stack or module that it belongs to: `acgs-production-cluster`. Addresses are unique within one. */
  readonly stack: string;
  readonly mode: 'resource' | 'data' | 'output' | 'provider';
  /** `aws_eks_node_group`. */
  readonly type: string;
  readonly name: string;
  readonly value: { readonly [member: string]: Json };
  readonly at: (pointer: string) => Place;
}

/** Something that was read and is not understood, which a report names so that nobody takes silence for a pass. */
export interface Skipped {
  readonly place: Place;
  /** `Widget.example.com shop/one`, `google_sql_database_instance.main`. */
  readonly what: string;
  readonly why: string;
  /**
   * View of facts that lacks it. A rule that adds up what a view has cannot be sure of its sum then: where the missing part
   * could turn its verdict, it says `not-evaluated`, with this as what it needs.
   */
  readonly view?: 'workloads' | 'autoscalers' | 'verticals' | 'budgets' | 'nodeGroups' | 'databases' | 'assumptions';
  /** Whether text was given that cannot be read at all (no YAML, no JSON, a template), so that nothing is known of what it holds. */
  readonly unreadable?: true;
}

/** All that a check is given. */
export interface Sources {
  readonly kubernetes: readonly KubernetesObject[];
  readonly terraform: readonly TerraformBlock[];
  readonly skipped: readonly Skipped[];
}

/** `Deployment acgs/auth-service`: how findings and reports name an object. */
export const objectName = ({ kind, namespace, name }: KubernetesObject): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;

/** `aws_eks_node_group.general in acgs-production-cluster`. */
export const blockName = ({ stack, mode, type, name }: TerraformBlock): string =>
  `${mode === 'data' ? 'data.' : ''}${type}.${name}${stack === '' ? '' : ` in ${stack}`}`;
