/** Which answer is shown while the next one is awaited. */

/** For react-query: the answer before stays, where both are about the same thing, that is where their keys begin with `subject`. */
export const keptOf =
  (...subject: readonly unknown[]) =>
  <Answer>(
    before: Answer | undefined,
    query: { readonly queryKey: readonly unknown[] } | undefined,
  ): Answer | undefined =>
    JSON.stringify(query?.queryKey.slice(0, subject.length)) === JSON.stringify(subject) ? before : undefined
