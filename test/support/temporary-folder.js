const { chmodSync, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** The libraries make folders in the system's temporary folder and leave them: ours are all in one, which goes at the end. */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-headroom-'));
  chmodSync(folder, 0o755); // servers under another user start below it
  process.env.TMPDIR = folder;
  globalThis.headroomTemporaryFolder = folder;
};
module.exports.remove = () => rmSync(globalThis.headroomTemporaryFolder, { recursive: true, force: true });
