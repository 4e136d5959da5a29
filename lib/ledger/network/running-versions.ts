import { CHARTS } from '../../catalog';
import type { Facts } from '../facts';
import { listAt, pointerTo, textAt } from '../members';
import type { Evidence } from '../rule';
import { installedCharts } from './charts';
import { minorOf } from './kubernetes-version';

/** Minors that a kubelet or kube-proxy may be behind: three, and two before 1.25. */
const BEHIND = 3;
const BEHIND_OF_OLD = 2;
const OLD = 25;

/** Something with a version of Kubernetes, and how far it may be from the cluster's. */
export interface Versioned {
  readonly subject: string;
  readonly what: string;
  readonly minor: number;
  readonly evidence: Evidence;
  /** Most minors behind and ahead of the cluster. */
  readonly behind: number;
  readonly ahead: number;
  readonly isStrict: boolean;
}

/** Most minors that a node may be behind. */
export const mostBehind = (minor: number): number => (minor < OLD ? BEHIND_OF_OLD : BEHIND);

/** Programs whose version is one of Kubernetes, by the last part of their image. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)cluster-autoscaler(?:-\w+)?:(v?1\.\d+[^@]*)/, 'cluster-autoscaler'],
  [/(?:^|\/)(?:[\w-]*kubectl|alpine\/k8s):(v?1\.\d+[^@]*)/, 'kubectl'],
  [/(?:^|\/)kube-proxy:(v?1\.\d+[^@]*)/, 'kube-proxy'],
];

const MINOR_OF_KUBECTL = 1;

/** How far each may be from the cluster. */
const rangeOf = (what: string, minor: number): Pick<Versioned, 'behind' | 'ahead' | 'isStrict'> => {
  if (what === 'kubectl') return { behind: MINOR_OF_KUBECTL, ahead: MINOR_OF_KUBECTL, isStrict: false };
  return what === 'kube-proxy'
    ? { behind: mostBehind(minor), ahead: 0, isStrict: true }
    : { behind: 0, ahead: 0, isStrict: false };
};

/** Versions of what runs in the cluster: by images, and by charts that are told an image or bring one. */
export const runningVersions = (facts: Facts): Versioned[] => [
  ...facts.workloads.flatMap((workload) =>
    ['initContainers', 'containers'].flatMap((list) =>
      listAt(workload.pod, list).flatMap((container, index): Versioned[] => {
        const image = textAt(container, 'image') ?? '';
        return PROGRAMS.flatMap(([pattern, what]) => {
          const minor = minorOf(pattern.exec(image)?.[1]);
          if (minor === undefined) return [];
          const evidence = workload.evidence(`${workload.podPointer}${pointerTo(list, index, 'image')}`);
          return [{ subject: `${workload.id}: ${what}`, what, minor, evidence, ...rangeOf(what, minor) }];
        });
      }),
    ),
  ),
  ...installedCharts(facts)
    .filter(({ chart }) => chart === 'cluster-autoscaler')
    .flatMap(({ chart, version, values, evidence }): Versioned[] => {
      const [, told] = /"?\btag"?:\s*"?(v?1\.\d+[\w.-]*)/.exec(values) ?? [];
      const known = CHARTS.facts['cluster-autoscaler'];
      const minor = minorOf(told ?? (version === known.version ? known.appVersion : undefined));
      return minor === undefined
        ? []
        : [{ subject: `chart ${chart}`, what: chart, minor, evidence, ...rangeOf(chart, minor) }];
    }),
];
