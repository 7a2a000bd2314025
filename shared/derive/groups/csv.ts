/** Rows as comma-separated values, as a spreadsheet reads them. https://www.rfc-editor.org/rfc/rfc4180 */

/** What spreadsheets take for a formula when a cell begins with it: then a cell of a trace could run something. */
const formulaStart = /^[=+\-@\t\r]/u

/** One line with its end. Numbers as they are; texts in quotes where they must be, and never a formula. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell)
  const text = formulaStart.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/u.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}
