import { Construct } from 'constructs';
import { type Check, enforce, type Finding, inspect, isDnsLabel } from '../../check';
import { DASHBOARD_LABEL, DASHBOARD_ROLE } from '../gitops/values/grafana';
import { KubeConfigMap, KubeRole } from '../k8s';
import { standardLabels } from '../labels';

/** What Grafana shows. */
export interface DashboardsProps {
  /** What names of the objects start with (DNS label of at most 20 characters): the platform's. */
  readonly name: string;
  /** Namespace of Grafana (DNS label). */
  readonly namespace: string;
  /** Dashboards as Grafana imports them, by their files: `<uid>.json`. */
  readonly files: ReadonlyMap<string, string>;
}

/** The most that a ConfigMap takes. Source: kubernetes/api core/v1, types.go: its data must be less than `MaxSecretSize`. */
const MOST_BYTES = 2 ** 20;

const isFile = (file: string): boolean => /^[a-z0-9][a-z0-9-]{0,38}\.json$/.test(file);

const tooLarge = ({ files }: DashboardsProps): string[] =>
  [...files].filter(([, text]) => Buffer.byteLength(text) >= MOST_BYTES).map(([file]) => file);

/** What is said about names and sizes. */
export const DASHBOARDS_CHECKS: readonly Check<DashboardsProps>[] = [
  {
    id: 'dashboards-name-is-a-short-dns-label',
    prop: 'name',
    holds: ({ name, namespace }) => isDnsLabel(name) && name.length <= 20 && isDnsLabel(namespace),
    rule: 'must be 1-20 of a-z, 0-9 and inner hyphens, and its namespace a DNS label',
    received: ({ name, namespace }) => [name, namespace],
    remedy: "use the platform's name",
  },
  {
    id: 'dashboards-files-are-named',
    prop: 'files',
    holds: ({ files }) => [...files.keys()].every(isFile),
    rule: 'must be named by 1-39 of a-z, 0-9 and hyphens, and end with .json',
    received: ({ files }) => [...files.keys()].filter((file) => !isFile(file)),
    remedy: 'use the uid of the dashboard',
  },
  {
    id: 'dashboards-fit-a-config-map',
    prop: 'files',
    holds: (props) => tooLarge(props).length === 0,
    rule: 'must each be smaller than 1 MiB, the most that a ConfigMap takes',
    received: tooLarge,
    remedy: 'split the dashboard',
  },
];

/**
 * Dashboards as ConfigMaps, each file in one of its own, which a helper beside Grafana finds by their label and no other right
 * than to read ConfigMaps. What is shown is the file to the letter.
 *
 * @example
 * new Dashboards(chart, 'Dashboards', { name: 'shop', namespace: 'monitoring', files: environmentDashboards('shop', production) });
 */
export class Dashboards extends Construct {
  /** Findings about the props; builds nothing. */
  static inspect(path: string, props: DashboardsProps): Finding[] {
    return inspect(path, props, DASHBOARDS_CHECKS);
  }

  /** @throws InvalidPropsError listing every error that `inspect` finds. */
  constructor(scope: Construct, id: string, props: DashboardsProps) {
    super(scope, id);
    enforce(this, Dashboards.inspect(this.node.path, props));

    const { name, namespace, files } = props;
    new KubeRole(this, 'Resource', {
      metadata: { name: DASHBOARD_ROLE, namespace, labels: standardLabels(DASHBOARD_ROLE, 'dashboards', name) },
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
    });
    for (const [file, text] of files) {
      const object = `${name}-${file.replace(/\.json$/, '')}`;
      new KubeConfigMap(this, file, {
        metadata: {
          name: object,
          namespace,
          labels: { ...standardLabels(object, 'dashboards', name), [DASHBOARD_LABEL.name]: DASHBOARD_LABEL.value },
        },
        data: { [file]: text },
      });
    }
  }
}
