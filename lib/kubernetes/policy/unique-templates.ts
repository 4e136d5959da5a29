import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect } from '../../check';
import { UNIQUE_RULES } from '../../config/admission/unique-claim';
import { UNIQUE_CLAIMS, type UniqueClaim } from '../../model';
import { clusterScoped } from '../cluster-scoped';
import { type Labels, standardLabels } from '../labels';

/** What is to be comparable. */
export interface UniqueTemplatesProps {
  /** Claims that constraints may be made about (at least one, each once). */
  readonly unique: readonly UniqueClaim[];
  /** Labels beside the standard ones. @default - none */
  readonly labels?: Labels;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** What is said about templates. */
export const UNIQUE_TEMPLATES_CHECKS: readonly Check<UniqueTemplatesProps>[] = [
  {
    id: 'unique-templates-name-claims',
    prop: 'unique',
    holds: ({ unique }) =>
      unique.length > 0 &&
      new Set(unique).size === unique.length &&
      unique.every((claim) => UNIQUE_CLAIMS.includes(claim)),
    rule: `must be at least one of ${UNIQUE_CLAIMS.join(', ')}, each once`,
    remedy: 'leave templates out if nothing is to be unique',
  },
];

/** What we emit of a ConstraintTemplate. Source: open-policy-agent/gatekeeper v3.23.0, charts/gatekeeper/crds. */
interface TemplateSpec {
  readonly crd: { readonly spec: { readonly names: { readonly kind: string } } };
  readonly targets: readonly {
    readonly target: 'admission.k8s.gatekeeper.sh';
    readonly code: readonly {
      readonly engine: 'Rego';
      readonly source: { readonly version: 'v1'; readonly rego: string };
    }[];
  }[];
}

/**
 * Kinds of constraints that compare an object with the others of its kind, and what Gatekeeper keeps at hand for it. Each
 * template makes a kind, so that constraints are applied after it.
 *
 * @example
 * new UniqueTemplates(controllers, 'Templates', { unique: ['autoscaler-target'] });
 */
export class UniqueTemplates extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: UniqueTemplatesProps): Finding[] {
    return inspect(path, props, UNIQUE_TEMPLATES_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: UniqueTemplatesProps) {
    super(scope, id);
    enforce(this, UniqueTemplates.inspect(this.node.path, props));
    for (const claim of props.unique) this.template(claim, props);
    this.object('Compared', {
      apiVersion: 'syncset.gatekeeper.sh/v1alpha1',
      kind: 'SyncSet',
      metadata: { name: 'unique-claims', labels: this.labels('unique-claims', props) },
      spec: { gvks: props.unique.map((claim) => UNIQUE_RULES[claim].compared) },
    });
  }

  private template(claim: UniqueClaim, props: UniqueTemplatesProps): void {
    const { constraintKind: kind, rego } = UNIQUE_RULES[claim];
    const name = kind.toLowerCase();
    const spec: TemplateSpec = {
      crd: { spec: { names: { kind } } },
      targets: [
        {
          target: 'admission.k8s.gatekeeper.sh',
          code: [{ engine: 'Rego', source: { version: 'v1', rego } }],
        },
      ],
    };
    this.object(claim, {
      apiVersion: 'templates.gatekeeper.sh/v1',
      kind: 'ConstraintTemplate',
      metadata: { name, labels: this.labels(name, props) },
      spec,
    });
  }

  private labels(name: string, { labels, partOf }: UniqueTemplatesProps): Labels {
    return { ...labels, ...standardLabels(name, 'admission', partOf) };
  }

  private object(id: string, props: ConstructorParameters<typeof ApiObject>[2]): void {
    clusterScoped(new ApiObject(this, id, props));
  }
}
