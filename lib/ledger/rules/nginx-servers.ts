import { configuredTexts } from '../configured';
import type { Facts, Workload } from '../facts';
import { onceFor } from '../once-for';
import { autoscalersByTarget, boundsOf } from '../pack/demand';
import type { Evidence } from '../rule';
import { type Directive, directivesNamed, nginxDirectives } from '../texts/nginx-conf';
import { podsMounting } from './behind';

/** nginx in a workload, with what it is told. */
export interface NginxServer {
  readonly workload: Workload;
  /** Fewest pods of it. */
  readonly floor: number;
  /** Directives of that name at any depth. */
  readonly all: (name: string) => readonly Directive[];
  /** First word of the first directive of that name. */
  readonly first: (name: string) => string | undefined;
  readonly evidence: Evidence;
}

/** Every nginx whose main configuration is a ConfigMap that some pods mount. */
export const nginxServers = onceFor(readServers);

function readServers(facts: Facts): NginxServer[] {
  const scalers = autoscalersByTarget(facts);
  const mounting = podsMounting(facts);
  return configuredTexts(facts.objects).flatMap(({ object, text, evidence }) => {
    if (!/\bevents\s*\{/.test(text)) return [];
    const directives = nginxDirectives(text);
    if (directives === undefined) return [];
    const all = (name: string) => directivesNamed(directives, name);
    const first = (name: string) => all(name)[0]?.words[0];
    return mounting(object).map((workload) => {
      const { floor } = boundsOf(scalers, workload);
      return { workload, floor, all, first, evidence };
    });
  });
}
