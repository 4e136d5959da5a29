import type { Facts } from '../facts';
import { pointerTo, textsAt } from '../members';
import { podTemplateOf } from '../pod-template';
import type { Evidence } from '../rule';
import type { Json } from '../source';
import { chartsNamed } from './chart-values';
import { runsImage } from './images';

/** What a Cluster Autoscaler may grow a cluster to. */
export interface AutoscalerLimits {
  readonly subject: string;
  /** As they are written: `45`, `0:320`. */
  readonly of: (flag: LimitFlag) => { readonly written: string; readonly evidence: Evidence } | undefined;
}

export const LIMIT_FLAGS = ['max-nodes-total', 'cores-total', 'memory-total'] as const;
export type LimitFlag = (typeof LIMIT_FLAGS)[number];

const IMAGE = /(^|\/)cluster-autoscaler([:@-]|$)/;

/** Limits of every Cluster Autoscaler: by the arguments of its container, or by the values of its chart. */
export const autoscalerLimits = (facts: Facts): AutoscalerLimits[] => [...inPods(facts), ...inCharts(facts)];

const inPods = ({ workloads }: Facts): AutoscalerLimits[] =>
  workloads
    .filter((workload) => runsImage(workload, IMAGE))
    .flatMap((workload) =>
      (podTemplateOf(workload.object)?.containers ?? [])
        .filter(({ value }) => IMAGE.test(String(value.image ?? '')))
        .map(({ value, pointer }) => ({
          subject: workload.id,
          of: (flag) => {
            for (const member of ['args', 'command']) {
              const words = textsAt(value, member);
              const index = words.findIndex((word) => word.startsWith(`--${flag}=`) || word === `--${flag}`);
              if (index < 0) continue;
              const written = words[index]?.includes('=') ? words[index]?.split('=')[1] : words[index + 1];
              return { written: written ?? '', evidence: workload.evidence(`${pointer}${pointerTo(member, index)}`) };
            }
            return undefined;
          },
        })),
    );

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const inCharts = (facts: Facts): AutoscalerLimits[] =>
  chartsNamed(facts, (chart) => chart === 'cluster-autoscaler').map(({ subject, get, evidence }) => ({
    subject,
    of: (flag) => {
      const written = text(get('extraArgs', flag));
      return written === undefined ? undefined : { written, evidence: evidence('extraArgs', flag) };
    },
  }));
