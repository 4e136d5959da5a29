import { type RecoveryStep, recoverySection } from '../recovery/recovery-step';
import { kubectl } from './runbook-commands';
import type { RunbookPlace, RunbookWorkload } from './runbook-props';

/** What is gone back with. */
export interface RollbackRunbookProps {
  readonly place: RunbookPlace;
  readonly workloads: readonly RunbookWorkload[];
  /** Gateway's Deployment. @default - none */
  readonly gateway?: string;
  /** What answers only if users are served. @default - there is no door */
  readonly url?: string;
  /** Load tests that show whether it is as fast as before, below `dist`. @default - none */
  readonly loadTest?: string;
  /** Section that says how rows come back. @default - nothing is backed up */
  readonly restore?: string;
  /** Folder of the Compose stack, below `dist`. @default - it runs in a cluster alone */
  readonly compose?: string;
}

/** The only way that lasts. */
export function inGit({ place, compose }: RollbackRunbookProps): string {
  const { platform, environment, appliedBy } = place;
  const apply =
    appliedBy === 'argo-cd'
      ? { what: 'Push. Argo CD brings it; let it go if it was held.', run: ['git push', ...RELEASE_ARGO] }
      : {
          what: 'Apply it.',
          run: [`kubectl apply --kustomize dist/kubernetes/${platform}/${environment}/30-workloads`],
        };
  return recoverySection(
    'In Git',
    'What was declared before is declared again. Images are pinned by tag or digest, so that the old commit brings the old program.',
    [
      {
        what: 'Take back the commit of the release, and write the manifests anew.',
        run: ["git revert --no-edit '<commit of the release>'", 'npm run synth'],
      },
      {
        what: 'Read what would change: it must be the release and nothing else.',
        run: [`kubectl diff --kustomize dist/kubernetes/${platform}/${environment}/30-workloads`],
      },
      apply,
      ...(compose === undefined
        ? []
        : [
            {
              what: 'The stack on one machine: the same commit, without `down`, which would be an outage of everything.',
              run: [`docker compose --project-directory dist/${compose} up --detach --wait`],
            },
          ]),
    ],
  );
}

const RELEASE_ARGO = ['kubectl --namespace argocd scale statefulset/argocd-application-controller --replicas=1'];

/** Tables are not undone with the program. */
export function tables({ place, workloads, restore }: RollbackRunbookProps): string {
  const migrated = workloads.flatMap(({ service, migration }) =>
    migration === undefined ? [] : [{ service, migration }],
  );
  const about =
    'A migration only adds, and the version before works with what it has added: going back needs nothing here. What nobody reads any more is removed by a later release.';
  const steps: RecoveryStep[] = [
    ...(migrated.length === 0
      ? [
          {
            what: 'No service declares a migration: what a release did to its tables, it did by itself. Ask who wrote it.',
          },
        ]
      : [
          {
            what: 'See whether a migration failed half way; the Job then has no completion, and the pods of the new version have not started.',
            run: migrated.map(({ migration }) =>
              kubectl(place, `get jobs --selector app.kubernetes.io/name=${migration}`),
            ),
          },
        ]),
    {
      what:
        restore !== undefined
          ? `If rows are damaged, stop what writes and go on at [corruption or deletion](${restore}).`
          : 'If rows are damaged, stop what writes, and restore the database to the moment before.',
    },
  ];
  return recoverySection('The tables', about, steps);
}
