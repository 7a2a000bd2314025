/** Lengths of virtual time, in nanoseconds: what everything in the simulation counts in. */
export const us = (count: number): number => count * 1_000
export const ms = (count: number): number => count * 1_000_000
export const seconds = (count: number): number => count * 1_000_000_000
