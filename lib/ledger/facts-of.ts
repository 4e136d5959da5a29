import type { Assumptions, Facts, NodeGroup } from './facts';
import { assumed, NO_ASSUMPTIONS } from './facts/assumed';
import { autoscalersOf } from './facts/autoscalers';
import { budgetsOf } from './facts/budgets';
import { databasePods } from './facts/database-pods';
import { databasesOf } from './facts/databases';
import { deployersOf } from './facts/deployers';
import { nodeGroupsOf } from './facts/node-groups';
import { once } from './facts/once';
import { operatedOf } from './facts/operated';
import { verticalsOf } from './facts/verticals';
import { workloadsOf } from './facts/workloads';
import type { Sources } from './source';

/**
 * What rules know about what was read. A view leaves out what it does not understand and says so in `skipped`.
 *
 * @example
 * const { objects, skipped } = readKubernetes('shop.yaml', text);
 * const facts = factsOf({ kubernetes: objects, terraform: [], skipped });
 */
export function factsOf(sources: Sources, assumptions: Assumptions = NO_ASSUMPTIONS): Facts {
  const { objects, skipped } = once(sources.kubernetes);
  const named = workloadsOf(objects);
  const known = assumed(named.found, assumptions);
  const workloads = known.assumptions.sidecar.size === 0 ? named : workloadsOf(objects, known.assumptions.sidecar);
  const deployed = deployersOf(objects, sources.terraform, workloads.found, known.assumptions);
  const operated = operatedOf(objects, workloads.found);
  const autoscalers = autoscalersOf(objects);
  const verticals = verticalsOf(objects);
  const budgets = budgetsOf(objects);
  const nodeGroups = nodeGroupsOf(sources.terraform, objects);
  const databases = databasesOf(sources.terraform);
  return {
    workloads: workloads.found,
    implied: [...deployed.found, ...operated.found],
    autoscalers: autoscalers.found,
    verticals: verticals.found,
    budgets: budgets.found,
    // rules name several in one sentence: it is the same one however they were given
    nodeGroups: [...nodeGroups.found].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
    databases: [...databases.found, ...databasePods(workloads.found, objects)],
    assumptions: known.assumptions,
    objects,
    blocks: sources.terraform,
    skipped: [
      ...sources.skipped,
      ...skipped,
      ...[workloads, deployed, operated, autoscalers, verticals, budgets, nodeGroups, databases, known].flatMap(
        (view) => view.skipped,
      ),
    ],
  };
}

const keyOf = ({ name, id }: NodeGroup): string => `${name} ${id}`;
