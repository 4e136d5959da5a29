import type { Taint } from '../facts';

/** What user data tells kubelet. */
export interface NodeSettings {
  readonly maxPods: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** Whether it makes the instance a node of a cluster at all. */
  readonly joins: boolean;
}

/**
 * Settings in user data: a `NodeConfig` of AL2023, arguments of `bootstrap.sh` of AL2, settings of Bottlerocket. Text or
 * base64; what it does not understand it passes over, as kubelet then has its own defaults.
 */
export function nodeSettings(userData: string | undefined): NodeSettings {
  const text = userData === undefined ? '' : decoded(userData);
  const max = /(?:--max-pods[= ]|max[-_]?[pP]ods"?\s*[:=]\s*"?)(\d{1,4})/.exec(text)?.[1];
  const labels = /--node-labels[= ]["']?([^\s"']+)/.exec(text)?.[1] ?? '';
  const taints = /--register-with-taints[= ]["']?([^\s"']+)/.exec(text)?.[1] ?? '';
  return {
    maxPods: max === undefined ? undefined : Number(max),
    labels: Object.fromEntries(
      labels
        .split(',')
        .map((pair) => pair.split('='))
        .flatMap(([key, value]) => (key ? [[key, value ?? '']] : [])),
    ),
    taints: taints.split(',').flatMap((written) => taintOf(written)),
    joins: /node\.eks\.aws|bootstrap\.sh|settings\.kubernetes/.test(text),
  };
}

/** `key=value:NoSchedule`, also without a value. */
export function taintOf(written: string): Taint[] {
  const [, key, value = '', effect] =
    /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(written) ?? [];
  return key === undefined || effect === undefined ? [] : [{ key, value, effect: effect as Taint['effect'] }];
}

function decoded(userData: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(userData)) return userData;
  const text = Buffer.from(userData, 'base64').toString('utf8');
  return text.includes('\uFFFD') ? userData : text;
}
