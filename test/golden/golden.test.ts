import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, goldenFile, goldenText, subjects } from '../support/golden';
import { everyOutput } from '../support/platforms';
import { LOSS, lost, statefulIds } from '../support/stateful';

const COMMAND = 'to accept what has changed: npm run golden';

const read = (name: string): string => {
  const file = join(__dirname, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

const output = everyOutput();
const SUBJECTS = subjects(output);

/** Fails with the lines and what to do about them, and with nothing else. */
function expectNone(found: readonly string[], advice: string): void {
  if (found.length > 0) throw new Error([...found, '', advice].join('\n'));
}

describe('what is emitted', () => {
  test.each(SUBJECTS)('%s is what was reviewed', (subject) => {
    expectNone(differences(read(goldenFile(subject)), goldenText(output, subject)), COMMAND);
  });

  test('there is one file for each subject, and none besides', () => {
    const files = readdirSync(__dirname).filter((name) => name.endsWith('.txt') && name !== 'stateful.txt');
    expect(files.sort()).toEqual(SUBJECTS.map(goldenFile).sort());
  });

  test('a file is short enough to be read', () => {
    const lengths = SUBJECTS.map((subject) => goldenText(output, subject).split('\n').length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(300);
  });

  test('the same declaration gives the same text', () => {
    const again = everyOutput();
    expect(SUBJECTS.map((subject) => goldenText(again, subject))).toEqual(
      SUBJECTS.map((subject) => goldenText(output, subject)),
    );
  });
});

describe('what holds data', () => {
  const before = read('stateful.txt').split('\n').filter(Boolean);
  const now = statefulIds(output);

  test('keeps its address and its name', () => {
    expectNone(lost(before, now), LOSS);
  });

  test('is listed', () => {
    expectNone(lost(now, before), COMMAND);
  });

  test('has a name of its own', () => {
    expect(now.filter((line, index) => now.indexOf(line) !== index)).toEqual([]);
  });
});
