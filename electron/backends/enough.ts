/** Why an answer is to end where it is: a person has seen enough, and wants what came. */
export class Enough extends Error {}

/** Said with what came. */
export const cutWarning = 'Stopped before all of it came: what had come until then is shown.'

/** Whether that is why a signal fired. */
export const isEnough = (signal: AbortSignal): boolean => signal.aborted && signal.reason instanceof Enough
