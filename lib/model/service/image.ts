/** An image without its registry: the environment knows that. */
export interface ImageSpec {
  /** Repository below the registry, for example `acgs/auth-service`. */
  readonly repository: string;
  /** Tag other than `latest`. */
  readonly tag: string;
  /** `sha256:` and 64 hex digits. With a digest the tag only informs. @default - by tag */
  readonly digest?: string;
}
