import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel, isWholeWithin } from '../../check';
import type { Percent } from '../../units';
import { standardLabels } from '../labels';

/** How many requests the sidecars of a namespace trace. */
export interface MeshTracingProps {
  /** Name of the object (DNS label); a namespace has one without a selector. */
  readonly name: string;
  /** What istiod calls the place that spans go to (DNS label). */
  readonly provider: string;
  /** Share of requests that come in without a decision (above 0 % to 100 %). */
  readonly sampling: Percent;
  /** Name of the application it belongs to. @default - none */
  readonly partOf?: string;
}

/** What is said about it. */
export const MESH_TRACING_CHECKS: readonly Check<MeshTracingProps>[] = [
  {
    id: 'mesh-tracing-names-are-dns-labels',
    prop: 'name',
    holds: ({ name, provider }) => isDnsLabel(name) && isDnsLabel(provider),
    rule: 'and provider must be DNS labels',
    received: ({ name, provider }) => [name, provider],
    remedy: 'use the name that istiod was given',
  },
  {
    id: 'mesh-tracing-samples-a-share',
    prop: 'sampling',
    holds: ({ sampling }) => isWholeWithin(sampling.inBasisPoints, 1, 10_000),
    rule: 'must be above 0 % and at most 100 %',
    remedy: 'use Percent.of(1)',
  },
];

/**
 * Has the sidecars of the chart's namespace trace a share of requests. Where a request comes with a decision, that of its
 * caller holds, so that a trace is whole or not there.
 *
 * @example
 * new MeshTracing(chart, 'Tracing', { name: 'tracing', provider: 'traces', sampling: Percent.of(1) });
 */
export class MeshTracing extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: MeshTracingProps): Finding[] {
    return inspect(path, props, MESH_TRACING_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: MeshTracingProps) {
    super(scope, id);
    const { name, provider, sampling, partOf } = props;
    enforce(this, MeshTracing.inspect(this.node.path, props));

    // Source: istio/api telemetry/v1, telemetry.proto (2026-07).
    new ApiObject(this, 'Resource', {
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { name, labels: standardLabels(name, 'mesh-tracing', partOf) },
      spec: {
        tracing: [{ providers: [{ name: provider }], randomSamplingPercentage: sampling.inBasisPoints / 100 }],
      },
    });
  }
}
