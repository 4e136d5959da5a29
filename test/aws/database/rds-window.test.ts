import { backupSpan, maintenanceSpan, overlap } from '../../../lib/aws/database/rds-window';

describe('a backup window', () => {
  test.each([
    { window: '07:00-08:00', start: 420, minutes: 60 },
    { window: '00:00-00:30', start: 0, minutes: 30 },
    { window: '23:45-00:15', start: 1425, minutes: 30 },
  ])('$window starts at minute $start for $minutes', ({ window, start, minutes }) => {
    expect(backupSpan(window)).toEqual({ start, minutes });
  });

  test.each([
    '',
    '7:00-8:00',
    '07:00-07:29',
    '07:00-07:00',
    '24:00-01:00',
    '07:60-08:30',
    'sun:07:00-sun:08:00',
    '07:00-08:00 ',
  ])('"%s" is none', (window) => {
    expect(backupSpan(window)).toBeUndefined();
  });
});

describe('a maintenance window', () => {
  test.each([
    { window: 'mon:00:00-mon:00:30', start: 0, minutes: 30 },
    { window: 'sun:09:00-sun:10:00', start: 9180, minutes: 60 },
    { window: 'sun:23:30-mon:00:30', start: 10_050, minutes: 60 },
    { window: 'tue:10:00-wed:09:59', start: 2040, minutes: 1439 },
  ])('$window starts at minute $start of the week for $minutes', ({ window, start, minutes }) => {
    expect(maintenanceSpan(window)).toEqual({ start, minutes });
  });

  test.each([
    '',
    'sun:09:00-10:00',
    'sun:09:00-sun:09:29',
    'tue:10:00-wed:10:00',
    'Sun:09:00-Sun:10:00',
    'sun:09:00-sun:08:00',
  ])('"%s" is none', (window) => {
    expect(maintenanceSpan(window)).toBeUndefined();
  });
});

describe('two windows', () => {
  test.each([
    { backup: '07:00-08:00', maintenance: 'sun:08:00-sun:09:00', meet: false },
    { backup: '07:00-08:00', maintenance: 'sun:06:00-sun:07:00', meet: false },
    { backup: '07:00-08:00', maintenance: 'sun:07:59-sun:09:00', meet: true },
    { backup: '07:00-08:00', maintenance: 'wed:06:00-wed:07:01', meet: true },
    { backup: '07:00-08:00', maintenance: 'wed:06:00-wed:09:00', meet: true },
    { backup: '06:00-09:00', maintenance: 'wed:07:00-wed:07:30', meet: true },
    { backup: '23:30-00:30', maintenance: 'mon:00:00-mon:01:00', meet: true },
    { backup: '00:00-00:30', maintenance: 'sun:23:30-mon:00:30', meet: true },
    { backup: '23:30-00:30', maintenance: 'mon:00:30-mon:01:30', meet: false },
    { backup: '12:00-12:30', maintenance: 'sat:22:00-sun:11:00', meet: false },
  ])('$backup and $maintenance meet: $meet', ({ backup, maintenance, meet }) => {
    const daily = backupSpan(backup);
    const weekly = maintenanceSpan(maintenance);
    expect(daily && weekly && overlap(daily, weekly)).toBe(meet);
  });
});
