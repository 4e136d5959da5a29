import { configuredTexts, evidenceIn } from '../configured';
import type { Facts, Workload } from '../facts';
import { at, textAt, textsAt } from '../members';
import { onceFor } from '../once-for';
import { podTemplateOf, type WrittenContainer } from '../pod-template';
import type { Evidence } from '../rule';
import { type RedisSetting, redisSetting, redisSettings } from '../texts/redis-conf';
import { podsMounting } from './behind';

/** Redis or Valkey in a container of a workload, with what it is told. */
export interface RedisServer {
  readonly workload: Workload;
  readonly container: WrittenContainer;
  /** Object and entry that its configuration comes from, by which members of one cluster are known; undefined with arguments only. */
  readonly configuration: string | undefined;
  /** Words of a setting; undefined where it is not written. */
  readonly setting: (name: string) => readonly string[] | undefined;
  /** Where its settings are written. */
  readonly settings: Evidence;
}

const IMAGE = /(^|\/)(redis|valkey|keydb|dragonfly)(-server|-stack-server|-cluster)?([:@]|$)/;
const PROGRAM = /(^|\/)(redis|valkey|keydb)-server$/;

/** Settings by which a text is known as configuration of Redis. */
const KNOWN: readonly string[] = ['maxmemory', 'appendonly', 'cluster-enabled', 'tls-port', 'maxmemory-policy'];

/** Every Redis in containers, as ConfigMaps and arguments configure it. */
export const redisServers = onceFor(readServers);

function readServers(facts: Facts): RedisServer[] {
  const mounting = podsMounting(facts);
  const configured = configuredTexts(facts.objects).flatMap(({ object, entry, text, evidence }) => {
    const settings = redisSettings(text);
    return settings.some(({ name }) => KNOWN.includes(name))
      ? mounting(object).map((workload) => ({
          workload,
          settings,
          evidence,
          of: `${evidence.of} ${entry}`,
        }))
      : [];
  });
  return facts.workloads.filter(isLasting).flatMap((workload) =>
    (podTemplateOf(workload.object)?.containers ?? [])
      .filter((container) => !container.isInit && isServer(container))
      .map((container) => {
        const file = configured.find((one) => one.workload === workload);
        const settings = [...(file?.settings ?? []), ...argumentSettings(container)];
        return {
          workload,
          container,
          configuration: file?.of,
          setting: (name: string) => redisSetting(settings, name)?.words,
          settings: file?.evidence ?? evidenceIn(workload.object, `${container.pointer}/args`),
        };
      }),
  );
}

/** A job that speaks Redis is a client of it. */
const isLasting = ({ kind }: Workload): boolean => kind !== 'Job' && kind !== 'CronJob';

/** Whether it serves: by the program that it starts, or by an image that starts it. Scripts that only ask a server do not. */
function isServer({ value }: WrittenContainer): boolean {
  const command = [...textsAt(value, 'command'), ...textsAt(value, 'args')];
  if (command.some((word) => word.split(/\s+/).some((part) => PROGRAM.test(part)))) return true;
  const isOther =
    at(value, 'command') !== undefined || command.some((word) => /sentinel|redis-cli|valkey-cli/.test(word));
  return IMAGE.test(textAt(value, 'image') ?? '') && !isOther;
}

/** `--maxmemory 2gb` and what follows it; words of a shell command count as well. */
function argumentSettings({ value }: WrittenContainer): RedisSetting[] {
  const words = [...textsAt(value, 'command'), ...textsAt(value, 'args')].flatMap((word) => word.split(/\s+/));
  const settings: { name: string; words: string[]; line: number }[] = [];
  for (const word of words) {
    if (/^--[a-z]/.test(word)) settings.push({ name: word.slice(2).toLowerCase(), words: [], line: 0 });
    else settings.at(-1)?.words.push(word.replace(/^["']|["']$/g, ''));
  }
  return settings;
}

/** Whether it copies itself by a fork: for its append-only file, for snapshots (on unless taken away), for replicas. */
export function forks({ setting, workload }: RedisServer): boolean {
  const appends = setting('appendonly')?.[0] === 'yes';
  const snapshots = setting('save')?.join('') !== '';
  const isReplicated = setting('cluster-enabled')?.[0] === 'yes' || setting('replicaof') !== undefined;
  return appends || snapshots || isReplicated || workload.replicas > 1;
}
