import { App, NumberStringUnionResolver } from 'cdk8s';

/**
 * A cdk8s app for charts of ours: of what stands for a value, they hold quantities and numbers or names alone. Looking at
 * each value for what is lazy, too, would be a third of what rendering takes; something lazy is refused when it is rendered.
 */
export class ManifestApp extends App {
  override readonly resolvers = [new NumberStringUnionResolver()];
}
