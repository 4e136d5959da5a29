import { type Check, duplicates, isDnsLabel, isWholeWithin, withDefaults } from '../../check';
import { Duration } from '../../units';
import type { Labels } from '../labels';
import type { StoreReference } from './secret-store';

/** A field of a JSON secret, or the whole secret. */
export interface RemoteField {
  /** Name of the secret in AWS Secrets Manager. */
  readonly secret: string;
  /** Field of its JSON. @default - all of it, as it stands */
  readonly field?: string;
}

/** A Secret, and where its values come from; `from`, `keys` or both. */
export interface ExternalSecretProps {
  /** Name of the Secret in the cluster (DNS label). */
  readonly name: string;
  /** Namespace of the Secret (DNS label). @default - that of the chart */
  readonly namespace?: string;
  /** Where it is read: `SecretStore.reference`, or a store made elsewhere. */
  readonly store: StoreReference;
  /**
   * Name of a JSON secret in AWS Secrets Manager, each of whose fields becomes a key; or several names, where the fields of
   * a later one win. All of them must exist: while one is missing, the Secret stays as it was.
   * @default - only `keys`
   */
  readonly from?: string | readonly string[];
  /** Single keys and where each comes from; they win over `from`. @default - only `from` */
  readonly keys?: Readonly<Record<string, RemoteField>>;
  /**
   * Keys of the Secret and their text, in which `{{ .field }}` stands for a field of the sources (1 key or more, each text not
   * empty); other fields are left out. @default - every field as it is
   */
  readonly content?: Readonly<Record<string, string>>;
  /** How soon a change arrives (whole seconds, 30 s to 24 h); each reading is a billed call. @default Duration.minutes(15) */
  readonly refreshEvery?: Duration;
  /** Labels of this object, which its controller copies to the Secret. @default - none */
  readonly labels?: Labels;
}

/** A declared Secret with its defaults. */
export type ExternalSecretPlan = ExternalSecretProps &
  Required<Pick<ExternalSecretProps, 'keys' | 'refreshEvery' | 'labels'>>;

/** Defaults applied. */
export const externalSecretPlan = (props: ExternalSecretProps): ExternalSecretPlan =>
  withDefaults({ keys: {}, refreshEvery: Duration.minutes(15), labels: {} }, props);

const isKey = (key: string): boolean => /^[-.\w]{1,253}$/.test(key);

const isRemoteName = (name: string): boolean => /^[\w/+=.@-]{1,512}$/.test(name);

/** The sources whose fields all become keys, in the order in which they are merged. */
export const mergedSources = ({ from = [] }: ExternalSecretPlan): readonly string[] =>
  typeof from === 'string' ? [from] : from;

const remoteNames = (plan: ExternalSecretPlan): string[] => [
  ...mergedSources(plan),
  ...Object.values(plan.keys).map(({ secret }) => secret),
];

/** What is said about names, sources and pace, with defaults. */
export const EXTERNAL_SECRET_CHECKS: readonly Check<ExternalSecretPlan>[] = [
  {
    id: 'external-secret-namespace-is-a-dns-label',
    prop: 'namespace',
    holds: ({ namespace }) => namespace === undefined || isDnsLabel(namespace),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as monitoring, or leave it out',
  },
  {
    id: 'external-secret-name-is-a-dns-label',
    prop: 'name',
    holds: ({ name }) => isDnsLabel(name),
    rule: 'must be 1-63 of a-z, 0-9 and inner hyphens',
    remedy: 'use a name such as api-database',
  },
  {
    id: 'external-secret-has-a-source',
    prop: 'from',
    holds: (plan) => remoteNames(plan).length > 0,
    rule: 'must be given, or keys',
    remedy: 'name the secret in AWS Secrets Manager',
  },
  {
    id: 'external-secret-sources-are-names',
    prop: 'from',
    holds: (plan) => remoteNames(plan).every(isRemoteName),
    rule: 'and keys must name secrets with 1-512 letters, digits and / _ + = . @ -',
    received: (plan) => remoteNames(plan).filter((name) => !isRemoteName(name)),
    remedy: 'use the declared name, not the ARN, which nobody knows beforehand',
  },
  {
    id: 'external-secret-sources-are-distinct',
    prop: 'from',
    holds: (plan) => duplicates(mergedSources(plan)).length === 0,
    rule: 'must name each secret once: only the last mention would count',
    received: (plan) => duplicates(mergedSources(plan)),
    remedy: 'remove the earlier mention',
  },
  {
    id: 'external-secret-keys-are-files',
    prop: 'keys',
    holds: ({ keys }) => Object.keys(keys).every(isKey),
    rule: 'must be 1-253 letters, digits and - _ .',
    received: ({ keys }) => Object.keys(keys).filter((key) => !isKey(key)),
    remedy: 'use the name of the file that the program reads',
  },
  {
    id: 'external-secret-content-is-given',
    prop: 'content',
    holds: ({ content }) =>
      content === undefined ||
      (Object.keys(content).length > 0 && Object.entries(content).every(([key, text]) => isKey(key) && text !== '')),
    rule: 'must have one key or more, of 1-253 letters, digits and - _ ., each with a text',
    received: ({ content = {} }) => Object.keys(content),
    remedy: 'leave it out for every field as it is',
  },
  {
    id: 'external-secret-refresh-is-bounded',
    prop: 'refreshEvery',
    holds: ({ refreshEvery }) => isWholeWithin(refreshEvery.inMillis / 1000, 30, 86_400),
    rule: 'must be 30 s to 24 h in whole seconds',
    remedy: 'use 15 minutes; a rotation keeps the old value valid for longer',
  },
];
