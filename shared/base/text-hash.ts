/** 64 bits of FNV-1a in two halves, as 16 hex digits: plenty to tell apart what one person opens, no defence against a forger. */
export function hashOfText(text: string): string {
  const half = (seed: number) => {
    let hash = seed
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    return (hash >>> 0).toString(16).padStart(8, '0')
  }
  return half(0x811c9dc5) + half(0x9e3779b9)
}
