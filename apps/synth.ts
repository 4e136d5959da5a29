import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, InvalidPropsError } from '../lib/check';
import { countsOf } from '../lib/ledger';
import { type SynthesizeOptions, synthesize } from '../lib/platform';
import { PLATFORMS } from '.';

/** Where output goes. cdktf-cli and cdk8s-cli each ask for their own half, in a folder of their choice. */
function targets(): SynthesizeOptions {
  const { CDK8S_OUTDIR, CDKTF_OUTDIR } = process.env;
  if (CDKTF_OUTDIR) return { terraform: resolve(CDKTF_OUTDIR) };
  if (CDK8S_OUTDIR) return { cdk8sOutput: resolve(CDK8S_OUTDIR) };
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
  const out = resolve(values.out);
  return {
    kubernetes: join(out, 'kubernetes'),
    terraform: join(out, 'terraform'),
    headroom: join(out, 'headroom'),
    documents: out,
  };
}

function main(): void {
  if (process.env.SYNTH_HCL_OUTPUT === 'true') {
    throw new Error('HCL output is not supported: stacks are written as cdk.tf.json');
  }
  const { manifests, stacks, warnings, headroom } = synthesize(PLATFORMS, targets());
  for (const warning of warnings) console.warn(`warning: ${describe(warning)}`);
  for (const { environment, report } of headroom) {
    const { warnings: unwise, held, notEvaluated } = countsOf(report);
    console.log(
      `${environment}: ${held} rules hold, ${unwise} warn, ${notEvaluated} lack an input (headroom/${environment})`,
    );
  }
  console.log(`${manifests.length} manifest files, ${stacks.length} Terraform stacks, ${warnings.length} warnings`);
}

try {
  main();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof InvalidPropsError) {
    for (const finding of error.findings) console.error(describe(finding));
    console.error(`${error.findings.length} errors; nothing was written`);
  } else {
    console.error(error instanceof Error ? error.message : error);
  }
}
