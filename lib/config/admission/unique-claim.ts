import type { UniqueClaim } from '../../model';

/** A rule between objects of one kind, as Gatekeeper evaluates it. */
export interface UniqueRule {
  /** Kind of the constraints: the template makes it. */
  readonly constraintKind: string;
  /** Objects that are compared, as Gatekeeper keeps them at hand. */
  readonly compared: { readonly group: string; readonly version: string; readonly kind: string };
  /** What is said in Rego (version 1). */
  readonly rego: string;
}

/** The objects of the same kind and namespace but for the one that is reviewed, whatever version they are written in. */
const OTHERS = (kind: string): string[] => [
  'other_names contains name if {',
  '  some name, _ in object_set',
  '  name != input.review.object.metadata.name',
  '}',
  '',
  'object_set[name] := found if {',
  `  some version, name`,
  `  found := data.inventory.namespace[input.review.object.metadata.namespace][version]["${kind}"][name]`,
  `  startswith(version, input.review.kind.group)`,
  '}',
];

const rego = (pack: string, ...lines: readonly string[]): string => `${[`package ${pack}`, '', ...lines].join('\n')}\n`;

/** Rules by what may be claimed once. */
export const UNIQUE_RULES: Readonly<Record<UniqueClaim, UniqueRule>> = {
  'autoscaler-target': {
    constraintKind: 'UniqueAutoscalerTarget',
    compared: { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' },
    rego: rego(
      'uniqueautoscalertarget',
      '# The group alone counts: versions of one API name the same workload.',
      'group(ref) := split(ref.apiVersion, "/")[0] if contains(object.get(ref, "apiVersion", ""), "/")',
      '',
      'group(ref) := "" if not contains(object.get(ref, "apiVersion", ""), "/")',
      '',
      'target(autoscaler) := [group(ref), ref.kind, ref.name] if ref := autoscaler.spec.scaleTargetRef',
      '',
      'violation contains {"msg": msg} if {',
      '  some name in other_names',
      '  target(object_set[name]) == target(input.review.object)',
      '  ref := input.review.object.spec.scaleTargetRef',
      '  msg := sprintf("%v %v is moved by %v already: two autoscalers would undo one another", [ref.kind, ref.name, name])',
      '}',
      '',
      ...OTHERS('HorizontalPodAutoscaler'),
    ),
  },
  'ingress-host': {
    constraintKind: 'UniqueIngressHost',
    compared: { group: 'networking.k8s.io', version: 'v1', kind: 'Ingress' },
    rego: rego(
      'uniqueingresshost',
      '# Paths of one host may lie in several Ingresses only if no path is claimed twice.',
      'claims(ingress) := {[host, path] |',
      '  some rule in ingress.spec.rules',
      '  host := object.get(rule, "host", "")',
      '  some entry in rule.http.paths',
      '  path := object.get(entry, "path", "/")',
      '}',
      '',
      'violation contains {"msg": msg} if {',
      '  some name in other_names',
      '  some claim in claims(object_set[name]) & claims(input.review.object)',
      '  msg := sprintf("%v%v is served by %v already: either would get the other\'s requests", [claim[0], claim[1], name])',
      '}',
      '',
      ...OTHERS('Ingress'),
    ),
  },
};
