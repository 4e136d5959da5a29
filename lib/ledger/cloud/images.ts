import type { Workload } from '../facts';
import { listAt, textAt } from '../members';

/** Whether a container of a workload is of an image: asked of all before anything is looked up of the few. */
export const runsImage = ({ pod }: Workload, image: RegExp): boolean =>
  listAt(pod, 'containers').some((container) => image.test(textAt(container, 'image') ?? ''));
