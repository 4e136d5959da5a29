import { manifestLines } from './golden-manifests';
import { stackLines } from './golden-stacks';
import type { Output } from './output';
import { ENVIRONMENTS, PLATFORMS, stacksOf } from './platforms';

/** What is reviewed as one file: the manifests of an environment, its stacks, and each stack of a whole platform. */
export const subjects = (output: Output): string[] => [
  ...ENVIRONMENTS.flatMap((environment) => [`${environment}/manifests`, `${environment}/stacks`]),
  ...PLATFORMS.flatMap(({ name }) => stacksOf(output, name)),
];

/** What was emitted for a subject, a line for each object or resource. */
export function goldenText(output: Output, subject: string): string {
  return [`# ${subject}`, ...goldenLines(output, subject), ''].join('\n');
}

function goldenLines(output: Output, subject: string): string[] {
  const environment = ENVIRONMENTS.find((name) => subject.startsWith(`${name}/`));
  if (environment === undefined) return ['', ...stackLines(subject, output.stack(subject))];
  if (subject.endsWith('/manifests')) return ['', ...manifestLines(output.objects(environment))];
  return stacksOf(output, environment).flatMap((name) => ['', ...stackLines(name, output.stack(name))]);
}

/** The file of a subject in `test/golden/`. */
export const goldenFile = (subject: string): string => `${subject.replaceAll('/', '-')}.txt`;

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** How often each line of `other` is missing in `text`. */
const without = (text: string, other: string): string[] => {
  const left = lines(other);
  return lines(text).filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** Whose line it is, without its facts. */
const lineSubject = (line: string): string => line.trim().split('  ')[0] ?? line;

/** Lines of which two texts do not both have as many, the old one of a subject before the new one. */
export function differences(before: string, after: string): string[] {
  const gone = without(before, after).map((line) => ({ line: `- ${line.trim()}`, key: `${lineSubject(line)} 0` }));
  const come = without(after, before).map((line) => ({ line: `+ ${line.trim()}`, key: `${lineSubject(line)} 1` }));
  return [...gone, ...come].sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ line }) => line);
}
