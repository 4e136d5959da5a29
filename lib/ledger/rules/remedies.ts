import type { WayOut } from '../pack/ways-out';
import { maximumOf, maximumOfScaler } from './fields';

const MOST = 4;

/** Changes that were found to suffice, in words. */
export function asRemedy(ways: readonly WayOut[]): string {
  if (ways.length === 0)
    return 'no single maximum that was tried suffices: add a node group that these pods may run on, or ask for less in each';
  return ways.map(inWords).join(', or ');
}

function inWords(way: WayOut): string {
  if ('raise' in way) {
    const { raise, to } = way;
    if (raise.isPart === true)
      return `let ${to} nodes of ${raise.name} be ${raise.capacity === 'spot' ? 'spot' : 'on demand'} instead of ${raise.max}`;
    return `raise ${maximumOf(raise).name} of ${raise.name} from ${raise.max} to ${to}${raise.id.startsWith('NodePool ') ? ' nodes' : ''}`;
  }
  const each = way.lower.map(({ asked: { set, bounds }, to }) => {
    const field = bounds.autoscaler === undefined ? 'replicas' : maximumOfScaler(bounds.autoscaler).name;
    return `${field} of ${set.workload?.name ?? set.id} from ${bounds.ceiling} to ${to}`;
  });
  const rest = each.length > MOST ? ` and ${each.length - MOST} more in proportion` : '';
  return `lower ${each.slice(0, MOST).join(' and ')}${rest}`;
}
