/** The `electron` module as the shell's functions take it: handed in, so that tests can give their own. */
export type ElectronModule = typeof import('electron')
