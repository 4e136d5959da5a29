import { recoverySection } from '../recovery/recovery-step';
import { inGit, type RollbackRunbookProps, tables } from './rollback-in-git';
import { everyPodReady, holdArgo, kubectl, rollouts, selector, workloadReference } from './runbook-commands';
import { opening, type RunbookWorkload, table } from './runbook-props';

const RELEASES: Readonly<Record<RunbookWorkload['release'], string>> = {
  rolling: 'pods are replaced a few at a time',
  canary: 'canary: a share of users, then more',
  'blue-green': 'blue-green: all users at once',
};

function wayBack({ release, back }: RunbookWorkload): string {
  if (back === undefined) return 'undo: pods are replaced again, a few at a time';
  const kept = release === 'blue-green' ? `; within ${back.keptFor} the old pods still run, and it is a switch` : '';
  return `abort until it is done; then undo, by at most ${back.revisions} versions without tests and pauses${kept}`;
}

const released = ({ workloads }: RollbackRunbookProps, kind: RunbookWorkload['kind']): RunbookWorkload[] =>
  workloads.filter((workload) => workload.kind === kind);

/** A release that users partly see. */
function underWay(props: RollbackRunbookProps): string[] {
  const rolled = released(props, 'Rollout');
  if (rolled.length === 0) return [];
  return [
    recoverySection('While a release is under way', 'Nobody has to be moved by hand: an abort does it.', [
      {
        what: 'See how far it is, and what its analyses measured.',
        run: rolled.map(({ object }) => rollouts(props.place, `get rollout ${object}`)),
      },
      {
        what: 'Abort the one that is at fault. Users are back on the old version at once; the new pods stay a while to be looked at.',
        run: rolled.map(({ object }) => rollouts(props.place, `abort ${object}`)),
      },
      {
        what: 'Take the new version out of Git, as below: until then the object still wants it, and a retry brings it.',
      },
    ]),
  ];
}

function done(props: RollbackRunbookProps): string {
  const { place } = props;
  const [rolled, deployed] = [released(props, 'Rollout'), released(props, 'Deployment')];
  const gateway = props.gateway === undefined ? [] : [props.gateway];
  const argo = holdArgo(place);
  return recoverySection(
    'After a release',
    argo.length === 0
      ? 'Manifests are applied by people and pipelines: what is undone by hand holds until the next one applies them.'
      : 'Argo CD heals: what is undone by hand is put back within minutes, unless Git says the same or it is held.',
    [
      ...(argo.length === 0
        ? []
        : [{ what: 'If it cannot wait for Git: hold Argo CD. It is let go again in the last step.', run: argo }]),
      {
        what: 'See which versions are there.',
        run: [
          ...deployed.map((workload) => kubectl(place, `rollout history ${workloadReference(workload)}`)),
          ...rolled.map((workload) =>
            kubectl(place, `get replicasets ${selector(workload)} --sort-by .metadata.creationTimestamp`),
          ),
        ],
      },
      {
        what: 'Undo the one that is at fault, the service last released first.',
        run: [
          ...rolled.map(({ object }) => rollouts(place, `undo ${object}`)),
          ...deployed.map((workload) => kubectl(place, `rollout undo ${workloadReference(workload)}`)),
          ...gateway.map((name) => kubectl(place, `rollout undo deployment/${name}`)),
        ],
      },
      {
        what: 'Wait until it is done.',
        run: [
          ...rolled.map(({ object }) => rollouts(place, `status ${object} --timeout 15m`)),
          ...[...deployed.map(workloadReference), ...gateway.map((name) => `deployment/${name}`)].map((name) =>
            kubectl(place, `rollout status ${name} --timeout=15m`),
          ),
        ],
      },
    ],
  );
}

function afterwards({ place, url, loadTest, workloads }: RollbackRunbookProps): string {
  const answers = workloads
    .filter(({ isPublic }) => isPublic)
    .map(({ service, healthPath }) => `${service} ${healthPath}`);
  return recoverySection(
    'Afterwards',
    'It is over when users are served as fast as before, not when the command ends.',
    [
      {
        what: 'See that everything is ready, and that users are served.',
        run: [
          everyPodReady(place),
          ...(url === undefined ? [] : [`curl --fail --silent --show-error --write-out '%{time_total}\\n' ${url}`]),
        ],
      },
      ...(loadTest === undefined
        ? []
        : [{ what: `Measure it as a release is measured (${answers.join(', ')}).`, run: [`k6 run dist/${loadTest}`] }]),
      {
        what: 'Write down what got worse and since when, what the logs say about why, and which threshold should have rung earlier; change that threshold in the declaration.',
      },
    ],
  );
}

/** How an environment goes back to the release before: Markdown. */
export const rollbackRunbook = (props: RollbackRunbookProps): string =>
  [
    ...opening('Rollback', props.place),
    '## What goes back how',
    '',
    ...table(
      ['service', 'object', 'released by', 'way back'],
      props.workloads.map((workload) => [
        workload.service,
        `${workload.kind} ${workload.object}`,
        RELEASES[workload.release],
        wayBack(workload),
      ]),
    ),
    ...underWay(props),
    done(props),
    inGit(props),
    tables(props),
    afterwards(props),
  ].join('\n');
