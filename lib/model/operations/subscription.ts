/** Somebody who hears the alarms. */
export type Subscription =
  /** Gets a mail with a link to follow first; until then Terraform can neither confirm nor remove it. */
  | { readonly protocol: 'email'; readonly name: string; readonly address: string }
  /** Gets a request with a link to follow first; the URL stands in the state, so it is no secret. */
  | { readonly protocol: 'https'; readonly name: string; readonly url: string };
