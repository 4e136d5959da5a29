import type { Workload } from '../facts';
import { at, isMembers, numberAt, textsAt } from '../members';
import { podTemplateOf } from '../pod-template';

/** How long the hooks of a pod hold it back before it is told to stop. */
export interface StopHooks {
  /** Seconds of the longest hook that says so; 0 without hooks. */
  readonly seconds: number;
  /** Container whose hook does not say how long it takes. */
  readonly unknownIn: string | undefined;
  /** Pointer of the longest hook, or of the pods where there is none. */
  readonly pointer: string;
}

/** Hooks of the containers of a workload. Those that only sleep say how long they take; of the others it may be `told`. */
export function stopHooks({ object }: Workload, told?: number): StopHooks {
  const template = podTemplateOf(object);
  const hooks = (template?.containers ?? [])
    .filter(({ isInit, value }) => !isInit || at(value, 'restartPolicy') === 'Always')
    .filter(({ value }) => isMembers(at(value, 'lifecycle', 'preStop')))
    .map(({ name, value, pointer }) => ({
      name,
      seconds: secondsOf(at(value, 'lifecycle', 'preStop')) ?? told,
      pointer,
    }));
  const known = hooks.flatMap(({ seconds, pointer }) => (seconds === undefined ? [] : [{ seconds, pointer }]));
  const longest = known.reduce((most, hook) => (hook.seconds > most.seconds ? hook : most), {
    seconds: 0,
    pointer: template?.pointer ?? '/spec',
  });
  return {
    seconds: longest.seconds,
    unknownIn: hooks.find(({ seconds }) => seconds === undefined)?.name,
    pointer: longest.seconds === 0 ? longest.pointer : `${longest.pointer}/lifecycle/preStop`,
  };
}

/** Seconds of `sleep: { seconds: 15 }`, or of a command that sleeps and does nothing else. */
function secondsOf(hook: ReturnType<typeof at>): number | undefined {
  const sleep = numberAt(hook, 'sleep', 'seconds');
  if (sleep !== undefined) return sleep;
  const command = textsAt(hook, 'exec', 'command').join(' ');
  const [, seconds] =
    /^(?:(?:\/bin\/|\/usr\/bin\/)?(?:ba|da|a)?sh -c )?(?:\/bin\/|\/usr\/bin\/)?sleep (\d+)s?$/.exec(command) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
