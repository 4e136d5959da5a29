import { type InstanceScript, instanceScript } from '../../lib/config/instance-script';
import { Duration, Memory } from '../../lib/units';

const script: InstanceScript = {
  name: 'agent-legal',
  region: 'us-west-2',
  image: '555555555555.dkr.ecr.us-west-2.amazonaws.com/alfred/agent-legal:2.0.0',
  command: ['uvicorn', 'app.main:app', '--port', '8013'],
  port: 8013,
  settings: { LOG_LEVEL: 'info' },
  cores: 1.5,
  memory: Memory.gib(4),
  drainFor: Duration.seconds(30),
  secrets: [{ mountPath: '/var/run/secrets/alfred/main', sources: ['alfred/production/main/agent-legal'] }],
};

const text = (overrides: Partial<InstanceScript> = {}): string => instanceScript({ ...script, ...overrides });

/** What is written to the file that starts the container. */
const start = (overrides: Partial<InstanceScript> = {}): string =>
  text(overrides).split("/start <<'START'\n")[1]?.split('\nSTART\n')[0] ?? '';

describe('instanceScript', () => {
  test('runs a container as pods are run: unprivileged, read-only, within its limits', () => {
    for (const option of [
      '--user=10001:10001',
      '--read-only',
      '--cap-drop=ALL',
      '--security-opt=no-new-privileges',
      '--cpus=1.5',
      '--memory=4294967296',
      '--publish=8013:8013',
      "--env='LOG_LEVEL=info'",
      "--entrypoint='uvicorn'",
    ]) {
      expect(start()).toContain(option);
    }
    expect(start()).toMatch(/agent-legal:2\.0\.0' 'app\.main:app' '--port' '8013'$/);
  });

  test('leaves the entry point to the image unless a program is named', () => {
    const { command: _none, ...plain } = script;
    expect(instanceScript(plain)).not.toContain('--entrypoint');
    expect(start({ command: [], args: ['serve'] })).toMatch(/agent-legal:2\.0\.0' 'serve'$/);
  });

  test('starts it again after a crash and after a reboot, and gives it time to stop', () => {
    expect(text()).toContain('Restart=always');
    expect(text()).toContain('systemctl enable --now docker agent-legal.service');
    expect(text()).toContain('docker stop --time 30 agent-legal');
    expect(text({ drainFor: Duration.seconds(90) })).toContain('TimeoutStopSec=105');
  });

  test('logs in to the host of its image', () => {
    expect(start()).toContain("--password-stdin '555555555555.dkr.ecr.us-west-2.amazonaws.com'");
  });

  test('fetches nothing for a service without secrets', () => {
    expect(text({ secrets: [] })).not.toContain('secretsmanager');
    expect(text({ secrets: [] })).not.toContain('--volume');
  });

  test('fits user data with room to spare', () => {
    expect(Buffer.byteLength(text())).toBeLessThan(4096);
  });

  test('the same service gives the same text', () => {
    expect(text()).toBe(text());
  });
});
