import { type Check, duplicates, type Finding, inspect, isDnsLabel } from '../../check';

/** A Helm chart of a platform: what its environments run, as templates, with a file of values for each environment. */
export interface ChartSpec {
  /**
   * Name of the chart and of its folder, a DNS label of at most 44 characters: `acgs-platform`. What workloads stand in is a
   * second chart, `acgs-platform-policies`: releases are named like their charts, and Helm allows a release 53 characters.
   */
  readonly name: string;
  /** What it is, in a sentence. */
  readonly description: string;
  /** Version of the chart itself, SemVer 2: raise it with what it renders, so that a registry of charts has both. */
  readonly version: string;
  /** Release of what it runs. @default - the tag that the images of all services share; `version` where they differ */
  readonly appVersion?: string;
  /** Whom its users ask. @default - nobody is named */
  readonly maintainers?: readonly ChartMaintainer[];
}

export interface ChartMaintainer {
  readonly name: string;
  /** Address to write to. @default - none */
  readonly email?: string;
}

/** What a chart is a chart of. */
export interface ChartedPlatform {
  readonly name: string;
  readonly chart?: ChartSpec;
  readonly environments: readonly {
    readonly name: string;
    readonly namespace: string;
    readonly services: readonly { readonly image: { readonly tag?: string } }[];
  }[];
}

/** Behind the name of a chart, for what workloads stand in. */
export const POLICIES_CHART = 'policies';

/** Releases are named like their charts: Helm allows 53 characters, and the second chart adds to the name. */
const LONGEST_NAME = 53 - `-${POLICIES_CHART}`.length;

const SEMVER =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

const tags = ({ environments }: ChartedPlatform): string[] => [
  ...new Set(environments.flatMap(({ services }) => services.flatMap(({ image: { tag } }) => (tag ? [tag] : [])))),
];

const namespaces = ({ environments }: ChartedPlatform): string[] => [
  ...new Set(environments.map(({ namespace }) => namespace)),
];

/** The release that a chart says it runs. */
export function appVersion(platform: ChartedPlatform): string {
  const [first, ...others] = tags(platform);
  const shared = others.length === 0 ? first : undefined;
  return platform.chart?.appVersion ?? shared ?? platform.chart?.version ?? '';
}

/** What is said of a chart, if there is one. */
const inChart =
  (holds: (chart: ChartSpec, platform: ChartedPlatform) => boolean) =>
  (platform: ChartedPlatform): boolean =>
    platform.chart === undefined || holds(platform.chart, platform);

export const CHART_CHECKS: readonly Check<ChartedPlatform>[] = [
  {
    id: 'chart-name-is-short-dns-label',
    prop: 'chart.name',
    holds: inChart(({ name }) => isDnsLabel(name) && /^[a-z]/.test(name) && name.length <= LONGEST_NAME),
    rule: `must be a DNS label of at most ${LONGEST_NAME} characters that starts with a letter`,
    received: ({ chart }) => chart?.name,
    remedy: ({ name }) => `use a name such as ${name}-platform`,
  },
  {
    id: 'chart-is-described',
    prop: 'chart.description',
    holds: inChart(({ description }) => description.trim() !== '' && !description.includes('\n')),
    rule: 'must be a line of text: lists of charts show nothing else',
    received: ({ chart }) => chart?.description,
    remedy: 'say what the platform is for',
  },
  {
    id: 'chart-version-is-semver',
    prop: 'chart.version',
    holds: inChart(({ version }) => SEMVER.test(version)),
    rule: 'must be a version of SemVer 2, without a leading v: Helm refuses the chart otherwise',
    received: ({ chart }) => chart?.version,
    remedy: 'use a version such as 1.0.0',
  },
  {
    id: 'chart-app-version-is-a-text',
    prop: 'chart.appVersion',
    holds: inChart((chart) => chart.appVersion === undefined || chart.appVersion.trim() !== ''),
    rule: 'must not be empty',
    received: ({ chart }) => chart?.appVersion,
    remedy: 'leave it out, or name the release that services make up together',
  },
  {
    id: 'chart-has-one-namespace',
    prop: 'chart',
    holds: inChart((_, platform) => namespaces(platform).length === 1),
    rule: 'must be of environments in one namespace: certificates, policies and identities say its name',
    received: namespaces,
    remedy: 'use one namespace in all environments, or leave out the chart',
  },
  {
    id: 'chart-maintainers-are-named',
    prop: 'chart.maintainers',
    holds: inChart(({ maintainers = [] }) => maintainers.every(({ name }) => name.trim() !== '')),
    rule: 'must each have a name: helm lint refuses the chart otherwise',
    received: ({ chart }) => (chart?.maintainers ?? []).map(({ name }) => name),
    remedy: 'name the team',
  },
];

/** Everything that is wrong with the chart of a platform. */
export const inspectChart = (platform: ChartedPlatform): Finding[] => inspect(platform.name, platform, CHART_CHECKS);

/** Names of charts that several platforms have: each would overwrite the other's. */
export const sharedCharts = (platforms: readonly ChartedPlatform[]): string[] =>
  duplicates(platforms.flatMap(({ chart }) => (chart ? [chart.name, `${chart.name}-${POLICIES_CHART}`] : [])));
