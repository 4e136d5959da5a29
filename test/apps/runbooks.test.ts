import { posix } from 'node:path';
import { PLATFORMS } from '../../apps';
import { documents } from '../../lib/platform/documents';
import type { Manifest } from '../support/manifests';
import { output } from '../support/output';
import { ENVIRONMENTS, stacksOf } from '../support/platforms';
import { anchorOf, linksOf, type RunbookCommand, runbookCommands } from '../support/runbooks';
import { type Block, resources } from '../support/terraform';

const written = output(...PLATFORMS);
const files = documents(PLATFORMS);
const runbooks = files.get('runbooks') ?? new Map<string, string>();

/** Runbooks about what runs; those of losses, versions and alerts are held to the output elsewhere. */
const NAMES = ['rollback', 'traffic-spike', 'maintenance', 'failover', 'compliance', 'troubleshooting'];

const own = (environment: string): (readonly [string, string])[] =>
  NAMES.flatMap((name) => {
    const text = runbooks.get(`${environment}/${name}.md`);
    return text === undefined ? [] : [[`${name}.md`, text] as const];
  });

/** Objects that charts bring, and kinds of commands that name nothing. */
const OF_CHARTS = [
  'argocd statefulset/argocd-application-controller',
  'kube-system configmap/cluster-autoscaler-status',
];

const KINDS: Readonly<Record<string, string>> = {
  cronjob: 'CronJob',
  deployment: 'Deployment',
  hpa: 'HorizontalPodAutoscaler',
  resourcequota: 'ResourceQuota',
  'rollouts.argoproj.io': 'Rollout',
  'scaledobjects.keda.sh': 'ScaledObject',
  service: 'Service',
};

const option = (words: readonly string[], name: string): string | undefined => {
  const at = words.findIndex((word) => word === name || word.startsWith(`${name}=`));
  if (at < 0) return undefined;
  return words[at]?.startsWith(`${name}=`) ? words[at]?.slice(name.length + 1) : words[at + 1];
};

const templates = (objects: readonly Manifest[]): Manifest[] =>
  objects.flatMap(({ kind, spec }) => {
    if (kind === 'CronJob') return [spec.jobTemplate.spec.template];
    return spec?.template?.metadata === undefined ? [] : [spec.template];
  });

const selected = (objects: readonly Manifest[], selector: string): Manifest[] => {
  const wanted = selector.split(',').map((pair) => pair.split('='));
  return templates(objects).filter(({ metadata }) =>
    wanted.every(([key = '', value]) => metadata.labels?.[key] === value),
  );
};

const containersOf = (template: Manifest): string[] => [
  ...template.spec.containers.map(({ name }: Block) => name),
  ...(template.metadata.labels?.['sidecar.istio.io/inject'] === 'true' ? ['istio-proxy'] : []),
];

const isFile = (path: string): boolean => {
  const [, kind = '', ...rest] = path.split('/');
  const below = rest.join('/');
  if (kind === 'kubernetes')
    return written.kubernetes[below] !== undefined || written.kubernetes[`${below}/kustomization.yaml`] !== undefined;
  const tree = files.get(kind) ?? new Map();
  return tree.has(below) || [...tree.keys()].some((name) => name.startsWith(`${below}/`));
};

/** What an environment is, as somebody would see it who asked the cluster and AWS. */
const environments = ENVIRONMENTS.map((environment) => {
  const stacks = stacksOf(written, environment).map(written.stack);
  return {
    environment,
    objects: written.objects(environment),
    all: (type: string): Block[] => stacks.flatMap((stack) => resources(stack, type)),
    region: stacks[0]?.provider.aws[0].region as string,
    texts: own(environment),
  };
});
type Environment = (typeof environments)[number];

/** What a command of kubectl names that is not there. */
function unknownOfKubectl({ objects, all }: Environment, { words }: RunbookCommand, jobs: readonly string[]): string[] {
  const namespace = option(words, '--namespace');
  const inNamespace = objects.filter(({ metadata }) => (metadata.namespace ?? namespace) === namespace);
  const has = (kind: string, name: string) =>
    inNamespace.some((object) => object.kind === kind && object.metadata.name === name);
  const text = words.join(' ');
  const faults: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) faults.push(`${what}: ${text}`);
  };
  const pod = (name: string) => {
    const [, set = '', ordinal = ''] = /^(.*)-(\d+)$/.exec(name) ?? [];
    const [found] = inNamespace.filter(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === set);
    must(found !== undefined && Number(ordinal) < found.spec.replicas, `no pod ${name}`);
    return found?.spec.template as Manifest | undefined;
  };

  if (namespace !== undefined && !['argocd', 'kube-system'].includes(namespace)) {
    must(
      objects.some(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace),
      'no such namespace',
    );
  }
  if (words[1] === 'argo') {
    const name = words[3] === 'get' ? words[5] : words[4];
    must(['get', 'abort', 'undo', 'status'].includes(words[3] ?? ''), 'no such command');
    must(has('Rollout', name ?? ''), 'no such Rollout');
    return faults;
  }
  for (const word of words) {
    const [, kind = '', name = ''] = /^(?:--from=)?([a-z.]+)\/([a-z0-9-]+)$/.exec(word) ?? [];
    if (name === '' || word.startsWith('dist/')) continue;
    if (OF_CHARTS.includes(`${namespace} ${kind}/${name}`)) continue;
    if (kind === 'pod') pod(name);
    else if (kind === 'job') must(jobs.includes(name), 'no such Job');
    else must(has(KINDS[kind] ?? `unknown kind ${kind}`, name), `no ${kind}/${name}`);
  }
  const verb = words.findIndex((word) => ['exec', 'delete'].includes(word));
  const template =
    words[verb] === 'exec' && !words[verb + 1]?.startsWith('job/')
      ? pod(words[verb + 1] ?? '')
      : words[verb] === 'delete' && words[verb + 1] === 'pod'
        ? pod(words[verb + 2] ?? '')
        : undefined;
  const selector = option(words, '--selector');
  const container = option(words, '--container');
  if (selector !== undefined && words.includes('nodes')) {
    const [key = '', value] = selector.split('=');
    must(
      all('aws_eks_node_group').some(({ labels }) => labels?.[key] === value),
      'no such nodes',
    );
  } else if (selector?.startsWith('job-name=')) {
    must(jobs.includes(selector.slice('job-name='.length)), 'no such Job');
  } else if (selector !== undefined) {
    const found = selected(inNamespace, selector);
    must(found.length > 0, 'nobody is selected');
    if (container !== undefined)
      must(
        found.every((one) => containersOf(one).includes(container)),
        'no such container',
      );
  } else if (template !== undefined && container !== undefined) {
    must(containersOf(template).includes(container), 'no such container');
  }
  return faults;
}

/** Numbers that a minimum is set to, outside of the autoscaler's bounds. */
function outside({ objects }: Environment, { words }: RunbookCommand): string[] {
  const [, name = ''] = /^hpa\/(.*)$/.exec(words.find((word) => word.startsWith('hpa/')) ?? '') ?? [];
  const patch = option(words, '--patch');
  if (patch === undefined) return [];
  const [hpa] = objects.filter(({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === name);
  const { minReplicas } = JSON.parse(patch).spec;
  return minReplicas >= 1 && minReplicas <= hpa?.spec.maxReplicas ? [] : [words.join(' ')];
}

/** What a command of AWS names that is not there. */
function unknownOfAws({ all, region }: Environment, { words }: RunbookCommand): string[] {
  const names: Readonly<Record<string, readonly string[]>> = {
    '--db-instance-identifier': all('aws_db_instance').map(({ identifier }) => identifier),
    '--replication-group-id': all('aws_elasticache_replication_group').map((group) => group.replication_group_id),
    '--name': all('aws_eks_cluster').map(({ name }) => name),
    '--region': [region],
  };
  const wrong = Object.entries(names).flatMap(([name, known]) => {
    const value = option(words, name);
    return value === undefined || known.includes(value) ? [] : [`${name} ${value}: ${words.join(' ')}`];
  });
  const prefix = option(words, '--alarm-name-prefix');
  const alarms = all('aws_cloudwatch_metric_alarm').map((alarm) => String(alarm.alarm_name));
  const tag = /^Name=tag:Name,Values=(.*)$/.exec(option(words, '--filters') ?? '')?.[1];
  const hosts = all('aws_instance').map(({ tags }) => tags.Name);
  return [
    ...wrong,
    ...(option(words, '--region') === undefined ? [`no region: ${words.join(' ')}`] : []),
    ...(prefix === undefined || alarms.some((name) => name.startsWith(prefix)) ? [] : [`no alarm ${prefix}`]),
    ...(tag === undefined || hosts.includes(tag) ? [] : [`no instance ${tag}`]),
  ];
}

describe.each(environments.map((one) => [one.environment, one] as const))('runbooks of %s', (environment, subject) => {
  const commands = subject.texts.flatMap(([file, text]) => runbookCommands(file, text));
  const of = (program: string) => commands.filter(({ words }) => words[0] === program);
  const jobs = of('kubectl').flatMap(({ words }) =>
    words[3] === 'create' && words[4] === 'job' ? [words[5] ?? ''] : [],
  );

  test('name only objects that are in its manifests', () => {
    expect(of('kubectl').length).toBeGreaterThan(30);
    expect(of('kubectl').flatMap((command) => unknownOfKubectl(subject, command, jobs))).toEqual([]);
  });

  test('ask autoscalers for nothing beyond their bounds', () => {
    const patches = of('kubectl').filter(({ words }) => words.includes('patch'));
    expect(patches.length).toBeGreaterThan(0);
    expect(patches.flatMap((command) => outside(subject, command))).toEqual([]);
  });

  test('name only what is in its stacks, in its region', () => {
    expect(of('aws').flatMap((command) => unknownOfAws(subject, command))).toEqual([]);
  });

  test('name only files that are written', () => {
    const paths = commands.flatMap(({ words }) => words.filter((word) => word.startsWith('dist/')));
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !isFile(path))).toEqual([]);
  });

  test('forward ports that pods listen on', () => {
    const listened = subject.objects.flatMap(({ kind, spec }) =>
      kind === 'Service'
        ? (spec.ports ?? []).map(({ port }: Block) => port)
        : templates([{ kind, spec } as Manifest]).flatMap((template) =>
            template.spec.containers.flatMap(({ ports = [] }: Block) => ports.map((port: Block) => port.containerPort)),
          ),
    );
    const forwarded = of('kubectl').flatMap(({ words }) =>
      words.includes('port-forward') ? [words.at(-1) ?? ''] : [],
    );
    expect(forwarded.length).toBeGreaterThan(0);
    expect(forwarded.filter((ports) => !listened.includes(Number(ports.split(':')[1])))).toEqual([]);
  });

  test('lead only to runbooks and sections that are written', () => {
    const broken = [...runbooks]
      .filter(([path]) => posix.dirname(path) === environment)
      .flatMap(([path, text]) =>
        linksOf(text).flatMap((link) => {
          const target = link.path === '' ? path : posix.join(posix.dirname(path), link.path);
          const headings = [...(runbooks.get(target)?.matchAll(/^#+ (.*)$/gm) ?? [])].map(([, heading = '']) =>
            anchorOf(heading),
          );
          const isThere = runbooks.has(target) && (link.anchor === '' || headings.includes(link.anchor));
          return isThere ? [] : [`${path}: ${link.path}#${link.anchor}`];
        }),
      );
    expect(broken).toEqual([]);
  });

  test('start with a program, and leave nothing undefined', () => {
    const programs = new Set(commands.map(({ words }) => words[0]?.replace(/=.*$/, '=')));
    expect([...programs].sort()).toEqual(expect.arrayContaining(['curl', 'kubectl', 'sleep']));
    for (const [, text] of subject.texts) expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object/);
  });
});

test('each environment has the runbooks that it has something to say in', () => {
  const all = [
    'rollback.md',
    'traffic-spike.md',
    'maintenance.md',
    'failover.md',
    'compliance.md',
    'troubleshooting.md',
  ];
  const without = (...names: string[]) => all.filter((name) => !names.includes(name));
  expect(
    Object.fromEntries(environments.map(({ environment, texts }) => [environment, texts.map(([name]) => name)])),
  ).toEqual({
    'acgs/development': all,
    'acgs/staging': all,
    'acgs/production': all,
    'acgs/production-dr': all,
    'alfred/development': without('compliance.md', 'failover.md'),
    'alfred/production': without('compliance.md'),
    'alfred/production-us-east-1': without('compliance.md'),
    'alfred/production-eu-central-1': without('compliance.md'),
  });
});

test('a flood of users gets ten and eight agents, by the autoscaler and not past it', () => {
  const text = runbooks.get('alfred/production/traffic-spike.md') ?? '';
  const patches = runbookCommands('traffic-spike.md', text).flatMap(({ words }) =>
    words.includes('patch') ? [[words[4], option(words, '--patch')]] : [],
  );
  expect(patches).toEqual([
    ['hpa/agent-core-hpa', '{"spec":{"minReplicas":10}}'],
    ['hpa/agent-rag-hpa', '{"spec":{"minReplicas":8}}'],
    ['hpa/agent-core-hpa', '{"spec":{"minReplicas":2}}'],
    ['hpa/agent-rag-hpa', '{"spec":{"minReplicas":2}}'],
  ]);
  // 10 and 8 agents and one of each other, of 1 CPU; two gateways at least
  expect(text).toMatch(/\| agents \(2-10 of m5\.2xlarge\) \| 2[1-3](\d{3}m)? CPU, 4\dGi \|/);
  for (const [, one] of environments.flatMap(({ texts }) => texts))
    expect(one).not.toMatch(/scale (deployment|rollout)/);
});

test('alerts go on to the commands that answer them', () => {
  const text = runbooks.get('acgs/production/alerts.md') ?? '';
  const chapter = (alert: string) => text.split(`## ${alert}\n`)[1]?.split('\n## ')[0] ?? '';
  expect(chapter('ConstitutionalComplianceViolation')).toContain('Commands: [compliance.md#when-it-rings]');
  expect(chapter('ScalingRequired')).toContain('Commands: [traffic-spike.md#more-pods-at-once]');
  expect(chapter('PodsPending')).toContain('Commands: [troubleshooting.md#why-they-wait]');
  expect(runbooks.get('alfred/production/alerts.md')).not.toContain('compliance.md');
});
