import type { CiJobs, CiSource } from '../../model';

/** How such a job names itself, and whether the name holds for one (`exact`) or starts like it and ends with `*`. */
export interface CiSubject {
  readonly text: string;
  readonly isExact: boolean;
}

const isGithub = (source: CiSource): source is Extract<CiSource, { readonly repository: string }> =>
  'repository' in source;

function githubBase({ repository, ids }: Extract<CiSource, { readonly repository: string }>): string {
  const [owner = '', name = ''] = repository.split('/');
  return ids === undefined ? `repo:${owner}/${name}` : `repo:${owner}@${ids.owner}/${name}@${ids.repository}`;
}

/**
 * The `sub` of a token. GitLab names the branch that a merge request comes from, whichever that is, so that its proposals have
 * no name of their own. A job of GitHub that names an environment is no longer one of a branch.
 * Sources: GitHub docs, "OpenID Connect reference"; GitLab docs, "Configure OpenID Connect in AWS"; read 2026-11-21.
 */
export function ciSubject(source: CiSource, jobs: CiJobs): CiSubject {
  if (!isGithub(source)) {
    const base = `project_path:${source.project}:ref_type:branch:ref:`;
    return jobs.on === 'branch'
      ? { text: `${base}${jobs.branch}`, isExact: true }
      : { text: `${base}*`, isExact: false };
  }
  const base = githubBase(source);
  switch (jobs.on) {
    case 'branch':
      return { text: `${base}:ref:refs/heads/${jobs.branch}`, isExact: true };
    case 'environment':
      return { text: `${base}:environment:${jobs.environment}`, isExact: true };
    case 'proposals':
      return { text: `${base}:pull_request`, isExact: true };
  }
}

const isName = (text: string): boolean => /^[\w.-]{1,255}$/.test(text);

/** Whether a source reads as one of the service: owner and repository, or a project below at least one group. */
export function isSourceOf(kind: 'github' | 'gitlab', source: CiSource): boolean {
  const parts = (isGithub(source) ? source.repository : source.project).split('/');
  const right = isGithub(source) ? kind === 'github' && parts.length === 2 : kind === 'gitlab' && parts.length >= 2;
  return right && parts.every(isName);
}

/** Whether a branch or environment is one name: without wildcards, and nothing that would end it in a token. */
export const isExactName = (text: string): boolean => /^[\w./ -]{1,255}$/.test(text) && text.trim() === text;
