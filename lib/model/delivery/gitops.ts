import { type Check, type Finding, inspect } from '../../check';

/** Where Argo CD finds what this declaration synthesizes, once a pipeline has put it there. */
export interface GitOpsSpec {
  /** Address of the Git repository, without credentials: `https://git.example.com/shop/platform.git`, `git@git.example.com:shop/platform.git`. */
  readonly repository: string;
  /** Branch, tag or commit that the cluster follows. */
  readonly revision: string;
  /** Folder of the repository that holds `kubernetes/` and `gitops/` of the output, `.` for its root. */
  readonly path: string;
  /**
   * Folder of the repository, kept by hand, with an overlay for each layer in `<overlays>/<platform>/<environment>/<layer>`, which
   * has the generated one as its base; outside of what is generated.
   * @default - none: layers are taken as they are generated
   */
  readonly overlays?: string;
}

/** What this file asks of an environment. */
interface Delivered {
  readonly gitops?: GitOpsSpec;
}

const SEGMENTS = /^[\w.-]+(\/[\w.-]+)*$/;

const isFolder = (path: string): boolean => SEGMENTS.test(path) && !path.split('/').includes('..');

/** Without protocol, credentials are a user at most: `git@`. */
const isAddress = (address: string): boolean =>
  /^(https:\/\/|ssh:\/\/)([^\s/@]+@)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[\w.~-]+)+\/?$/i.test(address) ||
  /^[\w-]+@[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[\w.~-]+(\/[\w.~-]+)*$/i.test(address);

const hasPassword = (address: string): boolean => /^https:\/\/[^/]*@|^ssh:\/\/[^/@]*:[^/@]*@/i.test(address);

/** As `git check-ref-format` would have it, and closer. */
const isRevision = (revision: string): boolean =>
  SEGMENTS.test(revision) && !/^[-.]|\.\.|\/\.|\.lock($|\/)|\.$/.test(revision);

/** Folders of the output that the next synthesis replaces. */
const generated = ({ path }: GitOpsSpec): string[] =>
  ['kubernetes', 'gitops'].map((folder) => (path === '.' ? folder : `${path}/${folder}`));

const isGenerated = (spec: GitOpsSpec, folder: string): boolean =>
  generated(spec).some((one) => folder === one || folder.startsWith(`${one}/`));

/** What is said about the repository; environments without one have nothing to say. */
export const GITOPS_CHECKS: readonly Check<Delivered>[] = [
  {
    id: 'gitops-repository-is-an-address',
    prop: 'gitops.repository',
    holds: ({ gitops }) => gitops === undefined || isAddress(gitops.repository),
    rule: 'must be an https or ssh address of a Git repository',
    // An address with a password in it is not repeated.
    received: ({ gitops }) => gitops?.repository.replace(/\/\/[^/]*@/, '//…@'),
    remedy: 'write https://git.example.com/shop/platform.git or git@git.example.com:shop/platform.git',
  },
  {
    id: 'gitops-repository-holds-no-password',
    prop: 'gitops.repository',
    holds: ({ gitops }) => gitops === undefined || !hasPassword(gitops.repository),
    rule: 'must not carry credentials: manifests are read by many',
    received: ({ gitops }) => gitops?.repository.replace(/\/\/[^/]*@/, '//…@'),
    remedy: 'give Argo CD a read-only deploy key in a Secret of its own',
  },
  {
    id: 'gitops-revision-is-a-revision',
    prop: 'gitops.revision',
    holds: ({ gitops }) => gitops === undefined || isRevision(gitops.revision),
    rule: 'must be a branch, a tag or a commit',
    received: ({ gitops }) => gitops?.revision,
    remedy: 'write main, v1.2.3 or a commit',
  },
  {
    id: 'gitops-path-is-in-the-repository',
    prop: 'gitops.path',
    holds: ({ gitops }) => gitops === undefined || isFolder(gitops.path),
    rule: "must be a folder of the repository, without a leading slash and without '..'",
    received: ({ gitops }) => gitops?.path,
    remedy: "write dist, or '.' for the root",
  },
  {
    id: 'gitops-overlays-are-kept',
    prop: 'gitops.overlays',
    holds: ({ gitops }) =>
      gitops?.overlays === undefined || (isFolder(gitops.overlays) && !isGenerated(gitops, gitops.overlays)),
    rule: 'must be a folder of the repository that no synthesis replaces',
    received: ({ gitops }) => gitops?.overlays,
    remedy: 'keep it beside the generated folders, for example overlays',
  },
];

/** Everything that is wrong with the repository. */
export const inspectGitOps = (path: string, environment: Delivered): Finding[] =>
  inspect(path, environment, GITOPS_CHECKS);
